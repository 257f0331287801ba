/*
** SQLite.  Every thread reads through a connection of its own; all write
** through one, the pen, in turn.
**
** GROUP COMMIT.  A durable commit waits for the disk, and the disk takes as
** long for one case as for fifty.  So a thread that has the pen works inside a
** transaction left open by the one before it.  At tx_end it
** joins the batch; if somebody is waiting for the pen, it passes the pen on
** and sleeps.  The last in line commits for all and wakes them.  Whoever
** arrives during that commit forms the next batch.
**
** Who fails after it wrote takes the batch back with it, and all of it run again
** (AGAIN).  A savepoint a request would take back less, but costs a copy of every
** page that the request touches, some forty for a case: so savepoints are only
** taken for a while after a batch was lost, and whoever fails often slows
** nobody down further.
**
** Forbidden: to answer before the commit.  A transaction that failed waits for
** it too, because what it saw, and will tell, may be in that same batch.
*/
#include "core/engine.h"

#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_MAX = 128, BUSY_MS = 5000, SPILL = 120 * 1024, CAREFUL = 512 };

/* What frames a transaction: prepared too. */
typedef enum Frame {
    FRAME_BEGIN, FRAME_SAVE, FRAME_KEEP, FRAME_UNDO, FRAME_COMMIT, FRAME_ROLLBACK, FRAMES
} Frame;
static const char *const frame_sql[FRAMES] = {
    "BEGIN IMMEDIATE", "SAVEPOINT request", "RELEASE request", "ROLLBACK TO request", "COMMIT", "ROLLBACK",
};

typedef struct Conn {
    sqlite3      *h;
    sqlite3_stmt *frame[FRAMES];
    sqlite3_stmt *st[PLAN_MAX]; /* prepared at first use */
} Conn;

typedef struct Member { /* one thread */
    Conn           reader;
    bool           looking;   /* between look(true) and look(false) */
    sqlite3_stmt  *held;      /* the first read since: on its row, it holds the others' snapshot */
    struct Member *next;      /* in the batch */
    sem_t          told;
    Err            fate;      /* of its work; read after `told` */
} Member;

typedef struct Pen {
    pthread_mutex_t turn;    /* held from tx_begin to tx_end; guards the rest */
    atomic_int      waiting; /* how many want it */
    Conn            conn;
    Member         *batch;   /* whose work the open transaction holds */
    int             size;
    int             careful; /* so many transactions yet are taken back alone */
    bool            saved;   /* the running one has its savepoint */
    int64_t         changes; /* rows changed when it began */
    bool            hurried; /* the disk waits for the end */
    bool            slim;    /* connections made from now on map nothing */
} Pen;

/* ---- connections ---------------------------------------------------------- */

static bool execute(Conn *conn, const char *sql)
{
    int rc = sqlite3_exec(conn->h, sql, NULL, NULL, NULL);
    if (rc != SQLITE_OK) (void)fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(conn->h));
    return rc == SQLITE_OK;
}

/* At start: what is not of our making ends the program, with its reason. */
static void must(Conn *conn, const char *sql)
{
    static const int worlds[] = {
        SQLITE_FULL, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_PERM, SQLITE_AUTH, SQLITE_BUSY,
        SQLITE_LOCKED, SQLITE_NOTADB, SQLITE_CORRUPT,
    };
    if (sqlite3_exec(conn->h, sql, NULL, NULL, NULL) == SQLITE_OK) return;
    for (size_t i = 0; i < COUNT(worlds); i++) {
        if (sqlite3_errcode(conn->h) != worlds[i]) continue;
        errno = sqlite3_system_errno(conn->h);
        halt(sqlite3_db_filename(conn->h, "main"), errno ? os_error() : sqlite3_errmsg(conn->h));
    }
    bug(sql, 0, sqlite3_errmsg(conn->h));
}

static bool frame(Conn *conn, Frame f)
{
    (void)sqlite3_step(conn->frame[f]);
    int rc = sqlite3_reset(conn->frame[f]);
    if (rc != SQLITE_OK) (void)fprintf(stderr, "%s: %s\n", frame_sql[f], sqlite3_errmsg(conn->h));
    return rc == SQLITE_OK;
}

/* No two threads are ever in one connection at a time, so it needs no lock of
** its own.  A plan does not change with what is bound (QPSG), or SQLite would
** prepare some statements again at each use. */
static void conn_open(Conn *conn, const char *address, const char *settings)
{
    const char *path = address + strlen(engine_sqlite.scheme);
    int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    if (sqlite3_open_v2(path, &conn->h, how, NULL) != SQLITE_OK) halt(path, sqlite3_errmsg(conn->h));
    (void)sqlite3_busy_timeout(conn->h, BUSY_MS);
    (void)sqlite3_db_config(conn->h, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    must(conn, settings);
}

static void prepare_frames(Conn *conn)
{
    for (size_t i = 0; i < FRAMES; i++) {
        int rc = sqlite3_prepare_v3(conn->h, frame_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                                    &conn->frame[i], NULL);
        BUG_IF(rc != SQLITE_OK);
    }
}

static void conn_close(Conn *conn)
{
    for (size_t i = 0; i < FRAMES; i++) (void)sqlite3_finalize(conn->frame[i]);
    for (size_t i = 0; i < PLAN_MAX; i++) (void)sqlite3_finalize(conn->st[i]);
    BUG_IF(sqlite3_close(conn->h) != SQLITE_OK);
}

/* For the process, before SQLite is used at all (later they are refused, and
** what was set stays): the savepoints of a slim store keep the pages they may
** have to bring back in memory, up to SPILL bytes, and then go to a file in
** pieces of that size, which must stay below the 128 KiB that SQLite writes at
** once (it takes a longer piece for a full disk); nobody counts what is
** allocated, under a lock. */
static void settle(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SPILL);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static void *lite_store_open(const char *address)
{
    Pen *pen = calloc(1, sizeof *pen);
    settle();
    BUG_IF(!pen || pthread_mutex_init(&pen->turn, NULL) != 0);
    /* temp_store: a case changes 40 pages, more than SPILL holds; in a file they were six of seven writes. */
    conn_open(&pen->conn, address,
              "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
              "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY");
    prepare_frames(&pen->conn);
    return pen;
}

static void lite_hurry(void *shared)
{
    Pen *pen = shared;
    pen->hurried = execute(&pen->conn, "PRAGMA synchronous=OFF");
}

/* A log that is synced when it is taken over: whole after a power cut, if not to the last commit. */
static void lite_slim(void *shared)
{
    Pen *pen = shared;
    pen->slim = true;
    BUG_IF(!execute(&pen->conn, "PRAGMA cache_size=-10000; PRAGMA synchronous=NORMAL;"
                                 "PRAGMA wal_autocheckpoint=16000; PRAGMA temp_store=FILE"));
}

static void lite_store_close(void *shared)
{
    Pen *pen = shared;
    if (pen->hurried) (void)execute(&pen->conn, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");
    conn_close(&pen->conn);
    (void)pthread_mutex_destroy(&pen->turn);
    free(pen);
}

static void *lite_open(const Store *s)
{
    Member *me = calloc(1, sizeof *me);
    BUG_IF(!me || sem_init(&me->told, 0, 0) != 0);
    bool slim = ((const Pen *)s->shared)->slim;
    conn_open(&me->reader, s->address,
        slim ? "PRAGMA query_only=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-5000"
                                            : "PRAGMA query_only=ON; PRAGMA mmap_size=1073741824");
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
    conn_close(&me->reader);
    (void)sem_destroy(&me->told);
    free(me);
}

/* ---- at start: schema and proof ------------------------------------------- */

static void lite_schema(Db *db, const char *sql)
{
    Pen *pen = db->store->shared;
    must(&pen->conn, sql);
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

static void check_plan(Conn *conn, const Plan *p)
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
static sqlite3_stmt *statement(Conn *conn, const Plan *p)
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
    Conn *conn = c->db->in_tx ? &pen->conn : &me->reader;
    sqlite3_stmt *st = statement(conn, p);
    Wanted w = { .verb = verb, .out = out };
    if (st == me->held) let_go(me);
    for (size_t i = 0; i < p->params; i++) {
        BUG_IF(bind(c, st, (int)i + 1, p->param[i], in) != SQLITE_OK);
    }
    int rc = db_injected(c->db) ? SQLITE_IOERR : step_rows(c, st, p, &w);
    bool missing = verb == VERB_GET ? rc == SQLITE_DONE && w.n == 0
                 : verb == VERB_CHANGE && rc == SQLITE_DONE && sqlite3_changes(conn->h) != 1;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) failed(c, p->q, conn->h, rc);
    else if (missing) fail(c, ERR_NOT_FOUND, str_of(p->q->name));
    bool hold = rc == SQLITE_ROW && w.n > 0 && conn == &me->reader && me->looking && !me->held;
    if (hold) me->held = st;
    else (void)sqlite3_reset(st);
    return w.n > 0;
}

/* ---- group commit --------------------------------------------------------- */

/* Ends the batch: tells every member what became of its work. */
static void tell(Pen *pen, Err fate)
{
    Member *m = pen->batch;
    pen->batch = NULL;
    pen->size = 0;
    while (m) {
        Member *next = m->next; /* once told, m may join another batch */
        m->fate = fate;
        (void)sem_post(&m->told);
        m = next;
    }
}

/* A COMMIT that failed for want of space wrote nothing.  After any other failure
** nobody knows what a restart would find in the log. */
static void commit(Ctx *c, Pen *pen)
{
    bool durable = !db_injected_commit(c->db) && frame(&pen->conn, FRAME_COMMIT);
    bool full = !durable && (sqlite3_errcode(pen->conn.h) & 0xFF) == SQLITE_FULL;
    if (!sqlite3_get_autocommit(pen->conn.h)) (void)frame(&pen->conn, FRAME_ROLLBACK);
    tell(pen, durable ? ERR_OK : full ? ERR_FULL : ERR_UNKNOWN);
}

/* Whoever leaves the pen commits, unless somebody is there to do it later. */
static void pass_on(Ctx *c, Pen *pen)
{
    bool last = atomic_load(&pen->waiting) == 0 || pen->size >= BATCH_MAX;
    if (last && !sqlite3_get_autocommit(pen->conn.h)) commit(c, pen);
    (void)pthread_mutex_unlock(&pen->turn);
}

/* The first of a batch needs no savepoint: it can only take back itself. */
static bool save(Pen *pen)
{
    pen->saved = pen->careful > 0 && pen->batch;
    pen->changes = sqlite3_total_changes64(pen->conn.h);
    if (pen->careful > 0) pen->careful--;
    return !pen->saved || frame(&pen->conn, FRAME_SAVE);
}

static void lite_begin(Ctx *c)
{
    Pen *pen = c->db->store->shared;
    let_go(c->db->own); /* what it reads afterwards must be what it will have written */
    (void)atomic_fetch_add(&pen->waiting, 1);
    (void)pthread_mutex_lock(&pen->turn);
    (void)atomic_fetch_sub(&pen->waiting, 1);
    bool open = !sqlite3_get_autocommit(pen->conn.h) || frame(&pen->conn, FRAME_BEGIN);
    if (open && save(pen)) return;
    fail(c, ERR_AGAIN, S("begin"));
    pass_on(c, pen);
}

/* Takes back what a failed transaction wrote; false if only the whole batch can be.
** Then what it failed of may be gone with the others' work: it is run again as they are. */
static bool undo(Ctx *c, Pen *pen)
{
    if (pen->saved) return frame(&pen->conn, FRAME_UNDO);
    if (sqlite3_total_changes64(pen->conn.h) == pen->changes) return true;
    if (!pen->batch->next) return false;
    pen->careful = CAREFUL;
    c->err = ERR_AGAIN;
    return false;
}

static void lite_end(Ctx *c)
{
    Pen *pen = c->db->store->shared;
    Member *me = c->db->own;
    me->next = pen->batch;
    pen->batch = me;
    pen->size++;
    /* A full disk or a read error makes SQLite roll back the whole batch. */
    bool lost = sqlite3_get_autocommit(pen->conn.h) || (!ok(c) && !undo(c, pen))
             || (pen->saved && !frame(&pen->conn, FRAME_KEEP));
    if (lost && !sqlite3_get_autocommit(pen->conn.h)) (void)frame(&pen->conn, FRAME_ROLLBACK);
    if (lost) tell(pen, ERR_AGAIN);
    pass_on(c, pen);
    while (sem_wait(&me->told) != 0) { /* a signal came in between */ }
    if (me->fate) fail(c, me->fate, S("commit"));
}

const Engine engine_sqlite = {
    .scheme = "sqlite:", .local = true, .store_open = lite_store_open, .store_close = lite_store_close,
    .hurry = lite_hurry,
    .slim = lite_slim,
    .open = lite_open, .close = lite_close, .schema = lite_schema, .keep = lite_keep,
    .check = lite_check, .run = lite_run, .begin = lite_begin, .end = lite_end, .look = lite_look,
    .search = &search_sqlite, .backup = &backup_sqlite,
};
