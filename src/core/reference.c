/* Where the texts lie, the Law made of them, and the routes. */
#include "core/reference_row.h"

#include "core/tx.h"

#include <stdio.h>

static const Field fields[] = {
    FIELD(ReferenceFile, id,          .label = "编号",     .en = "id"),
    FIELD(ReferenceFile, name,        .label = "表",       .en = "table"),
    FIELD(ReferenceFile, version,     .label = "版本",     .en = "version"),
    FIELD(ReferenceFile, text,        .label = "内容",     .en = "content", .rule = HIDDEN),
    FIELD(ReferenceFile, digest,      .label = "摘要",     .en = "SHA-256"),
    FIELD(ReferenceFile, imported_by, .label = "导入人",   .en = "imported by"),
    FIELD(ReferenceFile, imported_at, .label = "导入时间", .en = "imported at"),
    FIELD(ReferenceFile, note,        .label = "说明",     .en = "note"),
    FIELD(ReferenceFile, added,       .label = "新增行",   .en = "rows added"),
    FIELD(ReferenceFile, ended,       .label = "截止行",   .en = "rows ended"),
    FIELD(ReferenceFile, changed,     .label = "修改行",   .en = "rows changed"),
    FIELD(ReferenceFile, removed,     .label = "撤销行",   .en = "rows taken back before they began"),
    FIELD(ReferenceFile, moved,       .label = "变动期限", .en = "running periods that move"),
    FIELD(ReferenceFile, edition,     .label = "总版本",   .en = "edition", .rule = HIDDEN),
};
const Form reference_file_form = FORM(ReferenceFile, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE reference_file("      /* versions of reference tables that were imported */
      "  id          INTEGER PRIMARY KEY,"
      "  name        TEXT NOT NULL,"      /* params, calendar … */
      "  version     INTEGER NOT NULL CHECK(version > 0)," /* 0 is what was shipped */
      "  text        TEXT NOT NULL,"      /* the whole table as CSV */
      "  digest      TEXT NOT NULL,"      /* SHA-256 of it */
      "  imported_by INTEGER NOT NULL,"   /* user; 0: at the command line */
      "  imported_at INTEGER NOT NULL,"
      "  note        TEXT NOT NULL,"
      "  added       INTEGER NOT NULL, ended INTEGER NOT NULL, changed INTEGER NOT NULL,"
      "  removed     INTEGER NOT NULL, moved INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX reference_by_name ON reference_file(name, version);" },
};
static const char *const keeps[] = { "reference_file", NULL };

const Query q_reference_add = {
    .name = "reference.add", .in = &reference_file_form, .clash = ERR_STALE,
    .sql = "INSERT INTO reference_file(id, name, version, text, digest, imported_by, imported_at, note,"
           " added, ended, changed, removed, moved) VALUES(:id, :name, :version, :text, :digest, :imported_by,"
           " :imported_at, :note, :added, :ended, :changed, :removed, :moved)",
};
static const Query q_edition = { /* a few rows, counted in the index */
    .name = "reference.edition", .out = &reference_file_form,
    .sql = "SELECT count(*) AS edition FROM reference_file /*scan*/",
};
static const Query q_text = {
    .name = "reference.text", .in = &reference_file_form, .out = &reference_file_form,
    .sql = "SELECT version, text FROM reference_file WHERE name = :name ORDER BY version DESC LIMIT 1",
};
static const Query q_versions = {
    .name = "reference.versions", .in = &reference_file_form, .out = &reference_file_form,
    .sql = "SELECT id, name, version, digest, imported_by, imported_at, note, added, ended, changed, removed,"
           " moved FROM reference_file WHERE name = :name ORDER BY version DESC LIMIT 200",
};
static const Query *const queries[] = { &q_reference_add, &q_edition, &q_text, &q_versions, NULL };

/* ---- the law of this process ------------------------------------------------------------- */

static const char *word_of(const char *file)
{
    for (size_t i = 0; i < reference_tables_n; i++) {
        if (str_eq(str_of(reference_tables[i].file), str_of(file))) return reference_tables[i].word;
    }
    return NULL;
}

/* The effective text, straight into the law's memory. */
static LawText effective(void *from, Arena *mem, const char *file)
{
    Ctx *c = from;
    Arena *own = c->mem;
    ReferenceFile r = { .name = str_of(word_of(file)) };
    c->mem = mem;
    bool imported = r.name.n && db_find(c, &q_text, &r, &r);
    c->mem = own;
    if (imported) return (LawText){ r.text, r.version, true };
    return ok(c) ? law_file_text(c->house->data, mem, file) : (LawText){ 0 };
}

/* In a block of its own.  Its fault is set if a text is wrong, or c failed. */
static Law *make(Ctx *c, int64_t edition, const Law *before)
{
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    Law *law = NEW(&mem, Law, 1);
    (void)law_read(law, &mem, (LawSource){ effective, c });
    law->edition = edition;
    law->before = before;
    law->block = block;
    return law;
}

static void drop(Law *law)
{
    Block block = law->block; /* the law lies in it */
    block_close(&block);
}

/* The newest law into the house.  What went wrong: the database's error, or
** AGAIN if a text that somebody stored cannot be read. */
static Err follow(Ctx *c, House *h)
{
    ReferenceFile r = { 0 };
    const Law *now = atomic_load(&h->law);
    if (!db_get(c, &q_edition, NULL, &r) || r.edition == now->edition) return c->err;
    Law *next = make(c, r.edition, now);
    const Law *expected = now;
    if (next->fault && ok(c)) {
        (void)fprintf(stderr, "reference data: %s\n", next->fault);
        fail(c, ERR_AGAIN, (Str){ 0 });
    }
    if (!ok(c) || !atomic_compare_exchange_strong(&h->law, &expected, next)) drop(next);
    return c->err;
}

/* The law is the one member of the house that is replaced while it stands. */
static House *house_of(const Ctx *c)
{
    return (House *)(uintptr_t)c->house; // NOLINT(performance-no-int-to-ptr): takes `const` away, knowingly
}

bool reference_follow(Ctx *c)
{
    House *h = house_of(c);
    Ctx look = *c;
    const Law *before = c->law;
    if (!ok(c) || !h->data || !atomic_load(&h->law)) return false;
    (void)follow(&look, h);
    c->law = atomic_load(&h->law);
    return c->law != before;
}

void reference_current(Ctx *c)
{
    House *h = house_of(c);
    Ctx look = *c;
    if (!ok(c) || !h->data || !atomic_load(&h->law)) return;
    Err e = follow(&look, h);
    c->law = atomic_load(&h->law);
    if (e != ERR_OK) fail(c, e, S("reference")); /* its own words may lie in a law that is gone */
}

const char *reference_open(House *h, Db *db, Arena *mem)
{
    Ctx c = { .mem = mem, .db = db, .house = h };
    ReferenceFile r = { 0 };
    BUG_IF(!h->data);
    if (!db_get(&c, &q_edition, NULL, &r)) return "the database does not answer";
    Law *law = make(&c, r.edition, NULL);
    if (!law->fault) {
        atomic_store(&h->law, law);
        return NULL;
    }
    const char *fault = ok(&c) ? str_c(mem, str_of(law->fault)) : "the database does not answer";
    drop(law);
    return fault;
}

void reference_close(House *h)
{
    const Law *law = atomic_exchange(&h->law, NULL);
    while (law) {
        const Law *before = law->before;
        // NOLINTNEXTLINE(performance-no-int-to-ptr): nobody reads it any more
        if (law->block.memory) drop((Law *)(uintptr_t)law);
        law = before;
    }
}

static void look(Ctx *c)
{
    (void)reference_follow(c);
}

/* ---- routes -------------------------------------------------------------------------------- */

const DatedTable *reference_named(Ctx *c)
{
    const DatedTable *t = reference_table(c->arg[0]);
    if (!t) fail(c, ERR_NOT_FOUND, c->arg[0]);
    else if (t->readers & ANYBODY || t->readers & c->who.roles) return t;
    else fail(c, c->who.roles ? ERR_FORBIDDEN : ERR_UNAUTHORISED, c->arg[0]);
    return NULL;
}

static void versions(Ctx *c)
{
    const DatedTable *t = reference_named(c);
    if (!t) return;
    Rows rows = db_list(c, &q_versions, &(ReferenceFile){ .name = str_of(t->word) });
    reply_rows(c, &reference_file_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/reference", STAFF | ADMINS, reference_list, "参考数据表", "the tables of reference data",
      .out = &reference_head_form, .list = true },
    { "GET", "/api/v1/reference/:name", ANYBODY, reference_show, "参考数据", "rows of a table: columns as members",
      .query = &reference_ask_form },
    { "POST", "/api/v1/reference/:name", SYS_ADMIN, reference_post, "导入参考数据", "imports rows, or shows what would change",
      .in = &import_form, .query = &import_how_form, .out = &imported_form },
    { "GET", "/api/v1/reference/:name/versions", STAFF | ADMINS, versions, "参考数据的历次版本", "who changed a table, when and how",
      .out = &reference_file_form, .list = true },
};

const Slice reference_slice = {
    .name = "reference", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes), .look = look,
};
