/* data/industries.csv as the register of employers asks it. */
#include "law/industry.h"
#include "test.h"
#include "unit/suites.h"

enum { MEMORY = 4 << 20 };

static void flags(const Industries *list)
{
    static const struct Want {
        const char *code;
        bool known, labour, focus;
    } wants[] = {
        { "C13", true, true, true },   { "C24", true, true, true },   { "C25", true, false, true },
        { "C26", true, false, true },  { "C29", true, true, true },   { "C33", true, true, true },
        { "C38", true, true, true },   { "C39", true, true, true },   { "C40", true, false, true },
        { "E47", true, true, true },   { "E50", true, true, true },   { "F51", true, false, true },
        { "G59", true, true, true },   { "H61", true, true, true },   { "H62", true, true, true },
        { "I63", true, false, false }, { "A01", true, false, false }, { "T97", true, false, false },
        { "D13", false, false, false }, { "C00", false, false, false }, { "C1", false, false, false },
        { "C131", false, false, false }, { "", false, false, false },
    };
    Date day = date_parse(S("2026-03-02"));
    for (size_t i = 0; i < COUNT(wants); i++) {
        const Industry *it = industry_find(list, str_of(wants[i].code), day);
        check(!it == !wants[i].known, wants[i].code);
        if (it) check(it->labour_intensive == wants[i].labour && it->focus == wants[i].focus, wants[i].code);
    }
    check(industry_find(list, S("C13"), date_parse(S("2017-10-01"))), "on its first day");
    check(!industry_find(list, S("C13"), date_parse(S("2017-09-30"))), "not the day before");
}

static void spans(Arena *mem)
{
    Industries list;
    Str text = S("code,name,level,section,labour_intensive,focus,effective_from,effective_to\n"
                 "13,old,2,C,0,0,2000-01-01,2019-12-31\n13,new,2,C,1,0,2020-01-01,\n131,deeper,3,C,1,0,2020-01-01,\n"
                 "C,all,1,C,0,1,2000-01-01,\n");
    check(!industries_read(&list, mem, "i.csv", text), "two spans read");
    const Industry *any = industry_any(&list, S("C131"), date_parse(S("2020-01-01")));
    check(any && any->labour_intensive, "a group is known by its whole code");
    check(!industry_any(&list, S("C131"), date_parse(S("2019-12-31"))), "a group, not the day before");
    check(!industry_any(&list, S("131"), date_parse(S("2020-01-01"))), "digits need their section");
    any = industry_any(&list, S("C"), date_parse(S("2020-01-01")));
    check(any && any->focus, "a section is known");
    any = industry_last(&list, S("C13"));
    check_str(any ? any->name : (Str){ 0 }, S("new"), "the newest name");
    check(!industry_last(&list, S("")) && !industry_last(&list, S("X13")), "no name for no industry");
    const Industry *last = industry_find(&list, S("C13"), date_parse(S("2019-12-31")));
    const Industry *first = industry_find(&list, S("C13"), date_parse(S("2020-01-01")));
    check(last && !last->labour_intensive && first && first->labour_intensive, "what held on the day");
}

static void faults(Arena *mem)
{
    static const char *const rows[] = {
        "13,x,2,,0,0,2000-01-01,", "1,x,2,C,0,0,2000-01-01,", "1a,x,2,C,0,0,2000-01-01,", "13,x,2,C,0,0,,",
        "13,x,2,C,0,0,2000-01-02,2000-01-01", "13,x,2,C,2,0,2000-01-01,", "13,x,2,C,0,yes,2000-01-01,",
        "13,x,2,C,0,0,2000-01-01,never",
    };
    char text[300];
    for (size_t i = 0; i < COUNT(rows); i++) {
        Industries list;
        Out o = { .buf = text, .cap = sizeof text };
        out_str(&o, S("code,name,level,section,labour_intensive,focus,effective_from,effective_to\n"));
        out_str(&o, str_of(rows[i]));
        const char *fault = industries_read(&list, mem, "i.csv", out_view(&o));
        check(fault && str_starts(str_of(fault), S("i.csv:2: ")), rows[i]);
    }
}

void test_industry(void)
{
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block);
    Industries list;
    bool good = false;
    Str text = file_read(&mem, TEST_DATA "/industries.csv", 1 << 20, &good);
    check(good, "industries.csv is there");
    check(!industries_read(&list, &mem, "industries.csv", text), "industries.csv reads");
    flags(&list);
    spans(&mem);
    faults(&mem);
    block_close(&block);
}
