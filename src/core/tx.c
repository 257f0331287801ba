#include "core/tx.h"

#include "core/audit.h"
#include "core/crypto.h"
#include "core/engine.h"

enum { ANSWERS_DAYS = 7 }; /* how long a repeated request gets its first answer */

/* An answer given. */
typedef struct Answer {
    Id      actor;
    Str     key;
    Str     path;
    Str     digest; /* of the request's body */
    int64_t status;
    Str     extra;
    Str     body;
    Date    day;
} Answer;

static const Field fields[] = {
    FIELD(Answer, actor,  .label = "经办"),
    FIELD(Answer, key,    .label = "请求号"),
    FIELD(Answer, path,   .label = "路径"),
    FIELD(Answer, digest, .label = "摘要"),
    FIELD(Answer, status, .label = "结果"),
    FIELD(Answer, extra,  .label = "应答头"),
    FIELD(Answer, body,   .label = "应答", .rule = SEALED),
    FIELD(Answer, day,    .label = "日期"),
};
static const Form answer_form = FORM(Answer, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE answer("             /* what a repeated request is told again */
      "  actor  INTEGER NOT NULL,"
      "  key    TEXT NOT NULL,"          /* the client's Idempotency-Key */
      "  path   TEXT NOT NULL,"
      "  digest TEXT NOT NULL,"          /* of the body: a key is for one content */
      "  status INTEGER NOT NULL,"
      "  extra  TEXT NOT NULL,"          /* header lines */
      "  body   TEXT NOT NULL,"          /* sealed: it may hold what only its reader may see */
      "  day    TEXT NOT NULL,"
      "  PRIMARY KEY(actor, key)) STRICT;"
      "CREATE INDEX answer_by_day ON answer(day);" },
};

static const Query q_add = {
    .name = "tx.remember", .in = &answer_form, .clash = ERR_AGAIN, .quiet = true,
    .sql = "INSERT INTO answer(actor, key, path, digest, status, extra, body, day)"
           " VALUES(:actor, :key, :path, :digest, :status, :extra, :body, :day)",
};
static const Query q_get = {
    .name = "tx.recall", .in = &answer_form, .out = &answer_form,
    .sql = "SELECT path, digest, status, extra, body FROM answer WHERE actor = :actor AND key = :key",
};
static const Query q_forget = {
    .name = "tx.forget", .in = &answer_form, .quiet = true,
    .sql = "DELETE FROM answer WHERE day < :day",
};
static const Query *const queries[] = { &q_add, &q_get, &q_forget, NULL };

static Str digest_of_request(Ctx *c)
{
    return sha256_hex(c->mem, c->upload.sha256.n ? c->upload.sha256 : c->body);
}

static void remember(Ctx *c)
{
    if (c->out.full || c->extra.full) fail(c, ERR_INTERNAL, S("response too large"));
    if (!ok(c) || c->key.n == 0) return;
    BUG_IF(c->status == 0); /* reply before tx_end */
    Answer a = { .actor = c->who.id, .key = c->key, .path = c->path, .digest = digest_of_request(c),
                 .status = c->status, .extra = out_view(&c->extra), .body = out_view(&c->out),
                 .day = c->today };
    db_insert(c, &q_add, &a);
}

static void begin(Ctx *c, void (*how)(Ctx *c))
{
    BUG_IF(c->db->in_tx); /* a handler has one transaction, never nested */
    if (!ok(c)) return;
    how(c);
    c->db->in_tx = ok(c);
    audit_begin(c);
}

void tx_begin(Ctx *c)
{
    begin(c, c->db->store->engine->begin);
}

void tx_begin_late(Ctx *c)
{
    const Engine *e = c->db->store->engine;
    begin(c, e->begin_late ? e->begin_late : e->begin);
}

void tx_end(Ctx *c)
{
    if (!c->db->in_tx) return;
    bool trial = c->trial && ok(c);
    if (trial) fail(c, ERR_BLOCKED, S("trial"));
    if (c->db->store->engine->soon) c->db->store->engine->soon(c);
    remember(c);
    audit_write(c);
    c->db->store->engine->end(c);
    c->db->in_tx = false;
    audit_end(c);
    if (trial && c->err == ERR_BLOCKED) c->err = ERR_OK;
}

bool tx_recall(Ctx *c)
{
    if (c->key.n == 0) return false;
    Ctx look = *c;
    Answer a = { .actor = c->who.id, .key = c->key };
    look.err = ERR_OK;
    bool there = db_find(&look, &q_get, &a, &a);
    /* Done once and not to be told again: neither "busy" nor "wrong state" would be true. */
    if (look.err == ERR_INTERNAL && c->err != ERR_UNKNOWN) c->err = ERR_INTERNAL;
    if (!there) return false;
    c->err = ERR_OK;
    db_settle(c); /* who first wrote it may have been cut off before it was safe */
    if (!ok(c)) return false;
    c->bads = 0;
    c->status = (int)a.status;
    c->out.len = c->extra.len = 0;
    c->out.full = c->extra.full = false;
    out_str(&c->out, a.body);
    out_str(&c->extra, a.extra);
    bool same = str_eq(a.path, c->path) && str_eq(a.digest, digest_of_request(c));
    return same || fail(c, ERR_KEY_REUSED, c->key);
}

static void forget(Ctx *c, Id arg)
{
    (void)arg;
    Answer a = { .day = date_plus(c->today, -ANSWERS_DAYS) };
    db_change_any(c, &q_forget, &a);
}

static const JobKind jobs[] = {
    { .word = "forget_answers", .run = forget, .daily = "03:10" },
};

const Slice tx_slice = {
    .name = "tx", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .job = jobs, .jobs = COUNT(jobs),
};
