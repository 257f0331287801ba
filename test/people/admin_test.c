/* Administrators and machines: who may do what to whose account. */
#include "people/people_test.h"

#include <stdio.h>
#include <string.h>

/* ---- administrators -------------------------------------------------------------------------- */

static char sys_cookie[200], sec_cookie[200], aud_cookie[200];

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

/* The account that the tests make; the administrators' own. */
static char id[32], password[32], med[200], own[32], sec[32];

static void test_making(World *w)
{
    char path[100];
    admin(w, "sys1", "sys_admin", sys_cookie);
    expect(get(w, "/api/v1/me") == 200, "me");
    (void)snprintf(own, sizeof own, "%s", text_at(w, "id"));
    admin(w, "sec1", "sec_admin", sec_cookie);
    expect(get(w, "/api/v1/me") == 200, "me");
    (void)snprintf(sec, sizeof sec, "%s", text_at(w, "id"));
    admin(w, "aud1", "auditor", aud_cookie);
    become(w, sys_cookie);
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"Med 1\",\"name\":\"李四\"}") == 422,
           "a bad login name");
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med1\",\"name\":\"李四\",\"org\":\"99\"}") == 422,
           "no such org");
    expect(ask(w, "POST", "/api/v1/users",
           "{\"login\":\"med1\",\"name\":\"李四\",\"org\":\"8\",\"phone\":\"13812345678\"}")
           == 201, "make");
    (void)snprintf(id, sizeof id, "%s", text_at(w, "id"));
    (void)snprintf(password, sizeof password, "%s", text_at(w, "password"));
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med1\",\"name\":\"李四\",\"org\":\"8\"}") == 409,
           "the name is taken");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/roles", id);
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\"]}") == 403, "who keeps accounts gives no roles");
    w->cookie[0] = 0;
    expect(sign_in(w, "med1", password, "") == 403 && is(w, "detail", "no_roles"),
           "without a role there is no way in");
}

static void test_giving(World *w)
{
    char path[100];
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/roles", id);
    become(w, sec_cookie);
    expect(ask(w, "POST", "/api/v1/users", "{\"login\":\"med2\",\"name\":\"李四\"}") == 403,
           "nor the other way round");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\"]}") == 428, "which version?");
    match(w, "\"7\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\"]}") == 412, "another version");
    match(w, "\"1\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\",\"sys_admin\"]}") == 409 && text_at(w,
           "detail")[0], "roles clash");
    match(w, "\"1\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"party\"]}") == 422, "a party has no account");
    match(w, "\"1\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"mediator\",\"dispatcher\"]}") == 200, "given");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s/roles", sec);
    match(w, "\"4\"");
    expect(ask(w, "PUT", path, "{\"roles\":[\"clerk\"]}") == 403 || w->status == 412,
           "nobody gives himself roles");
    expect(get(w, "/api/v1/card") == 200 && is(w, "id_no", "450206********1234"), "masked");
    expect(get(w, "/api/v1/card?reason=because") == 403, "an administrator sees no business data");
    settle(w, "med1", password);
    (void)snprintf(med, sizeof med, "%s", w->cookie);
    expect(get(w, "/api/v1/users") == 403 && get(w, "/api/v1/audit") == 403
           && get(w, "/api/v1/outbox") == 403, "a mediator keeps none of these");
}

static void test_keeping(World *w)
{
    char path[100];
    become(w, sys_cookie);
    expect(get(w, "/api/v1/users?role=mediator") == 200 && items(w) == 1
           && strstr(w->raw, "138****5678") && !strstr(w->raw, "argon"),
               "the list is masked, without hashes");
    expect(get(w, "/api/v1/users?limit=2") == 200 && items(w) == 2 && text_at(w, "next")[0], "a page");
    (void)snprintf(path, sizeof path, "/api/v1/users?limit=2&after=%s", text_at(w, "next"));
    expect(get(w, "%s", path) == 200 && items(w) == 2, "the next page");
    (void)snprintf(path, sizeof path, "/api/v1/users/%s", id);
    expect(get(w, "%s", path) == 200, "show");
    char tag[40];
    (void)snprintf(tag, sizeof tag, "\"%lld\"", (long long)int_at(w, "version"));
    match(w, tag);
    expect(ask(w, "PATCH", path, "{\"name\":\"李五\",\"org\":null}") == 200 && is(w, "name", "李五")
           && is(w, "org", "8"),
           "edit");
}

static void test_ending(World *w)
{
    char path[100];
    become(w, sys_cookie);
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
    expect(sign_in(w, "med1", password, "") == 200 && is(w, "duty", "must_change"),
           "with a one-time password");
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

void test_accounts(World *w)
{
    test_making(w);
    test_giving(w);
    test_keeping(w);
    test_ending(w);
}

/* ---- machines ----------------------------------------------------------------------------------- */

void test_machines(World *w)
{
    char token[100], path[100];
    become(w, sec_cookie);
    expect(ask(w, "POST", "/api/v1/machines",
           "{\"name\":\"仲裁系统\",\"org\":\"7\",\"roles\":[\"auditor\"],\"days\":30}")
           == 422, "a machine does not administer");
    expect(ask(w, "POST", "/api/v1/machines",
           "{\"name\":\"仲裁系统\",\"org\":\"7\",\"roles\":[\"link_arb\"],\"days\":30}")
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
