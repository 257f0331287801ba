#include "oversight/month/report.h"

#include "oversight/month/recorded.h"
#include "register/mediators/mediator_posts.h"
#include "register/organisations/org_dated.h"

/* ---- rows -------------------------------------------------------------------------------------- */

typedef struct Crew {
    Str     path, path_end;
    Date    day;
    Time    morrow;
    int64_t full, part;
} Crew;
static const Field crew_fields[] = {
    FIELD(Crew, path,     .label = "组织", .en = "organisation"),
    FIELD(Crew, path_end, .label = "组织止", .en = "end", .rule = HIDDEN),
    FIELD(Crew, day,      .label = "日期", .en = "day", .rule = HIDDEN),
    FIELD(Crew, morrow,   .label = "次日",   .en = "morrow", .rule = HIDDEN),
    FIELD(Crew, full,     .label = "专职", .en = "full-time"),
    FIELD(Crew, part,     .label = "兼职", .en = "part-time"),
};
static const Form crew_form = FORM(Crew, crew_fields);

const Query q_report_flows = {
    .name = "month.flows", .in = &sum_form, .out = &sum_form,
    .sql = "SELECT lines FROM month_sum WHERE kind = :kind AND path = :path AND month >= :from AND month <= :to",
};
const Query q_report_stock = {
    .name = "month.stock", .in = &sum_form, .out = &sum_form,
    .sql = "SELECT CAST(COALESCE(sum(open), 0) AS BIGINT) AS open,"
           " CAST(COALESCE(sum(undecided), 0) AS BIGINT) AS undecided,"
           " CAST(COALESCE(sum(late), 0) AS BIGINT) AS late FROM month_sum"
           " WHERE kind = :kind AND path = :path AND month < :to",
};
const Query q_report_mediators = {
    .name = "month.mediators", .in = &crew_form, .out = &crew_form,
    .sql = "SELECT CAST(COALESCE(sum(CASE WHEN p.work = 'FT' THEN 1 ELSE 0 END), 0) AS BIGINT) AS full,"
           " CAST(COALESCE(sum(CASE WHEN p.work = 'FT' THEN 0 ELSE 1 END), 0) AS BIGINT) AS part"
           " FROM mediator_post p WHERE p.org_path >= :path AND p.org_path < :path_end"
           " AND" MEDIATOR_POST_HELD("p", "< :morrow") " AND" MEDIATOR_SERVED("p", ":day"),
};

static const Field recorded_fields[] = {
    FIELD(Recorded, path,     .label = "组织", .en = "organisation"),
    FIELD(Recorded, path_end, .label = "组织止", .en = "end", .rule = HIDDEN),
    FIELD(Recorded, since,    .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(Recorded, until,    .label = "至", .en = "until", .rule = HIDDEN),
    FIELD(Recorded, from,     .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(Recorded, to,       .label = "至", .en = "until", .rule = HIDDEN),
    FIELD(Recorded, sent,     .label = "发出建议书", .en = "letters sent"),
    FIELD(Recorded, answered, .label = "收到回复", .en = "letters answered"),
    FIELD(Recorded, events,   .label = "宣传场次", .en = "publicity events"),
    FIELD(Recorded, people,   .label = "宣传人次", .en = "people reached"),
    FIELD(Recorded, copies,   .label = "宣传份数", .en = "copies"),
    FIELD(Recorded, trained,  .label = "培训人次", .en = "trained"),
    FIELD(Recorded, found,    .label = "风险新增", .en = "risks found"),
    FIELD(Recorded, resolved, .label = "风险化解", .en = "risks resolved"),
    FIELD(Recorded, opened,   .label = "风险转为案件", .en = "risks that became a case"),
    FIELD(Recorded, escalated, .label = "风险升级", .en = "risks escalated"),
};
static const Form recorded_form = FORM(Recorded, recorded_fields);

#define WITHIN(path) path " >= :path AND " path " < :path_end"
#define LETTERS(day, sent, answered) \
    "SELECT org_path AS path, " sent " AS sent, " answered " AS answered, 0 AS events, 0 AS people, 0 AS copies," \
    " 0 AS trained, 0 AS found, 0 AS resolved, 0 AS opened, 0 AS escalated FROM letter WHERE " WITHIN("org_path") \
    " AND kind <> 'COMMIT' AND " day " >= :since AND " day " < :until"
#define RISKS(day, found, test) \
    "SELECT org_path, 0, 0, 0, 0, 0, 0, " found ", " test("RESOLVED") ", " test("CASE_OPENED") ", " test("ESCALATED") \
    " FROM risk WHERE " WITHIN("org_path") " AND state NOT IN ('PROPOSED', 'DISMISSED') AND " day " >= :since" \
    " AND " day " < :until"
#define NOT_COUNTED(outcome_) "0"
#define CAME_TO(outcome_) "CASE WHEN outcome = '" outcome_ "' THEN 1 ELSE 0 END"
#define SUM(what) "CAST(SUM(" what ") AS BIGINT) AS " what
const Query q_report_recorded = {
    .name = "month.recorded", .in = &recorded_form, .out = &recorded_form,
    .sql = "SELECT path, " SUM("sent") ", " SUM("answered") ", " SUM("events") ", " SUM("people") ", " SUM("copies")
           ", " SUM("trained") ", " SUM("found") ", " SUM("resolved") ", " SUM("opened") ", " SUM("escalated")
           " FROM (" LETTERS("sent_on", "1", "0") " UNION ALL " LETTERS("replied_on", "0", "1")
           " UNION ALL SELECT org_path, 0, 0, 1, people, copies, 0, 0, 0, 0, 0 FROM activity WHERE " WITHIN("org_path")
           " AND day >= :since AND day < :until UNION ALL SELECT m.org_path, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 FROM course k"
           " JOIN course_person p ON p.course_id = k.id AND p.attended > 0 JOIN mediator_post m"
           " ON m.mediator_id = p.mediator_id AND" MEDIATOR_POST_HELD("m", "<= k.starts")
           " WHERE k.starts >= :from AND k.starts < :to AND " WITHIN("m.org_path") " UNION ALL "
           RISKS("found_on", "1", NOT_COUNTED) " UNION ALL " RISKS("outcome_on", "0", CAME_TO) ") AS w"
           " GROUP BY path ORDER BY path LIMIT 20000 /*scan*/", /* of what was found by its indexes */
};

/* ---- lines ------------------------------------------------------------------------------------- */

void lines_close(Lines *l, const Sum *at_start, const Sum *at_end)
{
    int64_t *n = l->n;
    n[LINE_CARRIED_IN] = at_start->open;
    n[LINE_CARRIED_OUT] = at_end->open;
    n[LINE_UNDECIDED_IN] = at_start->undecided;
    n[LINE_UNDECIDED_OUT] = at_end->undecided;
    n[LINE_LATE_OPEN] = at_end->late;
    n[LINE_OVERDUE] = n[LINE_LATE_CLOSED] + at_end->late;
    n[LINE_DAYS_SUM] = n[LINE_MEAN_DAYS];
    n[LINE_MARKS_SUM] = n[LINE_SATISFACTION];
    n[LINE_MEAN_DAYS] = n[LINE_CLOSED] ? (n[LINE_MEAN_DAYS] * 10 + n[LINE_CLOSED] / 2) / n[LINE_CLOSED] : 0;
    n[LINE_SATISFACTION] = n[LINE_MARKS]
        ? (n[LINE_SATISFACTION] * 100 + n[LINE_MARKS] / 2) / n[LINE_MARKS] : 0;
}

/* Reports that were locked before the sums were kept have the means alone: as near as these tell. */
void lines_open(Lines *l)
{
    int64_t *n = l->n;
    int64_t days = n[LINE_MEAN_DAYS] * n[LINE_CLOSED], marks = n[LINE_SATISFACTION] * n[LINE_MARKS];
    n[LINE_MEAN_DAYS] = n[LINE_DAYS_SUM] ? n[LINE_DAYS_SUM] : (days + 5) / 10;
    n[LINE_SATISFACTION] = n[LINE_MARKS_SUM] ? n[LINE_MARKS_SUM] : (marks + 50) / 100;
    n[LINE_DAYS_SUM] = n[LINE_MARKS_SUM] = 0;
}

static Sum stock(Ctx *c, int64_t kind, Str path, int64_t before)
{
    Sum sum = { .kind = kind, .path = path, .to = before };
    (void)db_find(c, &q_report_stock, &sum, &sum);
    return sum;
}

void report_lines(Ctx *c, const Sum *of, Lines *l)
{
    Rows rows = db_list(c, &q_report_flows, of);
    for (size_t i = 0; i < rows.n; i++) lines_read(l, ((const Sum *)rows.at)[i].lines);
    Sum at_start = stock(c, of->kind, of->path, of->from);
    Sum at_end = stock(c, of->kind, of->path, period_plus(of->to, 1));
    lines_close(l, &at_start, &at_end);
}

Rows report_recorded(Ctx *c, const Recorded *ask)
{
    Recorded of = *ask;
    of.from = time_at(of.since, 0, 0);
    of.to = time_at(of.until, 0, 0);
    return db_list(c, &q_report_recorded, &of);
}

void lines_recorded(Lines *l, const Recorded *r)
{
    l->n[LINE_LETTERS_SENT] += r->sent;
    l->n[LINE_LETTERS_ANSWERED] += r->answered;
    l->n[LINE_PUBLICITY_EVENTS] += r->events;
    l->n[LINE_PUBLICITY_PEOPLE] += r->people;
    l->n[LINE_PUBLICITY_COPIES] += r->copies;
    l->n[LINE_TRAINED] += r->trained;
    l->n[LINE_RISKS_NEW] += r->found;
    l->n[LINE_RISKS_RESOLVED] += r->resolved;
    l->n[LINE_RISKS_OPENED] += r->opened;
    l->n[LINE_RISKS_ESCALATED] += r->escalated;
}

void report_records(Ctx *c, const Sum *of, const Seats *seats, Lines *l)
{
    Date morrow;
    Recorded ask = { .path = of->path, .path_end = of->path_end };
    period_days_at(&c->law->params, seats, of->from, &ask.since, &morrow);
    period_days_at(&c->law->params, seats, of->to, &morrow, &ask.until);
    Rows rows = report_recorded(c, &ask);
    for (size_t i = 0; i < rows.n; i++) lines_recorded(l, (const Recorded *)rows.at + i);
}

/* No step begins with a blank. */
Str alone_end(Ctx *c, Str path)
{
    Out o = { .buf = NEW(c->mem, char, path.n + 1), .cap = path.n + 1 };
    out_str(&o, path);
    out_str(&o, S(" "));
    return out_view(&o);
}

void report_days(Ctx *c, const Org *org, int64_t month, Date *since, Date *until)
{
    Seats seats = org_seats(c, org);
    period_days_at(&c->law->params, &seats, month, since, until);
}

void report_read(Ctx *c, const Org *org, Report *r)
{
    Seats seats = org_seats(c, org);
    r->org = org->id;
    r->name = org->name;
    r->path = org->path;
    r->kind = org->kind;
    r->region = org->region;
    r->level = org->level;
    Date morrow;
    period_days_at(&c->law->params, &seats, r->month, &r->since, &morrow);
    period_days_at(&c->law->params, &seats, r->to, &morrow, &r->until);
    Sum of = { .kind = r->tree ? SUM_TREE : SUM_OWN, .path = r->path, .from = r->month, .to = r->to };
    report_lines(c, &of, &r->lines);
    Crew crew = { .path = r->path, .path_end = path_end(c->mem, r->path), .day = date_plus(r->until, -1) };
    if (!r->tree) crew.path_end = alone_end(c, r->path);
    if (crew.day.day > c->today.day) crew.day = c->today;
    crew.morrow = time_at(date_plus(crew.day, 1), 0, 0);
    Crew all = crew;
    if (db_find(c, &q_report_mediators, &crew, &all)) {
        r->lines.n[LINE_MEDIATORS_FULL] = all.full;
        r->lines.n[LINE_MEDIATORS_PART] = all.part;
    }
    of.path_end = crew.path_end;
    report_records(c, &of, &seats, &r->lines);
}

/* ---- rates ---------------------------------------------------------------------------------------- */

static int64_t solved(const Lines *l)
{
    return l->n[LINE_AGREED] + l->n[LINE_SETTLED] + l->n[LINE_AT_ONCE];
}

size_t report_rates(const Lines *l, Rate rate[RATES_MAX])
{
    const int64_t *n = l->n;
    const Rate rows[] = {
        { "success", "调解成功率", "success", solved(l), n[LINE_CLOSED], LINE_NONE },
        { "success_without_withdrawn", "调解成功率（不含撤回）", "success, withdrawn left out", solved(l),
          n[LINE_CLOSED] - n[LINE_WITHDRAWN], LINE_NONE },
        { "on_time", "按期办结率", "closed on time", n[LINE_ON_TIME], n[LINE_CLOSED] - n[LINE_WITHDRAWN],
          LINE_ON_TIME },
        { "performance", "协议履行率（件）", "performance, by number", n[LINE_PERFORMED], n[LINE_DUE],
          LINE_PERFORMED },
        { "performance_fen", "协议履行率（金额）", "performance, by amount", n[LINE_PERFORMED_FEN],
          n[LINE_DUE_FEN], LINE_PERFORMED },
        { "confirmation", "审查确认申请率", "review or confirmation applied for", n[LINE_APPLIED],
          n[LINE_ELIGIBLE], LINE_APPLIED },
        { "review_passed", "仲裁审查通过率", "reviews passed", n[LINE_REVIEW_PASSED], n[LINE_REVIEW_DECIDED],
          LINE_REVIEW_PASSED },
        { "confirmation_passed", "司法确认通过率", "confirmations passed", n[LINE_CONFIRM_PASSED],
          n[LINE_CONFIRM_DECIDED], LINE_CONFIRM_PASSED },
        { "visited", "回访率", "followed up", n[LINE_VISITS_MADE], n[LINE_VISITS_DUE], LINE_VISITS_MADE },
        { "refused", "不予受理率", "not accepted", n[LINE_REFUSED],
          n[LINE_ACCEPTED] + n[LINE_REFUSED] + n[LINE_REFERRED] + n[LINE_WITHDRAWN_BEFORE], LINE_REFUSED },
        { "mediated", "调解化解占比", "solved, of what was solved or failed", solved(l),
          solved(l) + n[LINE_FAILED], LINE_NONE },
        { "late", "超期率", "closed late", n[LINE_LATE_CLOSED], n[LINE_CLOSED], LINE_LATE_CLOSED },
        { "returned", "回流率（同一双方六个月内再次受理）", "came back within six months", n[LINE_RETURNED],
          n[LINE_ACCEPTED], LINE_RETURNED },
        { "risks_resolved", "预警化解率（化解、转为案件、升级的风险中化解的）",
          "risks resolved without a case, of those that ended", n[LINE_RISKS_RESOLVED],
          n[LINE_RISKS_RESOLVED] + n[LINE_RISKS_OPENED] + n[LINE_RISKS_ESCALATED], LINE_NONE },
        { "mediation_share", "协商调解占比（调解成功÷调解成功与仲裁立案之和）",
          "solved by mediation, of that and arbitration filings", solved(l), solved(l) + n[LINE_ARBITRATION],
          LINE_NONE },
    };
    _Static_assert(COUNT(rows) <= RATES_MAX, "they all fit");
    for (size_t i = 0; i < COUNT(rows); i++) rate[i] = rows[i];
    return COUNT(rows) - (n[LINE_ARBITRATION] == 0); /* the last says nothing if no filings are known */
}

/* ---- checks --------------------------------------------------------------------------------------- */

static int64_t term(const ReportLaw *law, const Lines *l, const Lines *before, Str key)
{
    Str name = str_cut(&key, '@');
    const Lines *of = key.n ? before : l;
    const ReportLine *line = report_line(law, name);
    return of->n[line ? (Line)line->no : line_of(name)];
}

static int64_t sum_of(const ReportLaw *law, const Lines *l, const Lines *before, Str sum)
{
    int64_t n = 0;
    while (sum.n) n += term(law, l, before, str_cut(&sum, '+'));
    return n;
}

size_t report_balances(const ReportLaw *law, const Lines *l, const Lines *before, Balance b[BALANCES_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < law->checks && n < BALANCES_MAX; i++) {
        const ReportCheck *check = &law->check[i];
        b[n] = (Balance){ .check = check, .left = sum_of(law, l, before, check->left) };
        b[n++].right = sum_of(law, l, before, check->right);
    }
    return n;
}

bool balances_good(const Balance *b, size_t n)
{
    bool good = true;
    for (size_t i = 0; i < n; i++) good = good && b[i].left == b[i].right;
    return good;
}
