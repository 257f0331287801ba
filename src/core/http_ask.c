#include "core/http_ask.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_ROOM = 4096, ANSWER_HEAD = 16 * 1024, PORT_MAX = 5, HOST_MAX = 253 };

typedef struct Line {
    int      fd;
    SSL_CTX *context;
    SSL     *tls;
    int64_t  until;
    const char *why;
} Line;

bool url_parse(Str text, Url *url)
{
    *url = (Url){ .tls = str_starts(text, S("https://")) };
    if (!url->tls && !str_starts(text, S("http://"))) return false;
    size_t skip = url->tls ? 8 : 7;
    Str rest = { text.s + skip, text.n - skip };
    size_t end = 0;
    while (end < rest.n && rest.s[end] != '/') end++;
    Str place = { rest.s, end };
    url->path = end < rest.n ? (Str){ rest.s + end, rest.n - end } : S("/");
    url->host = str_cut(&place, ':');
    url->port = place.n ? place : url->tls ? S("443") : S("80");
    int64_t port = 0;
    bool good = url->host.n && url->host.n <= HOST_MAX && url->port.n <= PORT_MAX;
    good = good && str_int(url->port, &port);
    for (size_t i = 0; i < text.n; i++) good = good && text.s[i] > ' ' && text.s[i] != 127;
    return good && port > 0 && port < 65536;
}

static int64_t now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the connection -------------------------------------------------------------------- */

static bool ready(Line *l, short what)
{
    for (;;) {
        int64_t left = l->until - now_ms();
        struct pollfd at = { .fd = l->fd, .events = what };
        int n = left > 0 ? poll(&at, 1, (int)left) : 0;
        if (n > 0) return true;
        if (n == 0) l->why = "did not answer in time";
        if (n == 0 || errno != EINTR) return false;
    }
}

static bool connect_to(Line *l, const struct addrinfo *a)
{
    int error = 0;
    socklen_t n = sizeof error;
    l->fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (l->fd < 0) return false;
    bool done = connect(l->fd, a->ai_addr, a->ai_addrlen) == 0;
    if (!done && errno == EINPROGRESS && ready(l, POLLOUT)) {
        done = getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &n) == 0 && error == 0;
    }
    if (!done) (void)close(l->fd);
    if (!done) l->fd = -1;
    return done;
}

static bool open_line(Line *l, const char *host, const char *port)
{
    struct addrinfo *list = NULL;
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    l->why = "its name is not known";
    if (getaddrinfo(host, port, &hints, &list) != 0) return false;
    l->why = "cannot be reached";
    for (const struct addrinfo *a = list; a && l->fd < 0; a = a->ai_next) (void)connect_to(l, a);
    freeaddrinfo(list);
    return l->fd >= 0;
}

/* Again when the socket is ready for what TLS waits for; false: it failed. */
static bool tls_again(Line *l, int result)
{
    int error = SSL_get_error(l->tls, result);
    if (error == SSL_ERROR_WANT_READ) return ready(l, POLLIN);
    if (error == SSL_ERROR_WANT_WRITE) return ready(l, POLLOUT);
    return false;
}

static bool open_tls(Line *l, const char *host, const char *roots)
{
    l->why = "its certificate is not believed";
    l->context = SSL_CTX_new(TLS_client_method());
    if (!l->context || SSL_CTX_set_min_proto_version(l->context, TLS1_2_VERSION) != 1) return false;
    SSL_CTX_set_verify(l->context, SSL_VERIFY_PEER, NULL);
    int loaded = roots ? SSL_CTX_load_verify_file(l->context, roots)
                       : SSL_CTX_set_default_verify_paths(l->context);
    l->tls = loaded == 1 ? SSL_new(l->context) : NULL;
    if (!l->tls || SSL_set_fd(l->tls, l->fd) != 1 || SSL_set1_host(l->tls, host) != 1) return false;
    char name[256]; /* their macro wants one that may be written to */
    (void)snprintf(name, sizeof name, "%s", host);
    (void)SSL_set_tlsext_host_name(l->tls, name);
    int result;
    while ((result = SSL_connect(l->tls)) != 1) {
        if (!tls_again(l, result)) return false;
    }
    return true;
}

static void close_line(Line *l)
{
    if (l->tls) (void)SSL_shutdown(l->tls);
    SSL_free(l->tls);
    SSL_CTX_free(l->context);
    if (l->fd >= 0) (void)close(l->fd);
    ERR_clear_error();
}

/* As much as OpenSSL takes at once. */
static int part_of(size_t n)
{
    return n < INT_MAX ? (int)n : INT_MAX;
}

/* Waits if what came to n bytes may be tried again. */
static bool again(Line *l, ssize_t n, short what)
{
    if (l->tls) return tls_again(l, (int)n);
    return errno == EAGAIN && ready(l, what);
}

/* Has the other side closed, as it should? */
static bool is_closed(const Line *l, ssize_t got)
{
    return l->tls ? SSL_get_error(l->tls, (int)got) == SSL_ERROR_ZERO_RETURN : got == 0;
}

static bool send_all(Line *l, Str bytes)
{
    while (bytes.n) {
        ssize_t n = l->tls ? SSL_write(l->tls, bytes.s, part_of(bytes.n))
                           : send(l->fd, bytes.s, bytes.n, MSG_NOSIGNAL);
        bool wait = n <= 0 && again(l, n, POLLOUT);
        if (n <= 0 && !wait) return false;
        if (n > 0) bytes = (Str){ bytes.s + n, bytes.n - (size_t)n };
    }
    return true;
}

/* Until the other side closes; false: too much, too long, or cut off. */
static bool take_all(Line *l, char *to, size_t cap, size_t *n)
{
    while (*n < cap) {
        ssize_t got = l->tls ? SSL_read(l->tls, to + *n, part_of(cap - *n))
                             : recv(l->fd, to + *n, cap - *n, 0);
        if (got > 0) *n += (size_t)got;
        if (got > 0) continue;
        if (is_closed(l, got)) return true;
        if (!again(l, got, POLLIN)) return false;
    }
    l->why = "answers too much";
    return false;
}

/* ---- the answer ------------------------------------------------------------------------ */

/* The value of a header, "" if it is not there. */
static Str header_of(Str head, const char *name)
{
    size_t n = strlen(name);
    while (head.n) {
        Str line = str_cut(&head, '\n');
        if (line.n > n && strncasecmp(line.s, name, n) == 0 && line.s[n] == ':') {
            return str_trim((Str){ line.s + n + 1, line.n - n - 1 });
        }
    }
    return (Str){ 0 };
}

static bool read_answer(Str whole, HttpSaid *said)
{
    size_t at = 0;
    int64_t status = 0, length = 0;
    while (at + 4 <= whole.n && memcmp(whole.s + at, "\r\n\r\n", 4) != 0) at++;
    said->why = "gives no answer that can be read";
    if (at + 4 > whole.n || at > ANSWER_HEAD || !str_starts(whole, S("HTTP/1."))) return false;
    Str head = { whole.s, at }, line = str_cut(&head, '\n');
    (void)str_cut(&line, ' ');
    said->body = (Str){ whole.s + at + 4, whole.n - at - 4 };
    Str announced = header_of(head, "Content-Length");
    bool good = str_int(str_trim(str_cut(&line, ' ')), &status) && status >= 100 && status <= 599;
    good = good && header_of(head, "Transfer-Encoding").n == 0;
    if (announced.n) good = good && str_int(announced, &length) && length == (int64_t)said->body.n;
    said->status = good ? (int)status : 0;
    return good;
}

static Str request_of(Arena *mem, const HttpAsk *ask, const Url *url)
{
    size_t room = HEAD_ROOM + ask->body.n + ask->url.n + ask->header.n;
    Out o = { .buf = NEW(mem, char, room), .cap = room };
    const Str parts[] = { ask->method, S(" "), url->path, S(" HTTP/1.0\r\nHost: "), url->host, S(":"),
                          url->port, S("\r\nConnection: close\r\nContent-Type: "), ask->type, S("\r\n"),
                          ask->header,
                          S("Content-Length: ") };
    for (size_t i = 0; i < COUNT(parts); i++) out_str(&o, parts[i]);
    out_int(&o, (int64_t)ask->body.n);
    out_str(&o, S("\r\n\r\n"));
    out_str(&o, ask->body);
    BUG_IF(o.full);
    return out_view(&o);
}

bool http_ask(Arena *mem, const HttpAsk *ask, HttpSaid *said)
{
    Url url;
    Line l = { .fd = -1, .until = now_ms() + ask->wait_ms };
    size_t n = 0;
    *said = (HttpSaid){ .why = "is no address" };
    if (!url_parse(ask->url, &url)) return false;
    const char *host = str_c(mem, url.host), *port = str_c(mem, url.port);
    Str request = request_of(mem, ask, &url);
    char *room = NEW(mem, char, ask->most + 1);
    bool good = open_line(&l, host, port) && (!url.tls || open_tls(&l, host, ask->roots));
    if (good) l.why = "broke off";
    good = good && send_all(&l, request) && take_all(&l, room, ask->most, &n);
    close_line(&l);
    said->why = l.why;
    return good && read_answer((Str){ room, n }, said);
}
