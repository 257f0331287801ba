/*
** The shipped reference data: every table can be read, refers to nothing that
** is not there, and agrees with the procedure.
*/
#include "base/csv.h"
#include "law/flow.h"
#include "test.h"
#include "unit/suites.h"

#include <stdio.h>

enum { MOST_BYTES = 8 << 20, MOST_CODES = 60000 };

typedef struct Table {
    Block block;
    Arena mem;
    Csv   csv;
} Table;

static void table_open(Table *t, const char *name)
{
    t->block = block_open(4 * (size_t)MOST_BYTES);
    t->mem = block_arena(&t->block);
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", TEST_DATA, name);
    bool good = false;
    Str text = file_read(&t->mem, path, MOST_BYTES, &good);
    check(good, name);
    csv_open(&t->csv, &t->mem, text);
}

/* What was read of the table was well formed. */
static void table_close(Table *t, const char *name)
{
    check(t->csv.fault == NULL, name);
    block_close(&t->block);
}

static Str cell(const Table *t, Str column)
{
    return csv_cell(&t->csv, column);
}

/* Codes in ascending order, each once. */
typedef struct Codes {
    Str   *code;
    size_t n;
} Codes;

static bool codes_have(const Codes *c, Str code)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_cmp(c->code[mid], code);
        if (order == 0) return true;
        if (order < 0) low = mid + 1;
        else high = mid;
    }
    return false;
}

typedef struct Region {
    Str code, parent, successor, from, to, flag;
} Region;

static Region region_of(const Table *t)
{
    return (Region){ cell(t, S("code")), cell(t, S("parent")), cell(t, S("successor")),
                     cell(t, S("valid_from")), cell(t, S("valid_to")), cell(t, S("flag")) };
}

static bool region_is_sound(const Region *r, int64_t level)
{
    static const size_t length[] = { 0, 2, 4, 6, 9 };
    if (level < 1 || level > 4 || r->code.n != length[level] || !str_is_digits(r->code)) return false;
    if ((r->parent.n == 0) != (level == 1)) return false;
    Date from = date_parse(r->from), to = date_parse(r->to);
    if ((r->from.n && !from.day) || (r->to.n && !to.day)) return false;
    if (from.day && to.day && from.day > to.day) return false;
    bool lapsed = str_eq(r->flag, S("abolished")) || str_eq(r->flag, S("renamed"));
    return lapsed == (to.day != 0) && (lapsed || r->successor.n == 0);
}

static void test_regions(void)
{
    Table t;
    table_open(&t, "regions.csv");
    Region *row = NEW(&t.mem, Region, MOST_CODES);
    Codes all = { NEW(&t.mem, Str, MOST_CODES), 0 };
    size_t n = 0;
    bool sound = true, once = true;
    Str current = { 0 };
    while (n < MOST_CODES && csv_next(&t.csv)) {
        row[n] = region_of(&t);
        int64_t level = 0;
        sound &= str_int(cell(&t, S("level")), &level) && region_is_sound(&row[n], level);
        if (row[n].to.n == 0) {
            once &= !str_eq(current, row[n].code);
            current = row[n].code;
        }
        if (all.n == 0 || !str_eq(all.code[all.n - 1], row[n].code)) all.code[all.n++] = row[n].code;
        n++;
    }
    check(n > 47000, "regions: all of them");
    check(sound, "regions: code, level, dates and flag of each row fit together");
    check(once, "regions: one row in force for a code");
    bool sorted = true, parents = true, successors = true;
    for (size_t i = 1; i < all.n; i++) sorted &= str_cmp(all.code[i - 1], all.code[i]) < 0;
    for (size_t i = 0; i < n; i++) {
        parents &= row[i].parent.n == 0 || codes_have(&all, row[i].parent);
        successors &= row[i].successor.n == 0 || codes_have(&all, row[i].successor);
    }
    check(sorted, "regions: in the order of codes");
    check(parents, "regions: every parent is there");
    check(successors, "regions: every successor is there");
    table_close(&t, "regions.csv");
}

/* What became of a county whose code old ID numbers carry. */
static void test_lapsed_regions(void)
{
    static const struct { Str code, to, successor; } known[] = {
        { S("320621"), S("2017-12-31"), S("320685") }, /* 海安县 -> 海安市 */
        { S("330227"), S("2001-12-31"), S("330212") }, /* 鄞县 -> 鄞州区 */
        { S("450221"), S("2015-12-31"), S("450206") }, /* 柳江县 -> 柳江区 */
        { S("450322"), S("2012-12-31"), S("450312") }, /* 临桂县 -> 临桂区 */
        { S("450331"), S("2017-12-31"), S("450381") }, /* 荔浦县 -> 荔浦市 */
    };
    Table t;
    table_open(&t, "regions.csv");
    size_t found = 0;
    while (csv_next(&t.csv)) {
        Region r = region_of(&t);
        for (size_t i = 0; i < COUNT(known); i++) {
            if (!str_eq(r.code, known[i].code) || r.to.n == 0) continue;
            found++;
            check_str(r.to, known[i].to, "regions: last day of a lapsed county");
            check_str(r.successor, known[i].successor, "regions: successor of a lapsed county");
        }
    }
    check_int((int64_t)found, COUNT(known), "regions: the lapsed counties of the pilot regions");
    table_close(&t, "regions.csv");
}

static void test_industries(void)
{
    Table t;
    table_open(&t, "industries.csv");
    size_t n = 0, focus = 0, intensive = 0;
    bool sound = true;
    while (csv_next(&t.csv)) {
        Str code = cell(&t, S("code")), parent = cell(&t, S("parent")), section = cell(&t, S("section"));
        sound &= section.n == 1 && (parent.n == 0) == str_eq(code, section);
        sound &= date_parse(cell(&t, S("effective_from"))).day != 0 && cell(&t, S("basis")).n > 0;
        focus += str_eq(cell(&t, S("focus")), S("1")) && code.n == 1;
        intensive += str_eq(cell(&t, S("labour_intensive")), S("1")) && code.n == 2;
        n++;
    }
    check(sound, "industries: each row has section, parent, date and basis");
    check_int((int64_t)n, 1971, "industries: all four levels");
    check_int((int64_t)focus, 5, "industries: five sections in focus");
    check_int((int64_t)intensive, 24, "industries: labour-intensive divisions");
    table_close(&t, "industries.csv");
}

static void test_ledger(void)
{
    Table t;
    table_open(&t, "ledger_columns.csv");
    int64_t n = 0, no = 0;
    bool sound = true;
    while (csv_next(&t.csv)) {
        sound &= str_int(cell(&t, S("no")), &no) && no == ++n;
        Str mark = cell(&t, S("sensitivity"));
        sound &= mark.n == 1 && str_has(S("NPS"), mark);
    }
    check(sound, "ledger: numbered, each with a sensitivity");
    check_int(n, 43, "ledger: 43 columns");
    table_close(&t, "ledger_columns.csv");
}

static bool listed(Str words, Str word)
{
    while (words.n) {
        if (str_eq(str_cut(&words, ' '), word)) return true;
    }
    return false;
}

/* A term of a check: a key of the report, or one of what the report does not print. */
static bool term_known(Str keys, Str term)
{
    static const Str beside[] = { S("undecided_in"), S("undecided_out"), S("withdrawn_before"),
                                  S("carried_out@previous"), S("moved_in"), S("moved_out"),
                                  S("undecided_moved_in"), S("undecided_moved_out") };
    for (size_t i = 0; i < COUNT(beside); i++) {
        if (str_eq(term, beside[i])) return true;
    }
    return listed(keys, term);
}

static bool sum_known(Str keys, Str sum)
{
    bool good = sum.n > 0;
    while (sum.n) good &= term_known(keys, str_cut(&sum, '+'));
    return good;
}

static void test_report(void)
{
    char text[8192];
    Out keys = { text, 0, sizeof text, false };
    Table t;
    table_open(&t, "report_m1.csv");
    Str last = { 0 };
    int columns = 0;
    while (csv_next(&t.csv)) {
        Str column = cell(&t, S("column"));
        if (!str_eq(column, last)) columns++;
        last = str_copy(&t.mem, column);
        out_str(&keys, cell(&t, S("key")));
        out_str(&keys, S(" "));
    }
    check_int(columns, 36, "report: columns A to AJ");
    check_str(last, S("AJ"), "report: the last column");
    table_close(&t, "report_m1.csv");

    Table checks;
    table_open(&checks, "report_m1_checks.csv");
    while (csv_next(&checks.csv)) {
        check(sum_known(out_view(&keys), cell(&checks, S("left"))), "report: the left side of a check");
        check(sum_known(out_view(&keys), cell(&checks, S("right"))), "report: the right side of a check");
    }
    table_close(&checks, "report_m1_checks.csv");
    check(!keys.full, "report: its keys fit");
}

static bool all_listed(Str known, Str papers)
{
    bool good = true;
    while (papers.n) good &= listed(known, str_cut(&papers, ' '));
    return good;
}

static void test_papers(void)
{
    char text[1024];
    Out known = { text, 0, sizeof text, false };
    Table t;
    table_open(&t, "papers.csv");
    while (csv_next(&t.csv)) {
        check(cell(&t, S("basis")).n > 0, "papers: a basis for each");
        out_str(&known, cell(&t, S("no")));
        out_str(&known, S(" "));
    }
    table_close(&t, "papers.csv");
    for (size_t i = 0; i < flow_n; i++) {
        check(all_listed(out_view(&known), str_of(flow[i].papers)), "papers: the procedure's are there");
    }
    Table list;
    table_open(&list, "archive_checklist.csv");
    while (csv_next(&list.csv)) {
        check(all_listed(out_view(&known), cell(&list, S("papers"))), "archive: its papers are there");
    }
    table_close(&list, "archive_checklist.csv");
    check(!known.full, "papers: their numbers fit");
}

static void test_retention(void)
{
    Table t;
    table_open(&t, "retention.csv");
    while (csv_next(&t.csv)) {
        Str years = cell(&t, S("years"));
        check(str_is_digits(years) || str_eq(years, S("permanent")), "retention: years, or for ever");
        check(date_parse(cell(&t, S("effective_from"))).day != 0, "retention: since when");
        check(cell(&t, S("basis")).n > 0, "retention: why");
    }
    table_close(&t, "retention.csv");
}

static int64_t articles_of(Str law)
{
    Table t;
    table_open(&t, "laws/articles.csv");
    int64_t n = 0, no = 0;
    while (csv_next(&t.csv)) {
        if (!str_eq(cell(&t, S("law_id")), law)) continue;
        n++;
        check(str_int(cell(&t, S("article_no")), &no) && no == n, "laws: articles without a gap");
    }
    table_close(&t, "laws/articles.csv");
    return n;
}

static void test_laws(void)
{
    Table t;
    table_open(&t, "laws/laws.csv");
    while (csv_next(&t.csv)) {
        int64_t want = 0;
        check(str_int(cell(&t, S("article_count")), &want), "laws: how many articles");
        check_int(articles_of(cell(&t, S("law_id"))), want, "laws: all articles are there");
    }
    table_close(&t, "laws/laws.csv");
}

void test_data(void)
{
    test_regions();
    test_lapsed_regions();
    test_industries();
    test_ledger();
    test_report();
    test_papers();
    test_retention();
    test_laws();
}
