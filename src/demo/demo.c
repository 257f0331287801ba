/*
** `tiaojie demo office | cases`: an office to try the product with, and what
** it did in two years.
*/
#include "command/command.h"
#include "demo/cases.h"
#include "demo/desks.h"
#include "demo/office.h"

#include <stdio.h>
#include <sys/time.h>

enum { MONTHS = 24, MONTHS_BEFORE = 26, MORNING = 9, CASES_MAX = 100000 };

Date demo_today(void)
{
    struct timeval t;
    (void)gettimeofday(&t, NULL);
    return time_date((Time){ t.tv_sec });
}

/* The day given, or `months` before today on the first of the month. */
static Date day_option(int argc, char **argv, const char *name, int months)
{
    const char *text = option(argc, argv, name, NULL);
    Civil first = date_civil(date_plus_months(demo_today(), -months));
    return text ? date_parse(str_of(text)) : date_of(first.year, first.month, 1);
}

static bool has_offices(Demo *d)
{
    Actor administrator = { .roles = SYS_ADMIN };
    json_t *page = demo_get(d, &administrator, "/api/v1/orgs?limit=1");
    return json_array_size(json_object_get(page, "items")) > 0;
}

static void print_people(const Staff *s)
{
    (void)puts("login         one-time password  roles                  name");
    for (size_t i = 0; i < s->person_n; i++) {
        const Person *p = &s->person[i];
        if (p->shown)
            (void)printf("%-13s %-18s %-22s %s %s\n", p->login, p->password, p->roles, p->name, p->note);
    }
    (void)puts("Each password is for the first sign-in and must then be changed.");
}

static int office(Demo *d)
{
    Staff *s = NEW(&d->keep, Staff, 1);
    const char *fault = office_open(s, d);
    if (fault) return refused("demo office: %s", fault);
    if (has_offices(d)) return 0;
    office_make(s);
    network_make(s);
    if (d->refusals) return refused("demo office: %d refusals", (int)d->refusals);
    print_people(s);
    return 0;
}

static int run_office(int argc, char **argv)
{
    Demo d;
    Date day = day_option(argc, argv, "--on", MONTHS_BEFORE);
    if (day.day == 0) return wrong_use("demo office: --on is a day, 2024-10-01");
    int rc = demo_open(&d, argc, argv);
    d.clock = time_at(day, MORNING, 0);
    if (rc == 0) rc = office(&d);
    demo_close(&d);
    return rc;
}

const Command command_demo_office = {
    .name = "demo office", .summary = "makes a demo office with people, mediators and employers",
    .usage = "tiaojie demo office [--folder DIR] [--database ADDRESS] [--on DAY] [--seed N]\n\n"
             "  Organisations of every kind in one district, accounts for every role with one-time passwords,\n"
             "  60 mediators and 300 employers, all made up.  Does nothing if there are organisations already.\n\n"
             "  --on DAY     the day on which the office was set up (26 months ago)\n"
             "  --seed N     another seed, other names (1)",
    .run = run_office,
};

/* ---- cases ------------------------------------------------------------------------------- */

static int cases(Demo *d, Span *span)
{
    World *w = NEW(&d->keep, World, 1);
    const char *fault = world_open(w, d);
    if (fault) return refused("demo cases: %s", fault);
    span->folder = d->open.house.folder;
    int rc = cases_run(w, span);
    if (rc == 0) desks_make(w, span->to);
    if (rc == 0) network_assess(w, span->to);
    return rc ? rc : d->refusals != 0;
}

static int run_cases(int argc, char **argv)
{
    Demo d;
    Span span = { .from = day_option(argc, argv, "--from", MONTHS), .to = day_option(argc, argv, "--to", 0) };
    /* The last day is for who tries it. */
    if (!option(argc, argv, "--to", NULL)) span.to = date_plus(demo_today(), -1);
    span.official = option_set(argc, argv, "--official") || !option(argc, argv, "--synthetic", NULL);
    const char *many = option(argc, argv, "--synthetic", option_set(argc, argv, "--official") ? "0" : "2000");
    if (!span.from.day || !span.to.day) return wrong_use("demo cases: --from and --to are days, 2024-12-01");
    if (!str_int(str_of(many), &span.synthetic) || span.synthetic < 0 || span.synthetic > CASES_MAX) {
        return wrong_use("demo cases: --synthetic is a number up to %d", CASES_MAX);
    }
    int rc = demo_open(&d, argc, argv);
    d.clock = time_at(span.from, MORNING, 0);
    if (rc == 0) rc = cases(&d, &span);
    demo_close(&d);
    return rc;
}

const Command command_demo_cases = {
    .name = "demo cases", .summary = "plays the official cases and two years of made-up ones in the demo office",
    .usage = "tiaojie demo cases [--official] [--synthetic N] [--from DAY] [--to DAY] [--seed N]\n\n"
             "  Needs the office of tiaojie demo office.  Goes through the API, day by day, with the daily jobs.\n"
             "  Ctrl-C stops after the day at hand, and the same command goes on there.\n\n"
             "  --official       the published cases, with made-up names, to their published outcome\n"
             "  --synthetic N    made-up cases; without either option: the official ones and 2000\n"
             "  --from, --to     days; the last 24 months until yesterday\n"
             "  --seed N         another seed, another demo (1)\n"
             "  --folder DIR     the data folder (var)\n"
             "  --database ADDRESS sqlite:FILE or postgresql://… (sqlite:DIR/tiaojie.db)",
    .run = run_cases,
};
