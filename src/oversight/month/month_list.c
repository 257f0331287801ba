/*
** What stands behind the numbers: the board of a subtree, the cases of a line,
** the cases that break a check, and what is different since a report was locked.
*/
#include "case/case_list.h"
#include "law/period.h"
#include "oversight/month/month.h"

enum { PAGE = 50, BOARD_PAGE = 200, CHUNK = 500, BREAKS_MAX = 200, SIGNS = 5 };

/* ---- the board ----------------------------------------------------------------------------------- */

typedef struct BoardRow {
    Id      org_id, parent_id;
    Str     path, name, kind, region;
    int64_t level;
    bool    reports;            /* must hand one in */
    bool    missing;            /* and has not */
    Str     state;
    int64_t version;
    Time    at;
    int64_t below, handed_in;   /* how many below it must, and have */
    int64_t registered, accepted, refused, closed, solved, carried_out, overdue;
    int64_t open, late, month, limit;
    Str     lines, path_end, after;
    Date    since, until;       /* of the month */
} BoardRow;
static const Field board_fields[] = {
    FIELD(BoardRow, org_id,      .label = "组织编号", .en = "organisation"),
    FIELD(BoardRow, parent_id,   .label = "上级机构", .en = "parent"),
    FIELD(BoardRow, path,        .label = "组织路径", .en = "path"),
    FIELD(BoardRow, name,        .label = "名称",     .en = "name"),
    FIELD(BoardRow, kind,        .label = "机构类别", .en = "kind", .codes = &org_kinds),
    FIELD(BoardRow, region,      .label = "地区",     .en = "region"),
    FIELD(BoardRow, level,       .label = "层级",     .en = "level"),
    FIELD(BoardRow, reports,     .label = "应报送",   .en = "must report"),
    FIELD(BoardRow, missing,     .label = "缺报",     .en = "missing"),
    FIELD(BoardRow, state,       .label = "状态",     .en = "state", .codes = &month_states),
    FIELD(BoardRow, version,     .label = "版次",     .en = "version"),
    FIELD(BoardRow, at,          .label = "时间",     .en = "at"),
    FIELD(BoardRow, below,       .label = "应报组织数", .en = "must report, with all below"),
    FIELD(BoardRow, handed_in,   .label = "已报组织数", .en = "have reported, with all below"),
    FIELD(BoardRow, registered,  .label = "本期登记", .en = "registered"),
    FIELD(BoardRow, accepted,    .label = "本期受理", .en = "accepted"),
    FIELD(BoardRow, refused,     .label = "不予受理", .en = "refused"),
    FIELD(BoardRow, closed,      .label = "结案合计", .en = "closed"),
    FIELD(BoardRow, solved,      .label = "调解成功", .en = "solved"),
    FIELD(BoardRow, carried_out, .label = "期末未结", .en = "open at the end"),
    FIELD(BoardRow, overdue,     .label = "超期数",   .en = "overdue"),
    FIELD(BoardRow, open,        .label = "未结",     .en = "open", .rule = HIDDEN),
    FIELD(BoardRow, late,        .label = "超期未结", .en = "late", .rule = HIDDEN),
    FIELD(BoardRow, month,       .label = "月份",     .en = "month", .rule = HIDDEN),
    FIELD(BoardRow, limit,       .label = "条数",     .en = "rows", .rule = HIDDEN),
    FIELD(BoardRow, lines,       .label = "计数",     .en = "lines", .rule = HIDDEN),
    FIELD(BoardRow, path_end,    .label = "路径末",   .en = "end", .rule = HIDDEN),
    FIELD(BoardRow, after,       .label = "接续",     .en = "after", .rule = HIDDEN),
    FIELD(BoardRow, since,       .label = "期初",     .en = "since", .rule = HIDDEN),
    FIELD(BoardRow, until,       .label = "期末",     .en = "until", .rule = HIDDEN),
};
static const Form board_form = FORM(BoardRow, board_fields);

#define BOARD(kind) \
    "SELECT o.id AS org_id, o.parent_id, o.path, o.name, o.kind, o.region, o.level," \
    " CAST(CASE WHEN" MONTH_MUST " THEN 1 ELSE 0 END AS BIGINT) AS reports," \
    " COALESCE(r.state, 'draft') AS state, COALESCE(r.version, 0) AS version, COALESCE(r.at, 0) AS at," \
    " COALESCE(s.lines, '') AS lines," \
    " CAST(COALESCE((SELECT sum(t.open) FROM month_sum t WHERE t.kind = " kind " AND t.path = o.path" \
    " AND t.month <= :month), 0) AS BIGINT) AS open," \
    " CAST(COALESCE((SELECT sum(t.late) FROM month_sum t WHERE t.kind = " kind " AND t.path = o.path" \
    " AND t.month <= :month), 0) AS BIGINT) AS late," \
    " (SELECT count(*) FROM org b JOIN org o ON o.id = b.id WHERE b.path >= x.path AND b.path < x.path || '~'" \
    " AND" MONTH_MUST ") AS below," \
    " (SELECT count(*) FROM month_report q WHERE q.month = :month AND q.path >= o.path AND q.path < o.path || '~'" \
    " AND q.state NOT IN ('draft', 'returned')) AS handed_in" \
    " FROM org o JOIN org x ON x.id = o.id LEFT JOIN month_report r ON r.org_id = o.id AND r.month = :month" \
    " LEFT JOIN month_sum s ON s.kind = " kind " AND s.path = o.path AND s.month = :month"
static const Query q_board = {
    .name = "month.board", .in = &board_form, .out = &board_form,
    .sql = BOARD("1") " WHERE o.path >= :path AND o.path < :path_end AND o.path > :after"
           " AND (" MONTH_MUST " OR s.path IS NOT NULL OR r.id IS NOT NULL) ORDER BY o.path LIMIT :limit",
};
static const Query q_children = {
    .name = "month.children", .in = &board_form, .out = &board_form,
    .sql = BOARD("0") " WHERE o.parent_id = :parent_id AND o.path > :after ORDER BY o.path LIMIT :limit",
};

static void complete(BoardRow *row)
{
    Lines l = { 0 };
    lines_read(&l, row->lines);
    row->missing = row->reports && month_word(row->state, "draft returned");
    row->registered = l.n[LINE_REGISTERED];
    row->accepted = l.n[LINE_ACCEPTED];
    row->refused = l.n[LINE_REFUSED];
    row->closed = l.n[LINE_CLOSED];
    row->solved = l.n[LINE_AGREED] + l.n[LINE_SETTLED] + l.n[LINE_AT_ONCE];
    row->carried_out = row->open;
    row->overdue = l.n[LINE_LATE_CLOSED] + row->late;
}

/* Each organisation alone; with scope=tree those right below, each with all below it. */
static void board(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    BoardRow row = { .parent_id = org.id, .path = org.path, .path_end = path_end(c->mem, org.path),
                     .after = ask.after, .month = r.month, .limit = BOARD_PAGE };
    report_days(c, &org, r.month, &row.since, &row.until);
    Rows rows = db_list(c, r.tree ? &q_children : &q_board, &row);
    for (size_t i = 0; i < rows.n; i++) complete((BoardRow *)rows.at + i);
    const BoardRow *last = rows.n == BOARD_PAGE ? (const BoardRow *)rows.at + rows.n - 1 : NULL;
    reply_rows(c, &board_form, rows, last ? last->path : (Str){ 0 });
}

/* ---- the cases of a number ----------------------------------------------------------------------- */

typedef struct CaseFind {
    Str     path, path_end;
    int64_t from, to, limit;
    Str     like;             /* of the line, in case_month.lines */
    Str     more[SIGNS], less[SIGNS]; /* what adds to a stock, and takes from it */
    Id      before, id;
    Str     lines;
    Time    since;
    int64_t month;            /* from which a page goes on, */
    Str     at;               /* at which organisation, */
    Id      below;            /* below which case */
} CaseFind;
#define SIGN(m, i) { .name = #m #i, .kind = KIND_TEXT, .at = offsetof(CaseFind, m) + (i) * sizeof(Str) }
static const Field find_fields[] = {
    FIELD(CaseFind, path), FIELD(CaseFind, path_end), FIELD(CaseFind, from), FIELD(CaseFind, to),
    FIELD(CaseFind, limit),
    FIELD(CaseFind, like), FIELD(CaseFind, before), FIELD(CaseFind, id), FIELD(CaseFind, lines),
    FIELD(CaseFind, since), FIELD(CaseFind, month), FIELD(CaseFind, at), SIGN(more, 0),
    SIGN(more, 1), SIGN(less, 0), SIGN(less, 1), SIGN(less, 2),
    SIGN(less, 3), SIGN(less, 4),
};
static const Form find_form = FORM(CaseFind, find_fields);

/* Newest month first, then by organisation: which of them have the line at all is in their sums, so
** only their rows are read.  A case that has the line in several months stands at the newest. */
static const Query q_flow = {
    .name = "month.cases", .in = &find_form, .out = &find_form,
    .sql = "SELECT m.case_id AS id, m.path FROM month_sum s JOIN case_month m ON m.month = s.month AND m.path = s.path"
           " WHERE s.month = :month AND s.kind = 1 AND s.path >= :at AND s.path < :path_end"
           " AND ' ' || s.lines LIKE :like AND ' ' || m.lines LIKE :like AND (m.path > :at OR m.case_id < :before)"
           " AND (:month = :to OR NOT EXISTS(SELECT 1 FROM case_month x WHERE x.case_id = m.case_id AND x.month > :month"
           " AND x.month <= :to AND x.path >= :path AND x.path < :path_end AND ' ' || x.lines LIKE :like))"
           " ORDER BY s.path, m.case_id DESC LIMIT :limit",
};
static const Query q_having = { /* the months in which the whole has the line */
    .name = "month.having", .in = &find_form, .out = &find_form,
    .sql = "SELECT month FROM month_sum WHERE kind = 0 AND path = :path AND month >= :from AND month <= :to"
           " AND ' ' || lines LIKE :like ORDER BY month DESC LIMIT 120",
};
#define HAS(sign) "CASE WHEN ' ' || x.lines LIKE :" sign " THEN 1 ELSE 0 END"
static const Query q_stock = { /* at one organisation: open now or later, and then by its signs */
    .name = "month.stock_cases", .in = &find_form, .out = &find_form,
    .sql = "SELECT w.id, :at AS path FROM (SELECT id FROM case_scope WHERE scope = :at AND state IN ('S03', 'S04', 'S05',"
           " 'S08', 'S09', 'S10', 'S11', 'S12', 'S13') AND day >= 0 UNION SELECT case_id FROM case_month WHERE month > :to"
           " AND path = :at) AS w WHERE w.id < :before AND (SELECT sum("
           HAS("more0") " + " HAS("more1") " - " HAS("less0") " - " HAS("less1") " - " HAS("less2") " - " HAS("less3")
           " - " HAS("less4") ") FROM case_month x WHERE x.case_id = w.id AND x.month <= :to AND x.path = :at) > 0"
           " ORDER BY w.id DESC LIMIT :limit /*scan*/", /* of what was open at one organisation */
};
static const Query q_stocked = { /* who had anything open, undecided or late then */
    .name = "month.stocked", .in = &find_form, .out = &find_form,
    .sql = "SELECT path FROM month_sum WHERE kind = 1 AND path >= :at AND path < :path_end AND month <= :to"
           " GROUP BY path HAVING SUM(open) > 0 OR SUM(undecided) > 0 OR SUM(late) > 0 ORDER BY path LIMIT :limit",
};
static const Query q_chunk = {
    .name = "month.chunk", .in = &find_form, .out = &find_form,
    .sql = "SELECT case_id AS id, lines FROM case_month WHERE month >= :from AND month <= :to AND path >= :path"
           " AND path < :path_end AND case_id < :before ORDER BY case_id DESC LIMIT :limit",
};
static const Query q_changed = {
    .name = "month.changed", .in = &find_form, .out = &find_form,
    .sql = "SELECT DISTINCT case_id AS id FROM case_month WHERE month >= :from AND month <= :to AND path >= :path"
           " AND path < :path_end AND changed > :since AND case_id < :before ORDER BY case_id DESC LIMIT :limit",
};
static const Query *const queries[] = {
    &q_board, &q_children, &q_flow, &q_having, &q_stock, &q_stocked, &q_chunk, &q_changed, NULL,
};

static Str pattern(Ctx *c, int64_t line)
{
    Out o = { .buf = NEW(c->mem, char, 16), .cap = 16 };
    out_str(&o, S("% "));
    out_int(&o, line);
    out_str(&o, S(":%"));
    return out_view(&o);
}

/* Lines that stand at an end, as the sum of what began and ended before it. */
static const struct Stock { Line line; bool start; Line more[2], less[SIGNS]; } stocks[] = {
    { LINE_CARRIED_IN,    true,  { LINE_ACCEPTED, LINE_MOVED_IN }, { LINE_CLOSED, LINE_MOVED_OUT } },
    { LINE_CARRIED_OUT,   false, { LINE_ACCEPTED, LINE_MOVED_IN }, { LINE_CLOSED, LINE_MOVED_OUT } },
    { LINE_UNDECIDED_IN,  true,  { LINE_REGISTERED, LINE_UNDECIDED_MOVED_IN },
      { LINE_ACCEPTED, LINE_REFUSED, LINE_REFERRED, LINE_WITHDRAWN_BEFORE, LINE_UNDECIDED_MOVED_OUT } },
    { LINE_UNDECIDED_OUT, false, { LINE_REGISTERED, LINE_UNDECIDED_MOVED_IN },
      { LINE_ACCEPTED, LINE_REFUSED, LINE_REFERRED, LINE_WITHDRAWN_BEFORE, LINE_UNDECIDED_MOVED_OUT } },
    { LINE_LATE_OPEN,     false, { LINE_LATE_BEGAN }, { LINE_LATE_ENDED } },
};

static const struct Stock *stock_of(Line line)
{
    for (size_t i = 0; i < COUNT(stocks); i++) {
        if (stocks[i].line == line) return &stocks[i];
    }
    return NULL;
}

enum { STOCKS = 1 }; /* in place of a month: among what stands at an end */

/* One more than a page: then there is another. */
static bool is_full(const CaseFind *f, const Rows *all) { return all->n >= (size_t)f->limit; }

static void take(Ctx *c, Rows *all, size_t *cap, Rows some, int64_t month)
{
    for (size_t i = 0; i < some.n; i++) {
        CaseFind *at = rows_push(c->mem, all, cap, sizeof *at);
        *at = ((const CaseFind *)some.at)[i];
        if (month) at->month = month;
    }
}

/* Month after month, each from its first organisation on but for where the page before ended. */
static Rows flow_cases(Ctx *c, CaseFind *f)
{
    Rows all = { 0 };
    size_t cap = 0;
    CaseFind ask = *f;
    if (f->month) ask.to = f->month;
    Rows months = db_list(c, &q_having, &ask);
    ask.to = f->to;
    for (size_t i = 0; i < months.n && !is_full(f, &all) && ok(c); i++) {
        ask.month = ((const CaseFind *)months.at)[i].month;
        bool goes_on = ask.month == f->month;
        ask.at = goes_on ? f->at : f->path;
        ask.before = goes_on ? f->below : (Id){ INT64_MAX };
        ask.limit = f->limit - (int64_t)all.n;
        take(c, &all, &cap, db_list(c, &q_flow, &ask), ask.month);
    }
    return all;
}

/* Organisation after organisation. */
static Rows stock_cases(Ctx *c, CaseFind *f)
{
    enum { SOME = 60 };
    Rows all = { 0 };
    size_t cap = 0, got = SOME;
    CaseFind ask = *f, orgs = *f;
    orgs.at = f->at.n ? f->at : f->path;
    orgs.limit = SOME;
    while (got == SOME && !is_full(f, &all) && ok(c)) {
        Rows some = db_list(c, &q_stocked, &orgs);
        got = some.n;
        for (size_t i = 0; i < got && !is_full(f, &all); i++) {
            ask.at = ((const CaseFind *)some.at)[i].path;
            ask.before = str_eq(ask.at, f->at) ? f->below : (Id){ INT64_MAX };
            ask.limit = f->limit - (int64_t)all.n;
            take(c, &all, &cap, db_list(c, &q_stock, &ask), STOCKS);
        }
        if (got) orgs.at = alone_end(c, ((const CaseFind *)some.at)[got - 1].path); /* beyond that one */
    }
    return all;
}

static Rows find_cases(Ctx *c, CaseFind *f, Line line)
{
    const struct Stock *stock = stock_of(line);
    f->like = pattern(c, line);
    if (!stock) return flow_cases(c, f);
    for (size_t i = 0; i < SIGNS; i++) {
        f->more[i] = i < 2 && stock->more[i] ? pattern(c, stock->more[i]) : S("-");
        f->less[i] = stock->less[i] ? pattern(c, stock->less[i]) : S("-");
    }
    if (stock->start) f->to = period_plus(f->from, -1);
    return stock_cases(c, f);
}

/* A line by its key, or of a run by its number: report lines first. */
static Line line_asked(Ctx *c, Str word)
{
    int64_t no = 0;
    const ReportLine *row = report_line(&c->law->report, word);
    if (row && row->no < LINE__COUNT) return (Line)row->no;
    if (str_int(word, &no) && no > 0 && no < LINE__COUNT) return (Line)no;
    Line line = line_of(word);
    if (line == LINE_NONE) fault(c, S("line"), FAULT_NOT_CODE);
    return line;
}

static CaseFind find_of(Ctx *c, const MonthAsk *ask, const Report *r, const Org *org)
{
    Out o = { .buf = NEW(c->mem, char, org->path.n + 1), .cap = org->path.n + 1 };
    out_str(&o, org->path);
    out_str(&o, S(" ")); /* no step of a path begins so: this path alone */
    CaseFind f = { .path = org->path, .path_end = r->tree ? path_end(c->mem, org->path) : out_view(&o),
                   .from = r->month, .to = r->to, .limit = PAGE + 1, .before = { INT64_MAX } };
    Str rest = ask->after; /* 202606.0001000200030004.961…: see next_of() */
    if (str_has(rest, S("."))) {
        (void)str_int(str_cut(&rest, '.'), &f.month);
        f.at = str_cut(&rest, '.');
        f.below = id_parse(rest);
        if (f.below.n == 0 || !str_starts(f.at, f.path)) f.month = 0, f.at = (Str){ 0 };
    }
    return f;
}

static Str next_of(Ctx *c, const CaseFind *last)
{
    Out o = { .buf = NEW(c->mem, char, last->path.n + 48), .cap = last->path.n + 48 };
    out_int(&o, last->month);
    out_str(&o, S("."));
    out_str(&o, last->path);
    out_str(&o, S("."));
    out_int(&o, last->id.n);
    return out_view(&o);
}

/* What c's person may open of them: a case may have gone elsewhere since. */
static void reply_cases(Ctx *c, Rows found, size_t page)
{
    size_t n = found.n < page ? found.n : page;
    Id *id = NEW(c->mem, Id, n + 1);
    Str next = { 0 };
    for (size_t i = 0; i < n; i++) id[i] = ((const CaseFind *)found.at)[i].id;
    Rows rows = cases_by_id(c, id, n);
    size_t kept = 0;
    for (size_t i = 0; i < rows.n; i++) {
        Case *k = (Case *)rows.at + i;
        bool mine = str_starts(k->org_path, c->who.org_path) || str_starts(k->owner_path, c->who.org_path);
        if (mine) ((Case *)rows.at)[kept++] = *k;
    }
    rows.n = kept;
    if (found.n > page) next = next_of(c, (const CaseFind *)found.at + n - 1);
    reply_rows(c, &case_form, rows, next);
}

/* What is late: closed late in the months, then late and open at their end. */
static Rows late_cases(Ctx *c, CaseFind *f)
{
    Rows all = { 0 };
    size_t cap = 0;
    CaseFind open = *f;
    if (f->month != STOCKS) take(c, &all, &cap, find_cases(c, f, LINE_LATE_CLOSED), 0);
    if (is_full(f, &all)) return all;
    if (f->month != STOCKS) open.month = 0, open.at = (Str){ 0 };
    open.limit -= (int64_t)all.n;
    take(c, &all, &cap, find_cases(c, &open, LINE_LATE_OPEN), 0);
    return all;
}

static void cases(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    Line line = line_asked(c, ask.line);
    if (!ok(c)) return;
    CaseFind f = find_of(c, &ask, &r, &org);
    reply_cases(c, line == LINE_OVERDUE ? late_cases(c, &f) : find_cases(c, &f, line), PAGE);
}

/* ---- the cases that break a check ------------------------------------------------------------------ */

static const ReportCheck *check_named(const ReportLaw *law, Str code)
{
    for (size_t i = 0; i < law->checks; i++) {
        if (str_eq(law->check[i].code, code)) return &law->check[i];
    }
    return NULL;
}

/* Is it about what happened in the month alone?  Then a single case must keep it, too. */
static bool of_flows(const ReportLaw *law, Str sum)
{
    while (sum.n) {
        Str key = str_cut(&sum, '+');
        const ReportLine *row = report_line(law, key);
        Line line = row ? (Line)row->no : line_of(key);
        if (line == LINE_NONE || stock_of(line)) return false;
    }
    return true;
}

static bool breaks(Ctx *c, const ReportCheck *check, Str lines)
{
    ReportCheck one = *check;
    const ReportLaw only = { .line = c->law->report.line, .lines = c->law->report.lines, .check = &one,
        .checks = 1 };
    Lines l = { 0 }, none = { 0 };
    Balance b[BALANCES_MAX];
    lines_read(&l, lines);
    size_t n = report_balances(&only, &l, &none, b);
    return !balances_good(b, n);
}

static Rows broken(Ctx *c, CaseFind *f, const ReportCheck *check)
{
    Rows all = { 0 };
    size_t cap = 0;
    f->limit = CHUNK;
    while (ok(c) && all.n < BREAKS_MAX) {
        Rows rows = db_list(c, &q_chunk, f);
        const CaseFind *row = rows.at;
        for (size_t i = 0; i < rows.n && all.n < BREAKS_MAX; i++) {
            f->before = row[i].id;
            if (!breaks(c, check, row[i].lines)) continue;
            CaseFind *at = rows_push(c->mem, &all, &cap, sizeof *at);
            *at = row[i];
        }
        if (rows.n < CHUNK) break;
    }
    return all;
}

/* Of a sum over time: what came to be otherwise since the month before was locked. */
static Rows changed_since(Ctx *c, CaseFind *f, const Report *r)
{
    MonthReport m;
    month_find(c, r->org, period_plus(r->month, -1), &m);
    f->since = m.locked_at;
    f->from = period_plus(r->month, -12);
    f->to = period_plus(r->month, -1);
    f->limit = BREAKS_MAX;
    return db_list(c, &q_changed, f);
}

static void list_breaks(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    const ReportLaw *law = &c->law->report;
    const ReportCheck *check = check_named(law, ask.check);
    if (!check) fault(c, S("check"), FAULT_NOT_CODE);
    if (!ok(c) || !check) return;
    r.org = org.id;
    CaseFind f = find_of(c, &ask, &r, &org);
    bool single = of_flows(law, check->left) && of_flows(law, check->right);
    reply_cases(c, single ? broken(c, &f, check) : changed_since(c, &f, &r), BREAKS_MAX);
}

/* ---- what is different since it was locked ----------------------------------------------------------- */

typedef struct Difference {
    int64_t no;
    Str     key, label, en, unit;
    int64_t was, now;
} Difference;
static const Field difference_fields[] = {
    FIELD(Difference, no,    .label = "序号",   .en = "number"),
    FIELD(Difference, key,   .label = "栏目",   .en = "line"),
    FIELD(Difference, label, .label = "名称",   .en = "label"),
    FIELD(Difference, en,    .label = "英文名", .en = "label in English"),
    FIELD(Difference, unit,  .label = "单位",   .en = "unit"),
    FIELD(Difference, was,   .label = "锁定数", .en = "as locked"),
    FIELD(Difference, now,   .label = "现在数", .en = "as it would be now"),
};
static const Form difference_form = FORM(Difference, difference_fields);

static void differences(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m;
    Lines was = { 0 };
    Rows rows = { 0 };
    size_t cap = 0;
    if (!month_asked(c, &ask, &org, &r)) return;
    month_find(c, org.id, r.month, &m);
    if (m.locked == 0) fail(c, ERR_WRONG_STATE, m.state);
    report_read(c, &org, &r);
    lines_read(&was, m.lines);
    const ReportLaw *law = &c->law->report;
    for (size_t i = 0; i < law->lines && ok(c); i++) {
        const ReportLine *line = &law->line[i];
        if (was.n[line->no] == r.lines.n[line->no]) continue;
        Difference *d = rows_push(c->mem, &rows, &cap, sizeof *d);
        *d = (Difference){ line->no, line->key, line->label.zh, line->label.en, line->unit, was.n[line->no],
                           r.lines.n[line->no] };
    }
    reply_rows(c, &difference_form, rows, (Str){ 0 });
}

static void changed_cases(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m;
    if (!month_asked(c, &ask, &org, &r)) return;
    month_find(c, org.id, r.month, &m);
    if (m.locked == 0) fail(c, ERR_WRONG_STATE, m.state);
    CaseFind f = find_of(c, &ask, &r, &org);
    f.since = m.locked_at;
    f.limit = BREAKS_MAX;
    Rows rows = db_list(c, &q_changed, &f);
    reply_cases(c, rows, BREAKS_MAX);
}

/* ---- what the lines are ---------------------------------------------------------------------------- */

typedef struct LineRow {
    int64_t no;
    Str     place, key, label, en, unit, definition;
    bool    opens; /* its cases can be listed */
} LineRow;
static const Field line_fields[] = {
    FIELD(LineRow, no,         .label = "序号",   .en = "number"),
    FIELD(LineRow, place,      .label = "栏次",   .en = "column"),
    FIELD(LineRow, key,        .label = "代码",   .en = "key"),
    FIELD(LineRow, label,      .label = "名称",   .en = "label"),
    FIELD(LineRow, en,         .label = "英文名", .en = "label in English"),
    FIELD(LineRow, unit,       .label = "单位",   .en = "unit"),
    FIELD(LineRow, definition, .label = "口径",   .en = "definition"),
    FIELD(LineRow, opens,      .label = "可查案件", .en = "opens its cases"),
};
static const Form line_form = FORM(LineRow, line_fields);

static void list_lines(Ctx *c)
{
    const ReportLaw *law = &c->law->report;
    LineRow *row = NEW(c->mem, LineRow, law->lines);
    for (size_t i = 0; i < law->lines; i++) {
        const ReportLine *line = &law->line[i];
        Out o = { .buf = NEW(c->mem, char, 16), .cap = 16 };
        out_str(&o, line->column);
        out_str(&o, line->sub);
        row[i] = (LineRow){ line->no, out_view(&o), line->key, line->label.zh, line->label.en, line->unit,
                            line->definition, line->no <= LINE_CARRIED_OUT };
    }
    reply_rows(c, &line_form, (Rows){ row, law->lines }, (Str){ 0 });
}

/* Whoever sees single cases by his office. */
enum { OPENS = HEAD | HR | ORG_MANAGER };

static const Route routes[] = {
    { "GET", "/api/v1/report-lines", MONTH_READ | MEDIATORS, list_lines, "月报栏目", "the lines of the monthly report",
      .out = &line_form, .list = true },
    { "GET", "/api/v1/months/:month/board", MONTH_READ, board, "月报报送情况", "who has reported, and what",
      .query = &month_ask_form, .out = &board_form, .list = true },
    { "GET", "/api/v1/months/:month/cases", OPENS, cases, "月报数字的案件", "the cases of a number",
      .query = &month_ask_form, .out = &case_form, .list = true },
    { "GET", "/api/v1/months/:month/breaks", OPENS, list_breaks, "校验不平的案件", "the cases that break a check",
      .query = &month_ask_form, .out = &case_form, .list = true },
    { "GET", "/api/v1/months/:month/differences", MONTH_READ, differences, "锁定后的差异",
      "what is different since it was locked", .query = &month_ask_form, .out = &difference_form, .list = true },
    { "GET", "/api/v1/months/:month/changed", OPENS, changed_cases, "锁定后变动的案件",
      "the cases that changed since it was locked", .query = &month_ask_form, .out = &case_form, .list = true },
};

const Slice month_list_slice = {
    .name = "month_list", .query = queries, .route = routes, .routes = COUNT(routes),
};
