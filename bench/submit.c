/*
** submit ADDRESS FOLDER N [THREADS]: N applications of as many workers through
** web_handle() in this process, and what the last of them cost: the processor's
** time, statements.  Several threads share commits, as the server's do.  The disk
** is waited for at the end only.
*/
#include "bench.h"
#include "core/tx.h"
#include "made.h"

#include <pthread.h>
#include <stdio.h>
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

/* As a clerk of the centre. */
static Ctx *begin(Bench *b)
{
    Ctx *c = bench_begin(b, bench_now_ms());
    c->method = S("POST");
    c->path = S("/api/v1/cases");
    c->who = (Actor){ .id = { 5 }, .roles = CLERK, .org = centre.id, .org_path = centre.path };
    return c;
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

static void submit(Bench *b, int64_t i)
{
    enum { BODY = 16384, KEY = 40 };
    Ctx *c = begin(b);
    Out body = { .buf = NEW(c->mem, char, BODY), .cap = BODY };
    Out key = { .buf = NEW(c->mem, char, KEY), .cap = KEY };
    made_case(&body, &(Made){ (uint64_t)i, S("77"), S("450206"), c->today });
    out_str(&key, S("bench-"));
    out_int(&key, i);
    c->body = out_view(&body);
    c->key = out_view(&key);
    c->head.host = S("127.0.0.1");
    web_handle(c);
    if (c->status != 201) bug("submit", c->status, str_c(c->mem, out_view(&c->out)));
}

/* One thread's share. */
typedef struct Part {
    Bench   b;
    int64_t first, n, statements;
} Part;

enum { THREADS_MAX = 64, ROOM = 64 << 20 };

static void *submit_part(void *arg)
{
    Part *p = arg;
    p->b.db = db_open(p->b.store);
    p->b.block = block_open(ROOM);
    for (int64_t i = 0; i < p->n; i++) submit(&p->b, p->first + i);
    p->statements = db_statements(p->b.db);
    db_close(p->b.db);
    block_close(&p->b.block);
    return NULL;
}

/* n cases from the first by so many threads; returns the statements. */
static int64_t submit_by(const Bench *b, int64_t first, int64_t n, int64_t threads)
{
    static Part part[THREADS_MAX];
    pthread_t thread[THREADS_MAX];
    int64_t statements = 0;
    for (int64_t i = 0; i < threads; i++) {
        part[i] = (Part){ .b = *b, .first = first + i * n / threads };
        part[i].n = first + (i + 1) * n / threads - part[i].first;
        BUG_IF(pthread_create(&thread[i], NULL, submit_part, &part[i]) != 0);
    }
    for (int64_t i = 0; i < threads; i++) {
        BUG_IF(pthread_join(thread[i], NULL) != 0);
        statements += part[i].statements;
    }
    return statements;
}

int main(int argc, char **argv)
{
    static Bench b;
    int64_t n = 0, threads = 1;
    int64_t first = bench_now_ms() % 1000000000 * 1000; /* other keys than the last run's */
    bool told = (argc == 4 || argc == 5) && str_int(str_of(argv[3]), &n) && n >= 10;
    if (argc == 5) told = told && str_int(str_of(argv[4]), &threads) && threads > 0 && threads <= THREADS_MAX;
    if (!told) return 2;
    bench_open(&b, argv[1], argv[2], own);
    store_hurry(b.store);
    make_centre(&b);
    (void)submit_by(&b, first, n / 10, threads);
    int64_t start = cpu_us(), cases = n - n / 10;
    int64_t statements = submit_by(&b, first + n / 10, cases, threads);
    (void)printf("%lld us of the processor and %lld statements a case\n",
                 (long long)((cpu_us() - start) / cases),
                 (long long)(statements / cases));
    bench_close(&b);
    return 0;
}
