/*
** The life of a risk: confirmed or dismissed, planned for, handled, ended and closed.
** What is done with it is a row that stays; when it is looked at again follows from its level.
*/
#include "case/task.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/law.h"
#include "prevention/risks/ratings.h"
#include "register/organisations/organisations.h"
#include "register/people/people.h"

#define KEEPERS (HEAD | HR | ORG_MANAGER)
#define READERS (KEEPERS | CLERK | DISPATCHER | MEDIATORS)

static const Move moves[] = {
    { "confirm",   "PROPOSED",                        "FOUND",       KEEPERS, false },
    { "dismiss",   "PROPOSED FOUND",                  "DISMISSED",   KEEPERS, true },
    { "assess",    "FOUND",                           "ASSESSED",    KEEPERS, false },
    { "assess",    "ASSESSED PLANNED HANDLING ESCALATED", "",        KEEPERS, false },
    { "plan",      "ASSESSED",                        "PLANNED",     KEEPERS, false },
    { "plan",      "PLANNED HANDLING ESCALATED",      "",            KEEPERS, false },
    { "handle",    "PLANNED",                         "HANDLING",    KEEPERS | MEDIATORS, false },
    { "handle",    "FOUND ASSESSED HANDLING ESCALATED", "",          KEEPERS | MEDIATORS, false },
    { "resolve",   "HANDLING",                        "RESOLVED",    KEEPERS, true },
    { "open_case", "FOUND ASSESSED PLANNED HANDLING ESCALATED", "CASE_OPENED", KEEPERS, false },
    { "escalate",  "FOUND ASSESSED PLANNED HANDLING", "ESCALATED",   KEEPERS, true },
    { "reopen",    "RESOLVED CASE_OPENED ESCALATED",  "HANDLING",    KEEPERS, true },
    { "close",     "RESOLVED CASE_OPENED ESCALATED",  "CLOSED",      HEAD | HR, false },
    { NULL, NULL, NULL, 0, false },
};

void risk_step(Ctx *c, Risk *r, Str event, Str why)
{
    Standing e = { .subject = r->id, .event = event, .was = r->state, .reason = why };
    standing_move(c, moves, &e, (Date){ 0 });
    r->state = e.status;
}

/* ---- tasks -------------------------------------------------------------------------------- */

/* A task's case_id is the risk's: no case has that number. */
static Case about(const Risk *r)
{
    Id by_name = r->responsible_id;
    return (Case){ .id = r->id, .no = r->employer, .org_path = r->org_path, .mediator_id = by_name };
}

void risk_task(Ctx *c, const Risk *r, Str kind, Time due)
{
    Org o = { 0 };
    Case k = about(r);
    bool person = r->responsible_id.n != 0; /* by name, whatever the role */
    (void)org_find(c, r->org, &o);
    bool centre = str_eq(o.kind, S("CENTER")), bureau = str_eq(o.kind, S("HRSS"));
    Role role = centre ? ROLE_HEAD : bureau ? ROLE_HR : ROLE_ORG_MANAGER;
    if (!task_open(c, &k, kind)) task_add(c, &k, kind, person ? ROLE_MEDIATOR : role, due);
}

void risk_task_over(Ctx *c, const Risk *r, Str kind)
{
    Case k = about(r);
    task_done(c, &k, kind, (Str){ 0 });
}

void risk_report(Ctx *c, const Risk *r)
{
    Case k = about(r);
    if (task_open(c, &k, S("risk_report"))) return;
    task_add(c, &k, S("risk_report"), ROLE_HR, task_due(c, 0));
}

static void all_over(Ctx *c, const Risk *r)
{
    static const char *const kinds[] = { "risk_confirm", "risk_rate", "risk_plan", "risk_check" };
    for (size_t i = 0; i < COUNT(kinds); i++) risk_task_over(c, r, str_of(kinds[i]));
}

/* ---- plans ---------------------------------------------------------------------------------- */

typedef struct Deed {
    Id   id, risk_id;
    Date day, next_on;
    Str  way, content;
    Id   by_id;
    Str  by_name;
    Time at;
} Deed;
static const Code way_rows[] = {
    { "VISIT", "实地走访", "visit" },          { "TALK", "约谈", "talk with the employer" },
    { "ORDER", "督促整改", "put right" },      { "FUND", "筹措、垫付资金", "money found or advanced" },
    { "MEDIATE", "协商、调解", "negotiation or mediation" }, { "JOINT", "部门会商联动", "departments together" },
    { "TEACH", "政策宣传、以案释法", "law explained" }, { "REPORT", "报告、移交", "reported or handed over" },
    { "OTHER", "其他", "other" },
};
static const Codes ways = { .name = "risk_way", .row = way_rows, .n = COUNT(way_rows) };
static const Field deed_fields[] = {
    FIELD(Deed, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Deed, risk_id, .label = "风险", .en = "risk", .rule = SERVER_SET),
    FIELD(Deed, day,     .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Deed, way,     .label = "方式", .en = "way", .rule = REQUIRED, .codes = &ways),
    FIELD(Deed, content, .label = "处置情况", .en = "what was done", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(Deed, next_on, .label = "下次跟踪日期", .en = "looked at again on",
          .help = "不填时按风险等级", .help_en = "empty: by the level of the risk"),
    FIELD(Deed, by_id,   .label = "办理人编号", .en = "by", .rule = SERVER_SET),
    FIELD(Deed, by_name, .label = "办理人", .en = "by, by name", .rule = SERVER_SET),
    FIELD(Deed, at,      .label = "登记时间", .en = "at", .rule = SERVER_SET),
};
static const Form deed_form = { "RiskDeed", sizeof(Deed), deed_fields, COUNT(deed_fields) };

typedef struct RiskCase {
    Id   risk_id, case_id, by_id;
    Str  no, applicant, respondent, state;
    Time at;
} RiskCase;
static const Field link_fields[] = {
    FIELD(RiskCase, risk_id, .label = "风险", .en = "risk", .rule = SERVER_SET),
    FIELD(RiskCase, case_id, .label = "调解案件", .en = "the case", .rule = REQUIRED),
    FIELD(RiskCase, no,      .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(RiskCase, applicant, .label = "申请人", .en = "applicant", .rule = SERVER_SET, .mask = MASK_NAME),
    FIELD(RiskCase, respondent, .label = "被申请人", .en = "respondent", .rule = SERVER_SET),
    FIELD(RiskCase, state,   .label = "状态", .en = "state", .rule = SERVER_SET),
    FIELD(RiskCase, by_id,   .label = "关联人", .en = "by", .rule = SERVER_SET),
    FIELD(RiskCase, at,      .label = "关联时间", .en = "at", .rule = SERVER_SET),
};
static const Form link_form = FORM(RiskCase, link_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE risk_plan("              /* append-only: a further one replaces the one before */
      "  id INTEGER PRIMARY KEY, risk_id INTEGER NOT NULL REFERENCES risk(id), no INTEGER NOT NULL,"
      "  goal TEXT NOT NULL, organisation TEXT NOT NULL, steps TEXT NOT NULL, reporting TEXT NOT NULL, support TEXT NOT NULL,"
      "  responsible_id INTEGER NOT NULL, due TEXT NOT NULL, by_id INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  UNIQUE(risk_id, no)) STRICT;"
      "CREATE TABLE risk_deed("              /* append-only: what was done */
      "  id INTEGER PRIMARY KEY, risk_id INTEGER NOT NULL REFERENCES risk(id), day TEXT NOT NULL, way TEXT NOT NULL,"
      "  content TEXT NOT NULL, next_on TEXT NOT NULL, by_id INTEGER NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX risk_deed_by_risk ON risk_deed(risk_id, id);"
      "CREATE TABLE risk_case("              /* append-only: the cases it became */
      "  risk_id INTEGER NOT NULL REFERENCES risk(id), case_id INTEGER NOT NULL REFERENCES cases(id),"
      "  by_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(risk_id, case_id)) STRICT;"
      "CREATE INDEX risk_case_by_case ON risk_case(case_id, risk_id);" },
};
static const char *const keeps[] = { "risk_plan", "risk_deed", "risk_case", NULL };
#define PLAN "id, risk_id, no, goal, organisation, steps, reporting, support, responsible_id, due, by_id, at"
static const Query q_plan = {
    .name = "risk.plan", .in = &risk_plan_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO risk_plan(" PLAN ") VALUES(:id, :risk_id, :no, :goal, :organisation, :steps, :reporting, :support,"
           " :responsible_id, :due, :by_id, :at)",
};
static const Query q_plans = {
    .name = "risk.plans", .in = &risk_plan_form, .out = &risk_plan_form,
    .sql = "SELECT " PLAN " FROM risk_plan WHERE risk_id = :risk_id ORDER BY no DESC LIMIT 50",
};
static const Query q_deed = {
    .name = "risk.deed", .in = &deed_form,
    .sql = "INSERT INTO risk_deed(id, risk_id, day, way, content, next_on, by_id, by_name, at)"
           " VALUES(:id, :risk_id, :day, :way, :content, :next_on, :by_id, :by_name, :at)",
};
static const Query q_deeds = {
    .name = "risk.deeds", .in = &deed_form, .out = &deed_form,
    .sql = "SELECT id, risk_id, day, way, content, next_on, by_id, by_name, at FROM risk_deed WHERE risk_id = :risk_id"
           " ORDER BY id DESC LIMIT 200",
};
static const Query q_link = {
    .name = "risk.link", .in = &link_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO risk_case(risk_id, case_id, by_id, at) VALUES(:risk_id, :case_id, :by_id, :at)",
};
static const Query q_links = {
    .name = "risk.links", .in = &link_form, .out = &link_form,
    .sql = "SELECT rc.risk_id, rc.case_id, k.no, k.applicant, k.respondent, k.state, rc.by_id, rc.at FROM risk_case rc"
           " JOIN cases k ON k.id = rc.case_id WHERE rc.risk_id = :risk_id ORDER BY rc.case_id LIMIT 100",
};
static const Query q_look = {
    .name = "risk.to_look_at", .in = &risk_form, .out = &risk_form,
    .sql = "SELECT id, org, org_path, employer, responsible_id FROM risk WHERE state IN ('FOUND', 'ASSESSED', 'PLANNED',"
           " 'HANDLING') AND check_on <= :check_on AND NOT EXISTS(SELECT 1 FROM task t WHERE t.case_id = risk.id"
           " AND t.kind = 'risk_check' AND t.state = 'open') ORDER BY check_on, id LIMIT 200",
};
static const Query *const queries[] = {
    &q_plan, &q_plans, &q_deed, &q_deeds, &q_link, &q_links, &q_look, NULL,
};

bool risk_plan_last(Ctx *c, Id risk, RiskPlan *p)
{
    Rows rows = db_list(c, &q_plans, &(RiskPlan){ .risk_id = risk });
    if (rows.n) *p = *(const RiskPlan *)rows.at;
    return rows.n > 0;
}

/* Somebody with an account at or below the office of who names him. */
static void put_in_charge(Ctx *c, Risk *r, const RiskPlan *p)
{
    User u = { 0 };
    bool there = ok(c) && user_find(c, p->responsible_id, &u) && !u.disabled;
    if (ok(c) && !(there && org_sees(c, u.org_path))) fault(c, S("responsible_id"), FAULT_NOT_KNOWN);
    r->responsible_id = u.id;
    r->responsible = u.name;
    r->due = p->due;
}

static void plan(Ctx *c)
{
    Risk r = { 0 };
    RiskPlan p = { .by_id = c->who.id, .at = now(c) }, last = { 0 };
    (void)form_read(c, &risk_plan_form, &p);
    if (ok(c) && p.due.day < c->today.day) fault(c, S("due"), FAULT_TOO_SMALL);
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_WRITE, &r);
    (void)risk_plan_last(c, r.id, &last);
    risk_step(c, &r, S("plan"), p.goal);
    all_over(c, &r); /* whoever had them before */
    put_in_charge(c, &r, &p);
    p.id = id_next(c);
    p.risk_id = r.id;
    p.no = last.no + 1;
    if (r.planned_on.day == 0) r.planned_on = c->today;
    db_insert(c, &q_plan, &p);
    risk_save(c, &r);
    reply_row(c, 201, &risk_plan_form, &p);
    tx_end(c);
}

static void plans(Ctx *c)
{
    Risk r = { 0 };
    if (!risk_get(c, arg_id(c, 0), MAY_READ, &r)) return;
    reply_rows(c, &risk_plan_form, db_list(c, &q_plans, &(RiskPlan){ .risk_id = r.id }), (Str){ 0 });
}

/* ---- what was done -------------------------------------------------------------------------------- */

static Date next_look(Ctx *c, const Risk *r, Date day)
{
    RiskLevel level = RISK_BLUE;
    (void)risk_level_of(r->level, &level);
    return date_plus(day, (int)risk_check_days(&c->law->params, level, r->region, c->today));
}

/* Who answers for it, if he does not keep the ledger. */
static void may_handle(Ctx *c, const Risk *r)
{
    bool mine = r->responsible_id.n == c->who.id.n;
    if (ok(c) && !mine && !risk_may_write(c, r)) fail(c, ERR_FORBIDDEN, S("risk"));
}

static void deed(Ctx *c)
{
    Risk r = { 0 };
    User me = { 0 };
    Deed d = { .day = c->today, .by_id = c->who.id, .at = now(c) };
    (void)form_read(c, &deed_form, &d);
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_READ, &r);
    may_handle(c, &r);
    if (ok(c) && d.day.day < r.found_on.day) fault(c, S("day"), FAULT_ORDER);
    if (d.next_on.day == 0) d.next_on = next_look(c, &r, d.day);
    else if (ok(c) && d.next_on.day < d.day.day) fault(c, S("next_on"), FAULT_ORDER);
    risk_step(c, &r, S("handle"), d.content);
    (void)user_find(c, c->who.id, &me);
    d.id = id_next(c);
    d.risk_id = r.id;
    d.by_name = me.name;
    db_insert(c, &q_deed, &d);
    r.check_on = d.next_on;
    if (r.handled_on.day == 0) r.handled_on = d.day;
    risk_task_over(c, &r, S("risk_check"));
    if (c->who.roles & HR) risk_task_over(c, &r, S("risk_report"));
    risk_save(c, &r);
    reply_row(c, 201, &deed_form, &d);
    tx_end(c);
}

static void deeds(Ctx *c)
{
    Risk r = { 0 };
    if (!risk_get(c, arg_id(c, 0), MAY_READ, &r)) return;
    reply_rows(c, &deed_form, db_list(c, &q_deeds, &(Deed){ .risk_id = r.id }), (Str){ 0 });
}

/* ---- cases ---------------------------------------------------------------------------------------- */

/* The case says in its record that it was a risk before. */
static void link_case(Ctx *c, const Risk *r, RiskCase *l)
{
    Case k = { 0 };
    if (!ok(c) || !case_get(c, l->case_id, &k)) return;
    bool other = r->employer_id.n && k.employer_id.n && r->employer_id.n != k.employer_id.n;
    if (other) fault(c, S("case_id"), FAULT_MISMATCH);
    l->risk_id = r->id;
    l->by_id = c->who.id;
    l->at = now(c);
    l->no = k.no;
    l->applicant = k.applicant;
    l->respondent = k.respondent;
    l->state = k.state;
    db_insert(c, &q_link, l);
    case_note(c, &k, S("risk"), r->employer);
    case_save(c, &k);
}

static void link(Ctx *c)
{
    Risk r = { 0 };
    RiskCase l = { 0 };
    (void)form_read(c, &link_form, &l);
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_WRITE, &r);
    if (ok(c) && has_word(S("PROPOSED DISMISSED CLOSED"), r.state)) fail(c, ERR_WRONG_STATE, r.state);
    link_case(c, &r, &l);
    risk_save(c, &r);
    reply_row(c, 201, &link_form, &l);
    tx_end(c);
}

static void links(Ctx *c)
{
    Risk r = { 0 };
    if (!risk_get(c, arg_id(c, 0), MAY_READ, &r)) return;
    reply_rows(c, &link_form, db_list(c, &q_links, &(RiskCase){ .risk_id = r.id }), (Str){ 0 });
}

/* ---- moves ---------------------------------------------------------------------------------------- */

typedef struct RiskMove { Str event, reason; Date day; Id case_id; } RiskMove;
static const Code event_rows[] = {
    { "confirm", "确认列入台账", "confirm" },      { "dismiss", "不列入", "dismiss" },
    { "resolve", "化解", "resolved" },            { "open_case", "转为案件", "became a case" },
    { "escalate", "升级", "escalate" },           { "reopen", "重新处置", "take up again" },
    { "close", "销号", "close" },
};
static const Codes events = { .name = "risk_event", .row = event_rows, .n = COUNT(event_rows) };
static const Field move_fields[] = {
    FIELD(RiskMove, event,   .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(RiskMove, day,     .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(RiskMove, reason,  .label = "说明", .en = "what came of it", .rule = PROSE, .max = 2000),
    FIELD(RiskMove, case_id, .label = "调解案件", .en = "the case"),
};
static const Form move_form = FORM(RiskMove, move_fields);

static void confirmed(Ctx *c, Risk *r, const RiskMove *in)
{
    Look look = { .params = &c->law->params, .region = r->region, .day = c->today };
    (void)in;
    r->found_on = c->today; /* found is what a person says is a risk */
    risk_task_over(c, r, S("risk_confirm"));
    risk_task(c, r, S("risk_rate"), task_due(c, param(&look, "RISK_RATE_WD")));
}

static void ended(Ctx *c, Risk *r, const RiskMove *in)
{
    r->outcome = r->state;
    r->outcome_on = in->day.day ? in->day : c->today;
    r->outcome_by = c->who.id;
    r->result = in->reason;
    r->check_on = (Date){ 0 };
    if (ok(c) && r->outcome_on.day < r->found_on.day) fault(c, S("day"), FAULT_ORDER);
    all_over(c, r);
}

static void resolved(Ctx *c, Risk *r, const RiskMove *in)
{
    if (ok(c) && r->planned_on.day == 0) fail(c, ERR_BLOCKED, S("plan"));
    ended(c, r, in);
    risk_task_over(c, r, S("risk_report"));
}

static void case_opened(Ctx *c, Risk *r, const RiskMove *in)
{
    RiskCase l = { .case_id = in->case_id };
    bool linked = ok(c) && db_list(c, &q_links, &(RiskCase){ .risk_id = r->id }).n > 0;
    if (in->case_id.n) link_case(c, r, &l);
    else if (!linked) fault(c, S("case_id"), FAULT_REQUIRED);
    ended(c, r, in);
    risk_task_over(c, r, S("risk_report"));
}

static void escalated(Ctx *c, Risk *r, const RiskMove *in)
{
    ended(c, r, in);
    risk_report(c, r);
}

static void reopened(Ctx *c, Risk *r, const RiskMove *in)
{
    (void)in;
    r->outcome = r->result = (Str){ 0 };
    r->outcome_on = (Date){ 0 };
    r->outcome_by = (Id){ 0 };
    r->check_on = next_look(c, r, c->today);
}

/* Who says how it ended does not strike it off. */
static void closed(Ctx *c, Risk *r, const RiskMove *in)
{
    (void)in;
    if (ok(c) && r->outcome_by.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("same_person"));
    r->closed_on = c->today;
    risk_task_over(c, r, S("risk_report"));
}

static void dismissed(Ctx *c, Risk *r, const RiskMove *in)
{
    r->result = in->reason;
    all_over(c, r);
}

static const struct { const char *event; void (*run)(Ctx *c, Risk *r, const RiskMove *in); } effects[] = {
    { "confirm", confirmed }, { "dismiss", dismissed }, { "resolve", resolved }, { "open_case", case_opened },
    { "escalate", escalated }, { "reopen", reopened }, { "close", closed },
};

static void move(Ctx *c)
{
    Risk r = { 0 };
    RiskMove in = { 0 };
    (void)form_read(c, &move_form, &in);
    tx_begin(c);
    (void)risk_get(c, arg_id(c, 0), MAY_WRITE, &r);
    if (ok(c) && in.case_id.n && !str_eq(in.event, S("open_case"))) fault(c, S("case_id"), FAULT_NOT_ALLOWED);
    risk_step(c, &r, in.event, in.reason);
    for (size_t i = 0; i < COUNT(effects); i++) {
        if (ok(c) && str_eq(in.event, str_of(effects[i].event))) effects[i].run(c, &r, &in);
    }
    risk_save(c, &r);
    risk_reply(c, 200, &r);
    tx_end(c);
}

static void history(Ctx *c)
{
    Risk r = { 0 };
    if (!risk_get(c, arg_id(c, 0), MAY_READ, &r)) return;
    reply_rows(c, &standing_form, standing_list(c, r.id), (Str){ 0 });
}

/* In the morning of the day on which a risk is looked at again. */
static void look_again(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_look, &(Risk){ .check_on = c->today });
    const Risk *r = rows.at;
    for (size_t i = 0; i < rows.n; i++) risk_task(c, &r[i], S("risk_check"), task_due(c, 0));
    if (rows.n == 200) job_add(c, S("risk_look"), (Id){ 0 }, now(c), (Str){ 0 });
}

static const JobKind jobs[] = { { .word = "risk_look", .run = look_again, .daily = "00:20" } };

static const Route routes[] = {
    { "GET", "/api/v1/risks/:id/plans", READERS, plans, "应对预案", "its plans, the newest first", .out = &risk_plan_form,
      .list = true },
    { "POST", "/api/v1/risks/:id/plans", KEEPERS, plan, "制定应对预案", "plan how it is handled", .in = &risk_plan_form,
      .out = &risk_plan_form },
    { "GET", "/api/v1/risks/:id/deeds", READERS, deeds, "处置记录", "what was done", .out = &deed_form, .list = true },
    { "POST", "/api/v1/risks/:id/deeds", KEEPERS | MEDIATORS, deed, "登记处置情况", "enter what was done", .in = &deed_form,
      .out = &deed_form },
    { "GET", "/api/v1/risks/:id/cases", READERS, links, "关联案件", "the cases it became", .out = &link_form, .list = true },
    { "POST", "/api/v1/risks/:id/cases", KEEPERS, link, "关联案件", "name a case of it", .in = &link_form, .out = &link_form },
    { "POST", "/api/v1/risks/:id/moves", KEEPERS, move, "确认、化解、转案、升级、销号",
      "confirm, resolve, hand over to a case, escalate, close", .in = &move_form, .out = &risk_form },
    { "GET", "/api/v1/risks/:id/history", READERS, history, "办理记录", "its record", .out = &standing_form, .list = true },
};

const Slice risk_moves_slice = {
    .name = "risk_moves", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
