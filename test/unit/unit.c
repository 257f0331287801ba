/* unit [NAME…]: runs the suites of pure code; ends with "N passed, N failed". */
#include "test.h"
#include "unit/suites.h"

#include <stdio.h>
#include <string.h>

static const Suite suites[] = {
    { "base", test_base },
    { "flow", test_flow },
    { "right", test_right },
    { "route", test_route },
    { "scope", test_scope },
    { "dispatch", test_dispatch },
    { "agreement", test_agreement },
    { "data", test_data },
    { "calendar", test_calendar },
    { "clock", test_clock },
    { "clock_walk", test_clock_walk },
    { "limitation", test_limitation },
    { "identity", test_identity },
    { "industry", test_industry },
    { "register", test_register },
    { "routes", test_routes },
    { "calc", test_calc },
    { "calc_laws", test_calc_laws },
    { "calc_random", test_calc_random },
    { "law_link", test_law_link },
    { "remedy", test_remedy },
    { "mail", test_mail },
    { "range", test_range },
    { "dated", test_dated },
    { "region", test_region },
    { "unit", test_unit },
    { "subsidy", test_subsidy },
    { "demo", test_demo },
    { "network", test_network },
    { "risk", test_risk },
    { "cell", test_cell },
    { "import_sums", test_import_sums },
    { "case_name", test_case_name },
    { "paper", test_paper },
    { "title", test_title },
    { "schema", test_schema },
    { "month", test_month },
};

static int passed, failed;

void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

void check_str(Str got, Str want, const char *what)
{
    bool good = str_eq(got, want);
    check(good, what);
    if (good) return;
    (void)printf("  got  %.*s\n  want %.*s\n", (int)got.n, got.s ? got.s : "", (int)want.n, want.s);
}

void check_int(int64_t got, int64_t want, const char *what)
{
    check(got == want, what);
    if (got != want) (void)printf("  got %lld, want %lld\n", (long long)got, (long long)want);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < COUNT(suites); i++) {
        bool wanted = argc < 2;
        for (int k = 1; k < argc; k++) wanted |= strcmp(argv[k], suites[i].name) == 0;
        if (wanted) suites[i].run();
    }
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
