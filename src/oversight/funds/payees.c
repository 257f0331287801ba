/*
** Payees: the mediators who may be paid a case subsidy, where to, and who of them is
** on a public post and therefore is not (domain.md 12.3).
*/
#include "core/tx.h"
#include "oversight/funds/subsidy_row.h"
#include "register/mediators/mediators.h"

static const Field fields[] = {
    FIELD(Payee, mediator_id, .label = "调解员", .en = "mediator", .rule = SERVER_SET),
    FIELD(Payee, name,        .label = "姓名", .en = "name", .rule = SERVER_SET),
    FIELD(Payee, public_post, .label = "机关事业单位在编人员", .en = "staff on a public post", .rule = REQUIRED,
          .help = "在编公职人员不领取办案补助", .help_en = "staff on public posts draw no case subsidies"),
    FIELD(Payee, basis,       .label = "核实依据", .en = "how that is known", .max = 200),
    FIELD(Payee, bank,        .label = "开户银行", .en = "bank", .max = 100),
    FIELD(Payee, account,     .label = "账号", .en = "account", .rule = SEALED, .max = 40, .mask = MASK_ID_NO),
    FIELD(Payee, holder,      .label = "户名", .en = "holder", .max = 50),
    FIELD(Payee, version,     .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(Payee, org_path,    .label = "机构路径", .en = "path", .rule = HIDDEN),
    FIELD(Payee, month,       .label = "月份", .en = "month", .rule = HIDDEN),
    FIELD(Payee, taken,       .label = "当月已申领（计入上限）", .en = "claimed of the month, as the cap counts it",
          .rule = SERVER_SET),
    FIELD(Payee, after,       .label = "接续", .en = "after", .rule = HIDDEN),
};
static const Form payee_form = FORM(Payee, fields);

typedef struct PayeeAsk { Id after, org; Str path, path_end; int64_t month; } PayeeAsk;
static const Field ask_fields[] = {
    FIELD(PayeeAsk, after,    .label = "接续", .en = "next of the page before"),
    FIELD(PayeeAsk, month,    .label = "归档月份", .en = "month", .max = 210012,
          .help = "如 202605", .help_en = "such as 202605"),
    FIELD(PayeeAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(PayeeAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(PayeeAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(PayeeAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE payee("
      "  mediator_id INTEGER PRIMARY KEY REFERENCES mediator(id), org_path TEXT NOT NULL, name TEXT NOT NULL,"
      "  public_post INTEGER NOT NULL, basis TEXT NOT NULL,"
      "  bank        TEXT NOT NULL, account TEXT NOT NULL,"   /* the account is sealed */
      "  holder      TEXT NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX payee_by_path ON payee(org_path, mediator_id);"
      "CREATE TABLE payee_month("          /* what a mediator's claims of a month come to: for the cap */
      "  mediator_id INTEGER NOT NULL REFERENCES mediator(id), month INTEGER NOT NULL,"
      "  taken       INTEGER NOT NULL CHECK(taken >= 0),"     /* fen */
      "  PRIMARY KEY(mediator_id, month)) STRICT;" },
};
#define COLUMNS "mediator_id, org_path, name, public_post, basis, bank, account, holder, version"
static const Query q_put = {
    .name = "payee.put", .in = &payee_form,
    .sql = "INSERT INTO payee(" COLUMNS ") VALUES(:mediator_id, :org_path, :name, :public_post, :basis, :bank, :account,"
           " :holder, :version) ON CONFLICT(mediator_id) DO UPDATE SET org_path = excluded.org_path,"
           " name = excluded.name, public_post = excluded.public_post, basis = excluded.basis, bank = excluded.bank,"
           " account = excluded.account, holder = excluded.holder, version = excluded.version",
};
static const Query q_get = {
    .name = "payee.get", .in = &payee_form, .out = &payee_form,
    .sql = "SELECT " COLUMNS " FROM payee WHERE mediator_id = :mediator_id",
};
static const Query q_list = {
    .name = "payee.list", .in = &ask_form, .out = &payee_form,
    .sql = "SELECT " COLUMNS ", COALESCE((SELECT t.taken FROM payee_month t WHERE t.mediator_id = payee.mediator_id"
           " AND t.month = :month), 0) AS taken FROM payee WHERE org_path >= :path AND org_path < :path_end AND mediator_id > :after"
           " ORDER BY mediator_id LIMIT 200",
};
static const Query q_touch = {
    .name = "payee_month.touch", .in = &payee_form, .quiet = true,
    .sql = "INSERT INTO payee_month(mediator_id, month, taken) VALUES(:mediator_id, :month, 0)"
           " ON CONFLICT(mediator_id, month) DO UPDATE SET taken = payee_month.taken",
};
static const Query q_taken = {
    .name = "payee_month.get", .in = &payee_form, .out = &payee_form,
    .sql = "SELECT taken FROM payee_month WHERE mediator_id = :mediator_id AND month = :month",
};
static const Query q_take = {
    .name = "payee_month.take", .in = &payee_form,
    .sql = "UPDATE payee_month SET taken = taken + :taken WHERE mediator_id = :mediator_id AND month = :month",
};
static const Query *const queries[] = { &q_put, &q_get, &q_list, &q_touch, &q_taken, &q_take, NULL };

bool payee_find(Ctx *c, Id mediator_id, Payee *p)
{
    return db_find(c, &q_get, &(Payee){ .mediator_id = mediator_id }, p);
}

int64_t payee_taken(Ctx *c, Id mediator_id, int64_t month)
{
    Payee p = { .mediator_id = mediator_id, .month = month };
    db_insert(c, &q_touch, &p); /* changed first: then the number is nobody else's */
    (void)db_get(c, &q_taken, &p, &p);
    return p.taken;
}

void payee_take(Ctx *c, Id mediator_id, int64_t month, int64_t fen)
{
    if (fen) db_change(c, &q_take, &(Payee){ .mediator_id = mediator_id, .month = month, .taken = fen });
}

/* The mediator, within c's reach. */
static bool mediator_seen(Ctx *c, Mediator *m)
{
    OfficeScope s = office_scope(c, OBJ_FUND);
    if (!mediator_get(c, arg_id(c, 0), m)) return false;
    bool below = str_cmp(m->org_path, s.path) >= 0 && str_cmp(m->org_path, s.path_end) < 0;
    return below || m->org_id.n == s.org.n || fail(c, ERR_NOT_FOUND, S("mediator"));
}

static void put(Ctx *c)
{
    Mediator m = { 0 };
    Payee was = { 0 }, p = { 0 };
    form_read(c, &payee_form, &p);
    if (ok(c) && p.public_post && p.basis.n == 0) fault(c, S("basis"), FAULT_REQUIRED);
    bool pays = ok(c) && !p.public_post;
    if (pays && p.bank.n == 0) fault(c, S("bank"), FAULT_REQUIRED);
    if (pays && p.account.n == 0) fault(c, S("account"), FAULT_REQUIRED);
    tx_begin(c);
    (void)mediator_seen(c, &m);
    (void)payee_find(c, m.id, &was);
    p.mediator_id = m.id;
    p.name = m.name;
    if (p.holder.n == 0) p.holder = m.name;
    p.org_path = m.org_path;
    p.version = was.version + 1;
    db_insert(c, &q_put, &p);
    reply_row(c, 200, &payee_form, &p);
    tx_end(c);
}

static void list(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_FUND);
    PayeeAsk ask = { .org = s.org, .path = s.path, .path_end = s.path_end };
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &payee_form, rows, 200, offsetof(Payee, mediator_id));
}

static const Route routes[] = {
    { "GET", "/api/v1/payees", HR | HEAD | FINANCE, list, "补助领取人", "who is paid, and where to", .query = &ask_form,
      .out = &payee_form, .list = true },
    { "PUT", "/api/v1/payees/:mediator", HR, put, "登记补助领取人", "enter a payee", .in = &payee_form,
      .out = &payee_form },
};

const Slice payees_slice = {
    .name = "payee", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
