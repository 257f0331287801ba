/*
** To an organisation (T13, T14): what is proposed and why, the choice, and the
** organisation's answer.  Whoever chooses otherwise than proposed says why.
*/
#include "case/2-dispatch/dispatch.h"

#include "case/clock.h"
#include "case/task.h"
#include "core/limits.h"

/* ---- what is proposed ----------------------------------------------------------------- */

typedef struct Proposed {
    Id      id;
    Str     name, kind;
    bool    barred;
    int64_t rule, load, capacity;
    Str     why, why_en, basis;
} Proposed;

static const Field proposed_fields[] = {
    FIELD(Proposed, id,       .label = "编号", .en = "id"),
    FIELD(Proposed, name,     .label = "名称", .en = "name"),
    FIELD(Proposed, kind,     .label = "类别", .en = "kind"),
    FIELD(Proposed, barred,   .label = "不可选", .en = "barred"),
    FIELD(Proposed, rule,     .label = "适用规则序号", .en = "place of its rule"),
    FIELD(Proposed, load,     .label = "在办件数", .en = "open cases"),
    FIELD(Proposed, capacity, .label = "在办容量", .en = "capacity"),
    FIELD(Proposed, why,      .label = "理由", .en = "reasons"),
    FIELD(Proposed, why_en,   .label = "理由（英文）", .en = "reasons in English"),
    FIELD(Proposed, basis,    .label = "依据", .en = "basis"),
};
static const Form proposed_form = FORM(Proposed, proposed_fields);

typedef struct Proposals {
    Rows orgs, mediators, parties;
} Proposals;

static const Field proposals_fields[] = {
    FIELD(Proposals, orgs,      .label = "推荐组织", .en = "organisations, best first", .child = &proposed_form),
    FIELD(Proposals, mediators, .label = "推荐调解员", .en = "mediators, best first", .child = &proposed_form),
    FIELD(Proposals, parties,   .label = "建议追加的当事人", .en = "who else should be a party", .child = &proposed_form),
};
static const Form proposals_form = FORM(Proposals, proposals_fields);

typedef struct ProposalsAsk {
    bool agreed_by_worker;
} ProposalsAsk;
static const Field ask_fields[] = {
    FIELD(ProposalsAsk, agreed_by_worker, .label = "劳动者同意由企业调解委员会调解",
          .en = "the worker agrees to the enterprise's committee"),
};
static const Form ask_form = FORM(ProposalsAsk, ask_fields);

typedef enum Part { PART_ZH, PART_EN, PART_BASIS } Part;

static Str said(Ctx *c, const Findings *f, Part part)
{
    Out o = { .buf = NEW(c->mem, char, 4096), .cap = 4096 };
    for (size_t i = 0; i < f->n; i++) {
        const Reason *r = f->list[i].why;
        if (i) out_str(&o, S("; "));
        out_str(&o, str_of(part == PART_ZH ? r->zh : part == PART_EN ? r->en : r->basis));
    }
    return out_view(&o);
}

static Proposed proposed(Ctx *c, const Proposal *p)
{
    return (Proposed){ .id = p->id, .barred = p->barred, .rule = p->rule, .load = p->load,
                       .capacity = p->capacity,
                       .why = said(c, &p->reasons, PART_ZH), .why_en = said(c, &p->reasons, PART_EN),
                       .basis = said(c, &p->reasons, PART_BASIS) };
}

static Rows orgs_said(Ctx *c, const OrgChoice *v)
{
    size_t n = v->n < PAGE_MAX ? v->n : PAGE_MAX;
    Rows rows = { NEW(c->mem, Proposed, n + 1), n };
    for (size_t i = 0; i < n; i++) {
        Proposed *p = (Proposed *)rows.at + i;
        *p = proposed(c, &v->out[i]);
        p->name = v->orgs[v->out[i].at].name;
        p->kind = v->orgs[v->out[i].at].kind;
    }
    return rows;
}

static Rows people_said(Ctx *c, const PersonChoice *v)
{
    size_t n = v->n < PAGE_MAX ? v->n : PAGE_MAX;
    Rows rows = { NEW(c->mem, Proposed, n + 1), n };
    for (size_t i = 0; i < n; i++) {
        Proposed *p = (Proposed *)rows.at + i;
        *p = proposed(c, &v->out[i]);
        p->name = v->people[v->out[i].at].name;
        p->kind = v->people[v->out[i].at].work;
    }
    return rows;
}

static Rows parties_said(Ctx *c, const Findings *f)
{
    Rows rows = { NEW(c->mem, Proposed, f->n + 1), f->n };
    for (size_t i = 0; i < f->n; i++) {
        const Reason *r = f->list[i].why;
        ((Proposed *)rows.at)[i] = (Proposed){ .kind = str_of(r->code), .why = str_of(r->zh),
                                               .why_en = str_of(r->en), .basis = str_of(r->basis) };
    }
    return rows;
}

static void show_proposals(Ctx *c)
{
    Case k;
    ProposalsAsk ask = { 0 };
    form_read_query(c, &ask_form, &ask);
    if (!ok(c) || !case_get(c, arg_id(c, 0), &k)) return;
    Matter m = matter_of(c, &k);
    m.committee_agreed = ask.agreed_by_worker;
    OrgChoice orgs = org_choice(c, &k, &m, (Id){ 0 });
    PersonChoice people = person_choice(c, &k, &m);
    Findings parties = parties_missing(c, &k);
    Proposals p = { .orgs = orgs_said(c, &orgs), .mediators = people_said(c, &people),
                    .parties = parties_said(c, &parties) };
    reply_row(c, 200, &proposals_form, &p);
}

/* ---- the choice --------------------------------------------------------------------------- */

/* One dispatch and what the organisation said to it: its KPI counts these. */
typedef struct Dispatch {
    Id   id, case_id;
    Id   org;
    Str  org_name;
    Id   proposed;           /* first of the proposals then */
    bool agreed_by_worker;   /* to the enterprise's committee */
    Str  reason;             /* why not the first */
    Id   by;
    Time at;
    Str  outcome;            /* open, confirmed, declined, silent */
    Str  answer;
    Time answered_at;
} Dispatch;

static const Code outcome_rows[] = {
    { "open", "待确认", "open" }, { "confirmed", "已确认", "confirmed" }, { "declined", "已退回", "declined" },
    { "silent", "逾期未确认", "not confirmed in time" },
};
static const Codes outcomes = { .name = "dispatch_outcome", .row = outcome_rows, .n = COUNT(outcome_rows) };

static const Field fields[] = {
    FIELD(Dispatch, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Dispatch, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Dispatch, org,         .label = "分流至", .en = "to which organisation", .rule = REQUIRED),
    FIELD(Dispatch, org_name,    .label = "组织名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Dispatch, proposed,    .label = "首位推荐", .en = "first proposed", .rule = SERVER_SET),
    FIELD(Dispatch, agreed_by_worker, .label = "劳动者同意由企业调解委员会调解",
          .en = "the worker agrees to the enterprise's committee"),
    FIELD(Dispatch, reason,      .label = "选择理由", .en = "why this one", .rule = PROSE, .max = 1000),
    FIELD(Dispatch, by,          .label = "分流人", .en = "by", .rule = SERVER_SET),
    FIELD(Dispatch, at,          .label = "分流时间", .en = "at", .rule = SERVER_SET),
    FIELD(Dispatch, outcome,     .label = "结果", .en = "outcome", .rule = SERVER_SET, .codes = &outcomes),
    FIELD(Dispatch, answer,      .label = "答复", .en = "answer", .rule = SERVER_SET),
    FIELD(Dispatch, answered_at, .label = "答复时间", .en = "answered at", .rule = SERVER_SET),
};
static const Form dispatch_form = FORM(Dispatch, fields);

static const Field decline_fields[] = {
    FIELD(CaseNote, note, .label = "退回理由", .en = "why", .rule = REQUIRED | PROSE, .min = 2, .max = 1000),
};
static const Form decline_form = { "DispatchDecline", sizeof(CaseNote), decline_fields, COUNT(decline_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE dispatch("
      "  id          INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  org         INTEGER NOT NULL, org_name TEXT NOT NULL,"
      "  proposed    INTEGER NOT NULL,"          /* what the rules put first */
      "  agreed_by_worker INTEGER NOT NULL,"
      "  reason      TEXT NOT NULL,"             /* required when it is another */
      "  by          INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  outcome     TEXT NOT NULL CHECK(outcome IN ('open', 'confirmed', 'declined', 'silent')),"
      "  answer      TEXT NOT NULL, answered_at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX dispatch_by_case ON dispatch(case_id, id);"
      "CREATE INDEX dispatch_by_org ON dispatch(org, outcome, id);" },
};

#define COLUMNS \
    "id, case_id, org, org_name, proposed, agreed_by_worker, reason, by, at, outcome, answer, answered_at"

static const Query q_add = {
    .name = "dispatch.add", .in = &dispatch_form,
    .sql = "INSERT INTO dispatch(" COLUMNS ") VALUES(:id, :case_id, :org, :org_name, :proposed, :agreed_by_worker,"
           " :reason, :by, :at, 'open', '', 0)",
};
static const Query q_answer = {
    .name = "dispatch.answer", .in = &dispatch_form,
    .sql = "UPDATE dispatch SET outcome = :outcome, answer = :answer, answered_at = :answered_at"
           " WHERE case_id = :case_id AND outcome = 'open'",
};
static const Query q_list = {
    .name = "dispatch.list", .in = &dispatch_form, .out = &dispatch_form,
    .sql = "SELECT " COLUMNS " FROM dispatch WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query *const queries[] = { &q_add, &q_answer, &q_list, NULL };

static const Proposal *proposal_of(const OrgChoice *v, Id org)
{
    for (size_t i = 0; i < v->n; i++) {
        if (v->out[i].id.n == org.n) return &v->out[i];
    }
    return NULL;
}

/* What is barred stays barred; another than the first needs a reason. */
static void choose(Ctx *c, Case *k, Dispatch *d)
{
    Matter m = matter_of(c, k);
    m.committee_agreed = d->agreed_by_worker;
    OrgChoice v = org_choice(c, k, &m, d->org);
    const Proposal *p = proposal_of(&v, d->org);
    if (!ok(c)) return;
    if (!p) {
        fault(c, S("org"), FAULT_NOT_KNOWN);
        return;
    }
    const Org *org = &v.orgs[p->at];
    if (p->barred) findings_block(c, org->name, &p->reasons);
    d->proposed = v.out[0].id;
    d->org_name = org->name;
    if (d->proposed.n != d->org.n && d->reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
    if (!ok(c)) return;
    load_drop(c, k, S("org"), k->org);
    k->org = org->id;
    k->org_path = org->path;
    load_take(c, k, S("org"), k->org);
}

static void dispatch(Ctx *c)
{
    Case k;
    Dispatch d = { .by = c->who.id, .at = now(c), .outcome = S("open") };
    form_read(c, &dispatch_form, &d);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !flow_find(state_of(k.state), EV_DISPATCH)) fail(c, ERR_WRONG_STATE, k.state);
    choose(c, &k, &d);
    case_fire(c, &k, EV_DISPATCH, d.reason);
    d.id = id_next(c);
    d.case_id = k.id;
    db_insert(c, &q_add, &d);
    reply_row(c, 201, &dispatch_form, &d);
    tx_end(c);
}

static void list_dispatches(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &dispatch_form, db_list(c, &q_list, &(Dispatch){ .case_id = k.id }), (Str){ 0 });
}

/* ---- the organisation's answer -------------------------------------------------------------- */

static void own_org(Ctx *c, const Case *k)
{
    if (ok(c) && c->who.org.n != k->org.n) fail(c, ERR_FORBIDDEN, S("org"));
}

static void answered(Ctx *c, const Case *k, Str outcome, Str answer)
{
    db_change_any(c, &q_answer, &(Dispatch){ .case_id = k->id, .outcome = outcome, .answer = answer,
        .answered_at = now(c) });
}

static void confirm(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    own_org(c, &k);
    case_fire(c, &k, EV_ORG_CONFIRM, in.note);
    answered(c, &k, S("confirmed"), in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void decline(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &decline_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    own_org(c, &k);
    case_fire(c, &k, EV_ORG_DECLINE, in.note);
    answered(c, &k, S("declined"), in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

/* ---- what follows ------------------------------------------------------------------------------ */

/* C-ORG-ACK has begun; its last instant is what the task is due at. */
static void ask_org(Ctx *c, Case *k)
{
    Date last = clock_last(c, k, S("C-ORG-ACK"));
    task_done(c, k, S("dispatch"), k->org_path);
    task_done(c, k, S("org_silent"), k->org_path);
    task_add(c, k, S("confirm"), ROLE_ORG_MANAGER, time_at(last.day ? last : c->today, 23, 59));
}

static void ask_assignment(Ctx *c, Case *k)
{
    task_done(c, k, S("confirm"), (Str){ 0 });
    task_add(c, k, S("assign"), ROLE_ORG_MANAGER, task_due(c, 1));
}

/* Back to the centre that registered it. */
static void take_back(Ctx *c, Case *k)
{
    load_drop(c, k, S("org"), k->org);
    task_done(c, k, S("confirm"), (Str){ 0 });
    task_done(c, k, S("assign"), (Str){ 0 });
    k->org = k->owner;
    k->org_path = k->owner_path;
}

static void dispatch_again(Ctx *c, Case *k)
{
    task_add(c, k, S("dispatch"), ROLE_DISPATCHER, task_due(c, 1));
}

static void was_silent(Ctx *c, Case *k)
{
    answered(c, k, S("silent"), (Str){ 0 });
}

enum { READERS = CLERK | DISPATCHER | HEAD | ORG_MANAGER | HR };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/proposals", READERS, show_proposals, "分流、指派建议", "where to, and who: with reasons",
      .query = &ask_form, .out = &proposals_form },
    { "POST", "/api/v1/cases/:id/dispatch", DISPATCHER, dispatch, "分流", "dispatch", EV_DISPATCH,
      .in = &dispatch_form, .out = &dispatch_form },
    { "GET", "/api/v1/cases/:id/dispatches", READERS | MEDIATORS, list_dispatches, "分流记录", "its dispatches",
      .out = &dispatch_form, .list = true },
    { "POST", "/api/v1/cases/:id/confirm", ORG_MANAGER, confirm, "确认接收", "the organisation confirms",
      EV_ORG_CONFIRM, .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/return", ORG_MANAGER, decline, "退回", "the organisation declines",
      EV_ORG_DECLINE, .in = &decline_form, .out = &case_form },
};
static const Hook hooks[] = {
    { AFTER, EV_DISPATCH, ask_org },
    { AFTER, EV_ORG_CONFIRM, ask_assignment },
    { BEFORE, EV_ORG_DECLINE, take_back },
    { AFTER, EV_ORG_DECLINE, dispatch_again },
    { BEFORE, EV_ORG_SILENT, take_back },
    { AFTER, EV_ORG_SILENT, was_silent },
};

const Slice dispatch_slice = {
    .name = "dispatch", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
