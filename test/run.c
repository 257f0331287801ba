/*
** run [--faults FIRST/EVERY] ADDRESS FILE…: plays scenarios against a fresh
** database of either engine, in one process, without a socket; with --faults
** each request and job first with its statements failing (player.h): number
** FIRST of each and then one in EVERY, 1/1 for all.  Ends with "N passed, N
** failed".
*/
#include "command/command.h"
#include "slices.h"
#include "core/crypto.h"
#include "core/reference.h"
#include "law/law.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "3/5": the third of each, and then one in five. */
static void sweep(Player *p, const char *address, const char *which)
{
    int64_t first = 0, every = 0;
    Str rest = str_of(which);
    (void)str_int(str_cut(&rest, '/'), &first);
    (void)str_int(rest, &every);
    if (first < 1 || every < 1) bug(which, 0, "--faults FIRST/EVERY");
    player_sweep(p, address, (int)first, (int)every);
}

static Result play(const House *house, Db *db, char **argv, const char *faults)
{
    Result sum = { 0 };
    Player *p = player_open(house, db);
    if (faults) sweep(p, argv[0], faults);
    for (int i = 1; argv[i]; i++) {
        Result r = player_run(p, argv[i]);
        sum.passed += r.passed;
        sum.failed += r.failed;
        sum.faults += r.faults;
    }
    player_close(p);
    return sum;
}

int main(int argc, char **argv)
{
    char folder[] = P_tmpdir "/tiaojie-run-XXXXXX", keys[100];
    bool faulty = argc > 3 && strcmp(argv[1], "--faults") == 0;
    char **args = argv + (faulty ? 3 : 1);
    BUG_IF(!*args || !mkdtemp(folder));
    (void)snprintf(keys, sizeof keys, "%s/keys", folder);
    Keys *k = keys_open(keys);
    Store *store = store_open(*args, 1);
    store_keys(store, k);
    Db *db = db_open(store);
    if (!web_prepare(db, slices)) return 1;
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    Law law;
    if (!law_open(&law, &mem, data_path)) bug(law.fault, 0, "the reference data");
    House house = { .slices = slices, .store = store, .keys = k, .folder = folder, .origin = "", .demo = true,
                    .law = &law, .data = data_path };
    Result sum = play(&house, db, args, faulty ? argv[2] : NULL);
    reference_close(&house);
    db_close(db);
    store_close(store);
    keys_close(k);
    (void)remove(keys);
    (void)remove(folder);
    if (faulty) (void)printf("  %lld statements failed, %s of all\n", (long long)sum.faults, argv[2]);
    (void)printf("%d passed, %d failed\n", sum.passed, sum.failed);
    return sum.failed != 0;
}
