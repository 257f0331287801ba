/*
** submit ADDRESS FOLDER N: N applications of as many workers, one after the
** other, through web_handle() in this process, and what the last of them cost:
** the processor's time, statements.  The disk is waited for at the end only.
*/
#include "command/command.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/tx.h"
#include "slices.h"

#include "made.h"

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
    Block   block;
    Arena   mem;
    Ctx     c;
    int64_t first;
} Bench;

static Ctx *begin(Bench *b)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    b->mem = block_arena(&b->block);
    b->c = (Ctx){ .mem = &b->mem, .db = b->db, .now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000,
                  .method = S("POST"), .path = S("/api/v1/cases"), .status = 204 };
    b->c.today = time_date(now(&b->c));
    b->c.who = (Actor){ .id = { 5 }, .roles = CLERK, .org = centre.id, .org_path = centre.path };
    b->c.out = (Out){ .buf = NEW(&b->mem, char, REPLY_MAX), .cap = REPLY_MAX };
    b->c.extra = (Out){ .buf = NEW(&b->mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
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

static void submit(Bench *b, int64_t i)
{
    enum { BODY = 16384, KEY = 40 };
    Ctx *c = begin(b);
    Out body = { .buf = NEW(c->mem, char, BODY), .cap = BODY };
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

int main(int argc, char **argv)
{
    char path[1024];
    int64_t n = 0;
    if (argc != 4 || !str_int(str_of(argv[3]), &n) || n < 1) return 2;
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
    Block law = block_open(LAW_MEMORY);
    Arena mem = block_arena(&law);
    const char *fault = reference_open(&b.house, b.db, &mem);
    if (fault) bug("data", 0, fault);
    make_centre(&b);
    for (int64_t i = 0; i < n / 10; i++) submit(&b, i);
    int64_t statements = db_statements(b.db), start = cpu_us();
    for (int64_t i = n / 10; i < n; i++) submit(&b, i);
    int64_t took = cpu_us() - start, cases = n - n / 10;
    statements = db_statements(b.db) - statements;
    (void)printf("%lld us of the processor and %lld statements a case\n", (long long)(took / cases),
                 (long long)(statements / cases));
    reference_close(&b.house);
    db_close(b.db);
    store_close(store);
    keys_close(keys);
    block_close(&law);
    block_close(&b.block);
    return 0;
}
