/*
** Signing in and out, the password, the second factor.
**
** A name that nobody has is answered as a wrong password is: the same words,
** after the same work.  What must not be stored with the answers of repeated
** requests (cookies, secrets) is answered without a key.
*/
#include "register/people/people.h"

#include "core/audit.h"
#include "core/crypto.h"
#include "core/policy.h"
#include "core/session.h"
#include "core/tx.h"
#include "register/people/attempt.h"

enum { DAY_S = 86400 };

/* Of a password that nobody knows: what an unknown name is tried against. */
static const char nobody_hash[] =
    "$argon2id$v=19$m=65536,t=2,p=1$1Dg2EQ5VEjzULuzXNkoNTQ$1ss+RSGNGYVRR+MNTMbJhrPDlwtOVAxqsWD/gmoUWN0";

typedef struct Login {
    Str login, password, code;
} Login;

static const Field login_fields[] = {
    FIELD(Login, login,    .label = "登录名", .en = "login name",  .rule = REQUIRED, .min = 1, .max = 64),
    FIELD(Login, password, .label = "口令",   .en = "password",    .rule = REQUIRED, .min = 1, .max = 200),
    FIELD(Login, code,     .label = "动态码", .en = "one-time code", .max = 12),
};
static const Form login_form = FORM(Login, login_fields);

typedef struct Me {
    Id      id;
    Str     login, name, roles;
    Id      org;
    Str     org_path;
    Id      case_id;
    Str     sides;
    bool    machine;
    Str     duty;
    bool    must_change;
    bool    totp_on;
    bool    totp_needed;
} Me;

static const Field me_fields[] = {
    FIELD(Me, id,          .label = "编号",     .en = "id"),
    FIELD(Me, login,       .label = "登录名",   .en = "login name"),
    FIELD(Me, name,        .label = "姓名",     .en = "name"),
    FIELD(Me, roles,       .label = "角色",     .en = "roles", .rule = MANY),
    FIELD(Me, org,         .label = "所属机构", .en = "organisation"),
    FIELD(Me, org_path,    .label = "机构路径", .en = "path"),
    FIELD(Me, case_id,     .label = "案件",     .en = "case"),
    FIELD(Me, sides,       .label = "当事方",   .en = "sides", .rule = MANY),
    FIELD(Me, machine,     .label = "系统接口", .en = "a machine"),
    FIELD(Me, duty,        .label = "先办事项", .en = "what comes first"),
    FIELD(Me, must_change, .label = "须改密码", .en = "must change the password"),
    FIELD(Me, totp_on,     .label = "双因素",   .en = "second factor"),
    FIELD(Me, totp_needed, .label = "须动态码", .en = "a one-time code is needed"),
};
static const Form me_form = FORM(Me, me_fields);

typedef struct NewPassword {
    Str old, new_;
} NewPassword;

static const Field password_fields[] = {
    { .name = "old", .kind = KIND_TEXT, .at = offsetof(NewPassword, old), .label = "原口令", .en = "old password",
      .rule = REQUIRED, .min = 1, .max = 200 },
    { .name = "new", .kind = KIND_TEXT, .at = offsetof(NewPassword, new_), .label = "新口令", .en = "new password",
      .rule = REQUIRED, .min = 1, .max = 200 },
};
static const Form password_form = FORM(NewPassword, password_fields);

typedef struct Factor {
    Str  code;
    Str  secret, uri;
    bool on;
} Factor;

static const Field factor_fields[] = {
    FIELD(Factor, code,   .label = "动态码", .en = "one-time code", .max = 12,
          .help = "不填为开始绑定；填写验证器显示的六位数字为确认",
          .help_en = "empty: begins; the six digits of the authenticator confirm"),
    FIELD(Factor, secret, .label = "密钥",   .en = "secret",        .rule = SERVER_SET),
    FIELD(Factor, uri,    .label = "绑定链接", .en = "link for the authenticator", .rule = SERVER_SET),
    FIELD(Factor, on,     .label = "已启用", .en = "in use",        .rule = SERVER_SET),
};
static const Form factor_form = FORM(Factor, factor_fields);

/* ---- signing in ---------------------------------------------------------------- */

typedef enum Verdict { LOGIN_GOOD, LOGIN_NEEDS_CODE, LOGIN_BAD, LOGIN_LOCKED } Verdict;

typedef struct Try {
    Login   in;
    User    user;   /* as first read; id 0: nobody */
    bool    good;   /* the password is */
    Verdict verdict;
    Time    until;  /* LOGIN_LOCKED */
} Try;

static Str time_text(Ctx *c, Time t)
{
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_time(&o, t);
    return out_view(&o);
}

static bool is_old(const Ctx *c, const User *u)
{
    int64_t days = policy(c, POLICY_PASSWORD_DAYS);
    return days > 0 && now(c).s >= u->password_at.s + days * DAY_S;
}

/* What the person must do before anything else. */
static Str duty_of(const Ctx *c, const User *u)
{
    bool factor = (roles_of(u->roles) & (uint32_t)policy(c, POLICY_FACTOR_ROLES)) != 0;
    if (u->must_change || is_old(c, u)) return S("must_change");
    return factor && !u->totp_on ? S("must_totp") : (Str){ 0 };
}

/* One more failure; the last one allowed locks. */
static void count_failure(Ctx *c, User *u)
{
    u->failures++;
    if (u->failures >= policy(c, POLICY_LOCK_AFTER)) {
        u->failures = 0;
        u->locked_until = (Time){ now(c).s + policy(c, POLICY_LOCK_S) };
    }
}

/* Is the code that of this moment, and not used before?  Then it is used. */
static bool use_code(const Ctx *c, User *u, Str code)
{
    int64_t step = 0;
    if (!totp_good(u->totp_secret, code, now(c), &step) || step <= u->totp_step) return false;
    u->totp_step = step;
    return true;
}

static void sign_in(Ctx *c, const User *u)
{
    Session s = {
        .kind = S("user"), .holder = u->id, .roles = u->roles, .org = u->org, .org_path = u->org_path,
        .duty = duty_of(c, u), .expires = { now(c).s + policy(c, POLICY_SESSION_S) },
        .idle_s = policy(c, POLICY_IDLE_S),
    };
    Me me = {
        .id = u->id, .login = u->login, .name = u->name, .roles = u->roles, .org = u->org,
        .org_path = u->org_path, .duty = s.duty, .must_change = u->must_change, .totp_on = u->totp_on,
    };
    session_cookie(c, session_open(c, &s));
    c->who.id = u->id; /* for the audit record */
    c->who.session = s.id;
    reply_row(c, 200, &me_form, &me);
}

/* Nobody has this name: counted by name, as the account would be. */
static void settle_unknown(Ctx *c, Try *t)
{
    attempt_count(c, S("login.name"), t->in.login, policy(c, POLICY_LOCK_AFTER), policy(c, POLICY_LOCK_S));
    t->verdict = LOGIN_BAD;
}

static Verdict judge(Ctx *c, const Try *t, User *u)
{
    if (u->locked_until.s > now(c).s) return LOGIN_LOCKED;
    if (!t->good || u->disabled) return LOGIN_BAD;
    if (!u->totp_on) return LOGIN_GOOD;
    if (t->in.code.n == 0) return LOGIN_NEEDS_CODE;
    return use_code(c, u, t->in.code) ? LOGIN_GOOD : LOGIN_BAD;
}

/* The account's row is read again and changed here, so that of two tries at
** once each counts, and a code is used once. */
static void settle(Ctx *c, Try *t)
{
    User u = { 0 };
    if (!user_get(c, t->user.id, &u)) return;
    if (!str_eq(u.password, t->user.password)) fail(c, ERR_AGAIN, S("password"));
    t->until = u.locked_until;
    t->verdict = judge(c, t, &u);
    if (t->verdict == LOGIN_LOCKED || t->verdict == LOGIN_NEEDS_CODE) return;
    if (t->verdict == LOGIN_BAD) count_failure(c, &u);
    else u.failures = 0;
    user_signed(c, &u);
    audit_about(c, u.id);
    if (t->verdict == LOGIN_GOOD) sign_in(c, &u);
}

static void refuse_early(Ctx *c, Try *t)
{
    Time until = { 0 };
    int64_t most = policy(c, POLICY_LOCK_AFTER);
    if (attempt_spent(c, S("login.peer"), c->head.peer, policy(c, POLICY_PEER_FAILURES), &until)) {
        fail(c, ERR_TOO_MANY, time_text(c, until));
    }
    bool known = user_by_login(c, t->in.login, &t->user);
    if (!known) t->user = (User){ 0 };
    bool locked = known ? t->user.locked_until.s > now(c).s
                        : attempt_spent(c, S("login.name"), t->in.login, most, &until);
    if (locked) fail(c, ERR_LOCKED, time_text(c, known ? t->user.locked_until : until));
}

static void count_peer(Ctx *c)
{
    int64_t most = policy(c, POLICY_PEER_FAILURES);
    attempt_count(c, S("login.peer"), c->head.peer, most, policy(c, POLICY_LOCK_S));
}

static void login(Ctx *c)
{
    Try t = { .verdict = LOGIN_BAD };
    c->key = (Str){ 0 };
    form_read(c, &login_form, &t.in);
    refuse_early(c, &t);
    if (!ok(c)) return;
    Str hash = t.user.id.n ? t.user.password : str_of(nobody_hash);
    t.good = password_good(hash, t.in.password) && t.user.id.n != 0;
    if (t.good && t.user.roles.n == 0 && !t.user.disabled) {
        fail(c, ERR_FORBIDDEN, S("no_roles"));
        return;
    }
    tx_begin(c);
    if (t.user.id.n) settle(c, &t);
    else settle_unknown(c, &t);
    if (t.verdict == LOGIN_BAD) count_peer(c);
    if (t.verdict == LOGIN_NEEDS_CODE) reply_row(c, 200, &me_form, &(Me){ .totp_needed = true });
    tx_end(c);
    if (t.verdict == LOGIN_LOCKED) fail(c, ERR_LOCKED, time_text(c, t.until));
    if (t.verdict == LOGIN_BAD) fail(c, ERR_BAD_LOGIN, (Str){ 0 });
}

static void logout(Ctx *c)
{
    c->key = (Str){ 0 };
    tx_begin(c);
    session_end(c, c->who.session);
    session_cookie(c, (Str){ 0 });
    reply_done(c);
    tx_end(c);
}

/* ---- who am I ------------------------------------------------------------------- */

static Str sides_text(uint32_t sides)
{
    static const char *const words[] = {
        "", "applicant", "respondent", "applicant respondent",
        "third_party", "applicant third_party", "respondent third_party", "applicant respondent third_party",
    };
    return str_of(words[sides & 7]);
}

static void me(Ctx *c)
{
    User u = { .id = c->who.id };
    bool user = !c->who.machine && c->who.case_id.n == 0 && c->who.id.n != 0;
    Me m = { .id = c->who.id, .roles = roles_text(c->mem, c->who.roles), .org = c->who.org,
             .org_path = c->who.org_path, .case_id = c->who.case_id, .sides = sides_text(c->who.sides),
             .machine = c->who.machine };
    if (user && user_find(c, u.id, &u)) {
        m.login = u.login;
        m.name = u.name;
        m.must_change = u.must_change;
        m.totp_on = u.totp_on;
        m.duty = duty_of(c, &u);
    }
    reply_row(c, 200, &me_form, &m);
}

/* ---- the password ------------------------------------------------------------------ */

/* Which of the four classes a byte belongs to. */
static size_t class_of(char ch)
{
    if (ch >= 'a' && ch <= 'z') return 0;
    if (ch >= 'A' && ch <= 'Z') return 1;
    return ch >= '0' && ch <= '9' ? 2 : 3;
}

static bool is_strong(const Ctx *c, Str password)
{
    bool class[4] = { false };
    int64_t n = (int64_t)str_length(password);
    for (size_t i = 0; i < password.n; i++) class[class_of(password.s[i])] = true;
    int classes = class[0] + class[1] + class[2] + class[3];
    return n >= policy(c, POLICY_PASSWORD_LONG) || (n >= policy(c, POLICY_PASSWORD_MIN) && classes >= 3);
}

static void check_new(Ctx *c, const User *u, const NewPassword *in)
{
    bool named = str_has(in->new_, u->login);
    if (ok(c) && (named || !is_strong(c, in->new_))) fault(c, S("new"), FAULT_WEAK);
    if (str_eq(in->old, in->new_)) fault(c, S("new"), FAULT_TWICE);
}

static void store_password(Ctx *c, User *u, Str hash)
{
    u->password = hash;
    u->password_at = now(c);
    u->must_change = false;
    u->failures = 0;
    user_save(c, u);
    session_end_all(c, u->id, c->who.session);
    session_duty(c, c->who.session, duty_of(c, u));
    reply_done(c);
}

/* A wrong old password counts like a wrong one at the door. */
static void change_password(Ctx *c)
{
    NewPassword in = { 0 };
    User seen = { 0 }, u = { 0 };
    c->key = (Str){ 0 };
    form_read(c, &password_form, &in);
    if (!user_get(c, c->who.id, &seen)) return;
    check_new(c, &seen, &in);
    if (seen.locked_until.s > now(c).s) fail(c, ERR_LOCKED, time_text(c, seen.locked_until));
    if (!ok(c)) return;
    bool good = password_good(seen.password, in.old);
    Str hash = good ? password_hash(c->mem, in.new_) : (Str){ 0 };
    tx_begin(c);
    if (user_get(c, c->who.id, &u) && !str_eq(u.password, seen.password)) fail(c, ERR_AGAIN, S("password"));
    audit_about(c, u.id);
    if (good) {
        store_password(c, &u, hash);
    } else {
        count_failure(c, &u);
        user_signed(c, &u);
    }
    tx_end(c);
    if (!good) fault(c, S("old"), FAULT_MISMATCH);
}

/* ---- the second factor ---------------------------------------------------------------- */

static Str otpauth(Ctx *c, const User *u)
{
    Out o = { .buf = NEW(c->mem, char, 256), .cap = 256 };
    out_str(&o, S("otpauth://totp/tiaojie:"));
    out_str(&o, u->login);
    out_str(&o, S("?secret="));
    out_str(&o, u->totp_secret);
    out_str(&o, S("&issuer=tiaojie&algorithm=SHA1&digits=6&period=30"));
    BUG_IF(o.full);
    return out_view(&o);
}

static void begin_factor(Ctx *c, User *u)
{
    u->totp_secret = totp_secret(c->mem);
    user_save(c, u);
    reply_row(c, 200, &factor_form, &(Factor){ .secret = u->totp_secret, .uri = otpauth(c, u) });
}

static void confirm_factor(Ctx *c, User *u, Str code)
{
    if (u->totp_secret.n == 0) fail(c, ERR_BLOCKED, S("totp_not_begun"));
    else if (!use_code(c, u, code)) fault(c, S("code"), FAULT_MISMATCH);
    u->totp_on = true;
    user_save(c, u);
    session_end_all(c, u->id, c->who.session);
    session_duty(c, c->who.session, duty_of(c, u));
    reply_row(c, 200, &factor_form, &(Factor){ .on = true });
}

static void factor(Ctx *c)
{
    Factor in = { 0 };
    User u = { 0 };
    c->key = (Str){ 0 };
    form_read(c, &factor_form, &in);
    tx_begin(c);
    bool good = user_get(c, c->who.id, &u);
    if (good && u.totp_on) fail(c, ERR_BLOCKED, S("totp_on")); /* SEC_ADMIN takes it away first */
    if (ok(c)) audit_about(c, u.id);
    if (ok(c) && in.code.n == 0) begin_factor(c, &u);
    else if (ok(c)) confirm_factor(c, &u, in.code);
    tx_end(c);
}

/* ---- one's own sessions ----------------------------------------------------------------- */

typedef struct Page {
    Id      after;
    int64_t limit;
} Page;

static const Field page_fields[] = {
    FIELD(Page, after, .label = "起点", .en = "after"),
    FIELD(Page, limit, .label = "条数", .en = "limit", .min = 1, .max = 200),
};
static const Form page_form = FORM(Page, page_fields);

static void list_sessions(Ctx *c, Id holder)
{
    Page page = { .limit = 50 };
    form_read_query(c, &page_form, &page);
    Rows rows = session_list(c, holder, page.after, page.limit + 1);
    char next[24];
    Out o = { .buf = next, .cap = sizeof next };
    if (rows.n > (size_t)page.limit) {
        rows.n = (size_t)page.limit;
        out_int(&o, ((const Session *)rows.at)[rows.n - 1].id.n);
    }
    reply_rows(c, &session_form, rows, out_view(&o));
}

static void my_sessions(Ctx *c)
{
    list_sessions(c, c->who.id);
}

static void user_sessions(Ctx *c)
{
    User u = { 0 };
    if (user_get(c, arg_id(c, 0), &u) && within_scope(c, u.org_path)) list_sessions(c, u.id);
}

/* One's own, or, for SEC_ADMIN, anybody's in scope. */
static void end_session(Ctx *c)
{
    Session s = { 0 };
    tx_begin(c);
    if (session_get(c, arg_id(c, 0), &s) && s.holder.n != c->who.id.n) {
        if (c->who.roles & SEC_ADMIN) within_scope(c, s.org_path);
        else fail(c, ERR_NOT_FOUND, c->arg[0]);
    }
    audit_about(c, s.holder);
    session_end(c, s.id);
    reply_done(c);
    tx_end(c);
}

static const Route routes[] = {
    { .method = "POST", .pattern = "/api/v1/login", .who = ANYBODY, .run = login, .zh = "登录", .en = "sign in",
      .in = &login_form, .out = &me_form },
    { .method = "POST", .pattern = "/api/v1/logout", .who = SIGNED_IN, .run = logout, .zh = "退出",
      .en = "sign out", .early = true },
    { .method = "GET", .pattern = "/api/v1/me", .who = SIGNED_IN, .run = me, .zh = "当前用户", .en = "who am I",
      .out = &me_form, .quick = true, .early = true },
    { .method = "POST", .pattern = "/api/v1/me/password", .who = SIGNED_IN & ~(uint32_t)PARTIES,
      .run = change_password, .zh = "修改口令", .en = "change the password", .in = &password_form, .early = true },
    { .method = "POST", .pattern = "/api/v1/me/totp", .who = SIGNED_IN & ~(uint32_t)PARTIES, .run = factor,
      .zh = "绑定双因素", .en = "add a second factor", .in = &factor_form, .out = &factor_form, .early = true },
    { .method = "GET", .pattern = "/api/v1/me/sessions", .who = SIGNED_IN, .run = my_sessions,
      .zh = "我的会话", .en = "my sessions", .query = &page_form, .out = &session_form, .list = true },
    { .method = "GET", .pattern = "/api/v1/users/:id/sessions", .who = SEC_ADMIN, .run = user_sessions,
      .zh = "用户的会话", .en = "a user's sessions", .query = &page_form, .out = &session_form, .list = true },
    { .method = "DELETE", .pattern = "/api/v1/sessions/:id", .who = SIGNED_IN, .run = end_session,
      .zh = "结束会话", .en = "end a session" },
};

const Slice login_slice = { .name = "login", .route = routes, .routes = COUNT(routes) };
