/* Slow clients, and more than can be done. */
#include "serve/client.h"

#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* A byte, unless all is said: who goes on talking after that may lose what he was told. */
static void drip(int fd)
{
    char some;
    if (recv(fd, &some, 1, MSG_PEEK | MSG_DONTWAIT) < 0) send_all(fd, S("a"));
}

/* While a thousand clients send a byte now and then, one that does not is served. */
void test_slow_clients(void)
{
    enum { SLOW = 1000, ROUNDS = 5 };
    static int fd[SLOW];
    char got[4096];
    int good = 0;
    for (int i = 0; i < SLOW; i++) {
        fd[i] = dial();
        send_all(fd[i], S("GET / HTTP/1.1\r\nX: "));
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SLOW; i++) drip(fd[i]);
        for (int i = 0; i < 10; i++) {
            (void)ask(ADD CLOSE "\r\n" THING, got, sizeof got);
            good += has(got, " 201 ");
        }
    }
    check_int(good, 10 * ROUNDS, "slow clients hold up nobody");
    int told = 0;
    for (int i = 0; i < SLOW; i++) {
        (void)read_until(fd[i], got, sizeof got, NULL);
        told += has(got, " 408 ");
        (void)close(fd[i]);
    }
    check_int(told, SLOW, "each of them is told");
}

enum { CROWD = 120 };

static bool answered(void *arg)
{
    struct pollfd *crowd = arg;
    return poll(crowd, CROWD, 0) >= CROWD - WORKERS - QUEUE;
}

/* Nobody is done before all have asked, so that how many are too many does not hang on who is how fast. */
void test_overload(void)
{
    struct pollfd crowd[CROWD];
    int done = 0, busy = 0;
    char got[4096];
    things_hold(true);
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = (struct pollfd){ .fd = dial(), .events = POLLIN };
        send_all(crowd[i].fd, S("GET /api/v1/slow HTTP/1.1\r\n" HOST CLOSE "\r\n"));
    }
    check(comes_true(answered, crowd), "who cannot wait is told so while the others do");
    things_hold(false);
    for (int i = 0; i < CROWD; i++) {
        (void)read_until(crowd[i].fd, got, sizeof got, NULL);
        done += has(got, " 204 ");
        busy += has(got, " 503 ") && has(got, "Retry-After: 1\r\n") && has(got, "\"busy\"");
        (void)close(crowd[i].fd);
    }
    check_int(done + busy, CROWD, "each is done or told to come again");
    check(done >= QUEUE && busy >= CROWD - WORKERS - QUEUE, "as many as can wait are done");
    (void)printf("  overload: %d done, %d told to come again\n", done, busy);
    (void)ask(ADD CLOSE "\r\n" THING, got, sizeof got);
    check(has(got, " 201 "), "then it is over");
}
