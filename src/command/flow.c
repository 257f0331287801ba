#include "command/command.h"
#include "law/flow.h"

#include <stdio.h>

static int run_flow(int argc, char **argv)
{
    Block block = block_open(1 << 17);
    Out o = { .buf = block.memory, .cap = block.size };
    if (option_set(argc, argv, "--mermaid")) flow_graph(&o);
    else if (option_set(argc, argv, "--json")) flow_json(&o);
    else flow_markdown(&o);
    BUG_IF(o.full);
    bool written = fwrite(o.buf, 1, o.len, stdout) == o.len && fflush(stdout) == 0;
    block_close(&block);
    return written ? 0 : refused("law flow: cannot write");
}

const Command command_law_flow = {
    .name = "law flow", .summary = "prints the procedure",
    .usage = "tiaojie law flow [--markdown | --mermaid | --json]\n\n"
             "The states, steps and roles of the procedure: as Markdown (docs/flow.md), as a Mermaid state\n"
             "diagram, or as JSON.",
    .run = run_flow,
};
