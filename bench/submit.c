/*
** submit ADDRESS FOLDER N: N applications of as many workers, one after the
** other, through web_handle() in this process, and what the last of them cost:
** the processor's time, statements.  The disk is waited for at the end only.
*/
#include "bench.h"
#include "core/tx.h"
#include "made.h"

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

int main(int argc, char **argv)
{
    static Bench b;
    int64_t n = 0, first = bench_now_ms() % 1000000000 * 1000; /* other keys than the last run's */
    if (argc != 4 || !str_int(str_of(argv[3]), &n) || n < 1) return 2;
    bench_open(&b, argv[1], argv[2], own);
    store_hurry(b.store);
    make_centre(&b);
    for (int64_t i = 0; i < n / 10; i++) submit(&b, first + i);
    int64_t statements = db_statements(b.db), start = cpu_us();
    for (int64_t i = n / 10; i < n; i++) submit(&b, first + i);
    int64_t took = cpu_us() - start, cases = n - n / 10;
    statements = db_statements(b.db) - statements;
    (void)printf("%lld us of the processor and %lld statements a case\n", (long long)(took / cases),
                 (long long)(statements / cases));
    bench_close(&b);
    return 0;
}
