/*
** What both engines share: which engine an address names, Queries checked
** against their Forms, the verbs, and ids.
*/
#include "core/engine.h"

#include "core/audit.h"
#include "core/crypto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Engine *const engines[] = { &engine_sqlite, &engine_postgres, NULL };

/* ---- the store ----------------------------------------------------------- */

Store *store_open(const char *address, unsigned node)
{
    BUG_IF(node > 1023);
    Store *s = calloc(1, sizeof *s);
    BUG_IF(!s);
    for (const Engine *const *e = engines; *e; e++) {
        if (strncmp(address, (*e)->scheme, strlen((*e)->scheme)) == 0) s->engine = *e;
    }
    if (!s->engine) halt("the database's address", "it starts with sqlite: or postgresql:");
    s->address = strdup(address);
    BUG_IF(!s->address);
    s->node = node;
    s->shared = s->engine->store_open(address);
    return s;
}

void store_close(Store *s)
{
    s->engine->store_close(s->shared);
    for (size_t i = 0; i < s->plans; i++) {
        free(s->plan[i]->sql);
        free(s->plan[i]->names);
        free(s->plan[i]->text);
        free(s->plan[i]);
    }
    free(s->address);
    free(s);
}

void store_hurry(Store *s)
{
    s->engine->hurry(s->shared);
}

void store_slim(Store *s)
{
    s->engine->slim(s->shared);
}

bool store_is_local(const Store *s)
{
    return s->engine->local;
}

void store_keys(Store *s, const Keys *keys)
{
    s->keys = keys;
}

Db *db_open(Store *s)
{
    Db *db = calloc(1, sizeof *db);
    BUG_IF(!db);
    db->store = s;
    db->own = s->engine->open(s);
    db->lane = lane_open();
    return db;
}

void db_close(Db *db)
{
    db->store->engine->search->close(db);
    db->store->engine->close(db->own);
    lane_close(db->lane);
    free(db);
}

void db_schema(Db *db, const char *sql)
{
    db->store->engine->schema(db, sql);
}

void db_keep(Db *db, const char *table)
{
    db->store->engine->keep(db, table);
}

/* ---- plans: a Query and its Forms, resolved ------------------------------- */

static size_t slot_of(const Query *q, unsigned mask)
{
    return ((size_t)((uintptr_t)q / _Alignof(Query)) * 31 + mask) % PLAN_SLOTS;
}

/* The filters whose fields are set. */
static unsigned mask_of(const Query *q, const void *in)
{
    unsigned mask = 0;
    for (size_t i = 0; i < q->filters; i++) {
        const Field *fd = form_find(q->in, str_of(q->filter[i].field));
        if (field_is_set(fd, in)) mask |= 1U << i;
    }
    return mask;
}

static const Plan *plan_of(const Store *s, const Query *q, unsigned mask)
{
    size_t i = slot_of(q, mask);
    while (s->slot[i] && (s->slot[i]->q != q || s->slot[i]->mask != mask)) i = (i + 1) % PLAN_SLOTS;
    if (!s->slot[i]) bug(q->name, 0, "a Query that db_check() has not seen");
    return s->slot[i];
}

static bool is_name(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_';
}

/* The number of :name, from 1; a name seen for the first time gets the next. */
static size_t param_number(Plan *p, Str name)
{
    const Field *fd = p->q->in ? form_find(p->q->in, name) : NULL;
    if (!fd) bug(p->q->name, (int)p->params + 1, "parameter not in its Form");
    for (size_t i = 0; i < p->params; i++) {
        if (p->param[i] == fd) return i + 1;
    }
    BUG_IF(p->params == PARAM_MAX);
    p->param[p->params++] = fd;
    return p->params;
}

/* Puts the text together: the base, the filters of the mask, the tail. */
static void plan_text(Plan *p)
{
    const Query *q = p->q;
    size_t cap = strlen(q->sql) + (q->tail ? strlen(q->tail) : 0) + 1;
    for (size_t i = 0; i < q->filters; i++) cap += strlen(q->filter[i].sql);
    p->text = calloc(cap, 1);
    BUG_IF(!p->text);
    Out o = { .buf = p->text, .cap = cap - 1 };
    out_str(&o, str_of(q->sql));
    for (size_t i = 0; i < q->filters; i++) {
        if (p->mask >> i & 1) out_str(&o, str_of(q->filter[i].sql));
    }
    out_str(&o, str_of(q->tail));
    BUG_IF(o.full);
}

/* Writes p->sql: every :name outside quotes becomes its $n. */
static void plan_translate(Plan *p)
{
    size_t cap = 2 * strlen(p->text) + 1;
    p->sql = calloc(cap, 1);
    BUG_IF(!p->sql);
    Out o = { .buf = p->sql, .cap = cap - 1 };
    bool quoted = false;
    for (const char *at = p->text; *at;) {
        size_t n = 1;
        quoted ^= *at == '\'';
        while (!quoted && *at == ':' && is_name(at[n])) n++;
        if (n == 1) {
            out_str(&o, (Str){ at, 1 });
        } else {
            out_str(&o, S("$"));
            out_int(&o, (int64_t)param_number(p, (Str){ at + 1, n - 1 }));
        }
        at += n;
    }
    BUG_IF(o.full);
}

void plan_column(Plan *p, size_t i, const char *name)
{
    BUG_IF(i >= COLUMN_MAX);
    p->column[i] = p->q->out ? form_find(p->q->out, str_of(name)) : NULL;
    if (!p->column[i]) bug(p->q->name, (int)i, "column not in its Form");
    p->columns = i + 1;
}

/* Writes p->told, in one piece of memory that begins with the first of them. */
static void plan_names(Plan *p)
{
    size_t cap = 1;
    for (size_t i = 0; i < p->params; i++) cap += strlen(p->param[i]->name) + 4;
    Out o = { .buf = calloc(cap, 1), .cap = cap };
    BUG_IF(!o.buf);
    p->names = o.buf;
    for (size_t i = 0; i < p->params; i++) {
        size_t at = o.len;
        if (i) out_str(&o, S(","));
        out_json(&o, str_of(p->param[i]->name));
        out_str(&o, S(":"));
        p->told[i] = (Str){ o.buf + at, o.len - at };
    }
    BUG_IF(o.full);
}

static void plan_add(Db *db, const Query *q, unsigned mask)
{
    Store *s = db->store;
    Plan *p = calloc(1, sizeof *p);
    BUG_IF(!p || s->plans == PLAN_MAX);
    p->q = q;
    p->id = s->plans;
    p->mask = mask;
    plan_text(p);
    plan_translate(p);
    plan_names(p);
    s->engine->check(db, p);
    size_t i = slot_of(q, mask);
    while (s->slot[i]) i = (i + 1) % PLAN_SLOTS;
    s->slot[i] = s->plan[s->plans++] = p;
}

void db_check(Db *db, const Query *const *list)
{
    for (; *list; list++) {
        const Query *q = *list;
        BUG_IF(q->filters > FILTERS_MAX);
        for (size_t i = 0; i < q->filters; i++) {
            if (!form_find(q->in, str_of(q->filter[i].field))) bug(q->name, (int)i, "filter not in its Form");
        }
        for (unsigned mask = 0; mask < 1U << q->filters; mask++) plan_add(db, q, mask);
    }
}

/* ---- columns ---------------------------------------------------------------- */

Str column_text(Ctx *c, const Field *fd, Str value)
{
    return fd->rule & SEALED ? text_seal(c->mem, c->db->store->keys, value) : value;
}

Str column_value(Ctx *c, const Field *fd, Str text)
{
    if (!(fd->rule & SEALED)) return str_copy(c->mem, text);
    Str value = { 0 };
    if (!text_open(c->mem, c->db->store->keys, text, &value)) fail(c, ERR_INTERNAL, str_of(fd->name));
    return value;
}

/* ---- verbs ---------------------------------------------------------------- */

static bool run(Ctx *c, const Query *q, Verb verb, const void *in, void *out)
{
    Store *s = c->db->store;
    if (!ok(c)) return false;
    const Plan *p = plan_of(s, q, mask_of(q, in));
    c->db->statements++;
    if (!is_read(verb) && !q->quiet) audit_note(c, p, in);
    return s->engine->run(c, p, verb, in, out);
}

void db_insert(Ctx *c, const Query *q, const void *in)
{
    (void)run(c, q, VERB_INSERT, in, NULL);
}

void db_change(Ctx *c, const Query *q, const void *in)
{
    (void)run(c, q, VERB_CHANGE, in, NULL);
}

void db_change_any(Ctx *c, const Query *q, const void *in)
{
    (void)run(c, q, VERB_CHANGE_ANY, in, NULL);
}

bool db_get(Ctx *c, const Query *q, const void *in, void *out)
{
    (void)run(c, q, VERB_GET, in, out);
    return ok(c);
}

bool db_find(Ctx *c, const Query *q, const void *in, void *out)
{
    return run(c, q, VERB_FIND, in, out) && ok(c);
}

Rows db_list(Ctx *c, const Query *q, const void *in)
{
    Rows rows = { 0 };
    (void)run(c, q, VERB_LIST, in, &rows);
    return ok(c) ? rows : (Rows){ 0 };
}

void db_look(Db *db, bool on)
{
    if (db->store->engine->look) db->store->engine->look(db, on);
}

void db_settle(Ctx *c)
{
    const Engine *e = c->db->store->engine;
    if (ok(c) && e->settle) e->settle(c);
}

int64_t db_gone_ms(const Db *db)
{
    const Engine *e = db->store->engine;
    return e->gone_ms ? e->gone_ms(db->store->shared) : 0;
}

bool db_in_tx(const Db *db)
{
    return db->in_tx;
}

int64_t db_statements(const Db *db)
{
    return db->statements;
}

int64_t db_steps(const Db *db)
{
    return db->steps;
}

int db_fail_at(Db *db, int n)
{
    int left = db->fail_at;
    db->fail_at = n;
    return left;
}

bool db_injected(Db *db)
{
    return db->fail_at < 0 || (db->fail_at > 0 && --db->fail_at == 0);
}

bool db_injected_commit(Db *db)
{
    bool fails = db_injected(db);
    if (fails) db->fail_at = -1;
    return fails;
}

/* ---- ids ------------------------------------------------------------------ */

/* 41 bits of milliseconds, 12 of sequence, 10 of node.  Counting on from the
** last id lets a full sequence flow over into the milliseconds, so ids rise
** even if the clock is set back.  Not covered: a restart after it was. */
enum { NODE_BITS = 10, SEQUENCE_BITS = 12 };
static const int64_t epoch_ms = 1546300800000; /* 2019-01-01: past cases are brought in too */

Id id_at(Time t)
{
    int64_t ms = t.s * 1000 - epoch_ms;
    return (Id){ ms <= 0 ? 1 : ms << (NODE_BITS + SEQUENCE_BITS) };
}

int64_t id_node(Id id)
{
    return id.n & ((1 << NODE_BITS) - 1);
}

Id id_next(Ctx *c)
{
    Store *s = c->db->store;
    if (!ok(c)) return (Id){ 0 };
    BUG_IF(c->now_ms < epoch_ms);
    int64_t now = (c->now_ms - epoch_ms) << (NODE_BITS + SEQUENCE_BITS) | (int64_t)s->node;
    int64_t last = atomic_load(&s->last_id);
    int64_t next = 0;
    do {
        next = last + (1 << NODE_BITS) > now ? last + (1 << NODE_BITS) : now;
    } while (!atomic_compare_exchange_weak(&s->last_id, &last, next));
    return (Id){ next };
}
