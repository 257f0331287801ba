/*
** clocks ADDRESS FOLDER: every case of a database of bench-generate gets a period
** of mediation that runs, begun on one of the last sixty days, each fifth one more;
** one in twenty ends a day earlier than the calendar says, as under the calendar
** before.  How long until the job that follows a new calendar has computed them all?
*/
#include "bench.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/law.h"

#include <stdio.h>
#include <time.h>

enum { STARTS = 60 };

typedef struct Seed {
    Str     code, on_expiry;
    Date    start, natural_end, due;
    int64_t n, low, high, every, second;
} Seed;
static const Field seed_fields[] = {
    FIELD(Seed, code), FIELD(Seed, on_expiry), FIELD(Seed, start), FIELD(Seed, natural_end), FIELD(Seed, due),
    FIELD(Seed, n), FIELD(Seed, low), FIELD(Seed, high), FIELD(Seed, every), FIELD(Seed, second),
};
static const Form seed_form = FORM(Seed, seed_fields);

typedef struct Counted { int64_t clocks, before, moved; } Counted;
static const Field counted_fields[] = {
    FIELD(Counted, clocks), FIELD(Counted, before), FIELD(Counted, moved),
};
static const Form counted_form = FORM(Counted, counted_fields);

static const Query q_seed = {
    .name = "bench.clocks", .in = &seed_form, .quiet = true,
    .sql = "INSERT INTO clock(id, case_id, org_path, code, start, start_at, length, pauses, extensions,"
           " natural_end, due, due_at, status, provisional, calendar, on_expiry, ended)"
           " SELECT id * 2 + :second, id, org_path, :code, :start, 0, 0, '', '', :natural_end, :due, 0,"
           " 'running', 0, 'before', :on_expiry, NULL FROM cases WHERE id / 1024 % 104729 % 60 = :n"
           " AND id / 1024 % 104729 / 60 % 20 >= :low AND id / 1024 % 104729 / 60 % 20 < :high"
           " AND id / 1024 % 104729 / 1200 % :every = 0 /*scan*/",
};
static const Query q_count = {
    .name = "bench.counted", .out = &counted_form,
    .sql = "SELECT count(*) AS clocks,"
           " CAST(coalesce(sum(CASE WHEN calendar = 'before' THEN 1 ELSE 0 END), 0) AS BIGINT) AS before,"
           " (SELECT count(*) FROM task WHERE kind = 'clock_moved') AS moved FROM clock /*scan*/ /*scan*/",
};
static const Query *const own[] = { &q_seed, &q_count, NULL };

/* Of one starting day: 19 of 20 with the last day they have, one with the day before it. */
static void seed_day(Bench *b, Seed s, int day)
{
    Ctx *c = bench_begin(b, bench_now_ms());
    ClockDue due;
    s.start = date_plus(c->today, -day);
    ClockAsk ask = { .code = s.code, .region = S("450206"), .start = s.start, .quiet = true };
    if (!clock_due(&c->law->clocks, &c->law->calendar, &ask, c->mem, &due)) bug("clock", day, due.error);
    s.n = day;
    s.on_expiry = due.rule->on_expiry;
    tx_begin(c);
    for (int moved = 0; moved < 2; moved++) {
        s.low = moved ? 0 : 1;
        s.high = moved ? 1 : 20;
        s.due = s.natural_end = date_plus(due.due, -moved);
        if (!moved) s.natural_end = due.natural_end;
        db_change_any(c, &q_seed, &s);
    }
    tx_end(c);
    if (!ok(c)) bug("bench.clocks", (int)c->err, "failed");
}

static Counted counted(Bench *b)
{
    Counted n = { 0 };
    Ctx *c = bench_begin(b, bench_now_ms());
    if (!db_find(c, &q_count, NULL, &n) || !ok(c)) bug("bench.counted", (int)c->err, "failed");
    return n;
}

static int64_t cpu_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void recompute(Bench *b)
{
    Ctx *c = bench_begin(b, bench_now_ms());
    tx_begin(c);
    job_add(c, S("clocks_recompute"), (Id){ 0 }, now(c), (Str){ 0 });
    tx_end(c);
    for (bool more = true; more;) {
        c = bench_begin(b, bench_now_ms());
        more = jobs_step(c);
        if (!ok(c)) bug("clocks_recompute", (int)c->err, "failed");
    }
}

int main(int argc, char **argv)
{
    static Bench b;
    if (argc != 3) return 2;
    bench_open(&b, argv[1], argv[2], own);
    for (int day = 0; day < STARTS; day++) {
        seed_day(&b, (Seed){ .code = S("C-MED.A"), .every = 1 }, day);
        seed_day(&b, (Seed){ .code = S("C-RIGHT15"), .every = 5, .second = 1 }, day);
    }
    int64_t start = bench_us(), cpu = cpu_ms();
    recompute(&b);
    Counted n = counted(&b);
    (void)printf("%lld periods computed again in %lld ms, %lld ms of the processor; %lld moved, %lld left\n",
                 (long long)n.clocks, (long long)((bench_us() - start) / 1000), (long long)(cpu_ms() - cpu),
                 (long long)n.moved, (long long)n.before);
    bench_close(&b);
    return n.before != 0;
}
