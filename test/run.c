/*
** run ADDRESS FILE…: plays scenarios against a fresh database of either
** engine, in one process, without a socket.  Ends with "N passed, N failed".
*/
#include "command/command.h"
#include "slices.h"
#include "core/crypto.h"
#include "core/reference.h"
#include "law/law.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tiaojie-run-XXXXXX", keys[64];
    Result sum = { 0 };
    BUG_IF(argc < 2 || !mkdtemp(folder));
    (void)snprintf(keys, sizeof keys, "%s/keys", folder);
    Keys *k = keys_open(keys);
    Store *store = store_open(argv[1], 1);
    store_keys(store, k);
    Db *db = db_open(store);
    if (!web_prepare(db, slices)) return 1;
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    Law law;
    if (!law_open(&law, &mem, data_path)) bug(law.fault, 0, "the reference data");
    House house = { .slices = slices, .store = store, .keys = k, .folder = folder, .origin = "",
                    .demo = true, .law = &law, .data = data_path };
    Player *p = player_open(&house, db);
    for (int i = 2; i < argc; i++) {
        Result r = player_run(p, argv[i]);
        sum.passed += r.passed;
        sum.failed += r.failed;
    }
    player_close(p);
    reference_close(&house);
    db_close(db);
    store_close(store);
    keys_close(k);
    (void)remove(keys);
    (void)remove(folder);
    (void)printf("%d passed, %d failed\n", sum.passed, sum.failed);
    return sum.failed != 0;
}
