/* Merging dated tables: what a patch does, and what may not be done. */
#include "core/dated.h"
#include "core/reference.h"
#include "test.h"
#include "unit/suites.h"

#define HEAD "key,region,from,to,value\n"
static const DatedTable spans = { .word = "t", .file = "t.csv", .key = "key region", .from = "from", .to = "to" };
static const DatedTable days = { .word = "d", .file = "d.csv", .key = "date", .from = "date", .to = "" };
static const DatedTable plain = { .word = "p", .file = "p.csv", .key = "code", .from = "", .to = "" };
static const DatedTable loose = { .word = "q", .file = "q.csv", .key = "code", .from = "", .to = "", .free = true };

typedef struct Case {
    const char *title;
    const DatedTable *table;
    const char *now, *came;
    bool        patch;
    const char *text;    /* the result; NULL: refused */
    Fault       fault;
    int         line;
    const char *column;
} Case;

/* Today is 2026-11-25. */
static const Case cases[] = {
    { "a patch ends the row before it", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,,2027-01-01,,2\n", true,
      HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,,2\n", 0, 0, NULL },
    { "a patch may come late", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,,2026-05-01,,2\n", true,
      HEAD "w,,2025-01-01,2026-04-30,1\nw,,2026-05-01,,2\n", 0, 0, NULL },
    { "another region is another item", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,4502,2026-05-01,,2\n", true,
      HEAD "w,,2025-01-01,,1\nw,4502,2026-05-01,,2\n", 0, 0, NULL },
    { "a new row stands beside its item", &spans, HEAD "w,,2025-01-01,,1\nx,,2025-01-01,,9\n",
      HEAD "w,,2027-01-01,,2\n", true, HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,,2\nx,,2025-01-01,,9\n",
      0, 0, NULL },
    { "two steps at once", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,,2028-01-01,,3\nw,,2027-01-01,,2\n", true,
      HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,2027-12-31,2\nw,,2028-01-01,,3\n", 0, 0, NULL },
    { "the same again changes nothing", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,,2025-01-01,,1\n", true,
      HEAD "w,,2025-01-01,,1\n", 0, 0, NULL },
    { "a coming row may be changed", &spans, HEAD "w,,2026-11-26,,1\n", HEAD "w,,2026-11-26,,2\n", true,
      HEAD "w,,2026-11-26,,2\n", 0, 0, NULL },
    { "a row of today may not", &spans, HEAD "w,,2026-11-25,,1\n", HEAD "w,,2026-11-25,,2\n", true,
      NULL, FAULT_IN_FORCE, 2, "value" },
    { "a row without a first day was always in force", &spans, HEAD "w,,,,1\n", HEAD "w,,,,2\n", true,
      NULL, FAULT_IN_FORCE, 2, "value" },
    { "a new row needs its first day", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "v,,,,2\n", true,
      NULL, FAULT_REQUIRED, 2, "from" },
    { "before a row that is coming", &spans, HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,,2\n",
      HEAD "w,,2026-12-01,,3\n", true, NULL, FAULT_OVERLAP, 2, "from" },
    { "before a row that is coming, with a last day", &spans,
      HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,,2\n", HEAD "w,,2026-12-01,2026-12-31,3\n", true,
      HEAD "w,,2025-01-01,2026-11-30,1\nw,,2026-12-01,2026-12-31,3\nw,,2027-01-01,,2\n", 0, 0, NULL },
    { "a last day before the first", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "v,,2027-01-02,2027-01-01,2\n", true,
      NULL, FAULT_ORDER, 2, "to" },
    { "an end by itself, from yesterday on", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,,2025-01-01,2026-11-24,1\n",
      true, HEAD "w,,2025-01-01,2026-11-24,1\n", 0, 0, NULL },
    { "an end by itself, before yesterday", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "w,,2025-01-01,2026-11-23,1\n",
      true, NULL, FAULT_NO_SUCCESSOR, 2, "to" },
    { "what is over stays over", &spans, HEAD "w,,2025-01-01,2026-11-24,1\n", HEAD "w,,2025-01-01,,1\n", true,
      NULL, FAULT_IN_FORCE, 2, "to" },
    { "what ends today may go on", &spans, HEAD "w,,2025-01-01,2026-11-25,1\n", HEAD "w,,2025-01-01,,1\n", true,
      HEAD "w,,2025-01-01,,1\n", 0, 0, NULL },
    { "the same row twice", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "v,,2027-01-01,,2\nv,,2027-01-01,,3\n", true,
      NULL, FAULT_TWICE, 3, "key" },
    { "no such day", &spans, HEAD "w,,2025-01-01,,1\n", HEAD "v,,2027-02-29,,2\n", true,
      NULL, FAULT_NOT_DATE, 2, "from" },
    { "a column is missing", &spans, HEAD "w,,2025-01-01,,1\n", "key,region,from,value\nv,,2027-01-01,2\n", true,
      NULL, FAULT_REQUIRED, 1, "to" },
    { "a column too many", &spans, HEAD "w,,2025-01-01,,1\n",
      "key,region,from,to,value,more\nv,,2027-01-01,,2,3\n", true, NULL, FAULT_UNKNOWN, 1, "more" },
    { "columns in any order", &spans, HEAD "w,,2025-01-01,,1\n", "value,to,from,region,key\n2,,2027-01-01,,w\n", true,
      HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,,2\n", 0, 0, NULL },
    { "a whole table without a row that was in force", &spans, HEAD "w,,2025-01-01,,1\nv,,2025-01-01,,1\n",
      HEAD "w,,2025-01-01,,1\n", false, NULL, FAULT_IN_FORCE, 0, "v  2025-01-01" },
    { "a whole table without a coming row", &spans, HEAD "w,,2025-01-01,,1\nv,,2027-01-01,,1\n",
      HEAD "w,,2025-01-01,,1\n", false, HEAD "w,,2025-01-01,,1\n", 0, 0, NULL },
    { "a whole table with an overlap", &spans, HEAD "w,,2025-01-01,,1\n",
      HEAD "w,,2025-01-01,,1\nw,,2027-01-01,,2\n", false, NULL, FAULT_OVERLAP, 3, "from" },
    { "quoted cells stay quoted", &spans, HEAD "w,,2025-01-01,,\"1,\"\"5\"\"\"\n", HEAD "w,,2027-01-01,,2\n", true,
      HEAD "w,,2025-01-01,2026-12-31,\"1,\"\"5\"\"\"\nw,,2027-01-01,,2\n", 0, 0, NULL },
    { "a day that was may not change", &days, "date,is_off\n2026-10-01,1\n", "date,is_off\n2026-10-01,0\n", true,
      NULL, FAULT_IN_FORCE, 2, "is_off" },
    { "a day to come may", &days, "date,is_off\n2026-12-01,1\n", "date,is_off\n2026-12-01,0\n", true,
      "date,is_off\n2026-12-01,0\n", 0, 0, NULL },
    { "a forgotten day may be added", &days, "date,is_off\n2026-10-01,1\n", "date,is_off\n2026-10-02,1\n", true,
      "date,is_off\n2026-10-01,1\n2026-10-02,1\n", 0, 0, NULL },
    { "rows without days: adding", &plain, "code,zh\nA,a\n", "code,zh\nB,b\n", true, "code,zh\nA,a\nB,b\n", 0, 0, NULL },
    { "rows without days: changing", &plain, "code,zh\nA,a\n", "code,zh\nA,b\n", true,
      NULL, FAULT_IN_FORCE, 2, "zh" },
    { "papers: every version is kept whole", &loose, "code,zh\nA,a\n", "code,zh\nA,b\n", true,
      "code,zh\nA,b\n", 0, 0, NULL },
};

static void run_case(const Case *k, Arena mem)
{
    Merge *m = NEW(&mem, Merge, 1);
    DatedAsk ask = { k->table, str_of(k->now), str_of(k->came), k->patch, date_parse(S("2026-11-25")) };
    bool good = dated_merge(&ask, &mem, m);
    check(good == (k->text != NULL), k->title);
    if (k->text) check_str(m->text, str_of(k->text), k->title);
    if (k->text || m->refuses == 0) return;
    check_int(m->refused[0].fault, k->fault, k->title);
    check_int(m->refused[0].line, k->line, k->title);
    check_str(m->refused[0].column, str_of(k->column), k->title);
}

static void counts(Arena mem)
{
    Merge *m = NEW(&mem, Merge, 1);
    DatedAsk ask = { &spans, S(HEAD "w,,2025-01-01,,1\nv,,2027-01-01,,1\nu,,2027-01-01,,1\n"),
                     S(HEAD "w,,2025-01-01,2026-12-31,1\nw,,2027-01-01,,2\nu,,2027-01-01,,5\n"), false,
                     date_parse(S("2026-11-25")) };
    check(dated_merge(&ask, &mem, m), "a whole table");
    for (size_t i = 0; i < CHANGE__COUNT; i++) check_int((int64_t)m->count[i], 1, "one change of each kind");
    check_int((int64_t)m->changes, 4, "all are shown");
    check_str(m->change[2].before, S("w,,2025-01-01,,1"), "what was");
    ask.incoming = S(HEAD "\"w");
    check(!dated_merge(&ask, &mem, m) && m->unread, "a quote that is not closed");
    ask.incoming = S("");
    check(!dated_merge(&ask, &mem, m) && m->refuses, "no text at all");
}

/* Every shipped table merges with itself: nothing changes, not a byte. */
static void shipped(const Block *block)
{
    for (size_t i = 0; i < reference_tables_n; i++) {
        Arena mem = block_arena(block);
        const DatedTable *t = &reference_tables[i];
        char path[512];
        Out o = { .buf = path, .cap = sizeof path - 1 };
        out_str(&o, str_of(TEST_DATA "/"));
        out_str(&o, str_of(t->file));
        path[o.len] = 0;
        bool read = false;
        Str text = file_read(&mem, path, 8 << 20, &read);
        Merge *m = NEW(&mem, Merge, 1);
        DatedAsk ask = { t, text, text, (i & 1) != 0, date_parse(S("2026-11-25")) };
        check(read && dated_merge(&ask, &mem, m), t->file);
        check(str_eq(m->text, text), t->file);
        check_int((int64_t)m->changes, 0, t->file);
    }
}

void test_dated(void)
{
    Block block = block_open((size_t)256 << 20);
    for (size_t i = 0; i < COUNT(cases); i++) run_case(&cases[i], block_arena(&block));
    counts(block_arena(&block));
    shipped(&block);
    block_close(&block);
}
