#include "register/people/people.h"

#include "core/crypto.h"
#include "core/house.h"
#include "core/session.h"
#include "core/tx.h"

enum { ONE_TIME = 12 }; /* characters of a one-time password: 60 bits */

static bool role_known(const Ctx *c, Str word)
{
    (void)c;
    return role_of(word) != ROLE_NONE;
}

const Codes role_codes = { .name = "roles", .known = role_known };

static const Field fields[] = {
    FIELD(User, id,           .label = "编号",     .en = "id",            .rule = SERVER_SET),
    FIELD(User, login,        .label = "登录名",   .en = "login name",    .rule = SERVER_SET, .max = 32),
    FIELD(User, name,         .label = "姓名",     .en = "name",          .rule = SERVER_SET, .max = 50),
    FIELD(User, phone,        .label = "手机号",   .en = "phone",         .rule = SERVER_SET | SEALED,
          .mask = MASK_PHONE),
    FIELD(User, mail,         .label = "电子邮箱", .en = "mail address",  .rule = SERVER_SET | SEALED),
    FIELD(User, org,          .label = "所属机构", .en = "organisation",  .rule = SERVER_SET),
    FIELD(User, org_path,     .label = "机构路径", .en = "path",          .rule = SERVER_SET),
    FIELD(User, org_name,     .label = "机构名称", .en = "name of the organisation", .rule = SERVER_SET),
    FIELD(User, roles,        .label = "角色",     .en = "roles",         .rule = SERVER_SET | MANY,
          .codes = &role_codes),
    FIELD(User, must_change,  .label = "须改密码", .en = "must change the password", .rule = SERVER_SET),
    FIELD(User, totp_on,      .label = "双因素",   .en = "second factor", .rule = SERVER_SET),
    FIELD(User, disabled,     .label = "停用",     .en = "disabled",      .rule = SERVER_SET),
    FIELD(User, locked_until, .label = "锁定至",   .en = "locked until",  .rule = SERVER_SET),
    FIELD(User, created,      .label = "建立时间", .en = "created",       .rule = SERVER_SET),
    FIELD(User, version,      .label = "版本",     .en = "version",       .rule = SERVER_SET),
    FIELD(User, password,     .label = "口令摘要", .en = "password hash", .rule = HIDDEN | SEALED),
    FIELD(User, password_at,  .label = "口令时间", .en = "password set at", .rule = HIDDEN),
    FIELD(User, totp_secret,  .label = "双因素密钥", .en = "second factor's secret", .rule = HIDDEN | SEALED),
    FIELD(User, totp_step,    .label = "双因素步",  .en = "last step used", .rule = HIDDEN),
    FIELD(User, failures,     .label = "失败次数", .en = "failures",      .rule = HIDDEN),
};
const Form user_form = FORM(User, fields);

typedef struct Place {
    Id  id;
    Str path;
} Place;

static const Field place_fields[] = {
    FIELD(Place, id,   .label = "机构", .en = "organisation"),
    FIELD(Place, path, .label = "路径", .en = "path"),
};
static const Form place_form = FORM(Place, place_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE person_user("
      "  id           INTEGER PRIMARY KEY,"
      "  login        TEXT NOT NULL UNIQUE,"
      "  name         TEXT NOT NULL,"
      "  phone        TEXT NOT NULL,"      /* sealed */
      "  org          INTEGER NOT NULL,"   /* 0: the house itself */
      "  org_path     TEXT NOT NULL,"
      "  roles        TEXT NOT NULL,"      /* words with spaces */
      "  must_change  INTEGER NOT NULL,"
      "  totp_on      INTEGER NOT NULL,"
      "  disabled     INTEGER NOT NULL,"
      "  locked_until INTEGER NOT NULL,"   /* 0: not locked */
      "  created      INTEGER NOT NULL,"
      "  version      INTEGER NOT NULL,"
      "  password     TEXT NOT NULL,"      /* argon2id, sealed */
      "  totp_secret  TEXT NOT NULL,"      /* sealed */
      "  totp_step    INTEGER NOT NULL,"   /* the last one used */
      "  failures     INTEGER NOT NULL) STRICT;"
      "CREATE INDEX person_user_by_org ON person_user(org, id);" },
    { 2, "ALTER TABLE person_user ADD COLUMN password_at INTEGER NOT NULL DEFAULT 0;" }, /* when it was set */
    { 3, "ALTER TABLE person_user ADD COLUMN mail TEXT NOT NULL DEFAULT '';" },                  /* sealed */
};

#define COLUMNS "id, login, name, phone, mail, org, org_path, roles, must_change, totp_on, disabled, locked_until," \
                " created, version, password, password_at, totp_secret, totp_step, failures"

static const Query q_add = {
    .name = "people.add", .in = &user_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO person_user(" COLUMNS ") VALUES(:id, :login, :name, :phone, :mail, :org, :org_path, :roles,"
           " :must_change, :totp_on, :disabled, :locked_until, :created, :version, :password, :password_at,"
           " :totp_secret, :totp_step, :failures)",
};
static const Query q_get = {
    .name = "people.get", .in = &user_form, .out = &user_form,
    .sql = "SELECT " COLUMNS " FROM person_user WHERE id = :id",
};
static const Query q_login = {
    .name = "people.by_login", .in = &user_form, .out = &user_form,
    .sql = "SELECT " COLUMNS " FROM person_user WHERE login = :login",
};
static const Query q_save = {
    .name = "people.save", .in = &user_form,
    .sql = "UPDATE person_user SET name = :name, phone = :phone, mail = :mail, org = :org, org_path = :org_path, roles = :roles,"
           " must_change = :must_change, totp_on = :totp_on, disabled = :disabled, locked_until = :locked_until,"
           " version = :version, password = :password, password_at = :password_at, totp_secret = :totp_secret, totp_step = :totp_step,"
           " failures = :failures WHERE id = :id",
};
static const Query q_signed = {
    .name = "people.signed", .in = &user_form,
    .sql = "UPDATE person_user SET failures = :failures, locked_until = :locked_until, totp_step = :totp_step"
           " WHERE id = :id",
};
static const Query q_page = {
    .name = "people.page", .in = &user_form, .out = &user_form,
    .sql = "SELECT " COLUMNS " FROM person_user WHERE id > :id ORDER BY id LIMIT 200",
};
static const Query q_place = {
    .name = "people.place", .in = &place_form, .out = &place_form,
    .sql = "SELECT id, path FROM org WHERE id = :id",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_login, &q_save, &q_signed, &q_page, &q_place, NULL,
};

/* ---- checks ------------------------------------------------------------------- */

Fault login_check(const Ctx *c, Str login)
{
    (void)c;
    if (login.n < 3) return FAULT_TOO_SHORT;
    if (login.n > 32) return FAULT_TOO_LONG;
    for (size_t i = 0; i < login.n; i++) {
        char ch = login.s[i];
        bool sign = ch == '.' || ch == '_' || ch == '-';
        if (!sign && !(ch >= 'a' && ch <= 'z') && !(ch >= '0' && ch <= '9')) return FAULT_NOT_TEXT;
    }
    return FAULT_NONE;
}

Fault phone_check(const Ctx *c, Str phone)
{
    (void)c;
    bool mobile = phone.n == 11 && str_is_digits(phone) && phone.s[0] == '1' && phone.s[1] >= '3';
    return mobile ? FAULT_NONE : FAULT_BAD_PHONE;
}

bool roles_allowed(Ctx *c, Str roles)
{
    Str rest = roles;
    while (rest.n && ok(c)) {
        if (role_of(str_cut(&rest, ' ')) == ROLE_NONE) fault(c, S("roles"), FAULT_NOT_CODE);
    }
    uint32_t set = roles_of(roles);
    const char *why = roles_clash(set);
    if (set & PARTIES) fault(c, S("roles"), FAULT_NOT_ALLOWED);
    if (why) fail(c, ERR_BLOCKED, str_of(why));
    return ok(c);
}

void roles_placed(Ctx *c, Str roles, Id org)
{
    bool business = (roles_of(roles) & ~(uint32_t)ADMINS) != 0;
    if (ok(c) && business && org.n == 0) fail(c, ERR_BLOCKED, S("org"));
}

Str org_place(Ctx *c, Id org)
{
    Place p = { .id = org };
    if (org.n == 0 || !ok(c)) return (Str){ 0 };
    if (!db_find(c, &q_place, &p, &p) && ok(c)) fault(c, S("org"), FAULT_NOT_KNOWN);
    return p.path;
}

bool within_scope(Ctx *c, Str path)
{
    if (ok(c) && !str_starts(path, c->who.org_path)) fail(c, ERR_NOT_FOUND, S("org"));
    return ok(c);
}

/* ---- rows ----------------------------------------------------------------------- */

Str user_password(Ctx *c, User *u)
{
    Str password = code_new(c->mem, ONE_TIME);
    u->password = password_hash(c->mem, password);
    u->password_at = now(c);
    u->must_change = true;
    return password;
}

void user_add(Ctx *c, User *u)
{
    BUG_IF(u->password.n == 0); /* user_password() comes before */
    u->org_path = org_place(c, u->org);
    roles_placed(c, u->roles, u->org);
    if (!roles_allowed(c, u->roles)) return;
    u->id = id_next(c);
    u->created = now(c);
    u->version = 1;
    db_insert(c, &q_add, u);
}

bool user_get(Ctx *c, Id id, User *u)
{
    u->id = id;
    return db_get(c, &q_get, u, u);
}

bool user_find(Ctx *c, Id id, User *u)
{
    u->id = id;
    return db_find(c, &q_get, u, u);
}

bool user_by_login(Ctx *c, Str login, User *u)
{
    u->login = login;
    return db_find(c, &q_login, u, u);
}

void user_save(Ctx *c, User *u)
{
    u->version++;
    db_change(c, &q_save, u);
}

void user_signed(Ctx *c, const User *u)
{
    db_change(c, &q_signed, u);
}

Rows user_page(Ctx *c, Id after)
{
    return db_list(c, &q_page, &(User){ .id = after });
}

bool actor_load(Ctx *c, Id user)
{
    User u = { 0 };
    if (!user_get(c, user, &u)) return false;
    if (u.disabled) return fail(c, ERR_NOT_FOUND, S("user"));
    c->who = (Actor){ .id = u.id, .roles = roles_of(u.roles), .org = u.org, .org_path = u.org_path };
    return true;
}

const Slice people_slice = {
    .name = "people", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
};
