/* What must be refused, and what must not; and how long the server waits. */
#include "serve/client.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define POST "POST /api/v1/things HTTP/1.1\r\n" HOST
#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define GET1 "GET /1 HTTP/1.1\r\n" HOST

static const struct Probe {
    const char *title, *bytes, *want;
    int         answers;
} probes[] = {
    { "a thing is added", ADD CLOSE "\r\n" THING, " 201 ", 1 },
    { "in chunks", POST CHUNKED CLOSE "\r\nc\r\n" THING "\r\n0\r\n\r\n", " 201 ", 1 },
    { "in chunks with a trailer that is not believed", POST CHUNKED CLOSE
      "\r\nc\r\n" THING "\r\n0\r\nOrigin: https://evil.test\r\nHost: y.test\r\n\r\n", " 201 ", 1 },
    { "three in one packet",
      "GET /api/1 HTTP/1.1\r\n" HOST "\r\nGET /api/2 HTTP/1.1\r\n" HOST "\r\nGET /api/3 HTTP/1.1\r\n" HOST CLOSE "\r\n", " 404 ", 3 },
    { "HTTP/1.0", "GET /healthz HTTP/1.0\r\n" HOST "\r\n", " 200 ", 1 },
    { "two lengths", ADD "Content-Length: 0\r\n\r\n" THING, " 400 ", 1 },
    { "two equal lengths", ADD "Content-Length: 12\r\n\r\n" THING, " 400 ", 1 },
    { "length and chunks", ADD CHUNKED "\r\n0\r\n\r\n", " 400 ", 1 },
    { "chunks, then a length", POST CHUNKED "Content-Length: 4\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "chunks twice", POST CHUNKED "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "another transfer coding", POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "an unknown transfer coding", POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "chunks in HTTP/1.0", "POST /api/v1/things HTTP/1.0\r\n" HOST CHUNKED "\r\n0\r\n\r\n", " 400 ", 1 },
    { "a bad chunk length", POST CHUNKED "\r\n0x5\r\nabcde\r\n0\r\n\r\n", " 400 ", 1 },
    { "a signed length", POST "Content-Length: +5\r\n\r\nabcde", " 400 ", 1 },
    { "a length beyond 64 bits", POST "Content-Length: 18446744073709551616\r\n\r\n", " 400 ", 1 },
    { "space before a colon", POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "a folded header", GET1 "Transfer-Encoding:\r\n chunked\r\n\r\n", " 400 ", 1 },
    { "a CR without its LF", GET1 "A: b\r\tc\r\n\r\n", " 400 ", 1 },
    { "a head that ends in a CR and something else", GET1 "\r\001GET /2 HTTP/1.1\r\n", " 400 ", 1 },
    { "a folded header after empty lines", "\r\n\r\nGET /1 HTTP/1.1\r\n" HOST "A: b\r\n\tc\r\n\r\n", " 400 ", 1 },
    { "empty lines before a request", "\r\n\r\nGET /healthz HTTP/1.1\r\n" HOST CLOSE "\r\n", " 200 ", 1 },
    { "a body that looks like a folded header", POST CLOSE "Content-Length: 18\r\n\r\n{\r\n \"note\":\r\n \"a\"}", " 201 ", 1 },
    { "a bare LF", "GET /1 HTTP/1.1\nHost: x.test\n\n", " 400 ", 1 },
    { "a bare LF in one line", GET1 "X: a\nY: b\r\n\r\n", " 400 ", 1 },
    { "a bare LF at the end of a head", GET1 "\n", " 400 ", 1 },
    { "a CR too many", "GET /1 HTTP/1.1\r\nHost: x.test\r\r\n\r\n", " 400 ", 1 },
    { "a header without a name", GET1 ": a\r\n\r\n", " 400 ", 1 },
    { "a header with a blank in its name", GET1 "X Y: a\r\n\r\n", " 400 ", 1 },
    { "a header without a colon", GET1 "X\r\n\r\n", " 400 ", 1 },
    { "a header line before the first", "GET /1 HTTP/1.1\r\n Host: x.test\r\n\r\n", " 400 ", 1 },
    { "two blanks in the line", "GET  /1 HTTP/1.1\r\n" HOST "\r\n", " 400 ", 1 },
    { "a word too many", "GET /1 HTTP/1.1 x\r\n" HOST "\r\n", " 400 ", 1 },
    { "another protocol", "GET /1 RTSP/1.0\r\n" HOST "\r\n", " 400 ", 1 },
    { "another protocol still", "SOURCE /1 ICE/1.0\r\n" HOST "\r\n", " 400 ", 1 },
    { "no protocol", "GET /1\r\n\r\n", " 505 ", 1 },
    { "a method in small letters", "get /1 HTTP/1.1\r\n" HOST "\r\n", " 400 ", 1 },
    { "the server itself", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", " 405 ", 1 },
    { "a fragment", "GET /1?a#b HTTP/1.1\r\n" HOST "\r\n", " 400 ", 1 },
    { "a path with %00", "GET /api/%00 HTTP/1.1\r\n" HOST CLOSE "\r\n", " 404 ", 1 },
    { "a path of overlong UTF-8", "GET /api/%c0%ae%c0%ae/secret HTTP/1.1\r\n" HOST CLOSE "\r\n", " 404 ", 1 },
    { "a path of half a surrogate", "GET /api/%ed%a0%80 HTTP/1.1\r\n" HOST CLOSE "\r\n", " 404 ", 1 },
    { "a path upwards", "GET /../secret.txt HTTP/1.1\r\n" HOST CLOSE "\r\n", " 404 ", 1 },
    { "a length twice in one", POST "Content-Length: 5, 5\r\n\r\nabcde", " 400 ", 1 },
    { "an empty length", POST "Content-Length: \r\n\r\n", " 400 ", 1 },
    { "a length in hex", POST "Content-Length: 0x5\r\n\r\nabcde", " 400 ", 1 },
    { "chunks that end as something else", POST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "a vertical tab before chunked", POST "Transfer-Encoding: \x0b" "chunked\r\n\r\n0\r\n\r\n", " 400 ", 1 },
    { "a chunk size below zero", POST CHUNKED "\r\n-1\r\n", " 400 ", 1 },
    { "a chunk size beyond 64 bits", POST CHUNKED "\r\nfffffffffffffffff\r\n", " 400 ", 1 },
    { "a bare LF after a chunk size", POST CHUNKED "\r\nc\n" THING "\r\n0\r\n\r\n", " 400 ", 1 },
    { "a bare LF after a chunk", POST CHUNKED "\r\nc\r\n" THING "\n0\r\n\r\n", " 400 ", 1 },
    { "a chunk's extension", POST CHUNKED CLOSE "\r\nc;a=b\r\n" THING "\r\n0\r\n\r\n", " 201 ", 1 },
    { "one that goes over the line", POST CHUNKED "\r\nc;a\nGET /\r\n" THING "\r\n0\r\n\r\n", " 400 ", 1 },
    { "an expectation met", ADD CLOSE "Expect: 100-Continue\r\n\r\n" THING, " 201 ", 1 },
    { "no Host in HTTP/1.0", "GET /1 HTTP/1.0\r\n\r\n", " 400 ", 1 },
    { "an empty Host", "GET /1 HTTP/1.1\r\nHost:\r\n\r\n", " 400 ", 1 },
    { "a Host with a name before it", "GET /1 HTTP/1.1\r\nHost: a@x.test\r\n\r\n", " 400 ", 1 },
    { "a Host with no port after the colon", "GET /healthz HTTP/1.1\r\nHost: x.test:\r\n" CLOSE "\r\n", " 200 ", 1 },
    { "a Host with a port that is none", "GET /1 HTTP/1.1\r\nHost: x.test:80x\r\n\r\n", " 400 ", 1 },
    { "a Host with a port too large", "GET /1 HTTP/1.1\r\nHost: x.test:65536\r\n\r\n", " 400 ", 1 },
    { "a Host with an open bracket", "GET /1 HTTP/1.1\r\nHost: [::1\r\n\r\n", " 400 ", 1 },
    { "a Host by number, not ours", "GET /1 HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", " 421 ", 1 },
    { "something after the bracket", "GET /1 HTTP/1.1\r\nHost: [::1]x:80\r\n\r\n", " 400 ", 1 },
    { "no Host", "GET /1 HTTP/1.1\r\n\r\n", " 400 ", 1 },
    { "two Hosts", GET1 "Host: y.test\r\n\r\n", " 400 ", 1 },
    { "a Host with a path", "GET /1 HTTP/1.1\r\nHost: x.test/y\r\n\r\n", " 400 ", 1 },
    { "another's Host", "GET /1 HTTP/1.1\r\nHost: y.test\r\n\r\n", " 421 ", 1 },
    { "the second Host, with a port", "GET /healthz HTTP/1.1\r\nHost: Z.test:8080\r\n" CLOSE "\r\n", " 200 ", 1 },
    { "two cookies", GET1 "Cookie: a\r\nCookie: b\r\n\r\n", " 400 ", 1 },
    { "two Authorizations", GET1 "Authorization: a\r\nAuthorization: b\r\n\r\n", " 400 ", 1 },
    { "an empty header, then another", GET1 "Origin:\r\nOrigin: b\r\n\r\n", " 400 ", 1 },
    { "an upgrade", GET1 "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n", " 400 ", 1 },
    { "no HTTP at all", "\x16\x03\x01\x02", " 400 ", 1 },
    { "HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", " 400 ", 1 },
    { "HTTP/3", "GET /1 HTTP/3.0\r\n" HOST "\r\n", " 400 ", 1 },
    { "HTTP/2.0 as a number", "GET /1 HTTP/2.0\r\n" HOST "\r\n", " 505 ", 1 },
    { "an absolute address", "GET http://x.test/1 HTTP/1.1\r\n" HOST "\r\n", " 400 ", 1 },
    { "a path of raw bytes", "GET /\xe8\xb0\x83 HTTP/1.1\r\n" HOST "\r\n", " 400 ", 1 },
    { "OPTIONS", "OPTIONS /1 HTTP/1.1\r\n" HOST "\r\n", " 405 ", 1 },
    { "TRACE", "TRACE /1 HTTP/1.1\r\n" HOST "\r\n", " 501 ", 1 },
    { "CONNECT", "CONNECT x.test:443 HTTP/1.1\r\n" HOST "\r\n", " 400 ", 1 },
    { "a method nobody knows", "BREW /pot HTTP/1.1\r\n" HOST "\r\n", " 501 ", 1 },
    { "too long a body", POST "Content-Length: 1048577\r\n\r\n", " 413 ", 1 },
    { "two keys", ADD "Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n" THING, " 400 ", 1 },
    { "a key with a blank", ADD "Idempotency-Key: a b\r\n\r\n" THING, " 400 ", 1 },
    { "a key of 64",
      ADD CLOSE "Idempotency-Key: 0123456789012345678901234567890123456789012345678901234567890123\r\n\r\n" THING, " 201 ", 1 },
    { "a key of 65", ADD "Idempotency-Key: 01234567890123456789012345678901234567890123456789012345678901234\r\n\r\n" THING, " 400 ", 1 },
    { "bytes that are no text in a header", GET1 "Last-Event-ID: \xff\xfe\r\n\r\n", " 400 ", 1 },
    { "the same in a browser's name", "GET /healthz HTTP/1.1\r\n" HOST CLOSE "User-Agent: \xff\xfe\r\n\r\n", " 200 ", 1 },
    { "an expectation", ADD "Expect: tea\r\n\r\n", " 417 ", 1 },
    { "a form of another site", ADD CLOSE "Origin: https://evil.test\r\n\r\n" THING, " 403 ", 1 },
    { "the browser says cross-site", ADD CLOSE "Sec-Fetch-Site: cross-site\r\n\r\n" THING, " 403 ", 1 },
    { "a form of ours", ADD CLOSE "Origin: http://x.test\r\n\r\n" THING, " 201 ", 1 },
};

static void probe(const char *title, Str bytes, const char *want, int answers)
{
    char got[16384];
    int fd = dial();
    send_all(fd, bytes);
    (void)read_until(fd, got, sizeof got, NULL);
    bool good = count_of(got, "HTTP/1.1 ") == answers && count_of(got, want) == answers;
    check(good, title);
    if (!good) (void)printf("  %s\n", got);
    (void)close(fd);
}

/* A head that is `bytes` long in its one long header, or of `lines` headers. */
static void long_head(const char *title, size_t bytes, int lines, const char *want)
{
    static char big[700000];
    Out o = { .buf = big, .cap = sizeof big - 1 };
    out_str(&o, S("GET /healthz HTTP/1.1\r\n" HOST CLOSE));
    for (int i = 0; i < lines; i++) out_str(&o, S("X: a\r\n"));
    out_str(&o, S("Y: "));
    for (size_t i = 0; i < bytes; i++) out_str(&o, S("a"));
    out_str(&o, S("\r\n\r\n"));
    BUG_IF(o.full);
    probe(title, out_view(&o), want, 1);
}

/* Chunk sizes with extensions that never end. */
static void long_frame(void)
{
    static char big[400000];
    Out o = { .buf = big, .cap = sizeof big - 1 };
    out_str(&o, S(POST CHUNKED "\r\n"));
    for (int k = 0; k < 300; k++) {
        out_str(&o, S("1;"));
        for (size_t i = 0; i < 1000; i++) out_str(&o, S("a"));
        out_str(&o, S("\r\n{\r\n"));
    }
    probe("chunks that are all extension", out_view(&o), " 413 ", 1);
}

static void long_line(void)
{
    static char big[10000];
    Out o = { .buf = big, .cap = sizeof big - 1 };
    out_str(&o, S("GET /"));
    for (size_t i = 0; i < 9000; i++) out_str(&o, S("a"));
    out_str(&o, S(" HTTP/1.1\r\n" HOST "\r\n"));
    probe("too long a line", out_view(&o), " 414 ", 1);
}

/* A byte now and then must not buy time: the deadline is for the whole.  How late it is told depends on the
** machine; with a deadline that the bytes put off it never would be. */
static void trickle(const char *title, const char *first, const char *want, int64_t after_ms)
{
    char got[4096] = "";
    bool over = false;
    int64_t begin = now_ms();
    int fd = dial();
    struct timeval brief = { .tv_usec = 100000 };
    BUG_IF(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &brief, sizeof brief) != 0);
    send_all(fd, str_of(first));
    for (int i = 0; i < 100 && !over; i++) { /* ten seconds or more */
        ssize_t n = recv(fd, got, sizeof got - 1, 0);
        over = n == 0 || (n > 0 && has(got, "HTTP/1.1"));
        if (!over && *first) send_all(fd, S("a"));
    }
    check(over && now_ms() - begin >= after_ms / 2 && has(got, want), title);
    (void)close(fd);
}

void test_probes(void)
{
    for (size_t i = 0; i < COUNT(probes); i++) {
        probe(probes[i].title, str_of(probes[i].bytes), probes[i].want, probes[i].answers);
    }
    probe("a NUL", (Str){ "GET /1 HTTP/1.1\r\nHost: x.test\r\nX: a\0b\r\n\r\n", 42 }, " 400 ", 1);
    long_head("a long head", 16000, 0, " 200 ");
    long_head("too long a head", 16384, 0, " 431 ");
    long_head("far too long a head", 65536, 0, " 431 ");
    long_head("many headers", 1, 97, " 200 ");
    long_head("too many headers", 1, 98, " 431 ");
    long_head("a hundred thousand headers", 1, 100000, " 431 ");
    long_line();
    long_frame();
}

void test_deadlines(void)
{
    trickle("a slow head is cut off", "GET /1 HTTP/1.1\r\nX: ", " 408 ", HEAD_MS);
    trickle("a slow body is cut off", POST "Content-Length: 500\r\n\r\n", " 408 ", BODY_MS);
    trickle("a slow upload is cut off",
            "POST /api/v1/files HTTP/1.1\r\n" HOST "Content-Length: 500\r\n\r\n", " 408 ", BODY_MS);
    trickle("an idle connection is closed", "", "", IDLE_MS);
    wait_for_no_incoming("a slow upload leaves no file");
}
