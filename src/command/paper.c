#include "command/command.h"

#include "paper/press.h"

static const char *given(int argc, char **argv, const char *name)
{
    const char *value = option(argc, argv, name, "");
    return value[0] ? value : NULL;
}

static int run_worker(int argc, char **argv)
{
    return press_serve(&(Fonts){ given(argc, argv, "--fonts"), given(argc, argv, "--own-fonts") });
}

const Command command_paper_worker = {
    .name = "paper-worker", .summary = "makes documents for a server (which starts it)",
    .usage = "tiaojie paper-worker --fonts DIR --own-fonts DIR\n\n"
             "Reads documents from standard input and answers with PDF and DOCX; see src/paper/press.c.",
    .run = run_worker,
};
