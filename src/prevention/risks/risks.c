#include "prevention/risks/risks.h"

#include "case/task.h"
#include "core/attachment.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/employers/employers.h"
#include "register/organisations/office.h"

enum { PAGE = 100 };

typedef struct RiskAsk {
    Id   id, org, me, after;
    Str  state, level, outcome, path, path_end;
    Date from, to, today;
} RiskAsk;
static const Field ask_fields[] = {
    FIELD(RiskAsk, state,    .label = "状态", .en = "state", .codes = &risk_states),
    FIELD(RiskAsk, level,    .label = "风险等级", .en = "level", .codes = &risk_levels),
    FIELD(RiskAsk, from,     .label = "发现日期起", .en = "found from"),
    FIELD(RiskAsk, to,       .label = "发现日期止", .en = "found to"),
    FIELD(RiskAsk, outcome,  .label = "结果", .en = "outcome", .codes = &risk_outcomes),
    FIELD(RiskAsk, after,    .label = "接续", .en = "next of the page before"),
    FIELD(RiskAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(RiskAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(RiskAsk, me,       .label = "本人", .en = "oneself", .rule = HIDDEN),
    FIELD(RiskAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(RiskAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(RiskAsk, ask_fields);

/* How far they came, of those found in a time. */
typedef struct RiskStage {
    Str     level;
    int64_t found, assessed, planned, handled, resolved, opened, escalated, closed, late;
    Id      org, me;
    Str     path, path_end;
    Date    from, to, today;
} RiskStage;
static const Field stage_fields[] = {
    FIELD(RiskStage, level,     .label = "风险等级", .en = "level", .codes = &risk_levels),
    FIELD(RiskStage, found,     .label = "发现", .en = "found"),
    FIELD(RiskStage, assessed,  .label = "已评估", .en = "rated"),
    FIELD(RiskStage, planned,   .label = "已制定预案", .en = "planned"),
    FIELD(RiskStage, handled,   .label = "已处置", .en = "handled"),
    FIELD(RiskStage, resolved,  .label = "化解", .en = "resolved"),
    FIELD(RiskStage, opened,    .label = "转为案件", .en = "became a case"),
    FIELD(RiskStage, escalated, .label = "升级", .en = "escalated"),
    FIELD(RiskStage, closed,    .label = "销号", .en = "closed"),
    FIELD(RiskStage, late,      .label = "逾期未化解", .en = "late"),
    FIELD(RiskStage, org,       .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(RiskStage, me,        .label = "本人", .en = "oneself", .rule = HIDDEN),
    FIELD(RiskStage, path,      .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(RiskStage, path_end,  .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(RiskStage, from,      .label = "起", .en = "from", .rule = HIDDEN),
    FIELD(RiskStage, to,        .label = "止", .en = "to", .rule = HIDDEN),
    FIELD(RiskStage, today,     .label = "今天", .en = "today", .rule = HIDDEN),
};
static const Form stage_form = FORM(RiskStage, stage_fields);
static const Field span_fields[] = {
    FIELD(RiskStage, from, .label = "发现日期起", .en = "found from", .rule = REQUIRED),
    FIELD(RiskStage, to,   .label = "发现日期止", .en = "found to", .rule = REQUIRED),
};
static const Form span_form = { "RiskSpan", sizeof(RiskStage), span_fields, COUNT(span_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE risk("
      "  id INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  employer_id INTEGER NOT NULL, employer TEXT NOT NULL, uscc TEXT NOT NULL, region TEXT NOT NULL,"
      "  industry TEXT NOT NULL, place TEXT NOT NULL, source TEXT NOT NULL, kinds TEXT NOT NULL, groups TEXT NOT NULL,"
      "  workers INTEGER NOT NULL, amount INTEGER NOT NULL, found_on TEXT NOT NULL, content TEXT NOT NULL,"
      "  screening_id INTEGER NOT NULL, pattern TEXT NOT NULL, clue TEXT NOT NULL, counted INTEGER NOT NULL,"
      "  level TEXT NOT NULL, responsible_id INTEGER NOT NULL, responsible TEXT NOT NULL, due TEXT, check_on TEXT,"
      "  state TEXT NOT NULL, outcome TEXT NOT NULL, outcome_on TEXT, outcome_by INTEGER NOT NULL, result TEXT NOT NULL,"
      "  assessed_on TEXT, planned_on TEXT, handled_on TEXT, closed_on TEXT,"
      "  made_by INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX risk_by_path ON risk(org_path, id);"
      "CREATE INDEX risk_by_employer ON risk(employer_id, id);"
      "CREATE INDEX risk_by_check ON risk(state, check_on);" },
};
#define COLUMNS \
    "id, org, org_path, employer_id, employer, uscc, region, industry, place, source, kinds, groups, workers, amount," \
    " found_on, content, screening_id, pattern, clue, counted, level, responsible_id, responsible, due, check_on, state," \
    " outcome, outcome_on, outcome_by, result, assessed_on, planned_on, handled_on, closed_on, made_by, made_at, version"
/* The office's; what one entered or answers for; what became a case one works on. */
#define SEEN \
    " ((org_path >= :path AND org_path < :path_end) OR org = :org OR responsible_id = :me OR made_by = :me" \
    " OR id IN (SELECT rc.risk_id FROM case_member cm JOIN risk_case rc ON rc.case_id = cm.case_id WHERE cm.user_id = :me))"
static const Query q_add = {
    .name = "risk.add", .in = &risk_form,
    .sql = "INSERT INTO risk(" COLUMNS ") VALUES(:id, :org, :org_path, :employer_id, :employer, :uscc, :region, :industry,"
           " :place, :source, :kinds, :groups, :workers, :amount, :found_on, :content, :screening_id, :pattern, :clue,"
           " :counted, :level, :responsible_id, :responsible, :due, :check_on, :state, :outcome, :outcome_on, :outcome_by,"
           " :result, :assessed_on, :planned_on, :handled_on, :closed_on, :made_by, :made_at, :version)",
};
static const Query q_save = {
    .name = "risk.save", .in = &risk_form,
    .sql = "UPDATE risk SET place = :place, source = :source, kinds = :kinds, groups = :groups, workers = :workers,"
           " amount = :amount, found_on = :found_on, content = :content, clue = :clue, counted = :counted, level = :level,"
           " responsible_id = :responsible_id, responsible = :responsible, due = :due, check_on = :check_on,"
           " state = :state, outcome = :outcome, outcome_on = :outcome_on, outcome_by = :outcome_by, result = :result,"
           " assessed_on = :assessed_on, planned_on = :planned_on, handled_on = :handled_on, closed_on = :closed_on,"
           " version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "risk.get", .in = &ask_form, .out = &risk_form,
    .sql = "SELECT " COLUMNS " FROM risk WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "state", " AND state = :state" }, { "level", " AND level = :level" }, { "from", " AND found_on >= :from" },
    { "to", " AND found_on <= :to" }, { "outcome", " AND outcome = :outcome" }, { "after", " AND id < :after" },
};
static const Query q_list = {
    .name = "risk.list", .in = &ask_form, .out = &risk_form,
    .sql = "SELECT " COLUMNS " FROM risk WHERE" SEEN " /*scan*/", /* some hundred a year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
#define CAME(name, test) " COUNT(CASE WHEN " test " THEN 1 END) AS " name
static const Query q_funnel = {
    .name = "risk.funnel", .in = &stage_form, .out = &stage_form,
    .sql = "SELECT level, COUNT(*) AS found," CAME("assessed", "assessed_on IS NOT NULL") ","
           CAME("planned", "planned_on IS NOT NULL") "," CAME("handled", "handled_on IS NOT NULL") ","
           CAME("resolved", "outcome = 'RESOLVED'") "," CAME("opened", "outcome = 'CASE_OPENED'") ","
           CAME("escalated", "outcome = 'ESCALATED'") "," CAME("closed", "state = 'CLOSED'") ","
           CAME("late", "outcome = '' AND due < :today")
           " FROM risk WHERE state NOT IN ('PROPOSED', 'DISMISSED') AND found_on >= :from AND found_on <= :to AND" SEEN
           " /*scan*/ GROUP BY level ORDER BY level",
};
static const Query *const queries[] = { &q_add, &q_save, &q_get, &q_list, &q_funnel, NULL };

/* ---- who sees and who writes ------------------------------------------------------------------ */

static RiskAsk asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_RISK);
    Id me = c->who.org_path.n ? c->who.id : (Id){ -1 };
    return (RiskAsk){ .path = s.path, .path_end = s.path_end, .org = s.org, .me = me, .today = c->today };
}

bool risk_may_write(const Ctx *c, const Risk *r)
{
    const Right *w = right_find(OBJ_RISK, c->who.roles, MAY_WRITE);
    if (!w) return false;
    if (w->reach == REACH_ALL) return str_starts(r->org_path, c->who.org_path);
    return r->org.n == c->who.org.n;
}

bool risk_is_open(Str state)
{
    return has_word(S("FOUND ASSESSED PLANNED HANDLING"), state);
}

static void judge(const Ctx *c, Risk *r)
{
    bool plan = r->due.day && r->due.day < c->today.day;
    bool look = r->check_on.day && r->check_on.day < c->today.day;
    r->late = risk_is_open(r->state) && (plan || look);
}

bool risk_get(Ctx *c, Id id, unsigned verb, Risk *r)
{
    RiskAsk ask = asking(c);
    ask.id = id;
    if (!db_get(c, &q_get, &ask, r)) return false;
    judge(c, r);
    if (verb != MAY_READ && !risk_may_write(c, r)) fail(c, ERR_FORBIDDEN, S("risk"));
    return ok(c);
}

void risk_save(Ctx *c, Risk *r)
{
    r->version++;
    judge(c, r);
    db_change(c, &q_save, r);
}

void risk_reply(Ctx *c, int status, const Risk *r)
{
    tag_version(c, r->version);
    reply_row(c, status, &risk_form, r);
}

/* ---- entering ------------------------------------------------------------------------------------ */

/* Of a known one the register has the last word. */
void risk_employer(Ctx *c, Risk *r)
{
    Employer e = { .name = r->employer, .uscc = r->uscc, .industry = r->industry, .emp_type = S("ENT"),
                   .region = r->region, .region_performance = r->region };
    if (!ok(c)) return;
    if (r->employer_id.n) employer_need(c, r->employer_id, S("employer_id"));
    else if (str_length(str_trim(r->employer)) < 2) fault(c, S("employer"), FAULT_REQUIRED);
    if (!ok(c)) return;
    if (r->employer_id.n) (void)employer_get(c, r->employer_id, &e);
    else employer_find_or_add(c, &e);
    r->employer_id = e.id;
    r->employer = e.name;
    r->uscc = e.uscc;
    if (e.industry.n) r->industry = e.industry;
}

void risk_add(Ctx *c, Risk *r)
{
    r->id = id_next(c);
    r->made_by = c->who.id;
    r->made_at = now(c);
    r->version = 1;
    db_insert(c, &q_add, r);
}

static void add(Ctx *c)
{
    Org o = { 0 };
    Risk r = { .state = S("FOUND") };
    (void)form_read(c, &risk_form, &r);
    tx_begin(c);
    if (!right_find(OBJ_RISK, c->who.roles, MAY_CREATE)) (void)right_need(c, OBJ_RISK, MAY_WRITE);
    if (ok(c)) (void)office_own(c, &o);
    r.org = o.id;
    r.org_path = o.path;
    if (r.region.n == 0) r.region = o.region;
    if (r.screening_id.n) screening_need(c, r.screening_id);
    risk_employer(c, &r);
    risk_add(c, &r);
    Look look = { .params = &c->law->params, .region = r.region, .day = c->today };
    risk_task(c, &r, S("risk_rate"), task_due(c, param(&look, "RISK_RATE_WD")));
    risk_reply(c, 201, &r);
    tx_end(c);
}

/* Whose risk it is and how it came to be stay as they were found. */
static void edit(Ctx *c)
{
    Risk r = { 0 };
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_WRITE, &r);
    match_version(c, r.version);
    Risk was = r;
    (void)form_read(c, &risk_form, &r);
    if (ok(c) && !risk_is_open(was.state)) fail(c, ERR_WRONG_STATE, was.state);
    if (!str_eq(r.employer, was.employer)) fault(c, S("employer"), FAULT_NOT_ALLOWED);
    if (r.employer_id.n != was.employer_id.n) fault(c, S("employer_id"), FAULT_NOT_ALLOWED);
    if (!str_eq(r.uscc, was.uscc)) fault(c, S("uscc"), FAULT_NOT_ALLOWED);
    if (!str_eq(r.region, was.region)) fault(c, S("region"), FAULT_NOT_ALLOWED);
    if (!str_eq(r.industry, was.industry)) fault(c, S("industry"), FAULT_NOT_ALLOWED);
    if (r.screening_id.n != was.screening_id.n) fault(c, S("screening_id"), FAULT_NOT_ALLOWED);
    risk_save(c, &r);
    risk_reply(c, 200, &r);
    tx_end(c);
}

/* ---- reading -------------------------------------------------------------------------------------- */

static void show(Ctx *c)
{
    Risk r = { 0 };
    if (risk_get(c, arg_id(c, 0), MAY_READ, &r)) risk_reply(c, 200, &r);
}

static void list(Ctx *c)
{
    RiskAsk ask = asking(c);
    (void)form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    Risk *at = rows.at;
    for (size_t i = 0; i < rows.n; i++) judge(c, &at[i]);
    reply_page(c, &risk_form, rows, PAGE, offsetof(Risk, id));
}

static void funnel(Ctx *c)
{
    RiskAsk ask = asking(c);
    RiskStage f = { .today = c->today, .org = ask.org, .me = ask.me, .path = ask.path,
                    .path_end = ask.path_end };
    (void)form_read_query(c, &span_form, &f);
    if (ok(c) && f.to.day < f.from.day) fault(c, S("to"), FAULT_ORDER);
    reply_rows(c, &stage_form, db_list(c, &q_funnel, &f), (Str){ 0 });
}

static void files(Ctx *c)
{
    Risk r = { 0 };
    if (risk_get(c, arg_id(c, 0), MAY_READ, &r)) {
        reply_rows(c, &attachment_form, attachment_list(c, r.id), (Str){ 0 });
    }
}

static void add_file(Ctx *c)
{
    Risk r = { 0 };
    Attachment a;
    attachment_read(c, &a);
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_WRITE, &r);
    if (ok(c) && str_eq(r.state, S("CLOSED"))) fail(c, ERR_WRONG_STATE, r.state);
    attachment_add(c, &a, r.id);
    risk_save(c, &r);
    reply_row(c, 201, &attachment_form, &a);
    tx_end(c);
}

static void file(Ctx *c)
{
    Risk r = { 0 };
    if (risk_get(c, arg_id(c, 0), MAY_READ, &r)) attachment_reply(c, r.id, arg_id(c, 1));
}

enum { KEEPERS = HEAD | HR | ORG_MANAGER, READERS = KEEPERS | CLERK | DISPATCHER | MEDIATORS };
static const Route routes[] = {
    { "GET", "/api/v1/risks", READERS, list, "风险台账", "the ledger of risks", .query = &ask_form, .out = &risk_form,
      .list = true },
    { "POST", "/api/v1/risks", KEEPERS | CLERK, add, "登记风险", "enter a risk", .in = &risk_form, .out = &risk_form },
    { "GET", "/api/v1/risks/:id", READERS, show, "查看风险", "one of them", .out = &risk_form },
    { "PATCH", "/api/v1/risks/:id", KEEPERS, edit, "修改风险登记", "change what was entered", .in = &risk_form,
      .out = &risk_form },
    { "GET", "/api/v1/risk-funnel", KEEPERS | DISPATCHER, funnel, "风险漏斗", "how far the risks of a time came, by level",
      .query = &span_form, .out = &stage_form, .list = true },
    { "GET", "/api/v1/risks/:id/files", READERS, files, "风险材料", "its files", .out = &attachment_form, .list = true },
    { "POST", "/api/v1/risks/:id/files", KEEPERS, add_file, "上传风险材料", "add a file", .query = &attachment_form,
      .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/risks/:id/files/:file/content", READERS, file, "查看风险材料", "a file's bytes" },
};

const Slice risks_slice = {
    .name = "risk", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
