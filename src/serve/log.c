#include "serve/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1024 * 1024, LINE_ROOM = 2048 };

struct Log {
    uv_loop_t  *loop;
    uv_work_t   work;
    const char *path;   /* NULL: stderr */
    int         fd;     /* -1: no log */
    bool        writing;
    Out         now;    /* gathers */
    Out         away;   /* being written */
    int64_t     lost;
};

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

Log *log_open(uv_loop_t *loop, const char *where)
{
    Log *l = calloc(1, sizeof *l);
    BUG_IF(!l);
    bool none = where && strcmp(where, "none") == 0;
    l->loop = loop;
    l->path = none ? NULL : where;
    l->fd = -1;
    if (!none) l->fd = where ? open_file(where) : dup(STDERR_FILENO);
    if (none || l->fd >= 0) {
        l->now = (Out){ .buf = malloc(ROOM), .cap = ROOM };
        l->away = (Out){ .buf = malloc(ROOM), .cap = ROOM };
        BUG_IF(!l->now.buf || !l->away.buf);
        l->work.data = l;
        return l;
    }
    (void)fprintf(stderr, "%s: %s\n", where ? where : "stderr", os_error());
    free(l);
    return NULL;
}

/* ---- one line ------------------------------------------------------------------------ */

static void stamp(Out *o)
{
    char text[40];
    Out t = { .buf = text, .cap = sizeof text };
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    out_time(&t, (Time){ now.tv_sec });
    enum { TO_SECONDS = 19 }; /* 2026-05-01T09:30:00 */
    out_str(o, (Str){ text, TO_SECONDS });
    out_str(o, S("."));
    out_pad(o, now.tv_nsec / 1000000, 3);
    out_str(o, (Str){ text + TO_SECONDS, t.len - TO_SECONDS });
}

static void text_member(Out *o, Str name, Str value)
{
    out_str(o, S(",\""));
    out_str(o, name);
    out_str(o, S("\":"));
    out_json(o, value);
}

static void int_member(Out *o, Str name, int64_t value)
{
    out_str(o, S(",\""));
    out_str(o, name);
    out_str(o, S("\":"));
    out_int(o, value);
}

/* Which records: the numbers of the path, and nothing else of it. */
static void ids_member(Out *o, const Str *arg)
{
    bool first = true;
    for (size_t i = 0; arg && i < 4; i++) {
        if (!str_is_digits(arg[i])) continue;
        out_str(o, first ? S(",\"ids\":[") : S(","));
        out_json(o, arg[i]);
        first = false;
    }
    if (!first) out_str(o, S("]"));
}

void log_line(Log *l, const Line *line)
{
    Out *o = &l->now;
    if (l->fd < 0) return;
    if (o->cap - o->len < LINE_ROOM) log_flush(l);
    size_t before = o->len;
    out_str(o, S("{\"ts\":\""));
    stamp(o);
    out_str(o, S("\""));
    text_member(o, S("id"), line->id);
    text_member(o, S("peer"), line->peer);
    text_member(o, S("method"), line->method);
    text_member(o, S("route"), str_of(line->route));
    ids_member(o, line->arg);
    int_member(o, S("status"), line->status);
    out_str(o, S(",\"ms\":"));
    out_int(o, line->us / 1000);
    out_str(o, S("."));
    out_pad(o, line->us % 1000, 3);
    if (line->actor.n) int_member(o, S("actor"), line->actor.n);
    if (line->err) text_member(o, S("err"), str_of(err_info[line->err].word));
    int_member(o, S("bytes"), line->bytes);
    out_str(o, S("}\n"));
    if (!o->full) return;
    o->len = before;
    o->full = false;
    l->lost++;
}

/* ---- to the file --------------------------------------------------------------------- */

static void write_all(int fd, Str text)
{
    while (text.n) {
        ssize_t n = write(fd, text.s, text.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return; /* a log that cannot be written must not stop the work */
        text = (Str){ text.s + n, text.n - (size_t)n };
    }
}

static void do_write(uv_work_t *work)
{
    const Log *l = work->data;
    write_all(l->fd, out_view(&l->away));
}

static void on_done(uv_work_t *work, int status)
{
    Log *l = work->data;
    (void)status;
    l->away.len = 0;
    l->writing = false;
}

void log_flush(Log *l)
{
    if (l->writing || l->now.len == 0) return;
    Out full = l->now;
    l->now = l->away;
    l->away = full;
    l->writing = uv_queue_work(l->loop, &l->work, do_write, on_done) == 0;
    if (!l->writing) l->away.len = 0;
}

/* In one step for a writer that is under way. */
void log_reopen(Log *l)
{
    if (!l->path || l->fd < 0) return;
    int fd = open_file(l->path);
    if (fd < 0) return;
    (void)dup3(fd, l->fd, O_CLOEXEC);
    (void)close(fd);
}

int64_t log_lost(const Log *l)
{
    return l->lost;
}

void log_close(Log *l)
{
    BUG_IF(l->writing);
    if (l->fd >= 0) {
        write_all(l->fd, out_view(&l->now));
        (void)close(l->fd);
    }
    free(l->now.buf);
    free(l->away.buf);
    free(l);
}
