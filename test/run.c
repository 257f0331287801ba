/*
** run [--faults FIRST/EVERY | --keep FOLDER | --all yes] ADDRESS FILE…: plays scenarios against a fresh
** database of either engine, in one process, without a socket; with --faults
** each request and job first with its statements failing (player.h): number
** FIRST of each and then one in EVERY, 1/1 for all, of the files after a "--" alone
** where there is one; with --keep its keys and files
** stay in that folder, for other programs; with --all these are all scenarios
** that there are: each route's query string is asked something by.  Ends with "N passed, N
** failed".
*/
#include "home.h"
#include "paper/pdf.h"
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

static void add(Result *sum, Result r)
{
    sum->passed += r.passed;
    sum->failed += r.failed;
    sum->faults += r.faults;
}

static Result play(const Home *home, char **argv, const char *faults, bool all)
{
    Result sum = { 0 };
    Player *p = player_open(&home->house, home->db);
    char **mark = argv;
    while (*mark && strcmp(*mark, "--") != 0) mark++;
    if (faults && !*mark) sweep(p, argv[0], faults);
    for (char **file = argv + 1; *file; file++) {
        if (file != mark) add(&sum, player_run(p, *file));
        else if (faults) sweep(p, argv[0], faults);
    }
    if (all) add(&sum, player_unasked(p));
    player_close(p);
    return sum;
}

int main(int argc, char **argv)
{
    bool faulty = argc > 3 && strcmp(argv[1], "--faults") == 0;
    bool kept = argc > 3 && strcmp(argv[1], "--keep") == 0;
    bool all = argc > 3 && strcmp(argv[1], "--all") == 0;
    char **args = argv + (faulty || kept || all ? 3 : 1);
    Home home = { 0 };
    if (!*args) bug("run", 0, "run [--faults FIRST/EVERY | --keep FOLDER | --all yes] ADDRESS FILE…");
    if (kept) (void)snprintf(home.folder, sizeof home.folder, "%s", argv[2]);
    (void)fonts_open(&(Fonts){ .folder = getenv("TIAOJIE_FONTS") });
    home_open(&home, *args);
    Result sum = play(&home, args, faulty ? argv[2] : NULL, all);
    home_close(&home);
    if (faulty) (void)printf("  %lld statements failed, %s of all\n", (long long)sum.faults, argv[2]);
    (void)printf("%d passed, %d failed\n", sum.passed, sum.failed);
    return sum.failed != 0;
}
