/*
** Expenses and purchase contracts (R144, R147).  An expense is proposed with its
** proof, approved against a budget of the same item, and paid by a third person.  One
** under a contract stays within it, and the last part waits for acceptance.
*/
#include "core/tx.h"
#include "core/attachment.h"
#include "oversight/funds/funds.h"

typedef struct Expense {
    Id      id, budget_id, org;
    Str     org_path, item, payee, purpose, state, voucher;
    Money   amount;
    Date    day, paid_on;
    Id      contract_id, made_by;
    Time    made_at;
    int64_t version;
} Expense;

static const Code state_rows[] = {
    { "PROPOSED", "待审批", "proposed" }, { "APPROVED", "已批准待支付", "approved" }, { "PAID", "已支付", "paid" },
    { "REFUSED", "不同意", "refused" },
};
static const Codes states = { .name = "expense_state", .row = state_rows, .n = COUNT(state_rows) };
static const Field fields[] = {
    FIELD(Expense, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Expense, org,       .label = "申请机构", .en = "office", .rule = SERVER_SET),
    FIELD(Expense, org_path,  .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Expense, budget_id, .label = "预算", .en = "budget", .rule = REQUIRED),
    FIELD(Expense, item,      .label = "支出项目", .en = "item", .rule = REQUIRED, .codes = &fund_items),
    FIELD(Expense, amount,    .label = "金额", .en = "amount", .rule = REQUIRED, .min = 1, .max = 10000000000),
    FIELD(Expense, day,       .label = "发生日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Expense, payee,     .label = "收款人", .en = "payee", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Expense, purpose,   .label = "用途", .en = "what for", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(Expense, contract_id, .label = "合同", .en = "contract"),
    FIELD(Expense, state,     .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Expense, voucher,   .label = "支付凭证号", .en = "voucher", .rule = SERVER_SET),
    FIELD(Expense, paid_on,   .label = "支付日期", .en = "paid on", .rule = SERVER_SET),
    FIELD(Expense, made_by,   .label = "申请人", .en = "by", .rule = SERVER_SET),
    FIELD(Expense, made_at,   .label = "申请时间", .en = "at", .rule = SERVER_SET),
    FIELD(Expense, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
};
static const Form expense_form = FORM(Expense, fields);

typedef struct Contract {
    Id      id, budget_id, org;
    Str     org_path, catalogue, no, title, vendor, deliverables, state, verdict;
    Money   amount, paid;   /* paid: approved expenses too */
    Date    signed_on, since, until, accepted_on;
    Id      made_by;
    int64_t version;
} Contract;
static const Code contract_state_rows[] = {
    { "SIGNED", "履行中", "running" }, { "ACCEPTED", "已验收", "accepted" }, { "REJECTED", "验收不合格", "not accepted" },
};
static const Codes contract_states = {
    .name = "contract_state", .row = contract_state_rows, .n = COUNT(contract_state_rows),
};
static const Field contract_fields[] = {
    FIELD(Contract, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Contract, org,       .label = "购买主体", .en = "office", .rule = SERVER_SET),
    FIELD(Contract, org_path,  .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Contract, budget_id, .label = "预算", .en = "budget", .rule = REQUIRED),
    FIELD(Contract, catalogue, .label = "指导性目录编码", .en = "code of the purchase catalogue", .rule = REQUIRED, .max = 40),
    FIELD(Contract, no,        .label = "合同编号", .en = "number", .rule = REQUIRED, .max = 60),
    FIELD(Contract, title,     .label = "服务项目", .en = "service", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Contract, vendor,    .label = "承接主体", .en = "vendor", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Contract, amount,    .label = "合同金额", .en = "amount", .rule = REQUIRED, .min = 1, .max = 10000000000),
    FIELD(Contract, paid,      .label = "已列支", .en = "used", .rule = SERVER_SET),
    FIELD(Contract, signed_on, .label = "签订日期", .en = "signed on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Contract, since,     .label = "服务期起", .en = "from", .rule = REQUIRED),
    FIELD(Contract, until,     .label = "服务期止", .en = "to", .rule = REQUIRED),
    FIELD(Contract, deliverables, .label = "成果要求", .en = "deliverables", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Contract, state,     .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &contract_states),
    FIELD(Contract, accepted_on, .label = "验收日期", .en = "accepted on", .rule = SERVER_SET),
    FIELD(Contract, verdict,   .label = "验收意见", .en = "verdict", .rule = SERVER_SET),
    FIELD(Contract, made_by,   .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(Contract, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
};
static const Form contract_form = FORM(Contract, contract_fields);

typedef struct FundAsk { Id id, org, after, budget_id; Str path, path_end, state; } FundAsk;
static const Field ask_fields[] = {
    FIELD(FundAsk, state,     .label = "状态", .en = "state", .codes = &states),
    FIELD(FundAsk, budget_id, .label = "预算", .en = "budget"),
    FIELD(FundAsk, after,     .label = "接续", .en = "next of the page before"),
    FIELD(FundAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(FundAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(FundAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(FundAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(FundAsk, ask_fields);
static const Field contract_ask_fields[] = {
    FIELD(FundAsk, state, .label = "状态", .en = "state", .codes = &contract_states),
    FIELD(FundAsk, budget_id, .label = "预算", .en = "budget"),
};
static const Form contract_ask_form = { "ContractAsk", sizeof(FundAsk), contract_ask_fields,
                                        COUNT(contract_ask_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE contract("             /* a purchase of services */
      "  id        INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  budget_id INTEGER NOT NULL REFERENCES budget,"
      "  catalogue TEXT NOT NULL, no TEXT NOT NULL, title TEXT NOT NULL, vendor TEXT NOT NULL,"
      "  amount    INTEGER NOT NULL, paid INTEGER NOT NULL,"   /* fen */
      "  signed_on TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, deliverables TEXT NOT NULL,"
      "  state     TEXT NOT NULL, accepted_on TEXT, verdict TEXT NOT NULL, made_by INTEGER NOT NULL,"
      "  version   INTEGER NOT NULL, CHECK(paid >= 0 AND paid <= amount), UNIQUE(org, no)) STRICT;"
      "CREATE INDEX contract_by_path ON contract(org_path, id);"
      "CREATE TABLE expense("
      "  id        INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  budget_id INTEGER NOT NULL REFERENCES budget, item TEXT NOT NULL,"
      "  amount    INTEGER NOT NULL CHECK(amount > 0), day TEXT NOT NULL,"
      "  payee     TEXT NOT NULL, purpose TEXT NOT NULL, contract_id INTEGER NOT NULL,"
      "  state     TEXT NOT NULL, voucher TEXT NOT NULL, paid_on TEXT,"
      "  made_by   INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX expense_by_path ON expense(org_path, id);"
      "CREATE INDEX expense_by_budget ON expense(budget_id, state);"
      "CREATE UNIQUE INDEX expense_by_voucher ON expense(org, voucher) WHERE voucher <> '';" },
};

#define COLUMNS \
    "id, org, org_path, budget_id, item, amount, day, payee, purpose, contract_id, state, voucher, paid_on, made_by," \
    " made_at, version"
#define SEEN " ((org_path >= :path AND org_path < :path_end) OR org = :org)"
static const Query q_add = {
    .name = "expense.add", .in = &expense_form,
    .sql = "INSERT INTO expense(" COLUMNS ") VALUES(:id, :org, :org_path, :budget_id, :item, :amount, :day, :payee,"
           " :purpose, :contract_id, :state, :voucher, :paid_on, :made_by, :made_at, :version)",
};
static const Query q_save = {
    .name = "expense.save", .in = &expense_form, .clash = ERR_CLASH,
    .sql = "UPDATE expense SET state = :state, voucher = :voucher, paid_on = :paid_on, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "expense.get", .in = &ask_form, .out = &expense_form,
    .sql = "SELECT " COLUMNS " FROM expense WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "state", " AND state = :state" }, { "budget_id", " AND budget_id = :budget_id" }, { "after", " AND id < :after" },
};
static const Query q_list = {
    .name = "expense.list", .in = &ask_form, .out = &expense_form,
    .sql = "SELECT " COLUMNS " FROM expense WHERE" SEEN " /*scan*/", /* some hundred a year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 200",
};
#define CONTRACT_COLUMNS \
    "id, org, org_path, budget_id, catalogue, no, title, vendor, amount, paid, signed_on, since, until, deliverables," \
    " state, accepted_on, verdict, made_by, version"
static const Query q_contract = {
    .name = "contract.add", .in = &contract_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO contract(" CONTRACT_COLUMNS ") VALUES(:id, :org, :org_path, :budget_id, :catalogue, :no, :title,"
           " :vendor, :amount, :paid, :signed_on, :since, :until, :deliverables, :state, :accepted_on, :verdict,"
           " :made_by, :version)",
};
static const Query q_contract_save = {
    .name = "contract.save", .in = &contract_form,
    .sql = "UPDATE contract SET paid = :paid, state = :state, accepted_on = :accepted_on, verdict = :verdict,"
           " version = :version WHERE id = :id",
};
static const Query q_contract_get = {
    .name = "contract.get", .in = &ask_form, .out = &contract_form,
    .sql = "SELECT " CONTRACT_COLUMNS " FROM contract WHERE id = :id AND" SEEN,
};
static const Query q_contracts = {
    .name = "contract.list", .in = &ask_form, .out = &contract_form,
    .sql = "SELECT " CONTRACT_COLUMNS " FROM contract WHERE" SEEN " /*scan*/", /* a few a year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 200",
};
static const Query *const queries[] = {
    &q_add, &q_save, &q_get, &q_list, &q_contract, &q_contract_save, &q_contract_get, &q_contracts, NULL,
};

static FundAsk asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_FUND);
    return (FundAsk){ .org = s.org, .path = s.path, .path_end = s.path_end };
}

static bool contract_get(Ctx *c, Id id, Contract *k)
{
    FundAsk ask = asking(c);
    ask.id = id;
    return db_get(c, &q_contract_get, &ask, k);
}

static bool expense_get(Ctx *c, Expense *e)
{
    FundAsk ask = asking(c);
    ask.id = arg_id(c, 0);
    return db_get(c, &q_get, &ask, e);
}

/* ---- expenses --------------------------------------------------------------------------------- */

static const Code event_rows[] = {
    { "propose", "申请", "propose" }, { "approve", "同意", "approve" }, { "refuse", "不同意", "refuse" },
    { "pay", "支付", "pay" },
};
static const Codes events = { .name = "expense_event", .row = event_rows, .n = COUNT(event_rows) };
#define APART S("propose approve pay")
static const Move moves[] = {
    { "propose", "NEW",               "PROPOSED", HEAD | HR | ORG_MANAGER, false },
    { "approve", "PROPOSED",          "APPROVED", HR,      false },
    { "refuse",  "PROPOSED APPROVED", "REFUSED",  HR,      true },
    { "pay",     "APPROVED",          "PAID",     FINANCE, false },
    { NULL, NULL, NULL, 0, false },
};

static void propose(Ctx *c)
{
    Org o = { 0 };
    Budget b = { 0 };
    Contract k = { 0 };
    Expense e = { .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &expense_form, &e);
    tx_begin(c);
    (void)office_own(c, &o);
    e.id = id_next(c);
    e.org = o.id;
    e.org_path = o.path;
    if (budget_get(c, e.budget_id, &b)) budget_earmark(c, &b, e.item, e.day);
    if (ok(c) && e.contract_id.n) (void)contract_get(c, e.contract_id, &k);
    if (ok(c) && k.id.n && k.budget_id.n != b.id.n) fault(c, S("contract_id"), FAULT_MISMATCH);
    Standing s = { .subject = e.id, .event = S("propose"), .was = S("NEW"), .reason = e.purpose };
    money_move(c, moves, &s, APART);
    e.state = s.status;
    db_insert(c, &q_add, &e);
    tag_version(c, e.version);
    reply_row(c, 201, &expense_form, &e);
    tx_end(c);
}

/* What is left of the contract; the last part only after acceptance (R147). */
static void charge(Ctx *c, const Expense *e, int64_t fen)
{
    Contract k = { 0 };
    if (e->contract_id.n == 0 || !contract_get(c, e->contract_id, &k)) return;
    int64_t after = k.paid.fen + fen;
    if (after > k.amount.fen) fail(c, ERR_BLOCKED, S("over_contract"));
    bool last = fen > 0 && after == k.amount.fen;
    if (ok(c) && last && !str_eq(k.state, S("ACCEPTED"))) fail(c, ERR_BLOCKED, S("acceptance"));
    k.paid.fen = after;
    k.version++;
    db_change(c, &q_contract_save, &k);
}

typedef struct ExpenseMove { Str event, reason, voucher; Date day; } ExpenseMove;
static const Field move_fields[] = {
    FIELD(ExpenseMove, event,   .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(ExpenseMove, reason,  .label = "意见", .en = "remark", .rule = PROSE, .max = 1000),
    FIELD(ExpenseMove, voucher, .label = "支付凭证号", .en = "voucher", .max = 60,
          .help = "支付时必填", .help_en = "required for a payment"),
    FIELD(ExpenseMove, day,     .label = "支付日期", .en = "paid on", .rule = NOT_FUTURE),
};
static const Form move_form = FORM(ExpenseMove, move_fields);

static void pay_out(Ctx *c, Expense *e, const ExpenseMove *in, Budget *b)
{
    budget_pay(c, b, e->amount.fen);
    e->voucher = in->voucher;
    e->paid_on = in->day.day ? in->day : c->today;
}

static void take_or_give(Ctx *c, const Expense *e, Budget *b, int64_t fen)
{
    budget_use(c, b, fen);
    charge(c, e, fen);
}

/* Approving takes it from the budget, refusing gives it back, paying counts it paid. */
static void settle(Ctx *c, Expense *e, const ExpenseMove *in, Str was)
{
    Budget b = { 0 };
    bool approved = str_eq(in->event, S("approve")), paid = str_eq(in->event, S("pay"));
    bool back = str_eq(in->event, S("refuse")) && str_eq(was, S("APPROVED"));
    if (!ok(c) || (!approved && !paid && !back)) return;
    if (approved && !attachment_has(c, e->id, S("PROOF"))) fail(c, ERR_BLOCKED, S("proof"));
    if (paid && in->voucher.n == 0) fault(c, S("voucher"), FAULT_REQUIRED);
    if (!budget_get(c, e->budget_id, &b)) return;
    if (paid) pay_out(c, e, in, &b);
    else take_or_give(c, e, &b, back ? -e->amount.fen : e->amount.fen);
}

static void move(Ctx *c)
{
    Expense e = { 0 };
    ExpenseMove in = { 0 };
    form_read(c, &move_form, &in);
    tx_begin(c);
    (void)expense_get(c, &e);
    Standing s = { .subject = e.id, .event = in.event, .was = e.state, .reason = in.reason };
    money_move(c, moves, &s, APART);
    settle(c, &e, &in, e.state);
    e.state = s.status;
    e.version++;
    db_change(c, &q_save, &e);
    tag_version(c, e.version);
    reply_row(c, 200, &expense_form, &e);
    tx_end(c);
}

static void list(Ctx *c)
{
    FundAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &expense_form, rows, 200, offsetof(Expense, id));
}

static void history(Ctx *c)
{
    Expense e = { 0 };
    if (!expense_get(c, &e)) return;
    reply_rows(c, &standing_form, standing_list(c, e.id), (Str){ 0 });
}

static void add_file(Ctx *c)
{
    Expense e = { 0 };
    Attachment a;
    attachment_read(c, &a);
    tx_begin(c);
    (void)expense_get(c, &e);
    if (ok(c) && !str_eq(e.state, S("PROPOSED"))) fail(c, ERR_BLOCKED, e.state);
    attachment_add(c, &a, e.id);
    e.version++;
    db_change(c, &q_save, &e);
    reply_row(c, 201, &attachment_form, &a);
    tx_end(c);
}

static void files(Ctx *c)
{
    Expense e = { 0 };
    if (!expense_get(c, &e)) return;
    reply_rows(c, &attachment_form, attachment_list(c, e.id), (Str){ 0 });
}

static void file(Ctx *c)
{
    Expense e = { 0 };
    if (expense_get(c, &e)) attachment_reply(c, e.id, arg_id(c, 1));
}

/* ---- contracts ---------------------------------------------------------------------------------- */

static void contract_add(Ctx *c)
{
    Budget b = { 0 };
    Contract k = { .state = S("SIGNED"), .made_by = c->who.id, .version = 1 };
    form_read(c, &contract_form, &k);
    if (ok(c) && k.since.day > k.until.day) fault(c, S("until"), FAULT_ORDER);
    tx_begin(c);
    bool known = budget_get(c, k.budget_id, &b);
    if (known && k.amount.fen > b.approved.fen) fault(c, S("amount"), FAULT_TOO_LARGE);
    k.id = id_next(c);
    k.org = b.org; /* whoever has the money, buys */
    k.org_path = b.org_path;
    db_insert(c, &q_contract, &k);
    reply_row(c, 201, &contract_form, &k);
    tx_end(c);
}

typedef struct Acceptance { bool good; Str verdict; Date day; } Acceptance;
static const Field accept_fields[] = {
    FIELD(Acceptance, good,    .label = "验收合格", .en = "accepted", .rule = REQUIRED),
    FIELD(Acceptance, verdict, .label = "验收意见", .en = "verdict", .rule = REQUIRED | PROSE, .min = 2, .max = 1000),
    FIELD(Acceptance, day,     .label = "验收日期", .en = "day", .rule = NOT_FUTURE),
};
static const Form accept_form = FORM(Acceptance, accept_fields);

static void contract_accept(Ctx *c)
{
    Contract k = { 0 };
    Acceptance in = { .day = c->today };
    form_read(c, &accept_form, &in);
    tx_begin(c);
    (void)contract_get(c, arg_id(c, 0), &k);
    if (ok(c) && str_eq(k.state, S("ACCEPTED"))) fail(c, ERR_BLOCKED, k.state);
    if (in.day.day < k.signed_on.day) fault(c, S("day"), FAULT_ORDER);
    if (ok(c) && k.made_by.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("same_person"));
    k.state = in.good ? S("ACCEPTED") : S("REJECTED");
    k.verdict = in.verdict;
    k.accepted_on = in.day;
    k.version++;
    db_change(c, &q_contract_save, &k);
    reply_row(c, 200, &contract_form, &k);
    tx_end(c);
}

static void contract_list(Ctx *c)
{
    FundAsk ask = asking(c);
    form_read_query(c, &contract_ask_form, &ask);
    reply_rows(c, &contract_form, db_list(c, &q_contracts, &ask), (Str){ 0 });
}

enum { VIEWERS = HR | HEAD | FINANCE | ORG_MANAGER, PROPOSERS = HR | HEAD | ORG_MANAGER };
static const Route routes[] = {
    { "GET", "/api/v1/expenses", VIEWERS, list, "经费支出", "expenses", .query = &ask_form, .out = &expense_form, .list = true },
    { "POST", "/api/v1/expenses", PROPOSERS, propose, "申请支出", "propose an expense", .in = &expense_form,
      .out = &expense_form },
    { "POST", "/api/v1/expenses/:id/moves", HR | FINANCE, move, "审批、支付", "approve, refuse or pay it", .in = &move_form,
      .out = &expense_form },
    { "GET", "/api/v1/expenses/:id/history", VIEWERS, history, "审批记录", "who did what about it", .out = &standing_form,
      .list = true },
    { "GET", "/api/v1/expenses/:id/files", VIEWERS, files, "支出凭证", "its proofs", .out = &attachment_form, .list = true },
    { "POST", "/api/v1/expenses/:id/files", PROPOSERS, add_file, "上传支出凭证", "add a proof", .query = &attachment_form,
      .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/expenses/:id/files/:file/content", VIEWERS, file, "查看凭证", "a file's bytes" },
    { "GET", "/api/v1/contracts", VIEWERS, contract_list, "政府购买服务合同", "purchase contracts", .query = &contract_ask_form,
      .out = &contract_form, .list = true },
    { "POST", "/api/v1/contracts", HR, contract_add, "登记合同", "enter a contract", .in = &contract_form,
      .out = &contract_form },
    { "POST", "/api/v1/contracts/:id/accept", HR | HEAD, contract_accept, "验收", "accept what was delivered",
      .in = &accept_form, .out = &contract_form },
};

const Slice expenses_slice = {
    .name = "expense", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
