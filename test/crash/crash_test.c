/*
** crash_test NAME PROGRAM ADDRESS FOLDER: the installed program under load,
** and what can happen to it.
**   kill      killed (SIGKILL) again and again, and started again
**   power     the power is cut again and again: what was not safe on the disk is gone
**   refused   the disk refuses to make something safe, once, and does not tell again
**   full      its data folder, a small file system, fills up and is freed
**   database  PostgreSQL is killed and started again ($POSTGRES_RESTART)
**   failover  its primary dies and the standby takes over, and back ($POSTGRES_DO)
**   slow      a thousand slow clients beside sixteen that are not
**   files     more connections than it may open files
**   standby   the standby falls silent, who waits for it is told not to, the primary dies
** Each time: what was acknowledged is there, whole and once; a repeated request
** gets its first answer; nobody is told anything but "done" or "try again".  What
** is waited for is waited for; how long that took is told, and is held against the
** plan's limits where QUIET=1 says that the machine is ours alone.
** Ends with "N passed, N failed".
*/
#include "crash/load.h"
#include "crash/power.h"
#include "crash/slow.h"

#include "dump.h"
#include "home.h"
#include "player.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROUNDS = 3, ROUND_MS = 1500, ASK_AGAIN = 7, FILLER = 64 * 1024, FULL_ENOUGH = 200, MEMORY = 1 << 20,
       PROCESS_CLIENTS = 6, RESUME_MS = 10000, READ_MS = 5000 };

static int passed, failed;

static void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

static void check_none(int64_t n, const char *what)
{
    check(n == 0, what);
    if (n) (void)printf("  %lld of them\n", (long long)n);
}

/* ---- the database -------------------------------------------------------------------- */

/* An organisation that takes cases, as the scenarios set it up. */
static void stage(Load *l)
{
    static const char file[] = "test/scenario/0-1-organisations.scn";
    Home home = { 0 };
    (void)snprintf(home.folder, sizeof home.folder, "%s", l->folder);
    home_open(&home, l->address);
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block);
    Player *p = player_open(&home.house, home.db);
    Result r = player_run(p, file);
    Str org = player_fill(p, &mem, S("$centre"));
    check(r.failed == 0 && r.passed > 0, "the organisations are set up");
    (void)snprintf(l->org, sizeof l->org, "%.*s", (int)org.n, org.s);
    player_close(p);
    block_close(&block);
    home_close(&home);
}

static int64_t number_of(Dump *d, const char *sql)
{
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block);
    int64_t n = -1;
    (void)str_int(str_trim(dump_ask(d, &mem, sql)), &n);
    block_close(&block);
    return n;
}

/* Each case in the database is whole: its parts were stored with it or not at all. */
static void check_whole(Dump *d)
{
    static const struct Part { const char *what, *sql; } parts[] = {
        { "every case has its parties",
          "SELECT count(*) FROM cases k WHERE 2 <> (SELECT count(*) FROM case_party p WHERE p.case_id = k.id)" },
        { "every case has its claims",
          "SELECT count(*) FROM cases k WHERE 2 <> (SELECT count(*) FROM claim c WHERE c.case_id = k.id)" },
        { "every case has its application",
          "SELECT count(*) FROM cases k WHERE 1 <> (SELECT count(*) FROM intake i WHERE i.case_id = k.id)" },
        { "every case has its record",
          "SELECT count(*) FROM cases k WHERE 0 = (SELECT count(*) FROM case_entry e WHERE e.case_id = k.id)" },
        { "every case has its clocks",
          "SELECT count(*) FROM cases k WHERE 2 <> (SELECT count(*) FROM clock c WHERE c.case_id = k.id)" },
        { "every case has its remembered answer",
          "SELECT (SELECT count(*) FROM cases) - (SELECT count(*) FROM answer WHERE key LIKE 'case-%')" },
        { "no part is without its case",
          "SELECT count(*) FROM intake i WHERE NOT EXISTS (SELECT 1 FROM cases k WHERE k.id = i.case_id)" },
    };
    for (size_t i = 0; i < COUNT(parts); i++) check_none(number_of(d, parts[i].sql), parts[i].what);
}

static int by_id(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Every acknowledged case is there, and no other. */
static void check_kept(const Load *l, Dump *d)
{
    size_t n = 0, all = load_kept(l), twice = 0;
    int64_t *id = calloc(all + 1, sizeof *id), sum = 0;
    BUG_IF(!id);
    for (int i = 0; i < l->clients; i++) {
        for (size_t k = 0; k < l->client[i].n; k++) id[n++] = l->client[i].kept[k].id;
    }
    qsort(id, n, sizeof *id, by_id);
    for (size_t i = 0; i < n; i++) {
        sum += id[i] % 1000003;
        twice += i > 0 && id[i] == id[i - 1];
    }
    check(n > (size_t)l->clients, "some cases were registered at all");
    check_none((int64_t)twice, "no two acknowledged cases are one");
    check(number_of(d, "SELECT count(*) FROM cases") == (int64_t)n, "as many are there as were acknowledged");
    check(number_of(d, "SELECT sum(id % 1000003) FROM cases") == sum, "and they are the same");
    free(id);
}

static void check_all(Load *l, const char *title)
{
    Home home = { 0 };
    int64_t entries = 0;
    int before = failed;
    load_end_server(l, SIGTERM);
    Dump *d = dump_open(l->address);
    check_kept(l, d);
    check_whole(d);
    dump_close(d);
    (void)snprintf(home.folder, sizeof home.folder, "%s", l->folder);
    home_open(&home, l->address);
    check_none(home_verify(&home, &entries), "the audit record holds");
    home_close(&home);
    (void)printf("  %s: %zu cases acknowledged, %s; told to wait: %d by 503, %d by 507,"
                 " %d connections broke\n",
                 title, load_kept(l), failed == before ? "none lost" : "NOT AS THEY SHOULD BE",
                 l->refused[503], l->refused[507], l->refused[0]);
}

static void check_refusals(const Load *l)
{
    int other = 0;
    for (int i = 1; i < 600; i++) other += i == 503 || i == 507 ? 0 : l->refused[i];
    check_none(other, "nobody is told anything but to try again");
    check_none(l->given_up, "nobody waits for good");
}

/* ---- what happens --------------------------------------------------------------------- */

static void test_kill(Load *l)
{
    int64_t slowest = 0;
    load_start_server(l);
    load_begin(l);
    for (int i = 0; i < ROUNDS; i++) {
        load_nap(ROUND_MS);
        load_end_server(l, SIGKILL);
        load_start_server(l);
        if (l->start_ms > slowest) slowest = l->start_ms;
    }
    load_nap(ROUND_MS);
    load_end(l);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check(l->refused[0] > 0, "connections broke");
    (void)printf("  the slowest start took %lld ms\n", (long long)slowest);
    check_all(l, "killed under load");
}

static void test_power(Load *l)
{
    power_cuts(l, check);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check_all(l, "the power cut under load");
}

static void test_refused(Load *l)
{
    power_refused(l, check);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check_all(l, "a disk that refuses");
}

/* Fills what is left of the file system; the file's name. */
static void fill_disk(const Load *l, char path[static HOME_ROOM + 16])
{
    char block[FILLER] = "";
    (void)snprintf(path, HOME_ROOM + 16, "%s/filler", l->folder);
    FILE *f = fopen(path, "w");
    BUG_IF(!f);
    while (fwrite(block, sizeof block, 1, f) == 1) { /* until it is full */ }
    (void)fclose(f);
}

static bool told_often(Load *l, int64_t status)
{
    return atomic_load(&l->refused[status]) >= (status == 507 ? FULL_ENOUGH : 1);
}

static void test_full(Load *l)
{
    char filler[HOME_ROOM + 16];
    load_start_server(l);
    load_begin(l);
    load_nap(ROUND_MS / 2);
    fill_disk(l, filler);
    check(load_until(told_often, l, 507), "who cannot be served is told that the disk is full");
    check(load_get(l, "/healthz") == 200, "it still answers");
    BUG_IF(remove(filler) != 0);
    load_nap(ROUND_MS);
    load_end(l);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check_all(l, "a full disk");
}

static void test_database(Load *l)
{
    const char *restart = getenv("POSTGRES_RESTART");
    BUG_IF(!restart);
    load_start_server(l);
    load_begin(l);
    for (int i = 0; i < ROUNDS; i++) {
        load_nap(ROUND_MS);
        check(system(restart) == 0, "the database starts again");
    }
    load_nap(ROUND_MS);
    load_end(l);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check_all(l, "the database killed under load");
}

/* What jobs leave when all is quiet: nothing to do, and each thing done once. */
static void check_jobs(Dump *d)
{
    static const struct Rest { const char *what, *sql; } rest[] = {
        { "no job was given up", "SELECT count(*) FROM job WHERE state = 'given_up'" },
        { "everything is counted", "SELECT count(*) FROM total_fresh" },
        { "each case is counted once",
          "SELECT (SELECT count(*) FROM cases) - (SELECT sum(n) FROM total"
          " WHERE measure = 'submitted' AND path = (SELECT min(path) FROM total))" },
        { "everything is in the text index", "SELECT count(*) FROM search_queue" },
        { "each case is in the text index",
          "SELECT count(*) FROM cases k WHERE NOT EXISTS (SELECT 1 FROM search_doc t WHERE t.id = k.id)" },
    };
    for (size_t i = 0; i < COUNT(rest); i++) check_none(number_of(d, rest[i].sql), rest[i].what);
}

static bool idle(Load *l, int64_t than)
{
    Dump *d = dump_open(l->address);
    int64_t left = number_of(d, "SELECT (SELECT count(*) FROM total_fresh)"
                                " + (SELECT count(*) FROM search_queue)");
    dump_close(d);
    return left <= than;
}

/* Several processes serve one database; each dies in its turn, and who asked it asks
** another one the same again. */
static void test_processes(Load *l)
{
    l->clients = PROCESS_CLIENTS;
    for (int node = 0; node < SERVERS_MAX; node++) load_start_one(l, node);
    load_begin(l);
    for (int i = 0; i < ROUNDS; i++) {
        int node = i % SERVERS_MAX;
        load_nap(ROUND_MS / 2);
        load_end_one(l, node, SIGKILL);
        load_nap(ROUND_MS / 4);
        load_start_one(l, node);
    }
    load_nap(ROUND_MS / 2);
    load_end(l);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer, whoever is asked");
    check_refusals(l);
    check(l->refused[0] > 0, "connections broke");
    check(load_until(idle, l, 0), "the jobs come to their end");
    for (int node = 1; node < SERVERS_MAX; node++) load_end_one(l, node, SIGTERM);
    Dump *d = dump_open(l->address);
    check_jobs(d);
    dump_close(d);
    check_all(l, "three processes on one database, killed in turn");
}

static void do_to_postgres(const char *what)
{
    char command[HOME_ROOM * 2];
    const char *how = getenv("POSTGRES_DO");
    BUG_IF(!how);
    (void)snprintf(command, sizeof command, "%s %s >/dev/null", how, what);
    check(system(command) == 0, what); // NOLINT(cert-env33-c): a script of ours
}

/* What the plan promises: nothing lost, and writes within ten seconds. */
static void take_over(Load *l)
{
    do_to_postgres("promote");
    int64_t ms = load_next_ms(l);
    check(ms >= 0 && ms <= load_budget(RESUME_MS), "writes go on after the promotion, without a restart");
    (void)printf("  the first case %lld ms after the promotion (plan: %d)\n", (long long)ms, RESUME_MS);
}

static void test_failover(Load *l)
{
    load_start_server(l);
    load_begin(l);
    for (int i = 0; i < 2; i++) {
        load_nap(ROUND_MS);
        do_to_postgres("kill");
        load_nap(ROUND_MS);
        take_over(l);
        load_nap(ROUND_MS);
        do_to_postgres("rebuild");
    }
    load_nap(ROUND_MS);
    load_end(l);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check_all(l, "the primary killed under load, twice");
}

/* The worst case: the primary has commits that the standby has not, and
** whoever asks can read them; then it dies. */
static void test_standby(Load *l)
{
    load_start_server(l);
    load_begin(l);
    load_nap(ROUND_MS);
    do_to_postgres("pause");
    load_nap(ROUND_MS);
    int before = atomic_load(&l->acknowledged);
    for (int i = 0; i < 10; i++) {
        do_to_postgres("cancel");
        load_nap(200);
    }
    check_none(atomic_load(&l->acknowledged) - before, "nothing is acknowledged that the standby has not");
    check(load_until(told_often, l, 503), "who waits too long is told to try again");
    load_nap(ROUND_MS); /* then it is known, and nobody waits so long */
    int64_t begun = load_ms();
    int ready = load_get(l, "/readyz");
    int64_t took = load_ms() - begun;
    check(ready == 200 && took < load_budget(READ_MS), "who only reads is served");
    (void)printf("  the standby is silent: who only reads waits %lld ms\n", (long long)took);
    check_none(atomic_load(&l->acknowledged) - before, "still nothing is acknowledged");
    do_to_postgres("kill");
    do_to_postgres("drop");
    take_over(l);
    load_nap(ROUND_MS);
    load_end(l);
    check_none(load_again(l, ASK_AGAIN), "a repeated request gets its first answer");
    check_refusals(l);
    check_all(l, "a silent standby, then the primary dies");
}

static void test_slow(Load *l)
{
    slow_clients(l, check);
    check_refusals(l);
    check_none(l->refused[0] + l->refused[503], "nobody of the others is refused");
    check_all(l, "a thousand slow clients");
}

static void test_files(Load *l)
{
    slow_crowd(l, check);
    check_refusals(l);
    check_all(l, "more connections than files");
}

int main(int argc, char **argv)
{
    static Load load;
    static const struct Test { const char *name; void (*run)(Load *l); } tests[] = {
        { "kill", test_kill }, { "power", test_power }, { "refused", test_refused }, { "full", test_full },
        { "database", test_database }, { "processes", test_processes },
        { "failover", test_failover }, { "standby", test_standby }, { "slow", test_slow },
        { "files", test_files },
    };
    if (argc != 5) bug("crash_test", 0, "crash_test NAME PROGRAM ADDRESS FOLDER");
    (void)signal(SIGPIPE, SIG_IGN);
    load.program = argv[2];
    load.address = *argv[3] ? argv[3] : getenv("POSTGRES");
    BUG_IF(!load.address);
    load.folder = argv[4];
    load.clients = CLIENTS_MAX;
    stage(&load);
    for (size_t i = 0; i < COUNT(tests); i++) {
        if (strcmp(tests[i].name, argv[1]) == 0) tests[i].run(&load);
    }
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
