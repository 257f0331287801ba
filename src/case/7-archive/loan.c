/*
** Lending a file (借阅): who asks for what and why, who allowed it, until when,
** and that it came back.  A party is shown the main volume alone, by analogy
** with 劳动人事争议仲裁办案规则 23 (2017).  What is not returned is called back.
*/
#include "case/7-archive/archive.h"
#include "case/task.h"

#include "core/limits.h"
#include "register/organisations/organisations.h"

typedef struct Loan {
    Id    id, case_id;
    Str   case_no, org_path, path_end;
    Str   borrower, unit, kind, volume, way, purpose;
    Str   state;
    Date  asked_on, lent_on, due, returned_on;
    Id    by_id, allowed_by, returned_to;
    Str   note;          /* of who decided */
    bool  late;          /* in answers: should be back */
    bool  chased;
    Date  today;
    Id    after;
} Loan;

#define CODES(list) { .name = "loan_" #list, .row = list##_rows, .n = COUNT(list##_rows) }
static const Code kind_rows[] = {
    { "STAFF", "本单位工作人员", "a member of staff" }, { "PARTY", "当事人或者代理人", "a party or its agent" },
    { "ORGAN", "仲裁、法院、检察等机关", "arbitration, court or another organ" },
    { "ARCHIVE", "档案、监督检查人员", "the archive authority or an inspector" },
};
static const Codes kind = CODES(kind);
static const Code volume_rows[] = { { "main", "正卷", "main volume" }, { "sub", "副卷", "sub-volume" }, { "both", "正卷和副卷", "both" } };
static const Codes volume = CODES(volume);
static const Code way_rows[] = {
    { "READ", "查阅", "read here" }, { "COPY", "复制", "a copy" }, { "ORIGINAL", "借出原件", "the original" },
};
static const Codes way = CODES(way);
static const Code state_rows[] = {
    { "asked", "待批准", "asked for" }, { "lent", "借出", "lent" }, { "refused", "不同意", "refused" },
    { "returned", "已归还", "returned" },
};
static const Codes state = CODES(state);

static const Field fields[] = {
    FIELD(Loan, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Loan, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Loan, case_no,     .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(Loan, org_path,    .rule = HIDDEN),
    FIELD(Loan, path_end,    .rule = HIDDEN),
    FIELD(Loan, borrower,    .label = "借阅人", .en = "borrower", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Loan, unit,        .label = "单位", .en = "of which body", .max = 200),
    FIELD(Loan, kind,        .label = "借阅人身份", .en = "who that is", .rule = REQUIRED, .codes = &kind),
    FIELD(Loan, volume,      .label = "卷", .en = "volume", .rule = REQUIRED, .codes = &volume),
    FIELD(Loan, way,         .label = "方式", .en = "how", .rule = REQUIRED, .codes = &way),
    FIELD(Loan, purpose,     .label = "借阅事由", .en = "purpose", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(Loan, state,       .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &state),
    FIELD(Loan, asked_on,    .label = "申请日期", .en = "asked on", .rule = SERVER_SET),
    FIELD(Loan, lent_on,     .label = "借出日期", .en = "lent on", .rule = SERVER_SET),
    FIELD(Loan, due,         .label = "应还日期", .en = "due back", .rule = REQUIRED),
    FIELD(Loan, returned_on, .label = "归还日期", .en = "returned on", .rule = SERVER_SET),
    FIELD(Loan, by_id,       .label = "经办", .en = "by", .rule = SERVER_SET),
    FIELD(Loan, allowed_by,  .label = "批准人", .en = "decided by", .rule = SERVER_SET),
    FIELD(Loan, returned_to, .label = "接收人", .en = "received by", .rule = SERVER_SET),
    FIELD(Loan, note,        .label = "审批意见", .en = "what the decision says", .rule = SERVER_SET),
    FIELD(Loan, late,        .label = "逾期未还", .en = "not back in time", .rule = SERVER_SET),
    FIELD(Loan, chased,      .rule = HIDDEN),
    FIELD(Loan, today,       .rule = HIDDEN),
    FIELD(Loan, after,       .rule = HIDDEN),
};
static const Form loan_form = FORM(Loan, fields);

typedef struct LoanDecision { bool allowed; Str note; } LoanDecision;
static const Field decision_fields[] = {
    FIELD(LoanDecision, allowed, .label = "同意", .en = "allowed", .rule = REQUIRED),
    FIELD(LoanDecision, note,    .label = "意见", .en = "note", .rule = PROSE, .max = 500),
};
static const Form decision_form = FORM(LoanDecision, decision_fields);

static const Codes list_state = { .name = "loan_list_state", .row = state_rows, .n = COUNT(state_rows) };
typedef struct LoanAsk { Str state; bool late; Id after; } LoanAsk;
static const Field ask_fields[] = {
    FIELD(LoanAsk, state, .label = "状态", .en = "state", .codes = &list_state),
    FIELD(LoanAsk, late,  .label = "仅逾期未还", .en = "only those not back in time"),
    FIELD(LoanAsk, after, .label = "接续", .en = "after"),
};
static const Form ask_form = FORM(LoanAsk, ask_fields);

static const Migration migrations[] = {
    { 1, /* the table itself is keep.c's, of before */
      "ALTER TABLE loan ADD COLUMN case_no TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN org_path TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN unit TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN kind TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN volume TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN way TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN state TEXT NOT NULL DEFAULT 'lent';"
      "ALTER TABLE loan ADD COLUMN asked_on TEXT;"
      "ALTER TABLE loan ADD COLUMN allowed_by INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE loan ADD COLUMN returned_to INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE loan ADD COLUMN note TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE loan ADD COLUMN chased INTEGER NOT NULL DEFAULT 0;"
      "CREATE INDEX loan_by_state ON loan(state, id);" },
};

/* lent_on was a day of every loan: one that is only asked for has the day it was asked. */
#define COLUMNS \
    "id, case_id, case_no, org_path, borrower, unit, kind, volume, way, purpose, state, asked_on, lent_on, due," \
    " returned_on, by_id, allowed_by, returned_to, note, chased"

static const Query q_add = {
    .name = "loan.add", .in = &loan_form,
    .sql = "INSERT INTO loan(" COLUMNS ") VALUES(:id, :case_id, :case_no, :org_path, :borrower, :unit, :kind,"
           " :volume, :way, :purpose, :state, :asked_on, :lent_on, :due, :returned_on, :by_id, :allowed_by,"
           " :returned_to, :note, :chased)",
};
static const Query q_get = {
    .name = "loan.get", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT " COLUMNS " FROM loan WHERE id = :id AND case_id = :case_id",
};
static const Query q_decide = {
    .name = "loan.decide", .in = &loan_form,
    .sql = "UPDATE loan SET state = :state, lent_on = :lent_on, allowed_by = :allowed_by, note = :note"
           " WHERE id = :id AND state = 'asked'",
};
static const Query q_return = {
    .name = "loan.return", .in = &loan_form,
    .sql = "UPDATE loan SET state = 'returned', returned_on = :returned_on, returned_to = :returned_to"
           " WHERE id = :id AND case_id = :case_id AND state = 'lent'",
};
static const Query q_of_case = {
    .name = "loan.list", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT " COLUMNS " FROM loan WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Filter loan_filters[] = {
    { "state", " AND state = :state" },
    { "late", " AND state = 'lent' AND due < :today" },
};
static const Query q_log = { /* the log of an office: as many rows as files were ever lent */
    .name = "loan.log", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT " COLUMNS " FROM loan WHERE id > :after AND org_path >= :org_path AND org_path < :path_end",
    .filter = loan_filters, .filters = COUNT(loan_filters), .tail = " ORDER BY id LIMIT 100",
};
static const Query q_late = {
    .name = "loan.late", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT " COLUMNS " FROM loan WHERE state = 'lent' AND due < :today AND chased = 0 ORDER BY id LIMIT 100",
};
static const Query q_has = {
    .name = "loan.has", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT id FROM loan WHERE case_id = :case_id AND state = :state AND id <> :id LIMIT 1",
};
static const Query q_taken = { /* another has the paper of one of its volumes */
    .name = "loan.taken", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT id FROM loan WHERE case_id = :case_id AND state = 'lent' AND way = 'ORIGINAL'"
           " AND (volume = :volume OR volume = 'both' OR :volume = 'both') LIMIT 1",
};
static const Query q_still_out = {
    .name = "loan.still_out", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT " COLUMNS " FROM loan WHERE case_id = :case_id AND state = 'lent' AND due < :today LIMIT 1",
};
static const Query q_chased = {
    .name = "loan.chased", .in = &loan_form, .sql = "UPDATE loan SET chased = 1 WHERE id = :id AND chased = 0",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_decide, &q_return, &q_of_case, &q_log, &q_late, &q_has, &q_taken, &q_still_out,
    &q_chased, NULL,
};

static bool has_loan(Ctx *c, Id case_id, Str how, Id but)
{
    Loan l = { .case_id = case_id, .state = how, .id = but };
    return db_find(c, &q_has, &l, &l);
}

bool loan_out(Ctx *c, Id case_id)
{
    return has_loan(c, case_id, S("lent"), (Id){ 0 });
}

static void reply_loan(Ctx *c, int status, Loan *l)
{
    l->late = str_eq(l->state, S("lent")) && l->due.day < c->today.day;
    reply_row(c, status, &loan_form, l);
}

static void judge(Ctx *c, Rows rows)
{
    for (size_t i = 0; i < rows.n; i++) {
        Loan *l = (Loan *)rows.at + i;
        l->late = str_eq(l->state, S("lent")) && l->due.day < c->today.day;
    }
}

static void check_loan(Ctx *c, const Loan *l)
{
    bool party = str_eq(l->kind, S("PARTY"));
    if (l->due.day < c->today.day) fault(c, S("due"), FAULT_PAST);
    if (party && !str_eq(l->volume, S("main"))) fault(c, S("volume"), FAULT_NOT_ALLOWED);
    if (party && str_eq(l->way, S("ORIGINAL"))) fault(c, S("way"), FAULT_NOT_ALLOWED);
}

static void need_file(Ctx *c, const Case *k)
{
    Keep p;
    keep_of(c, k, &p);
    if (ok(c) && state_of(k->state) != ST_ARCHIVED) fail(c, ERR_WRONG_STATE, k->state);
    if (ok(c) && p.destroyed_on.day) fail(c, ERR_BLOCKED, S("destroyed"));
}

static void ask(Ctx *c)
{
    Case k;
    Loan l = { .asked_on = c->today, .lent_on = c->today, .state = S("asked") };
    form_read(c, &loan_form, &l);
    check_loan(c, &l);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    need_file(c, &k);
    l.id = id_next(c);
    l.case_id = k.id;
    l.case_no = k.no;
    l.org_path = k.org_path;
    l.by_id = c->who.id;
    db_insert(c, &q_add, &l);
    task_add(c, &k, S("lend"), ROLE_HEAD, task_due(c, 1));
    reply_loan(c, 201, &l);
    tx_end(c);
}

static bool loan_get(Ctx *c, const Case *k, Loan *l)
{
    *l = (Loan){ .id = arg_id(c, 1), .case_id = k->id };
    return db_get(c, &q_get, l, l);
}

/* There is one original, and it is to be back on a day that is still to come. */
static void check_lending(Ctx *c, const Loan *l)
{
    Loan other = *l;
    if (!ok(c)) return;
    bool original = str_eq(l->way, S("ORIGINAL"));
    if (l->due.day < c->today.day) fail(c, ERR_BLOCKED, S("due"));
    else if (original && db_find(c, &q_taken, l, &other)) fail(c, ERR_BLOCKED, S("lent"));
}

/* Not by who asked for it. */
static void decide(Ctx *c)
{
    Case k;
    Loan l;
    LoanDecision in = { 0 };
    form_read(c, &decision_form, &in);
    if (ok(c) && !in.allowed && str_length(in.note) < 2) fault(c, S("note"), FAULT_REQUIRED);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    need_file(c, &k);
    bool found = loan_get(c, &k, &l);
    if (found && !str_eq(l.state, S("asked"))) fail(c, ERR_CLASH, l.state);
    if (found && l.by_id.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("by_id"));
    if (found && in.allowed) check_lending(c, &l);
    l.state = in.allowed ? S("lent") : S("refused");
    l.lent_on = c->today;
    l.allowed_by = c->who.id;
    l.note = in.note;
    db_change(c, &q_decide, &l);
    if (ok(c) && !has_loan(c, k.id, S("asked"), l.id)) task_done(c, &k, S("lend"), l.state);
    reply_loan(c, 200, &l);
    tx_end(c);
}

static void give_back(Ctx *c)
{
    Case k;
    Loan l;
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    (void)loan_get(c, &k, &l);
    l.state = S("returned");
    l.returned_on = c->today;
    l.returned_to = c->who.id;
    db_change(c, &q_return, &l);
    Loan out = { .case_id = k.id, .today = c->today };
    if (ok(c) && !db_find(c, &q_still_out, &out, &out)) task_done(c, &k, S("loan"), S("returned"));
    reply_loan(c, 200, &l);
    tx_end(c);
}

static void show_case(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = db_list(c, &q_of_case, &(Loan){ .case_id = k.id });
    judge(c, rows);
    reply_rows(c, &loan_form, rows, (Str){ 0 });
}

static void show_log(Ctx *c)
{
    enum { PAGE = 100 };
    LoanAsk in = { 0 };
    if (!form_read_query(c, &ask_form, &in)) return;
    Loan l = { .state = in.state, .late = in.late, .after = in.after, .today = c->today,
               .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    Rows rows = db_list(c, &q_log, &l);
    judge(c, rows);
    reply_page(c, &loan_form, rows, PAGE, offsetof(Loan, id));
}

/* Each file that should be back, once. */
static void chase(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_late, &(Loan){ .today = c->today });
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Loan *l = (const Loan *)rows.at + i;
        Case k;
        if (!case_get(c, l->case_id, &k)) return;
        if (!task_open(c, &k, S("loan"))) task_add(c, &k, S("loan"), ROLE_ARCHIVIST, task_due(c, 0));
        db_change(c, &q_chased, l);
    }
}

static const JobKind jobs[] = {
    { .word = "loans_late", .run = chase, .daily = "06:10" },
};

static const Route routes[] = {
    { "GET", "/api/v1/loans", ARCHIVIST | HEAD, show_log, "借阅登记簿", "the log of lent files", .query = &ask_form,
      .out = &loan_form, .list = true },
    { "GET", "/api/v1/cases/:id/loans", ARCHIVIST | HEAD, show_case, "借阅登记", "who borrowed it",
      .out = &loan_form, .list = true },
    { "POST", "/api/v1/cases/:id/loans", ARCHIVIST | CLERK | MEDIATORS, ask, "申请借阅", "ask for the file",
      .in = &loan_form, .out = &loan_form },
    { "POST", "/api/v1/cases/:id/loans/:loan/decide", HEAD, decide, "审批借阅", "allow it, or not",
      .in = &decision_form, .out = &loan_form },
    { "POST", "/api/v1/cases/:id/loans/:loan/return", ARCHIVIST, give_back, "归还", "it came back",
      .out = &loan_form },
};

const Slice loan_slice = {
    .name = "loan", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
