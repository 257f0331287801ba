/*
** The schema's steps: which of them this database has, and doing the others.
** A step and its row in schema_step are one transaction.
*/
#include "core/crypto.h"
#include "core/engine.h"
#include "core/web.h"

#include <stdio.h>
#include <string.h>

enum { SCRATCH = 1024 * 1024 };

typedef struct Step {
    Str     slice;
    int64_t number;
    Str     digest; /* of its SQL: a step that was done must stay as it was */
} Step;

static const Field fields[] = {
    FIELD(Step, slice,  .label = "部分"),
    FIELD(Step, number, .label = "步骤"),
    FIELD(Step, digest, .label = "摘要"),
};
static const Form step_form = FORM(Step, fields);

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS schema_step("
    "  slice TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL,"
    "  PRIMARY KEY(slice, number)) STRICT;";

static const Query q_step = {
    .name = "schema.step", .in = &step_form, .out = &step_form,
    .sql = "SELECT digest FROM schema_step WHERE slice = :slice AND number = :number",
};
static const Query q_newest = {
    .name = "schema.newest", .in = &step_form, .out = &step_form,
    .sql = "SELECT CAST(coalesce(max(number), 0) AS BIGINT) AS number FROM schema_step WHERE slice = :slice",
};
static const Query *const queries[] = { &q_step, &q_newest, NULL };

typedef enum Found { STEP_NEW, STEP_DONE, STEP_EDITED } Found;

static Found look(Db *db, const Slice *s, const Migration *m)
{
    static const char none[] = "";
    char memory[4096];
    Arena mem = { memory, memory + sizeof memory };
    Ctx c = { .mem = &mem, .db = db };
    Step step = { .slice = str_of(s->name), .number = m->number, .digest = str_of(none) };
    if (!db_find(&c, &q_step, &step, &step)) return STEP_NEW;
    return str_eq(step.digest, sha256_hex(&mem, str_of(m->sql))) ? STEP_DONE : STEP_EDITED;
}

static int64_t newest(Db *db, const Slice *s)
{
    char memory[1024];
    Arena mem = { memory, memory + sizeof memory };
    Ctx c = { .mem = &mem, .db = db };
    Step step = { .slice = str_of(s->name) };
    (void)db_find(&c, &q_newest, &step, &step);
    return step.number;
}

static void apply(Db *db, const Slice *s, const Migration *m)
{
    Block block = block_open(SCRATCH);
    Arena mem = block_arena(&block);
    size_t cap = strlen(m->sql) + 512;
    Out o = { .buf = NEW(&mem, char, cap + 1), .cap = cap };
    out_str(&o, S("BEGIN;"));
    out_str(&o, str_of(m->sql));
    out_str(&o, S("INSERT INTO schema_step(slice, number, digest) VALUES('"));
    out_str(&o, str_of(s->name));
    out_str(&o, S("',"));
    out_int(&o, m->number);
    out_str(&o, S(",'"));
    out_str(&o, sha256_hex(&mem, str_of(m->sql)));
    out_str(&o, S("');COMMIT;"));
    BUG_IF(o.full);
    db_schema(db, o.buf);
    block_close(&block);
}

static bool migrate_slice(Db *db, const Slice *s)
{
    int64_t have = newest(db, s);
    if (s->migrations && have > s->migration[s->migrations - 1].number) {
        (void)fprintf(stderr, "%s: the database belongs to a newer program\n", s->name);
        return false;
    }
    for (size_t i = 0; i < s->migrations; i++) {
        Found f = look(db, s, &s->migration[i]);
        if (f == STEP_NEW) apply(db, s, &s->migration[i]);
        if (f != STEP_EDITED) continue;
        (void)fprintf(stderr, "%s: step %d of the schema was edited after it was done\n", s->name,
                      s->migration[i].number);
        return false;
    }
    return true;
}

static void begin(Db *db)
{
    db_schema(db, schema);
    db_check(db, queries);
}

bool web_pending(Db *db, const Slice *const *slices, Out *o)
{
    bool any = false;
    begin(db);
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->migrations; i++) {
            const Migration *m = &(*s)->migration[i];
            if (look(db, *s, m) == STEP_DONE) continue;
            any = true;
            out_str(o, S("-- "));
            out_str(o, str_of((*s)->name));
            out_str(o, S(" "));
            out_int(o, m->number);
            out_str(o, S("\n"));
            out_str(o, str_of(m->sql));
            out_str(o, S("\n"));
        }
    }
    return any;
}

bool web_prepare(Db *db, const Slice *const *slices)
{
    begin(db);
    for (const Slice *const *s = slices; *s; s++) {
        if (!migrate_slice(db, *s)) return false;
        for (const char *const *t = (*s)->keeps; t && *t; t++) db_keep(db, *t);
    }
    for (const Slice *const *s = slices; *s; s++) {
        if ((*s)->query) db_check(db, (*s)->query);
    }
    const SearchEngine *search = db->store->engine->search;
    search->prepare(db);
    if (search->query) db_check(db, search->query);
    return true;
}
