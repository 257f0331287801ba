#include "core/backup.h"

#include "core/engine.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 2048, CHUNK = 1 << 20, HEX = 2 * crypto_hash_sha256_BYTES + 1, DEPTH_MAX = 8 };
enum { OFTEN = 100 }; /* files between two words of progress */

static const char manifest_head[] = "tiaojie backup 1\n";

static bool wrong(const char *path, const char *why)
{
    (void)fprintf(stderr, "%s: %s\n", path, why);
    return false;
}

static bool joined(char path[PATH_ROOM], const char *folder, const char *name)
{
    int n = snprintf(path, PATH_ROOM, "%s/%s", folder, name);
    return (n > 0 && n < PATH_ROOM) || wrong(folder, "the path is too long");
}

/* ---- one file ------------------------------------------------------------------------- */

/* Reads to the end; writes it to `to` unless that is NULL. */
static bool pour(FILE *from, FILE *to, char hex[HEX], int64_t *size)
{
    static _Thread_local unsigned char chunk[CHUNK];
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    size_t n = 0;
    (void)crypto_hash_sha256_init(&state);
    *size = 0;
    while ((n = fread(chunk, 1, CHUNK, from)) > 0) {
        (void)crypto_hash_sha256_update(&state, chunk, n);
        if (to && fwrite(chunk, 1, n, to) != n) return false;
        *size += (int64_t)n;
    }
    (void)crypto_hash_sha256_final(&state, hash);
    (void)sodium_bin2hex(hex, HEX, hash, sizeof hash);
    return !ferror(from);
}

static bool hash_file(const char *path, char hex[HEX], int64_t *size)
{
    FILE *f = fopen(path, "rbe");
    if (!f) return wrong(path, os_error());
    bool good = pour(f, NULL, hex, size);
    (void)fclose(f);
    return good || wrong(path, "cannot be read");
}

/* On disk when it returns. */
static bool copy_file(const char *from, const char *to)
{
    char hex[HEX];
    int64_t size = 0;
    FILE *in = fopen(from, "rbe");
    if (!in) return wrong(from, os_error());
    FILE *out = fopen(to, "wbxe");
    bool good = out && pour(in, out, hex, &size) && fflush(out) == 0 && fsync(fileno(out)) == 0;
    const char *why = os_error();
    if (out && fclose(out) != 0) good = false;
    (void)fclose(in);
    return good ? chmod(to, 0600) == 0 : wrong(to, why);
}

/* ---- a folder, file by file ------------------------------------------------------------- */

typedef struct Walk {
    const char *root, *to; /* `to`: where each is copied; NULL if not */
    FILE    *manifest;     /* where each is listed; NULL if not */
    int64_t  files;
    Progress say;
} Walk;

/* The database has its own way; the rest is made anew or belongs to nobody. */
static bool left_out(const char *name)
{
    static const char *const heads[] = { "tiaojie.db", "search.db", "incoming", "MANIFEST", "." };
    for (size_t i = 0; i < COUNT(heads); i++) {
        if (strncmp(name, heads[i], strlen(heads[i])) == 0) return true;
    }
    return false;
}

static bool take_file(Walk *w, const char *path, const char *name)
{
    char to[PATH_ROOM], hex[HEX];
    int64_t size = 0;
    w->files++;
    if (w->say && w->files % OFTEN == 0) w->say("files", w->files, 0);
    if (w->to) return joined(to, w->to, name) && copy_file(path, to);
    if (!hash_file(path, hex, &size)) return false;
    return fprintf(w->manifest, "%s %lld %s\n", hex, (long long)size, name) > 0;
}

static bool take(Walk *w, const char *name, int depth);

/* The folder's likeness in the copy. */
static bool make_folder(const Walk *w, const char *name)
{
    char to[PATH_ROOM];
    return joined(to, w->to, name) && (mkdir(to, 0700) == 0 || wrong(to, os_error()));
}

static bool skipped(const Walk *w, const char *entry, int depth)
{
    if (entry[0] == '.') return true;
    if (w->to && depth == 0 && left_out(entry)) return true;
    return w->manifest && strcmp(entry, "MANIFEST") == 0;
}

static bool take_folder(Walk *w, const char *path, const char *name, int depth)
{
    char inner[PATH_ROOM];
    DIR *d = depth < DEPTH_MAX ? opendir(path) : NULL;
    if (!d) return wrong(path, "cannot be read");
    bool good = !w->to || !name[0] || make_folder(w, name);
    while (good) {
        const struct dirent *e = readdir(d); // NOLINT(concurrency-mt-unsafe): this thread's own stream
        if (!e) break;
        if (skipped(w, e->d_name, depth)) continue;
        int n = snprintf(inner, sizeof inner, "%s%s%s", name, name[0] ? "/" : "", e->d_name);
        good = n < PATH_ROOM && take(w, inner, depth + 1);
    }
    (void)closedir(d);
    return good;
}

static bool take(Walk *w, const char *name, int depth)
{
    char path[PATH_ROOM];
    struct stat st;
    if (!joined(path, w->root, name) || lstat(path, &st) != 0) return wrong(path, os_error());
    if (S_ISDIR(st.st_mode)) return take_folder(w, path, name, depth);
    return !S_ISREG(st.st_mode) || take_file(w, path, name);
}

/* ---- writing ------------------------------------------------------------------------------ */

static bool write_manifest(const char *folder, Progress say)
{
    char path[PATH_ROOM];
    if (!joined(path, folder, "MANIFEST")) return false;
    FILE *f = fopen(path, "wxe");
    if (!f) return wrong(path, os_error());
    Walk w = { .root = folder, .manifest = f, .say = say };
    bool good = fputs(manifest_head, f) >= 0 && take(&w, "", 0) && fflush(f) == 0 && fsync(fileno(f)) == 0;
    if (fclose(f) != 0) good = false;
    return good || wrong(path, "cannot be written");
}

bool backup_write(Db *db, const char *folder, const char *to, Progress say)
{
    Walk w = { .root = folder, .to = to, .say = say };
    if (mkdir(to, 0700) != 0) return wrong(to, os_error()); /* never into what is there */
    return db->store->engine->backup->save(db, to, say) && take(&w, "", 0) && write_manifest(to, say);
}

/* ---- checking and reading back --------------------------------------------------------------- */

static bool check_line(const char *folder, Str line)
{
    char path[PATH_ROOM], name[PATH_ROOM], hex[HEX];
    int64_t size = 0, want_size = 0;
    Str want = str_cut(&line, ' ');
    bool good = str_int(str_cut(&line, ' '), &want_size) && line.n && line.n < PATH_ROOM;
    bool outside = good && (line.s[0] == '/' || str_has(line, S("..")));
    if (!good || outside) return wrong(folder, "MANIFEST has a line that is none");
    (void)snprintf(name, sizeof name, "%.*s", (int)line.n, line.s);
    if (!joined(path, folder, name) || !hash_file(path, hex, &size)) return false;
    return (size == want_size && str_eq(want, str_of(hex))) || wrong(path, "is not as it was backed up");
}

static int64_t count_files(const char *folder)
{
    Walk w = { .root = folder, .manifest = fopen("/dev/null", "we") };
    if (!w.manifest) return -1;
    char path[PATH_ROOM];
    int64_t n = -1;
    if (joined(path, folder, "") && take(&w, "", 0)) n = w.files;
    (void)fclose(w.manifest);
    return n;
}

bool backup_check(const char *from, Progress say)
{
    char path[PATH_ROOM], line[PATH_ROOM + 128];
    int64_t n = 0;
    if (!joined(path, from, "MANIFEST")) return false;
    FILE *f = fopen(path, "re");
    if (!f) return wrong(path, os_error());
    bool good = fgets(line, sizeof line, f) && strcmp(line, manifest_head) == 0;
    if (!good) (void)wrong(path, "is not the manifest of a backup");
    while (good && fgets(line, sizeof line, f)) {
        good = check_line(from, str_trim(str_of(line)));
        if (++n % OFTEN == 0) say("checked", n, 0);
    }
    (void)fclose(f);
    return good && (count_files(from) == n || wrong(from, "has files that the manifest does not name"));
}

bool backup_restore_files(const char *from, const char *folder, Progress say)
{
    Walk w = { .root = from, .to = folder, .say = say };
    if (mkdir(folder, 0700) != 0) return wrong(folder, os_error());
    return take(&w, "", 0);
}

bool backup_restore_database(Db *db, const char *from, Progress say)
{
    return db->store->engine->backup->load(db, from, say);
}

bool backup_database_empty(Db *db)
{
    return db->store->engine->backup->empty(db);
}
