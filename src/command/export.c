/*
** `tiaojie export ledger`: the registration ledger as CSV on standard output,
** page by page, so that its size does not matter.
*/
#include "command/command.h"
#include "command/open.h"
#include "oversight/ledger/ledger.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <string.h>

enum { NODE = 1022, CSV_MAX = 2 * 1024 * 1024 };

static int print(const Out *o)
{
    if (o->full) return refused("export: a page is too long");
    return fwrite(o->buf, 1, o->len, stdout) == o->len ? 0 : refused("export: cannot write");
}

/* One page; *more is false after the last. */
static int one_page(Open *open, LedgerAsk *ask, int64_t *no, bool *more, bool bom)
{
    house_begin(open, "export ledger");
    Ctx *c = &open->c;
    Out o = { .buf = NEW(c->mem, char, CSV_MAX), .cap = CSV_MAX };
    if (*no == 1) {
        if (bom) out_str(&o, S("\xEF\xBB\xBF")); /* so that spreadsheets know it is UTF-8 */
        ledger_csv_head(c, &o);
    }
    Rows rows = ledger_page(c, ask, *no);
    if (!ok(c)) return house_refused(open, "export");
    ledger_csv(c, &o, rows);
    *no += (int64_t)rows.n;
    *more = rows.n == LEDGER_PAGE;
    return print(&o);
}

static int run_ledger(Open *open, const char *month, const char *org, bool bom)
{
    LedgerAsk ask = { .month = str_of(month) };
    int64_t no = 1;
    bool more = true;
    Org at;
    house_begin(open, "export ledger");
    char path[PATH_STEP * PATH_DEPTH + 1] = "";
    if (org && org_get(&open->c, id_parse(str_of(org)), &at)) {
        memcpy(path, at.path.s, at.path.n);
        ask.org_path = (Str){ path, at.path.n };
    }
    Block kept = block_open(4096);
    Arena mem = block_arena(&kept);
    if (ok(&open->c)) (void)ledger_month(&open->c, &ask);
    ask.path_end = path_end(&mem, ask.org_path); /* outlives the pages */
    int rc = ok(&open->c) ? 0 : house_refused(open, "export");
    while (rc == 0 && more) rc = one_page(open, &ask, &no, &more, bom);
    block_close(&kept);
    return rc;
}

static int export_ledger(int argc, char **argv)
{
    Open open = { 0 };
    const char *format = option(argc, argv, "--format", "csv");
    if (strcmp(format, "csv") != 0) return wrong_use("export ledger: --format is csv");
    int rc = house_open(&open, argc, argv, NODE);
    if (rc == 0) rc = house_law(&open);
    if (rc == 0) rc = run_ledger(&open, option(argc, argv, "--month", ""), option(argc, argv, "--org", NULL),
                                 option_set(argc, argv, "--bom"));
    house_close(&open);
    return rc;
}

const Command command_export_ledger = {
    .name = "export ledger", .summary = "the registration ledger (调解登记台账) as CSV", .run = export_ledger,
    .usage = "tiaojie export ledger [--month 2026-05] [--org ID] [--format csv] [--bom] --database ADDRESS --folder DIR\n\n"
             "Writes the 43 columns of data/ledger_columns.csv for the cases registered in the\n"
             "month (all of them without --month) at or below the organisation, to standard output.\n"
             "--bom begins with a mark by which Excel knows that it is UTF-8.",
};
