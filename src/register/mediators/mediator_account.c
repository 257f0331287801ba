#include "register/mediators/mediator_account.h"

#include "core/limits.h"
#include "register/organisations/organisations.h"
#include "register/people/people.h"

typedef struct Account {
    Id      id, after;
    Str     login, name, path, path_end;
    int64_t limit;
} Account;

static const Field account_fields[] = {
    FIELD(Account, id,    .label = "编号",   .en = "number"),
    FIELD(Account, login, .label = "登录名", .en = "login name"),
    FIELD(Account, name,  .label = "姓名",   .en = "name"),
};
static const Form account_form = { "MediatorAccount", sizeof(Account), account_fields, COUNT(account_fields) };

static const Field find_fields[] = {
    FIELD(Account, after,    .label = "接着", .en = "the page before's next"),
    FIELD(Account, limit,    .label = "条数", .en = "rows", .min = 1, .max = PAGE_MAX),
    FIELD(Account, path,     .label = "范围", .en = "scope", .rule = HIDDEN),
    FIELD(Account, path_end, .label = "范围", .en = "scope", .rule = HIDDEN),
};
static const Form find_form = { "MediatorAccountFind", sizeof(Account), find_fields, COUNT(find_fields) };

static const Query q_list = {
    .name = "mediator_account.list", .in = &find_form, .out = &account_form,
    .sql = "SELECT id, login, name FROM person_user WHERE org_path >= :path AND org_path < :path_end AND disabled = 0"
           " AND (' ' || roles || ' ' LIKE '% mediator %' OR ' ' || roles || ' ' LIKE '% lead %') AND id > :after"
           " ORDER BY id LIMIT :limit",
};
static const Query *const queries[] = { &q_list, NULL };

static void list(Ctx *c)
{
    Account a = { .limit = 50 };
    (void)form_read_query(c, &find_form, &a);
    a.path = c->who.org_path;
    a.path_end = a.path.n ? path_end(c->mem, a.path) : a.path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_list, &a);
    reply_page(c, &account_form, rows, (size_t)a.limit, offsetof(Account, id));
}

void mediator_account_check(Ctx *c, Id user_id)
{
    User u = { 0 };
    if (!ok(c) || user_id.n == 0) return;
    if (!user_find(c, user_id, &u) || !org_sees(c, u.org_path)) fault(c, S("user_id"), FAULT_NOT_KNOWN);
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/mediator-accounts", .who = HEAD | ORG_MANAGER | HR, .run = list,
      .zh = "可关联的调解员账号", .en = "accounts that a mediator may have", .query = &find_form, .out = &account_form,
      .list = true },
};

const Slice mediator_account_slice = {
    .name = "mediator_account", .route = routes, .routes = COUNT(routes), .query = queries,
};
