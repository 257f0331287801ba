/*
** Accounts kept by SYS_ADMIN, roles given by SEC_ADMIN.  Whoever gives rights
** is not who makes accounts, and neither touches his own; an administrator's
** password is reset at the server (`tiaojie user reset`), not by another
** administrator, who could then sign in as that one.
*/
#include "register/people/people.h"

#include "core/audit.h"
#include "core/outbox.h"
#include "core/session.h"
#include "core/tx.h"

typedef struct Profile {
    Str login, name, phone, mail;
    Id  org;
} Profile;

static const Field new_fields[] = {
    FIELD(Profile, login, .label = "登录名",   .en = "login name", .rule = REQUIRED, .min = 3, .max = 32,
          .check = login_check,
          .help = "小写字母、数字、点、下划线、连字符，3至32位",
          .help_en = "3 to 32 small letters, digits, dots, underscores or hyphens"),
    FIELD(Profile, name,  .label = "姓名",     .en = "name", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Profile, phone, .label = "手机号",   .en = "phone", .check = phone_check),
    FIELD(Profile, mail,  .label = "电子邮箱", .en = "mail address", .max = 254, .check = mail_check,
          .help = "按本机构规则收取期限提醒等通知，可不填",
          .help_en = "for notices by the office's rules; may stay empty"),
    FIELD(Profile, org,   .label = "所属机构", .en = "organisation"),
};
static const Form new_form = FORM(Profile, new_fields);

static const Field edit_fields[] = {
    FIELD(Profile, name,  .label = "姓名",     .en = "name", .min = 2, .max = 50),
    FIELD(Profile, phone, .label = "手机号",   .en = "phone", .check = phone_check),
    FIELD(Profile, mail,  .label = "电子邮箱", .en = "mail address", .max = 254, .check = mail_check,
          .help = "按本机构规则收取期限提醒等通知，可不填",
          .help_en = "for notices by the office's rules; may stay empty"),
    FIELD(Profile, org,   .label = "所属机构", .en = "organisation"),
};
static const Form edit_form = { .name = "ProfileEdit", .size = sizeof(Profile), .field = edit_fields,
                                .n = COUNT(edit_fields) };

typedef struct Grant {
    Str roles;
} Grant;

static const Field grant_fields[] = {
    FIELD(Grant, roles, .label = "角色", .en = "roles", .rule = MANY, .codes = &role_codes),
};
static const Form grant_form = FORM(Grant, grant_fields);

/* What is shown once. */
typedef struct OneTime {
    Id  id;
    Str login, password;
} OneTime;

static const Field once_fields[] = {
    FIELD(OneTime, id,       .label = "编号",     .en = "id"),
    FIELD(OneTime, login,    .label = "登录名",   .en = "login name"),
    FIELD(OneTime, password, .label = "一次性口令", .en = "one-time password"),
};
static const Form once_form = FORM(OneTime, once_fields);

typedef struct UserPage {
    Id      after;
    int64_t limit;
    Str     scope;    /* the reader's org_path */
    Str     login, role;
    Id      org;
    bool    disabled; /* only those */
} UserPage;

static const Field page_fields[] = {
    FIELD(UserPage, after,    .label = "起点",   .en = "after"),
    FIELD(UserPage, limit,    .label = "条数",   .en = "limit", .min = 1, .max = 200),
    FIELD(UserPage, scope,    .label = "范围",   .en = "scope", .rule = HIDDEN),
    FIELD(UserPage, login,    .label = "登录名", .en = "login name", .max = 32),
    FIELD(UserPage, role,     .label = "角色",   .en = "role", .codes = &role_codes),
    FIELD(UserPage, org,      .label = "机构",   .en = "organisation"),
    FIELD(UserPage, disabled, .label = "仅停用", .en = "disabled ones"),
};
static const Form page_form = FORM(UserPage, page_fields);

static const Filter filters[] = {
    { "login",    " AND login = :login" },
    { "role",     " AND ' ' || roles || ' ' LIKE '% ' || :role || ' %'" },
    { "org",      " AND org = :org" },
    { "disabled", " AND disabled = :disabled" },
};
static const Query q_list = {
    .name = "people.list", .in = &page_form, .out = &user_form,
    .sql = "SELECT id, login, name, phone, mail, org, org_path, roles, must_change, totp_on, disabled, locked_until,"
           " created, version, COALESCE((SELECT o.name FROM org o WHERE o.id = person_user.org), '') AS org_name"
           " FROM person_user WHERE id > :after AND substr(org_path, 1, length(:scope)) = :scope",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id LIMIT :limit",
};
static const Query *const queries[] = { &q_list, NULL };

/* ---- reading --------------------------------------------------------------------- */

static void list(Ctx *c)
{
    char next[24];
    Out o = { .buf = next, .cap = sizeof next };
    UserPage page = { .limit = 50 };
    form_read_query(c, &page_form, &page);
    page.scope = c->who.org_path;
    int64_t wanted = page.limit++;
    Rows rows = db_list(c, &q_list, &page);
    if (rows.n > (size_t)wanted) {
        rows.n = (size_t)wanted;
        out_int(&o, ((const User *)rows.at)[rows.n - 1].id.n);
    }
    reply_rows(c, &user_form, rows, out_view(&o));
}

/* The user that the route names, if it lies in c's scope. */
static bool take(Ctx *c, User *u)
{
    Id id = arg_id(c, 0);
    return user_get(c, id, u) && within_scope(c, u->org_path);
}

static void show(Ctx *c)
{
    User u = { 0 };
    (void)take(c, &u);
    tag_version(c, u.version);
    reply_row(c, 200, &user_form, &u);
}

/* ---- accounts: SYS_ADMIN ------------------------------------------------------------ */

static void reply_once(Ctx *c, int status, const User *u, Str password)
{
    reply_row(c, status, &once_form, &(OneTime){ .id = u->id, .login = u->login, .password = password });
}

static void add(Ctx *c)
{
    Profile in = { 0 };
    c->key = (Str){ 0 }; /* the answer holds a password: it is not kept */
    if (!form_read(c, &new_form, &in)) return;
    User u = { .login = in.login, .name = in.name, .phone = in.phone, .mail = in.mail, .org = in.org };
    Str password = user_password(c, &u);
    tx_begin(c);
    user_add(c, &u);
    within_scope(c, u.org_path);
    audit_about(c, u.id);
    reply_once(c, 201, &u, password);
    tx_end(c);
}

static void edit(Ctx *c)
{
    User u = { 0 };
    tx_begin(c);
    if (take(c, &u)) match_version(c, u.version);
    Profile in = { .name = u.name, .phone = u.phone, .mail = u.mail, .org = u.org };
    form_read(c, &edit_form, &in);
    bool moved = in.org.n != u.org.n;
    u.name = in.name;
    u.phone = in.phone;
    u.mail = in.mail;
    u.org = in.org;
    roles_placed(c, u.roles, u.org);
    if (moved) u.org_path = org_place(c, in.org);
    within_scope(c, u.org_path);
    audit_about(c, u.id);
    user_save(c, &u);
    if (moved) session_end_all(c, u.id, (Id){ 0 });
    tag_version(c, u.version);
    reply_row(c, 200, &user_form, &u);
    tx_end(c);
}

static void not_self(Ctx *c, const User *u)
{
    if (ok(c) && u->id.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("self"));
}

/* One change to one account, told as the account's row. */
typedef void (*Change)(Ctx *c, User *u);

static void change(Ctx *c, Change how)
{
    User u = { 0 };
    tx_begin(c);
    if (take(c, &u)) {
        audit_about(c, u.id);
        how(c, &u);
        user_save(c, &u);
    }
    tag_version(c, u.version);
    reply_row(c, 200, &user_form, &u);
    tx_end(c);
}

static void set_disabled(Ctx *c, User *u)
{
    not_self(c, u);
    u->disabled = true;
    session_end_all(c, u->id, (Id){ 0 });
}

static void set_enabled(Ctx *c, User *u)
{
    not_self(c, u);
    u->disabled = false;
}

static void set_unlocked(Ctx *c, User *u)
{
    not_self(c, u);
    u->failures = 0;
    u->locked_until = (Time){ 0 };
}

static void drop_factor(Ctx *c, User *u)
{
    not_self(c, u);
    u->totp_on = false;
    u->totp_secret = (Str){ 0 };
    session_end_all(c, u->id, (Id){ 0 });
}

static void disable(Ctx *c) { change(c, set_disabled); }
static void enable(Ctx *c) { change(c, set_enabled); }
static void unlock(Ctx *c) { change(c, set_unlocked); }
static void totp_off(Ctx *c) { change(c, drop_factor); }

static void reset(Ctx *c)
{
    User u = { 0 }, fresh = { 0 };
    c->key = (Str){ 0 };
    Str password = user_password(c, &fresh);
    tx_begin(c);
    if (take(c, &u) && roles_of(u.roles) & ADMINS) fail(c, ERR_BLOCKED, S("reset_at_the_server"));
    u.password = fresh.password;
    u.password_at = fresh.password_at;
    u.must_change = true;
    u.failures = 0;
    u.locked_until = (Time){ 0 };
    audit_about(c, u.id);
    user_save(c, &u);
    session_end_all(c, u.id, (Id){ 0 });
    reply_once(c, 200, &u, password);
    tx_end(c);
}

/* ---- roles: SEC_ADMIN ------------------------------------------------------------------ */

static void grant(Ctx *c)
{
    User u = { 0 };
    Grant in = { 0 };
    form_read(c, &grant_form, &in);
    tx_begin(c);
    if (take(c, &u)) match_version(c, u.version);
    not_self(c, &u);
    if (ok(c) && roles_allowed(c, in.roles)) roles_placed(c, in.roles, u.org);
    u.roles = in.roles;
    audit_about(c, u.id);
    user_save(c, &u);
    session_end_all(c, u.id, (Id){ 0 });
    tag_version(c, u.version);
    reply_row(c, 200, &user_form, &u);
    tx_end(c);
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/users", .who = ADMINS, .run = list, .zh = "用户列表", .en = "users",
      .query = &page_form, .out = &user_form, .list = true },
    { .method = "POST", .pattern = "/api/v1/users", .who = SYS_ADMIN, .run = add, .zh = "新建用户",
      .en = "make an account", .in = &new_form, .out = &once_form },
    { .method = "GET", .pattern = "/api/v1/users/:id", .who = ADMINS, .run = show, .zh = "用户", .en = "a user",
      .out = &user_form },
    { .method = "PATCH", .pattern = "/api/v1/users/:id", .who = SYS_ADMIN, .run = edit, .zh = "修改用户",
      .en = "edit an account", .in = &edit_form, .out = &user_form },
    { .method = "POST", .pattern = "/api/v1/users/:id/disable", .who = SYS_ADMIN, .run = disable,
      .zh = "停用用户", .en = "disable an account", .out = &user_form },
    { .method = "POST", .pattern = "/api/v1/users/:id/enable", .who = SYS_ADMIN, .run = enable,
      .zh = "启用用户", .en = "enable an account", .out = &user_form },
    { .method = "POST", .pattern = "/api/v1/users/:id/unlock", .who = SYS_ADMIN | SEC_ADMIN, .run = unlock,
      .zh = "解锁用户", .en = "unlock an account", .out = &user_form },
    { .method = "POST", .pattern = "/api/v1/users/:id/reset", .who = SYS_ADMIN, .run = reset,
      .zh = "重置口令", .en = "reset a password", .out = &once_form },
    { .method = "PUT", .pattern = "/api/v1/users/:id/roles", .who = SEC_ADMIN, .run = grant, .zh = "授予角色",
      .en = "give roles", .in = &grant_form, .out = &user_form },
    { .method = "DELETE", .pattern = "/api/v1/users/:id/totp", .who = SEC_ADMIN, .run = totp_off,
      .zh = "解除双因素", .en = "take away the second factor", .out = &user_form },
};

const Slice user_slice = {
    .name = "user", .route = routes, .routes = COUNT(routes), .query = queries,
};
