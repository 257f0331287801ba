/* The data folder, the keys and the schema, before anybody signs in. */
#include "command/command.h"
#include "command/open.h"
#include "core/web.h"
#include "slices.h"

#include <stdio.h>

enum { NODE = 1023, TEXT_MAX = 4 * 1024 * 1024 };

/* What would be done to the schema; nothing is changed but its own table. */
static int dry_run(int argc, char **argv)
{
    Open o;
    Block block = block_open(TEXT_MAX);
    Out text = { .buf = block.memory, .cap = block.size };
    int rc = house_open_raw(&o, argc, argv, NODE);
    if (rc == 0 && web_pending(o.db, slices, &text)) (void)printf("%.*s", (int)text.len, text.buf);
    else if (rc == 0) (void)puts("nothing to do: the schema is up to date");
    house_close(&o);
    block_close(&block);
    return rc;
}

static int run_init(int argc, char **argv)
{
    Open o;
    if (option_set(argc, argv, "--dry-run")) return dry_run(argc, argv);
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0) (void)printf("%s: ready\n", o.house.folder);
    house_close(&o);
    return rc;
}

const Command command_init = {
    .name = "init", .summary = "makes the data folder and the schema, or brings them up to date",
    .usage = "tiaojie init [--folder DIR] [--database ADDRESS] [--dry-run]\n\n"
             "  --dry-run   prints the steps of the schema that would be done, and does none",
    .run = run_init,
};
