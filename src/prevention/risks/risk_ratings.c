/*
** Ratings: what is known of an employer on a day, what the record counts of it, the
** signs that are met and the level that follows.  A person may set another one, and says why.
*/
#include "case/task.h"
#include "core/tx.h"
#include "law/law.h"
#include "prevention/risks/ratings.h"
#include "register/employers/employers.h"

typedef struct Counted {
    Id      employer_id;
    Date    since, today, first;
    int64_t cases, case_people, late, broken;
} Counted;
static const Field counted_fields[] = {
    FIELD(Counted, employer_id), FIELD(Counted, since), FIELD(Counted, today), FIELD(Counted, first),
    FIELD(Counted, cases), FIELD(Counted, case_people), FIELD(Counted, late), FIELD(Counted, broken),
};
static const Form counted_form = FORM(Counted, counted_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE risk_rating("            /* append-only */
      "  id INTEGER PRIMARY KEY, risk_id INTEGER NOT NULL REFERENCES risk(id), workers INTEGER NOT NULL, amount INTEGER NOT NULL,"
      "  arrears_run INTEGER NOT NULL, arrears_months INTEGER NOT NULL, wage_crime INTEGER NOT NULL, unreported INTEGER NOT NULL,"
      "  insurance_months INTEGER NOT NULL, insurance_all INTEGER NOT NULL, debts TEXT NOT NULL, cut_off INTEGER NOT NULL,"
      "  insured_before INTEGER NOT NULL, insured_now INTEGER NOT NULL, staff INTEGER NOT NULL, cut INTEGER NOT NULL,"
      "  cut_told INTEGER NOT NULL, complaints INTEGER NOT NULL, leaving TEXT NOT NULL, site_gaps TEXT NOT NULL,"
      "  site_stopped INTEGER NOT NULL, platform TEXT NOT NULL, opinion TEXT NOT NULL, injury TEXT NOT NULL,"
      "  cases INTEGER NOT NULL, case_people INTEGER NOT NULL, late INTEGER NOT NULL, late_days INTEGER NOT NULL,"
      "  broken INTEGER NOT NULL, focus INTEGER NOT NULL, points INTEGER NOT NULL, suggested TEXT NOT NULL,"
      "  level TEXT NOT NULL, reason TEXT NOT NULL, advice TEXT NOT NULL, by_id INTEGER NOT NULL, day TEXT NOT NULL,"
      "  at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX risk_rating_by_risk ON risk_rating(risk_id, id);" },
};
static const char *const keeps[] = { "risk_rating", NULL };
#define COLUMNS \
    "id, risk_id, workers, amount, arrears_run, arrears_months, wage_crime, unreported, insurance_months, insurance_all," \
    " debts, cut_off, insured_before, insured_now, staff, cut, cut_told, complaints, leaving, site_gaps, site_stopped," \
    " platform, opinion, injury, cases, case_people, late, late_days, broken, focus, points, suggested, level, reason," \
    " advice, by_id, day, at"
static const Query q_add = {
    .name = "risk.rate", .in = &rating_form,
    .sql = "INSERT INTO risk_rating(" COLUMNS ") VALUES(:id, :risk_id, :workers, :amount, :arrears_run, :arrears_months,"
           " :wage_crime, :unreported, :insurance_months, :insurance_all, :debts, :cut_off, :insured_before, :insured_now,"
           " :staff, :cut, :cut_told, :complaints, :leaving, :site_gaps, :site_stopped, :platform, :opinion, :injury,"
           " :cases, :case_people, :late, :late_days, :broken, :focus, :points, :suggested, :level, :reason, :advice, :by_id,"
           " :day, :at)",
};
static const Query q_list = {
    .name = "risk.ratings", .in = &rating_form, .out = &rating_form,
    .sql = "SELECT " COLUMNS " FROM risk_rating WHERE risk_id = :risk_id ORDER BY id DESC LIMIT 50",
};
static const Query q_disputes = {
    .name = "risk.disputes", .in = &counted_form, .out = &counted_form,
    .sql = "SELECT COUNT(*) AS cases, CAST(COALESCE(SUM(workers), 0) AS BIGINT) AS case_people FROM cases"
           " WHERE employer_id = :employer_id AND filed >= :since AND no <> ''",
};
static const Query q_late = {
    .name = "risk.late", .in = &counted_form, .out = &counted_form,
    .sql = "SELECT COUNT(*) AS late, COUNT(DISTINCT w.case_id) AS broken, MIN(w.due) AS first FROM cases k"
           " JOIN owing w ON w.case_id = k.id WHERE k.employer_id = :employer_id AND w.open = 1 AND w.due < :today",
};
static const Query *const queries[] = { &q_add, &q_list, &q_disputes, &q_late, NULL };

/* ---- from what is known to the level --------------------------------------------------------- */

static int64_t words_in(Str words)
{
    int64_t n = 0;
    while (words.n) {
        if (str_cut(&words, ' ').n) n++;
    }
    return n;
}

/* Its place among the words, from 1; 0: none. */
static int64_t grade(Str word, const char *words)
{
    Str rest = str_of(words);
    for (int64_t n = 1; rest.n; n++) {
        if (str_eq(str_cut(&rest, ' '), word)) return n;
    }
    return 0;
}

static void facts_of(Ctx *c, const Rating *a, Str region, RiskFacts *f)
{
    bool arrears = a->arrears_run || a->arrears_months;
    bool large = risk_layoff(&c->law->params, a->cut, a->staff, region, a->day);
    int64_t fall = a->insured_before > a->insured_now ? a->insured_before - a->insured_now : 0;
    int64_t platform = grade(a->platform, "NOTICE STOPPAGE");
    *f = (RiskFacts){ .focus = a->focus, .n = {
        [RK_SEASON] = 1, [RK_ARREARS_RUN] = a->arrears_run, [RK_WAGE_CRIME] = a->wage_crime,
        [RK_ARREARS_MONTHS] = a->arrears_months > a->arrears_run ? a->arrears_months : a->arrears_run,
        [RK_UNREPORTED] = a->unreported, [RK_ARREARS_PEOPLE] = arrears ? a->workers : 0,
        [RK_ARREARS_FEN] = arrears ? a->amount.fen : 0, [RK_INSURANCE_MONTHS] = a->insurance_months,
        [RK_INSURANCE_ALL] = a->insurance_all, [RK_DEBTS] = words_in(a->debts), [RK_CUT_OFF] = a->cut_off,
        [RK_INSURED_FALL] = fall,
        [RK_INSURED_PERCENT] = a->insured_before ? fall * 100 / a->insured_before : 0,
        [RK_LAYOFF] = a->cut, [RK_LAYOFF_LARGE] = large, [RK_LAYOFF_SILENT] = large && !a->cut_told,
        [RK_DISPUTES] = a->cases + a->complaints, [RK_DISPUTE_PEOPLE] = a->case_people,
        [RK_LEAVING] = grade(a->leaving, "RUMOUR CONFIRMED FLED"), [RK_SITE_GAPS] = words_in(a->site_gaps),
        [RK_SITE_STOPPED] = a->site_stopped, [RK_PLATFORM] = platform,
        [RK_PLATFORM_PEOPLE] = platform ? a->workers : 0, [RK_LATE] = a->late, [RK_LATE_DAYS] = a->late_days,
        [RK_BROKEN] = a->broken, [RK_OPINION] = grade(a->opinion, "MENTION HOT THREAT"),
        [RK_INJURY] = grade(a->injury, "SEVERE DEATH"),
    } };
}

/* By the rows in force on its day, also when it is read later. */
static void judge(Ctx *c, Rating *a, Str region, RiskScore *s)
{
    RiskFacts f;
    facts_of(c, a, region, &f);
    risk_score(&(RiskLaw){ &c->law->risk_signs, &c->law->params, region, a->day }, &f, s);
    RatingSign *sign = NEW(c->mem, RatingSign, s->n + 1);
    for (size_t i = 0; i < s->n; i++) {
        const RiskSign *row = s->hit[i].sign;
        sign[i] = (RatingSign){ row->code, str_of(risk_level_word(row->level)), row->label.zh, row->label.en,
                                row->basis, s->hit[i].value, row->least };
    }
    a->signs = (Rows){ sign, s->n };
}

/* R6 */
static bool is_focus_group(Str groups)
{
    return has_word(groups, S("RURAL")) || has_word(groups, S("DISP")) || has_word(groups, S("NEF"));
}

static void count(Ctx *c, const Risk *r, Rating *a)
{
    Employer e = { 0 };
    Look look = { .params = &c->law->params, .region = r->region, .day = c->today };
    Counted n = { .employer_id = r->employer_id, .today = c->today,
                  .since = date_plus(c->today, -(int)param(&look, "RISK_CASE_DAYS")) };
    if (!ok(c) || !employer_get(c, r->employer_id, &e)) return;
    if (a->staff == 0) a->staff = e.staff;
    a->focus = e.focus || is_focus_group(r->groups);
    (void)db_get(c, &q_disputes, &n, &n);
    a->cases = n.cases;
    a->case_people = n.case_people;
    (void)db_get(c, &q_late, &n, &n);
    a->late = n.late;
    a->broken = n.broken;
    a->late_days = n.first.day ? c->today.day - n.first.day : 0;
}

static void check(Ctx *c, const Rating *a)
{
    if (ok(c) && a->staff && a->cut > a->staff) fault(c, S("cut"), FAULT_TOO_LARGE);
    if (ok(c) && a->insured_now && a->insured_before == 0) fault(c, S("insured_before"), FAULT_REQUIRED);
}

/* ---- handlers ------------------------------------------------------------------------------------ */

static void set_level(Ctx *c, Rating *a, const RiskScore *s)
{
    if (ok(c) && s->missing.n) fail(c, ERR_BLOCKED, s->missing);
    a->points = s->points;
    a->suggested = str_of(risk_level_word(s->level));
    if (a->level.n == 0) a->level = a->suggested;
    if (ok(c) && !str_eq(a->level, a->suggested) && a->reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
}

static void carry(Ctx *c, Risk *r, const Rating *a)
{
    RiskLevel level = RISK_BLUE;
    Look look = { .params = &c->law->params, .region = r->region, .day = c->today };
    bool red = risk_level_of(a->level, &level) && level == RISK_RED;
    r->level = a->level;
    r->workers = a->workers;
    r->amount = a->amount;
    if (r->assessed_on.day == 0) r->assessed_on = c->today;
    r->check_on = date_plus(c->today, (int)risk_check_days(&c->law->params, level, r->region, c->today));
    risk_task_over(c, r, S("risk_rate"));
    if (r->planned_on.day == 0) risk_task(c, r, S("risk_plan"), task_due(c, param(&look, "RISK_PLAN_WD")));
    if (red) risk_report(c, r);
    else if (risk_is_open(r->state)) risk_task_over(c, r, S("risk_report"));
}

static void rate(Ctx *c)
{
    Risk r = { 0 };
    RiskScore s;
    Rating a = { .by_id = c->who.id, .at = now(c), .day = c->today };
    (void)form_read(c, &rating_form, &a);
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_WRITE, &r);
    if (a.workers == 0) a.workers = r.workers;
    if (a.amount.fen == 0) a.amount = r.amount;
    count(c, &r, &a);
    check(c, &a);
    judge(c, &a, r.region, &s);
    set_level(c, &a, &s);
    a.id = id_next(c);
    a.risk_id = r.id;
    risk_step(c, &r, S("assess"), a.level);
    carry(c, &r, &a);
    db_insert(c, &q_add, &a);
    risk_save(c, &r);
    reply_row(c, 201, &rating_form, &a);
    tx_end(c);
}

bool rating_last(Ctx *c, const Risk *r, Rating *a)
{
    RiskScore s;
    Rows rows = db_list(c, &q_list, &(Rating){ .risk_id = r->id });
    if (rows.n == 0) return false;
    *a = *(const Rating *)rows.at;
    judge(c, a, r->region, &s);
    return true;
}

static void list(Ctx *c)
{
    Risk r = { 0 };
    RiskScore s;
    if (!risk_get(c, arg_id(c, 0), MAY_READ, &r)) return;
    Rows rows = db_list(c, &q_list, &(Rating){ .risk_id = r.id });
    for (size_t i = 0; i < rows.n; i++) judge(c, (Rating *)rows.at + i, r.region, &s);
    reply_rows(c, &rating_form, rows, (Str){ 0 });
}

enum { KEEPERS = HEAD | HR | ORG_MANAGER, READERS = KEEPERS | CLERK | DISPATCHER | MEDIATORS };
static const Route routes[] = {
    { "GET", "/api/v1/risks/:id/ratings", READERS, list, "评估记录", "its ratings, the newest first", .out = &rating_form,
      .list = true },
    { "POST", "/api/v1/risks/:id/ratings", KEEPERS, rate, "评估风险等级", "rate it by what is known now", .in = &rating_form,
      .out = &rating_form },
};

const Slice risk_ratings_slice = {
    .name = "risk_ratings", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
