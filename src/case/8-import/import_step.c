/*
** The steps of an import: check, run, undo, a few rows at a time.  The caller
** has the transaction; the place that was reached is stored in it with all that
** was done on the way, so a step is done once however often it is tried.
*/
#include "case/8-import/import_file.h"
#include "case/8-import/import_in.h"
#include "core/audit.h"
#include "core/jobs.h"

#include <errno.h>

enum { ODD_KEPT = 20000, STEP_MEMORY = 1024 * 1024, KEPT_ROOM = 1024 * 1024 };

const Query import_place = {
    .name = "import.place", .in = &batch_form, .quiet = true,
    .sql = "UPDATE ledger_import SET state = :state, place = :place, line = :line, other = :other, good = :good, bad = :bad, same = :same,"
           " odd = :odd, skipped = :skipped, made = :made, kept = :kept, said = :said, why = :why, done_at = :done_at"
           " WHERE id = :id AND place = :was AND state IN ('checking', 'running', 'undoing')",
};
bool import_under_way(const Batch *b)
{
    return str_eq(b->state, S("checking")) || str_eq(b->state, S("running")) || str_eq(b->state,
        S("undoing"));
}

typedef struct Walk {
    RowReader reader;
    Batch    *b;
    Grid      grid;
    Mapping   map;
    Said      said;
    Seen      seen;
    Sums     *sums;
    bool      check;
} Walk;

static bool step_open(Ctx *c, Batch *b, Walk *s)
{
    *s = (Walk){ .b = b, .check = str_eq(b->state, S("checking")), .seen = { .fd = -1 } };
    char *kept = arena_room(c->mem, KEPT_ROOM);
    s->reader = (RowReader){ .c = c, .batch = b, .map = &s->map, .kept = { kept, kept + KEPT_ROOM } };
    if (!org_get(c, b->org, &s->reader.org)) return false;
    if (!mapping_read(import_kind(c, b->kind), b->map, &s->map)) return fail(c, ERR_INTERNAL, S("map"));
    const char *path = str_c(c->mem, import_path(c, b->sha256, ".grid"));
    if (!grid_open(&s->grid, c->mem, path)) return fail(c, ERR_INTERNAL,
        S("imports: the file's rows are gone"));
    import_names(c, &s->grid, b, &s->map);
    s->reader.date1904 = s->grid.sheet[b->sheet - 1].date1904;
    s->sums = sums_open(c);
    bool fresh = s->check && b->place == 0;
    return seen_open(c, b, fresh, &s->seen) && (!s->check || said_open(c, b, &s->said));
}

static void step_close(Ctx *c, Walk *s)
{
    grid_close(&s->grid);
    seen_close(&s->seen);
    if (!s->said.file) return;
    if (!said_close(&s->said)) fail(c, ERR_FULL, S("imports"));
    s->b->said = s->said.at;
}

/* Is there one like it, above in the file or in the database? */
static void compare(Ctx *c, Walk *s, Draft *d)
{
    Str no = { 0 };
    bool by_people = d->row.ledger_no.n == 0;
    int64_t first = seen_line(&s->seen, d->row.key, d->row.line);
    bool allowed = s->b->twice && by_people;
    if (first && !allowed) {
        row_say_number(&d->why, (Column){ 0 }, by_people ? SAY_SAME_PEOPLE : SAY_SAME_NO, first);
        d->verdict = ROW_SAME;
    } else if (!allowed && imported_same(c, d, s->b->org_path, &no)) {
        row_say_text(&d->why, (Column){ 0 }, by_people ? SAY_THERE_PEOPLE : SAY_THERE_NO, no);
        d->verdict = ROW_SAME;
    }
}

/* The same of a roster's row, which has no number and no day. */
static void compare_other(Walk *s, Draft *d)
{
    Str what = { 0 };
    int64_t first = seen_line(&s->seen, d->row.key, d->row.line);
    bool there = first == 0 && s->map.kind->same(&s->reader, d, &what);
    if (!first && !there) return;
    if (first) row_say_number(&d->why, (Column){ 0 }, SAY_SAME_LINE, first);
    else row_say_text(&d->why, (Column){ 0 }, SAY_THERE, what);
    d->verdict = ROW_SAME;
}

static void note(Walk *s, const Draft *d)
{
    static const char kinds[] = { [ROW_GOOD] = 'w', [ROW_BAD] = 'e', [ROW_SAME] = 'd', [ROW_SKIPPED] = 's' };
    Batch *b = s->b;
    bool remark = d->verdict == ROW_GOOD && d->odd.len;
    b->good += d->verdict == ROW_GOOD;
    b->bad += d->verdict == ROW_BAD;
    b->same += d->verdict == ROW_SAME;
    b->skipped += d->verdict == ROW_SKIPPED;
    b->odd += remark;
    bool kept = d->verdict != ROW_GOOD || (remark && b->odd <= ODD_KEPT);
    if (kept) said_add(&s->said, d->row.line, kinds[d->verdict], out_view(remark ? &d->odd : &d->why));
}

/* A table below ours with columns of its own: what they are is not guessed. */
static void of_other_table(const Walk *s, Draft *d, bool head)
{
    if (d->verdict == ROW_SKIPPED && !head) return;
    d->why.len = 0;
    d->verdict = head ? ROW_SKIPPED : ROW_BAD;
    if (head) row_say(&d->why, (Column){ 0 }, SAY_OTHER_HEAD);
    else row_say_number(&d->why, (Column){ 0 }, SAY_UNDER_OTHER, s->b->other);
}

static void one_row(Ctx *c, Walk *s, const GridRow *row)
{
    Draft *d = NEW(c->mem, Draft, 1);
    const ImportKind *kind = s->map.kind;
    bool other = s->b->heads == 1 && import_other_head(c, &s->map, row);
    if (other) s->b->other = row->line;
    (kind->read ? kind->read : draft_read)(&s->reader, row, d);
    if (d->verdict == ROW_SKIPPED && !other && row_is_head(*c->mem, &s->map, row)) s->b->other = 0;
    if (s->b->other) of_other_table(s, d, other);
    if (d->verdict == ROW_GOOD && kind->same) compare_other(s, d);
    else if (d->verdict == ROW_GOOD) compare(c, s, d);
    if (s->check) {
        note(s, d);
    } else if (d->verdict == ROW_GOOD) {
        if (kind->make) kind->make(c, s->b, d);
        else import_case(c, s->b, d, s->sums);
        s->b->made++;
    }
}

/* Rows from where it stopped; true if there are more. */
static bool some_rows(Ctx *c, Walk *s, int64_t rows)
{
    Batch *b = s->b;
    GridRow *row = NEW(c->mem, GridRow, 1);
    grid_seek(&s->grid, (size_t)b->sheet - 1, b->place);
    while (rows > 0 && ok(c) && grid_next(&s->grid, row)) {
        Arena mem = *c->mem;
        bool below = row->line >= b->head + b->heads;
        if (below) one_row(c, s, row);
        if (ok(c)) *c->mem = mem; /* nothing of the row is needed any more */
        rows -= below;
        b->line = row->line;
        b->place = s->grid.at;
        if (arena_left(c->mem) < STEP_MEMORY) break;
    }
    return s->grid.at < s->grid.end;
}

static void walk(Ctx *c, Batch *b, int64_t rows)
{
    Walk *s = NEW(c->mem, Walk, 1);
    bool more = step_open(c, b, s) && some_rows(c, s, rows);
    if (ok(c) && !s->check) sums_store(c, s->sums);
    step_close(c, s);
    if (more) return;
    b->state = s->check ? S("checked") : S("done");
    b->done_at = now(c);
}

void import_step(Ctx *c, Id id, int64_t rows)
{
    Batch b;
    if (!import_get(c, id, &b) || !import_under_way(&b)) return;
    b.was = b.place;
    bool (*undo)(Ctx *c, Batch *b, int64_t rows) = import_kind(c, b.kind)->undo;
    audit_about(c, id);
    if (!str_eq(b.state, S("undoing"))) {
        walk(c, &b, rows);
    } else if (!(undo ? undo : import_undo_some)(c, &b, rows)) {
        b.state = S("undone");
        b.done_at = now(c);
    }
    db_change(c, &import_place, &b);
}
