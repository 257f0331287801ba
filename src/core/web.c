#include "core/house.h"
#include "core/routes.h"
#include "core/session.h"
#include "core/tx.h"

#include <time.h>

/* How long a request is run again before its person is told to: together a
** little over 10 s, what a standby needs to take over.  While the database has
** been away for longer than that, nobody waits: the others behind would too. */
static const int wait_ms[] = {
    0, 1, 20, 100, 300, 600, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000,
};
enum { PATIENCE_MS = 11000 };

/* The route; *other is set if only another method would have one. */
static const Route *find(Ctx *c, bool *other)
{
    *other = false;
    const Route *found = c->house->routes ? routes_find(c->house->routes, c) : NULL;
    if (found) return found;
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if (!route_matches(c, str_of(r->pattern))) continue;
            if (str_eq(str_of(r->method), c->method)) return r;
            *other = true;
        }
    }
    return NULL;
}

const Route *web_route(Ctx *c)
{
    bool other = false;
    c->route = find(c, &other);
    return c->route;
}

/* ---- errors: RFC 9457 ------------------------------------------------------- */

static void write_member(Out *o, Str name, Str value)
{
    out_str(o, S(","));
    out_json(o, name);
    out_str(o, S(":"));
    out_json(o, value);
}

static void write_bad_fields(Ctx *c)
{
    out_str(&c->out, S(",\"errors\":["));
    for (size_t i = 0; i < c->bads; i++) {
        const FaultInfo *f = &fault_info[c->bad[i].fault];
        out_str(&c->out, i ? S(",{\"field\":") : S("{\"field\":"));
        out_json(&c->out, c->bad[i].path);
        write_member(&c->out, S("code"), str_of(f->word));
        write_member(&c->out, S("message"), str_of(f->zh));
        write_member(&c->out, S("message_en"), str_of(f->en));
        if (c->bad[i].say.n) write_member(&c->out, S("detail"), c->bad[i].say);
        if (c->bad[i].say_en.n) write_member(&c->out, S("detail_en"), c->bad[i].say_en);
        out_str(&c->out, S("}"));
    }
    out_str(&c->out, S("]"));
}

static void write_error(Ctx *c)
{
    const ErrInfo *e = &err_info[c->err];
    c->status = e->http;
    c->type = "application/problem+json; charset=utf-8";
    c->file = (Download){ 0 };
    c->out.len = c->extra.len = 0;
    c->out.full = c->extra.full = false;
    out_str(&c->out, S("{\"type\":\"about:blank\",\"status\":"));
    out_int(&c->out, e->http);
    write_member(&c->out, S("code"), str_of(e->word));
    write_member(&c->out, S("title"), str_of(e->zh));
    write_member(&c->out, S("title_en"), str_of(e->en));
    write_member(&c->out, S("detail"), e->http >= 500 ? (Str){ 0 } : c->why);
    if (c->bads) write_bad_fields(c);
    out_str(&c->out, S("}"));
}

static void pause_ms(int ms)
{
    struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };
    (void)nanosleep(&t, NULL);
}

static void reset(Ctx *c)
{
    c->err = ERR_OK;
    c->bads = 0;
    c->bad = NULL;
    c->status = 0;
    c->type = NULL;
    c->reveal = c->canon = false;
    c->file = (Download){ 0 };
    c->out.len = c->extra.len = 0;
    c->out.full = c->extra.full = false;
}

/* May this caller do what the route does? */
static bool admitted(Ctx *c)
{
    bool open = (c->route->who & ANYBODY) != 0;
    session_find(c);
    if (ok(c) && !open && c->who.roles == 0) fail(c, ERR_UNAUTHORISED, (Str){ 0 });
    if (ok(c) && !open && !(c->route->who & c->who.roles)) fail(c, ERR_FORBIDDEN, c->path);
    return ok(c);
}

/* Runs the handler once; done, or answered as it was before? */
static bool attempt(Ctx *c)
{
    db_look(c->db, true);
    bool in = admitted(c);
    if (in) c->route->run(c);
    db_look(c->db, false);
    BUG_IF(db_in_tx(c->db)); /* a handler must end what it began */
    return ok(c) || (in && tx_recall(c));
}

static bool may_repeat(const Ctx *c)
{
    return c->err == ERR_AGAIN || (c->err == ERR_UNKNOWN && c->key.n > 0);
}

static int64_t now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool out_of_patience(const Ctx *c, int64_t begun_ms)
{
    return now_ms() - begun_ms > PATIENCE_MS || db_gone_ms(c->db) > PATIENCE_MS;
}

/* Runs the handler until it is done, refused, or out of patience.  What was
** once unknown stays unknown, whatever the last attempt said. */
static void run(Ctx *c)
{
    Arena mem = *c->mem;
    bool unknown = false;
    int64_t begun_ms = now_ms();
    for (size_t i = 0; i < COUNT(wait_ms); i++) {
        if (i > 0) pause_ms(wait_ms[i]); /* nanosleep(0) sleeps 50 us */
        *c->mem = mem;
        reset(c);
        db_look(c->db, true);
        if (attempt(c)) return;
        unknown |= c->err == ERR_UNKNOWN;
        if (!may_repeat(c) || out_of_patience(c, begun_ms)) break;
    }
    if (unknown) c->err = ERR_UNKNOWN;
}

static bool changes(Str method)
{
    return !str_eq(method, S("GET")) && !str_eq(method, S("HEAD"));
}

/* A browser says where a request comes from; a form on another site must not
** act in the name of who is signed in here. */
static bool from_elsewhere(const Ctx *c)
{
    Str origin = c->head.origin;
    if (!changes(c->method)) return false;
    if (str_eq(c->head.fetch_site, S("cross-site"))) return true;
    if (origin.n == 0) return false;
    for (int slashes = 0; slashes < 2; slashes++) (void)str_cut(&origin, '/');
    return !str_eq(origin, c->head.host);
}

void ctx_begin(Ctx *c, const House *h)
{
    c->house = h;
    c->law = atomic_load(&h->law);
}

static void place(Ctx *c)
{
    bool other = false;
    if (!c->route) c->route = find(c, &other);
    if (!c->route) fail(c, other ? ERR_BAD_METHOD : ERR_NOT_FOUND, c->path);
    else if (from_elsewhere(c)) fail(c, ERR_FOREIGN, c->head.origin);
}

bool web_admit(Ctx *c)
{
    place(c);
    if (ok(c)) (void)admitted(c);
    if (!ok(c)) write_error(c);
    return ok(c);
}

void web_handle(Ctx *c)
{
    place(c);
    if (ok(c)) run(c);
    if (c->out.full || c->extra.full) fail(c, ERR_INTERNAL, S("response too large"));
    if (!ok(c)) write_error(c);
    BUG_IF(c->status == 0); /* a handler must reply or fail */
}
