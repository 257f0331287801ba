/*
** The composition root: the commands; what `serve` is made of is in slices.c.
** The data folder (--data) is set here once, for all of them.
*/
#include "command/calc.h"
#include "command/command.h"
#include "command/import.h"
#include "command/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const Command *const commands[] = {
    &command_serve,
    &command_law_clock,
    &command_law_check,
    &command_law_calc,
    &command_law_remedies,
    &command_law_flow,
    &command_import_ledger,
    &command_import_roster,
    &command_import,
    &command_export_reference,
    &command_export_ledger,
    &command_report_month,
    &command_report_recount,
    &command_user_add,
    &command_user_list,
    &command_user_reset,
    &command_user_unlock,
    &command_demo_office,
    &command_demo_cases,
    &command_init,
    &command_openapi,
    &command_archive_verify,
    &command_archive_export,
    &command_audit_verify,
    &command_audit_export,
    &command_backup,
    &command_restore,
    &command_search_rebuild,
    &command_paper,
    &command_paper_worker,
    &command_sign,
    &command_volume_worker,
    &command_scan_worker,
    &command_office_worker,
    &command_version,
    NULL,
};

static int help(void)
{
    (void)puts("tiaojie: labour and personnel dispute mediation (劳动人事争议多元调解平台)\n");
    for (const Command *const *c = commands; *c; c++) {
        (void)printf("  tiaojie %-14s %s\n", (*c)->name, (*c)->summary);
    }
    (void)puts("\ntiaojie COMMAND --help says more; --data DIR names the reference data.");
    return 0;
}

/* How many of the arguments the command's name takes; 0 if they are not it. */
static int words_of(const Command *c, int argc, char **argv)
{
    Str name = str_of(c->name);
    int n = 0;
    while (name.n) {
        Str word = str_cut(&name, ' ');
        if (n == argc || !str_eq(word, str_of(argv[n]))) return 0;
        n++;
    }
    return n;
}

/* `tiaojie law`: the commands whose names begin so; false if there are none. */
static bool group(const char *word, FILE *to)
{
    bool any = false;
    for (const Command *const *c = commands; *c; c++) {
        Str rest = str_of((*c)->name);
        if (!str_eq(str_cut(&rest, ' '), str_of(word)) || rest.n == 0) continue;
        if (!any) (void)fprintf(to, "tiaojie %s:\n\n", word);
        (void)fprintf(to, "  tiaojie %-14s %s\n", (*c)->name, (*c)->summary);
        any = true;
    }
    if (any) (void)fputs("\ntiaojie COMMAND --help says more.\n", to);
    return any;
}

int main(int argc, char **argv)
{
    argc--;
    argv++;
    const char *data = option(argc, argv, "--data", NULL);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before there is a second thread
    if (data && setenv("TIAOJIE_DATA", data, 1) != 0) return refused("--data: out of memory");
    if (argc == 0 || strcmp(argv[0], "--help") == 0) return help();
    for (const Command *const *c = commands; *c; c++) {
        int n = words_of(*c, argc, argv);
        if (n == 0) continue;
        if (!option_set(argc - n, argv + n, "--help")) return (*c)->run(argc - n, argv + n);
        (void)printf("%s\n\n%s\n", (*c)->summary, (*c)->usage);
        return 0;
    }
    bool asked = option_set(argc, argv, "--help");
    if (group(argv[0], asked ? stdout : stderr)) return asked ? 0 : 2;
    return wrong_use("tiaojie: no command \"%s\"; tiaojie --help lists them", argv[0]);
}
