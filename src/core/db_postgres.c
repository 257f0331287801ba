/*
** PostgreSQL.  A thread has one connection, always in pipeline mode: what
** needs no answer (BEGIN, inserts, changes) is only sent, and the answers are
** collected when one is needed: at a db_get, before COMMIT, and after it.  A
** registration of seven statements takes two round trips.
**
** A LOST CONNECTION fails the request with AGAIN, and during COMMIT with
** UNKNOWN; web_handle() then runs it again on a new connection, and the
** request's idempotency key (tx.h) tells whether the first attempt was kept.
** An old COMMIT still under way is no danger: the second insert of the key
** waits for it in the unique index.
**
** A STANDBY that must confirm each COMMIT may be given up on: the server then
** warns, or cuts us off, and what it has alone can be read.  So a warning at
** COMMIT is UNKNOWN too, and a remembered answer is given only after one more
** commit, which stands behind it in the log, came through (pg_settle).  Then
** what is acknowledged is on the standby whatever happens to the primary.
**
** Forbidden: text over 1 GiB, results of other types than BIGINT and TEXT
** (pg_check refuses them), and reading a row to decide on a change without
** changing that row or its case: SQLite's writers are serial, these are not.
*/
#include "core/engine.h"
#include "core/postgres_link.h"
#include "core/postgres_start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUEUE_MAX = 96 }; /* their answers, some 30 bytes each, fit any socket buffer */

/* Statements that are not Queries, prepared under their own names. */
typedef enum Own { OWN_BEGIN, OWN_COMMIT, OWN_ROLLBACK, OWN_BREAK, OWN__COUNT } Own;
static const char *const own_sql[OWN__COUNT] = {
    /* Two requests that change one row: the second fails and is run again, as
    ** if it had come later.  Every change to a case changes its row. */
    "BEGIN ISOLATION LEVEL REPEATABLE READ",
    "COMMIT", "ROLLBACK",
    "SELECT 1/0", /* what a test makes fail */
};

/* Something sent whose answer has not been read. */
typedef struct Sent {
    const Plan *plan; /* NULL: one of own_sql */
    Verb        verb;
    void       *out;     /* a read: where its row or Rows go */
    bool       *found;   /* VERB_FIND: set if there was a row */
    bool       *prepare; /* this is a Prepare: what to unset if it fails */
} Sent;

typedef struct Link {
    PgStart      start; /* first: postgres_start.c knows no more of it */
    const Store *store;
    PGconn      *h;
    Sent         sent[QUEUE_MAX];
    size_t       n;
    bool         leave;   /* it can no longer do what we need */
    bool         doubt;   /* the server warned since this was unset */
    int          hung;    /* the process that did not answer our last COMMIT; 0: none */
    bool         prepared[PLAN_MAX]; /* on this connection */
} Link;

/* ---- connecting ----------------------------------------------------------- */

static bool send_prepare(PGconn *h, const Plan *p)
{
    char name[16];
    Oid type[PARAM_MAX];
    for (size_t i = 0; i < p->params; i++) type[i] = pg_type_of(p->param[i]);
    (void)snprintf(name, sizeof name, "p%zu", p->id);
    return PQsendPrepare(h, name, p->sql, (int)p->params, type) != 0;
}

/* One NULL lies between two answers.  After two there are no more: a server that
** said farewell leaves it so, with the connection good to look at. */
static bool no_more(const PGresult *r, int *nulls)
{
    *nulls = r ? 0 : *nulls + 1;
    return *nulls > 1;
}

/* Reads answers up to the next sync; false if one of them is an error. */
static bool all_good(PGconn *h)
{
    bool good = true;
    int nulls = 0;
    int64_t until = pg_now_ms() + ANSWER_MS;
    while (PQstatus(h) == CONNECTION_OK && pg_wait(h, until)) {
        PGresult *r = PQgetResult(h);
        if (no_more(r, &nulls)) return false;
        if (!r) continue;
        ExecStatusType st = PQresultStatus(r);
        PQclear(r);
        if (st == PGRES_PIPELINE_SYNC) return good;
        good &= st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK;
    }
    return false;
}

/* A COMMIT we gave up on still waits for its standby: it need not. */
static bool send_release(PGconn *h, int pid)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                   " WHERE pid = %d AND wait_event = 'SyncRep'", pid);
    return PQsendQueryParams(h, sql, 0, NULL, NULL, NULL, NULL, 0) != 0;
}

/* Our own statements at once; a Query's when it is first sent. */
static bool prepare_own(Link *l)
{
    bool sent = PQenterPipelineMode(l->h) != 0 && PQsetnonblocking(l->h, 1) == 0;
    for (size_t i = 0; sent && i < COUNT(own_sql); i++) {
        sent = PQsendPrepare(l->h, own_sql[i], own_sql[i], 0, NULL) != 0;
    }
    if (l->hung) sent = sent && send_release(l->h, l->hung);
    l->hung = 0;
    return sent && PQpipelineSync(l->h) && all_good(l->h);
}

static void disconnect(Link *l)
{
    PQfinish(l->h);
    l->h = NULL;
    l->n = 0;
    l->leave = false;
    memset(l->prepared, 0, sizeof l->prepared);
}

static void on_notice(void *link, const PGresult *r)
{
    Link *l = link;
    const char *level = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (!level || strcmp(level, "WARNING") != 0) return;
    l->doubt = true;
    (void)fprintf(stderr, "database: %s", PQresultErrorMessage(r));
}

static Reach *reach_of(const Link *l)
{
    return l->store->shared;
}

/* Makes sure there is a connection, or fails c. */
static bool connected(Ctx *c, Link *l)
{
    if (l->h && !l->leave && PQstatus(l->h) == CONNECTION_OK) return true;
    disconnect(l);
    if (!reach_may_dial(reach_of(l))) return fail(c, ERR_AGAIN, S("connect"));
    l->h = pg_dial(l->store->address);
    (void)PQsetNoticeReceiver(l->h, on_notice, l);
    bool good = PQstatus(l->h) == CONNECTION_OK && prepare_own(l);
    reach_dialled(reach_of(l), good, PQerrorMessage(l->h));
    if (good) return true;
    disconnect(l);
    return fail(c, ERR_AGAIN, S("connect"));
}

static void *pg_store_open(const char *address)
{
    (void)address;
    Reach *r = calloc(1, sizeof *r);
    BUG_IF(!r);
    return r;
}

static int64_t pg_gone_ms(void *shared)
{
    return reach_gone_ms(shared);
}

static void pg_slim(void *shared)
{
    (void)shared; /* the server has its own memory */
}

static void pg_hurry(void *shared) /* of connections made from now on */
{
    (void)shared;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before there is a second thread
    BUG_IF(setenv("PGOPTIONS", "-c synchronous_commit=off", 1) != 0);
}

static void pg_store_close(void *shared)
{
    free(shared);
}

static void *pg_open(const Store *s) /* connects at first use */
{
    Link *l = calloc(1, sizeof *l);
    BUG_IF(!l);
    l->store = s;
    return l;
}

static void pg_close(void *own)
{
    Link *l = own;
    disconnect(l);
    PQfinish(l->start.plain);
    free(l);
}

/* ---- sending: parameters go as bytes, text without a copy ------------------- */

typedef struct Params {
    const char *value[PARAM_MAX];
    int         length[PARAM_MAX];
    int         format[PARAM_MAX]; /* 1: binary */
    char        room[PARAM_MAX][12];
} Params;

static void put_int(Params *ps, size_t i, int64_t v)
{
    uint64_t u = (uint64_t)v;
    for (size_t k = 0; k < 8; k++) ps->room[i][k] = (char)(unsigned char)(u >> (56 - 8 * k) & 0xFF);
    ps->value[i] = ps->room[i];
    ps->length[i] = 8;
}

static void put_text(Params *ps, size_t i, Str s)
{
    ps->value[i] = s.n ? s.s : "";
    ps->length[i] = (int)s.n;
}

static void put(Ctx *c, Params *ps, size_t i, const Field *fd, const char *row)
{
    const void *at = row + fd->at;
    ps->format[i] = 1;
    switch (fd->kind) {
    case KIND_INT:   put_int(ps, i, *(const int64_t *)at); break;
    case KIND_BOOL:  put_int(ps, i, *(const bool *)at); break;
    case KIND_TIME:  put_int(ps, i, ((const Time *)at)->s); break;
    case KIND_MONEY: put_int(ps, i, ((const Money *)at)->fen); break;
    case KIND_ID:    put_int(ps, i, ((const Id *)at)->n); break;
    case KIND_LIST:  bug(fd->name, 0, "a list is no parameter");
    case KIND_TEXT:  put_text(ps, i, column_text(c, fd, *(const Str *)at)); break;
    case KIND_DATE:
        ps->value[i] = NULL; /* no date */
        ps->length[i] = 0;
        if (((const Date *)at)->day == 0) break;
        date_write(*(const Date *)at, ps->room[i]);
        ps->value[i] = ps->room[i];
        ps->length[i] = 10;
        break;
    }
}

static bool send_plan(Ctx *c, Link *l, const Plan *p, const void *in)
{
    char name[16];
    Params ps;
    for (size_t i = 0; i < p->params; i++) put(c, &ps, i, p->param[i], in);
    (void)snprintf(name, sizeof name, "p%zu", p->id);
    return PQsendQueryPrepared(l->h, name, (int)p->params, ps.value, ps.length, ps.format, 1) != 0;
}

static bool send_own(Link *l, Own own)
{
    return PQsendQueryPrepared(l->h, own_sql[own], 0, NULL, NULL, NULL, 1) != 0;
}

/* ---- receiving -------------------------------------------------------------- */

static int64_t get_int(const char *p)
{
    uint64_t u = 0;
    for (size_t k = 0; k < 8; k++) u = u << 8 | (unsigned char)p[k];
    return (int64_t)u;
}

typedef struct Cell {
    Str     text;
    int64_t n; /* 0 if the column is text, or NULL */
} Cell;

static void fetch(Ctx *c, Cell cell, const Field *fd, char *row)
{
    void *at = row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   *(int64_t *)at = cell.n; break;
    case KIND_BOOL:  *(bool *)at = cell.n != 0; break;
    case KIND_TIME:  ((Time *)at)->s = cell.n; break;
    case KIND_MONEY: ((Money *)at)->fen = cell.n; break;
    case KIND_ID:    ((Id *)at)->n = cell.n; break;
    case KIND_TEXT:  *(Str *)at = column_value(c, fd, cell.text); break;
    case KIND_DATE:  *(Date *)at = date_parse(cell.text); break;
    case KIND_LIST:  break;
    }
}

static void fetch_row(Ctx *c, const PGresult *r, int k, const Plan *p, void *row)
{
    for (size_t i = 0; i < p->columns; i++) {
        const char *value = PQgetvalue(r, k, (int)i);
        bool number = pg_type_of(p->column[i]) == PG_INT8 && !PQgetisnull(r, k, (int)i);
        Cell cell = { .text = { value, (size_t)PQgetlength(r, k, (int)i) }, .n = 0 };
        if (number) cell.n = get_int(value);
        fetch(c, cell, p->column[i], row);
    }
}

static void fetch_all(Ctx *c, const Sent *s, const PGresult *r)
{
    size_t cap = 0;
    int rows = PQntuples(r);
    if (s->found) *s->found = rows > 0;
    if (s->verb != VERB_LIST && rows > 1) rows = 1;
    for (int k = 0; k < rows; k++) {
        void *row = s->verb == VERB_LIST ? rows_push(c->mem, s->out, &cap, s->plan->q->out->size) : s->out;
        fetch_row(c, r, k, s->plan, row);
    }
}

/* SQLSTATE prefixes after which the same request, run again, may succeed:
** connection, shutdown, a server that may only be read, races.  `leave`: on
** another connection, because this one's server has changed. */
static const struct Passing { const char *state; bool leave; } passing[] = {
    { "08", true }, { "57P0", true }, { "25006", true }, { "40001", false }, { "40P01", false },
};

static Err error_of(Link *l, const PGresult *r, const Query *q)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    if (!state) return ERR_AGAIN; /* libpq's own: the connection is gone */
    for (size_t i = 0; i < COUNT(passing); i++) {
        if (strncmp(state, passing[i].state, strlen(passing[i].state)) != 0) continue;
        l->leave |= passing[i].leave;
        return ERR_AGAIN;
    }
    if (q && q->clash && strcmp(state, "23505") == 0) return q->clash;
    if (strcmp(state, "53100") == 0) return ERR_FULL;
    (void)fprintf(stderr, "%s: %s", q ? q->name : "database", PQresultErrorMessage(r));
    return ERR_INTERNAL;
}

/* COMMIT of a transaction that failed answers ROLLBACK. */
static void check_commit(Ctx *c, PGresult *r)
{
    if (strcmp(PQcmdStatus(r), "ROLLBACK") == 0) fail(c, ERR_INTERNAL, S("database"));
}

static bool finds_nothing(const Sent *s, PGresult *r)
{
    if (s->verb == VERB_GET) return PQntuples(r) == 0;
    return s->verb == VERB_CHANGE && strcmp(PQcmdTuples(r), "1") != 0;
}

/* Takes one answer into account. */
static void answer(Ctx *c, Link *l, const Sent *s, PGresult *r)
{
    const Query *q = s->plan ? s->plan->q : NULL;
    Str name = str_of(q ? q->name : "database");
    ExecStatusType st = PQresultStatus(r);
    bool good = st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK;
    if (s->prepare && !good) *s->prepare = false;
    if (st == PGRES_PIPELINE_ABORTED) return; /* an earlier answer said why */
    if (!good) fail(c, error_of(l, r, q), name);
    if (!good || !ok(c)) return;
    if (!q) check_commit(c, r);
    else if (finds_nothing(s, r)) fail(c, ERR_NOT_FOUND, name);
    else if (is_read(s->verb)) fetch_all(c, s, r);
}

/* The connection is lost, or given up.  A server process that is waited for in
** vain at COMMIT is remembered: the next connection releases it. */
static void lose(Ctx *c, Link *l, Err lost, bool late)
{
    if (c->err == ERR_AGAIN) c->err = lost; /* the server's farewell came first */
    fail(c, lost, late ? S("no answer") : S("connection lost"));
    if (late && lost == ERR_UNKNOWN) l->hung = PQbackendPID(l->h);
    disconnect(l);
}

/* Reads the answers to all that was sent.  `lost` is what it means if the
** connection breaks: AGAIN, or UNKNOWN if a COMMIT was among it. */
static void drain(Ctx *c, Link *l, Err lost)
{
    size_t at = 0;
    int nulls = 0;
    int64_t begun = pg_now_ms();
    int64_t until = begun + (lost == ERR_UNKNOWN ? reach_commit_ms(reach_of(l)) : ANSWER_MS);
    bool alive = PQpipelineSync(l->h) != 0;
    bool synced = false, late = false;
    while (alive && !synced) {
        late = !pg_wait(l->h, until);
        if (late) break;
        PGresult *r = PQgetResult(l->h);
        bool over = no_more(r, &nulls);
        if (!r) at++; /* the end of one answer */
        else if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) synced = true;
        else if (at < l->n) answer(c, l, &l->sent[at], r);
        PQclear(r);
        alive = PQstatus(l->h) == CONNECTION_OK && !over;
    }
    l->n = 0;
    if (lost == ERR_UNKNOWN && (synced || late)) reach_committed(reach_of(l), begun, synced);
    if (!synced) lose(c, l, lost, late);
}

static void enqueue(Ctx *c, Link *l, Sent s, bool sent)
{
    l->sent[l->n++] = s;
    if (!sent) fail(c, ERR_AGAIN, S("connection lost"));
}

static void prepare_first(Ctx *c, Link *l, const Plan *p)
{
    bool *done = &l->prepared[p->id];
    if (*done) return;
    *done = true;
    enqueue(c, l, (Sent){ .prepare = done }, send_prepare(l->h, p));
}

static bool pg_run(Ctx *c, const Plan *p, Verb verb, const void *in, void *out)
{
    Link *l = c->db->own;
    bool found = false;
    if (!c->db->in_tx && !connected(c, l)) return false;
    if (l->n >= QUEUE_MAX - 2) drain(c, l, ERR_AGAIN); /* room for Prepare, and for tx_end */
    if (!ok(c)) return false;
    bool broken = db_injected(c->db);
    if (!broken) prepare_first(c, l, p);
    bool sent = broken ? send_own(l, OWN_BREAK) : send_plan(c, l, p, in);
    enqueue(c, l, (Sent){ .plan = p, .verb = verb, .out = out, .found = &found }, sent);
    if (is_read(verb) || !c->db->in_tx) drain(c, l, ERR_AGAIN);
    else l->sent[l->n - 1].found = NULL;
    return found;
}

/* ---- transactions ------------------------------------------------------------- */

static void pg_begin(Ctx *c)
{
    Link *l = c->db->own;
    if (connected(c, l)) enqueue(c, l, (Sent){ 0 }, send_own(l, OWN_BEGIN));
}

/* The answers are read before COMMIT is sent, because a change that found no
** row is no error to the server. */
static void pg_end(Ctx *c)
{
    Link *l = c->db->own;
    drain(c, l, ERR_AGAIN);
    if (!l->h) return; /* lost: the server rolls back */
    bool keep = ok(c);
    Own verb = !keep ? OWN_ROLLBACK : db_injected_commit(c->db) ? OWN_BREAK : OWN_COMMIT;
    l->doubt = false;
    enqueue(c, l, (Sent){ 0 }, send_own(l, verb));
    drain(c, l, keep ? ERR_UNKNOWN : c->err);
    if (keep && l->doubt) fail(c, ERR_UNKNOWN, S("a warning at commit"));
    if (keep && !ok(c)) disconnect(l); /* a refused COMMIT: leave nothing open */
}

/* A message in the log that nobody reads, but that is confirmed as every commit is. */
static void pg_settle(Ctx *c)
{
    static const char sql[] = "SELECT 1 FROM pg_logical_emit_message(true, 'tiaojie', '')";
    Link *l = c->db->own;
    BUG_IF(c->db->in_tx);
    if (!connected(c, l)) return;
    l->doubt = false;
    enqueue(c, l, (Sent){ 0 }, PQsendQueryParams(l->h, sql, 0, NULL, NULL, NULL, NULL, 0) != 0);
    drain(c, l, ERR_UNKNOWN);
    if (l->doubt) fail(c, ERR_UNKNOWN, S("a warning at commit"));
}

const Engine engine_postgres = {
    .scheme = "postgresql:", .store_open = pg_store_open, .store_close = pg_store_close,
    .hurry = pg_hurry,
    .slim = pg_slim,
    .open = pg_open, .close = pg_close, .schema = pg_schema, .keep = pg_keep,
    .check = pg_check, .run = pg_run, .begin = pg_begin, .end = pg_end,
    .settle = pg_settle, .gone_ms = pg_gone_ms,
    .search = &search_postgres, .backup = &backup_postgres,
};
