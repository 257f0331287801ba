#include "core/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY_S = 86400, ROOM = 40 };

/* "<folder>/held", "<folder>/held/<number>", "<folder>/held/<number>.given". */
static Str place(Ctx *c, Id id, const char *end)
{
    size_t cap = strlen(c->house->folder) + ROOM;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    out_str(&o, str_of(c->house->folder));
    out_str(&o, S("/held"));
    if (id.n) out_str(&o, S("/"));
    if (id.n) out_int(&o, id.n);
    out_str(&o, str_of(end));
    BUG_IF(o.full);
    return out_view(&o);
}

/* A second name for the same bytes: whoever brought them removes his own. */
static bool also_at(Ctx *c, Str from, Str to)
{
    return link(str_c(c->mem, from), str_c(c->mem, to)) == 0 || errno == EEXIST;
}

void file_hold(Ctx *c, Id id)
{
    if (!ok(c)) return;
    bool made = mkdir(str_c(c->mem, place(c, (Id){ 0 }, "")), 0700) == 0 || errno == EEXIST;
    if (made && also_at(c, c->upload.path, place(c, id, ""))) return;
    fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("files"));
}

Str file_held(Ctx *c, Id id)
{
    Str path = place(c, id, "");
    return access(str_c(c->mem, path), R_OK) == 0 ? path : (Str){ 0 };
}

/* It is moved under a second name, so that it is still held if the transaction fails. */
void file_adopt(Ctx *c, Id id, Str sha256)
{
    const Upload theirs = c->upload;
    Str path = file_held(c, id), given = place(c, id, ".given");
    if (!ok(c) || path.n == 0 || file_there(c, sha256)) return;
    if (!also_at(c, path, given)) fail(c, ERR_INTERNAL, S("files"));
    c->upload = (Upload){ .path = given, .sha256 = sha256 };
    file_keep(c);
    c->upload = theirs;
}

void file_let_go(Ctx *c, Id id)
{
    (void)unlink(str_c(c->mem, place(c, id, "")));
}

static bool is_old(Ctx *c, int dir, const char *name)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode)) return false;
    return (int64_t)st.st_mtime + DAY_S < now(c).s;
}

void files_held_sweep(Ctx *c, bool (*known)(Ctx *c, Id id))
{
    DIR *dir = opendir(str_c(c->mem, place(c, (Id){ 0 }, "")));
    while (dir && ok(c)) {
        const struct dirent *e = readdir(dir); // NOLINT(concurrency-mt-unsafe): this thread's own stream
        if (!e) break;
        if (!is_old(c, dirfd(dir), e->d_name)) continue;
        Id id = id_parse(str_of(e->d_name));
        if (id.n == 0 || !known(c, id)) (void)unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir) (void)closedir(dir);
}
