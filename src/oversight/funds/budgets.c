/*
** Budgets: a row an office, year, source and item.  It changes by dated changes
** that stay, each with its paper; what is used of it and what is paid are kept in
** the same transaction as the expense or the pay list.
*/
#include "core/tx.h"
#include "oversight/funds/funds.h"

static const Code source_rows[] = {
    { "FISCAL", "财政拨款", "fiscal" }, { "UNION", "工会支持", "union" }, { "PURCHASE", "政府购买服务", "purchase of services" },
    { "COURT", "法院", "court" }, { "OTHER", "其他", "other" },
};
const Codes fund_sources = { .name = "fund_source", .row = source_rows, .n = COUNT(source_rows) };
static const Code item_rows[] = {
    { "OFFICE", "办公经费", "office" }, { "ALLOWANCE", "调解员补助", "allowances of mediators" },
    { "TRAINING", "培训", "training" }, { "PUBLICITY", "宣传", "publicity" }, { "EQUIPMENT", "设备", "equipment" },
    { "VENUE", "场地", "venue" },
};
const Codes fund_items = { .name = "fund_item", .row = item_rows, .n = COUNT(item_rows) };

static const Field fields[] = {
    FIELD(Budget, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Budget, org,      .label = "预算单位", .en = "office",
          .help = "不填时为本机构", .help_en = "empty: your own office"),
    FIELD(Budget, org_path, .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Budget, year,     .label = "年度", .en = "year", .rule = REQUIRED, .min = 2008, .max = 2100),
    FIELD(Budget, source,   .label = "资金来源", .en = "source", .rule = REQUIRED, .codes = &fund_sources),
    FIELD(Budget, item,     .label = "支出项目", .en = "item", .rule = REQUIRED, .codes = &fund_items),
    FIELD(Budget, approved, .label = "批准金额", .en = "approved", .rule = REQUIRED, .min = 1, .max = 100000000000),
    FIELD(Budget, used,     .label = "已列支", .en = "used", .rule = SERVER_SET),
    FIELD(Budget, paid,     .label = "已支付", .en = "paid", .rule = SERVER_SET),
    FIELD(Budget, basis,    .label = "批复文号", .en = "granted by", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Budget, since,    .label = "使用期起", .en = "usable from",
          .help = "不填时为本年度1月1日", .help_en = "empty: 1 January of the year"),
    FIELD(Budget, until,    .label = "使用期止", .en = "usable to",
          .help = "不填时为本年度12月31日", .help_en = "empty: 31 December of the year"),
    FIELD(Budget, version,  .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(Budget, amount,   .label = "调整", .en = "change", .rule = HIDDEN),
    FIELD(Budget, reason,   .label = "理由", .en = "reason", .rule = HIDDEN),
    FIELD(Budget, on,       .label = "日期", .en = "day", .rule = HIDDEN),
};
const Form budget_form = FORM(Budget, fields);

typedef struct BudgetChange {
    Id    id, budget_id;
    Money amount;
    Str   basis, reason;
    Id    by;
    Time  at;
} BudgetChange;
static const Field change_fields[] = {
    FIELD(BudgetChange, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(BudgetChange, budget_id, .label = "预算", .en = "budget", .rule = SERVER_SET),
    FIELD(BudgetChange, amount,    .label = "增减金额", .en = "more or less", .rule = REQUIRED, .min = -100000000000,
          .max = 100000000000, .help = "调减填负数", .help_en = "a negative number lowers it"),
    FIELD(BudgetChange, basis,     .label = "批复文号", .en = "granted by", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(BudgetChange, reason,    .label = "理由", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(BudgetChange, by,        .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(BudgetChange, at,        .label = "登记时间", .en = "at", .rule = SERVER_SET),
};
static const Form change_form = FORM(BudgetChange, change_fields);

/* Where a budget's money went: a row an expense or a share of a case subsidy. */
typedef struct Spending {
    Id    id, budget_id, case_id;
    Str   kind, what, payee, state;
    Money amount;
    Date  day;
} Spending;
static const Code kind_rows[] = { { "EXPENSE", "支出", "expense" }, { "SUBSIDY", "办案补助", "case subsidy" } };
static const Codes kinds = { .name = "spending_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Field spending_fields[] = {
    FIELD(Spending, id,        .label = "编号", .en = "id"),
    FIELD(Spending, budget_id, .label = "预算", .en = "budget", .rule = HIDDEN),
    FIELD(Spending, kind,      .label = "类别", .en = "kind", .codes = &kinds),
    FIELD(Spending, what,      .label = "用途", .en = "what for"),
    FIELD(Spending, case_id,   .label = "案件", .en = "case"),
    FIELD(Spending, payee,     .label = "收款人", .en = "payee"),
    FIELD(Spending, amount,    .label = "金额", .en = "amount"),
    FIELD(Spending, day,       .label = "日期", .en = "day"),
    FIELD(Spending, state,     .label = "状态", .en = "state"),
};
static const Form spending_form = FORM(Spending, spending_fields);

typedef struct BudgetAsk {
    Id      id, org;
    int64_t year;
    Str     source, item, path, path_end;
} BudgetAsk;
static const Field ask_fields[] = {
    FIELD(BudgetAsk, year,   .label = "年度", .en = "year", .max = 2100),
    FIELD(BudgetAsk, source, .label = "资金来源", .en = "source", .codes = &fund_sources),
    FIELD(BudgetAsk, item,   .label = "支出项目", .en = "item", .codes = &fund_items),
    FIELD(BudgetAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(BudgetAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(BudgetAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(BudgetAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(BudgetAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE budget("
      "  id       INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  year     INTEGER NOT NULL, source TEXT NOT NULL, item TEXT NOT NULL,"
      "  approved INTEGER NOT NULL,"       /* fen, all changes in it */
      "  used     INTEGER NOT NULL,"       /* fen: approved expenses, pay lists drawn up */
      "  paid     INTEGER NOT NULL,"       /* fen, of `used` */
      "  basis    TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, version INTEGER NOT NULL,"
      "  CHECK(used >= 0 AND used <= approved), CHECK(paid >= 0 AND paid <= used),"
      "  UNIQUE(org, year, source, item)) STRICT;"
      "CREATE INDEX budget_by_path ON budget(org_path, year, id);"
      "CREATE TABLE budget_change("        /* append-only; the first is the grant itself */
      "  id        INTEGER PRIMARY KEY, budget_id INTEGER NOT NULL REFERENCES budget,"
      "  amount    INTEGER NOT NULL, basis TEXT NOT NULL, reason TEXT NOT NULL,"
      "  by        INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX budget_change_by_budget ON budget_change(budget_id, id);" },
};
static const char *const keeps[] = { "budget_change", NULL };

#define COLUMNS "id, org, org_path, year, source, item, approved, used, paid, basis, since, until, version"
#define SEEN " ((org_path >= :path AND org_path < :path_end) OR org = :org)"
static const Query q_add = {
    .name = "budget.add", .in = &budget_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO budget(" COLUMNS ") VALUES(:id, :org, :org_path, :year, :source, :item, :approved, :used, :paid,"
           " :basis, :since, :until, :version)",
};
static const Query q_save = {
    .name = "budget.save", .in = &budget_form,
    .sql = "UPDATE budget SET approved = :approved, used = :used, paid = :paid, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "budget.get", .in = &ask_form, .out = &budget_form,
    .sql = "SELECT " COLUMNS " FROM budget WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "year", " AND year = :year" }, { "source", " AND source = :source" }, { "item", " AND item = :item" },
};
static const Query q_list = {
    .name = "budget.list", .in = &ask_form, .out = &budget_form,
    .sql = "SELECT " COLUMNS " FROM budget WHERE" SEEN " /*scan*/", /* a few rows an office and year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY year DESC, org_path, item, source LIMIT 500",
};
static const Query q_change = {
    .name = "budget_change.add", .in = &change_form,
    .sql = "INSERT INTO budget_change(id, budget_id, amount, basis, reason, by, at)"
           " VALUES(:id, :budget_id, :amount, :basis, :reason, :by, :at)",
};
static const Query q_changes = {
    .name = "budget_change.list", .in = &change_form, .out = &change_form,
    .sql = "SELECT id, budget_id, amount, basis, reason, by, at FROM budget_change WHERE budget_id = :budget_id"
           " ORDER BY budget_id, id LIMIT 200",
};
static const Query q_spending = {
    .name = "budget.spending", .in = &spending_form, .out = &spending_form,
    .sql = "SELECT id, 'EXPENSE' AS kind, purpose AS what, 0 AS case_id, payee, amount, day, state FROM expense"
           " WHERE budget_id = :budget_id AND state IN ('APPROVED', 'PAID')"
           " UNION ALL SELECT l.id, 'SUBSIDY', k.no, l.case_id, l.name, l.amount, p.made_on, p.state FROM pay_line l"
           " JOIN pay_list p ON p.id = l.list_id JOIN cases k ON k.id = l.case_id WHERE p.budget_id = :budget_id"
           " ORDER BY day, id LIMIT 2000",
};
static const Query *const queries[] = {
    &q_add, &q_save, &q_get, &q_list, &q_change, &q_changes, &q_spending, NULL,
};

/* ---- for all of this folder ----------------------------------------------------------------- */

void money_move(Ctx *c, const Move *moves, Standing *e, Str apart)
{
    Rows rows = has_word(apart, e->event) ? standing_list(c, e->subject) : (Rows){ 0 };
    standing_move(c, moves, e, (Date){ 0 });
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Standing *before = (const Standing *)rows.at + i;
        bool same = before->actor.n == c->who.id.n && has_word(apart, before->event);
        if (same) fail(c, ERR_FORBIDDEN, S("same_person"));
    }
}

bool budget_get(Ctx *c, Id id, Budget *b)
{
    OfficeScope s = office_scope(c, OBJ_FUND);
    BudgetAsk ask = { .id = id, .org = s.org, .path = s.path, .path_end = s.path_end };
    return db_get(c, &q_get, &ask, b);
}

void budget_earmark(Ctx *c, const Budget *b, Str item, Date day)
{
    if (!ok(c)) return;
    if (!str_eq(b->item, item)) fail(c, ERR_BLOCKED, S("earmark"));
    else if (day.day < b->since.day || day.day > b->until.day) fail(c, ERR_BLOCKED, S("budget_days"));
}

static void save(Ctx *c, Budget *b)
{
    b->version++;
    db_change(c, &q_save, b);
}

void budget_use(Ctx *c, Budget *b, int64_t fen)
{
    if (ok(c) && fen > b->approved.fen - b->used.fen) fail(c, ERR_BLOCKED, S("over_budget"));
    b->used.fen += fen;
    save(c, b);
}

void budget_pay(Ctx *c, Budget *b, int64_t fen)
{
    b->paid.fen += fen;
    save(c, b);
}

/* ---- routes ----------------------------------------------------------------------------------- */

static void reply_budget(Ctx *c, int status, const Budget *b)
{
    tag_version(c, b->version);
    reply_row(c, status, &budget_form, b);
}

static void note_change(Ctx *c, BudgetChange *g, const Budget *b)
{
    g->id = id_next(c);
    g->budget_id = b->id;
    g->by = c->who.id;
    g->at = now(c);
    db_insert(c, &q_change, g);
}

static void add(Ctx *c)
{
    Org o = { 0 };
    Budget b = { .version = 1 };
    form_read(c, &budget_form, &b);
    if (ok(c) && b.since.day == 0) b.since = date_of((int)b.year, 1, 1);
    if (ok(c) && b.until.day == 0) b.until = date_of((int)b.year, 12, 31);
    if (ok(c) && b.since.day > b.until.day) fault(c, S("until"), FAULT_ORDER);
    tx_begin(c);
    (void)right_need(c, OBJ_FUND, MAY_WRITE);
    if (b.org.n) (void)org_get(c, b.org, &o);
    else (void)office_own(c, &o);
    org_need(c, o.path);
    b.id = id_next(c);
    b.org = o.id;
    b.org_path = o.path;
    db_insert(c, &q_add, &b);
    note_change(c, &(BudgetChange){ .amount = b.approved, .basis = b.basis, .reason = b.basis }, &b);
    reply_budget(c, 201, &b);
    tx_end(c);
}

/* More or less; never less than what is used. */
static void change(Ctx *c)
{
    Budget b = { 0 };
    BudgetChange g = { 0 };
    form_read(c, &change_form, &g);
    tx_begin(c);
    (void)budget_get(c, arg_id(c, 0), &b);
    if (ok(c) && b.approved.fen + g.amount.fen < b.used.fen) fail(c, ERR_BLOCKED, S("over_budget"));
    b.approved.fen += g.amount.fen;
    save(c, &b);
    note_change(c, &g, &b);
    reply_budget(c, 200, &b);
    tx_end(c);
}

static void list(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_FUND);
    BudgetAsk ask = { .org = s.org, .path = s.path, .path_end = s.path_end };
    form_read_query(c, &ask_form, &ask);
    reply_rows(c, &budget_form, db_list(c, &q_list, &ask), (Str){ 0 });
}

static void changes(Ctx *c)
{
    Budget b = { 0 };
    if (!budget_get(c, arg_id(c, 0), &b)) return;
    reply_rows(c, &change_form, db_list(c, &q_changes, &(BudgetChange){ .budget_id = b.id }), (Str){ 0 });
}

static void spending(Ctx *c)
{
    Budget b = { 0 };
    if (!budget_get(c, arg_id(c, 0), &b)) return;
    reply_rows(c, &spending_form, db_list(c, &q_spending, &(Spending){ .budget_id = b.id }), (Str){ 0 });
}

enum { VIEWERS = HR | HEAD | FINANCE | ORG_MANAGER };
static const Route routes[] = {
    { "GET", "/api/v1/budgets", VIEWERS, list, "经费预算", "budgets", .query = &ask_form, .out = &budget_form, .list = true },
    { "POST", "/api/v1/budgets", HR, add, "登记预算", "enter a budget", .in = &budget_form, .out = &budget_form },
    { "POST", "/api/v1/budgets/:id/changes", HR, change, "调整预算", "change a budget", .in = &change_form,
      .out = &budget_form },
    { "GET", "/api/v1/budgets/:id/changes", VIEWERS, changes, "预算调整记录", "its changes", .out = &change_form,
      .list = true },
    { "GET", "/api/v1/budgets/:id/spending", VIEWERS, spending, "预算支出明细", "where its money went, to the case",
      .out = &spending_form, .list = true },
};

const Slice budgets_slice = {
    .name = "budget", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
