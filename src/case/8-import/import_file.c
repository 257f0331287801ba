/*
** The files of an import, in imports/ of the data folder: the rows as they were
** read (named by the file's SHA-256), what a check found, and the keys seen.
*/
#include "case/8-import/import_file.h"
#include "case/8-import/import_in.h"
#include "core/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 1024, LINE_ROOM = 4096, LINE_BITS = 21 };

Str import_path(Ctx *c, Str name, const char *ending)
{
    Out o = { .buf = NEW(c->mem, char, PATH_ROOM), .cap = PATH_ROOM };
    out_str(&o, str_of(c->house->folder));
    out_str(&o, S("/imports/"));
    out_str(&o, name);
    out_str(&o, str_of(ending));
    BUG_IF(o.full);
    return out_view(&o);
}

Str batch_path(Ctx *c, Id id, const char *ending)
{
    char digits[24];
    Out o = { .buf = digits, .cap = sizeof digits };
    out_int(&o, id.n);
    return import_path(c, out_view(&o), ending);
}

bool import_folder(Ctx *c)
{
    char *path = str_c(c->mem, import_path(c, (Str){ 0 }, ""));
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* ---- what was found ---------------------------------------------------------------------------- */

bool said_open(Ctx *c, const Batch *b, Said *s)
{
    const char *path = str_c(c->mem, batch_path(c, b->id, ".said"));
    *s = (Said){ .file = fopen(path, b->said ? "r+be" : "wbe"), .at = b->said };
    bool good = s->file && ftruncate(fileno(s->file), b->said) == 0 && fseeko(s->file, b->said,
        SEEK_SET) == 0;
    if (s->file && !good) (void)fclose(s->file);
    if (!good) fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("imports"));
    return good;
}

void said_add(Said *s, int64_t line, char kind, Str text)
{
    char buf[LINE_ROOM];
    Out o = { .buf = buf, .cap = sizeof buf - 1 };
    out_int(&o, line);
    out_str(&o, S("\t"));
    out_str(&o, (Str){ &kind, 1 });
    out_str(&o, S("\t"));
    out_str(&o, text);
    buf[o.len++] = '\n';
    s->at += (int64_t)fwrite(buf, 1, o.len, s->file);
}

bool said_close(Said *s)
{
    bool good = fflush(s->file) == 0 && !ferror(s->file);
    return fclose(s->file) == 0 && good;
}

bool said_next(FILE *f, char *buf, size_t cap, SaidLine *line)
{
    if (!fgets(buf, (int)cap, f)) return false;
    Str rest = str_trim(str_of(buf));
    if (!str_int(str_cut(&rest, '\t'), &line->line)) return false;
    Str kind = str_cut(&rest, '\t');
    line->kind = (char)(kind.n ? kind.s[0] : ' ');
    line->text = rest;
    return true;
}

/* ---- keys seen ----------------------------------------------------------------------------------- */

/* A table of 64-bit words: 43 bits of a digest and the line; 0 is free. */
static uint64_t word_of(Str key, uint64_t slots, uint64_t *slot)
{
    uint64_t h = 1469598103934665603U; /* FNV-1a, then mixed */
    for (size_t i = 0; i < key.n; i++) h = (h ^ (unsigned char)key.s[i]) * 1099511628211U;
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDU;
    h ^= h >> 33;
    *slot = h & (slots - 1);
    return h >> LINE_BITS << LINE_BITS;
}

bool seen_open(Ctx *c, const Batch *b, bool fresh, Seen *s)
{
    const char *path = str_c(c->mem, batch_path(c, b->id, ".keys"));
    *s = (Seen){ .fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (fresh ? O_TRUNC : 0), 0600),
        .slots = 1024 };
    while (s->slots < (uint64_t)b->all * 3 / 2) s->slots *= 2;
    bool good = s->fd >= 0 && (!fresh || ftruncate(s->fd, (off_t)(s->slots * 8)) == 0);
    if (!good) fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("imports"));
    return good;
}

int64_t seen_line(Seen *s, Str key, int64_t line)
{
    uint64_t slot, digest = word_of(key, s->slots, &slot), word = 0;
    const uint64_t lines = ((uint64_t)1 << LINE_BITS) - 1;
    for (uint64_t i = 0; i < s->slots; i++, slot = (slot + 1) & (s->slots - 1)) {
        off_t at = (off_t)(slot * 8);
        if (pread(s->fd, &word, 8, at) != 8) return 0;
        if (word == 0) {
            word = digest | ((uint64_t)line & lines);
            (void)!pwrite(s->fd, &word, 8, at);
            return 0;
        }
        int64_t first = (int64_t)(word & lines);
        if (word >> LINE_BITS == digest >> LINE_BITS && first != line) return first;
        if (word >> LINE_BITS == digest >> LINE_BITS) return 0; /* this very row, once more */
    }
    return 0;
}

void seen_close(Seen *s)
{
    if (s->fd >= 0) (void)close(s->fd);
}
