/*
** Both texts become rows sorted by item and first day.  A patch is first made
** a whole table: its rows replace or follow what is there.  Then the whole
** table is held against the current one, row by row; that is the only place
** where something is refused.
*/
#include "core/dated.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 4, NONE = CSV_COLUMNS };

typedef struct Row {
    Str     id;     /* the item's cells and the first day, each ended by 0x1F */
    size_t  item;   /* how much of it names the item */
    Str    *cell;   /* in the order of the current table's columns */
    Date    from, to;
    int     line;   /* in the text that came; 0: of the current table */
    int64_t place;  /* the order of the table that results */
} Row;

typedef struct Table {
    Str    head[CSV_COLUMNS];
    size_t columns;
    size_t key[KEYS], keys;
    size_t from, to;  /* columns; NONE */
    Row   *row;       /* as read */
    Row  **by_id;
    size_t n;
} Table;

typedef struct Work {
    const DatedAsk *ask;
    Arena *mem;
    Merge *m;
    Table  now, next;
} Work;

Str change_word(ChangeKind k)
{
    static const char *const words[CHANGE__COUNT] = { "added", "ended", "changed", "removed" };
    return str_of(words[k]);
}

void csv_line(Out *o, const Str *cell, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) out_str(o, S(","));
        out_csv(o, cell[i]);
    }
}

static void refuse(Work *w, int64_t line, Str column, Fault fault)
{
    if (w->m->refuses < REFUSED_SHOWN) w->m->refused[w->m->refuses++] = (Refused){ line, column, fault };
}

/* ---- reading --------------------------------------------------------------------------- */

static size_t column_of(const Table *t, Str name)
{
    for (size_t i = 0; i < t->columns; i++) {
        if (str_eq(t->head[i], name)) return i;
    }
    return NONE;
}

static void find_columns(Work *w, Table *t)
{
    Str keys = str_of(w->ask->table->key);
    while (keys.n && t->keys < KEYS) t->key[t->keys++] = column_of(t, str_cut(&keys, ' '));
    t->from = column_of(t, str_of(w->ask->table->from));
    t->to = column_of(t, str_of(w->ask->table->to));
    for (size_t i = 0; i < t->keys; i++) BUG_IF(t->key[i] == NONE); /* the current table is a good one */
}

static Str id_of(Work *w, const Table *t, Row *row)
{
    size_t cap = 16;
    for (size_t i = 0; i < t->keys; i++) cap += row->cell[t->key[i]].n + 1;
    Out o = { .buf = NEW(w->mem, char, cap), .cap = cap };
    for (size_t i = 0; i < t->keys; i++) {
        out_str(&o, row->cell[t->key[i]]);
        out_str(&o, S("\x1F"));
    }
    row->item = o.len;
    out_date(&o, row->from);
    return out_view(&o);
}

static Date day_in(Work *w, const Row *row, size_t column, const Table *t)
{
    if (column == NONE || row->cell[column].n == 0) return (Date){ 0 };
    Date day = date_parse(row->cell[column]);
    if (day.day == 0) refuse(w, row->line, t->head[column], FAULT_NOT_DATE);
    return day;
}

static int by_id(const void *a, const void *b)
{
    return str_cmp((*(Row *const *)a)->id, (*(Row *const *)b)->id);
}

static void sort_rows(Work *w, Table *t)
{
    t->by_id = NEW(w->mem, Row *, t->n + 1);
    for (size_t i = 0; i < t->n; i++) t->by_id[i] = &t->row[i];
    qsort(t->by_id, t->n, sizeof(Row *), by_id);
}

static size_t lines_of(Str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++) n += text.s[i] == '\n';
    return n;
}

/* Which column of the text each column of the table is; refuses a table that
** has other columns. */
static void map_columns(Work *w, const Csv *csv, const Table *shape, size_t at[CSV_COLUMNS])
{
    for (size_t i = 0; i < shape->columns; i++) {
        at[i] = NONE;
        for (size_t k = 0; k < csv->columns; k++) {
            if (str_eq(csv->head[k], shape->head[i])) at[i] = k;
        }
        if (at[i] == NONE) refuse(w, 1, shape->head[i], FAULT_REQUIRED);
    }
    for (size_t k = 0; k < csv->columns; k++) {
        if (column_of(shape, csv->head[k]) == NONE) refuse(w, 1, csv->head[k], FAULT_UNKNOWN);
    }
}

/* The text's rows, cells in the order of shape's columns. */
static bool read_table(Work *w, Str text, const Table *shape, bool came, Table *t)
{
    Csv csv;
    size_t at[CSV_COLUMNS] = { 0 };
    csv_open(&csv, w->mem, text);
    if (shape == t) { /* the current table is its own shape */
        t->columns = csv.columns;
        memcpy(t->head, csv.head, sizeof t->head);
        find_columns(w, t);
    } else {
        *t = *shape;
    }
    if (!csv.fault) map_columns(w, &csv, shape, at);
    t->row = NEW(w->mem, Row, lines_of(text));
    t->n = 0;
    while (w->m->refuses == 0 && csv_next(&csv)) {
        Row *row = &t->row[t->n++];
        row->cell = NEW(w->mem, Str, t->columns);
        for (size_t i = 0; i < t->columns; i++) row->cell[i] = csv.cell[at[i]];
        row->line = came ? csv.line : 0;
        row->place = (int64_t)t->n << 24;
        row->from = day_in(w, row, t->from, t);
        row->to = day_in(w, row, t->to, t);
        row->id = id_of(w, t, row);
    }
    if (csv.fault) w->m->unread = csv_fault(&csv, w->ask->table->file, NULL);
    sort_rows(w, t);
    return !w->m->unread && w->m->refuses == 0;
}

static void refuse_twice(Work *w, const Table *t)
{
    for (size_t i = 1; i < t->n; i++) {
        const Row *row = t->by_id[i];
        if (str_eq(row->id, t->by_id[i - 1]->id)) refuse(w, row->line, t->head[t->key[0]], FAULT_TWICE);
    }
}

/* ---- a patch becomes a whole table -------------------------------------------------------- */

static bool same_item(const Row *a, const Row *b)
{
    return a->item == b->item && memcmp(a->id.s, b->id.s, a->item) == 0;
}

static bool same_cells(const Table *t, const Row *a, const Row *b, size_t but)
{
    for (size_t i = 0; i < t->columns; i++) {
        if (i != but && !str_eq(a->cell[i], b->cell[i])) return false;
    }
    return true;
}

/* `last` ends the day before `next` begins, unless it ended earlier. */
static void end_before(Work *w, const Table *t, Row *last, const Row *next)
{
    Date day = date_plus(next->from, -1);
    bool open = last->to.day == 0 || last->to.day > day.day;
    if (t->to == NONE || next->from.day == 0 || !open || last->from.day >= next->from.day) return;
    Str *cell = NEW(w->mem, Str, t->columns);
    char *iso = NEW(w->mem, char, 16);
    memcpy(cell, last->cell, t->columns * sizeof *cell);
    date_write(day, iso);
    cell[t->to] = str_of(iso);
    last->cell = cell;
    last->to = day;
    if (last->line == 0) last->line = next->line;
}

/* Two tables side by side, by id: the next row of the one, of the other, or of both. */
typedef struct Pair {
    const Row *old, *new; /* NULL: only the other has it */
} Pair;

typedef struct Walk {
    const Table *a, *b;
    size_t       i, k;
} Walk;

static bool walk_on(Walk *w, Pair *p)
{
    const Row *old = w->i < w->a->n ? w->a->by_id[w->i] : NULL;
    const Row *new = w->k < w->b->n ? w->b->by_id[w->k] : NULL;
    int order = old && new ? str_cmp(old->id, new->id) : 0;
    *p = (Pair){ order <= 0 ? old : NULL, order >= 0 ? new : NULL };
    w->i += p->old != NULL;
    w->k += p->new != NULL;
    return p->old || p->new;
}

/* A row that was not there follows the last of its item, which ends before it. */
static void add_row(Work *w, Table *t, const Row *new)
{
    Row *last = t->n ? &t->row[t->n - 1] : NULL;
    Row *row = &t->row[t->n++];
    *row = *new;
    row->place = ((int64_t)w->now.n << 24) + ((int64_t)new->line << 24);
    if (!last || !same_item(last, row)) return;
    row->place = last->place + 1;
    if (row->from.day) end_before(w, t, last, row);
}

/* Both lists are sorted; a row of the patch takes the place of the one with
** its id, or is added. */
static void apply_patch(Work *w, const Table *patch)
{
    Table *t = &w->next;
    Walk walk = { &w->now, patch, 0, 0 };
    Pair p;
    *t = w->now;
    t->row = NEW(w->mem, Row, w->now.n + patch->n + 1);
    t->n = 0;
    while (walk_on(&walk, &p)) {
        if (!p.old) {
            add_row(w, t, p.new);
            continue;
        }
        t->row[t->n] = p.new ? *p.new : *p.old;
        t->row[t->n++].place = p.old->place;
    }
    sort_rows(w, t);
}

/* ---- what changes, and may it -------------------------------------------------------------- */

static Str line_of(Work *w, const Row *row)
{
    size_t cap = 1;
    if (!row) return (Str){ 0 };
    for (size_t i = 0; i < w->now.columns; i++) cap += 2 * row->cell[i].n + 3;
    Out o = { .buf = NEW(w->mem, char, cap), .cap = cap };
    csv_line(&o, row->cell, w->now.columns);
    return out_view(&o);
}

static void note(Work *w, ChangeKind kind, const Row *old, const Row *new)
{
    Merge *m = w->m;
    m->count[kind]++;
    if (m->changes == CHANGES_SHOWN) return;
    m->change[m->changes++] = (Change){ kind, new ? new->line : 0, line_of(w, old), line_of(w, new) };
}

/* Was it ever in force? */
static bool started(const Work *w, const Row *row)
{
    if (w->now.from == NONE) return !w->ask->table->free;
    return row->from.day == 0 || row->from.day <= w->ask->today.day;
}

/* The item's cells as people write them: "minimum_wage 330282". */
static Str item_name(Work *w, const Row *row)
{
    char *name = NEW(w->mem, char, row->id.n + 1);
    for (size_t i = 0; i < row->id.n; i++) {
        bool gap = row->id.s[i] == '\x1F';
        name[i] = ' ';
        if (!gap) name[i] = row->id.s[i];
    }
    return str_trim((Str){ name, row->id.n });
}

static void hold_gone(Work *w, const Row *old)
{
    if (started(w, old)) refuse(w, 0, item_name(w, old), FAULT_IN_FORCE);
    else note(w, CHANGE_REMOVED, old, NULL);
}

static void hold_new(Work *w, const Row *new)
{
    size_t from = w->now.from;
    if (from != NONE && new->from.day == 0) refuse(w, new->line, w->now.head[from], FAULT_REQUIRED);
    else note(w, CHANGE_ADDED, NULL, new);
}

/* Only the last day differs.  `next` is the row after it. */
static void hold_end(Work *w, const Row *old, const Row *new, const Row *next)
{
    Str column = w->now.head[w->now.to];
    Date today = w->ask->today;
    bool began = started(w, old);
    bool over = old->to.day && old->to.day < today.day;
    bool past = new->to.day && new->to.day < date_plus(today, -1).day;
    bool follows = next && same_item(new, next) && next->from.day == new->to.day + 1;
    if (began && over) refuse(w, new->line, column, FAULT_IN_FORCE);
    else if (began && past && !follows) refuse(w, new->line, column, FAULT_NO_SUCCESSOR);
    else note(w, new->to.day ? CHANGE_ENDED : CHANGE_CHANGED, old, new);
}

static void hold_both(Work *w, const Row *old, const Row *new, const Row *next)
{
    const Table *t = &w->now;
    size_t i = 0;
    if (same_cells(t, old, new, NONE)) return;
    if (t->to != NONE && same_cells(t, old, new, t->to)) {
        hold_end(w, old, new, next);
        return;
    }
    if (!started(w, old)) {
        note(w, CHANGE_CHANGED, old, new);
        return;
    }
    while (str_eq(old->cell[i], new->cell[i]) || i == t->to) i++;
    refuse(w, new->line, t->head[i], FAULT_IN_FORCE);
}

static bool meets(const Row *row, const Row *next)
{
    return same_item(row, next) && (row->to.day == 0 || row->to.day >= next->from.day);
}

static void hold_spans(Work *w, const Table *t)
{
    for (size_t i = 0; t->to != NONE && i < t->n; i++) {
        const Row *row = t->by_id[i];
        if (row->to.day && row->to.day < row->from.day) refuse(w, row->line, t->head[t->to], FAULT_ORDER);
        if (i + 1 == t->n || !meets(row, t->by_id[i + 1])) continue;
        int64_t line = t->by_id[i + 1]->line;
        refuse(w, line ? line : row->line, t->head[t->from], FAULT_OVERLAP);
    }
}

static void hold(Work *w)
{
    const Table *next = &w->next;
    Walk walk = { &w->now, next, 0, 0 };
    Pair p;
    while (walk_on(&walk, &p)) {
        if (p.old && p.new) hold_both(w, p.old, p.new, walk.k < next->n ? next->by_id[walk.k] : NULL);
        else if (p.old) hold_gone(w, p.old);
        else if (p.new) hold_new(w, p.new);
    }
    hold_spans(w, next);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const Row *x = *(Row *const *)a, *y = *(Row *const *)b;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    return str_cmp(x->id, y->id);
}

static void write_table(Work *w)
{
    const Table *t = &w->next;
    size_t cap = 2 * (w->ask->current.n + w->ask->incoming.n) + 64 * (t->n + 1);
    Out o = { .buf = NEW(w->mem, char, cap), .cap = cap };
    qsort(t->by_id, t->n, sizeof(Row *), by_place);
    csv_line(&o, t->head, t->columns);
    out_str(&o, S("\n"));
    for (size_t i = 0; i < t->n; i++) {
        csv_line(&o, t->by_id[i]->cell, t->columns);
        out_str(&o, S("\n"));
    }
    BUG_IF(o.full);
    w->m->text = out_view(&o);
}

bool dated_merge(const DatedAsk *ask, Arena *mem, Merge *m)
{
    Work w = { .ask = ask, .mem = mem, .m = m };
    Table came = { 0 };
    *m = (Merge){ 0 };
    if (!read_table(&w, ask->current, &w.now, false, &w.now)) return false;
    if (!read_table(&w, ask->incoming, &w.now, true, &came)) return false;
    refuse_twice(&w, &came);
    if (m->refuses) return false;
    if (ask->patch) apply_patch(&w, &came);
    else w.next = came;
    hold(&w);
    if (m->refuses == 0) write_table(&w);
    return m->refuses == 0;
}
