/* Parties by receipt and code; looks at full numbers, and the record of them. */
#include "people/people_test.h"

#include "core/audit.h"
#include "core/outbox.h"
#include "core/tx.h"
#include "register/people/party.h"

#include <stdio.h>
#include <string.h>

/* ---- parties -------------------------------------------------------------------------------------- */

/* The newest code in the outbox. */
static void code_sent(World *w, char code[8])
{
    Ctx c;
    world_ctx(w, &c);
    Rows rows = outbox_due(&c, (Str){ 0 });
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
    return ask(w, "POST", "/api/v1/party/login", "{\"receipt\":\"%s\",\"phone\":\"%s\",\"code\":\"%s\"}",
        receipt, phone, code);
}

static int ask_code(World *w, const char *receipt, const char *phone)
{
    w->cookie[0] = 0;
    return ask(w, "POST", "/api/v1/party/code", "{\"receipt\":\"%s\",\"phone\":\"%s\"}", receipt, phone);
}

static void test_elected(World *w, const char *receipt)
{
    char code[8];
    Ctx c;
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
    expect(open_case(w, lower, "13800000001", code) == 200 && is(w, "role", "representative"),
           "as representative");
}

void test_parties(World *w)
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
    expect(ask_code(w, "ABCDEFGH2345", "13800000001") == 202 && strcmp(said, w->raw) == 0,
           "no receipt, same words");
    expect(ask_code(w, receipt, "13800000002") == 202 && strcmp(said, w->raw) == 0,
           "another phone, same words");
    code_sent(w, code);
    expect(strlen(code) == 6, "one message, with six digits");
    (void)snprintf(wrong, sizeof wrong, "%s", strcmp(code, "111111") == 0 ? "222222" : "111111");
    expect(open_case(w, receipt, "13800000001", wrong) == 401, "a wrong code");
    expect(open_case(w, receipt, "13800000002", code) == 401, "another phone");
    expect(open_case(w, receipt, "13800000001", code) == 200 && is(w, "case_id", "501") && is(w, "role",
           "party"), "open");
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
    for (int i = 0; i < 5; i++) expect(ask_code(w, "ABCDEFGH2346", "13800000001") == 202, "nothing %d",
        i + 1);
    expect(ask_code(w, "ABCDEFGH2346", "13800000001") == 429, "nor for a receipt that is none");
    test_elected(w, receipt);
}

/* ---- when a text may come ---------------------------------------------------------------------------- */

/* At that time of a day in China: when a text of that template may be sent; 0: at once. */
static int64_t due_at(World *w, int64_t seconds, const char *template)
{
    enum { DAY = 24 * 3600, CHINA = 8 * 3600 };
    Ctx c;
    Message m = { .channel = S("SMS"), .to = S("13800000009"), .template = str_of(template), .text = S("x") };
    int64_t was = w->now_s, midnight = (was + CHINA) / DAY * DAY - CHINA;
    w->now_s = midnight + seconds;
    world_ctx(w, &c);
    c.status = 204;
    tx_begin(&c);
    outbox_add(&c, &m);
    tx_end(&c);
    expect(ok(&c), "a text is added");
    w->now_s = was;
    return m.next_at.s ? m.next_at.s - midnight : 0;
}

void test_quiet(World *w)
{
    enum { EIGHT = 8 * 3600, TEN_P = 22 * 3600, DAY = 24 * 3600 };
    expect(due_at(w, 0, "task_reminder") == EIGHT, "at midnight: in the morning");
    expect(due_at(w, EIGHT - 1, "task_reminder") == EIGHT, "a second before eight");
    expect(due_at(w, EIGHT, "task_reminder") == 0, "at eight: at once");
    expect(due_at(w, TEN_P - 1, "task_reminder") == 0, "a second before ten at night");
    expect(due_at(w, TEN_P, "task_reminder") == DAY + EIGHT, "at ten at night: the next morning");
    expect(due_at(w, 0, "party_code") == 0, "a code that somebody waits for: at once");
}

/* ---- looks and the record ------------------------------------------------------------------------- */

void test_reveal(World *w)
{
    char password[32];
    make(w, "clerk9", "clerk", 7, password);
    settle(w, "clerk9", password);
    expect(get(w, "/api/v1/card") == 200 && is(w, "id_no", "450206********1234")
           && is(w, "phone", "138****5678"), "masked");
    expect(get(w, "/api/v1/card?reason=ab") == 403 && is(w, "code", "need_reason"),
           "a reason of two letters");
    expect(get(w, "/api/v1/card?reason=%%20%%20%%20%%20") == 403, "blanks are none");
    expect(get(w, "/api/v1/card?reason=%s", "核对身份") == 200 && is(w, "id_no", "450206199003071234"),
           "whole");
    expect(sign_in(w, "aud1", "Good-pass-1", "") == 200, "needs a code");
    w->preset = (Actor){ .id = { 900 }, .roles = AUDITOR };
    w->cookie[0] = 0;
    expect(get(w, "/api/v1/audit?subject=77") == 200 && items(w) == 1 && strstr(w->raw, "核对身份")
           && strstr(w->raw, "full_id"), "the look is in the record, with its reason");
    expect(get(w, "/api/v1/audit?action=GET%%20/api/v1/audit") == 200 && items(w) >= 1, "so is reading it");
    expect(get(w, "/api/v1/audit?action=POST%%20/api/v1/login&limit=1") == 200 && items(w) == 1
           && text_at(w, "next")[0], "so is each login");
    char next[100];
    (void)snprintf(next, sizeof next, "/api/v1/audit?action=POST%%20/api/v1/login&limit=1&after=%s",
        text_at(w, "next"));
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
