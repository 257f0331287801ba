/*
** What proposes itself: each morning the record is held against the patterns of
** data/risk_patterns.csv, and an employer that meets one is proposed to the office of
** its last case.  Beside it the periodic screening (排查): what was looked at, what was
** found, when the next one is due.
*/
#include "case/task.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/law.h"
#include "prevention/risks/risks.h"
#include "register/organisations/organisations.h"

enum { GROUPS_MAX = 50000, SOME = 200, CLUE = 400 };

/* What an employer has in a time; by cause where that matters. */
typedef struct Tally {
    Id      employer_id, last; /* last: its newest case */
    Str     cause;
    int64_t n, people;
    Date    since, today;
} Tally;
static const Field tally_fields[] = {
    FIELD(Tally, employer_id), FIELD(Tally, last), FIELD(Tally, cause), FIELD(Tally, n), FIELD(Tally, people),
    FIELD(Tally, since), FIELD(Tally, today),
};
static const Form tally_form = FORM(Tally, tally_fields);

typedef struct Origin {
    Id  id, owner;
    Str owner_path, region, industry, no;
} Origin;
static const Field origin_fields[] = {
    FIELD(Origin, id), FIELD(Origin, owner), FIELD(Origin, owner_path), FIELD(Origin, region),
    FIELD(Origin, industry), FIELD(Origin, no),
};
static const Form origin_form = FORM(Origin, origin_fields);

typedef struct Screening {
    Id      id, org;
    Str     org_path, theme, way, content;
    Date    day, next_on;
    int64_t employers, found;
    Id      made_by;
    Time    made_at;
    Str     path, path_end;
} Screening;
static const Field screening_fields[] = {
    FIELD(Screening, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Screening, org,      .label = "排查单位", .en = "office", .rule = SERVER_SET),
    FIELD(Screening, day,      .label = "排查日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Screening, theme,    .label = "排查主题", .en = "theme", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Screening, way,      .label = "排查方式", .en = "how", .max = 100),
    FIELD(Screening, employers, .label = "排查单位数", .en = "employers looked at", .max = 1000000),
    FIELD(Screening, content,  .label = "排查情况", .en = "what was seen", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(Screening, next_on,  .label = "下次排查日期", .en = "the next is due",
          .help = "不填时按默认周期", .help_en = "empty: after the usual interval"),
    FIELD(Screening, found,    .label = "发现风险数", .en = "risks found", .rule = SERVER_SET),
    FIELD(Screening, made_by,  .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(Screening, made_at,  .label = "登记时间", .en = "at", .rule = SERVER_SET),
    FIELD(Screening, org_path, .label = "机构路径", .en = "path", .rule = HIDDEN),
    FIELD(Screening, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Screening, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form screening_form = { "RiskScreening", sizeof(Screening), screening_fields, COUNT(screening_fields) };

typedef struct Proposed { int64_t proposed; } Proposed;
static const Field proposed_fields[] = { FIELD(Proposed, proposed, .label = "提示的风险", .en = "risks proposed") };
static const Form proposed_form = { "RiskProposals", sizeof(Proposed), proposed_fields, COUNT(proposed_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE risk_screening("         /* append-only */
      "  id INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL, day TEXT NOT NULL,"
      "  theme TEXT NOT NULL, way TEXT NOT NULL, employers INTEGER NOT NULL, content TEXT NOT NULL, next_on TEXT NOT NULL,"
      "  made_by INTEGER NOT NULL, made_at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX risk_screening_by_org ON risk_screening(org, id);"
      "CREATE INDEX risk_screening_by_path ON risk_screening(org_path, id);"
      "CREATE INDEX risk_by_screening ON risk(screening_id, id) WHERE screening_id > 0;"
      "CREATE UNIQUE INDEX risk_proposed ON risk(employer_id) WHERE state = 'PROPOSED';" },
};
static const char *const keeps[] = { "risk_screening", NULL };

#define NEWEST "MAX(k.id) AS last"
static const Query q_cases = {
    .name = "risk_watch.cases", .in = &tally_form, .out = &tally_form,
    .sql = "SELECT k.employer_id, k.cause, COUNT(*) AS n, CAST(SUM(k.workers) AS BIGINT) AS people, " NEWEST " FROM cases k"
           " WHERE k.employer_id > 0 AND k.filed >= :since AND k.filed <= :today AND k.no <> ''"
           " GROUP BY k.employer_id, k.cause ORDER BY k.employer_id, k.cause LIMIT 50000 /*scan*/", /* once a day, of one season */
};
static const Query q_overdue = {
    .name = "risk_watch.overdue", .in = &tally_form, .out = &tally_form,
    .sql = "SELECT k.employer_id, '' AS cause, COUNT(*) AS n, CAST(COUNT(DISTINCT k.id) AS BIGINT) AS people, " NEWEST
           " FROM owing w JOIN cases k ON k.id = w.case_id WHERE w.open = 1 AND w.due >= :since AND w.due < :today"
           " AND k.employer_id > 0 GROUP BY k.employer_id ORDER BY k.employer_id LIMIT 50000 /*scan*/",
};
static const Query q_visits = {
    .name = "risk_watch.visits", .in = &tally_form, .out = &tally_form,
    .sql = "SELECT k.employer_id, '' AS cause, COUNT(*) AS n, CAST(COUNT(DISTINCT k.id) AS BIGINT) AS people, " NEWEST
           " FROM visit v JOIN cases k ON k.id = v.case_id WHERE v.new_risk = 1 AND v.day >= :since AND v.day <= :today"
           " AND k.employer_id > 0 GROUP BY k.employer_id ORDER BY k.employer_id LIMIT 50000 /*scan*/",
};
static const Query q_origin = {
    .name = "risk_watch.origin", .in = &origin_form, .out = &origin_form,
    .sql = "SELECT id, owner, owner_path, region, industry, no FROM cases WHERE id = :id",
};
static const Query q_of_employer = {
    .name = "risk_watch.of_employer", .in = &risk_form, .out = &risk_form,
    .sql = "SELECT id, state, pattern, counted, found_on FROM risk WHERE employer_id = :employer_id ORDER BY id DESC LIMIT 50",
};
static const Query q_screen = {
    .name = "risk_screening.add", .in = &screening_form,
    .sql = "INSERT INTO risk_screening(id, org, org_path, day, theme, way, employers, content, next_on, made_by, made_at)"
           " VALUES(:id, :org, :org_path, :day, :theme, :way, :employers, :content, :next_on, :made_by, :made_at)",
};
static const Query q_screenings = {
    .name = "risk_screening.list", .in = &screening_form, .out = &screening_form,
    .sql = "SELECT s.id, s.org, s.org_path, s.day, s.theme, s.way, s.employers, s.content, s.next_on, s.made_by, s.made_at,"
           " (SELECT COUNT(*) FROM risk r WHERE r.screening_id = s.id AND r.screening_id > 0 AND r.state <> 'DISMISSED') AS found"
           " FROM risk_screening s WHERE ((s.org_path >= :path AND s.org_path < :path_end) OR s.org = :org) /*scan*/"
           " ORDER BY s.id DESC LIMIT 100", /* some dozens a year */
};
static const Query q_screening = {
    .name = "risk_screening.get", .in = &screening_form, .out = &screening_form,
    .sql = "SELECT id, org FROM risk_screening WHERE id = :id",
};
static const Query q_due = {
    .name = "risk_screening.due", .in = &screening_form, .out = &screening_form,
    .sql = "SELECT s.org, s.org_path, s.theme FROM risk_screening s WHERE s.next_on <= :day"
           " AND NOT EXISTS(SELECT 1 FROM risk_screening n WHERE n.org = s.org AND n.id > s.id)"
           " AND NOT EXISTS(SELECT 1 FROM task t WHERE t.case_id = s.org AND t.kind = 'risk_screen' AND t.state = 'open')"
           " ORDER BY s.id LIMIT 200 /*scan*/",
};
static const Query *const queries[] = {
    &q_cases, &q_overdue, &q_visits, &q_origin, &q_of_employer, &q_screen, &q_screenings, &q_screening,
    &q_due, NULL,
};

/* ---- proposals -------------------------------------------------------------------------------- */

/* It stands on the ledger, or was looked at when it was no less. */
static bool known(Ctx *c, const RiskPattern *p, const Tally *t)
{
    Rows rows = db_list(c, &q_of_employer, &(Risk){ .employer_id = t->employer_id });
    for (size_t i = 0; i < rows.n; i++) {
        const Risk *r = (const Risk *)rows.at + i;
        if (risk_is_open(r->state) || has_word(S("PROPOSED ESCALATED CASE_OPENED"), r->state)) return true;
        bool seen = str_eq(r->pattern, p->code) && r->found_on.day >= t->since.day;
        if (seen && r->counted >= t->n) return true;
    }
    return false;
}

static Str clue(Ctx *c, const RiskPattern *p, const Tally *t, Str no)
{
    Out o = { .buf = NEW(c->mem, char, CLUE), .cap = CLUE };
    out_str(&o, p->label.zh);
    out_str(&o, S("（计"));
    out_int(&o, t->n);
    out_str(&o, S("，最近一件："));
    out_str(&o, no);
    out_str(&o, S("）"));
    return out_view(&o);
}

static bool propose(Ctx *c, const RiskPattern *p, const Tally *t)
{
    Origin from = { .id = t->last };
    if (!ok(c) || known(c, p, t) || !db_find(c, &q_origin, &from, &from)) return false;
    Risk r = { .org = from.owner, .org_path = from.owner_path, .employer_id = t->employer_id,
               .region = from.region, .industry = from.industry, .source = S("WARNING"), .kinds = p->kind,
               .pattern = p->code,
               .content = p->label.zh, .clue = clue(c, p, t, from.no), .counted = t->n, .workers = t->people,
               .found_on = c->today, .state = S("PROPOSED") };
    Look look = { .params = &c->law->params, .region = r.region, .day = c->today };
    risk_employer(c, &r);
    risk_add(c, &r);
    risk_task(c, &r, S("risk_confirm"), task_due(c, param(&look, "RISK_RATE_WD")));
    return ok(c);
}

static bool counts(Ctx *c, const RiskPattern *p, const Tally *t)
{
    Str unknown = { 0 };
    bool pay = str_starts(p->measure, S("pay_"));
    return !pay || causes_groups(&c->law->causes, t->cause, c->today, &unknown) & G_PAY;
}

static void add_up(Ctx *c, const RiskPattern *p, const Tally *row, Tally *sum)
{
    bool people = str_eq(p->measure, S("people")) || str_eq(p->measure, S("pay_people"));
    if (!counts(c, p, row)) return;
    sum->n += people ? row->people : row->n;
    sum->people += row->people;
    if (row->last.n > sum->last.n) sum->last = row->last;
}

/* The rows come employer by employer. */
static int64_t propose_all(Ctx *c, const RiskPattern *p, Rows rows)
{
    int64_t proposed = 0;
    const Tally *row = rows.at;
    for (size_t i = 0; i < rows.n;) {
        Tally sum = { .employer_id = row[i].employer_id, .since = date_plus(c->today, -(int)p->days) };
        for (; i < rows.n && row[i].employer_id.n == sum.employer_id.n; i++) add_up(c, p, &row[i], &sum);
        if (sum.n >= p->least && propose(c, p, &sum)) proposed++;
    }
    return proposed;
}

static int64_t watch(Ctx *c)
{
    int64_t proposed = 0;
    const RiskPatterns *list = &c->law->risk_patterns;
    for (size_t i = 0; i < list->n && ok(c); i++) {
        const RiskPattern *p = &list->row[i];
        Tally ask = { .since = date_plus(c->today, -(int)p->days), .today = c->today };
        bool overdue = str_eq(p->measure, S("overdue")), visits = str_eq(p->measure, S("visits"));
        if (!in_force(p->from, p->to, c->today)) continue;
        proposed += propose_all(c, p, db_list(c, overdue ? &q_overdue : visits ? &q_visits : &q_cases, &ask));
    }
    return proposed;
}

static void watch_now(Ctx *c)
{
    tx_begin(c);
    (void)right_need(c, OBJ_RISK, MAY_WRITE);
    Proposed done = { ok(c) ? watch(c) : 0 };
    reply_row(c, 200, &proposed_form, &done);
    tx_end(c);
}

static void watch_daily(Ctx *c, Id arg)
{
    (void)arg;
    (void)watch(c);
}

/* ---- screenings ----------------------------------------------------------------------------------- */

void screening_need(Ctx *c, Id id)
{
    Screening s = { .id = id };
    bool own = ok(c) && db_find(c, &q_screening, &s, &s) && s.org.n == c->who.org.n;
    if (ok(c) && !own) fault(c, S("screening_id"), FAULT_NOT_KNOWN);
}

static void screen(Ctx *c)
{
    Org o = { 0 };
    Screening s = { .made_by = c->who.id, .made_at = now(c) };
    (void)form_read(c, &screening_form, &s);
    if (ok(c) && s.next_on.day && s.next_on.day <= s.day.day) fault(c, S("next_on"), FAULT_ORDER);
    tx_begin(c);
    (void)right_need(c, OBJ_RISK, MAY_WRITE);
    if (ok(c)) (void)org_get(c, c->who.org, &o);
    Look look = { .params = &c->law->params, .region = o.region, .day = c->today };
    if (s.next_on.day == 0) s.next_on = date_plus(s.day, (int)param(&look, "RISK_SCREEN_DAYS"));
    s.id = id_next(c);
    s.org = o.id;
    s.org_path = o.path;
    risk_task_over(c, &(Risk){ .id = o.id }, S("risk_screen"));
    db_insert(c, &q_screen, &s);
    reply_row(c, 201, &screening_form, &s);
    tx_end(c);
}

static void screenings(Ctx *c)
{
    Screening ask = { .path = S("~"), .path_end = S("~"), .org = c->who.org };
    const Right *r = right_find(OBJ_RISK, c->who.roles, MAY_READ);
    if (r && r->reach == REACH_ALL && c->who.org_path.n) {
        ask.path = c->who.org_path;
        ask.path_end = path_end(c->mem, ask.path);
    }
    reply_rows(c, &screening_form, db_list(c, &q_screenings, &ask), (Str){ 0 });
}

/* An office that screens is told when the next one is due. */
static void screen_again(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_due, &(Screening){ .day = c->today });
    for (size_t i = 0; i < rows.n; i++) {
        const Screening *s = (const Screening *)rows.at + i;
        Risk office = { .id = s->org, .org = s->org, .org_path = s->org_path, .employer = s->theme };
        risk_task(c, &office, S("risk_screen"), task_due(c, 1));
    }
    if (rows.n == SOME) job_add(c, S("risk_screening"), (Id){ 0 }, now(c), (Str){ 0 });
}

static const JobKind jobs[] = {
    { .word = "risk_watch", .run = watch_daily, .daily = "00:40" },
    { .word = "risk_screening", .run = screen_again, .daily = "00:25" },
};

enum { KEEPERS = HEAD | HR | ORG_MANAGER };
static const Route routes[] = {
    { "POST", "/api/v1/risk-proposals", HEAD | HR, watch_now, "按规则查找风险", "hold the record against the patterns now",
      .out = &proposed_form },
    { "GET", "/api/v1/screenings", KEEPERS | DISPATCHER, screenings, "风险排查", "screenings for risks",
      .out = &screening_form, .list = true },
    { "POST", "/api/v1/screenings", KEEPERS, screen, "登记风险排查", "enter a screening", .in = &screening_form,
      .out = &screening_form },
};

const Slice risk_watch_slice = {
    .name = "risk_watch", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
