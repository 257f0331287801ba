#include "core/crypto.h"
#include "core/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SNIFF = 64, DIGEST = 64 };

#define HEAD(lit) .head = (lit), .head_n = sizeof(lit) - 1
#define ALSO(lit, where) .also = (lit), .also_n = sizeof(lit) - 1, .also_at = (where)

/* What evidence may be: pictures, PDF, recordings (domain 3.4, 36). */
static const FileType types[] = {
    { .word = "jpg", .mime = "image/jpeg", .endings = "jpg jpeg", HEAD("\xFF\xD8\xFF") },
    { .word = "png", .mime = "image/png", .endings = "png", HEAD("\x89PNG\r\n\x1A\n") },
    { .word = "pdf", .mime = "application/pdf", .endings = "pdf", HEAD("%PDF-") },
    { .word = "wav", .mime = "audio/wav", .endings = "wav", HEAD("RIFF"), ALSO("WAVE", 8) },
    { .word = "avi", .mime = "video/x-msvideo", .endings = "avi", HEAD("RIFF"), ALSO("AVI ", 8) },
    { .word = "mp4", .mime = "video/mp4", .endings = "mp4 m4a mov", HEAD("ftyp"), .at = 4 },
    { .word = "mp3", .mime = "audio/mpeg", .endings = "mp3", HEAD("ID3") },
    { .word = "mp3", .mime = "audio/mpeg", .endings = "mp3", HEAD("\xFF\xFB") },
    { .word = "mp3", .mime = "audio/mpeg", .endings = "mp3", HEAD("\xFF\xF3") },
};

static bool has_bytes(Str head, const char *bytes, size_t n, size_t at)
{
    return head.s && head.n >= at + n && memcmp(head.s + at, bytes, n) == 0;
}

static bool is_type(Str head, const FileType *t)
{
    return has_bytes(head, t->head, t->head_n, t->at)
        && (!t->also || has_bytes(head, t->also, t->also_n, t->also_at));
}

/* The ending of the name, in small letters. */
static Str ending_of(Ctx *c, Str name)
{
    Str end = { 0 };
    while (name.s && name.n) end = str_cut(&name, '.');
    char *low = str_c(c->mem, end);
    for (size_t i = 0; i < end.n; i++) {
        if (low[i] >= 'A' && low[i] <= 'Z') low[i] = (char)(low[i] - 'A' + 'a');
    }
    return (Str){ low, end.n };
}

static bool listed(const char *list, Str word)
{
    Str rest = str_of(list);
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), word)) return true;
    }
    return false;
}

/* A name is a name, not a way to somewhere. */
static bool is_plain(Str name)
{
    return name.n && !memchr(name.s, '/', name.n) && !memchr(name.s, '\\', name.n);
}

bool file_named(Ctx *c, Str name, const char *endings)
{
    if (!ok(c)) return false;
    return (is_plain(name) && listed(endings, ending_of(c, name))) || fail(c, ERR_BAD_TYPE, name);
}

static Str first_bytes(Ctx *c)
{
    char *head = NEW(c->mem, char, SNIFF);
    int fd = open(str_c(c->mem, c->upload.path), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return (Str){ 0 };
    ssize_t n = read(fd, head, SNIFF);
    (void)close(fd);
    return (Str){ head, n > 0 ? (size_t)n : 0 };
}

const FileType *file_type(Ctx *c, Str name)
{
    if (!ok(c)) return NULL;
    Str head = first_bytes(c);
    /* A request run again finds its file moved already; then the digest speaks for it. */
    if (head.n == 0 && access(str_c(c->mem, file_path(c, c->upload.sha256)), R_OK) == 0) {
        c->upload.path = file_path(c, c->upload.sha256);
        head = first_bytes(c);
    }
    for (size_t i = 0; i < COUNT(types); i++) {
        bool named = is_plain(name) && listed(types[i].endings, ending_of(c, name));
        if (named && is_type(head, &types[i])) return &types[i];
    }
    fail(c, ERR_BAD_TYPE, name);
    return NULL;
}

const FileType *file_type_of(Str word)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        if (str_eq(str_of(types[i].word), word)) return &types[i];
    }
    return NULL;
}

/* "<folder>/files/ab", "<folder>/files/ab/<digest>". */
static Str place(Ctx *c, Str sha256, bool whole)
{
    size_t cap = strlen(c->house->folder) + DIGEST + 32;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    out_str(&o, str_of(c->house->folder));
    out_str(&o, S("/files/"));
    out_str(&o, (Str){ sha256.s, 2 });
    out_str(&o, whole ? S("/") : (Str){ 0 });
    out_str(&o, whole ? sha256 : (Str){ 0 });
    BUG_IF(o.full);
    return out_view(&o);
}

Str file_path(Ctx *c, Str sha256)
{
    BUG_IF(sha256.n != DIGEST);
    return place(c, sha256, true);
}

bool file_there(Ctx *c, Str sha256)
{
    return access(str_c(c->mem, file_path(c, sha256)), R_OK) == 0;
}

bool file_size(Ctx *c, Str sha256, int64_t *size)
{
    struct stat st;
    bool there = stat(str_c(c->mem, file_path(c, sha256)), &st) == 0;
    *size = there ? (int64_t)st.st_size : 0;
    return there;
}

bool file_is(Ctx *c, Str sha256, const char *word)
{
    if (!ok(c) || sha256.n != DIGEST) return false;
    const Upload theirs = c->upload;
    c->upload = (Upload){ .path = file_path(c, sha256), .sha256 = sha256 };
    Str head = first_bytes(c);
    c->upload = theirs;
    for (size_t i = 0; i < COUNT(types); i++) {
        if (str_eq(str_of(types[i].word), str_of(word)) && is_type(head, &types[i])) return true;
    }
    return false;
}

void file_remove(Ctx *c, Str sha256)
{
    bool gone = ok(c) && unlink(str_c(c->mem, file_path(c, sha256))) == 0;
    if (ok(c) && !gone && errno != ENOENT) fail(c, ERR_INTERNAL, S("files"));
}

/* The folder's entry is on disk, too. */
static bool settle(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) (void)close(fd);
    return good;
}

void file_keep(Ctx *c)
{
    if (!ok(c)) return;
    const char *folder = str_c(c->mem, place(c, c->upload.sha256, false));
    const char *to = str_c(c->mem, file_path(c, c->upload.sha256));
    char *files = str_c(c->mem, (Str){ folder, strlen(folder) - 3 });
    bool made = (mkdir(files, 0700) == 0 || errno == EEXIST) && (mkdir(folder, 0700) == 0 || errno == EEXIST);
    bool there = access(to, F_OK) == 0;
    if (!there) there = made && rename(str_c(c->mem, c->upload.path), to) == 0 && settle(folder);
    if (!there) fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("files"));
}

bool file_write(const char *path, Str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0;
    while (good && bytes.n) {
        ssize_t n = write(fd, bytes.s, bytes.n);
        good = n > 0 || (n < 0 && errno == EINTR);
        if (n > 0) bytes = (Str){ bytes.s + n, bytes.n - (size_t)n };
    }
    good = good && fsync(fd) == 0;
    if (fd >= 0) (void)close(fd);
    return good;
}

Str file_put(Ctx *c, Str bytes)
{
    Str sha256 = sha256_hex(c->mem, bytes);
    Upload theirs = c->upload;
    if (!ok(c)) return (Str){ 0 };
    size_t cap = strlen(c->house->folder) + DIGEST;
    Out path = { .buf = NEW(c->mem, char, cap + 1), .cap = cap };
    out_str(&path, str_of(c->house->folder));
    out_str(&path, S("/made-"));
    out_int(&path, id_next(c).n);
    const char *part = str_c(c->mem, out_view(&path));
    if (access(str_c(c->mem, file_path(c, sha256)), F_OK) == 0) return sha256;
    if (!file_write(part, bytes)) fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("files"));
    c->upload = (Upload){ .path = out_view(&path), .size = (int64_t)bytes.n, .sha256 = sha256 };
    file_keep(c);
    c->upload = theirs;
    if (!ok(c)) (void)unlink(part);
    return sha256;
}
