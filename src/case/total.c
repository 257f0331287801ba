/*
** Two tables.  `total` has a row for each subtree; `total_fresh` what was added
** since, a row an event and measure, so that writers meet in no row at all.  A
** reader adds both; the job moves the fresh rows into every level above.
**
** Law of the table: for each path, a row is the sum of all that was ever added
** at or below it.
*/
#include "case/total.h"

#include "case/case_list.h"
#include "core/jobs.h"

#include <stdlib.h>
#include <string.h>

enum { FOLD = 200, CELLS = FOLD * 8 };

typedef struct Cell {
    Id      id;
    Str     path;      /* the office; in `total` a subtree */
    int64_t month;     /* 202609 */
    Str     measure, grp;
    int64_t n;
    Str     path_end;
    int64_t from, to, limit;
} Cell;

static const Code measure_rows[] = {
#define MEASURE_ROW(name, word, zh, en) { word, zh, en },
    MEASURES(MEASURE_ROW)
#undef MEASURE_ROW
};
static const Codes measures = { .name = "measure", .row = measure_rows, .n = COUNT(measure_rows) };

static const Field fields[] = {
    FIELD(Cell, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(Cell, path,     .label = "组织", .en = "subtree"),
    FIELD(Cell, month,    .label = "月份", .en = "month"),
    FIELD(Cell, measure,  .label = "指标", .en = "measure", .codes = &measures),
    FIELD(Cell, grp,      .label = "案由大类", .en = "group of causes"),
    FIELD(Cell, n,        .label = "数量", .en = "number, or fen"),
    FIELD(Cell, path_end, .label = "组织止", .rule = HIDDEN),
    FIELD(Cell, from,     .label = "月份起", .rule = HIDDEN),
    FIELD(Cell, to,       .label = "月份止", .rule = HIDDEN),
    FIELD(Cell, limit,    .label = "条数", .rule = HIDDEN),
};
static const Form cell_form = FORM(Cell, fields);

static const Code by_rows[] = {
    { "measure", "指标", "measure" }, { "month", "月份", "month" }, { "cause", "案由大类", "group of causes" },
    { "all", "全部", "all" },
};
static const Codes by_codes = { .name = "by", .row = by_rows, .n = COUNT(by_rows) };

typedef struct TotalAsk {
    Str  org;
    Date from, to;
    Str  by;
} TotalAsk;
static const Field ask_fields[] = {
    FIELD(TotalAsk, org,  .label = "组织范围", .en = "organisation's subtree", .max = 64),
    FIELD(TotalAsk, from, .label = "月份起",   .en = "from the month of this day", .rule = REQUIRED),
    FIELD(TotalAsk, to,   .label = "月份止",   .en = "to the month of this day", .rule = REQUIRED),
    FIELD(TotalAsk, by,   .label = "分列",     .en = "a row for each", .codes = &by_codes),
};
static const Form ask_form = FORM(TotalAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE total("
      "  path TEXT NOT NULL, month INTEGER NOT NULL,"  /* a subtree; 202609 */
      "  measure TEXT NOT NULL, grp TEXT NOT NULL,"    /* law/cause.h STAT_GROUPS, '' none */
      "  n INTEGER NOT NULL,"                          /* cases, people or fen */
      "  PRIMARY KEY(path, month, measure, grp)) STRICT;"
      "CREATE TABLE total_fresh("                      /* not yet folded into it */
      "  id INTEGER PRIMARY KEY, path TEXT NOT NULL, month INTEGER NOT NULL,"
      "  measure TEXT NOT NULL, grp TEXT NOT NULL, n INTEGER NOT NULL) STRICT;" },
};

static const Query q_fresh = {
    .name = "total.add", .in = &cell_form, .quiet = true,
    .sql = "INSERT INTO total_fresh(id, path, month, measure, grp, n)"
           " VALUES(:id, :path, :month, :measure, :grp, :n)",
};
static const Query q_oldest = {
    .name = "total.oldest", .in = &cell_form, .out = &cell_form,
    .sql = "SELECT id, path, month, measure, grp, n FROM total_fresh WHERE id > 0 ORDER BY id LIMIT :limit",
};
static const Query q_drop = {
    .name = "total.drop", .in = &cell_form, .quiet = true,
    .sql = "DELETE FROM total_fresh WHERE id = :id",
};
static const Query q_fold = {
    .name = "total.fold", .in = &cell_form, .quiet = true,
    .sql = "INSERT INTO total(path, month, measure, grp, n) VALUES(:path, :month, :measure, :grp, :n)"
           " ON CONFLICT(path, month, measure, grp) DO UPDATE SET n = total.n + excluded.n",
};
#define BOTH \
    " FROM (SELECT month, measure, grp, n FROM total WHERE path = :path AND month >= :from AND month <= :to" \
    " UNION ALL SELECT month, measure, grp, n FROM total_fresh WHERE path >= :path AND path < :path_end" \
    " AND month >= :from AND month <= :to) AS b /*scan*/" /* of what has not been folded in yet */
#define SUM "CAST(sum(n) AS BIGINT) AS n"
static const Query q_by_measure = {
    .name = "total.by_measure", .in = &cell_form, .out = &cell_form,
    .sql = "SELECT measure, " SUM BOTH " GROUP BY measure ORDER BY measure",
};
static const Query q_by_month = {
    .name = "total.by_month", .in = &cell_form, .out = &cell_form,
    .sql = "SELECT month, measure, " SUM BOTH " GROUP BY month, measure ORDER BY month, measure",
};
static const Query q_by_cause = {
    .name = "total.by_cause", .in = &cell_form, .out = &cell_form,
    .sql = "SELECT grp, measure, " SUM BOTH " GROUP BY grp, measure ORDER BY grp, measure",
};
static const Query q_by_all = {
    .name = "total.by_all", .in = &cell_form, .out = &cell_form,
    .sql = "SELECT month, grp, measure, " SUM BOTH " GROUP BY month, grp, measure ORDER BY month, grp, measure",
};
static const Query *const queries[] = {
    &q_fresh, &q_oldest, &q_drop, &q_fold, &q_by_measure, &q_by_month, &q_by_cause, &q_by_all, NULL,
};

/* ---- counting --------------------------------------------------------------------------------- */

static int64_t month_of(Date d)
{
    Civil t = date_civil(d);
    return t.year * 100 + t.month;
}

void total_add(Ctx *c, const Case *k, Measure m, int64_t n)
{
    if (!ok(c) || n == 0) return;
    const Cause *cause = c->law ? cause_find(&c->law->causes, k->cause, c->today) : NULL;
    db_insert(c, &q_fresh, &(Cell){ .id = id_next(c), .path = k->org_path, .month = month_of(c->today),
        .measure = str_of(measure_rows[m].word), .n = n,
        .grp = str_of(cause ? group_word(cause->stat) : "") });
}

void total_put(Ctx *c, const Tallied *t)
{
    if (!ok(c) || t->n == 0) return;
    const Cause *cause = c->law ? cause_find(&c->law->causes, t->cause, c->today) : NULL;
    db_insert(c, &q_fresh, &(Cell){ .id = id_next(c), .path = t->path, .month = month_of(t->day),
        .measure = str_of(measure_rows[t->measure].word), .n = t->n,
        .grp = str_of(cause ? group_word(cause->stat) : "") });
}

/* What each event adds.  The end of a case is the event that ends the
** procedure, whatever is filed and archived afterwards. */
static const struct Counted { Event on; Measure measure; int n, open; } counted[] = {
    { EV_SUBMIT,           MEASURE_SUBMITTED,  1, 1 },
    { EV_TAKE_IN,          MEASURE_ACCEPTED,   1, 1 },
    { EV_REGISTER,         MEASURE_REGISTERED, 1, 0 },
    { EV_ACCEPT,           MEASURE_ACCEPTED,   1, 0 },
    { EV_REJECT,           MEASURE_REJECTED,  1, -1 },
    { EV_DECLINE,          MEASURE_REJECTED,  1, -1 },
    { EV_REFER,            MEASURE_REFERRED,  1, -1 },
    { EV_SIGN,             MEASURE_AGREED,    1, -1 },
    { EV_PERFORM_ON_SPOT,  MEASURE_SPOT,      1, -1 },
    { EV_SETTLE,           MEASURE_SETTLED,   1, -1 },
    { EV_FAIL,             MEASURE_FAILED,    1, -1 },
    { EV_TIME_OUT,         MEASURE_FAILED,    1, -1 },
    { EV_REFUSE_SIGN_END,  MEASURE_FAILED,    1, -1 },
    { EV_WITHDRAW,         MEASURE_WITHDRAWN, 1, -1 },
    { EV_CORRECTION_LAPSE, MEASURE_WITHDRAWN, 1, -1 },
    { EV_PERFORM,          MEASURE_PERFORMED,  1, 0 },
    { EV_CURE_ALL,         MEASURE_PERFORMED,  1, 0 },
    { EV_CLOSE,            MEASURE_CLOSED,     1, 0 },
    { EV_REOPEN,           MEASURE_CLOSED,     -1, 0 },
};

static void count(Ctx *c, const Case *k, Event e)
{
    for (size_t i = 0; i < COUNT(counted); i++) {
        if (counted[i].on != e) continue;
        total_add(c, k, counted[i].measure, counted[i].n);
        total_add(c, k, MEASURE_OPEN, counted[i].open);
    }
}

/* In hand: submitted, and not at an end of the procedure. */
enum { IN_HAND = SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, PENDING_SIGN) };

void total_move(Ctx *c, const Case *k)
{
    const Case *was = k->was;
    if (!was || str_eq(was->org_path, k->org_path) || !(IN_HAND >> state_of(was->state) & 1)) return;
    total_add(c, was, MEASURE_OPEN, -1);
    total_add(c, k, MEASURE_OPEN, 1);
}

/* With the case come the people and the money it is about. */
static void count_new(Ctx *c, const Case *k, Event e)
{
    count(c, k, e);
    total_add(c, k, MEASURE_WORKERS, k->workers);
    total_add(c, k, MEASURE_CLAIMED, k->amount.fen);
}

#define NEW_CASE(n) static void on_##n(Ctx *c, Case *k) { count_new(c, k, EV_##n); }
#define STEP(n) static void on_##n(Ctx *c, Case *k) { count(c, k, EV_##n); }
NEW_CASE(SUBMIT) NEW_CASE(TAKE_IN)
STEP(REGISTER) STEP(ACCEPT) STEP(REJECT) STEP(DECLINE) STEP(REFER) STEP(SIGN) STEP(PERFORM_ON_SPOT)
STEP(SETTLE) STEP(FAIL) STEP(TIME_OUT) STEP(REFUSE_SIGN_END) STEP(WITHDRAW) STEP(CORRECTION_LAPSE)
STEP(PERFORM) STEP(CURE_ALL) STEP(CLOSE) STEP(REOPEN)

#define HOOK(n) { AFTER, EV_##n, on_##n }
static const Hook hooks[] = {
    HOOK(SUBMIT), HOOK(TAKE_IN), HOOK(REGISTER), HOOK(ACCEPT), HOOK(REJECT), HOOK(DECLINE), HOOK(REFER),
    HOOK(SIGN), HOOK(PERFORM_ON_SPOT), HOOK(SETTLE), HOOK(FAIL), HOOK(TIME_OUT), HOOK(REFUSE_SIGN_END),
    HOOK(WITHDRAW), HOOK(CORRECTION_LAPSE), HOOK(PERFORM), HOOK(CURE_ALL), HOOK(CLOSE),
    HOOK(REOPEN),
};

/* ---- folding ------------------------------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
    const Cell *x = a, *y = b;
    int d = str_cmp(x->path, y->path);
    if (d == 0) d = (x->month > y->month) - (x->month < y->month);
    if (d == 0) d = str_cmp(x->measure, y->measure);
    return d ? d : str_cmp(x->grp, y->grp);
}

/* Every level of the row's path. */
static void spread(Cell *cell, size_t *n, const Cell *fresh)
{
    Str scope[SCOPES_MAX];
    size_t levels = scopes_of(fresh->path, (Str){ 0 }, scope);
    for (size_t i = 0; i < levels && *n < CELLS; i++) {
        cell[*n] = *fresh;
        cell[(*n)++].path = scope[i];
    }
}

static void fold(Ctx *c, Id arg)
{
    Cell *cell = NEW(c->mem, Cell, CELLS);
    size_t n = 0;
    (void)arg;
    Rows rows = db_list(c, &q_oldest, &(Cell){ .limit = FOLD });
    for (size_t i = 0; i < rows.n; i++) {
        spread(cell, &n, (const Cell *)rows.at + i);
        db_change(c, &q_drop, (const Cell *)rows.at + i);
    }
    if (n) qsort(cell, n, sizeof *cell, by_key);
    for (size_t i = 0; i < n; i++) { /* one upsert a key, in one order */
        bool same = i + 1 < n && by_key(&cell[i], &cell[i + 1]) == 0;
        if (same) cell[i + 1].n += cell[i].n;
        else db_insert(c, &q_fold, &cell[i]);
    }
    if (rows.n == FOLD) job_add(c, S("total_fold"), (Id){ 0 }, now(c), (Str){ 0 });
}

static const JobKind jobs[] = {
    { .word = "total_fold", .run = fold, .every_s = 5 },
};

/* ---- reading -------------------------------------------------------------------------------------- */

static const Query *query_by(Str by)
{
    if (str_eq(by, S("month"))) return &q_by_month;
    if (str_eq(by, S("cause"))) return &q_by_cause;
    return str_eq(by, S("all")) ? &q_by_all : &q_by_measure;
}

static void show(Ctx *c)
{
    TotalAsk ask = { 0 };
    form_read_query(c, &ask_form, &ask);
    if (ask.org.n == 0) ask.org = c->who.org_path;
    if (!str_starts(ask.org, c->who.org_path) || ask.org.n == 0) fault(c, S("org"), FAULT_NOT_ALLOWED);
    if (ask.from.day > ask.to.day) fault(c, S("to"), FAULT_ORDER);
    if (!ok(c)) return;
    Out end = { .buf = NEW(c->mem, char, ask.org.n + 1), .cap = ask.org.n + 1 };
    out_str(&end, ask.org);
    out_str(&end, S("~"));
    Cell cell = { .path = ask.org, .path_end = out_view(&end),
                  .from = month_of(ask.from), .to = month_of(ask.to) };
    reply_rows(c, &cell_form, db_list(c, query_by(ask.by), &cell), (Str){ 0 });
}

enum { READERS = STAFF | STATISTICIAN | CONVENER };

static const Route routes[] = {
    { "GET", "/api/v1/totals", READERS, show, "统计合计", "totals of a subtree, month and measure",
      .query = &ask_form, .out = &cell_form, .list = true },
};

const Slice total_slice = {
    .name = "total", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
    .job = jobs, .jobs = COUNT(jobs),
};
