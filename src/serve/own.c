/*
** What the server answers without a handler: its health, its numbers, and the
** built web faces.
*/
#include "serve/conn.h"

#include <sodium.h>
#include <stdlib.h>

static void tell(Conn *k, int status, const char *type, Str body)
{
    Reply r = { .status = status, .type = type, .length = (int64_t)body.n };
    job_reply(&k->job, &r, body);
    conn_answer(k);
}

/* ---- numbers -------------------------------------------------------------------------- */

static bool is_loopback(Str peer)
{
    return str_starts(peer, S("127.")) || str_eq(peer, S("::1")) || str_starts(peer, S("::ffff:127."));
}

/* This machine itself, not a proxy on it that brings us others. */
static bool may_see_numbers(const Conn *k)
{
    const Serve *how = &k->server->how;
    const Request *q = &k->http.request;
    bool proxied = q->forwarded.s && !how->trust_proxy;
    if (is_loopback(q->head.peer) && !proxied) return true;
    Str token = q->head.authorization, want = str_of(how->metrics_token);
    if (want.n == 0 || !str_starts(token, S("Bearer "))) return false;
    token = (Str){ token.s + 7, token.n - 7 };
    return token.n == want.n && sodium_memcmp(token.s, want.s, want.n) == 0;
}

static void tell_numbers(Conn *k)
{
    const Server *s = k->server;
    const Gauges g = {
        .connections = s->count, .in_flight = s->in_flight, .waiting = pool_waiting(s->pool),
        .workers = s->how.workers, .busy = pool_busy(s->pool), .followers = s->followers,
        .uptime_s = (int64_t)((uv_now(&s->loop) - s->started_ms) / 1000),
        .log_lost = log_lost(s->log), .shed = s->shed, .held = s->held,
    };
    Out o = stats_write(s->stats, &g);
    tell(k, 200, "text/plain; version=0.0.4; charset=utf-8", out_view(&o));
    free(o.buf);
}

/* ---- the web faces --------------------------------------------------------------------- */

static bool tag_is_known(Str list, Str tag)
{
    while (list.n) {
        Str one = str_trim(str_cut(&list, ','));
        if (str_starts(one, S("W/"))) one = (Str){ one.s + 2, one.n - 2 };
        if (str_eq(one, tag) || str_eq(one, S("*"))) return true;
    }
    return false;
}

/* A page names the files it needs, so it is asked for each time. */
static Str cache_line(const File *file)
{
    if (file->hashed) return S("Cache-Control: public, max-age=31536000, immutable\r\n");
    if (str_starts(str_of(file->type), S("text/html"))) return S("Cache-Control: no-store\r\n");
    return S("Cache-Control: no-cache\r\n");
}

static void tell_file(Conn *k, const File *file)
{
    const Request *q = &k->http.request;
    char lines[256];
    Out extra = { .buf = lines, .cap = sizeof lines };
    Str coding = { 0 };
    Str body = files_pick(file, q->encoding, &coding);
    bool known = tag_is_known(q->if_none, file->tag);
    out_str(&extra, cache_line(file));
    out_str(&extra, S("ETag: "));
    out_str(&extra, file->tag);
    out_str(&extra, file->br.s || file->gz.s ? S("\r\nVary: Accept-Encoding\r\n") : S("\r\n"));
    if (coding.n && !known) {
        out_str(&extra, S("Content-Encoding: "));
        out_str(&extra, coding);
        out_str(&extra, S("\r\n"));
    }
    Reply r = { .status = known ? 304 : 200, .type = file->type, .extra = out_view(&extra),
                .length = (int64_t)body.n };
    job_reply(&k->job, &r, (Str){ 0 });
    if (!known && !q->no_body) k->job.tail = body; /* the table outlives the reply */
    conn_answer(k);
}

/* ---- which ------------------------------------------------------------------------------ */

static void tell_health(Conn *k)
{
    Str path = k->http.request.path;
    k->own = OWN_HEALTH;
    if (str_eq(path, S("/healthz"))) {
        tell(k, 200, NULL, S("{\"alive\":true}"));
    } else if (str_eq(path, S("/metrics")) && may_see_numbers(k)) {
        tell_numbers(k);
    } else if (str_eq(path, S("/metrics"))) {
        job_problem(&k->job, 401);
        conn_answer(k);
    } else if (pool_waiting(k->server->pool) >= k->server->how.queue_max) {
        job_problem(&k->job, 503);
        conn_answer(k);
    } else {
        enter(k, PHASE_WORK);
        conn_put(k, ERRAND_READY);
    }
}

bool own_answer(Conn *k)
{
    const Request *q = &k->http.request;
    if (method_changes(q->method)) return false;
    if (str_eq(q->path, S("/healthz")) || str_eq(q->path, S("/readyz")) || str_eq(q->path, S("/metrics"))) {
        tell_health(k);
        return true;
    }
    const File *file = files_find(k->server->files, q->path);
    if (!file) return false;
    k->own = OWN_STATIC;
    tell_file(k, file);
    return true;
}
