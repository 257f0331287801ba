#include "core/key_check.h"

#include "core/crypto.h"
#include "core/tx.h"

typedef struct Mark {
    int64_t one; /* the only row's key */
    Str     digest, sealed;
} Mark;

static const Field fields[] = { FIELD(Mark, one, .label = "序号"), FIELD(Mark, digest, .label = "密钥摘要"),
                                FIELD(Mark, sealed, .label = "密封样本") };
static const Form mark_form = FORM(Mark, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE key_check("       /* whose keys these data were written with */
      "  one INTEGER PRIMARY KEY CHECK(one = 1),"
      "  digest TEXT NOT NULL,"       /* by one key */
      "  sealed TEXT NOT NULL) STRICT;" }, /* with the other */
};
static const Query q_get = {
    .name = "keys.get", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT digest, sealed FROM key_check WHERE one = :one",
};
static const Query q_add = {
    .name = "keys.add", .in = &mark_form, .clash = ERR_CLASH, .quiet = true,
    .sql = "INSERT INTO key_check(one, digest, sealed) VALUES(:one, :digest, :sealed)",
};
static const Query *const queries[] = { &q_get, &q_add, NULL };

static Mark remembered(Ctx *c)
{
    Mark m = { .one = 1 };
    return db_find(c, &q_get, &m, &m) ? m : (Mark){ 0 };
}

bool keys_fit(Ctx *c, const Keys *keys)
{
    Str text = { 0 };
    Mark m = { .one = 1, .digest = text_digest(c->mem, keys, S("house"), S("keys")),
               .sealed = text_seal(c->mem, keys, S("keys")) };
    Mark known = remembered(c);
    if (ok(c) && known.digest.n == 0) {
        tx_begin(c);
        db_insert(c, &q_add, &m);
        tx_end(c);
        if (c->err == ERR_CLASH) c->err = ERR_OK; /* another process was first */
        known = remembered(c);
    }
    return ok(c) && str_eq(known.digest, m.digest) && text_open(c->mem, keys, known.sealed, &text);
}

const Slice key_check_slice = {
    .name = "keys", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
};
