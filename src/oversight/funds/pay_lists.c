/*
** Pay lists (补助发放表): the approved claims of a month, drawn up against a budget
** for allowances, approved by the bureau, paid by another finance officer than the
** one who drew it up (会计法: 出纳不得兼任稽核).  A share stands on one list at most:
** a key says so, so that two lists drawn up at once cannot both have it.
*/
#include "core/audit.h"
#include "core/crypto.h"
#include "core/tx.h"
#include "oversight/funds/pay_list.h"
#include "oversight/funds/subsidy_row.h"

enum { LINES_MAX = 1000 };

static const Code state_rows[] = {
    { "DRAFT", "待审批", "drawn up" }, { "APPROVED", "已批准待支付", "approved" }, { "PAID", "已支付", "paid" },
    { "CANCELLED", "已作废", "cancelled" },
};
static const Codes states = { .name = "pay_list_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field line_fields[] = {
    FIELD(PayLine, id,         .label = "编号", .en = "id"),
    FIELD(PayLine, list_id,    .label = "发放表", .en = "list", .rule = HIDDEN),
    FIELD(PayLine, share_id,   .label = "份额", .en = "share", .rule = HIDDEN),
    FIELD(PayLine, subsidy_id, .label = "补助", .en = "subsidy"),
    FIELD(PayLine, case_id,    .label = "案件", .en = "case"),
    FIELD(PayLine, case_no,    .label = "登记号", .en = "ledger number"),
    FIELD(PayLine, mediator_id, .label = "调解员", .en = "mediator"),
    FIELD(PayLine, name,       .label = "姓名", .en = "name"),
    FIELD(PayLine, amount,     .label = "金额", .en = "amount"),
    FIELD(PayLine, bank,       .label = "开户银行", .en = "bank"),
    FIELD(PayLine, account,    .label = "账号", .en = "account", .rule = SEALED, .mask = MASK_ID_NO),
    FIELD(PayLine, holder,     .label = "户名", .en = "holder"),
};
static const Form line_form = FORM(PayLine, line_fields);

static const Field fields[] = {
    FIELD(PayList, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(PayList, org,       .label = "机构", .en = "office", .rule = SERVER_SET),
    FIELD(PayList, org_path,  .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(PayList, budget_id, .label = "列支预算", .en = "budget", .rule = REQUIRED),
    FIELD(PayList, month,     .label = "归档月份", .en = "month", .rule = REQUIRED, .min = 200801, .max = 210012,
          .help = "如 202605：该月归档案件的补助",
          .help_en = "such as 202605: subsidies for cases archived in that month"),
    FIELD(PayList, total,     .label = "合计", .en = "total", .rule = SERVER_SET),
    FIELD(PayList, count,     .label = "笔数", .en = "lines", .rule = SERVER_SET),
    FIELD(PayList, state,     .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(PayList, made_on,   .label = "编制日期", .en = "drawn up on", .rule = SERVER_SET),
    FIELD(PayList, made_by,   .label = "编制人", .en = "by", .rule = SERVER_SET),
    FIELD(PayList, voucher,   .label = "支付凭证号", .en = "voucher", .rule = SERVER_SET),
    FIELD(PayList, paid_on,   .label = "支付日期", .en = "paid on", .rule = SERVER_SET),
    FIELD(PayList, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(PayList, lines,     .label = "明细", .en = "lines", .rule = SERVER_SET, .child = &line_form),
};
static const Form list_form = FORM(PayList, fields);

typedef struct ListAsk { Id id, after; Str path, path_end, state; int64_t month; } ListAsk;
static const Field ask_fields[] = {
    FIELD(ListAsk, state,  .label = "状态", .en = "state", .codes = &states),
    FIELD(ListAsk, after,  .label = "接续", .en = "next of the page before"),
    FIELD(ListAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(ListAsk, month,    .label = "月份", .en = "month", .rule = HIDDEN),
    FIELD(ListAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(ListAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(ListAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE pay_list("
      "  id        INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  budget_id INTEGER NOT NULL REFERENCES budget, month INTEGER NOT NULL,"
      "  total     INTEGER NOT NULL CHECK(total > 0), count INTEGER NOT NULL,"     /* fen; lines */
      "  state     TEXT NOT NULL, made_on TEXT NOT NULL, made_by INTEGER NOT NULL,"
      "  voucher   TEXT NOT NULL, paid_on TEXT, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX pay_list_by_path ON pay_list(org_path, id);"
      "CREATE INDEX pay_list_by_budget ON pay_list(budget_id, id);"
      "CREATE UNIQUE INDEX pay_list_by_voucher ON pay_list(org, voucher) WHERE voucher <> '';"
      "CREATE TABLE pay_line("             /* who is paid what; a cancelled list has none */
      "  id        INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES pay_list,"
      "  share_id  INTEGER NOT NULL UNIQUE REFERENCES subsidy_share,"   /* never twice */
      "  subsidy_id INTEGER NOT NULL, case_id INTEGER NOT NULL, mediator_id INTEGER NOT NULL,"
      "  name      TEXT NOT NULL, amount INTEGER NOT NULL CHECK(amount > 0)) STRICT;"
      "CREATE INDEX pay_line_by_list ON pay_line(list_id, id);"
      "CREATE INDEX pay_line_by_case ON pay_line(case_id);" },
    { 2, /* where to, as it was when the list was drawn up; the account is sealed */
      "ALTER TABLE pay_line ADD COLUMN bank TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE pay_line ADD COLUMN account TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE pay_line ADD COLUMN holder TEXT NOT NULL DEFAULT '';" },
};

#define COLUMNS \
    "id, org, org_path, budget_id, month, total, count, state, made_on, made_by, voucher, paid_on, version"
static const Query q_add = {
    .name = "pay_list.add", .in = &list_form,
    .sql = "INSERT INTO pay_list(" COLUMNS ") VALUES(:id, :org, :org_path, :budget_id, :month, :total, :count, :state,"
           " :made_on, :made_by, :voucher, :paid_on, :version)",
};
static const Query q_save = {
    .name = "pay_list.save", .in = &list_form, .clash = ERR_CLASH,
    .sql = "UPDATE pay_list SET state = :state, voucher = :voucher, paid_on = :paid_on, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "pay_list.get", .in = &ask_form, .out = &list_form,
    .sql = "SELECT " COLUMNS " FROM pay_list WHERE id = :id AND org_path >= :path AND org_path < :path_end",
};
static const Filter filters[] = { { "state", " AND state = :state" }, { "after", " AND id < :after" } };
static const Query q_list = {
    .name = "pay_list.list", .in = &ask_form, .out = &list_form,
    .sql = "SELECT " COLUMNS " FROM pay_list WHERE org_path >= :path AND org_path < :path_end",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
/* Somebody of the claim has come to a public post since: it is claimed anew (domain.md 12.3). */
#define ON_POST(claim) \
    "EXISTS(SELECT 1 FROM subsidy_share y JOIN payee q ON q.mediator_id = y.mediator_id" \
    " WHERE y.subsidy_id = " claim " AND y.pay > 0 AND q.public_post = 1)"
/* What may be paid: approved, something to pay, the file still archived, no sham, nobody on a public post. */
static const Query q_ready = {
    .name = "pay_list.ready", .in = &ask_form, .out = &line_form,
    .sql = "SELECT h.id AS share_id, s.id AS subsidy_id, s.case_id, s.case_no, h.mediator_id, h.name, h.pay AS amount,"
           " p.bank, p.account, p.holder"
           " FROM subsidy s JOIN subsidy_share h ON h.subsidy_id = s.id JOIN cases k ON k.id = s.case_id"
           " JOIN payee p ON p.mediator_id = h.mediator_id"
           " WHERE s.state = 'APPROVED' AND s.month = :month AND s.org_path >= :path AND s.org_path < :path_end"
           " AND h.pay > 0 AND k.state = 'archived' AND NOT EXISTS(SELECT 1 FROM sham x WHERE x.case_id = s.case_id"
           " AND x.state <> 'cleared') AND NOT " ON_POST("s.id") " ORDER BY s.id, h.id LIMIT 1001",
};
static const Query q_line = {
    .name = "pay_line.add", .in = &line_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO pay_line(id, list_id, share_id, subsidy_id, case_id, mediator_id, name, amount, bank, account,"
           " holder) VALUES(:id, :list_id, :share_id, :subsidy_id, :case_id, :mediator_id, :name, :amount, :bank,"
           " :account, :holder)",
};
/* Lists from before the line kept it show the payee's of today. */
#define KEPT(what) "CASE WHEN l.holder <> '' THEN l." what " ELSE COALESCE(p." what ", '') END AS " what
static const Query q_lines = {
    .name = "pay_line.list", .in = &line_form, .out = &line_form,
    .sql = "SELECT l.id, l.list_id, l.share_id, l.subsidy_id, l.case_id, k.no AS case_no, l.mediator_id, l.name, l.amount,"
           " " KEPT("bank") ", " KEPT("account") ", " KEPT("holder")
           " FROM pay_line l JOIN cases k ON k.id = l.case_id LEFT JOIN payee p ON p.mediator_id = l.mediator_id"
           " WHERE l.list_id = :list_id ORDER BY l.id LIMIT 1000",
};
static const Query q_drop = {
    .name = "pay_line.drop", .in = &line_form,
    .sql = "DELETE FROM pay_line WHERE list_id = :list_id",
};
static const Query q_bad = {
    .name = "pay_line.bad", .in = &line_form, .out = &line_form,
    .sql = "SELECT l.case_id, k.no AS case_no FROM pay_line l JOIN cases k ON k.id = l.case_id WHERE l.list_id = :list_id"
           " AND (k.state <> 'archived' OR EXISTS(SELECT 1 FROM sham x WHERE x.case_id = l.case_id"
           " AND x.state <> 'cleared') OR " ON_POST("l.subsidy_id") ") LIMIT 1",
};
static const Query q_claim = {
    .name = "pay_line.claim", .in = &line_form, .out = &subsidy_form,
    .sql = "SELECT id, case_id, case_no, state, month, version FROM subsidy WHERE id = :subsidy_id",
};
static const Query *const queries[] = {
    &q_add, &q_save, &q_get, &q_list, &q_ready, &q_line, &q_lines, &q_drop, &q_bad, &q_claim, NULL,
};

#define APART S("draw approve pay")
static const Move moves[] = {
    { "draw",    "NEW",            "DRAFT",     FINANCE,      false },
    { "approve", "DRAFT",          "APPROVED",  HR,           false },
    { "pay",     "APPROVED",       "PAID",      FINANCE,      false },
    { "cancel",  "DRAFT APPROVED", "CANCELLED", HR | FINANCE, true  },
    { NULL, NULL, NULL, 0, false },
};

static Rows lines_of(Ctx *c, Id list_id)
{
    return db_list(c, &q_lines, &(PayLine){ .list_id = list_id });
}

/* Each claim once, though several of its shares stand on the list. */
static void step_claims(Ctx *c, Rows lines, Str event, Str why)
{
    const PayLine *l = lines.at;
    for (size_t i = 0; i < lines.n && ok(c); i++) {
        Subsidy s = { 0 };
        if (i > 0 && l[i].subsidy_id.n == l[i - 1].subsidy_id.n) continue;
        if (db_get(c, &q_claim, &l[i], &s)) subsidy_step(c, &s, event, why);
    }
}

/* ---- drawing it up ---------------------------------------------------------------------------- */

static void put_lines(Ctx *c, PayList *p)
{
    ListAsk ask = { .month = p->month, .path = p->org_path, .path_end = path_end(c->mem, p->org_path) };
    Rows rows = db_list(c, &q_ready, &ask);
    PayLine *l = rows.at;
    if (ok(c) && rows.n == 0) fail(c, ERR_BLOCKED, S("nothing_to_pay"));
    if (rows.n > LINES_MAX) fail(c, ERR_BLOCKED, S("lines"));
    for (size_t i = 0; i < rows.n; i++) {
        l[i].id = id_next(c);
        l[i].list_id = p->id;
        p->total.fen += l[i].amount.fen;
    }
    p->count = (int64_t)rows.n;
    p->lines = rows;
}

static void keep_lines(Ctx *c, const PayList *p)
{
    const PayLine *l = p->lines.at;
    for (size_t i = 0; i < p->lines.n; i++) db_insert(c, &q_line, &l[i]);
    step_claims(c, p->lines, S("list"), (Str){ 0 });
}

static void draw(Ctx *c)
{
    Org o = { 0 };
    Budget b = { 0 };
    PayList p = { .made_on = c->today, .made_by = c->who.id, .version = 1 };
    form_read(c, &list_form, &p);
    tx_begin(c);
    (void)office_own(c, &o);
    p.id = id_next(c);
    p.org = o.id;
    p.org_path = o.path;
    if (budget_get(c, p.budget_id, &b)) budget_earmark(c, &b, S("ALLOWANCE"), c->today);
    if (ok(c)) put_lines(c, &p);
    budget_use(c, &b, p.total.fen);
    Standing e = { .subject = p.id, .event = S("draw"), .was = S("NEW") };
    money_move(c, moves, &e, APART);
    p.state = e.status;
    db_insert(c, &q_add, &p);
    if (ok(c)) keep_lines(c, &p);
    reply_row(c, 201, &list_form, &p);
    tx_end(c);
}

/* ---- its way ------------------------------------------------------------------------------------ */

static const Code event_rows[] = {
    { "approve", "审批同意", "approve" }, { "pay", "支付", "pay" }, { "cancel", "作废", "cancel" },
};
static const Codes events = { .name = "pay_list_event", .row = event_rows, .n = COUNT(event_rows) };
typedef struct PayListMove { Str event, reason, voucher; Date day; } PayListMove;
static const Field move_fields[] = {
    FIELD(PayListMove, event,   .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(PayListMove, reason,  .label = "意见", .en = "remark", .rule = PROSE, .max = 1000),
    FIELD(PayListMove, voucher, .label = "支付凭证号", .en = "voucher", .max = 60,
          .help = "支付时必填", .help_en = "required for a payment"),
    FIELD(PayListMove, day,     .label = "支付日期", .en = "paid on", .rule = NOT_FUTURE),
};
static const Form move_form = FORM(PayListMove, move_fields);

static bool list_get(Ctx *c, PayList *p)
{
    OfficeScope s = office_scope(c, OBJ_SUBSIDY);
    return db_get(c, &q_get, &(ListAsk){ .id = arg_id(c, 0), .path = s.path, .path_end = s.path_end }, p);
}

/* Nothing is paid for a case that was opened again or is suspected to be a sham, nor to a public post. */
static void need_good(Ctx *c, const PayList *p)
{
    PayLine bad = { .list_id = p->id };
    if (db_find(c, &q_bad, &bad, &bad)) fail(c, ERR_BLOCKED, bad.case_no);
}

static void pay(Ctx *c, PayList *p, const PayListMove *in)
{
    Budget b = { 0 };
    if (in->voucher.n == 0) fault(c, S("voucher"), FAULT_REQUIRED);
    need_good(c, p);
    if (budget_get(c, p->budget_id, &b)) budget_pay(c, &b, p->total.fen);
    p->voucher = in->voucher;
    p->paid_on = in->day.day ? in->day : c->today;
    step_claims(c, lines_of(c, p->id), S("pay"), in->voucher);
}

static void cancel(Ctx *c, PayList *p, Str why)
{
    Budget b = { 0 };
    if (budget_get(c, p->budget_id, &b)) budget_use(c, &b, -p->total.fen);
    step_claims(c, lines_of(c, p->id), S("unlist"), why);
    db_change_any(c, &q_drop, &(PayLine){ .list_id = p->id });
}

static void move(Ctx *c)
{
    PayList p = { 0 };
    PayListMove in = { 0 };
    form_read(c, &move_form, &in);
    tx_begin(c);
    (void)list_get(c, &p);
    Standing e = { .subject = p.id, .event = in.event, .was = p.state, .reason = in.reason };
    money_move(c, moves, &e, APART);
    if (ok(c) && str_eq(in.event, S("approve"))) need_good(c, &p);
    if (ok(c) && str_eq(in.event, S("pay"))) pay(c, &p, &in);
    if (ok(c) && str_eq(in.event, S("cancel"))) cancel(c, &p, in.reason);
    p.state = e.status;
    p.version++;
    db_change(c, &q_save, &p);
    p.lines = lines_of(c, p.id);
    reply_row(c, 200, &list_form, &p);
    tx_end(c);
}

/* ---- reading -------------------------------------------------------------------------------------- */

static void list(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_SUBSIDY);
    ListAsk ask = { .path = s.path, .path_end = s.path_end };
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &list_form, rows, 100, offsetof(PayList, id));
}

static void show(Ctx *c)
{
    PayList p = { 0 };
    if (list_get(c, &p)) p.lines = lines_of(c, p.id);
    tag_version(c, p.version);
    reply_row(c, 200, &list_form, &p);
}

static void history(Ctx *c)
{
    PayList p = { 0 };
    if (!list_get(c, &p)) return;
    reply_rows(c, &standing_form, standing_list(c, p.id), (Str){ 0 });
}

/* The accounts stand in it whole: that somebody took it out is written down. */
static bool take_out(Ctx *c, PayList *p)
{
    tx_begin(c);
    if (list_get(c, p)) p->lines = lines_of(c, p->id);
    audit_about(c, p->id);
    audit_look(c, S("bank_account"), S("pay list"));
    return ok(c);
}

static void sheet(Ctx *c, bool xlsx)
{
    static const char book[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    PayList p = { 0 };
    if (take_out(c, &p)) pay_list_sheet(c, &p, xlsx);
    c->type = xlsx ? book : "text/csv; charset=utf-8";
    header(c, S("Content-Disposition"), xlsx ? S("attachment; filename=\"pay-list.xlsx\"")
                                             : S("attachment; filename=\"pay-list.csv\""));
    if (ok(c)) c->status = 200;
    tx_end(c);
}

static void sheet_csv(Ctx *c)
{
    sheet(c, false);
}

static void sheet_xlsx(Ctx *c)
{
    sheet(c, true);
}

enum { VIEWERS = HR | HEAD | FINANCE };
static const Route routes[] = {
    { "GET", "/api/v1/pay-lists", VIEWERS, list, "补助发放表", "pay lists", .query = &ask_form, .out = &list_form, .list = true },
    { "POST", "/api/v1/pay-lists", FINANCE, draw, "编制发放表", "draw up a pay list", .in = &list_form, .out = &list_form },
    { "GET", "/api/v1/pay-lists/:id", VIEWERS, show, "查看发放表", "one of them", .out = &list_form },
    { "POST", "/api/v1/pay-lists/:id/moves", HR | FINANCE, move, "审批、支付、作废", "approve, pay or cancel it",
      .in = &move_form, .out = &list_form },
    { "GET", "/api/v1/pay-lists/:id/history", VIEWERS, history, "办理记录", "who did what about it", .out = &standing_form,
      .list = true },
    { "GET", "/api/v1/pay-lists/:id/csv", HR | FINANCE, sheet_csv, "导出发放表（CSV）", "the list as CSV" },
    { "GET", "/api/v1/pay-lists/:id/xlsx", HR | FINANCE, sheet_xlsx, "导出发放表（XLSX）", "the list as a workbook" },
};

const Slice pay_lists_slice = {
    .name = "pay_list", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
