/* Answers: their heads, keys, health, numbers, and the web faces. */
#include "core/limits.h"
#include "serve/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 64 * 1024 };

static char got[ROOM];

static void want(const char *title, const char *request, const char *const *texts)
{
    (void)ask(request, got, sizeof got);
    for (; *texts; texts++) {
        bool not = **texts == '!';
        bool good = has(got, *texts + not) != not;
        check(good, title);
        if (!good) (void)printf("  wanted %s in\n%s\n", *texts, got);
    }
}

#define WANT(title, request, ...) want((title), (request), (const char *const[]){ __VA_ARGS__, NULL })
#define GET(path, more) "GET " path " HTTP/1.1\r\n" HOST CLOSE more "\r\n"

/* A field whose name is as long as a body may be. */
static void long_name(void)
{
    static char big[BODY_MAX + 200];
    Out o = { .buf = big, .cap = sizeof big - 1 };
    out_str(&o, S("POST /api/v1/things HTTP/1.1\r\n" HOST CLOSE "Content-Length: "));
    out_int(&o, BODY_MAX);
    out_str(&o, S("\r\n\r\n{\""));
    for (size_t i = 0; i < BODY_MAX - 6; i++) out_str(&o, S("x"));
    out_str(&o, S("\":1}\n"));
    BUG_IF(o.full);
    (void)ask(big, got, sizeof got);
    bool told = has(got, " 422 ") && has(got, "\"unknown\"");
    check(told && strlen(got) < 4096, "a long name is not told in full");
}

static void test_heads(void)
{
    WANT("an answer's head", GET("/api/v1/slow", ""), "HTTP/1.1 204 No Content\r\n",
         "X-Content-Type-Options: nosniff\r\n",
         "Cache-Control: no-store\r\n", "X-Request-Id: ", "default-src 'self'", "frame-ancestors 'none'",
         "Referrer-Policy: no-referrer\r\n", "X-Frame-Options: DENY\r\n", "\r\nDate: ",
         "Connection: close\r\n",
         "!Content-Length", "!Content-Type:");
    WANT("HEAD", "HEAD /healthz HTTP/1.1\r\n" HOST CLOSE "\r\n", " 200 OK", "Content-Length: 14\r\n",
         "!alive");
    WANT("no such method here", "DELETE /api/v1/files HTTP/1.1\r\n" HOST CLOSE "\r\n", " 405 ",
         "Allow: GET, POST\r\n",
         "\"bad_method\"");
    WANT("a problem of ours", "GET / HTTP/1.1\r\nHost: y.test\r\n\r\n", "application/problem+json",
         "\"code\":\"wrong_host\"", "\"title_en\":", "此服务器不提供该域名");
    long_name();
    WANT("JSON that is none", ADD CLOSE "\r\n{\"note\":\"a\"!", " 400 ", "\"bad_json\"");
}

/* One connection, one request after the other, then several ahead. */
static void test_keep_alive(void)
{
    int fd = dial();
    for (int i = 0; i < 3; i++) {
        send_all(fd, S(ADD "\r\n" THING));
        (void)read_until(fd, got, sizeof got, "\"}");
        check(has(got, " 201 ") && !has(got, "Connection: close"), "a connection goes on");
    }
    send_all(fd, S(ADD "\r\n" THING "GET /healthz HTTP/1.1\r\n" HOST "\r\n" ADD "\r\n" THING
                   "GET /api/nowhere HTTP/1.1\r\n" HOST CLOSE "\r\n"));
    (void)read_until(fd, got, sizeof got, NULL);
    const char *first = strstr(got, " 201 "), *alive = strstr(got, "alive"), *none = strstr(got, " 404 ");
    check(count_of(got, "HTTP/1.1 ") == 4 && count_of(got, " 201 ") == 2, "four ahead, four answers");
    check(first && alive && none && first < alive && alive < none, "in their order");
    (void)close(fd);
    fd = dial();
    send_all(fd, S(ADD "\r\n" THING ADD "\r\n" THING));
    (void)shutdown(fd, SHUT_WR);
    (void)read_until(fd, got, sizeof got, NULL);
    check_int(count_of(got, " 201 "), 2, "a peer that has ended its side gets its answers");
    (void)close(fd);
}

static void test_keys(void)
{
    char again[4096];
    const char *request = ADD CLOSE "Idempotency-Key: once\r\n\r\n" THING;
    int64_t before = things_count(house);
    (void)ask(request, got, sizeof got);
    (void)ask(request, again, sizeof again);
    check_str(str_of(body_of(again)), str_of(body_of(got)), "a repeated key gets the first answer");
    check(has(got, " 201 ") && has(again, " 201 "), "and its status");
    check_int(things_count(house), before + 1, "and does nothing");
    const char *id = strstr(body_of(got), "\"id\":\"");
    char show[256];
    if (id) (void)snprintf(show, sizeof show, "GET /api/v1/things/%.*s HTTP/1.1\r\n" HOST CLOSE "\r\n",
                           (int)strspn(id + 6, "0123456789"), id + 6);
    if (id) WANT("what was added is there", show, " 200 ", "\"note\":\"a\"");
    check(id != NULL, "an answer names the row");
    things_spoil(house, S("once"));
    WANT("a kept answer that cannot be read is a fault of ours, not a busy house", request, " 500 ",
         "\"internal\"");
    check_int(things_count(house), before + 1, "and still nothing is done twice");
}

/* ---- numbers --------------------------------------------------------------------------- */

static int64_t number_after(const char *text, const char *name)
{
    int64_t v = -1;
    const char *at = strstr(text, name);
    if (at) (void)str_int((Str){ at + strlen(name), strcspn(at + strlen(name), "\n") }, &v);
    return v;
}

static bool is_sample(Str line)
{
    if (line.n == 0 || line.s[0] == '#') return true;
    size_t n = line.n;
    while (n && ((line.s[n - 1] >= '0' && line.s[n - 1] <= '9') || line.s[n - 1] == '.')) n--;
    return n > 1 && n < line.n && line.s[n - 1] == ' ' && line.s[0] >= 'a' && line.s[0] <= 'z';
}

static void test_numbers(void)
{
    WANT("ready", GET("/readyz", ""), " 200 OK", "{\"ready\":true}");
    WANT("numbers", GET("/metrics", ""), " 200 OK", "text/plain; version=0.0.4",
         "tiaojie_requests_total{method=\"POST\",route=\"/api/v1/things\",status=\"2xx\"} ",
         "tiaojie_request_seconds_bucket{method=\"POST\",route=\"/api/v1/things\",le=\"+Inf\"} ",
         "\ntiaojie_workers 16\n", "\nprocess_resident_memory_bytes ", "\ntiaojie_connections ");
    Str rest = str_of(body_of(got));
    bool good = rest.n > 0;
    while (rest.n) good &= is_sample(str_cut(&rest, '\n'));
    check(good, "each line is a sample or a comment");
    int64_t last = 0;
    const char *bucket = "tiaojie_request_seconds_bucket{method=\"POST\",route=\"/api/v1/things\",le=\"";
    int buckets = 0;
    for (const char *at = strstr(got, bucket); at; at = strstr(at + 1, bucket)) {
        int64_t v = number_after(at, "} ");
        check(v >= last, "buckets add up");
        last = v;
        buckets++;
    }
    check_int(buckets, 13, "twelve buckets and the last");
    check_int(number_after(got, "tiaojie_request_seconds_count{method=\"POST\",route=\"/api/v1/things\"} "),
         last,
              "the last bucket is the count");
    WANT("numbers are not for others", GET("/metrics", "X-Forwarded-For: 198.51.100.7, 203.0.113.9\r\n"),
         " 401 ");
    WANT("who has the token sees them", GET("/metrics",
         "X-Forwarded-For: 203.0.113.9\r\nAuthorization: Bearer sesame\r\n"), " 200 OK");
    WANT("but not with another", GET("/metrics",
         "X-Forwarded-For: 203.0.113.9\r\nAuthorization: Bearer sesamE\r\n"), " 401 ");
}

/* ---- the web faces (serve_test.c wrote them) ---------------------------------------------- */

static void test_web(void)
{
    char request[512];
    WANT("a page", GET("/", ""), " 200 OK", "text/html", "Cache-Control: no-store\r\n", "portal");
    WANT("a page of an application", GET("/cases/17/edit", ""), " 200 OK", "portal");
    WANT("of the other application", GET("/console/cases/17", ""), " 200 OK", "console");
    WANT("the folder of the other", GET("/console", ""), " 200 OK", "console");
    WANT("a hashed file", GET("/assets/app-1a2b.js", ""), " 200 OK", "text/javascript", "immutable",
         "plain();",
         "Vary: Accept-Encoding", "!Content-Encoding");
    WANT("compressed", GET("/assets/app-1a2b.js", "Accept-Encoding: gzip, deflate, br\r\n"),
         "Content-Encoding: br\r\n", "BROTLI");
    WANT("compressed otherwise", GET("/assets/app-1a2b.js", "Accept-Encoding: gzip, br;q=0\r\n"),
         "Content-Encoding: gzip\r\n", "GZIP");
    const char *tag = strstr(got, "ETag: ");
    check(tag != NULL, "a file has a tag");
    if (!tag) return;
    (void)snprintf(request, sizeof request,
         "GET /assets/app-1a2b.js HTTP/1.1\r\n" HOST CLOSE "If-None-Match: W/%.*s\r\n\r\n",
                   (int)strcspn(tag + 6, "\r"), tag + 6);
    WANT("a known file", request, " 304 Not Modified", "!GZIP", "!plain");
    WANT("HEAD of a file", "HEAD /assets/app-1a2b.js HTTP/1.1\r\n" HOST CLOSE "\r\n", " 200 OK",
         "Content-Length: 9\r\n", "!plain");
    WANT("a file that is not there", GET("/assets/no.js", ""), " 404 ");
    WANT("a name with an ending that is not there", GET("/no.png", ""), " 404 ");
    WANT("no page for the API", GET("/api/v1/nothing", ""), " 404 ", "not_found");
    WANT("a way out", GET("/../secret", ""), "!hidden");
    WANT("a way out, encoded", GET("/%2e%2e/secret", ""), "!hidden");
    WANT("a way out by a link", GET("/link.txt", ""), " 404 ", "!hidden");
    WANT("a hidden file", GET("/.env", ""), " 404 ", "!hidden");
    WANT("a file cannot be posted to", "POST / HTTP/1.1\r\n" HOST CLOSE "Content-Length: 0\r\n\r\n",
         " 404 ");
}

void test_answers(void)
{
    test_heads();
    test_keep_alive();
    test_keys();
    test_numbers();
    test_web();
}
