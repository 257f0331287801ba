#include "bench.h"

#include "command/command.h"
#include "core/crypto.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/routes.h"
#include "slices.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MEMORY = 64 << 20, PATH_ROOM = 1024 };

void bench_open(Bench *b, const char *address, const char *folder, const Query *const *own)
{
    char keys[PATH_ROOM];
    int n = snprintf(keys, sizeof keys, "%s/keys", folder);
    BUG_IF(n < 0 || (size_t)n >= sizeof keys);
    b->keys = keys_open(keys);
    if (!b->keys) bug(keys, 0, "cannot be used");
    b->store = store_open(address, 1);
    store_keys(b->store, b->keys);
    b->db = db_open(b->store);
    if (!web_prepare(b->db, slices)) bug(address, 0, "cannot be prepared");
    db_check(b->db, own);
    b->routes = routes_open(slices);
    b->house = (House){ .slices = slices, .routes = b->routes, .store = b->store, .keys = b->keys,
                        .folder = folder, .origin = "", .data = data_path };
    b->block = block_open(MEMORY);
    b->law = block_open(LAW_MEMORY);
    b->mem = block_arena(&b->law);
    const char *fault = reference_open(&b->house, b->db, &b->mem);
    if (fault) bug("the reference data", 0, fault);
}

void bench_close(Bench *b)
{
    reference_close(&b->house);
    db_close(b->db);
    store_close(b->store);
    keys_close(b->keys);
    routes_close(b->routes);
    block_close(&b->law);
    block_close(&b->block);
}

Ctx *bench_begin(Bench *b, int64_t now_ms)
{
    b->mem = block_arena(&b->block);
    b->c = (Ctx){ .mem = &b->mem, .db = b->db, .now_ms = now_ms, .who = { .roles = SYSTEM },
                  .method = S("bench"), .status = 204 };
    b->c.today = time_date(now(&b->c));
    b->c.out = (Out){ .buf = arena_room(&b->mem, REPLY_MAX), .cap = REPLY_MAX };
    b->c.extra = (Out){ .buf = NEW(&b->mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(&b->c, &b->house);
    return &b->c;
}

int64_t bench_now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t bench_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int up(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

void bench_tell(int64_t *us, int64_t n)
{
    qsort(us, (size_t)n, sizeof *us, up);
    (void)printf("p50 %8lld us  p99 %8lld us  max %8lld us", (long long)us[n / 2],
                 (long long)us[n * 99 / 100], (long long)us[n - 1]);
}
