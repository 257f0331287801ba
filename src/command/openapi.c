#include "command/command.h"
#include "core/openapi.h"
#include "slices.h"

#include <stdio.h>

enum { DOCUMENT_MAX = 16 * 1024 * 1024 };

static int run_openapi(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    Block block = block_open(DOCUMENT_MAX);
    Out o = { .buf = block.memory, .cap = block.size };
    openapi_write(&o, slices);
    BUG_IF(o.full);
    bool good = fwrite(o.buf, 1, o.len, stdout) == o.len && fflush(stdout) == 0;
    block_close(&block);
    return good ? 0 : refused("openapi: standard output cannot be written");
}

const Command command_openapi = {
    .name = "openapi", .summary = "prints the API's documentation (OpenAPI 3.1)", .usage = "tiaojie openapi",
    .run = run_openapi,
};
