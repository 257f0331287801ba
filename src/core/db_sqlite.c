/*
** SQLite.  Every thread reads through a connection of its own; all write
** through one, the pen, in turn.
*/
#include "core/sqlite_pen.h"
#include "core/sqlite_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *lite_store_open(const char *address)
{
    return pen_open(address);
}

static void lite_store_close(void *shared)
{
    pen_close(shared);
}

static void lite_hurry(void *shared)
{
    pen_hurry(shared);
}

static void lite_slim(void *shared)
{
    pen_slim(shared);
}

static void *lite_open(const Store *s)
{
    Member *me = calloc(1, sizeof *me);
    BUG_IF(!me || sem_init(&me->told, 0, 0) != 0);
    bool slim = ((const Pen *)s->shared)->slim;
    handle_open(&me->reader, s->address,
              slim ? "PRAGMA query_only=ON; PRAGMA cache_size=-4000"
                   : "PRAGMA query_only=ON; PRAGMA cache_size=-8000");
    return me;
}

/* ---- one request's reads see one state ------------------------------------- */

static void let_go(Member *me)
{
    if (me->held) (void)sqlite3_reset(me->held);
    me->held = NULL;
}

static void lite_look(Db *db, bool on)
{
    Member *me = db->own;
    let_go(me);
    me->looking = on;
}

static void lite_close(void *own)
{
    Member *me = own;
    let_go(me);
    handle_close(&me->reader);
    (void)sem_destroy(&me->told);
    free(me);
}

/* ---- at start: schema and proof ------------------------------------------- */

static void lite_schema(Db *db, const char *sql)
{
    Pen *pen = db->store->shared;
    char *text = schema_text(sql);
    handle_must(&pen->conn, text);
    free(text);
}

static void lite_keep(Db *db, const char *table)
{
    static const char *const verbs[] = { "UPDATE", "DELETE" };
    for (size_t i = 0; i < COUNT(verbs); i++) {
        char *sql = sqlite3_mprintf(
            "CREATE TRIGGER IF NOT EXISTS %s_keeps_%s BEFORE %s ON %s"
            " BEGIN SELECT raise(ABORT, '%s is append-only'); END",
            table, verbs[i], verbs[i], table, table);
        lite_schema(db, sql);
        sqlite3_free(sql);
    }
}

static void check_plan(Handle *conn, const Plan *p)
{
    char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", p->text);
    sqlite3_stmt *st = NULL;
    BUG_IF(sqlite3_prepare_v2(conn->h, sql, -1, &st, NULL) != SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(st, 3);
        bool served = strstr(detail, "INDEX") || strstr(detail, "CONSTANT");
        bool scan = strncmp(detail, "SCAN", 4) == 0 && !served;
        if (scan && !strstr(p->text, "/*scan*/")) bug(p->q->name, (int)p->mask, detail);
    }
    (void)sqlite3_finalize(st);
    sqlite3_free(sql);
}

static void lite_check(Db *db, Plan *p)
{
    Pen *pen = db->store->shared;
    sqlite3_stmt *st = row_statement(&pen->conn, p);
    BUG_IF((size_t)sqlite3_bind_parameter_count(st) != p->params);
    for (int i = 0; i < sqlite3_column_count(st); i++) {
        plan_column(p, (size_t)i, sqlite3_column_name(st, i));
    }
    check_plan(&pen->conn, p);
}

/* ---- running one statement ------------------------------------------------ */

/* A transaction that was put down goes on with the pen. */
static void take_pen(Ctx *c)
{
    Pen *pen = c->db->store->shared;
    Member *me = c->db->own;
    const Late *late = me->late;
    let_go(me);
    pen_begin(c, pen);
    if (!ok(c)) return;
    me->late = NULL;
    late_run(c, late, &pen->conn);
    me->vain = c->err == ERR_AGAIN;
}

typedef struct Wanted {
    Verb   verb;
    void  *out;
    size_t n;   /* rows that came */
    Act   *act; /* of a transaction without the pen: what it reads is noted */
} Wanted;

/* Steps through the rows, of which GET and FIND want the first; returns the
** last code. */
static int step_rows(Ctx *c, sqlite3_stmt *st, const Plan *p, Wanted *w)
{
    size_t cap = 0;
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW && is_read(w->verb)) {
        void *row = w->verb == VERB_LIST ? rows_push(c->mem, w->out, &cap, p->q->out->size) : w->out;
        row_fetch(c, st, p, row);
        if (w->act) w->act->seen = row_digest(st, w->act->seen);
        w->n++;
        if (w->verb != VERB_LIST) break;
    }
    return rc;
}

static bool run_now(Ctx *c, const Plan *p, const void *in, Wanted *w)
{
    Pen *pen = c->db->store->shared;
    Member *me = c->db->own;
    Handle *conn = c->db->in_tx && !me->late ? &pen->conn : &me->reader;
    sqlite3_stmt *st = row_statement(conn, p);
    char day[PARAM_MAX][DAY_ROOM];
    if (st == me->held) let_go(me);
    for (size_t i = 0; i < p->params; i++) {
        Value v = value_of(c, p->param[i], in, day[i]);
        value_bind(st, i + 1, &v);
    }
    int rc = db_injected(c->db) ? SQLITE_IOERR : step_rows(c, st, p, w);
    c->db->steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
    row_judge(c, conn, p, w->verb, rc);
    bool hold = rc == SQLITE_ROW && w->n > 0 && conn == &me->reader && me->looking && !me->held;
    if (hold) me->held = st;
    else (void)sqlite3_reset(st);
    return w->n > 0;
}

static bool lite_run(Ctx *c, const Plan *p, Verb verb, const void *in, void *out)
{
    Member *me = c->db->own;
    Wanted w = { .verb = verb, .out = out };
    if (me->late && me->late->writes && is_read(verb)) take_pen(c); /* what it wrote is to be seen */
    if (!ok(c)) return false;
    if (me->late) w.act = late_put(c, me->late, p, verb, in);
    if (!me->late || is_read(verb)) return run_now(c, p, in, &w);
    w.act->fails = db_injected(c->db);
    return false;
}

/* ---- transactions: the pen's ----------------------------------------------- */

static void lite_begin(Ctx *c)
{
    let_go(c->db->own); /* what it reads afterwards must be what it will have written */
    pen_begin(c, c->db->store->shared);
}

/* Whoever read in vain has the pen from the beginning the next time. */
static void lite_begin_late(Ctx *c)
{
    Member *me = c->db->own;
    if (me->vain) lite_begin(c);
    else me->late = NEW(c->mem, Late, 1);
    me->vain = false;
}

static void lite_soon(Ctx *c)
{
    const Member *me = c->db->own;
    if (!me->late) pen_soon(c->db->store->shared);
}

static void lite_end(Ctx *c)
{
    Member *me = c->db->own;
    bool late = me->late != NULL;
    if (!late) {
        pen_end(c, c->db->store->shared, me);
        return;
    }
    let_go(me);
    if (ok(c)) pen_post(c, c->db->store->shared, me);
    me->vain = c->err == ERR_AGAIN;
    me->late = NULL;
}

static void lite_settle(Ctx *c)
{
    pen_settle(c->db->store->shared);
}

const Engine engine_sqlite = {
    .scheme = "sqlite:", .local = true, .store_open = lite_store_open, .store_close = lite_store_close,
    .hurry = lite_hurry,
    .slim = lite_slim,
    .open = lite_open, .close = lite_close, .schema = lite_schema, .keep = lite_keep,
    .check = lite_check, .run = lite_run, .begin = lite_begin,
    .begin_late = lite_begin_late, .soon = lite_soon, .end = lite_end,
    .look = lite_look,
    .settle = lite_settle,
    .search = &search_sqlite, .backup = &backup_sqlite,
};
