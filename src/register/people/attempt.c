#include "register/people/attempt.h"

#include "core/crypto.h"
#include "core/house.h"
#include "core/tx.h"

static const Field fields[] = {
    FIELD(Attempt, name,  .label = "对象摘要", .en = "of what"),
    FIELD(Attempt, n,     .label = "次数",     .en = "times"),
    FIELD(Attempt, until, .label = "重新计数", .en = "counted anew from"),
    FIELD(Attempt, at,    .label = "时间",     .en = "at"),
    FIELD(Attempt, max,   .label = "上限",     .en = "at most"),
};
static const Form attempt_form = FORM(Attempt, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE attempt("
      "  name  TEXT PRIMARY KEY,"       /* keyed digest of purpose and key */
      "  n     INTEGER NOT NULL,"
      "  until INTEGER NOT NULL) STRICT;" /* then it counts anew */
      "CREATE INDEX attempt_by_end ON attempt(until);" },
};

static const Query q_get = {
    .name = "attempt.get", .in = &attempt_form, .out = &attempt_form,
    .sql = "SELECT n, until FROM attempt WHERE name = :name",
};
static const Query q_count = {
    .name = "attempt.count", .in = &attempt_form,
    .sql = "INSERT INTO attempt(name, n, until) VALUES(:name, 1, :until) ON CONFLICT(name) DO UPDATE SET"
           " n = CASE WHEN attempt.until <= :at THEN 1 ELSE attempt.n + 1 END,"
           " until = CASE WHEN attempt.until <= :at OR attempt.n + 1 >= :max THEN excluded.until"
           " ELSE attempt.until END",
};
static const Query q_forget = {
    .name = "attempt.forget", .in = &attempt_form, .quiet = true,
    .sql = "DELETE FROM attempt WHERE until <= :at",
};
static const Query *const queries[] = { &q_get, &q_count, &q_forget, NULL };

/* An empty key ("from no known address") counts too. */
static Str name_of(Ctx *c, Str purpose, Str key)
{
    return text_digest(c->mem, c->house->keys, purpose, key.n ? key : S("-"));
}

bool attempt_spent(Ctx *c, Str purpose, Str key, int64_t max, Time *until)
{
    Attempt a = { .name = name_of(c, purpose, key) };
    if (!db_find(c, &q_get, &a, &a) || a.until.s <= now(c).s) return false;
    *until = a.until;
    return a.n >= max;
}

void attempt_count(Ctx *c, Str purpose, Str key, int64_t max, int64_t window_s)
{
    Attempt a = { .name = name_of(c, purpose, key), .at = now(c), .max = max,
                  .until = { now(c).s + window_s } };
    db_insert(c, &q_count, &a);
}

static void forget(Ctx *c, Id arg)
{
    (void)arg;
    db_change_any(c, &q_forget, &(Attempt){ .at = now(c) });
}

static const JobKind jobs[] = {
    { .word = "forget_attempts", .run = forget, .daily = "03:30" },
};

const Slice attempt_slice = {
    .name = "attempt", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .job = jobs, .jobs = COUNT(jobs),
};
