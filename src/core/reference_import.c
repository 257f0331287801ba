/*
** Importing: the text is read alone (so that a fault has the line of the file
** that came), merged with the table in force, and read again as part of the
** whole law.  What passes is stored as a new version; what depends on the
** table is asked for in the same transaction.
*/
#include "core/crypto.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "core/reference_row.h"
#include "core/tx.h"

enum { MEMORY = 256 << 20 };

static const Code mode_rows[] = {
    { "patch", "只有新增或者变动的行", "new rows only" }, { "whole", "整张表", "the whole table" },
};
static const Codes modes = { .name = "import_mode", .row = mode_rows, .n = COUNT(mode_rows) };

static const Field fields[] = {
    FIELD(Import, csv,  .label = "内容", .en = "content", .rule = REQUIRED | PROSE, .min = 1, .max = BODY_MAX),
    FIELD(Import, mode, .label = "方式", .en = "mode", .codes = &modes),
    FIELD(Import, note, .label = "说明", .en = "note", .max = 500),
};
const Form import_form = FORM(Import, fields);

typedef struct How {
    bool dry_run;
} How;

static const Field how_fields[] = {
    FIELD(How, dry_run, .label = "只看差异", .en = "show the difference only"),
};
const Form import_how_form = FORM(How, how_fields);

typedef struct Line {
    Str     kind;
    int64_t line;
    Str     before, after;
} Line;

static const Field line_fields[] = {
    FIELD(Line, kind,   .label = "变动",   .en = "change"),
    FIELD(Line, line,   .label = "行号",   .en = "line"),
    FIELD(Line, before, .label = "原内容", .en = "before"),
    FIELD(Line, after,  .label = "新内容", .en = "after"),
};
static const Form line_form = FORM(Line, line_fields);

typedef struct Imported {
    Str     name;
    int64_t version;  /* in force after it */
    bool    dry_run;
    int64_t added, ended, changed, removed;
    int64_t moved;
    Rows    changes;
} Imported;

static const Field imported_fields[] = {
    FIELD(Imported, name,    .label = "表",       .en = "table"),
    FIELD(Imported, version, .label = "版本",     .en = "version"),
    FIELD(Imported, dry_run, .label = "只看差异", .en = "difference only"),
    FIELD(Imported, added,   .label = "新增行",   .en = "rows added"),
    FIELD(Imported, ended,   .label = "截止行",   .en = "rows ended"),
    FIELD(Imported, changed, .label = "修改行",   .en = "rows changed"),
    FIELD(Imported, removed, .label = "撤销行",   .en = "rows taken back before they began"),
    FIELD(Imported, moved,   .label = "变动期限", .en = "running periods that move"),
    FIELD(Imported, changes, .label = "差异",     .en = "difference", .child = &line_form),
};
const Form imported_form = FORM(Imported, imported_fields);

/* ---- a law with one table replaced -------------------------------------------------------- */

typedef struct Replaced {
    const Law  *law;
    const char *file;
    Str         text;
} Replaced;

static LawText replaced(void *from, Arena *mem, const char *file)
{
    const Replaced *r = from;
    const LawFile *as_is = law_file(r->law, file);
    (void)mem;
    if (str_eq(str_of(file), str_of(r->file))) return (LawText){ r->text, 0, true };
    return as_is ? (LawText){ as_is->text, as_is->version, true } : (LawText){ 0 };
}

static Law *law_with(Ctx *c, const char *file, Str text, Arena *mem)
{
    Law *law = NEW(mem, Law, 1);
    Replaced r = { c->law, file, text };
    if (!law_read(law, mem, (LawSource){ replaced, &r })) fail(c, ERR_INVALID, str_of(law->fault));
    return law;
}

/* ---- what is wrong with it ----------------------------------------------------------------- */

/* "csv[12].from", or for a row that is missing "csv: minimum_wage 330282 2026-01-01". */
static Str path_of(Ctx *c, const Refused *r)
{
    size_t cap = r->column.n + 40;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    out_str(&o, r->line ? S("csv[") : S("csv: "));
    if (r->line) out_int(&o, r->line);
    if (r->line) out_str(&o, S("]."));
    out_str(&o, r->column);
    return out_view(&o);
}

static void refuse(Ctx *c, const Merge *m)
{
    for (size_t i = 0; i < m->refuses; i++) fault(c, path_of(c, &m->refused[i]), m->refused[i].fault);
    if (m->unread) fail(c, ERR_INVALID, str_of(m->unread));
}

/* ---- the import ------------------------------------------------------------------------------ */

typedef struct Work {
    const DatedTable *table;
    const Import     *in;
    Arena            *mem;
    Str               csv;
    bool              patch;
    Merge             merge;
    int64_t           moved;
} Work;

/* The text as CSV; a year's JSON has the rows of that year only. */
static void take_text(Ctx *c, Work *w)
{
    const char *wrong = NULL;
    bool calendar = str_eq(str_of(w->table->word), S("calendar"));
    Str text = str_trim(w->in->csv);
    w->csv = w->in->csv;
    w->patch = !str_eq(w->in->mode, S("whole"));
    if (!str_is_prose(w->csv)) fault(c, S("csv"), FAULT_NOT_TEXT);
    if (!calendar || !str_starts(text, S("{")) || !ok(c)) return;
    w->patch = true;
    w->csv = holidays_csv(w->mem, text, &wrong);
    if (wrong) fail(c, ERR_INVALID, str_of(wrong));
}

/* How much comes out otherwise under the law that would be. */
static void count_moved(Ctx *c, Work *w, const Law *next)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->depends_n && ok(c); i++) {
            const Depends *d = &(*s)->depends[i];
            if (str_eq(str_of(d->file), str_of(w->table->file))) w->moved += d->count(c, next);
        }
    }
}

static void ask_jobs(Ctx *c, const Work *w)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->depends_n; i++) {
            const Depends *d = &(*s)->depends[i];
            bool mine = str_eq(str_of(d->file), str_of(w->table->file));
            if (mine) job_add(c, str_of(d->job), (Id){ 0 }, now(c), (Str){ 0 });
        }
    }
}

static bool differs(const Merge *m)
{
    size_t n = 0;
    for (size_t i = 0; i < CHANGE__COUNT; i++) n += m->count[i];
    return n > 0;
}

static void reply(Ctx *c, const Work *w, int64_t version, bool dry_run)
{
    const Merge *m = &w->merge;
    Line *line = NEW(c->mem, Line, m->changes + 1);
    for (size_t i = 0; i < m->changes; i++) {
        const Change *x = &m->change[i];
        line[i] = (Line){ change_word(x->kind), x->line, x->before, x->after };
    }
    Imported r = {
        .name = str_of(w->table->word), .version = version, .dry_run = dry_run, .moved = w->moved,
        .added = (int64_t)m->count[CHANGE_ADDED], .ended = (int64_t)m->count[CHANGE_ENDED],
        .changed = (int64_t)m->count[CHANGE_CHANGED], .removed = (int64_t)m->count[CHANGE_REMOVED],
        .changes = { line, m->changes },
    };
    reply_row(c, 200, &imported_form, &r);
}

static void store(Ctx *c, const Work *w, int64_t version)
{
    const Merge *m = &w->merge;
    ReferenceFile r = {
        .id = id_next(c), .name = str_of(w->table->word), .version = version, .text = m->text,
        .digest = sha256_hex(c->mem, m->text), .imported_by = c->who.id, .imported_at = now(c),
        .note = w->in->note, .moved = w->moved,
        .added = (int64_t)m->count[CHANGE_ADDED], .ended = (int64_t)m->count[CHANGE_ENDED],
        .changed = (int64_t)m->count[CHANGE_CHANGED], .removed = (int64_t)m->count[CHANGE_REMOVED],
    };
    tx_begin(c);
    db_insert(c, &q_reference_add, &r);
    ask_jobs(c, w);
    reply(c, w, version, false);
    tx_end(c);
}

static void import(Ctx *c, Work *w, bool dry_run)
{
    const LawFile *current = law_file(c->law, w->table->file);
    BUG_IF(!current); /* every table of the list is one of the law's */
    take_text(c, w);
    if (ok(c)) (void)law_with(c, w->table->file, w->csv, w->mem);
    if (!ok(c)) return;
    DatedAsk ask = { w->table, current->text, w->csv, w->patch, c->today };
    if (!dated_merge(&ask, w->mem, &w->merge)) {
        refuse(c, &w->merge);
        return;
    }
    bool stores = !dry_run && differs(&w->merge);
    if (differs(&w->merge)) count_moved(c, w, law_with(c, w->table->file, w->merge.text, w->mem));
    if (!ok(c)) return;
    if (stores) store(c, w, current->version + 1);
    else reply(c, w, current->version, dry_run);
    if (stores && ok(c)) (void)reference_follow(c);
}

void reference_import(Ctx *c, const DatedTable *table, const Import *in, bool dry_run)
{
    reference_current(c); /* what another process imported */
    if (!ok(c)) return;
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block);
    Work w = { .table = table, .in = in, .mem = &mem };
    import(c, &w, dry_run);
    block_close(&block);
}

void reference_post(Ctx *c)
{
    Import in = { 0 };
    How how = { 0 };
    const DatedTable *t = reference_named(c);
    form_read_query(c, &import_how_form, &how);
    form_read(c, &import_form, &in);
    if (t) reference_import(c, t, &in, how.dry_run);
}
