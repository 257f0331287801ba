/*
** Machines: other systems that call this one with a bearer token.  Their
** scopes are roles; SEC_ADMIN gives them.  A token is shown once and is a
** session without an idle limit.
*/
#include "register/people/people.h"

#include "core/audit.h"
#include "core/session.h"
#include "core/tx.h"

enum { DAY_S = 86400 };

typedef struct Machine {
    Id      id;
    Str     name;
    Id      org;
    Str     org_path;
    Str     roles;
    int64_t days;     /* how long the token is good */
    Time    expires;
    bool    disabled;
    Time    created;
    Id      session;
    Str     token;    /* in the answer that makes it, nowhere else */
} Machine;

static const Field fields[] = {
    FIELD(Machine, id,       .label = "编号",     .en = "id",      .rule = SERVER_SET),
    FIELD(Machine, name,     .label = "名称",     .en = "name",    .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Machine, org,      .label = "所属机构", .en = "organisation", .rule = REQUIRED),
    FIELD(Machine, org_path, .label = "机构路径", .en = "path",    .rule = SERVER_SET),
    FIELD(Machine, roles,    .label = "授权范围", .en = "scopes",  .rule = REQUIRED | MANY, .codes = &role_codes),
    FIELD(Machine, days,     .label = "有效天数", .en = "days",    .rule = REQUIRED, .min = 1, .max = 366),
    FIELD(Machine, expires,  .label = "到期",     .en = "expires", .rule = SERVER_SET),
    FIELD(Machine, disabled, .label = "停用",     .en = "disabled", .rule = SERVER_SET),
    FIELD(Machine, created,  .label = "建立时间", .en = "created", .rule = SERVER_SET),
    FIELD(Machine, session,  .label = "会话",     .en = "session", .rule = HIDDEN),
    FIELD(Machine, token,    .label = "令牌",     .en = "token",   .rule = SERVER_SET),
};
static const Form machine_form = FORM(Machine, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE person_machine("
      "  id       INTEGER PRIMARY KEY,"
      "  name     TEXT NOT NULL,"
      "  org      INTEGER NOT NULL,"
      "  org_path TEXT NOT NULL,"
      "  roles    TEXT NOT NULL,"      /* its scopes */
      "  days     INTEGER NOT NULL,"
      "  expires  INTEGER NOT NULL,"
      "  disabled INTEGER NOT NULL,"
      "  created  INTEGER NOT NULL,"
      "  session  INTEGER NOT NULL) STRICT;" },
};

#define COLUMNS "id, name, org, org_path, roles, days, expires, disabled, created, session"

static const Query q_add = {
    .name = "machine.add", .in = &machine_form,
    .sql = "INSERT INTO person_machine(" COLUMNS ") VALUES(:id, :name, :org, :org_path, :roles, :days, :expires,"
           " :disabled, :created, :session)",
};
static const Query q_get = {
    .name = "machine.get", .in = &machine_form, .out = &machine_form,
    .sql = "SELECT " COLUMNS " FROM person_machine WHERE id = :id",
};
static const Query q_disable = {
    .name = "machine.disable", .in = &machine_form,
    .sql = "UPDATE person_machine SET disabled = :disabled WHERE id = :id",
};
static const Query q_list = {
    .name = "machine.list", .in = &machine_form, .out = &machine_form,
    .sql = "SELECT " COLUMNS " FROM person_machine WHERE id > :id"
           " AND substr(org_path, 1, length(:org_path)) = :org_path ORDER BY id LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_get, &q_disable, &q_list, NULL };

typedef struct After {
    Id after;
} After;

static const Field after_fields[] = { FIELD(After, after, .label = "起点", .en = "after") };
static const Form after_form = FORM(After, after_fields);

/* Administration is done by people. */
static void check_scopes(Ctx *c, Str roles)
{
    if (ok(c) && roles_allowed(c, roles) && roles_of(roles) & ADMINS) fault(c, S("roles"), FAULT_NOT_ALLOWED);
}

static void add(Ctx *c)
{
    Machine m = { 0 };
    c->key = (Str){ 0 }; /* the answer holds a token: it is not kept */
    form_read(c, &machine_form, &m);
    check_scopes(c, m.roles);
    tx_begin(c);
    m.org_path = org_place(c, m.org);
    within_scope(c, m.org_path);
    m.id = id_next(c);
    m.created = now(c);
    m.expires = (Time){ now(c).s + m.days * DAY_S };
    Session s = { .kind = S("machine"), .holder = m.id, .roles = m.roles, .org = m.org,
                  .org_path = m.org_path, .expires = m.expires };
    Str token = session_open(c, &s);
    m.session = s.id;
    audit_about(c, m.id);
    db_insert(c, &q_add, &m);
    m.token = token;
    reply_row(c, 201, &machine_form, &m);
    tx_end(c);
}

static void list(Ctx *c)
{
    After page = { 0 };
    char next[24];
    Out o = { .buf = next, .cap = sizeof next };
    form_read_query(c, &after_form, &page);
    Rows rows = db_list(c, &q_list, &(Machine){ .id = page.after, .org_path = c->who.org_path });
    if (rows.n == 200) out_int(&o, ((const Machine *)rows.at)[rows.n - 1].id.n);
    reply_rows(c, &machine_form, rows, out_view(&o));
}

static void disable(Ctx *c)
{
    Machine m = { .id = arg_id(c, 0) };
    tx_begin(c);
    (void)(db_get(c, &q_get, &m, &m) && within_scope(c, m.org_path));
    m.disabled = true;
    audit_about(c, m.id);
    db_change(c, &q_disable, &m);
    session_end(c, m.session);
    reply_row(c, 200, &machine_form, &m);
    tx_end(c);
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/machines", .who = SEC_ADMIN | AUDITOR, .run = list, .zh = "系统接口列表",
      .en = "machines", .query = &after_form, .out = &machine_form, .list = true },
    { .method = "POST", .pattern = "/api/v1/machines", .who = SEC_ADMIN, .run = add, .zh = "新建系统接口",
      .en = "make a machine's token", .in = &machine_form, .out = &machine_form },
    { .method = "POST", .pattern = "/api/v1/machines/:id/disable", .who = SEC_ADMIN, .run = disable,
      .zh = "停用系统接口", .en = "disable a machine", .out = &machine_form },
};

const Slice machine_slice = {
    .name = "machine", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations),
};
