/*
** house load …: threads that register cases as fast as they can, each an answered
** request, until SIGTERM; house check …: what must be true of a house at any instant,
** a restored one above all; house seal …: a seal of the audit record now.  The
** rest are options of a command: --folder, --database.
** check ends with "N passed, N failed".
*/
#include "case/1-intake/intake.h"
#include "case/case.h"
#include "case/case_list.h"
#include "case/total.h"
#include "command/open.h"
#include "core/audit.h"
#include "core/limits.h"
#include "core/tx.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 4 };

typedef struct Count { int64_t n; } Count;
static const Field fields[] = { FIELD(Count, n) };
static const Form form = FORM(Count, fields);

typedef struct Truth {
    const char *what;
    Query       q; /* how many rows contradict it */
} Truth;

#define HOW_MANY(text) \
    { .name = "house.check", .out = &form, .sql = "SELECT count(*) AS n FROM " text " /*scan*/" }
static const Truth truths[] = {
    { "every case has its first entry", HOW_MANY("cases k WHERE NOT EXISTS("
        "SELECT 1 FROM case_entry e WHERE e.case_id = k.id AND e.event = 'start')") },
    { "every case was submitted in the same transaction", HOW_MANY("cases k WHERE NOT EXISTS("
        "SELECT 1 FROM case_entry e WHERE e.case_id = k.id AND e.event = 'submit')") },
    { "every entry has its case", HOW_MANY("case_entry e WHERE NOT EXISTS(SELECT 1 FROM cases k WHERE k.id = e.case_id)") },
    { "every case has its answer", HOW_MANY("cases k WHERE NOT EXISTS("
        "SELECT 1 FROM answer a WHERE a.key = 'load-' || k.workers)") },
    { "there are as many answers as cases", { .name = "house.answers", .out = &form,
        .sql = "SELECT abs((SELECT count(*) FROM answer WHERE key LIKE 'load-%')"
               " - (SELECT count(*) FROM cases)) AS n /*scan*/" } },
    { "every case is in the list of its organisation and of those above", HOW_MANY("cases k WHERE 3 <> ("
        "SELECT count(*) FROM case_scope s WHERE s.id = k.id AND s.state = 'S02'"
        " AND s.scope IN (k.org_path, substr(k.org_path, 1, 4), substr(k.org_path, 1, 8)))") },
    { "the lists have no other cases", HOW_MANY("case_scope s WHERE NOT EXISTS("
        "SELECT 1 FROM cases k WHERE k.id = s.id)") },
    { "each case runs its periods", HOW_MANY("cases k WHERE NOT EXISTS(SELECT 1 FROM clock t WHERE t.case_id = k.id)") },
    { "each case has its entry in the audit record", HOW_MANY("cases k WHERE NOT EXISTS("
        "SELECT 1 FROM audit a WHERE a.subject = k.id)") },
    { "totals = recount: submitted", { .name = "house.submitted", .out = &form,
        .sql = "SELECT abs(coalesce((SELECT CAST(sum(n) AS BIGINT) FROM total WHERE path = '0001' AND measure = 'submitted'), 0)"
               " + coalesce((SELECT CAST(sum(n) AS BIGINT) FROM total_fresh WHERE measure = 'submitted'), 0)"
               " - (SELECT count(*) FROM case_entry WHERE event = 'submit')) AS n /*scan*/" } },
    { "totals = recount: claimed", { .name = "house.claimed", .out = &form,
        .sql = "SELECT abs(coalesce((SELECT CAST(sum(n) AS BIGINT) FROM total WHERE path = '0001' AND measure = 'claimed'), 0)"
               " + coalesce((SELECT CAST(sum(n) AS BIGINT) FROM total_fresh WHERE measure = 'claimed'), 0)"
               " - coalesce((SELECT CAST(sum(amount) AS BIGINT) FROM cases), 0)) AS n /*scan*/" } },
    { "totals of the level above = those of the offices", { .name = "house.levels", .out = &form,
        .sql = "SELECT abs(coalesce((SELECT CAST(sum(n) AS BIGINT) FROM total WHERE length(path) = 12), 0)"
               " - coalesce((SELECT CAST(sum(n) AS BIGINT) FROM total WHERE length(path) = 4), 0)) AS n /*scan*/" } },
};

typedef struct Load {
    Open     *o;
    int       number;
    int64_t   done;
    atomic_bool *over;
    pthread_t thread;
} Load;

static int64_t now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void begin(Ctx *c, Arena *mem, const Block *block, const Load *l, Db *db)
{
    static const Route route = { .method = "POST", .pattern = "/load" };
    *mem = block_arena(block);
    *c = (Ctx){ .mem = mem, .db = db, .now_ms = now_ms(), .method = S("POST"), .path = S("/load"),
                .route = &route };
    c->today = time_date(now(c));
    c->who = (Actor){ .id = { 7 }, .roles = CLERK, .org_path = S("0001") };
    c->out = (Out){ .buf = NEW(mem, char, REPLY_MAX), .cap = REPLY_MAX };
    c->extra = (Out){ .buf = NEW(mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(c, &l->o->house);
}

/* One case: its start, its submission, its answer, in one transaction. */
static bool register_case(Ctx *c, const Load *l, int64_t n)
{
    static const char *const paths[] = { "000100010001", "000100010002", "000100020001" };
    int64_t number = n * THREADS + l->number;
    Out key = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_str(&key, S("load-"));
    out_int(&key, number);
    c->key = out_view(&key);
    tx_begin(c);
    Case k = { .org = { 3 }, .org_path = str_of(paths[number % 3]), .owner = { 3 }, .applicant = S("张三"),
               .respondent = S("某厂"), .cause = S("A01"), .causes = S("A01"), .region = S("450206"),
               .workers = number, .amount = { 100 * number }, .filed_at = now(c), .filed = c->today,
               .profile = S("A") };
    k.owner_path = k.org_path;
    case_new(c, &k);
    case_fire(c, &k, EV_START, (Str){ 0 });
    db_insert(c, &intake_add, &(Intake){ .case_id = k.id, .channel = S("VISIT"), .region = k.region });
    case_fire(c, &k, EV_SUBMIT, (Str){ 0 });
    reply_row(c, 201, &case_form, &k);
    tx_end(c);
    return ok(c);
}

static void *work(void *arg)
{
    Load *l = arg;
    Block block = block_open(ARENA_MAX + REPLY_MAX + EXTRA_MAX);
    Db *db = db_open(l->o->store);
    Arena mem;
    Ctx c;
    while (!atomic_load(l->over)) {
        begin(&c, &mem, &block, l, db);
        if (register_case(&c, l, l->done)) l->done++;
        else if (c.err != ERR_AGAIN) bug("load", (int)c.err, str_c(&mem, c.why));
    }
    db_close(db);
    block_close(&block);
    return NULL;
}

static int run_jobs(Open *o, const Slice *s, int days_later)
{
    house_begin(o, "test");
    o->c.today = date_plus(o->c.today, days_later);
    for (size_t i = 0; i < s->jobs; i++) {
        if (!s->job[i].begins) tx_begin(&o->c);
        s->job[i].run(&o->c, (Id){ 0 });
        tx_end(&o->c);
    }
    return ok(&o->c) ? 0 : house_refused(o, "job");
}

/* Until somebody says it is enough: whoever looks at the load is then sure that it was there. */
static int load(Open *o)
{
    Load l[THREADS];
    atomic_bool over = false;
    sigset_t term;
    int64_t sum = 0;
    int signal = 0;
    BUG_IF(sigemptyset(&term) != 0 || sigaddset(&term, SIGTERM) != 0);
    BUG_IF(pthread_sigmask(SIG_BLOCK, &term, NULL) != 0);
    for (int i = 0; i < THREADS; i++) {
        l[i] = (Load){ .o = o, .number = i, .over = &over };
        BUG_IF(pthread_create(&l[i].thread, NULL, work, &l[i]) != 0);
    }
    BUG_IF(sigwait(&term, &signal) != 0);
    atomic_store(&over, true);
    for (int i = 0; i < THREADS; i++) {
        BUG_IF(pthread_join(l[i].thread, NULL) != 0);
        sum += l[i].done;
    }
    (void)printf("%lld cases\n", (long long)sum);
    return run_jobs(o, &total_slice, 0); /* some of the totals folded in, the others not yet */
}

static int check(Open *o)
{
    const Query *list[COUNT(truths) + 1] = { NULL };
    Count cases = { 0 };
    int failed = 0;
    static const Query q_cases = { .name = "house.cases", .out = &form,
        .sql = "SELECT count(*) AS n FROM cases /*scan*/" };
    const Query *one[] = { &q_cases, NULL };
    for (size_t i = 0; i < COUNT(truths); i++) list[i] = &truths[i].q;
    db_check(o->db, list);
    db_check(o->db, one);
    for (size_t i = 0; i < COUNT(truths); i++) {
        Count against = { 0 };
        house_begin(o, "check");
        (void)db_get(&o->c, &truths[i].q, NULL, &against);
        if (ok(&o->c) && against.n == 0) continue;
        failed++;
        (void)printf("FAILED %s: %lld against it\n", truths[i].what, (long long)against.n);
    }
    house_begin(o, "check");
    (void)db_get(&o->c, &q_cases, NULL, &cases);
    if (cases.n == 0) failed++;
    int passed = (int)COUNT(truths) + 1 - failed;
    (void)printf("# %lld cases\n%d passed, %d failed\n", (long long)cases.n, passed, failed);
    return failed != 0;
}

int main(int argc, char **argv)
{
    Open o;
    bool seals = argc > 1 && strcmp(argv[1], "seal") == 0;
    bool forgets = argc > 1 && strcmp(argv[1], "forget") == 0;
    bool loads = argc > 1 && strcmp(argv[1], "load") == 0;
    if (!loads && !seals && !forgets && (argc < 2 || strcmp(argv[1], "check") != 0)) return 2;
    int rc = house_open(&o, argc - 1, argv + 1, loads ? 2 : 3);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0 && forgets) rc = run_jobs(&o, &tx_slice, 30);
    else if (rc == 0) rc = loads ? load(&o) : seals ? run_jobs(&o, &audit_slice, 0) : check(&o);
    house_close(&o);
    return rc;
}
