#include "oversight/month/tally.h"

#include "case/case_list.h"
#include "core/jobs.h"
#include "oversight/month/facts.h"
#include "register/organisations/organisations.h"

#include <stdlib.h>

enum { BATCH = 25, FOLD = 100, SETTLE_ROUNDS = 40, REBUILD = 500, SEEN_DAYS = 7 };

typedef struct Mark {
    Id      id, case_id;
    Str     path, path_end;
    int64_t n, limit;
    Date    day, until;
} Mark;
static const Field mark_fields[] = {
    FIELD(Mark, id,       .label = "编号",   .en = "id"),
    FIELD(Mark, case_id,  .label = "案件",   .en = "case"),
    FIELD(Mark, path,     .label = "组织",   .en = "organisation"),
    FIELD(Mark, path_end, .label = "组织止", .en = "end", .rule = HIDDEN),
    FIELD(Mark, n,        .label = "件数",   .en = "number"),
    FIELD(Mark, limit,    .label = "条数",   .en = "rows", .rule = HIDDEN),
    FIELD(Mark, day,      .label = "自",     .en = "from", .rule = HIDDEN),
    FIELD(Mark, until,    .label = "至",     .en = "until", .rule = HIDDEN),
};
static const Form mark_form = FORM(Mark, mark_fields);

/* What a case adds to a month at an organisation. */
typedef struct CaseMonth {
    Id      case_id;
    int64_t month;
    Str     path;
    bool    holder;      /* false: it only left there in that month */
    Str     lines;
    Id      mediator_id, employer_id;
    Time    changed;
} CaseMonth;
static const Field case_month_fields[] = {
    FIELD(CaseMonth, case_id,     .label = "案件",   .en = "case"),
    FIELD(CaseMonth, month,       .label = "月份",   .en = "month"),
    FIELD(CaseMonth, path,        .label = "组织",   .en = "organisation"),
    FIELD(CaseMonth, holder,      .label = "期末在办", .en = "has it at the month's end"),
    FIELD(CaseMonth, lines,       .label = "计数",   .en = "lines"),
    FIELD(CaseMonth, mediator_id, .label = "调解员", .en = "mediator"),
    FIELD(CaseMonth, employer_id, .label = "用人单位", .en = "employer"),
    FIELD(CaseMonth, changed,     .label = "变更时间", .en = "changed"),
};
static const Form case_month_form = FORM(CaseMonth, case_month_fields);

static const Field happening_fields[] = {
    FIELD(Happening, case_id, .label = "案件", .en = "case"),
    FIELD(Happening, what,    .label = "事项", .en = "what"),
    FIELD(Happening, word,    .label = "细目", .en = "of which kind"),
    FIELD(Happening, day,     .label = "日期", .en = "day"),
    FIELD(Happening, until,   .label = "至",   .en = "until"),
    FIELD(Happening, n,       .label = "数",   .en = "number"),
    FIELD(Happening, m,       .label = "另数", .en = "another number"),
};
static const Form happening_form = FORM(Happening, happening_fields);

static const Field sum_fields[] = {
    FIELD(Sum, kind,      .label = "类别", .en = "kind"),
    FIELD(Sum, path,      .label = "组织", .en = "organisation"),
    FIELD(Sum, month,     .label = "月份", .en = "month"),
    FIELD(Sum, lines,     .label = "计数", .en = "lines"),
    FIELD(Sum, open,      .label = "未结增减", .en = "change of open cases"),
    FIELD(Sum, undecided, .label = "未定增减", .en = "change of undecided cases"),
    FIELD(Sum, late,      .label = "超期增减", .en = "change of late cases"),
    FIELD(Sum, path_end,  .label = "组织止", .en = "end", .rule = HIDDEN),
    FIELD(Sum, from,      .label = "月份起", .en = "from", .rule = HIDDEN),
    FIELD(Sum, to,        .label = "月份止", .en = "to", .rule = HIDDEN),
};
const Form sum_form = FORM(Sum, sum_fields);

typedef struct Ids { Id i[BATCH]; } Ids;
#define IDS(n) { .name = "i" #n, .kind = KIND_ID, .at = offsetof(Ids, i) + (n) * sizeof(Id) }
static const Field ids_fields[] = {
    IDS(0), IDS(1), IDS(2), IDS(3), IDS(4), IDS(5), IDS(6), IDS(7), IDS(8), IDS(9), IDS(10), IDS(11),
    IDS(12), IDS(13), IDS(14), IDS(15), IDS(16), IDS(17), IDS(18), IDS(19), IDS(20), IDS(21), IDS(22),
    IDS(23), IDS(24),
};
static const Form ids_form = FORM(Ids, ids_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE month_mark("              /* a case to be counted again */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, path TEXT NOT NULL) STRICT;"
      "CREATE TABLE case_month("
      "  case_id INTEGER NOT NULL, month INTEGER NOT NULL, path TEXT NOT NULL,"
      "  holder  INTEGER NOT NULL,"           /* 0: it only left there */
      "  lines   TEXT NOT NULL,"              /* oversight/month/lines.h */
      "  mediator_id INTEGER NOT NULL, employer_id INTEGER NOT NULL,"
      "  changed INTEGER NOT NULL,"
      "  PRIMARY KEY(case_id, month, path)) STRICT;"
      "CREATE INDEX case_month_by_path ON case_month(month, path, case_id);"
      "CREATE TABLE month_sum("
      "  kind INTEGER NOT NULL, path TEXT NOT NULL, month INTEGER NOT NULL,"
      "  lines TEXT NOT NULL,"
      "  open INTEGER NOT NULL, undecided INTEGER NOT NULL, late INTEGER NOT NULL,"
      "  PRIMARY KEY(kind, path, month)) STRICT;"
      "CREATE INDEX month_sum_by_month ON month_sum(month, kind, path);"
      "INSERT INTO month_mark(id, case_id, path) SELECT id, id, org_path FROM cases;" },
    /* What stands at a month's end is a sum over all months before: without their lines. */
    { 2, "CREATE INDEX month_stock ON month_sum(kind, path, month, open, undecided, late);" },
};

static const Query q_mark = {
    .name = "tally.mark", .in = &mark_form, .quiet = true,
    .sql = "INSERT INTO month_mark(id, case_id, path) VALUES(:id, :case_id, :path)",
};
static const Query q_marks = {
    .name = "tally.marks", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT id, case_id FROM month_mark WHERE id > 0 ORDER BY id LIMIT :limit",
};
static const Query q_unmark = {
    .name = "tally.unmark", .in = &mark_form, .quiet = true,
    .sql = "DELETE FROM month_mark WHERE id = :id",
};
static const Query q_waiting = {
    .name = "tally.waiting", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT count(*) AS n FROM (SELECT 1 FROM month_mark WHERE path >= :path AND path < :path_end"
           " LIMIT 1000) AS w /*scan*/", /* of what waits a few seconds */
};
static const Query q_late = { /* whose period ended without anybody doing anything */
    .name = "tally.late", .in = &mark_form,
    .sql = "INSERT INTO month_mark(id, case_id, path) SELECT :id + row_number() OVER (ORDER BY id), case_id, org_path"
           " FROM clock WHERE status IN ('running', 'missed') AND due >= :day AND due < :until /*scan*/", /* of what they number */
};
static const Query q_some = {
    .name = "tally.some", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT id AS case_id, org_path AS path FROM cases WHERE id > :case_id ORDER BY id LIMIT :limit",
};
#define THESE \
    "IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15, :i16, :i17," \
    " :i18, :i19, :i20, :i21, :i22, :i23, :i24)"
#define ALSO(what, word, day, until, n) \
    " UNION ALL SELECT case_id, '" what "', " word ", " day ", " until ", " n ", 0"
static const Query q_happened = {
    .name = "tally.happened", .in = &ids_form, .out = &happening_form,
    .sql = "SELECT case_id, 'first' AS what, '' AS word, MIN(day) AS day, CAST(NULL AS TEXT) AS until,"
           " CAST(0 AS BIGINT) AS n, CAST(0 AS BIGINT) AS m FROM case_entry WHERE case_id " THESE " GROUP BY case_id"
           ALSO("registered", "''", "MIN(day)", "NULL", "0") " FROM case_entry WHERE case_id " THESE
           " AND event IN ('register', 'take_in') GROUP BY case_id"
           ALSO("owing", "CASE WHEN waived = 1 THEN 'waived' ELSE '' END", "due", "done", "amount")
           " FROM owing WHERE case_id " THESE
           ALSO("spot", "''", "NULL", "NULL", "amount") " FROM on_spot WHERE case_id " THESE
           ALSO("applied", "kind", "applied", "NULL", "0") " FROM pursuit WHERE case_id " THESE
           ALSO("pursuit", "kind || ' ' || event", "day", "NULL", "0") " FROM pursuit_entry WHERE case_id " THESE
           ALSO("visit", "''", "day", "NULL", "satisfaction") " FROM visit WHERE case_id " THESE
           ALSO("clock", "code", "due", "ended", "CASE status WHEN 'met' THEN 1 WHEN 'missed' THEN 2"
                " WHEN 'cancelled' THEN 3 ELSE 0 END") " FROM clock WHERE case_id " THESE
           ALSO("group", "''", "NULL", "NULL", "MAX(CASE WHEN tags LIKE '%RURAL%' THEN 1 ELSE 0 END)"
                " + MAX(CASE WHEN tags LIKE '%DISP%' THEN 2 ELSE 0 END)"
                " + MAX(CASE WHEN tags LIKE '%NEF%' THEN 4 ELSE 0 END) + MAX(CASE WHEN sex = 'F' THEN 8 ELSE 0 END)"
                " + MAX(CASE WHEN tags LIKE '%OVERAGE%' THEN 16 ELSE 0 END)")
           " FROM case_party WHERE kind = 'WORKER' AND part <> 'AGENT' AND case_id " THESE " GROUP BY case_id"
           " UNION ALL SELECT k.id, 'region', o.region, NULL, NULL, 0, 0 FROM cases k JOIN org o ON o.id = k.org"
           " WHERE k.id " THESE
           " UNION ALL SELECT k.id, 'seat', z.was || ' ' || z.region, z.day, NULL, z.id, 0 FROM cases k"
           " JOIN org_seat z ON z.org_id = k.org WHERE k.id " THESE
           " UNION ALL SELECT case_id, 'text', facts, NULL, NULL, 0, 0 FROM intake WHERE case_id " THESE
           " UNION ALL SELECT k.id, 'returned', '', COALESCE(o.closed, o.ended), NULL, 0, 0 FROM cases k"
           " JOIN case_party p ON p.case_id = k.id AND p.side = 'APPL' AND p.part = 'PARTY' AND p.id_digest <> ''"
           " JOIN case_party q ON q.id_digest = p.id_digest AND q.id_digest <> '' AND q.side = 'APPL' AND q.part = 'PARTY'"
           " AND q.case_id < k.id"
           " JOIN cases o ON o.id = q.case_id AND o.employer_id = k.employer_id AND o.ended IS NOT NULL"
           " WHERE k.employer_id > 0 AND k.id " THESE
           " ORDER BY 1, 2, 4, 6",
};
static const Query q_stored = {
    .name = "tally.stored", .in = &ids_form, .out = &case_month_form,
    .sql = "SELECT case_id, month, path, holder, lines, mediator_id, employer_id, changed FROM case_month"
           " WHERE case_id " THESE " ORDER BY case_id, month, holder",
};
static const Query q_put = {
    .name = "tally.put", .in = &case_month_form, .quiet = true,
    .sql = "INSERT INTO case_month(case_id, month, path, holder, lines, mediator_id, employer_id, changed)"
           " VALUES(:case_id, :month, :path, :holder, :lines, :mediator_id, :employer_id, :changed)"
           " ON CONFLICT(case_id, month, path) DO UPDATE SET holder = excluded.holder, lines = excluded.lines,"
           " mediator_id = excluded.mediator_id, employer_id = excluded.employer_id, changed = excluded.changed",
};
static const Query q_take = {
    .name = "tally.take", .in = &case_month_form, .quiet = true,
    .sql = "DELETE FROM case_month WHERE case_id = :case_id AND month = :month AND path = :path",
};
static const Query q_sum = {
    .name = "tally.sum", .in = &sum_form, .out = &sum_form,
    .sql = "SELECT lines, open, undecided, late FROM month_sum WHERE kind = :kind AND path = :path AND month = :month",
};
static const Query q_set = {
    .name = "tally.set", .in = &sum_form, .quiet = true,
    .sql = "INSERT INTO month_sum(kind, path, month, lines, open, undecided, late)"
           " VALUES(:kind, :path, :month, :lines, :open, :undecided, :late)"
           " ON CONFLICT(kind, path, month) DO UPDATE SET lines = excluded.lines, open = excluded.open,"
           " undecided = excluded.undecided, late = excluded.late",
};
static const Query *const queries[] = {
    &q_mark, &q_marks, &q_unmark, &q_waiting, &q_late, &q_some, &q_happened, &q_stored, &q_put, &q_take,
    &q_sum,
    &q_set, NULL,
};

/* ---- marks ------------------------------------------------------------------------------------ */

static void mark(Ctx *c, const Case *k)
{
    db_insert(c, &q_mark, &(Mark){ .id = id_next(c), .case_id = k->id, .path = k->org_path });
}

int64_t tally_waiting(Ctx *c, Str path)
{
    Mark m = { .path = path, .path_end = path_end(c->mem, path) };
    return db_find(c, &q_waiting, &m, &m) ? m.n : 0;
}

/* ---- one case ----------------------------------------------------------------------------------- */

/* A change of a sum: of a line, at a place, in a month. */
typedef struct Delta {
    int64_t kind;
    Str     path;
    int64_t month, line, n;
} Delta;

typedef struct Work {
    Ctx   *c;
    Rows   deltas;
    size_t cap;
} Work;

static void delta(Work *w, Delta d)
{
    Delta *at = rows_push(w->c->mem, &w->deltas, &w->cap, sizeof *at);
    *at = d;
}

static Str mediator_path(Ctx *c, Str path, Id mediator)
{
    Out o = { .buf = NEW(c->mem, char, path.n + 24), .cap = path.n + 24 };
    out_str(&o, path);
    out_str(&o, S("@"));
    out_int(&o, mediator.n);
    return out_view(&o);
}

/* A row's lines, times 1 or -1, at every level. */
static void spread(Work *w, const CaseMonth *row, int64_t times)
{
    Lines lines = { 0 };
    Str scope[SCOPES_MAX];
    size_t levels = scopes_of(row->path, (Str){ 0 }, scope);
    Str own = row->mediator_id.n ? mediator_path(w->c, row->path, row->mediator_id) : (Str){ 0 };
    lines_read(&lines, row->lines);
    for (int64_t i = 1; i < LINE__COUNT; i++) {
        if (lines.n[i] == 0) continue;
        Delta d = { .month = row->month, .line = i, .n = lines.n[i] * times };
        for (size_t k = 0; k < levels; k++) {
            d.kind = SUM_TREE;
            d.path = scope[k];
            delta(w, d);
        }
        d.kind = SUM_OWN;
        d.path = row->path;
        delta(w, d);
        d.kind = SUM_MEDIATOR;
        d.path = own;
        if (own.n) delta(w, d);
    }
}

typedef struct Month {
    int64_t month;
    bool    left; /* the row of who does not have it any more */
    Str     path;
    Lines   lines;
} Month;

typedef struct Months {
    Month *at;
    size_t n, cap;
} Months;

static Lines *lines_of(Months *m, int64_t month, Str path, bool left)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->at[i].month == month && m->at[i].left == left) return &m->at[i].lines;
    }
    BUG_IF(m->n == m->cap);
    m->at[m->n++] = (Month){ .month = month, .path = path, .left = left };
    return &m->at[m->n - 1].lines;
}

/* Who had the case at the end of the month, as it is stored; the case's place otherwise. */
static Str holder_of(const Facts *f, Rows stored, int64_t month)
{
    const CaseMonth *row = stored.at;
    bool past = month < facts_month(f, f->c->today);
    for (size_t i = 0; i < stored.n; i++) {
        if (row[i].holder && row[i].month == month && past) return row[i].path;
    }
    return f->k->org_path;
}

/* Who had it last before this month; "" if nobody is known. */
static Str holder_before(Rows stored, int64_t month)
{
    const CaseMonth *row = stored.at;
    Str path = { 0 };
    for (size_t i = 0; i < stored.n && row[i].month < month; i++) {
        if (row[i].holder) path = row[i].path;
    }
    return path;
}

static bool open_before(const Facts *f, Date began, Date over, int64_t month)
{
    return began.day && facts_month(f, began) < month && (over.day == 0 || facts_month(f, over) >= month);
}

/* What was open at the month's beginning went from one organisation to another. */
static void moved(const Facts *f, Months *m, Rows stored, int64_t month)
{
    Str before = holder_before(stored, month), now_at = holder_of(f, stored, month);
    bool open = open_before(f, f->days.accepted, f->days.ended, month);
    bool undecided = open_before(f, f->days.registered, f->days.decided, month);
    if (before.n == 0 || str_eq(before, now_at) || !(open || undecided)) return;
    Lines *in = lines_of(m, month, now_at, false), *out = lines_of(m, month, before, true);
    in->n[open ? LINE_MOVED_IN : LINE_UNDECIDED_MOVED_IN] = 1;
    out->n[open ? LINE_MOVED_OUT : LINE_UNDECIDED_MOVED_OUT] = 1;
    bool late = f->k->due.day && facts_month(f, date_plus(f->k->due, 1)) < month;
    bool counted = open && late && (f->days.ended.day ? f->days.ended.day : f->c->today.day) > f->k->due.day;
    if (counted) in->n[LINE_LATE_BEGAN]++;
    if (counted) out->n[LINE_LATE_ENDED]++;
}

/* Months in which it may have gone elsewhere: those stored as such, and this one. */
static void moves(const Facts *f, Months *m, Rows stored)
{
    const CaseMonth *row = stored.at;
    int64_t today = facts_month(f, f->c->today);
    for (size_t i = 0; i < stored.n; i++) {
        if (!row[i].holder && row[i].month < today) moved(f, m, stored, row[i].month);
    }
    moved(f, m, stored, today);
}

/* Room for every month the cells name, and for those in which it moved. */
static Months months_for(const Facts *f, Rows stored)
{
    const Cell *cell = f->cells.at;
    size_t n = 2 + stored.n * 2;
    for (size_t i = 0; i < f->cells.n; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) seen = cell[j].month == cell[i].month;
        n += !seen;
    }
    return (Months){ .at = NEW(f->c->mem, Month, n), .cap = n };
}

static Str lines_text(Ctx *c, const Lines *lines)
{
    char text[LINES_TEXT];
    Out o = { .buf = text, .cap = sizeof text };
    lines_write(&o, lines);
    return str_copy(c->mem, out_view(&o));
}

static CaseMonth row_of(const Facts *f, const Month *m, Rows stored)
{
    Ctx *c = f->c;
    CaseMonth row = {
        .case_id = f->k->id, .month = m->month, .path = m->path, .holder = !m->left,
        .lines = lines_text(c, &m->lines),
        .mediator_id = m->left ? (Id){ 0 } : f->k->mediator_id, .employer_id = f->k->employer_id,
        .changed = now(c),
    };
    const CaseMonth *old = stored.at;
    for (size_t i = 0; i < stored.n; i++) { /* a month that is over keeps its mediator */
        bool same = old[i].month == m->month && str_eq(old[i].path, m->path) && old[i].mediator_id.n;
        if (same && m->month < facts_month(f, c->today)) row.mediator_id = old[i].mediator_id;
    }
    return row;
}

static bool same_row(const CaseMonth *a, const CaseMonth *b)
{
    return a->month == b->month && str_eq(a->path, b->path) && str_eq(a->lines, b->lines)
        && a->holder == b->holder && a->mediator_id.n == b->mediator_id.n
        && a->employer_id.n == b->employer_id.n;
}

static bool has_row(const CaseMonth *row, size_t n, const CaseMonth *one)
{
    for (size_t i = 0; i < n; i++) {
        if (same_row(&row[i], one)) return true;
    }
    return false;
}

static bool has_key(const CaseMonth *row, size_t n, const CaseMonth *one)
{
    for (size_t i = 0; i < n; i++) {
        if (row[i].month == one->month && str_eq(row[i].path, one->path)) return true;
    }
    return false;
}

/* What is stored becomes `rows`, and the sums follow. */
static void store(Work *w, Rows stored, const CaseMonth *row, size_t n)
{
    const CaseMonth *old = stored.at;
    for (size_t i = 0; i < stored.n; i++) {
        if (!has_row(row, n, &old[i])) spread(w, &old[i], -1);
        if (!has_key(row, n, &old[i])) db_change(w->c, &q_take, &old[i]);
    }
    for (size_t j = 0; j < n; j++) {
        if (has_row(old, stored.n, &row[j])) continue;
        spread(w, &row[j], 1);
        db_insert(w->c, &q_put, &row[j]);
    }
}

static void count_case(Work *w, const Case *k, Rows happened, Rows stored)
{
    Facts f = { .c = w->c, .k = k, .h = happened.at, .n = happened.n };
    facts_of(&f);
    Months months = months_for(&f, stored);
    const Cell *cell = f.cells.at;
    for (size_t i = 0; i < f.cells.n; i++) {
        Str path = holder_of(&f, stored, cell[i].month);
        lines_of(&months, cell[i].month, path, false)->n[cell[i].line] += cell[i].n;
    }
    moves(&f, &months, stored);
    CaseMonth *row = NEW(w->c->mem, CaseMonth, months.n);
    for (size_t i = 0; i < months.n; i++) row[i] = row_of(&f, &months.at[i], stored);
    store(w, stored, row, months.n);
}

/* ---- a batch --------------------------------------------------------------------------------------- */

/* The rows of one case in rows that are sorted by case: Happening and CaseMonth begin with it. */
static Rows part_of(Rows all, size_t size, Id case_id)
{
    Rows part = { .at = all.at };
    char *at = all.at;
    for (size_t i = 0; i < all.n; i++) {
        if (((const Id *)(at + i * size))->n != case_id.n) continue;
        if (part.n++ == 0) part.at = at + i * size;
    }
    return part;
}

static void count_cases(Work *w, const Id *id, size_t n)
{
    Ids ids = { 0 };
    for (size_t i = 0; i < n; i++) ids.i[i] = id[i];
    Rows cases = cases_by_id(w->c, id, n);
    Rows happened = db_list(w->c, &q_happened, &ids);
    Rows stored = db_list(w->c, &q_stored, &ids);
    for (size_t i = 0; i < cases.n; i++) {
        const Case *k = (const Case *)cases.at + i;
        Rows its = part_of(happened, sizeof(Happening), k->id);
        count_case(w, k, its, part_of(stored, sizeof(CaseMonth), k->id));
    }
}

static int by_place(const void *a, const void *b)
{
    const Delta *x = a, *y = b;
    int d = (x->kind > y->kind) - (x->kind < y->kind);
    if (d == 0) d = str_cmp(x->path, y->path);
    return d ? d : (x->month > y->month) - (x->month < y->month);
}

static void set_sum(Ctx *c, const Delta *d, const Lines *more)
{
    Lines *all = NEW(c->mem, Lines, 1);
    const int64_t *n = all->n;
    Sum sum = { .kind = d->kind, .path = d->path, .month = d->month };
    if (db_find(c, &q_sum, &sum, &sum)) lines_read(all, sum.lines);
    lines_add(all, more, 1);
    sum = (Sum){ .kind = d->kind, .path = d->path, .month = d->month, .lines = lines_text(c, all) };
    sum.open = n[LINE_ACCEPTED] + n[LINE_MOVED_IN] - n[LINE_CLOSED] - n[LINE_MOVED_OUT];
    sum.undecided = n[LINE_REGISTERED] + n[LINE_UNDECIDED_MOVED_IN] - n[LINE_ACCEPTED] - n[LINE_REFUSED]
                  - n[LINE_REFERRED] - n[LINE_WITHDRAWN_BEFORE] - n[LINE_UNDECIDED_MOVED_OUT];
    sum.late = n[LINE_LATE_BEGAN] - n[LINE_LATE_ENDED];
    db_insert(c, &q_set, &sum);
}

/* One change a row, in one order, whoever makes it. */
static void set_sums(Work *w)
{
    Delta *d = w->deltas.at;
    Arena kept = *w->c->mem;
    Lines more = { 0 };
    bool any = false;
    if (w->deltas.n) qsort(d, w->deltas.n, sizeof *d, by_place);
    for (size_t i = 0; i < w->deltas.n && ok(w->c); i++) {
        more.n[d[i].line] += d[i].n;
        if (i + 1 < w->deltas.n && by_place(&d[i], &d[i + 1]) == 0) continue;
        for (size_t k = 0; k < LINE__COUNT; k++) any = any || more.n[k];
        if (any) set_sum(w->c, &d[i], &more);
        more = (Lines){ 0 };
        any = false;
        if (ok(w->c)) *w->c->mem = kept; /* what was bound is copied */
    }
}

/* Counts the oldest marked cases; returns how many marks there were. */
static size_t count_marked(Ctx *c)
{
    Work w = { .c = c };
    Id id[FOLD];
    size_t n = 0;
    Rows marks = db_list(c, &q_marks, &(Mark){ .limit = FOLD });
    for (size_t i = 0; i < marks.n; i++) {
        const Mark *m = (const Mark *)marks.at + i;
        bool twice = false;
        for (size_t j = 0; j < n; j++) twice = twice || id[j].n == m->case_id.n;
        if (!twice) id[n++] = m->case_id;
        db_change(c, &q_unmark, m);
    }
    for (size_t at = 0; at < n && ok(c); at += BATCH) {
        count_cases(&w, id + at, n - at < BATCH ? n - at : BATCH);
    }
    set_sums(&w);
    return marks.n;
}

void tally_settle(Ctx *c, Str path)
{
    Arena kept = *c->mem;
    for (int i = 0; i < SETTLE_ROUNDS && ok(c) && tally_waiting(c, path); i++) {
        (void)count_marked(c);
        if (ok(c)) *c->mem = kept;
    }
    if (ok(c) && tally_waiting(c, path)) fail(c, ERR_BLOCKED, S("counting"));
}

/* ---- jobs ------------------------------------------------------------------------------------------- */

static void fold(Ctx *c, Id arg)
{
    (void)arg;
    if (count_marked(c) == FOLD) job_add(c, S("month_fold"), (Id){ 0 }, now(c), (Str){ 0 });
}

static void look_for_late(Ctx *c, Id arg)
{
    (void)arg;
    db_change_any(c, &q_late, &(Mark){ .id = id_next(c), .day = date_plus(c->today, -SEEN_DAYS),
        .until = c->today });
}

/* Every case again, some at a time: after months have got other bounds. */
static void rebuild(Ctx *c, Id after)
{
    Rows some = db_list(c, &q_some, &(Mark){ .case_id = after, .limit = REBUILD });
    const Mark *m = some.at;
    for (size_t i = 0; i < some.n; i++) {
        db_insert(c, &q_mark, &(Mark){ .id = id_next(c), .case_id = m[i].case_id, .path = m[i].path });
    }
    if (some.n) job_add(c, S("month_rebuild"), m[some.n - 1].case_id, now(c), (Str){ 0 });
}

static const JobKind jobs[] = {
    { .word = "month_fold", .run = fold, .every_s = 5 },
    { .word = "month_late", .run = look_for_late, .daily = "00:20" },
    { .word = "month_rebuild", .run = rebuild },
};

/* Would a month have other days?  What counts them anew then asks. */
static int64_t count_moved(Ctx *c, const Law *next)
{
    int64_t n = 0;
    for (size_t i = 0; i < next->params.n; i++) {
        const Param *p = &next->params.row[i];
        if (!str_eq(p->key, S("REPORT_FIRST_DAY"))) continue;
        const Param *was = param_find(&c->law->params, p->key, p->region, p->from);
        n += !was || was->value != p->value || was->from.day != p->from.day || was->to.day != p->to.day;
    }
    return n;
}
static int64_t count_reworded(Ctx *c, const Law *next)
{
    const Keywords *a = &c->law->keywords, *b = &next->keywords;
    int64_t n = a->n != b->n;
    for (size_t i = 0; i < a->n && i < b->n; i++) n += !str_eq(a->row[i].terms, b->row[i].terms);
    return n;
}

static const Depends depends[] = {
    { "params.csv", "month_rebuild", count_moved }, { "keywords.csv", "month_rebuild", count_reworded },
};

const Slice tally_slice = {
    .name = "tally", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .job = jobs, .jobs = COUNT(jobs), .depends = depends, .depends_n = COUNT(depends), .saved = mark,
};
