/*
** `tiaojie report month 2026-05`: a monthly report on standard output, for one
** organisation or with all below it.  `report recount`: every case counted anew.
*/
#include "command/command.h"
#include "command/open.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/period.h"
#include "oversight/month/month.h"

#include <stdio.h>
#include <string.h>

enum { NODE = 1019, TEXT_MAX = 256 * 1024, FILE_MAX_BYTES = 1 << 20, FLAGS_SHOWN = 10000 };

typedef struct Wanted {
    const char *month, *to, *org, *format;
    bool        tree, english, bom;
} Wanted;

static int print(Str text)
{
    return fwrite(text.s, 1, text.n, stdout) == text.n ? 0 : refused("report month: cannot write");
}

static int write_csv(Ctx *c, const Report *r, const Wanted *w)
{
    Out o = { .buf = NEW(c->mem, char, TEXT_MAX), .cap = TEXT_MAX };
    if (w->bom) out_str(&o, S("\xEF\xBB\xBF"));
    report_csv(c, &o, r, w->english);
    return o.full ? refused("report month: too long") : print(out_view(&o));
}

static int write_file(Ctx *c, const Report *r, const Wanted *w)
{
    bool pdf = strcmp(w->format, "pdf") == 0;
    Out o = { .buf = NEW(c->mem, char, FILE_MAX_BYTES), .cap = FILE_MAX_BYTES };
    bool good = pdf ? report_paper(c, &o, r, w->english) : report_book(c, &o, r, w->english);
    return good ? print(out_view(&o)) : refused("report month: cannot make the file");
}

static int write_report(Open *open, const Wanted *w)
{
    Org org;
    Report r = { .tree = w->tree };
    MonthReport m = { 0 };
    bool good = false;
    house_begin(open, "report month");
    Ctx *c = &open->c;
    if (!period_parse(str_of(w->month), &r.month)) return wrong_use("report month: the month is yyyy-mm");
    bool later = period_parse(str_of(w->to), &r.to) && r.to >= r.month;
    if (!later) return wrong_use("report month: --to is yyyy-mm, not before the month");
    if (!org_get(c, id_parse(str_of(w->org)), &org)) return house_refused(open, "report month");
    report_read(c, &org, &r);
    if (!r.tree && r.to == r.month) month_find(c, org.id, r.month, &m);
    Str body = month_body(c, &r, &m, &good);
    if (!ok(c)) return house_refused(open, "report month");
    if (tally_waiting(c, org.path)) (void)fputs("some changes are not counted yet\n", stderr);
    if (strcmp(w->format, "csv") == 0) return write_csv(c, &r, w);
    if (strcmp(w->format, "json") != 0) return write_file(c, &r, w);
    int rc = print(body);
    return rc == 0 ? print(S("\n")) : rc;
}

static bool known(const char *format)
{
    static const char *const formats[] = { "json", "csv", "xlsx", "pdf" };
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (strcmp(formats[i], format) == 0) return true;
    }
    return false;
}

static int report_month(int argc, char **argv)
{
    Open open = { 0 };
    Wanted w = { .month = argument(argc, argv, "--tree --bom --english"), .org = option(argc, argv,
        "--org", ""),
                 .format = option(argc, argv, "--format", "json"), .tree = option_set(argc, argv, "--tree"),
                 .english = option_set(argc, argv, "--english"), .bom = option_set(argc, argv, "--bom") };
    if (!w.month || w.org[0] == '\0') return wrong_use("report month: which month, of which --org?");
    if (!known(w.format)) return wrong_use("report month: --format is json, csv, xlsx or pdf");
    w.to = option(argc, argv, "--to", w.month);
    int rc = house_open(&open, argc, argv, NODE);
    if (rc == 0) rc = house_law(&open);
    if (rc == 0) rc = write_report(&open, &w);
    house_close(&open);
    return rc;
}

const Command command_report_month = {
    .name = "report month", .summary = "a monthly report (RPT-M1) as JSON, CSV, XLSX or PDF", .run = report_month,
    .usage = "tiaojie report month 2026-05 --org ID [--tree] [--to 2026-12] [--format json|csv|xlsx|pdf] [--bom] [--english]\n"
             "               --database ADDRESS --folder DIR\n\n"
             "The report of the organisation alone, or with --tree of all below it, too; with --to of\n"
             "several months: a quarter, a year.  As it is now, whatever has been handed in and locked.",
};

/* ---- counting anew -------------------------------------------------------------------------- */

static bool step(Open *open)
{
    house_begin(open, "report recount");
    return jobs_step(&open->c);
}

static int recount(int argc, char **argv)
{
    Open open = { 0 };
    int64_t n = 0;
    int rc = house_open(&open, argc, argv, NODE);
    if (rc == 0) rc = house_law(&open);
    if (rc == 0) {
        house_begin(&open, "report recount");
        tx_begin(&open.c);
        job_add(&open.c, S("month_rebuild"), (Id){ 0 }, now(&open.c), (Str){ 0 });
        job_add(&open.c, S("month_fold"), (Id){ 0 }, now(&open.c), (Str){ 0 });
        tx_end(&open.c);
        rc = ok(&open.c) ? 0 : house_refused(&open, "report recount");
    }
    while (rc == 0 && step(&open)) {
        if (++n % FLAGS_SHOWN == 0) (void)fprintf(stderr, "%lld steps\n", (long long)n);
    }
    house_close(&open);
    return rc;
}

const Command command_report_recount = {
    .name = "report recount", .summary = "count every case of every month anew", .run = recount,
    .usage = "tiaojie report recount --database ADDRESS --folder DIR\n\n"
             "Runs what waits to be counted and then every case again, and whatever other job is due.\n"
             "The server may run meanwhile; the sums are right at any moment.",
};
