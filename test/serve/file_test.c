/* Files in and out. */
#include "serve/client.h"

#include "core/crypto.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 5 * 1024 * 1024 + 17, ANSWER = SIZE + 4096 };

static char *file;   /* SIZE bytes that do not repeat */
static char *answer; /* ANSWER bytes of room */
static char  hash[65];

static void make_file(void)
{
    char memory[256];
    Arena mem = { memory, memory + sizeof memory };
    uint32_t x = 1;
    for (size_t i = 0; i < SIZE; i++) {
        x = (uint32_t)(((uint64_t)x * 48271) % 2147483647);
        file[i] = (char)(x & 0x7f);
    }
    (void)snprintf(hash, sizeof hash, "%s", str_c(&mem, sha256_hex(&mem, (Str){ file, SIZE })));
}

static void send_chunks(int fd, size_t n)
{
    char size[32];
    for (size_t at = 0; at < n;) {
        size_t part = 70001 < n - at ? 70001 : n - at;
        send_all(fd, (Str){ size, (size_t)snprintf(size, sizeof size, "%zx\r\n", part) });
        send_all(fd, (Str){ file + at, part });
        send_all(fd, S("\r\n"));
        at += part;
    }
    send_all(fd, S("0\r\n\r\n"));
}

static void expect_receipt(const char *got, int64_t size, const char *what)
{
    char want[160];
    (void)snprintf(want, sizeof want, "{\"size\":%lld,\"sha256\":\"%s\"}", (long long)size, hash);
    bool good = has(got, " 201 ") && strcmp(body_of(got), want) == 0;
    check(good, what);
    if (!good) (void)printf("  got %s\n", got);
}

static void test_upload(void)
{
    char got[4096];
    int fd = dial();
    send_all(fd, S("POST /api/v1/files?keep HTTP/1.1\r\n" HOST
                   "Transfer-Encoding: chunked\r\n" CLOSE "\r\n"));
    send_chunks(fd, SIZE);
    (void)read_until(fd, got, sizeof got, NULL);
    expect_receipt(got, SIZE, "a file in chunks");
    (void)close(fd);

    char head[256];
    fd = dial();
    (void)snprintf(head, sizeof head, "POST /api/v1/files HTTP/1.1\r\n" HOST "Expect: 100-continue\r\n"
                   "Content-Length: %d\r\n\r\n", SIZE);
    send_all(fd, str_of(head));
    (void)read_until(fd, got, sizeof got, "\r\n\r\n");
    check(strcmp(got, "HTTP/1.1 100 Continue\r\n\r\n") == 0, "who asks first is told to go on");
    send_all(fd, (Str){ file, SIZE });
    (void)read_until(fd, got, sizeof got, "\"}");
    expect_receipt(got, SIZE, "a file of known length");
    send_all(fd, S("POST /api/v1/files HTTP/1.1\r\n" HOST "Content-Length: 0\r\n" CLOSE "\r\n"));
    (void)read_until(fd, got, sizeof got, NULL);
    const char *none = "\"size\":0,\"sha256\":"
                       "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"";
    check(has(got, none), "an empty file, on the same connection");
    (void)close(fd);
    wait_for_no_incoming("what the handler did not keep is removed");
}

static void test_refused_upload(void)
{
    char got[4096];
    char head[256];
    (void)snprintf(head, sizeof head, "POST /api/v1/files HTTP/1.1\r\n" HOST
                   "Content-Length: %d\r\n\r\n", UPLOAD_MOST + 1);
    (void)ask(head, got, sizeof got);
    check(has(got, " 413 "), "too large, as announced");
    int fd = dial();
    send_all(fd, S("POST /api/v1/files HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"));
    send_chunks(fd, SIZE);
    (void)close(fd);
    fd = dial();
    send_all(fd, S("POST /api/v1/files HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < 9; i++) {
        send_all(fd, S("100000\r\n"));
        send_all(fd, (Str){ file, 0x100000 });
        send_all(fd, S("\r\n"));
    }
    (void)read_until(fd, got, sizeof got, NULL);
    check(has(got, " 413 "), "too large, as it turned out");
    (void)close(fd);
    fd = dial();
    send_all(fd, S("POST /api/v1/closed HTTP/1.1\r\n" HOST
                   "Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n"));
    (void)read_until(fd, got, sizeof got, NULL);
    check(has(got, " 401 ") && !has(got, "100 Continue"), "who may not is told so before the file");
    (void)close(fd);
    (void)ask("POST /api/v1/closed HTTP/1.1\r\n" HOST CLOSE "Content-Length: 1\r\n\r\na", got, sizeof got);
    check(has(got, " 401 "), "also with a small one");
    wait_for_no_incoming("refused uploads leave no file");
}

static bool some_incoming(void *arg)
{
    (void)arg;
    return incoming() > 0;
}

static void test_aborted_upload(void)
{
    int fd = dial();
    send_all(fd, S("POST /api/v1/files HTTP/1.1\r\n" HOST "Content-Length: 4000000\r\n\r\n"));
    send_all(fd, (Str){ file, 2000000 });
    (void)comes_true(some_incoming, NULL);
    check_int((int64_t)incoming(), 1, "an upload under way has a file");
    (void)close(fd);
    wait_for_no_incoming("an aborted upload leaves none");
}

/* ---- out ---------------------------------------------------------------------------------- */

#define GIVE "GET /api/v1/files HTTP/1.1\r\n" HOST CLOSE

static const struct Part {
    const char *title, *range, *status;
    size_t      from, length;
} parts[] = {
    { "the whole", "", " 200 ", 0, SIZE },
    { "the first byte", "Range: bytes=0-0\r\n", " 206 ", 0, 1 },
    { "the middle", "Range: bytes=1000000-3999999\r\n", " 206 ", 1000000, 3000000 },
    { "from a point on", "Range: bytes=5242890-\r\n", " 206 ", 5242890, SIZE - 5242890 },
    { "the last five", "Range: bytes=-5\r\n", " 206 ", SIZE - 5, 5 },
    { "more than all", "Range: bytes=0-99999999\r\n", " 206 ", 0, SIZE },
    { "several parts", "Range: bytes=0-1,5-6\r\n", " 200 ", 0, SIZE },
    { "no bytes", "Range: pages=1-2\r\n", " 200 ", 0, SIZE },
    { "backwards", "Range: bytes=5-2\r\n", " 200 ", 0, SIZE },
};

static void test_download(void)
{
    char request[512];
    for (size_t i = 0; i < COUNT(parts); i++) {
        const struct Part *p = &parts[i];
        (void)snprintf(request, sizeof request, GIVE "%s\r\n", p->range);
        size_t n = ask(request, answer, ANSWER);
        size_t head_n = (size_t)(body_of(answer) - answer);
        check(has(answer, p->status) && n - head_n == p->length, p->title);
        check(n - head_n == p->length && memcmp(answer + head_n, file + p->from, p->length) == 0, p->title);
    }
    (void)ask(GIVE "Range: bytes=0-9\r\n\r\n", answer, ANSWER);
    bool said = has(answer, "Content-Range: bytes 0-9/5242897\r\n") && has(answer,
                   "Content-Length: 10\r\n");
    check(said, "a part says which");
    (void)ask(GIVE "Range: bytes=5242897-\r\n\r\n", answer, ANSWER);
    check(has(answer, " 416 ") && has(answer, "bad_range"), "beyond the end");
    (void)ask(GIVE "Range: bytes=-0\r\n\r\n", answer, ANSWER);
    check(has(answer, " 416 "), "the last none");
    (void)ask("HEAD /api/v1/files HTTP/1.1\r\n" HOST CLOSE "\r\n", answer, ANSWER);
    check(has(answer, "Content-Length: 5242897\r\n") && *body_of(answer) == 0, "HEAD of a file");
    int fd = dial();
    for (int i = 0; i < 2; i++) {
        send_all(fd, S("GET /api/v1/files HTTP/1.1\r\n" HOST "Range: bytes=0-300000\r\n\r\n"));
        size_t n = read_until(fd, answer, 100000, NULL);
        while (n < 300001) {
            ssize_t more = recv(fd, answer, 100000, 0);
            if (more <= 0) break;
            n += (size_t)more;
        }
        check(n >= 300001, "a file, and the connection goes on");
        if (i == 0) nap_ms(50);
    }
    (void)close(fd);
}

/* A peer that goes away in the middle, and one that does not read. */
static void test_lost_readers(void)
{
    char some[100];
    for (int i = 0; i < 20; i++) {
        int fd = dial();
        send_all(fd, S("GET /api/v1/files HTTP/1.1\r\n" HOST "\r\n"));
        (void)recv(fd, some, sizeof some, 0);
        (void)close(fd);
    }
    check(ask("GET /healthz HTTP/1.1\r\n" HOST CLOSE "\r\n", answer, ANSWER) > 0,
                   "lost readers do no harm");
}

void test_files(void)
{
    file = malloc(SIZE);
    answer = malloc(ANSWER);
    BUG_IF(!file || !answer);
    make_file();
    test_upload();
    test_refused_upload();
    test_aborted_upload();
    test_download();
    test_lost_readers();
    free(file);
    free(answer);
}
