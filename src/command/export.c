/*
** `tiaojie export ledger`: the registration ledger as CSV or XLSX, page by page,
** so that its size does not matter.
*/
#include "command/command.h"
#include "command/open.h"
#include "core/limits.h"
#include "oversight/export/export.h"
#include "oversight/ledger/ledger.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NODE = 1022, KEPT = 4 * 1024 * 1024 };

/* An export from first row to last: what outlives its pages. */
typedef struct Run {
    Open         *open;
    LedgerAsk     ask;
    ExportColumns columns;
    TableHead     head;
    Table        *table;
    FILE         *part, *to;
    int64_t       rows;
    Arena         mem;
} Run;

static void progress(const Run *r, bool last)
{
    bool shown = isatty(2) && (last || r->rows % 10000 == 0);
    if (shown) (void)fprintf(stderr, "\r%lld rows%s", (long long)r->rows, last ? "\n" : "");
}

/* One page; false after the last, or when the open context has failed. */
static bool one_page(Run *r)
{
    house_begin(r->open, "export ledger");
    Ctx *c = &r->open->c;
    Rows rows = ledger_page(c, &r->ask);
    for (size_t i = 0; i < rows.n; i++) {
        export_row(c, r->table, &r->columns, (const char *)rows.at + i * ledger_form.size);
    }
    r->rows += (int64_t)rows.n;
    progress(r, false);
    return ok(c) && rows.n == LEDGER_PAGE;
}

static Str text(Run *r, Str a, Str b, Str end)
{
    Out o = { .buf = NEW(&r->mem, char, 400), .cap = 400 };
    out_str(&o, a);
    out_str(&o, b);
    out_str(&o, end);
    return out_view(&o);
}

static const char by_hand[] = "　导出人：系统管理员（命令行）　证件与电话已脱敏";

static int write_whole(Run *r, const char *month)
{
    TablePart part;
    char buf[64];
    Out n = { .buf = buf, .cap = sizeof buf }, at = { .buf = buf + 32, .cap = 32 };
    bool good = table_close(r->table, &part);
    out_int(&n, part.rows);
    out_time(&at, now(&r->open->c));
    r->head.line[0] = text(r, S("共 "), out_view(&n), S(" 条"));
    r->head.line[1] = text(r, S("筛选：登记月份："), month[0] ? str_of(month) : S("全部"), (Str){ 0 });
    r->head.line[2] = text(r, S("导出时间："), out_view(&at), str_of(by_hand));
    r->head.mark = text(r, S("内部资料 "), out_view(&at), (Str){ 0 });
    rewind(r->part);
    progress(r, true);
    good = good && table_whole(&r->mem, &r->head, &part, r->part, r->to);
    return good ? 0 : refused("export: cannot write, or too much for a sheet (--format csv takes any)");
}

static int run_pages(Run *r, const char *month)
{
    static const ExportKind kind = { .word = "ledger", .ledger = true };
    Ctx *c = &r->open->c;
    if (ok(c)) (void)ledger_month(c, &r->ask);
    r->ask.path_end = path_end(&r->mem, r->ask.org_path); /* outlives the pages */
    if (!ok(c)) return house_refused(r->open, "export");
    export_columns(c, &kind, &ledger_form, &r->columns);
    r->head.column = r->columns.head;
    r->head.columns = r->columns.n;
    r->table = table_open(&r->mem, r->part, r->head.xlsx, (TablePart){ 0 });
    while (one_page(r)) { }
    return ok(c) ? write_whole(r, month) : house_refused(r->open, "export");
}

static int run_ledger(Open *open, int argc, char **argv)
{
    Org at;
    const char *month = option(argc, argv, "--month", ""), *org = option(argc, argv, "--org", NULL);
    const char *out = option(argc, argv, "--out", NULL);
    Run r = { .open = open, .ask = { .month = str_of(month) }, .to = stdout };
    Block kept = block_open(KEPT);
    r.mem = block_arena(&kept);
    r.head = (TableHead){ .title = S("调解登记台账"), .bare = !option_set(argc, argv, "--head"),
                          .bom = option_set(argc, argv, "--bom"),
                          .xlsx = strcmp(option(argc, argv, "--format", "csv"), "xlsx") == 0 };
    house_begin(open, "export ledger");
    if (org && org_get(&open->c, id_parse(str_of(org)), &at)) r.ask.org_path = str_copy(&r.mem, at.path);
    r.part = tmpfile();
    if (out) r.to = fopen(out, "wbe");
    bool open_both = r.part && r.to;
    int rc = open_both ? run_pages(&r, month) : refused("export: cannot write %s", out ? out : "here");
    if (r.part) (void)fclose(r.part);
    if (out && r.to && fclose(r.to) != 0) rc = refused("export: cannot write %s", out);
    block_close(&kept);
    return rc;
}

static int export_ledger(int argc, char **argv)
{
    Open open = { 0 };
    const char *format = option(argc, argv, "--format", "csv");
    bool known = strcmp(format, "csv") == 0 || strcmp(format, "xlsx") == 0;
    if (!known) return wrong_use("export ledger: --format is csv or xlsx");
    int rc = house_open(&open, argc, argv, NODE);
    if (rc == 0) rc = house_law(&open);
    if (rc == 0) house_slim(&open);
    if (rc == 0) rc = run_ledger(&open, argc, argv);
    house_close(&open);
    return rc;
}

const Command command_export_ledger = {
    .name = "export ledger", .summary = "the registration ledger (调解登记台账) as CSV or XLSX", .run = export_ledger,
    .usage = "tiaojie export ledger [--month 2026-05] [--org ID] [--format csv|xlsx] [--out FILE] [--bom] [--head]\n"
             "                      --database ADDRESS --folder DIR\n\n"
             "Writes the 43 columns of data/ledger_columns.csv for the cases registered in the\n"
             "month (all of them without --month) at or below the organisation, to FILE or\n"
             "standard output.  XLSX has a head block: how many rows, of what, when.\n"
             "--bom begins CSV with a mark by which Excel knows that it is UTF-8; --head puts the\n"
             "head block above CSV too.",
};
