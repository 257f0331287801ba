/*
** people_test ADDRESS: accounts, sessions, rights and parties against a fresh
** database of either engine, through web_handle(), the clock in our hand.
** Ends with "N passed, N failed".
*/
#include "people/people_test.h"

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
    { 1, "CREATE TABLE org(id INTEGER PRIMARY KEY, path TEXT NOT NULL, name TEXT NOT NULL) STRICT;"
         "INSERT INTO org(id, path, name) VALUES(7, '0001', '县局');"
         "INSERT INTO org(id, path, name) VALUES(8, '00010001', '中心');"
         "INSERT INTO org(id, path, name) VALUES(9, '0002', '邻县');" },
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

Id make(World *w, const char *login, const char *roles, int64_t org, char password[32])
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

int sign_in(World *w, const char *login, const char *password, const char *code)
{
    w->cookie[0] = 0;
    return ask(w, "POST", "/api/v1/login", "{\"login\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}", login,
        password, code);
}

void settle(World *w, const char *login, const char *password)
{
    expect(sign_in(w, login, password, "") == 200, "%s signs in", login);
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"Good-pass-1\"}", password) == 204,
           "%s changes the password", login);
}

void become(World *w, const char *cookie)
{
    (void)snprintf(w->cookie, sizeof w->cookie, "%s", cookie);
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
    expect(sign_in(w, "nobody1", "wrong", "") == 401 && strcmp(same, w->raw) == 0,
           "an unknown name looks alike");
    expect(sign_in(w, "clerk1", password, "") == 200 && is(w, "duty", "must_change"),
           "the one-time password");
    expect(strstr(w->head, "HttpOnly") && strstr(w->head, "SameSite=Strict") && !strstr(w->head, "Secure"),
           "the cookie on loopback");
    expect(get(w, "/api/v1/me") == 200 && is(w, "login", "clerk1"), "who am I");
    expect(get(w, "/api/v1/card") == 403 && is(w, "detail", "must_change"), "first the password");
    expect(get(w, "/api/v1/public") == 204, "what is for anybody stays so");
    static const char *const weak[] = { "short1A", "onlyletters", "alllowercase12", "clerk1-AB12" };
    for (size_t i = 0; i < COUNT(weak); i++) {
        expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"%s\"}", password,
               weak[i]) == 422,
               "too weak: %s", weak[i]);
    }
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"%s\"}", password,
           password) == 422,
           "the same again");
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"nope\",\"new\":\"Good-pass-1\"}") == 422,
           "a wrong old one");
    expect(ask(w, "POST", "/api/v1/me/password", "{\"old\":\"%s\",\"new\":\"abcdefghijklmnop\"}",
           password) == 204,
           "16 characters need no classes");
    expect(get(w, "/api/v1/card") == 200, "now the work");
    char old[sizeof w->cookie], fresh[sizeof w->cookie];
    (void)snprintf(old, sizeof old, "%s", w->cookie);
    expect(ask(w, "POST", "/api/v1/login",
               "{\"login\":\"clerk1\",\"password\":\"abcdefghijklmnop\"}") == 200, "again");
    (void)snprintf(fresh, sizeof fresh, "%s", w->cookie);
    (void)snprintf(w->cookie, sizeof w->cookie, "%s", old);
    expect(get(w, "/api/v1/me") == 401, "the session before is over");
    (void)snprintf(w->cookie, sizeof w->cookie, "%s", fresh);
    expect(get(w, "/api/v1/me") == 200, "this one is not");
    expect(sign_in(w, "clerk1", password, "") == 401, "the one-time password is over");
    snprintf(w->host, sizeof w->host, "tj.example.cn");
    expect(sign_in(w, "clerk1", "abcdefghijklmnop", "") == 200 && strstr(w->head, "; Secure"),
           "Secure elsewhere");
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
    expect(sign_in(w, "clerk2", password, "") == 423 && is(w, "code", "locked"),
           "locked for the right one too");
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
    int64_t changed = 0;
    Id id = make(w, "clerk3", "clerk", 7, password);
    settle(w, "clerk3", password);
    (void)snprintf(first, sizeof first, "%s", w->cookie);
    expect(sign_in(w, "clerk3", "Good-pass-1", "") == 200, "a second session");
    expect(get(w, "/api/v1/me/sessions") == 200 && items(w) == 2, "both are listed");
    expect(ask(w, "POST", "/api/v1/me/password",
           "{\"old\":\"Good-pass-1\",\"new\":\"Good-pass-2\"}") == 204, "new one");
    changed = w->now_s;
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
    w->now_s = changed + 90 * 86400 - 1;
    expect(sign_in(w, "clerk3", "Good-pass-2", "") == 200 && is(w, "duty", ""), "a password of 89 days");
    w->now_s += 1;
    expect(sign_in(w, "clerk3", "Good-pass-2", "") == 200 && is(w, "duty", "must_change"), "and of 90");
    w->now_s = changed + 86400;
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
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 200 && w->cookie[0],
           "the next step is good");
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 401, "once");
    for (int i = 0; i < 4; i++) (void)sign_in(w, "head1", "Good-pass-1", "000000");
    w->now_s += 30;
    expect(sign_in(w, "head1", "Good-pass-1", totp_now(w, secret)) == 423, "codes are not guessed for long");
    w->now_s += 1000;
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
        reached = db_fail_at(w->db, 0) <= 0;
        if (reached) expect(status >= 500 && !w->cookie[0], "statement %d fails, and so does the login", n);
        else expect(status == 200, "nothing fails any more");
    }
    expect(n > 5, "a login takes some statements: %d", n);
    expect(get(w, "/api/v1/me/sessions") == 200 && items(w) == 2, "no session is left of those that failed");
    for (n = 1; n < 4; n++) {
        w->now_s += 400; /* the session is touched too */
        (void)db_fail_at(w->db, n);
        int status = get(w, "/api/v1/card");
        int left = db_fail_at(w->db, 0);
        /* A COMMIT that fails takes the database away, and the read after it fails too. */
        bool away = n == 1 || left < 0;
        expect(away ? status >= 500 : status == 200, "what only touches the session harms no read: %d", n);
        expect(get(w, "/api/v1/card") == 200, "and afterwards it is read again: %d", n);
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
    test_quiet(w);
    test_quiet(w);
    test_reveal(w);
    test_faults(w);
    return world_close(w);
}
