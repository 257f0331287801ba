/*
** Text messages on their way to a gateway (短信网关), one after another beside the
** requests.  The gateway is told each message's own number, so that one that was
** taken although its answer was lost goes to nobody twice.
*/
#include "core/crypto.h"
#include "core/house.h"
#include "core/http_ask.h"
#include "core/outbox.h"
#include "core/policy.h"
#include "core/tx.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

enum { WAIT_MS = 8000, LEASE_S = 60, FIRST_S = 10, LONGEST_S = 600, ATTEMPTS_MOST = 12, A_LOOK = 50,
       ANSWER_MAX = 16384, BODY_ROOM = 8192, MEMORY = 4 << 20, LINE = 320 };

/* ---- who it is ------------------------------------------------------------------------------- */

/* Takes the part up to the blank; false if it is none or too long. */
static bool take(char *to, size_t cap, const char *text, size_t n)
{
    if (n == 0 || n >= cap) return false;
    memcpy(to, text, n);
    to[n] = 0;
    return true;
}

bool gateway_open(Gateway *g, const char *url, const char *secret, const char *roots, const char **why)
{
    char line[LINE] = "";
    Url parts;
    *g = (Gateway){ 0 };
    *why = "is no http:// or https:// address";
    if (!url_parse(str_of(url), &parts) || !take(g->url, sizeof g->url, url, strlen(url))) return false;
    *why = "needs --sms-secret FILE, which says \"APP SECRET\"";
    FILE *f = secret ? fopen(secret, "r") : NULL;
    bool read = f && fgets(line, sizeof line, f);
    if (f) (void)fclose(f);
    line[strcspn(line, "\r\n")] = 0;
    size_t app = strcspn(line, " ");
    read = read && line[app] == ' ' && take(g->app, sizeof g->app, line, app) &&
           take(g->secret, sizeof g->secret, line + app + 1, strlen(line + app + 1));
    OPENSSL_cleanse(line, sizeof line);
    if (!read) return false;
    *why = "the file of its roots: its name is too long";
    return !roots || take(g->roots, sizeof g->roots, roots, strlen(roots));
}

/* ---- one message ------------------------------------------------------------------------------- */

static Str body_of(Arena *mem, const Message *m)
{
    Out o = { .buf = NEW(mem, char, BODY_ROOM), .cap = BODY_ROOM };
    out_str(&o, S("{\"id\":\""));
    out_int(&o, m->id.n);
    out_str(&o, S("\",\"to\":"));
    out_json(&o, m->to);
    out_str(&o, S(",\"template\":"));
    out_json(&o, m->template);
    out_str(&o, S(",\"text\":"));
    out_json(&o, m->text);
    out_str(&o, S("}"));
    return o.full ? (Str){ 0 } : out_view(&o);
}

/* Its own words, cut; ours if it says none. */
static Str reason(Arena *mem, const HttpSaid *said)
{
    enum { WORDS = 200 };
    if (said->status == 0) return str_of(said->why);
    json_t *answer = json_loadb(said->body.s ? said->body.s : "", said->body.n, JSON_REJECT_DUPLICATES, NULL);
    const char *text = json_string_value(json_object_get(answer, "why"));
    Str why = text ? str_copy(mem, str_of(text)) : S("the gateway refused without a reason");
    json_decref(answer);
    return str_first(why, WORDS);
}

static int64_t rest_s(int64_t attempts)
{
    int64_t s = FIRST_S;
    for (int64_t i = 1; i < attempts && s < LONGEST_S; i++) s *= 2;
    return s < LONGEST_S ? s : LONGEST_S;
}

/* A code that has run out helps nobody. */
static bool is_stale(const Ctx *c, const Message *m)
{
    return str_eq(m->template, S("party_code")) && now(c).s > m->created.s + policy(c, POLICY_CODE_S);
}

static void ask(Ctx *c, Message *m)
{
    const Gateway *g = c->house->gateway;
    HttpSaid said = { 0 };
    const HttpKey key = { str_of(g->url), str_of(g->app), str_of(g->secret) };
    Str body = body_of(c->mem, m);
    const HttpAsk post = { .url = key.url, .method = S("POST"), .body = body, .type = S("application/json"),
                           .header = http_sign(c->mem, &key, body), .roots = g->roots[0] ? g->roots : NULL,
                           .wait_ms = WAIT_MS, .most = ANSWER_MAX };
    m->attempts++;
    if (body.n) (void)http_ask(c->mem, &post, &said);
    bool taken = said.status >= 200 && said.status < 300, later = body.n && http_is_later(said.status);
    m->state = taken ? S("SENT") : later && m->attempts < ATTEMPTS_MOST ? S("QUEUED") : S("FAILED");
    m->why = taken ? (Str){ 0 } : body.n ? reason(c->mem, &said) : S("the text is too long");
}

static void mark(Ctx *c, Message *m)
{
    ctx_again(c);
    m->next_at = (Time){ now(c).s + rest_s(m->attempts) };
    tx_begin(c);
    outbox_mark(c, m);
    c->status = 204;
    tx_end(c);
}

/* False: it makes no sense to go on just now. */
static bool send(Ctx *c, Message *m)
{
    ctx_again(c);
    tx_begin(c);
    outbox_claim(c, m, (Time){ now(c).s + LEASE_S });
    c->status = 204;
    tx_end(c);
    if (c->err == ERR_NOT_FOUND || c->err == ERR_AGAIN) return true; /* another process has it */
    if (!ok(c)) return false;
    if (is_stale(c, m)) {
        m->state = S("FAILED");
        m->why = S("the code has run out");
    } else {
        ask(c, m);
    }
    mark(c, m);
    return ok(c) && !str_eq(m->state, S("QUEUED"));
}

/* ---- beside the requests ----------------------------------------------------------------------- */

static void look(Ctx *c)
{
    if (!c->house->gateway) return;
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    c->method = S("outbox");
    c->mem = &mem;
    Rows rows = outbox_due(c);
    bool on = ok(c);
    for (size_t i = 0; on && i < rows.n && i < A_LOOK; i++) {
        Message m = ((const Message *)rows.at)[i];
        if (str_eq(m.channel, S("SMS"))) on = send(c, &m);
    }
    ctx_again(c);
    c->mem = mine;
    block_close(&block);
}

const Slice outbox_send_slice = { .name = "outbox_send", .look = look };
