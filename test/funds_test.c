/*
** funds_test ADDRESS SCENARIO: plays the scenario of the funds up to where claims are
** approved, then lets many finance officers draw up the month's pay list at once, and
** pay it at once.  One list has each share, one payment is made, the budget balances.
*/
#include "core/limits.h"
#include "core/web.h"
#include "home.h"
#include "scenario.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OFFICERS = 8, SCRATCH = ARENA_MAX + REPLY_MAX + EXTRA_MAX, MOST = 1 << 20 };
static const char cut_at[] = "== a pay list is the sum of its lines";

typedef struct Sum {
    Id      id, org;
    Str     org_path;
    int64_t used, paid, lines, shares, amount, lists;
} Sum;
static const Field fields[] = {
    FIELD(Sum, id), FIELD(Sum, org), FIELD(Sum, org_path), FIELD(Sum, used), FIELD(Sum, paid),
    FIELD(Sum, lines),
    FIELD(Sum, shares), FIELD(Sum, amount), FIELD(Sum, lists),
};
static const Form sum_form = FORM(Sum, fields);
static const Query q_budget = {
    .name = "test.budget", .out = &sum_form,
    .sql = "SELECT id, org, org_path, used, paid FROM budget WHERE item = 'ALLOWANCE' AND year = 2026 /*scan*/",
};
static const Query q_lines = {
    .name = "test.lines", .out = &sum_form,
    .sql = "SELECT COUNT(*) AS lines, COUNT(DISTINCT share_id) AS shares,"
           " CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount,"
           " (SELECT COUNT(*) FROM pay_list WHERE state <> 'CANCELLED') AS lists,"
           " (SELECT COALESCE(MAX(id), 0) FROM pay_list) AS id FROM pay_line /*scan*/",
};
static const Query *const queries[] = { &q_budget, &q_lines, NULL };

static int passed, failed;

static void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

/* ---- asking ------------------------------------------------------------------------------ */

typedef struct Officer {
    Home       *home;
    const char *path, *body;
    Actor       who;
    int64_t     now_ms;
    atomic_int *go;
    int         number, status;
    pthread_t   thread;
} Officer;

static void begin(Ctx *c, Arena *mem, const Block *block, const Officer *o, Db *db)
{
    *mem = block_arena(block);
    *c = (Ctx){ .mem = mem, .db = db, .who = o->who, .now_ms = o->now_ms, .method = S("POST") };
    c->today = time_date((Time){ o->now_ms / 1000 });
    c->path = str_of(o->path);
    c->body = str_of(o->body);
    c->out = (Out){ .buf = NEW(mem, char, REPLY_MAX), .cap = REPLY_MAX };
    c->extra = (Out){ .buf = NEW(mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    Out key = { .buf = NEW(mem, char, 40), .cap = 40 };
    out_str(&key, S("officer-"));
    out_int(&key, o->number);
    c->key = out_view(&key);
    ctx_begin(c, &o->home->house);
}

static void *ask(void *arg)
{
    Officer *o = arg;
    Block block = block_open(SCRATCH);
    Db *db = db_open(o->home->store);
    Arena mem;
    Ctx c;
    while (!atomic_load(o->go)) { }
    begin(&c, &mem, &block, o, db);
    web_handle(&c);
    o->status = c.status;
    db_close(db);
    block_close(&block);
    return NULL;
}

/* All at once; returns how many were answered so. */
static int all_ask(const Officer *like, int first, int status)
{
    Officer o[OFFICERS];
    atomic_int go = 0;
    int n = 0;
    for (int i = 0; i < OFFICERS; i++) {
        o[i] = *like;
        o[i].go = &go;
        o[i].number = first + i;
        o[i].who.id.n = 5000 + first + i;
        BUG_IF(pthread_create(&o[i].thread, NULL, ask, &o[i]) != 0);
    }
    atomic_store(&go, 1);
    for (int i = 0; i < OFFICERS; i++) {
        BUG_IF(pthread_join(o[i].thread, NULL) != 0);
        n += o[i].status == status;
    }
    return n;
}

/* ---- what stands in the database ----------------------------------------------------------- */

static Sum look(Home *h, const Query *q)
{
    Officer nobody = { .home = h };
    Block block = block_open(SCRATCH);
    Arena mem;
    Ctx c;
    Sum sum = { 0 };
    begin(&c, &mem, &block, &nobody, h->db);
    BUG_IF(!db_get(&c, q, NULL, &sum));
    sum.org_path = (Str){ 0 };
    block_close(&block);
    return sum;
}

static void set_up(Home *h, const char *scenario)
{
    char path[HOME_ROOM + 16], *text = calloc(1, MOST);
    FILE *from = fopen(scenario, "rb");
    BUG_IF(!text || !from || fread(text, 1, MOST - 1, from) == 0);
    (void)fclose(from);
    char *cut = strstr(text, cut_at);
    BUG_IF(!cut);
    (void)snprintf(path, sizeof path, "%s/begin.scn", h->folder);
    FILE *to = fopen(path, "wb");
    BUG_IF(!to || fwrite(text, 1, (size_t)(cut - text), to) == 0 || fclose(to) != 0);
    free(text);
    static const char *const before[] = {
        "0-1-organisations", "0-2-mediators", "0-3-employers", "0-4-mediation-county",
    };
    Player *p = player_open(&h->house, h->db);
    for (size_t i = 0; i < COUNT(before); i++) {
        char file[512];
        const char *slash = strrchr(scenario, '/');
        (void)snprintf(file, sizeof file, "%.*s/%s.scn", (int)(slash - scenario), scenario, before[i]);
        check(player_run(p, file).failed == 0, before[i]);
    }
    check(player_run(p, path).failed == 0, "the funds up to the pay list");
    player_close(p);
}

static void test(Home *h)
{
    char draw[120], move[120];
    char path[64];
    Sum budget = look(h, &q_budget), sum;
    Officer o = { .home = h, .path = "/api/v1/pay-lists", .body = draw };
    o.now_ms = time_at(date_of(2026, 5, 20), 10, 0).s * 1000;
    o.who = (Actor){ .roles = FINANCE, .org = budget.org, .org_path = S("0002") };
    (void)snprintf(draw, sizeof draw, "{\"budget_id\":\"%lld\",\"month\":202605}", (long long)budget.id.n);
    int made = all_ask(&o, 0, 201);
    sum = look(h, &q_lines);
    budget = look(h, &q_budget);
    check(made == 1 && sum.lists == 1, "of many who draw up the list at once one does");
    check(sum.lines == 2 && sum.shares == 2, "each share stands on it once");
    check(budget.used == sum.amount && sum.amount == 33333, "the budget is used for it once");
    (void)snprintf(path, sizeof path, "/api/v1/pay-lists/%lld/moves", (long long)sum.id.n);
    o.path = path;
    o.body = "{\"event\":\"approve\"}";
    o.who.roles = HR;
    check(all_ask(&o, 100, 200) == 1, "of many who approve at once one does");
    o.who.roles = FINANCE;
    o.body = move;
    (void)snprintf(move, sizeof move, "{\"event\":\"pay\",\"voucher\":\"V1\"}");
    check(all_ask(&o, 200, 200) == 1, "of many who pay at once one does");
    budget = look(h, &q_budget);
    check(budget.paid == 33333 && budget.used == 33333, "and the money goes out once");
}

int main(int argc, char **argv)
{
    Home home = { 0 };
    if (argc < 3) bug("funds_test", 0, "funds_test ADDRESS SCENARIO");
    home_open(&home, argv[1]);
    db_check(home.db, queries);
    set_up(&home, argv[2]);
    test(&home);
    home_close(&home);
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
