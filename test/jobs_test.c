/*
** jobs_test ADDRESS: several workers, as of several processes, look for jobs in
** one database.  Whatever fails on the way, each job is done once or not at all.
*/
#include "core/audit.h"
#include "core/crypto.h"
#include "core/engine.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "core/tx.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 8, JOBS = 240, FAULTY = 3, SCRATCH = ARENA_MAX + REPLY_MAX + EXTRA_MAX };

/* ---- a slice whose jobs leave a mark each time they run ------------------------------- */

typedef struct Mark { Id id, job; int64_t n, most; } Mark;
static const Field fields[] = {
    FIELD(Mark, id, .label = "编号"), FIELD(Mark, job, .label = "任务"),
    FIELD(Mark, n, .label = "数"), FIELD(Mark, most, .label = "最多"),
};
static const Form mark_form = FORM(Mark, fields);
static const Migration migrations[] = {
    { 1, "CREATE TABLE mark(id INTEGER PRIMARY KEY, job INTEGER NOT NULL) STRICT;"
         "CREATE INDEX mark_by_job ON mark(job);" },
};
static const Query q_mark = {
    .name = "test.mark", .in = &mark_form, .sql = "INSERT INTO mark(id, job) VALUES(:id, :job)",
};
static const Query q_count = {
    .name = "test.count", .out = &mark_form,
    .sql = "SELECT count(*) AS n, CAST(coalesce((SELECT max(times) FROM (SELECT count(*) AS times FROM mark" /*scan*/
           " GROUP BY job) AS each_job), 0) AS BIGINT) AS most FROM mark /*scan*/",
};
/* As a process that was killed leaves it: held until `n`, by the holder `job`. */
static const Query q_hold = {
    .name = "test.hold", .in = &mark_form,
    .sql = "UPDATE job SET lease = :n, holder = :job, attempts = :most WHERE key = 'held'",
};
static const Query *const queries[] = { &q_mark, &q_count, &q_hold, NULL };

static void leave_mark(Ctx *c, Id arg)
{
    db_insert(c, &q_mark, &(Mark){ .id = id_next(c), .job = arg });
}

/* Marks, and then fails, always: none of its marks may be kept. */
static void fail_after(Ctx *c, Id arg)
{
    leave_mark(c, arg);
    fail(c, ERR_INTERNAL, S("meant"));
}

static const JobKind kinds[] = {
    { .word = "mark", .run = leave_mark }, { .word = "fail", .run = fail_after },
};
static const Slice mark_slice = {
    .name = "mark", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .job = kinds, .jobs = COUNT(kinds),
};
static const Slice *const test_slices[] = { &tx_slice, &audit_slice, &jobs_slice, &mark_slice, NULL };

/* ---- workers ----------------------------------------------------------------------------- */

typedef struct Crew {
    House     house;
    int64_t   now_ms;
    atomic_int number, done;
} Crew;

static void begin(Ctx *c, Arena *mem, const Block *block, const Crew *crew, Db *db)
{
    *mem = block_arena(block);
    *c = (Ctx){ .mem = mem, .db = db, .who = { .roles = SYSTEM }, .method = S("test"),
                .now_ms = crew->now_ms };
    c->today = time_date(now(c));
    c->out = (Out){ .buf = NEW(mem, char, REPLY_MAX), .cap = REPLY_MAX };
    c->extra = (Out){ .buf = NEW(mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(c, &crew->house);
}

/* Looks for jobs until there are none; now and then a statement of it fails. */
static void *work(void *arg)
{
    Crew *crew = arg;
    Block block = block_open(SCRATCH);
    Db *db = db_open(crew->house.store);
    int number = atomic_fetch_add(&crew->number, 1), idle = 0;
    Arena mem;
    Ctx c;
    for (int i = 0; idle < 20; i++) {
        begin(&c, &mem, &block, crew, db);
        (void)db_fail_at(db, (i + number) % 7 == 0 ? 1 + i % 6 : 0);
        bool more = jobs_step(&c);
        (void)db_fail_at(db, 0);
        idle = more ? 0 : idle + 1;
        if (more) (void)atomic_fetch_add(&crew->done, 1);
    }
    db_close(db);
    block_close(&block);
    return NULL;
}

static void ask_for_jobs(Crew *crew, Db *db, const Block *block)
{
    Arena mem;
    Ctx c;
    begin(&c, &mem, block, crew, db);
    tx_begin(&c);
    for (int i = 1; i <= JOBS; i++) {
        char key[32];
        int n = snprintf(key, sizeof key, "job-%d", i % (JOBS - 40)); /* forty names are given twice */
        job_add(&c, S("mark"), (Id){ i }, now(&c), (Str){ key, (size_t)n });
    }
    for (int i = 1; i <= FAULTY; i++) job_add(&c, S("fail"), (Id){ JOBS + i }, now(&c), (Str){ 0 });
    c.status = 204;
    tx_end(&c);
    BUG_IF(!ok(&c));
}

static void run_crew(Crew *crew)
{
    pthread_t threads[WORKERS];
    for (int i = 0; i < WORKERS; i++) BUG_IF(pthread_create(&threads[i], NULL, work, crew) != 0);
    for (int i = 0; i < WORKERS; i++) BUG_IF(pthread_join(threads[i], NULL) != 0);
}

static Mark count(Crew *crew, Db *db, const Block *block)
{
    Arena mem;
    Ctx c;
    Mark m = { 0 };
    begin(&c, &mem, block, crew, db);
    BUG_IF(!db_get(&c, &q_count, NULL, &m));
    return m;
}

static int passed, failed;

static void expect(bool good, const char *what, const Mark *m)
{
    if (good) passed++;
    else failed++;
    if (good) return;
    (void)printf("FAILED %s: %lld marks, one job %lld times\n", what, (long long)m->n, (long long)m->most);
}

/* ---- what a dead process held -------------------------------------------------------------- */

/* In a transaction of process `crew`: the job "held" is another's (of node 1), tried so often. */
static void hold(Crew *crew, Db *db, const Block *block, int64_t attempts)
{
    Arena mem;
    Ctx c;
    begin(&c, &mem, block, crew, db);
    const Mark m = { .n = now(&c).s + 300, .job = { ((int64_t)77 << 22) | 1 }, .most = attempts };
    tx_begin(&c);
    job_add(&c, S("mark"), (Id){ JOBS + 100 }, now(&c), S("held"));
    db_change(&c, &q_hold, &m);
    c.status = 204;
    tx_end(&c);
    BUG_IF(!ok(&c));
}

/* The process begins: has it then a job to do? */
static bool takes_back(Crew *crew, Db *db, const Block *block)
{
    Arena mem;
    Ctx c;
    begin(&c, &mem, block, crew, db);
    jobs_take_back(&c);
    BUG_IF(!ok(&c));
    begin(&c, &mem, block, crew, db);
    return jobs_step(&c);
}

static void take_back(Crew *crew, Db *db, const Block *block, const char *address)
{
    Mark m = { 0 };
    Crew other = { .house = crew->house, .now_ms = crew->now_ms };
    Store *store = store_open(address, 2);
    store_keys(store, crew->house.keys);
    other.house.store = store;
    Db *second = db_open(store);
    BUG_IF(!web_prepare(second, test_slices));
    hold(crew, db, block, 1);
    expect(!takes_back(&other, second, block), "what another process holds is not taken from it", &m);
    hold(crew, db, block, 3);
    expect(!takes_back(crew, db, block), "a job that was held at three deaths waits", &m);
    hold(crew, db, block, 1);
    expect(takes_back(crew, db, block), "a process that begins again has its jobs at once", &m);
    expect(!takes_back(crew, db, block), "and does each once", &m);
    db_close(second);
    store_close(store);
}

int main(int argc, char **argv)
{
    char folder[] = P_tmpdir "/tiaojie-jobs-XXXXXX", path[100];
    BUG_IF(argc != 2 || !mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/keys", folder);
    Keys *keys = keys_open(path);
    Store *store = store_open(argv[1], 1);
    store_keys(store, keys);
    Db *db = db_open(store);
    BUG_IF(!web_prepare(db, test_slices));
    Crew crew = { .house = { .slices = test_slices, .store = store, .keys = keys, .folder = folder,
                             .origin = "" },
                  .now_ms = (int64_t)1790000000 * 1000 };
    Block block = block_open(SCRATCH);
    ask_for_jobs(&crew, db, &block);
    run_crew(&crew);
    /* A job that failed waits for its next try, one whose worker vanished for the end of its lease. */
    for (int i = 0; i < 12; i++) {
        crew.now_ms += (int64_t)600 * 1000;
        atomic_store(&crew.number, 0);
        run_crew(&crew);
    }
    Mark m = count(&crew, db, &block);
    expect(m.n == JOBS - 40, "every job is done, a name given twice once", &m);
    expect(m.most == 1, "and none twice", &m);
    expect(atomic_load(&crew.done) >= JOBS - 40 + FAULTY, "failures were tried again", &m);
    run_crew(&crew);
    m = count(&crew, db, &block);
    expect(m.n == JOBS - 40, "what is done stays done", &m);
    take_back(&crew, db, &block, argv[1]);
    block_close(&block);
    db_close(db);
    store_close(store);
    keys_close(keys);
    (void)remove(path);
    (void)remove(folder);
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
