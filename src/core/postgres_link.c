#include "core/postgres_link.h"

#include <poll.h>
#include <stdio.h>
#include <time.h>

enum { DIAL_EVERY_MS = 200 };

int64_t pg_now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Of two values for one name the later one holds: the address may say otherwise. */
PGconn *pg_dial(const char *address)
{
    const char *const name[] = {
        "connect_timeout", "tcp_user_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "options", "dbname", NULL,
    };
    const char *const value[] = { "3", "5000", "5", "2", "3", "-c jit=off", address, NULL };
    return PQconnectdbParams(name, value, 1);
}

/* ---- what all threads know ------------------------------------------------------ */

bool reach_may_dial(Reach *r)
{
    int64_t now = pg_now_ms(), tried = atomic_load(&r->tried_ms);
    if (atomic_load(&r->gone_ms) == 0) return true;
    return now - tried >= DIAL_EVERY_MS && atomic_compare_exchange_strong(&r->tried_ms, &tried, now);
}

void reach_dialled(Reach *r, bool good, const char *why)
{
    int64_t none = 0, now = pg_now_ms();
    if (good) {
        int64_t since = atomic_exchange(&r->gone_ms, 0);
        if (since) (void)fprintf(stderr, "database: back after %lld ms\n", (long long)(now - since));
        return;
    }
    atomic_store(&r->tried_ms, now);
    if (!atomic_compare_exchange_strong(&r->gone_ms, &none, now)) return;
    (void)fprintf(stderr, "database: gone: %s", why);
}

void reach_committed(Reach *r, int64_t begun_ms, bool in_time)
{
    int64_t none = 0;
    if (!in_time && atomic_compare_exchange_strong(&r->stuck_ms, &none, begun_ms)) {
        (void)fputs("database: a commit does not come back; is the standby there?\n", stderr);
    }
    if (in_time && atomic_load(&r->stuck_ms) && atomic_exchange(&r->stuck_ms, 0)) {
        (void)fputs("database: commits come back\n", stderr);
    }
}

int64_t reach_commit_ms(const Reach *r)
{
    return atomic_load(&r->stuck_ms) ? STUCK_COMMIT_MS : COMMIT_MS;
}

static int64_t since(int64_t ms)
{
    return ms ? pg_now_ms() - ms : 0;
}

int64_t reach_gone_ms(const Reach *r)
{
    int64_t gone = since(atomic_load(&r->gone_ms)), stuck = since(atomic_load(&r->stuck_ms));
    return gone > stuck ? gone : stuck;
}

/* ---- one connection ---------------------------------------------------------------- */

bool pg_wait(PGconn *h, int64_t until_ms)
{
    for (;;) {
        int unsent = PQflush(h);
        if (unsent < 0 || !PQisBusy(h)) return true;
        int64_t left = until_ms - pg_now_ms();
        if (left <= 0) return false;
        struct pollfd p = { .fd = PQsocket(h), .events = (short)(unsent ? POLLIN | POLLOUT : POLLIN) };
        int n = poll(&p, 1, (int)left);
        if (n < 0 && errno != EINTR) return true;
        if (n > 0 && (p.revents & ~POLLOUT) && !PQconsumeInput(h)) return true;
    }
}
