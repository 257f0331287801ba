/*
** Recovery (追回): when a paid case turns out to be a sham, each share is asked back;
** what comes back returns to the budget.  A daily job finds the cases; claims that
** were not paid yet are refused by it.
*/
#include "core/jobs.h"
#include "core/tx.h"
#include "oversight/funds/subsidy_row.h"

typedef struct Recovery {
    Id      id, subsidy_id, share_id, case_id, mediator_id, budget_id;
    Str     case_no, name, reason, state, voucher, org_path;
    Money   amount;
    Date    asked_on, day;
    Id      by;
    int64_t version;
    Str     path, path_end;
} Recovery;

static const Code state_rows[] = { { "DUE", "待追回", "due" }, { "RECOVERED", "已追回", "recovered" } };
static const Codes states = { .name = "recovery_state", .row = state_rows, .n = COUNT(state_rows) };
static const Field fields[] = {
    FIELD(Recovery, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Recovery, subsidy_id,  .label = "补助", .en = "subsidy", .rule = SERVER_SET),
    FIELD(Recovery, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Recovery, case_no,     .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(Recovery, mediator_id, .label = "调解员", .en = "mediator", .rule = SERVER_SET),
    FIELD(Recovery, name,        .label = "姓名", .en = "name", .rule = SERVER_SET),
    FIELD(Recovery, amount,      .label = "应追回", .en = "to be recovered", .rule = SERVER_SET),
    FIELD(Recovery, reason,      .label = "原因", .en = "why", .rule = SERVER_SET),
    FIELD(Recovery, asked_on,    .label = "发起日期", .en = "asked back on", .rule = SERVER_SET),
    FIELD(Recovery, state,       .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Recovery, voucher,     .label = "入账凭证号", .en = "voucher", .rule = REQUIRED, .max = 60),
    FIELD(Recovery, day,         .label = "入账日期", .en = "came back on", .rule = NOT_FUTURE),
    FIELD(Recovery, by,          .label = "经办", .en = "by", .rule = SERVER_SET),
    FIELD(Recovery, share_id,  .label = "份额", .en = "share", .rule = HIDDEN),
    FIELD(Recovery, budget_id, .label = "预算", .en = "budget", .rule = HIDDEN),
    FIELD(Recovery, org_path,  .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Recovery, version,   .label = "版本", .en = "version", .rule = HIDDEN),
    FIELD(Recovery, path,      .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Recovery, path_end,  .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form recovery_form = FORM(Recovery, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE recovery("             /* of a paid share of a sham case */
      "  id        INTEGER PRIMARY KEY, subsidy_id INTEGER NOT NULL REFERENCES subsidy,"
      "  share_id  INTEGER NOT NULL UNIQUE, case_id INTEGER NOT NULL, case_no TEXT NOT NULL,"
      "  mediator_id INTEGER NOT NULL, name TEXT NOT NULL, org_path TEXT NOT NULL,"
      "  amount    INTEGER NOT NULL CHECK(amount > 0), reason TEXT NOT NULL, asked_on TEXT NOT NULL,"
      "  state     TEXT NOT NULL, voucher TEXT NOT NULL, day TEXT, by INTEGER NOT NULL) STRICT;"
      "CREATE INDEX recovery_by_path ON recovery(org_path, id);"
      "CREATE INDEX recovery_by_subsidy ON recovery(subsidy_id, state);" },
};
#define COLUMNS \
    "id, subsidy_id, share_id, case_id, case_no, mediator_id, name, org_path, amount, reason, asked_on, state, voucher," \
    " day, by"
static const Query q_add = {
    .name = "recovery.add", .in = &recovery_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO recovery(" COLUMNS ") VALUES(:id, :subsidy_id, :share_id, :case_id, :case_no, :mediator_id, :name,"
           " :org_path, :amount, :reason, :asked_on, :state, :voucher, :day, :by)",
};
static const Query q_settle = {
    .name = "recovery.settle", .in = &recovery_form,
    .sql = "UPDATE recovery SET state = 'RECOVERED', voucher = :voucher, day = :day, by = :by"
           " WHERE id = :id AND state = 'DUE'",
};
static const Query q_get = {
    .name = "recovery.get", .in = &recovery_form, .out = &recovery_form,
    .sql = "SELECT " COLUMNS " FROM recovery WHERE id = :id AND org_path >= :path AND org_path < :path_end",
};
static const Query q_list = {
    .name = "recovery.list", .in = &recovery_form, .out = &recovery_form,
    .sql = "SELECT " COLUMNS " FROM recovery WHERE org_path >= :path AND org_path < :path_end ORDER BY id DESC LIMIT 200",
};
static const Query q_open = {
    .name = "recovery.open", .in = &recovery_form, .out = &recovery_form,
    .sql = "SELECT id FROM recovery WHERE subsidy_id = :subsidy_id AND state = 'DUE' AND id <> :id LIMIT 1",
};
static const Query q_budget = {
    .name = "recovery.budget", .in = &recovery_form, .out = &recovery_form,
    .sql = "SELECT p.budget_id FROM pay_line l JOIN pay_list p ON p.id = l.list_id WHERE l.share_id = :share_id",
};
#define SUBSIDY_COLUMNS "s.id, s.case_id, s.case_no, s.org, s.org_path, s.month, s.state, s.version"
static const Query q_claim = {
    .name = "recovery.claim", .in = &recovery_form, .out = &subsidy_form,
    .sql = "SELECT " SUBSIDY_COLUMNS " FROM subsidy s WHERE s.id = :subsidy_id"
           " AND s.org_path >= :path AND s.org_path < :path_end",
};
static const Query q_shams = { /* the confirmed shams are few */
    .name = "recovery.shams", .out = &subsidy_form,
    .sql = "SELECT DISTINCT " SUBSIDY_COLUMNS " FROM sham x JOIN subsidy s ON s.case_id = x.case_id"
           " WHERE x.state = 'confirmed' AND s.state IN ('PROPOSED', 'CHECKED', 'APPROVED', 'PAID') /*scan*/"
           " ORDER BY s.id LIMIT 100",
};
static const Query *const queries[] = {
    &q_add, &q_settle, &q_get, &q_list, &q_open, &q_budget, &q_claim, &q_shams, NULL,
};

static Recovery asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_SUBSIDY);
    return (Recovery){ .path = s.path, .path_end = s.path_end };
}

static void ask_back(Ctx *c, Subsidy *s, Str why)
{
    Rows rows = subsidy_shares(c, s->id);
    subsidy_step(c, s, S("recall"), why);
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Share *h = (const Share *)rows.at + i;
        if (h->pay.fen == 0) continue;
        db_insert(c, &q_add, &(Recovery){ .id = id_next(c), .subsidy_id = s->id, .share_id = h->id,
            .case_id = s->case_id, .case_no = s->case_no, .mediator_id = h->mediator_id,
            .name = h->name, .org_path = s->org_path, .amount = h->pay, .reason = why,
            .asked_on = c->today, .state = S("DUE") });
    }
}

typedef struct Recall { Str reason; } Recall;
static const Field recall_fields[] = {
    FIELD(Recall, reason, .label = "原因", .en = "why", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
};
static const Form recall_form = FORM(Recall, recall_fields);

static void recall(Ctx *c)
{
    Subsidy s = { 0 };
    Recall in = { 0 };
    Recovery ask = asking(c);
    form_read(c, &recall_form, &in);
    tx_begin(c);
    ask.subsidy_id = arg_id(c, 0);
    (void)db_get(c, &q_claim, &ask, &s);
    if (ok(c) && !case_is_sham(c, s.case_id)) fail(c, ERR_BLOCKED, S("sham"));
    if (ok(c)) ask_back(c, &s, in.reason);
    reply_row(c, 200, &subsidy_form, &s);
    tx_end(c);
}

/* The money goes back to where it came from, and counts in no cap any more. */
static void give_back(Ctx *c, Recovery *r)
{
    Budget b = { 0 };
    Recovery from = { 0 };
    if (!db_get(c, &q_budget, r, &from) || !budget_get(c, from.budget_id, &b)) return;
    budget_pay(c, &b, -r->amount.fen);
    budget_use(c, &b, -r->amount.fen);
}

static void settle(Ctx *c)
{
    Recovery in = { .day = c->today }, ask = asking(c), r = { 0 };
    Subsidy s = { 0 };
    form_read(c, &recovery_form, &in);
    tx_begin(c);
    ask.id = arg_id(c, 0);
    (void)db_get(c, &q_get, &ask, &r);
    if (ok(c) && str_eq(r.state, S("RECOVERED"))) fail(c, ERR_CLASH, r.state);
    r.voucher = in.voucher;
    r.day = in.day;
    r.by = c->who.id;
    db_change(c, &q_settle, &r);
    if (ok(c)) give_back(c, &r);
    ask.subsidy_id = r.subsidy_id;
    bool more = db_find(c, &q_open, &r, &(Recovery){ 0 }), there = db_get(c, &q_claim, &ask, &s);
    if (there) payee_take(c, r.mediator_id, s.month, -r.amount.fen);
    if (there && !more) subsidy_step(c, &s, S("recovered"), in.voucher);
    r.state = S("RECOVERED");
    reply_row(c, 200, &recovery_form, &r);
    tx_end(c);
}

static void list(Ctx *c)
{
    Recovery ask = asking(c);
    reply_rows(c, &recovery_form, db_list(c, &q_list, &ask), (Str){ 0 });
}

static const char sham_zh[] = "案件已认定为虚假调解";

/* Paid ones are asked back; those on their way end here. */
static void recall_all(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_shams, NULL);
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        Subsidy *s = (Subsidy *)rows.at + i;
        if (str_eq(s->state, S("PAID"))) {
            ask_back(c, s, str_of(sham_zh));
            continue;
        }
        subsidy_step(c, s, S("refuse"), str_of(sham_zh));
        payee_give_back(c, s);
    }
}

static const JobKind jobs[] = {
    { .word = "subsidy_recall", .run = recall_all, .daily = "06:00" },
};

static const Route routes[] = {
    { "GET", "/api/v1/recoveries", HR | HEAD | FINANCE, list, "补助追回", "what is asked back", .out = &recovery_form,
      .list = true },
    { "POST", "/api/v1/subsidies/:id/recall", HEAD | HR, recall, "追回补助", "ask a paid subsidy back", .in = &recall_form,
      .out = &subsidy_form },
    { "POST", "/api/v1/recoveries/:id/settle", FINANCE, settle, "追回入账", "it came back", .in = &recovery_form,
      .out = &recovery_form },
};

const Slice recoveries_slice = {
    .name = "recovery", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
