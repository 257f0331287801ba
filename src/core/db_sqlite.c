/*
** SQLite.  Every thread reads through a connection of its own; all write
** through one, the pen, in turn.
*/
#include "core/sqlite_pen.h"

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
    handle_must(&pen->conn, sql);
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

/* SQLite numbers :names by first appearance, as Plan does: p->text serves. */
static sqlite3_stmt *statement(Handle *conn, const Plan *p)
{
    sqlite3_stmt **st = &conn->st[p->id];
    if (*st) return *st;
    if (sqlite3_prepare_v3(conn->h, p->text, -1, SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK) {
        bug(p->q->name, (int)p->mask, sqlite3_errmsg(conn->h));
    }
    return *st;
}

static void lite_check(Db *db, Plan *p)
{
    Pen *pen = db->store->shared;
    sqlite3_stmt *st = statement(&pen->conn, p);
    BUG_IF((size_t)sqlite3_bind_parameter_count(st) != p->params);
    for (int i = 0; i < sqlite3_column_count(st); i++) {
        plan_column(p, (size_t)i, sqlite3_column_name(st, i));
    }
    check_plan(&pen->conn, p);
}

/* ---- running one statement ------------------------------------------------ */

static int bind_text(sqlite3_stmt *st, int i, Str s)
{
    return sqlite3_bind_text64(st, i, s.n ? s.s : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_date(sqlite3_stmt *st, int i, Date d)
{
    char iso[11];
    if (d.day == 0) return sqlite3_bind_null(st, i);
    date_write(d, iso);
    return sqlite3_bind_text(st, i, iso, 10, SQLITE_TRANSIENT);
}

static int bind(Ctx *c, sqlite3_stmt *st, int i, const Field *fd, const char *row)
{
    const void *at = row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   return sqlite3_bind_int64(st, i, *(const int64_t *)at);
    case KIND_BOOL:  return sqlite3_bind_int64(st, i, *(const bool *)at);
    case KIND_TIME:  return sqlite3_bind_int64(st, i, ((const Time *)at)->s);
    case KIND_MONEY: return sqlite3_bind_int64(st, i, ((const Money *)at)->fen);
    case KIND_ID:    return sqlite3_bind_int64(st, i, ((const Id *)at)->n);
    case KIND_DATE:  return bind_date(st, i, *(const Date *)at);
    case KIND_TEXT:  return bind_text(st, i, column_text(c, fd, *(const Str *)at));
    case KIND_LIST:  break;
    }
    return SQLITE_MISUSE;
}

static Str column_str(sqlite3_stmt *st, int i)
{
    const unsigned char *t = sqlite3_column_text(st, i);
    return (Str){ (const char *)t, (size_t)sqlite3_column_bytes(st, i) };
}

static void fetch(Ctx *c, sqlite3_stmt *st, int i, const Field *fd, char *row)
{
    void *at = row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   *(int64_t *)at = sqlite3_column_int64(st, i); break;
    case KIND_BOOL:  *(bool *)at = sqlite3_column_int64(st, i) != 0; break;
    case KIND_TIME:  ((Time *)at)->s = sqlite3_column_int64(st, i); break;
    case KIND_MONEY: ((Money *)at)->fen = sqlite3_column_int64(st, i); break;
    case KIND_ID:    ((Id *)at)->n = sqlite3_column_int64(st, i); break;
    case KIND_TEXT:  *(Str *)at = column_value(c, fd, column_str(st, i)); break;
    case KIND_DATE:  *(Date *)at = date_parse(column_str(st, i)); break;
    case KIND_LIST:  break;
    }
}

static void failed(Ctx *c, const Query *q, sqlite3 *h, int rc)
{
    int code = rc == SQLITE_IOERR ? rc : sqlite3_extended_errcode(h);
    bool clash = code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE;
    bool busy = (code & 0xFF) == SQLITE_BUSY;
    bool full = (code & 0xFF) == SQLITE_FULL;
    Err e = clash && q->clash ? q->clash : busy ? ERR_AGAIN : full ? ERR_FULL : ERR_INTERNAL;
    if (e == ERR_INTERNAL) (void)fprintf(stderr, "%s: %s\n", q->name, sqlite3_errstr(code));
    fail(c, e, str_of(q->name));
}

typedef struct Wanted {
    Verb   verb;
    void  *out;
    size_t n; /* rows that came */
} Wanted;

/* Steps through the rows, of which GET and FIND want the first; returns the
** last code. */
static int step_rows(Ctx *c, sqlite3_stmt *st, const Plan *p, Wanted *w)
{
    size_t cap = 0;
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW && is_read(w->verb)) {
        void *row = w->verb == VERB_LIST ? rows_push(c->mem, w->out, &cap, p->q->out->size) : w->out;
        for (size_t i = 0; i < p->columns; i++) fetch(c, st, (int)i, p->column[i], row);
        w->n++;
        if (w->verb != VERB_LIST) break;
    }
    return rc;
}

static bool lite_run(Ctx *c, const Plan *p, Verb verb, const void *in, void *out)
{
    Pen *pen = c->db->store->shared;
    Member *me = c->db->own;
    Handle *conn = c->db->in_tx ? &pen->conn : &me->reader;
    sqlite3_stmt *st = statement(conn, p);
    Wanted w = { .verb = verb, .out = out };
    if (st == me->held) let_go(me);
    for (size_t i = 0; i < p->params; i++) {
        BUG_IF(bind(c, st, (int)i + 1, p->param[i], in) != SQLITE_OK);
    }
    int rc = db_injected(c->db) ? SQLITE_IOERR : step_rows(c, st, p, &w);
    c->db->steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
    bool missing = verb == VERB_GET ? rc == SQLITE_DONE && w.n == 0
                 : verb == VERB_CHANGE && rc == SQLITE_DONE && sqlite3_changes(conn->h) != 1;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) failed(c, p->q, conn->h, rc);
    else if (missing) fail(c, ERR_NOT_FOUND, str_of(p->q->name));
    bool hold = rc == SQLITE_ROW && w.n > 0 && conn == &me->reader && me->looking && !me->held;
    if (hold) me->held = st;
    else (void)sqlite3_reset(st);
    return w.n > 0;
}

/* ---- transactions: the pen's ----------------------------------------------- */

static void lite_begin(Ctx *c)
{
    let_go(c->db->own); /* what it reads afterwards must be what it will have written */
    pen_begin(c, c->db->store->shared);
}

static void lite_soon(Ctx *c)
{
    pen_soon(c->db->store->shared);
}

static void lite_end(Ctx *c)
{
    pen_end(c, c->db->store->shared, c->db->own);
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
    .check = lite_check, .run = lite_run, .begin = lite_begin, .soon = lite_soon, .end = lite_end,
    .look = lite_look,
    .settle = lite_settle,
    .search = &search_sqlite, .backup = &backup_sqlite,
};
