/* Server-sent events. */
#include "serve/client.h"

#include <string.h>
#include <unistd.h>

static char got[16384];

static int follow(const char *request, const char *until)
{
    int fd = dial();
    send_all(fd, str_of(request));
    (void)read_until(fd, got, sizeof got, until);
    return fd;
}

static bool no_followers(void *arg)
{
    (void)arg;
    (void)ask("GET /metrics HTTP/1.1\r\n" HOST CLOSE "\r\n", got, sizeof got);
    return has(got, "\ntiaojie_followers 0\n");
}

static void wait_for_no_followers(void)
{
    check(comes_true(no_followers, NULL), "a follower that left is forgotten");
}

void test_streams(void)
{
    int fd[FOLLOWERS];
    fd[0] = follow("GET /api/v1/news HTTP/1.1\r\n" HOST "\r\n", "data: two\n\n");
    check(has(got, " 200 OK") && has(got, "Content-Type: text/event-stream"), "a stream's head");
    check(has(got, "Cache-Control: no-store"), "it is not to be kept");
    check(!has(got, "Content-Length") && count_of(got, "HTTP/1.1") == 1, "it has no length, and one head");
    check(strcmp(body_of(got), "id: 1\ndata: one\n\nid: 2\ndata: two\n\n") == 0, "each event once, in order");
    (void)read_until(fd[0], got, sizeof got, ": \n\n");
    check(strcmp(got, ": \n\n") == 0, "silence is filled");
    fd[1] = follow("GET /api/v1/news HTTP/1.1\r\n" HOST "Last-Event-ID: 1\r\n\r\n", "data: ");
    check(!has(got, "data: one") && has(got, "id: 2"), "who was here before hears what is new");
    fd[2] = follow("GET /api/v1/news?ends HTTP/1.1\r\n" HOST "\r\n", NULL);
    check(has(got, "data: two\n\n"), "a handler that fails ends the stream");
    (void)close(fd[2]);
    fd[2] = follow("GET /api/v1/news HTTP/1.1\r\n" HOST "\r\n", "data: one");
    (void)close(follow("GET /api/v1/news HTTP/1.1\r\n" HOST CLOSE "\r\n", NULL));
    check(has(got, " 503 ") && has(got, "Retry-After: 1\r\n"), "one follower too many");
    (void)close(follow("GET /api/v1/news?ends HTTP/1.1\r\n" HOST CLOSE "Last-Event-ID: 2\r\n\r\n", NULL));
    for (int i = 0; i < FOLLOWERS; i++) (void)close(fd[i]);
    wait_for_no_followers();
    (void)close(follow("GET /api/v1/news?ends HTTP/1.1\r\n" HOST "Last-Event-ID: 2\r\n" CLOSE "\r\n", NULL));
    check(has(got, " 401 "), "a stream that may not begin is an answer like others");
    (void)close(follow("HEAD /api/v1/news HTTP/1.1\r\n" HOST CLOSE "\r\n", NULL));
    check(has(got, " 200 OK") && *body_of(got) == 0, "HEAD of a stream ends");
    wait_for_no_followers();
}
