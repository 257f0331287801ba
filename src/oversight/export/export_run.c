/*
** The job that makes an export: as many pages as fit into a short transaction,
** appended to the part; then it asks for itself again.  What the row says of
** the part is what counts: bytes beyond it, of a step that was not stored, are
** written over.
*/
#include "oversight/export/export_run.h"

#include "core/jobs.h"
#include "core/limits.h"
#include "core/session.h"
#include "core/tx.h"
#include "register/people/people.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_ROWS = 2000, PATH_ROOM = 1024 };

const Query export_step_get = {
    .name = "export.step", .in = &export_form, .out = &export_form,
    .sql = "SELECT id, kind, format, asked, filter, whole, reason, state, rows, raw, packed, crc, after, size, why,"
           " by_id, by_name, roles, org, org_path, at, done_at FROM export WHERE id = :id",
};
const Query export_step_set = {
    .name = "export.went_on", .in = &export_form, .quiet = true,
    .sql = "UPDATE export SET state = :state, rows = :rows, raw = :raw, packed = :packed, crc = :crc, after = :after,"
           " size = :size, why = :why, done_at = :done_at WHERE id = :id AND rows = :was"
           " AND state IN ('queued', 'running')",
};

Str export_path(Ctx *c, Id id, const char *ending)
{
    Out o = { .buf = NEW(c->mem, char, PATH_ROOM), .cap = PATH_ROOM };
    out_str(&o, str_of(c->house->folder));
    out_str(&o, S("/exports/"));
    out_int(&o, id.n);
    out_str(&o, S("."));
    out_str(&o, str_of(ending));
    BUG_IF(o.full);
    return out_view(&o);
}

static bool make_folder(Ctx *c)
{
    Out o = { .buf = NEW(c->mem, char, PATH_ROOM), .cap = PATH_ROOM };
    out_str(&o, str_of(c->house->folder));
    out_str(&o, S("/exports"));
    return mkdir(str_c(c->mem, out_view(&o)), 0700) == 0 || errno == EEXIST;
}

/* ---- pages ------------------------------------------------------------------------------------- */

typedef struct Taking {
    Table *table;
    const ExportColumns *columns;
    Str    next;
    size_t rows;
} Taking;

static void take(Ctx *c, const Form *f, Rows rows, Str next)
{
    Taking *t = c->sink->to;
    for (size_t i = 0; i < rows.n; i++) {
        export_row(c, t->table, t->columns, (const char *)rows.at + i * f->size);
    }
    t->rows += rows.n;
    t->next = str_copy(c->mem, next);
}

/* The list's query, and where it goes on. */
static Str query_of(Ctx *c, const Export *e, const Route *route, Str after)
{
    size_t room = e->asked.n + after.n + 80;
    Out o = { .buf = NEW(c->mem, char, room), .cap = room };
    out_str(&o, e->asked);
    bool pages = form_find(route->query, S("page")) != NULL;
    if (form_find(route->query, S("limit")) && !str_has(e->asked, S("limit="))) {
        out_str(&o, o.len ? S("&limit=200") : S("limit=200"));
    }
    if (after.n) {
        out_str(&o, o.len ? S("&") : (Str){ 0 });
        out_str(&o, pages ? S("page=") : S("after="));
        out_str(&o, after);
    }
    return out_view(&o);
}

/* One page through the list's own handler; `t->next` "" after the last. */
static void page(Ctx *c, const Export *e, const Route *route, Taking *t)
{
    const Route *was = c->route;
    RowSink sink = { take, t };
    Str query = c->query;
    Out extra = c->extra;
    c->sink = &sink;
    c->route = route;
    c->query = query_of(c, e, route, t->next);
    c->reveal = e->whole;
    t->next = (Str){ 0 };
    route->run(c);
    c->sink = NULL;
    c->reveal = false;
    c->route = was;
    c->query = query;
    c->extra = extra;
}

/* ---- the whole ----------------------------------------------------------------------------------- */

static Str say(Ctx *c, const Str *parts, size_t n)
{
    enum { ROOM = 2600 };
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    for (size_t i = 0; i < n; i++) out_str(&o, parts[i]);
    return out_view(&o);
}

static Str int_text(Ctx *c, int64_t n)
{
    Out o = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    out_int(&o, n);
    return out_view(&o);
}

static Str minute_text(Ctx *c, Time t)
{
    Out o = { .buf = NEW(c->mem, char, 32), .cap = 32 };
    out_date(&o, time_date(t));
    out_str(&o, S(" "));
    out_pad(&o, time_minute(t) / 60, 2);
    out_str(&o, S(":"));
    out_pad(&o, time_minute(t) % 60, 2);
    return out_view(&o);
}

static void describe(Ctx *c, const Export *e, const ExportColumns *columns, TableHead *head)
{
    const ExportKind *kind = export_kind_of(e->kind);
    Str when = minute_text(c, e->at), rows = int_text(c, e->rows);
    *head = (TableHead){ .title = str_of(kind->zh), .column = columns->head, .columns = columns->n,
                         .xlsx = str_eq(e->format, S("xlsx")), .bom = true };
    head->line[0] = say(c, (Str[]){ S("共 "), rows, S(" 条") }, 3);
    head->line[1] = say(c, (Str[]){ S("筛选："), e->filter }, 2);
    head->line[2] = say(c, (Str[]){ S("导出时间："), when, S("　导出人："), e->by_name,
                                    e->whole ? S("　含完整证件与电话，理由：") : S("　证件与电话已脱敏"),
                                    e->whole ? e->reason : (Str){ 0 } }, 6);
    head->mark = say(c, (Str[]){ S("内部资料 "), e->by_name, S(" "), when, S(" "), int_text(c, e->id.n) }, 6);
}

static int64_t size_of(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 ? s.st_size : -1;
}

static void finish(Ctx *c, Export *e, const ExportColumns *columns)
{
    TableHead head;
    TablePart part = { e->rows, e->raw, e->packed, e->crc };
    if (!ok(c)) return;
    char *from = str_c(c->mem, export_path(c, e->id, "part"));
    char *to = str_c(c->mem, export_path(c, e->id, "whole"));
    describe(c, e, columns, &head);
    FILE *rows = fopen(from, "rbe"), *whole = fopen(to, "wbe");
    bool good = rows && whole && table_whole(c->mem, &head, &part, rows, whole);
    if (rows) (void)fclose(rows);
    if (whole && fsync(fileno(whole)) != 0) good = false;
    if (whole && fclose(whole) != 0) good = false;
    if (!good) fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("exports"));
    (void)unlink(from);
    e->size = size_of(to);
    e->state = S("done");
    e->done_at = now(c);
}

/* ---- a step -------------------------------------------------------------------------------------- */

static FILE *part_open(Ctx *c, const Export *e)
{
    const char *path = str_c(c->mem, export_path(c, e->id, "part"));
    FILE *f = make_folder(c) ? fopen(path, e->packed ? "r+be" : "wbe") : NULL;
    if (f && (ftruncate(fileno(f), e->packed) != 0 || fseek(f, 0, SEEK_END) != 0)) {
        int why = errno;
        (void)fclose(f);
        errno = why;
        f = NULL;
    }
    if (!f) fail(c, errno == ENOSPC ? ERR_FULL : ERR_INTERNAL, S("exports"));
    return f;
}

static void gather(Ctx *c, Export *e, const Route *route, const ExportColumns *columns)
{
    FILE *f = part_open(c, e);
    TablePart part = { e->rows, e->raw, e->packed, e->crc };
    if (!f) return;
    Taking t = { .columns = columns, .next = e->after };
    t.table = table_open(c->mem, f, str_eq(e->format, S("xlsx")), part);
    do page(c, e, route, &t);
    while (ok(c) && t.next.n && t.rows < STEP_ROWS && arena_left(c->mem) > ARENA_MAX / 2);
    bool good = table_close(t.table, &part);
    good = fsync(fileno(f)) == 0 && good;
    (void)fclose(f);
    e->rows = part.rows;
    e->raw = part.raw;
    e->packed = part.packed;
    e->crc = part.crc;
    e->after = t.next;
    if (ok(c) && !good && part.rows > TABLE_ROWS_MAX) {
        e->state = S("failed");
        e->why = S("超过一张工作表的行数，请缩小范围或者导出 CSV");
    } else if (ok(c) && !good) {
        fail(c, ERR_FULL, S("exports"));
    }
}

/* As who asked for it was then, unless the account has been closed. */
static void as_person(Ctx *c, Export *e)
{
    User u;
    if (user_find(c, e->by_id, &u) && u.disabled) {
        e->state = S("failed");
        e->why = S("导出人账号已停用");
    }
    c->who = (Actor){ .id = e->by_id, .roles = roles_of(e->roles), .org = e->org, .org_path = e->org_path };
}

void export_step(Ctx *c, Id id)
{
    Export e = { .id = id };
    Actor system = c->who;
    ExportColumns columns = { .n = 0 };
    if (!db_find(c, &export_step_get, &e, &e)) return;
    e.was = e.rows;
    if (!str_eq(e.state, S("queued")) && !str_eq(e.state, S("running"))) {
        (void)unlink(str_c(c->mem, export_path(c, e.id, "part")));
        return;
    }
    e.state = S("running");
    as_person(c, &e);
    const ExportKind *kind = export_kind_of(e.kind);
    const Route *route = kind && str_eq(e.state, S("running")) ? export_route(c, kind) : NULL;
    if (route && ok(c)) {
        export_columns(c, kind, route->out, &columns);
        gather(c, &e, route, &columns);
        if (e.after.n == 0 && str_eq(e.state, S("running"))) finish(c, &e, &columns);
    }
    c->who = system;
    db_change(c, &export_step_set, &e);
    if (str_eq(e.state, S("running"))) job_add(c, S("export_step"), e.id, now(c), (Str){ 0 });
}
