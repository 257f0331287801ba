#include "serve/conn.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- phases, life ------------------------------------------------------------------ */

void enter(Conn *k, Phase phase)
{
    const Serve *how = &k->server->how;
    uint64_t most = k->server->stopping ? how->stop_ms : UINT64_MAX;
    const uint64_t allowed[] = {
        [PHASE_IDLE] = how->idle_ms, [PHASE_HEAD] = how->head_ms, [PHASE_BODY] = how->body_ms,
        [PHASE_WRITE] = how->write_ms, [PHASE_LINGER] = LINGER_MS,
    };
    if (k->phase == phase) return; /* the time runs on */
    k->phase = phase;
    bool timed = phase != PHASE_WORK && phase != PHASE_FOLLOW && phase != PHASE_CLOSED;
    k->deadline = UINT64_MAX;
    if (timed) k->deadline = uv_now(&k->server->loop) + (allowed[phase] < most ? allowed[phase] : most);
}

int conn_room(void *conn, int64_t more)
{
    Server *s = ((Conn *)conn)->server;
    if (more > 0 && s->held + more > HELD_MAX) return 503;
    s->held += more;
    return 0;
}

/* Of what we hold, k's reply is that much from now on. */
static void owe(Conn *k, size_t n)
{
    k->server->held += (int64_t)n - (int64_t)k->owed;
    k->owed = n;
}

void conn_release(Conn *k)
{
    Server *s = k->server;
    if (!k->closed || k->in_pool || k->working) return;
    k->prev->next = k->next;
    k->next->prev = k->prev;
    s->count--;
    if (s->stopping && s->count == 0) uv_stop(&s->loop);
    upload_end(k);
    download_end(k);
    http_clear(&k->http);
    owe(k, 0);
    free(k->job.reply);
    free(k);
}

static void on_closed(uv_handle_t *handle)
{
    Conn *k = handle->data;
    k->closed = true;
    conn_release(k);
}

void conn_close(Conn *k)
{
    if (k->phase == PHASE_CLOSED) return;
    enter(k, PHASE_CLOSED);
    if (k->follower) k->server->followers--;
    k->follower = false;
    uv_close((uv_handle_t *)&k->tcp, on_closed);
}

/* ---- writing ----------------------------------------------------------------------- */

static void on_shut(uv_shutdown_t *req, int status)
{
    (void)req;
    (void)status;
}

static void say_goodbye(Conn *k)
{
    k->in_at = k->in_n = 0;
    enter(k, PHASE_LINGER);
    if (k->gone || uv_shutdown(&k->shutdown, (uv_stream_t *)&k->tcp, on_shut) != 0) conn_close(k);
    else conn_read(k);
}

static void forget_request(Conn *k)
{
    upload_end(k);
    http_next(&k->http);
    k->job = (Job){ .file = -1 };
    k->id[0] = 0;
    k->continued = false;
    k->own = OWN_REFUSED;
}

void conn_done(Conn *k)
{
    if (k->last || k->server->stopping) {
        upload_end(k);
        say_goodbye(k);
    } else {
        forget_request(k);
        enter(k, PHASE_IDLE);
        conn_advance(k);
    }
}

static void finish_reply(Conn *k)
{
    owe(k, 0);
    free(k->job.reply);
    k->job.reply = NULL;
    k->job.reply_n = 0;
    k->job.tail = (Str){ 0 };
    if (k->job.file >= 0) download_next(k);
    else if (k->follower) follow_wait(k);
    else conn_done(k);
}

static void on_written(uv_write_t *req, int status)
{
    Conn *k = req->data;
    if (k->phase == PHASE_CLOSED) return;
    if (status != 0) conn_close(k);
    else finish_reply(k);
}

/* libuv writes from where it does not change anything, yet asks for a plain pointer. */
static uv_buf_t to_send(Str text)
{
    return uv_buf_init((char *)(uintptr_t)text.s, (unsigned)text.n); // NOLINT(performance-no-int-to-ptr)
}

/* Most replies fit the socket's buffer at once; the rest waits for its turn. */
void conn_send(Conn *k)
{
    uv_stream_t *stream = (uv_stream_t *)&k->tcp;
    const Str tail = k->job.tail;
    uv_buf_t buf[2] = { uv_buf_init(k->job.reply, (unsigned)k->job.reply_n),
                        to_send(tail) };
    unsigned n = tail.n ? 2 : 1;
    enter(k, PHASE_WRITE);
    int sent = uv_try_write(stream, buf, n);
    if (sent == (int)(k->job.reply_n + tail.n)) {
        finish_reply(k);
        return;
    }
    bool failed = sent < 0 && sent != UV_EAGAIN;
    size_t left = sent > 0 ? (size_t)sent : 0;
    for (unsigned i = 0; i < n; i++) {
        size_t part = left < buf[i].len ? left : buf[i].len;
        if (part) buf[i] = uv_buf_init(buf[i].base + part, (unsigned)(buf[i].len - part));
        left -= part;
    }
    k->write.data = k;
    owe(k, k->job.reply_n);
    if (failed || uv_write(&k->write, stream, buf, n, on_written) != 0) conn_close(k);
}

/* ---- answers ----------------------------------------------------------------------- */

static void name_request(Conn *k)
{
    Server *s = k->server;
    if (k->id[0]) return;
    (void)snprintf(k->id, sizeof k->id, "%08x-%llx", s->boot, (unsigned long long)++s->requests);
    k->begun_ns = uv_hrtime();
    k->job.id = str_of(k->id);
}

void conn_answer(Conn *k)
{
    Server *s = k->server;
    const Job *j = &k->job;
    const Request *q = &k->http.request;
    int64_t us = (int64_t)((uv_hrtime() - k->begun_ns) / 1000);
    stats_count(s->stats, j->route, k->own, j->status, us);
    Line line = {
        .id = str_of(k->id), .peer = q->head.peer.n ? q->head.peer : str_of(k->peer), .method = q->method,
        .route = j->route ? j->route->pattern : own_words[k->own],
        .arg = j->route ? j->arg : NULL, .status = j->status, .err = j->err, .actor = j->actor,
        .us = us, .bytes = (int64_t)(j->reply_n + j->tail.n) + j->left,
    };
    log_line(s->log, &line);
    if (!j->keep_alive) k->last = true;
    conn_send(k);
}

void conn_refuse(Conn *k, int status)
{
    name_request(k);
    k->last = true;
    k->own = OWN_REFUSED;
    free(k->job.reply);
    k->job = (Job){ .file = -1, .route = k->job.route, .id = str_of(k->id), .request = &k->http.request };
    job_problem(&k->job, status);
    conn_answer(k);
}

/* Too much to do: said at once, so that a person can try again. */
static void shed(Conn *k)
{
    k->server->shed++;
    job_problem(&k->job, 503);
    conn_answer(k);
}

/* ---- a request's head --------------------------------------------------------------- */

static bool host_is_ours(const Serve *how, Str host)
{
    if (!how->hosts) return true;
    bool v6 = host.n && host.s[0] == '[';
    Str name = v6 ? host : str_cut(&host, ':');
    for (const char *const *h = how->hosts; *h; h++) {
        size_t n = strlen(*h);
        bool port = v6 && name.n > n && name.s[n] == ':';
        if ((name.n == n || port) && strncasecmp(name.s, *h, n) == 0) return true;
    }
    return false;
}

static bool key_is_good(Str key)
{
    for (size_t i = 0; i < key.n; i++) {
        if (key.s[i] < '!' || key.s[i] > '~') return false;
    }
    return key.n <= KEY_MAX;
}

/* Who is on the other end: behind a proxy of ours, what it says last. */
static Str peer_of(const Conn *k, Str forwarded)
{
    char text[64];
    unsigned char address[16];
    Str peer = str_of(k->peer), last = { 0 };
    if (!k->server->how.trust_proxy) return peer;
    while (forwarded.n) last = str_trim(str_cut(&forwarded, ','));
    if (last.n == 0 || last.n >= sizeof text) return peer;
    memcpy(text, last.s, last.n);
    text[last.n] = 0;
    bool good = inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
    return good ? last : peer;
}

static int on_head(void *owner)
{
    Conn *k = owner;
    Request *q = &k->http.request;
    name_request(k);
    q->head.peer = peer_of(k, q->forwarded);
    if (!host_is_ours(&k->server->how, q->head.host)) return 421;
    if (method_changes(q->method) && !key_is_good(q->key)) return 400;
    Ctx look = { .house = k->server->how.house, .path = q->path,
                 .method = q->no_body ? S("GET") : q->method };
    k->job.route = web_route(&look);
    for (size_t i = 0; i < COUNT(look.arg); i++) k->job.arg[i] = look.arg[i];
    k->job.request = q;
    k->job.keep_alive = q->keep_alive && !k->server->stopping;
    return k->job.route && k->job.route->upload ? upload_begin(k) : 0;
}

/* ---- a whole request ------------------------------------------------------------------ */

void conn_put(Conn *k, Errand errand)
{
    k->job.errand = errand;
    k->in_pool = true;
    k->server->in_flight++;
    pool_put(k->server->pool, &k->job);
}

/* Without a route web_handle() says so, and that is quick. */
static bool is_quick(const Conn *k)
{
    const Route *r = k->job.route;
    return !r || (r->quick && store_is_local(k->server->how.house->store));
}

static bool is_crowded(const Server *s)
{
    return s->held >= HELD_MAX || pool_waiting(s->pool) >= s->how.queue_max;
}

static void hand_over(Conn *k)
{
    Server *s = k->server;
    const Route *r = k->job.route;
    k->begun_ns = uv_hrtime();
    if (!r && own_answer(k)) return;
    if (is_quick(k)) {
        pool_here(s->pool, &k->job);
        conn_answer(k);
    } else if (is_crowded(s) || (r && r->follow && !follow_may(k))) {
        shed(k);
    } else {
        enter(k, PHASE_WORK);
        conn_put(k, ERRAND_RUN);
    }
}

void conn_back(Conn *k)
{
    Job *j = &k->job;
    k->in_pool = false;
    k->server->in_flight--;
    if (k->phase == PHASE_CLOSED) {
        conn_release(k);
    } else if (j->errand == ERRAND_ADMIT && j->status == 0) {
        upload_admitted(k);
    } else if (j->errand == ERRAND_FOLLOW) {
        follow_back(k);
    } else {
        if (j->errand == ERRAND_ADMIT) k->last = true;
        if (k->follower && (j->err != ERR_OK || j->status != 200)) {
            k->follower = false;
            k->server->followers--;
        }
        conn_answer(k);
    }
}

/* ---- reading -------------------------------------------------------------------------- */

static void say_continue(Conn *k)
{
    const Request *q = &k->http.request;
    bool wanted = k->http.at == AT_BODY && q->expect.n && !k->continued;
    if (!wanted) return;
    uv_buf_t buf = to_send(S("HTTP/1.1 100 Continue\r\n\r\n"));
    k->continued = true;
    (void)uv_try_write((uv_stream_t *)&k->tcp, &buf, 1); /* a client goes on without, after a while */
}

static void step(Conn *k)
{
    static const Phase phases[] = { [AT_START] = PHASE_IDLE, [AT_HEAD] = PHASE_HEAD, [AT_BODY] = PHASE_BODY };
    bool reads = k->phase == PHASE_IDLE || k->phase == PHASE_HEAD || k->phase == PHASE_BODY;
    if (!reads || k->working) return;
    if (k->in_at < k->in_n && k->http.at != AT_END) {
        k->in_at += http_feed(&k->http, k->in + k->in_at, k->in_n - k->in_at);
    }
    if (k->in_at == k->in_n) k->in_at = k->in_n = 0;
    if (k->http.at == AT_FAULT) {
        conn_refuse(k, k->http.status);
    } else if (k->incoming && upload_step(k)) {
        (void)uv_read_stop((uv_stream_t *)&k->tcp);
    } else if (k->http.at == AT_END) {
        hand_over(k);
    } else {
        enter(k, phases[k->http.at]);
        say_continue(k);
        conn_read(k);
    }
}

/* One request after the other, not one inside the other. */
void conn_advance(Conn *k)
{
    k->again = true;
    if (k->advancing) return;
    k->advancing = true;
    while (k->again) {
        k->again = false;
        step(k);
    }
    k->advancing = false;
}

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    (void)suggested;
    Conn *k = handle->data;
    *buf = uv_buf_init(k->in + k->in_n, (unsigned)(IN_MAX - k->in_n));
}

/* While a request is worked on, reading goes on until `in` is full: a peer
** that sends ahead waits, one that goes away is noticed. */
static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    (void)buf;
    Conn *k = stream->data;
    bool owed = k->phase == PHASE_WORK || k->phase == PHASE_WRITE;
    if (n < 0 && !owed) {
        conn_close(k);
    } else if (n < 0) {
        k->gone = true;
        (void)uv_read_stop(stream);
    } else if (k->phase != PHASE_LINGER && k->phase != PHASE_FOLLOW) {
        k->in_n += (size_t)n;
        if (!owed && n > 0) conn_advance(k);
        else if (k->in_n == IN_MAX) (void)uv_read_stop(stream);
    }
}

void conn_read(Conn *k)
{
    int rc = uv_read_start((uv_stream_t *)&k->tcp, on_room, on_read);
    if (rc != 0 && rc != UV_EALREADY) conn_close(k);
}

static void find_peer(Conn *k)
{
    struct sockaddr_storage at = { 0 };
    int n = sizeof at;
    const struct sockaddr *any = (const struct sockaddr *)&at;
    if (uv_tcp_getpeername(&k->tcp, (struct sockaddr *)&at, &n) != 0) return;
    const void *v4 = &((const struct sockaddr_in *)(const void *)any)->sin_addr;
    const void *v6 = &((const struct sockaddr_in6 *)(const void *)any)->sin6_addr;
    (void)uv_inet_ntop(at.ss_family, at.ss_family == AF_INET ? v4 : v6, k->peer, sizeof k->peer);
}

/* The connection that has been idle longest makes room, as it would be closed
** before long; not one whose request may just be coming.  False: there is none. */
static bool make_room(Server *s, const Conn *but)
{
    Conn *idlest = NULL;
    uint64_t since = uv_now(&s->loop) + s->how.idle_ms - FRESH_MS;
    for (Conn *k = s->conns.next; k != &s->conns; k = k->next) {
        if (k == but || k->phase != PHASE_IDLE || k->deadline > since) continue;
        if (!idlest || k->deadline < idlest->deadline) idlest = k;
    }
    if (idlest) conn_close(idlest);
    return idlest != NULL;
}

/* One too many is told so, a few of them at a time. */
static void admit(Conn *k)
{
    const Server *s = k->server;
    if (s->count <= s->conns_max || make_room(k->server, k)) {
        conn_read(k);
    } else if (s->count <= s->conns_max + SPARE) {
        k->server->shed++;
        conn_refuse(k, 503);
    } else {
        conn_close(k);
    }
}

void conn_open(Server *s, uv_stream_t *listener)
{
    Conn *k = calloc(1, sizeof *k);
    if (!k) return;
    k->server = s;
    k->prev = s->conns.prev;
    k->next = &s->conns;
    k->prev->next = k->next->prev = k;
    s->count++;
    k->tcp.data = k->work.data = k;
    k->phase = PHASE_CLOSED;
    k->job.file = -1;
    k->http.owner = k;
    k->http.on_head = on_head;
    k->http.on_body = upload_take;
    k->http.on_room = conn_room;
    http_init(&k->http);
    (void)uv_tcp_init(&s->loop, &k->tcp);
    enter(k, PHASE_IDLE);
    bool good = uv_accept(listener, (uv_stream_t *)&k->tcp) == 0;
    (void)uv_tcp_nodelay(&k->tcp, 1);
    find_peer(k);
    if (good) admit(k);
    else conn_close(k);
}
