#include "home.h"

#include "command/command.h"
#include "core/audit.h"
#include "core/crypto.h"
#include "core/limits.h"
#include "core/reference.h"
#include "slices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_ROOM = HOME_ROOM + 8, VERIFY_ROOM = 64 * 1024 };

void home_folder(char folder[static HOME_ROOM])
{
    const char *where = getenv("TMPDIR");
    (void)snprintf(folder, HOME_ROOM, "%s/tiaojie-test-XXXXXX", where ? where : P_tmpdir);
    BUG_IF(!mkdtemp(folder));
}

void home_remove(const char *folder)
{
    char command[HOME_ROOM + 16];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    BUG_IF(system(command) != 0);
}

void home_open(Home *h, const char *address)
{
    char keys[KEYS_ROOM];
    h->ours = h->folder[0] == 0;
    if (h->ours) home_folder(h->folder);
    (void)snprintf(keys, sizeof keys, "%s/keys", h->folder);
    h->keys = keys_open(keys);
    BUG_IF(!h->keys);
    h->store = store_open(address, 1);
    store_keys(h->store, h->keys);
    h->db = db_open(h->store);
    BUG_IF(!web_prepare(h->db, slices));
    h->block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&h->block);
    if (!law_open(&h->law, &mem, data_path)) bug(h->law.fault, 0, "the reference data");
    h->house = (House){ .slices = slices, .store = h->store, .keys = h->keys, .folder = h->folder,
                        .origin = "", .demo = true, .law = &h->law, .data = data_path };
}

void home_close(Home *h)
{
    reference_close(&h->house);
    block_close(&h->block);
    db_close(h->db);
    store_close(h->store);
    keys_close(h->keys);
    if (h->ours) home_remove(h->folder);
}

int64_t home_verify(Home *h, int64_t *entries)
{
    Block block = block_open(ARENA_MAX);
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .db = h->db };
    ctx_begin(&c, &h->house);
    Out o = { .buf = NEW(&mem, char, VERIFY_ROOM), .cap = VERIFY_ROOM };
    int64_t faults = audit_verify(&c, &o, entries);
    if (!ok(&c)) faults++;
    if (faults) (void)printf("  %.*s\n", (int)o.len, o.buf);
    block_close(&block);
    return faults;
}
