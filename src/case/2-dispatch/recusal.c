/*
** Recusal (T16): asked for by a party, or declared by a mediator of himself;
** decided by the head within RECUSAL_WD working days.  Meanwhile that mediator
** is on hold.  Granted, he leaves; his minutes stay, in the sub-volume.
*/
#include "case/2-dispatch/dispatch.h"

#include "case/task.h"

typedef struct Recusal {
    Id   id, case_id;
    Id   mediator_id, user_id;
    Str  name;
    Str  asked_by_side;  /* APPL, RESP, SELF */
    Str  ground, reason;
    Id   asked_by;
    Date asked, decide_by;
    Str  state;          /* asked, granted, refused */
    Id   decided_by;
    Date decided;
    Str  decision;
} Recusal;

static const Code ground_rows[] = {
    { "RELATIVE", "是一方当事人或者其代理人的近亲属", "near relative of a party or an agent" },
    { "INTEREST", "与纠纷有利害关系", "an interest in the dispute" },
    { "OTHER", "与当事人、代理人有其他关系，可能影响公正调解", "another relation that may affect fairness" },
};
static const Codes grounds = { .name = "recusal_ground", .row = ground_rows, .n = COUNT(ground_rows) };
static const Code state_rows[] = {
    { "asked", "待决定", "asked" }, { "granted", "准予回避", "granted" }, { "refused", "不予回避", "refused" },
};
static const Codes states = { .name = "recusal_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Recusal, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Recusal, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Recusal, mediator_id, .label = "调解员", .en = "mediator"),
    FIELD(Recusal, user_id,     .label = "账号", .en = "account", .rule = HIDDEN),
    FIELD(Recusal, name,        .label = "调解员姓名", .en = "the mediator's name", .rule = SERVER_SET),
    FIELD(Recusal, asked_by_side, .label = "提出方", .en = "asked by", .rule = SERVER_SET),
    FIELD(Recusal, ground,      .label = "回避情形", .en = "ground", .rule = REQUIRED, .codes = &grounds),
    FIELD(Recusal, reason,      .label = "理由", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Recusal, asked_by,    .label = "提出人", .en = "who asked", .rule = SERVER_SET),
    FIELD(Recusal, asked,       .label = "提出日期", .en = "asked on", .rule = SERVER_SET),
    FIELD(Recusal, decide_by,   .label = "最迟决定日", .en = "to be decided by", .rule = SERVER_SET),
    FIELD(Recusal, state,       .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Recusal, decided_by,  .label = "决定人", .en = "decided by", .rule = SERVER_SET),
    FIELD(Recusal, decided,     .label = "决定日期", .en = "decided on", .rule = SERVER_SET),
    FIELD(Recusal, decision,    .label = "决定理由", .en = "reasons of the decision", .rule = SERVER_SET),
};
static const Form recusal_form = FORM(Recusal, fields);

typedef struct RecusalVerdict {
    bool granted;
    Str  decision;
} RecusalVerdict;
static const Field verdict_fields[] = {
    FIELD(RecusalVerdict, granted,  .label = "准予回避", .en = "granted", .rule = REQUIRED),
    FIELD(RecusalVerdict, decision, .label = "决定理由", .en = "reasons", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form verdict_form = FORM(RecusalVerdict, verdict_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE recusal("
      "  id         INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  mediator_id INTEGER NOT NULL, user_id INTEGER NOT NULL, name TEXT NOT NULL,"
      "  asked_by_side TEXT NOT NULL,"         /* or SELF */
      "  ground     TEXT NOT NULL, reason TEXT NOT NULL,"
      "  asked_by   INTEGER NOT NULL, asked TEXT NOT NULL, decide_by TEXT NOT NULL,"
      "  state      TEXT NOT NULL CHECK(state IN ('asked', 'granted', 'refused')),"
      "  decided_by INTEGER NOT NULL, decided TEXT, decision TEXT NOT NULL) STRICT;"
      "CREATE INDEX recusal_by_case ON recusal(case_id, id);" },
};
#define COLUMNS \
    "id, case_id, mediator_id, user_id, name, asked_by_side, ground, reason, asked_by, asked, decide_by, state," \
    " decided_by, decided, decision"
static const Query q_add = {
    .name = "recusal.add", .in = &recusal_form,
    .sql = "INSERT INTO recusal(" COLUMNS ") VALUES(:id, :case_id, :mediator_id, :user_id, :name, :asked_by_side,"
           " :ground, :reason, :asked_by, :asked, :decide_by, :state, :decided_by, :decided, :decision)",
};
static const Query q_get = {
    .name = "recusal.get", .in = &recusal_form, .out = &recusal_form,
    .sql = "SELECT " COLUMNS " FROM recusal WHERE id = :id AND case_id = :case_id",
};
static const Query q_list = {
    .name = "recusal.list", .in = &recusal_form, .out = &recusal_form,
    .sql = "SELECT " COLUMNS " FROM recusal WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query q_decide = {
    .name = "recusal.decide", .in = &recusal_form,
    .sql = "UPDATE recusal SET state = :state, decided_by = :decided_by, decided = :decided, decision = :decision"
           " WHERE id = :id AND state = 'asked'",
};
static const Query *const queries[] = { &q_add, &q_get, &q_list, &q_decide, NULL };

static Rows recusals_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Recusal){ .case_id = case_id });
}

const Sealed recusal_sealed = { &recusal_form, recusals_of };

static bool is_pending(Rows rows, Id mediator)
{
    for (size_t i = 0; i < rows.n; i++) {
        const Recusal *r = (const Recusal *)rows.at + i;
        if (str_eq(r->state, S("asked")) && (mediator.n == 0 || r->mediator_id.n == mediator.n)) return true;
    }
    return false;
}

/* Who was dismissed or suspended, or has left, acts in no case. */
static void in_office(Ctx *c)
{
    Mediator m = { 0 };
    bool mediates = ok(c) && (c->who.roles & MEDIATORS) && !c->who.machine;
    if (mediates && mediator_of_user(c, c->who.id, &m) && !m.active) fail(c, ERR_BLOCKED, m.status);
}

void not_on_hold(Ctx *c, Case *k)
{
    in_office(c);
    Rows rows = { 0 };
    if (c->who.roles & SYSTEM || !(c->who.roles & MEDIATORS)) return;
    rows = recusals_of(c, k->id);
    for (size_t i = 0; i < rows.n; i++) {
        const Recusal *r = (const Recusal *)rows.at + i;
        bool on_hold = str_eq(r->state, S("asked")) && r->user_id.n == c->who.id.n;
        if (on_hold) fail(c, ERR_BLOCKED, str_of(state_rows[0].zh));
    }
}

/* Whom it is about: a mediator speaks of himself, a party names one of those who mediate. */
static void target(Ctx *c, const Case *k, Recusal *r)
{
    bool self = c->who.roles & MEDIATORS;
    Rows rows = assigned_of(c, k->id);
    for (size_t i = 0; i < rows.n; i++) {
        const Assigned *a = (const Assigned *)rows.at + i;
        bool him = self ? a->user_id.n == c->who.id.n : a->mediator_id.n == r->mediator_id.n;
        if (a->until.day || !him) continue;
        r->user_id = a->user_id;
        r->name = a->name;
        r->mediator_id = a->mediator_id;
        r->asked_by_side = self ? S("SELF") : c->who.sides & APPLICANT ? S("APPL") : S("RESP");
        return;
    }
    fault(c, S("mediator_id"), r->mediator_id.n || self ? FAULT_NOT_KNOWN : FAULT_REQUIRED);
}

static void ask(Ctx *c)
{
    Case k;
    Recusal r = { .asked_by = c->who.id, .asked = c->today, .state = S("asked") };
    form_read(c, &recusal_form, &r);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !flow_find(state_of(k.state), EV_RECUSE)) fail(c, ERR_WRONG_STATE, k.state);
    if (ok(c)) target(c, &k, &r);
    if (is_pending(recusals_of(c, k.id), r.mediator_id)) fail(c, ERR_CLASH, r.name);
    r.id = id_next(c);
    r.case_id = k.id;
    Time due = task_due(c, case_param(c, &k, "RECUSAL_WD"));
    r.decide_by = time_date(due);
    db_insert(c, &q_add, &r);
    case_fire(c, &k, EV_RECUSE, r.name);
    task_add(c, &k, S("recusal"), ROLE_HEAD, due);
    reply_row(c, 201, &recusal_form, &r);
    tx_end(c);
}

/* The mediator leaves, and somebody else is named. */
static void grant(Ctx *c, Case *k, const Recusal *r)
{
    Rows rows = assigned_of(c, k->id);
    for (size_t i = 0; i < rows.n; i++) {
        const Assigned *a = (const Assigned *)rows.at + i;
        if (a->until.day == 0 && a->mediator_id.n == r->mediator_id.n) assigned_end(c, k, a, S("recused"));
    }
    task_add(c, k, S("assign"), ROLE_DISPATCHER, task_due(c, 1));
}

static void decide(Ctx *c)
{
    Case k;
    RecusalVerdict v = { 0 };
    form_read(c, &verdict_form, &v);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    Recusal r = { .id = arg_id(c, 1), .case_id = k.id };
    db_get(c, &q_get, &r, &r);
    if (ok(c) && r.user_id.n && r.user_id.n == c->who.id.n) fail(c, ERR_FORBIDDEN, r.name);
    if (ok(c) && !str_eq(r.state, S("asked"))) fail(c, ERR_CLASH, r.state);
    r.state = v.granted ? S("granted") : S("refused");
    r.decided_by = c->who.id;
    r.decided = c->today;
    r.decision = v.decision;
    db_change(c, &q_decide, &r);
    if (ok(c) && v.granted) grant(c, &k, &r);
    case_fire(c, &k, EV_DECIDE_RECUSAL, r.state);
    if (!is_pending(recusals_of(c, k.id), (Id){ 0 })) task_done(c, &k, S("recusal"), r.state);
    reply_row(c, 200, &recusal_form, &r);
    tx_end(c);
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &recusal_form, recusals_of(c, k.id), (Str){ 0 });
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/recusals", PARTIES | MEDIATORS, ask, "申请（自行）回避", "ask for a recusal",
      EV_RECUSE, .in = &recusal_form, .out = &recusal_form },
    { "GET", "/api/v1/cases/:id/recusals", PARTIES | STAFF, list, "回避申请", "recusals asked for",
      .out = &recusal_form, .list = true },
    { "POST", "/api/v1/cases/:id/recusals/:recusal/decide", HEAD, decide, "决定是否回避", "decide on a recusal",
      EV_DECIDE_RECUSAL, .in = &verdict_form, .out = &recusal_form },
};
/* What a mediator on hold may not do. */
static const Hook hooks[] = {
    { BEFORE, EV_OPEN, not_on_hold },    { BEFORE, EV_SUSPEND, not_on_hold },
    { BEFORE, EV_RESUME, not_on_hold },  { BEFORE, EV_EXTEND, not_on_hold },
    { BEFORE, EV_AGREE, not_on_hold },   { BEFORE, EV_PERFORM_ON_SPOT, not_on_hold },
    { BEFORE, EV_FAIL, not_on_hold },    { BEFORE, EV_FLAG_COMPLEX, not_on_hold },
};

const Slice recusal_slice = {
    .name = "recusal", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
