/*
** people_test ADDRESS: accounts, sessions, rights and parties against a fresh
** database of either engine, through web_handle(), the clock in our hand.
** Ends with "N passed, N failed".
*/
#include "people/world.h"

#include "core/audit.h"
#include "core/audit_list.h"
#include "core/jobs.h"
#include "core/outbox.h"
#include "core/policy.h"
#include "core/right.h"
#include "core/session.h"
#include "core/tx.h"
#include "register/people/attempt.h"
#include "register/people/party.h"
#include "register/people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what stands in for the slices that are not here ------------------------------ */

static const Migration org_step[] = {
    { 1, "CREATE TABLE org(id INTEGER PRIMARY KEY, path TEXT NOT NULL) STRICT;"
         "INSERT INTO org(id, path) VALUES(7, '0001');"
         "INSERT INTO org(id, path) VALUES(8, '00010001');"
         "INSERT INTO org(id, path) VALUES(9, '0002');" },
};

/* A file with an identity number, for looks at it. */
typedef struct Card { Id id; Str id_no, phone; } Card;
static const Field card_fields[] = {
    FIELD(Card, id,    .label = "编号"),
    FIELD(Card, id_no, .label = "证件号码", .mask = MASK_ID_NO),
    FIELD(Card, phone, .label = "电话", .mask = MASK_PHONE),
};
static const Form card_form = FORM(Card, card_fields);
typedef struct Reason { Str reason; } Reason;
static const Field reason_fields[] = { FIELD(Reason, reason, .label = "理由") };
static const Form reason_form = FORM(Reason, reason_fields);

static void show_card(Ctx *c)
{
    Card card = { { 77 }, S("450206199003071234"), S("13812345678") };
    Reason in = { 0 };
    form_read_query(c, &reason_form, &in);
    tx_begin(c);
    if (c->query.n) (void)reveal(c, OBJ_FULL_ID, card.id, in.reason);
    reply_row(c, 200, &card_form, &card);
    tx_end(c);
}

static void nothing(Ctx *c) { reply_done(c); }

static const Route card_routes[] = {
    { .method = "GET", .pattern = "/api/v1/card", .who = SIGNED_IN, .run = show_card },
    { .method = "GET", .pattern = "/api/v1/arb", .who = LINK_ARB, .run = nothing },
    { .method = "GET", .pattern = "/api/v1/public", .who = ANYBODY, .run = nothing },
};
static const Slice org_slice = { .name = "org", .migration = org_step, .migrations = COUNT(org_step) };
static const Slice card_slice = { .name = "card", .route = card_routes, .routes = COUNT(card_routes) };

static const Slice *const slices[] = {
    &tx_slice, &audit_slice, &audit_list_slice, &jobs_slice, &outbox_slice, &session_slice, &org_slice,
    &attempt_slice, &people_slice, &login_slice, &user_slice, &machine_slice, &party_slice, &card_slice, NULL,
};

/* ---- helpers ------------------------------------------------------------------------ */

/* A user made as `tiaojie user add` would; the password in *password. */
static Id make(World *w, const char *login, const char *roles, int64_t org, char password[32])
{
    Ctx c;
    world_ctx(w, &c);
    User u = { .login = str_of(login), .name = S("张三"), .roles = str_of(roles), .org = { org } };
    Str p = user_password(&c, &u);
    c.status = 204;
    tx_begin(&c);
    user_add(&c, &u);
    tx_end(&c);
    expect(ok(&c), "make %s", login);
    (void)snprintf(password, 32, "%.*s", (int)p.n, p.s);
    return u.id;
}

static int sign_in(World *w, const char *login, const char *password, const char *code)
{
    w->cookie[0] = 0;
    return ask(w, "POST", "/api/v1/login", "{\"login\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}", login, password, code);
}

/* Signs in and changes the one-time password to Good-pass-1. */
static void settle(World *w, const char *login, const char *password)
{
    expect(sign_in(w, login, password, "") == 200, "%s signs in", login);
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"Good-pass-1\"}", password) == 204,
           "%s changes the password", login);
}

/* ---- the door --------------------------------------------------------------------------- */

static void test_login(World *w)
{
    char password[32];
    make(w, "clerk1", "clerk", 7, password);
    expect(get(w, "/api/v1/me") == 401, "nobody is not somebody");
    expect(sign_in(w, "clerk1", "wrong", "") == 401 && is(w, "code", "bad_login"), "a wrong password");
    char same[400];
    (void)snprintf(same, sizeof same, "%s", w->raw);
    expect(sign_in(w, "nobody1", "wrong", "") == 401 && strcmp(same, w->raw) == 0, "an unknown name looks alike");
    expect(sign_in(w, "clerk1", password, "") == 200 && is(w, "duty", "must_change"), "the one-time password");
    expect(strstr(w->head, "HttpOnly") && strstr(w->head, "SameSite=Strict") && !strstr(w->head, "Secure"),
           "the cookie on loopback");
    expect(get(w, "/api/v1/me") == 200 && is(w, "login", "clerk1"), "who am I");
    expect(get(w, "/api/v1/card") == 403 && is(w, "detail", "must_change"), "first the password");
    expect(get(w, "/api/v1/public") == 204, "what is for anybody stays so");
    static const char *const weak[] = { "short1A", "onlyletters", "alllowercase12", "clerk1-AB12" };
    for (size_t i = 0; i < COUNT(weak); i++) {
        expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"%s\"}", password, weak[i]) == 422,
               "too weak: %s", weak[i]);
    }
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"%s\"}", password, password) == 422,
           "the same again");
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"nope\",\"new\":\"Good-pass-1\"}") == 422, "a wrong old one");
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"abcdefghijklmnop\"}", password) == 204,
           "16 characters need no classes");
    expect(get(w, "/api/v1/card") == 200, "now the work");
    expect(sign_in(w, "clerk1", password, "") == 401, "the one-time password is over");
    snprintf(w->host, sizeof w->host, "tj.example.cn");
    expect(sign_in(w, "clerk1", "abcdefghijklmnop", "") == 200 && strstr(w->head, "; Secure"), "Secure elsewhere");
    snprintf(w->host, sizeof w->host, "127.0.0.1:8080");
    expect(ask(w, "POST", "/api/v1/logout", "{}") == 204, "sign out");
    expect(get(w, "/api/v1/me") == 401, "the cookie is good no more");
    expect(get(w, "/api/v1/public") == 204, "an ended session is nobody");
}

static void test_lock(World *w)
{
    char password[32];
    make(w, "clerk2", "clerk", 7, password);
    for (int i = 0; i < 4; i++) expect(sign_in(w, "clerk2", "wrong", "") == 401, "wrong %d", i + 1);
    expect(sign_in(w, "clerk2", password, "") == 200, "the fourth does not lock");
    for (int i = 0; i < 5; i++) expect(sign_in(w, "clerk2", "wrong", "") == 401, "wrong again %d", i + 1);
    expect(sign_in(w, "clerk2", password, "") == 423 && is(w, "code", "locked"), "locked for the right one too");
    w->now_s += 15 * 60 - 1;
    expect(sign_in(w, "clerk2", password, "") == 423, "a second before the end");
    w->now_s += 1;
    expect(sign_in(w, "clerk2", password, "") == 200, "at its end");
    for (int i = 0; i < 5; i++) expect(sign_in(w, "ghost", "wrong", "") == 401, "ghost %d", i + 1);
    expect(sign_in(w, "ghost", "wrong", "") == 423, "an unknown name locks alike");
    w->now_s += 3600;
    snprintf(w->peer, sizeof w->peer, "10.0.0.9");
    for (int i = 0; i < 60; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "guess%d", i);
        if (sign_in(w, name, "x", "") != 401) expect(false, "guess %d", i);
    }
    expect(sign_in(w, "clerk2", password, "") == 429, "one address guessed too often");
    snprintf(w->peer, sizeof w->peer, "10.0.0.1");
    expect(sign_in(w, "clerk2", password, "") == 200, "another address may");
}

static void test_sessions(World *w)
{
    char password[32], first[200];
    Id id = make(w, "clerk3", "clerk", 7, password);
    settle(w, "clerk3", password);
    (void)snprintf(first, sizeof first, "%s", w->cookie);
    expect(sign_in(w, "clerk3", "Good-pass-1", "") == 200, "a second session");
    expect(get(w, "/api/v1/me/sessions") == 200 && items(w) == 2, "both are listed");
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"Good-pass-1\",\"new\":\"Good-pass-2\"}") == 204, "new one");
    expect(get(w, "/api/v1/me") == 200, "this session stays");
    (void)snprintf(w->cookie, sizeof w->cookie, "%s", first);
    expect(get(w, "/api/v1/me") == 401, "the other one ended");
    expect(sign_in(w, "clerk3", "Good-pass-2", "") == 200, "again");
    w->now_s += 30 * 60 - 1;
    expect(get(w, "/api/v1/me") == 200, "29:59 without a request");
    w->now_s += 30 * 60 - 1;
    expect(get(w, "/api/v1/me") == 200, "which counted as one");
    w->now_s += 30 * 60;
    expect(get(w, "/api/v1/me") == 401 && is(w, "detail", "session"), "30:00 without a request");
    expect(sign_in(w, "clerk3", "Good-pass-2", "") == 200, "again");
    int status = 200, rounds = 0;
    for (; status == 200 && rounds < 100; rounds++) {
        w->now_s += 1200;
        status = get(w, "/api/v1/me");
    }
    expect(status == 401 && rounds == 36, "12 hours at the longest: %d rounds", rounds);
    Ctx c;
    world_ctx(w, &c);
    expect(actor_load(&c, id) && c.who.roles == CLERK && str_eq(c.who.org_path, S("0001")), "actor_load");
    expect(!actor_load(&c, (Id){ 12345 }), "actor_load of nobody");
}

/* ---- the second factor -------------------------------------------------------------------- */

static void test_factor(World *w)
{
    char password[32], secret[64];
    make(w, "head1", "head", 7, password);
    settle(w, "head1", password);
    expect(get(w, "/api/v1/card") == 403 && is(w, "detail", "must_totp"), "a head needs a second factor");
    expect(ask(w, "POST", "/api/v1/me/totp", "{}") == 200, "begin");
    (void)snprintf(secret, sizeof secret, "%s", text_at(w, "secret"));
    expect(strlen(secret) == 32 && strstr(text_at(w, "uri"), "otpauth://totp/"), "secret and link");
    expect(ask(w, "POST", "/api/v1/me/totp", "{\"code\":\"000000\"}") == 422, "a wrong code");
    expect(ask(w, "POST", "/api/v1/me/totp", "{\"code\":\"%s\"}", totp_now(w, secret)) == 200, "confirm");
    expect(get(w, "/api/v1/card") == 200, "now the work");
    expect(ask(w, "POST", "/api/v1/me/totp", "{}") == 409, "not changed without the security administrator");
    expect(sign_in(w, "head1", "Good-pass-1", "") == 200 && !w->cookie[0] && is_true(w, "totp_needed"),
           "the password alone is not enough");
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 401, "a used step is refused");
    w->now_s += 30;
    expect(sign_in(w, "head1", "Good-pass-1", "12345") == 401, "no code at all");
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 200 && w->cookie[0], "the next step is good");
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 401, "once");
    for (int i = 0; i < 4; i++) (void)sign_in(w, "head1", "Good-pass-1", "000000");
    w->now_s += 30;
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 423, "codes are not guessed for long");
    w->now_s += 1000;
}

/* ---- administrators -------------------------------------------------------------------------- */

static char sys_cookie[200], sec_cookie[200], aud_cookie[200];

static void become(World *w, const char *cookie)
{
    (void)snprintf(w->cookie, sizeof w->cookie, "%s", cookie);
}

static void admin(World *w, const char *login, const char *role, char cookie[200])
{
    char password[32], secret[64];
    make(w, login, role, 0, password);
    settle(w, login, password);
    expect(ask(w, "POST", "/api/v1/me/totp", "{}") == 200, "begin");
    (void)snprintf(secret, sizeof secret, "%s", text_at(w, "secret"));
    expect(ask(w, "POST", "/api/v1/me/totp", "{\"code\":\"%s\"}", totp_now(w, secret)) == 200, "confirm");
    (void)snprintf(cookie, 200, "%s", w->cookie);
}

static void test_accounts(World *w)
{
    char id[32], password[32], path[100], own[32], sec[32];
    admin(w, "sys1", "sys_admin", sys_cookie);
    expect(get(w, "/api/v1/me") == 200, "me");
    (void)snprintf(own, sizeof own, "%s", text_at(w, "id"));
    admin(w, "sec1", "sec_admin", sec_cookie);
    expect(get(w, "/api/v1/me") == 200, "me");
    (void)snprintf(sec, sizeof sec, "%s", text_at(w, "id"));
    admin(w, "aud1", "auditor", aud_cookie);
    become(w, sys_cookie);
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"Med 1\",\"name\":\"李四\"}") == 422, "a bad login name");
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med1\",\"name\":\"李四\",\"org\":\"99\"}") == 422, "no such org");
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med1\",\"name\":\"李四\",\"org\":\"8\",\"phone\":\"13812345678\"}")
           == 201, "make");
    (void)snprintf(id, sizeof id, "%s", text_at(w, "id"));
    (void)snprintf(password, sizeof password, "%s", text_at(w, "password"));
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med1\",\"name\":\"李四\",\"org\":\"8\"}") == 409, "the name is taken");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/roles", id);
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\"]}") == 403, "who keeps accounts gives no roles");
    w->cookie[0] = 0;
    expect(sign_in(w, "med1", password, "") == 403 && is(w, "detail", "no_roles"), "without a role there is no way in");
    become(w, sec_cookie);
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med2\",\"name\":\"李四\"}") == 403, "nor the other way round");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\"]}") == 428, "which version?");
    match(w, "\"7\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\"]}") == 412, "another version");
    match(w, "\"1\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\",\"sys_admin\"]}") == 409 && text_at(w, "detail")[0], "roles clash");
    match(w, "\"1\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"party\"]}") == 422, "a party has no account");
    match(w, "\"1\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\",\"dispatcher\"]}") == 200, "given");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/roles", sec);
    match(w, "\"4\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"clerk\"]}") == 403 || w->status == 412, "nobody gives himself roles");
    expect(get(w, "/api/v1/card") == 200 && is(w, "id_no", "450206********1234"), "masked");
    expect(get(w, "/api/v1/card?reason=because") == 403, "an administrator sees no business data");
    settle(w, "med1", password);
    char med[200];
    (void)snprintf(med, sizeof med, "%s", w->cookie);
    expect(get(w, "/api/v1/users") == 403 && get(w, "/api/v1/audit") == 403
           && get(w, "/api/v1/outbox") == 403, "a mediator keeps none of these");
    become(w, sys_cookie);
    expect(get(w, "/api/v1/users?role=mediator") == 200 && items(w) == 1
           && strstr(w->raw, "138****5678") && !strstr(w->raw, "argon"), "the list is masked, without hashes");
    expect(get(w, "/api/v1/users?limit=2") == 200 && items(w) == 2 && text_at(w, "next")[0], "a page");
    (void)snprintf(path, sizeof path, "/api/v1/users?limit=2&after=%s", text_at(w, "next"));
    expect(get(w, "%s", path) == 200 && items(w) == 2, "the next page");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s", id);
    expect(get(w, "%s", path) == 200, "show");
    char tag[40];
    (void)snprintf(tag, sizeof tag, "\"%lld\"", (long long)int_at(w, "version"));
    match(w, tag);
    expect(ask(w, "PATCH", path, "{\"name\":\"李五\",\"org\":null}") == 200 && is(w, "name", "李五") && is(w, "org", "8"),
           "edit");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/disable", id);
    expect(ask(w, "POST", path, "{}") == 200, "disable");
    become(w, med);
    expect(get(w, "/api/v1/me") == 401, "a disabled user's session ends");
    expect(sign_in(w, "med1", "Good-pass-1", "") == 401, "and there is no other");
    become(w, sys_cookie);
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/enable", id);
    expect(ask(w, "POST", path, "{}") == 200, "enable");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/reset", id);
    expect(ask(w, "POST", path, "{}") == 200 && strlen(text_at(w, "password")) == 12, "reset");
    (void)snprintf(password, sizeof password, "%s", text_at(w, "password"));
    expect(sign_in(w, "med1", password, "") == 200 && is(w, "duty", "must_change"), "with a one-time password");
    for (int i = 0; i < 5; i++) (void)sign_in(w, "med1", "wrong", "");
    expect(sign_in(w, "med1", password, "") == 423, "locked");
    become(w, sys_cookie);
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/unlock", id);
    expect(ask(w, "POST", path, "{}") == 200, "unlock");
    expect(sign_in(w, "med1", password, "") == 200, "unlocked");
    become(w, sys_cookie);
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/reset", sec);
    expect(ask(w, "POST", path, "{}") == 409, "an administrator's password is not another's to reset");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/disable", own);
    expect(ask(w, "POST", path, "{}") == 403 && is(w, "detail", "self"), "not oneself");
}

/* ---- machines ----------------------------------------------------------------------------------- */

static void test_machines(World *w)
{
    char token[100], path[100], id[32];
    become(w, sec_cookie);
    expect(ask(w, "POST", "/api/v1/machines", "{\"name\":\"仲裁系统\",\"org\":\"7\",\"roles\":[\"auditor\"],\"days\":30}")
           == 422, "a machine does not administer");
    expect(ask(w, "POST", "/api/v1/machines", "{\"name\":\"仲裁系统\",\"org\":\"7\",\"roles\":[\"link_arb\"],\"days\":30}")
           == 201, "a token");
    (void)snprintf(token, sizeof token, "%s", text_at(w, "token"));
    (void)snprintf(id, sizeof id, "%s", text_at(w, "id"));
    expect(strlen(token) == 43, "256 bits");
    expect(get(w, "/api/v1/machines") == 200 && items(w) == 1 && !strstr(w->raw, token), "shown once");
    w->cookie[0] = 0;
    (void)snprintf(w->bearer, sizeof w->bearer, "Bearer %s", token);
    expect(get(w, "/api/v1/arb") == 204, "its scope");
    expect(get(w, "/api/v1/users") == 403, "and no more");
    expect(get(w, "/api/v1/me") == 200 && is_true(w, "machine"), "a machine");
    w->now_s += 86400;
    expect(get(w, "/api/v1/arb") == 204, "machines do not idle");
    w->bearer[0] = 0;
    (void)snprintf(path, sizeof path, "/api/v1/machines/%s/disable", id);
    expect(sign_in(w, "sec1", "Good-pass-1", "") == 200, "the code is still needed");
    w->now_s -= 86400;
    become(w, sec_cookie);
    expect(ask(w, "POST", path, "{}") == 200, "disable");
    w->cookie[0] = 0;
    (void)snprintf(w->bearer, sizeof w->bearer, "Bearer %s", token);
    expect(get(w, "/api/v1/arb") == 401, "its token is good no more");
    w->bearer[0] = 0;
}

/* ---- parties -------------------------------------------------------------------------------------- */

/* The newest code in the outbox. */
static void code_sent(World *w, char code[8])
{
    Ctx c;
    world_ctx(w, &c);
    Rows rows = outbox_due(&c);
    code[0] = 0;
    if (rows.n == 0) return;
    Str text = ((const Message *)rows.at)[rows.n - 1].text;
    for (size_t i = 0; i + 6 <= text.n; i++) {
        if (!str_is_digits((Str){ text.s + i, 6 })) continue;
        (void)snprintf(code, 8, "%.6s", text.s + i);
        return;
    }
}

static int open_case(World *w, const char *receipt, const char *phone, const char *code)
{
    w->cookie[0] = 0;
    return ask(w, "POST", "/api/v1/party/login", "{\"receipt\":\"%s\",\"phone\":\"%s\",\"code\":\"%s\"}", receipt, phone, code);
}

static int ask_code(World *w, const char *receipt, const char *phone)
{
    w->cookie[0] = 0;
    return ask(w, "POST", "/api/v1/party/code", "{\"receipt\":\"%s\",\"phone\":\"%s\"}", receipt, phone);
}

static void test_parties(World *w)
{
    char receipt[32], code[8], wrong[8], said[400];
    Ctx c;
    world_ctx(w, &c);
    c.status = 204;
    tx_begin(&c);
    Str shown = party_receipt(&c, (Id){ 501 }, S("13800000001"), APPLICANT, (Id){ 601 });
    tx_end(&c);
    (void)snprintf(receipt, sizeof receipt, "%.*s", (int)shown.n, shown.s);
    expect(ok(&c) && strlen(receipt) == 14 && receipt[4] == '-', "a receipt in groups");
    expect(ask_code(w, receipt, "13800000001") == 202, "a code");
    (void)snprintf(said, sizeof said, "%s", w->raw);
    expect(!strpbrk(said, "0123456789"), "which the answer does not tell");
    expect(ask_code(w, "ABCDEFGH2345", "13800000001") == 202 && strcmp(said, w->raw) == 0, "no receipt, same words");
    expect(ask_code(w, receipt, "13800000002") == 202 && strcmp(said, w->raw) == 0, "another phone, same words");
    code_sent(w, code);
    expect(strlen(code) == 6, "one message, with six digits");
    (void)snprintf(wrong, sizeof wrong, "%s", strcmp(code, "111111") == 0 ? "222222" : "111111");
    expect(open_case(w, receipt, "13800000001", wrong) == 401, "a wrong code");
    expect(open_case(w, receipt, "13800000002", code) == 401, "another phone");
    expect(open_case(w, receipt, "13800000001", code) == 200 && is(w, "case_id", "501") && is(w, "role", "party"), "open");
    expect(get(w, "/api/v1/me") == 200 && is(w, "case_id", "501") && is(w, "id", "601")
           && strstr(w->raw, "\"applicant\""), "one case, one side");
    expect(get(w, "/api/v1/users") == 403, "and nothing else");
    w->now_s += 24 * 3600 - 1;
    expect(get(w, "/api/v1/me") == 200, "for a day");
    w->now_s += 1;
    expect(get(w, "/api/v1/me") == 401, "no longer");
    expect(open_case(w, receipt, "13800000001", code) == 401, "a code is good once");
    expect(ask_code(w, receipt, "13800000001") == 202, "another");
    code_sent(w, code);
    w->now_s += 300;
    expect(open_case(w, receipt, "13800000001", code) == 401, "five minutes");
    expect(ask_code(w, receipt, "13800000001") == 202, "another");
    code_sent(w, code);
    (void)snprintf(wrong, sizeof wrong, "%s", strcmp(code, "111111") == 0 ? "222222" : "111111");
    for (int i = 0; i < 5; i++) (void)open_case(w, receipt, "13800000001", wrong);
    expect(open_case(w, receipt, "13800000001", code) == 401, "five tries");
    w->now_s += 3600;
    for (int i = 0; i < 5; i++) expect(ask_code(w, receipt, "13800000001") == 202, "code %d", i + 1);
    expect(ask_code(w, receipt, "13800000001") == 429, "not more than five an hour");
    for (int i = 0; i < 5; i++) expect(ask_code(w, "ABCDEFGH2346", "13800000001") == 202, "nothing %d", i + 1);
    expect(ask_code(w, "ABCDEFGH2346", "13800000001") == 429, "nor for a receipt that is none");
    w->now_s += 3600;
    world_ctx(w, &c);
    c.status = 204;
    tx_begin(&c);
    party_elect(&c, (Id){ 501 }, (Id){ 601 }, true);
    tx_end(&c);
    char lower[32];
    for (size_t i = 0; i <= strlen(receipt); i++) {
        lower[i] = receipt[i] >= 'A' && receipt[i] <= 'Z' ? (char)(receipt[i] + 32) : receipt[i];
    }
    expect(ask_code(w, lower, "13800000001") == 202, "typed in small letters");
    code_sent(w, code);
    expect(open_case(w, lower, "13800000001", code) == 200 && is(w, "role", "representative"), "as representative");
}

/* ---- looks and the record ------------------------------------------------------------------------- */

static void test_reveal(World *w)
{
    char password[32];
    make(w, "clerk9", "clerk", 7, password);
    settle(w, "clerk9", password);
    expect(get(w, "/api/v1/card") == 200 && is(w, "id_no", "450206********1234")
           && is(w, "phone", "138****5678"), "masked");
    expect(get(w, "/api/v1/card?reason=ab") == 403 && is(w, "code", "need_reason"), "a reason of two letters");
    expect(get(w, "/api/v1/card?reason=%%20%%20%%20%%20") == 403, "blanks are none");
    expect(get(w, "/api/v1/card?reason=%s", "核对身份") == 200 && is(w, "id_no", "450206199003071234"), "whole");
    expect(sign_in(w, "aud1", "Good-pass-1", "") == 200, "needs a code");
    w->preset = (Actor){ .id = { 900 }, .roles = AUDITOR };
    w->cookie[0] = 0;
    expect(get(w, "/api/v1/audit?subject=77") == 200 && items(w) == 1 && strstr(w->raw, "核对身份")
           && strstr(w->raw, "full_id"), "the look is in the record, with its reason");
    expect(get(w, "/api/v1/audit?action=GET%%20/api/v1/audit") == 200 && items(w) >= 1, "so is reading it");
    expect(get(w, "/api/v1/audit?action=POST%%20/api/v1/login&limit=1") == 200 && items(w) == 1
           && text_at(w, "next")[0], "so is each login");
    char next[100];
    (void)snprintf(next, sizeof next, "/api/v1/audit?action=POST%%20/api/v1/login&limit=1&after=%s", text_at(w, "next"));
    char before[3000];
    (void)snprintf(before, sizeof before, "%s", w->raw);
    expect(get(w, "%s", next) == 200 && items(w) == 1 && strcmp(before, w->raw) != 0, "page by page");
    expect(get(w, "/api/v1/audit?from=2026-03-02&to=2026-03-31&limit=200") == 200 && items(w) > 50, "by day");
    expect(!strstr(w->raw, "argon2id") && !strstr(w->raw, "Good-pass") && !strstr(w->raw, "13800000001"),
           "no hash, password or phone in it");
    expect(get(w, "/api/v1/audit?to=2025-01-01") == 200 && items(w) == 0, "before all");
    w->preset = (Actor){ 0 };
    Ctx c;
    int64_t entries = 0;
    world_ctx(w, &c);
    Out o = { .buf = NEW(c.mem, char, 10000), .cap = 10000 };
    expect(audit_verify(&c, &o, &entries) == 0 && entries > 50, "the record verifies");
}

/* ---- faults ------------------------------------------------------------------------------------- */

/* Each statement fails once: nothing is half done, and it works afterwards. */
static void test_faults(World *w)
{
    char password[32];
    make(w, "clerk7", "clerk", 7, password);
    settle(w, "clerk7", password);
    int n = 1;
    for (bool reached = true; reached && n < 50; n++) {
        w->cookie[0] = 0;
        (void)db_fail_at(w->db, n);
        int status = sign_in(w, "clerk7", "Good-pass-1", "");
        reached = db_fail_at(w->db, 0) == 0;
        if (reached) expect(status >= 500 && !w->cookie[0], "statement %d fails, and so does the login", n);
        else expect(status == 200, "nothing fails any more");
    }
    expect(n > 5, "a login takes some statements: %d", n);
    expect(get(w, "/api/v1/me/sessions") == 200 && items(w) == 2, "no session is left of those that failed");
    for (n = 1; n < 4; n++) {
        w->now_s += 400; /* the session is touched too */
        (void)db_fail_at(w->db, n);
        int status = get(w, "/api/v1/card");
        (void)db_fail_at(w->db, 0);
        expect(n == 1 ? status >= 500 : status == 200, "what only touches the session harms no read: %d", n);
    }
}

int main(int argc, char **argv)
{
    BUG_IF(argc != 2);
    World *w = world_open(argv[1], slices);
    test_login(w);
    test_lock(w);
    test_sessions(w);
    test_factor(w);
    test_accounts(w);
    test_machines(w);
    test_parties(w);
    test_reveal(w);
    test_faults(w);
    return world_close(w);
}
