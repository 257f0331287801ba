/*
** submit ADDRESS FOLDER N [THREADS]: N applications of as many workers through
** web_handle() in this process, and what the last of them cost: the processor's
** time, statements.  Several threads share commits, as the server's do.  The disk
** is waited for at the end only.
*/
#include "command/command.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/tx.h"
#include "slices.h"

#include "made.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct Centre { Id id; Str path; } Centre;
static const Field place_fields[] = { FIELD(Centre, id), FIELD(Centre, path) };
static const Form place_form = FORM(Centre, place_fields);
static const Query q_org = {
    .name = "bench.org", .quiet = true, .in = &place_form,
    .sql = "INSERT INTO org(id, parent_id, path, level, kind, name, short_name, region, seq3, address, phone, hours,"
           " territory, industries, scopes, status, status_on, six, six_ok, six_on, capacity, open_load, court_invited,"
           " court_name, employer_id, founders, lead_unit, published, takes_cases, version)"
           " VALUES(:id, 0, :path, 3, 'CENTER', 'bench', '', '450206', '1', '', '', '', '450206', '', 'SC1 SC2 SC3 SC6',"
           " 'ACTIVE', '2021-01-01', '', 1, '2021-01-01', 0, 0, 0, '', 0, '', '', 0, 1, 1)"
           " ON CONFLICT(id) DO NOTHING",
};
static const Query *const own[] = { &q_org, NULL };
static const Centre centre = { { 77 }, { "000100010001", 12 } };

typedef struct Bench {
    House   house;
    Db     *db;
    Block   block, out;
    char    extra[EXTRA_MAX];
    Arena   mem;
    Ctx     c;
    int64_t first, n;
    int64_t statements;
} Bench;

enum { THREADS_MAX = 64 };

static Ctx *begin(Bench *b)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    b->mem = block_arena(&b->block);
    b->c = (Ctx){ .mem = &b->mem, .db = b->db, .now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000,
                  .method = S("POST"), .path = S("/api/v1/cases"), .status = 204 };
    b->c.today = time_date(now(&b->c));
    b->c.who = (Actor){ .id = { 5 }, .roles = CLERK, .org = centre.id, .org_path = centre.path };
    b->c.out = (Out){ .buf = b->out.memory, .cap = REPLY_MAX };
    b->c.extra = (Out){ .buf = b->extra, .cap = EXTRA_MAX };
    ctx_begin(&b->c, &b->house);
    return &b->c;
}

static void make_centre(Bench *b)
{
    Ctx *c = begin(b);
    tx_begin(c);
    db_insert(c, &q_org, &centre);
    tx_end(c);
    if (!ok(c)) bug("bench.org", (int)c->err, "failed");
}

static int64_t cpu_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void apply(Bench *b, int64_t i)
{
    enum { BODY = 16384, KEY = 40 };
    Ctx *c = begin(b);
    char text[BODY];
    Out body = { .buf = text, .cap = BODY };
    Out key = { .buf = NEW(c->mem, char, KEY), .cap = KEY };
    made_case(&body, &(Made){ (uint64_t)(b->first + i), S("77"), S("450206"), c->today });
    out_str(&key, S("bench-"));
    out_int(&key, b->first + i);
    c->body = out_view(&body);
    c->key = out_view(&key);
    c->head.host = S("127.0.0.1");
    web_handle(c);
    if (c->status != 201) bug("submit", c->status, str_c(c->mem, out_view(&c->out)));
}

static void *submit_all(void *arg)
{
    Bench *b = arg;
    b->db = db_open(b->house.store);
    b->block = block_open((size_t)64 << 20);
    b->out = block_open(REPLY_MAX);
    for (int64_t i = 0; i < b->n; i++) apply(b, i);
    b->statements = db_statements(b->db);
    db_close(b->db);
    block_close(&b->block);
    block_close(&b->out);
    return NULL;
}

/* From the first: n cases by so many threads; returns the statements. */
static int64_t submit_by(const Bench *b, int64_t first, int64_t n, int64_t threads)
{
    pthread_t thread[THREADS_MAX];
    Bench part[THREADS_MAX];
    int64_t statements = 0;
    for (int64_t i = 0; i < threads; i++) {
        part[i] = (Bench){ .house = b->house, .first = first + i * n / threads };
        part[i].n = first + (i + 1) * n / threads - part[i].first;
        BUG_IF(pthread_create(&thread[i], NULL, submit_all, &part[i]) != 0);
    }
    for (int64_t i = 0; i < threads; i++) {
        BUG_IF(pthread_join(thread[i], NULL) != 0);
        statements += part[i].statements;
    }
    return statements;
}

static void measure(const Bench *b, int64_t n, int64_t threads)
{
    (void)submit_by(b, b->first, n / 10, threads);
    int64_t start = cpu_us(), cases = n - n / 10;
    int64_t statements = submit_by(b, b->first + n / 10, cases, threads);
    (void)printf("%lld us of the processor and %lld statements a case\n", (long long)((cpu_us() - start) / cases),
                 (long long)(statements / cases));
}

int main(int argc, char **argv)
{
    char path[1024];
    int64_t n = 0, threads = 1;
    bool told = (argc == 4 || argc == 5) && str_int(str_of(argv[3]), &n) && n >= 10;
    if (argc == 5) told = told && str_int(str_of(argv[4]), &threads) && threads > 0 && threads <= THREADS_MAX;
    if (!told) return 2;
    (void)snprintf(path, sizeof path, "%s/keys", argv[2]);
    Keys *keys = keys_open(path);
    Store *store = store_open(argv[1], 1);
    store_keys(store, keys);
    store_hurry(store);
    Bench b = { .db = db_open(store), .first = (int64_t)clock() };
    if (!keys || !web_prepare(b.db, slices)) return 1;
    db_check(b.db, own);
    b.house = (House){ .slices = slices, .store = store, .keys = keys, .folder = argv[2], .origin = "",
        .data = data_path };
    b.block = block_open((size_t)64 << 20);
    b.out = block_open(REPLY_MAX);
    Block law = block_open(LAW_MEMORY);
    Arena mem = block_arena(&law);
    const char *fault = reference_open(&b.house, b.db, &mem);
    if (fault) bug("data", 0, fault);
    make_centre(&b);
    measure(&b, n, threads);
    reference_close(&b.house);
    db_close(b.db);
    store_close(store);
    keys_close(keys);
    block_close(&law);
    block_close(&b.block);
    block_close(&b.out);
    return 0;
}
