/* Text messages go to a gateway (短信网关), told each message's own number, so that
** one that was taken although its answer was lost goes to nobody twice. */
#include "core/courier.h"
#include "core/house.h"
#include "core/http_ask.h"

#include <jansson.h>
#include <string.h>

enum { ANSWER_MAX = 16384, BODY_ROOM = 8192 };

static bool kept(char *to, size_t cap, const char *text)
{
    size_t n = strlen(text);
    if (n >= cap) return false;
    memcpy(to, text, n + 1);
    return true;
}

bool gateway_open(Gateway *g, const char *url, const char *secret, const char *roots, const char **why)
{
    Url parts;
    *g = (Gateway){ 0 };
    *why = "is no http:// or https:// address";
    if (!url_parse(str_of(url), &parts) || !kept(g->url, sizeof g->url, url)) return false;
    *why = "needs --sms-secret FILE, which says \"APP SECRET\"";
    if (!secret_pair(secret, &g->key)) return false;
    *why = "the file of its roots: its name is too long";
    return !roots || kept(g->roots, sizeof g->roots, roots);
}

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
    if (said->status == 0) return str_of(said->why);
    json_t *answer = json_loadb(said->body.s ? said->body.s : "", said->body.n, JSON_REJECT_DUPLICATES, NULL);
    const char *text = json_string_value(json_object_get(answer, "why"));
    Str why = text ? str_copy(mem, str_of(text)) : S("the gateway refused without a reason");
    json_decref(answer);
    return str_first(why, COURIER_WORDS);
}

static bool there(const Ctx *c)
{
    return c->house->gateway != NULL;
}

static Given give(Ctx *c, const Message *m)
{
    const Gateway *g = c->house->gateway;
    HttpSaid said = { 0 };
    const HttpKey key = { str_of(g->url), str_of(g->key.name), str_of(g->key.word) };
    Str body = body_of(c->mem, m);
    const HttpAsk post = { .url = key.url, .method = S("POST"), .body = body, .type = S("application/json"),
                           .header = http_sign(c->mem, &key, body), .roots = g->roots[0] ? g->roots : NULL,
                           .wait_ms = COURIER_WAIT_MS, .most = ANSWER_MAX };
    if (body.n == 0) return (Given){ FATE_REFUSED, S("the text is too long") };
    (void)http_ask(c->mem, &post, &said);
    if (said.status >= 200 && said.status < 300) return (Given){ .fate = FATE_TAKEN };
    return (Given){ http_is_later(said.status) ? FATE_LATER : FATE_REFUSED, reason(c->mem, &said) };
}

const Courier courier_sms = { .channel = { "SMS", 3 }, .there = there, .give = give };
