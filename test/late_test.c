/*
** late_test ADDRESS: transactions that are put down and done later, by whichever
** thread.  What one of them read and counted on is still so when it is done, or it is
** done again; it sees what it wrote itself; and what fails leaves nothing.
*/
#include "core/audit.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/tx.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 8, TIMES = 150, SCRATCH = ARENA_MAX + REPLY_MAX + EXTRA_MAX };

typedef struct Sum { Id id; int64_t n; } Sum;
static const Field fields[] = { FIELD(Sum, id, .label = "编号"), FIELD(Sum, n, .label = "数") };
static const Form sum_form = FORM(Sum, fields);
static const Migration migrations[] = {
    { 1, "CREATE TABLE sum_of(id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;" },
};
static const Query q_add = {
    .name = "test.add", .in = &sum_form, .clash = ERR_CLASH, .sql = "INSERT INTO sum_of(id, n) VALUES(:id, :n)",
};
static const Query q_set = {
    .name = "test.set", .in = &sum_form, .sql = "UPDATE sum_of SET n = :n WHERE id = :id",
};
static const Query q_get = {
    .name = "test.get", .in = &sum_form, .out = &sum_form, .sql = "SELECT id, n FROM sum_of WHERE id = :id",
};
static const Query *const queries[] = { &q_add, &q_set, &q_get, NULL };
static const Slice sum_slice = {
    .name = "sum", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
};
static const Slice *const test_slices[] = { &tx_slice, &audit_slice, &sum_slice, NULL };

/* ---- who works ----------------------------------------------------------------------- */

typedef struct Hand {
    const House *house;
    Db          *db;
    Block        block;
    Arena        mem;
    Ctx          c;
    int          number;
    int64_t      added; /* to the first sum, as it was told */
} Hand;

static Ctx *begin(Hand *h)
{
    h->mem = block_arena(&h->block);
    h->c = (Ctx){ .mem = &h->mem, .db = h->db, .who = { .roles = SYSTEM }, .method = S("test"), .status = 204,
                  .now_ms = (int64_t)1790000000 * 1000 };
    ctx_begin(&h->c, h->house);
    return &h->c;
}

static void hand_open(Hand *h, const House *house)
{
    *h = (Hand){ .house = house, .db = db_open(house->store), .block = block_open(SCRATCH) };
}

static void hand_close(Hand *h)
{
    db_close(h->db);
    block_close(&h->block);
}

static int64_t number_of(Hand *h, int64_t id)
{
    Sum s = { .id = { id } };
    Ctx *c = begin(h);
    return db_find(c, &q_get, &s, &s) ? s.n : -1;
}

static Err put(Hand *h, const Query *q, int64_t id, int64_t n)
{
    Ctx *c = begin(h);
    tx_begin(c);
    db_insert(c, q, &(Sum){ .id = { id }, .n = n });
    tx_end(c);
    return c->err;
}

/* Adds one to the first sum by what it read of it; now and then a statement of it fails. */
static void *add_up(void *arg)
{
    Hand *h = arg;
    for (int i = 0; i < TIMES; i++) {
        Sum s = { .id = { 1 } };
        Ctx *c = begin(h);
        (void)db_fail_at(h->db, (i + h->number) % 11 == 0 ? 1 + i % 5 : 0);
        tx_begin_late(c);
        db_get(c, &q_get, &s, &s);
        s.n++;
        db_change(c, &q_set, &s);
        db_insert(c, &q_add, &(Sum){ .id = id_next(c), .n = s.n });
        tx_end(c);
        (void)db_fail_at(h->db, 0);
        h->added += ok(c);
    }
    return NULL;
}

/* ---- what is expected ------------------------------------------------------------------ */

static int passed, failed;

static void expect(bool good, const char *what)
{
    passed += good;
    failed += !good;
    if (!good) (void)printf("FAILED %s\n", what);
}

/* Where writers take turns, another's may come between what is read and what is written. */
static void expect_looked_again(Hand *a, Hand *b)
{
    for (int again = 0; again < 2; again++) {
        Sum s = { .id = { 1 } };
        Ctx *c = begin(a);
        tx_begin_late(c);
        db_get(c, &q_get, &s, &s);
        if (!again) expect(put(b, &q_set, 1, s.n + 5) == ERR_OK, "another writes meanwhile");
        db_insert(c, &q_add, &(Sum){ .id = { 2 }, .n = s.n });
        tx_end(c);
        expect(c->err == (again ? ERR_OK : ERR_AGAIN), "what it read must be so still");
    }
    expect(number_of(a, 2) == 5, "and it wrote once, by what is so");
}

static void expect_own(Hand *h)
{
    Sum s = { .id = { 3 }, .n = 7 };
    Ctx *c = begin(h);
    tx_begin_late(c);
    db_insert(c, &q_add, &s);
    db_get(c, &q_get, &s, &s);
    s.n++;
    db_change(c, &q_set, &s);
    tx_end(c);
    expect(ok(c) && number_of(h, 3) == 8, "it sees what it wrote, and goes on");
    c = begin(h);
    tx_begin_late(c);
    db_insert(c, &q_add, &(Sum){ .id = { 4 } });
    db_insert(c, &q_add, &(Sum){ .id = { 3 } });
    tx_end(c);
    expect(c->err == ERR_CLASH && number_of(h, 4) == -1, "a clash is told by its name and leaves nothing");
    c = begin(h);
    tx_begin_late(c);
    db_insert(c, &q_add, &(Sum){ .id = { 5 } });
    (void)fail(c, ERR_BLOCKED, S("meant"));
    tx_end(c);
    expect(c->err == ERR_BLOCKED && number_of(h, 5) == -1, "who changes his mind wrote nothing");
}

static void expect_all(const House *house, Hand *first)
{
    static Hand hand[THREADS];
    pthread_t thread[THREADS];
    int64_t added = 0;
    expect(put(first, &q_set, 1, 0) == ERR_OK, "from nothing");
    for (int i = 0; i < THREADS; i++) {
        hand_open(&hand[i], house);
        hand[i].number = i;
        BUG_IF(pthread_create(&thread[i], NULL, add_up, &hand[i]) != 0);
    }
    for (int i = 0; i < THREADS; i++) {
        BUG_IF(pthread_join(thread[i], NULL) != 0);
        added += hand[i].added;
        hand_close(&hand[i]);
    }
    expect(added > TIMES && number_of(first, 1) == added, "what was told as done is all that was done");
}

int main(int argc, char **argv)
{
    char folder[] = P_tmpdir "/tiaojie-late-XXXXXX", path[100];
    Hand a, b;
    BUG_IF(argc != 2 || !mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/keys", folder);
    Keys *keys = keys_open(path);
    Store *store = store_open(argv[1], 1);
    store_keys(store, keys);
    House house = { .slices = test_slices, .store = store, .keys = keys, .folder = folder, .origin = "" };
    hand_open(&a, &house);
    BUG_IF(!web_prepare(a.db, test_slices));
    hand_open(&b, &house);
    expect(put(&a, &q_add, 1, 0) == ERR_OK, "a sum");
    if (store_is_local(store)) expect_looked_again(&a, &b);
    expect_own(&a);
    expect_all(&house, &a);
    hand_close(&b);
    hand_close(&a);
    store_close(store);
    keys_close(keys);
    (void)remove(path);
    (void)remove(folder);
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
