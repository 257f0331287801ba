#include "command/command.h"

#include "paper/bind.h"

static const char *given(int argc, char **argv, const char *name)
{
    const char *value = option(argc, argv, name, "");
    return value[0] ? value : NULL;
}

static int run_worker(int argc, char **argv)
{
    const char *plan = given(argc, argv, "--plan"), *to = given(argc, argv, "--to");
    if (!plan || !to) return wrong_use("tiaojie volume-worker --plan FILE --to FILE; --help says more");
    return bind_serve(plan, to, &(Fonts){ given(argc, argv, "--fonts"), given(argc, argv, "--own-fonts") });
}

const Command command_volume_worker = {
    .name = "volume-worker", .summary = "binds a volume for a server (which starts it)",
    .usage = "tiaojie volume-worker --plan FILE --to FILE --fonts DIR --own-fonts DIR\n\n"
             "Binds the parts that the plan names into one PDF; see src/paper/bind.h.",
    .run = run_worker,
};
