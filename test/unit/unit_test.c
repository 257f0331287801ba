/* The member units of the joint meeting, and whose turn it is to convene it. */
#include "law/unit.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static const Unit hr = { .code = { "HRSS", 4 }, .rota = 1 }, court = { .code = { "COURT", 5 }, .rota = 2 },
                  gu = { .code = { "GU", 2 }, .rota = 3 }, ec = { .code = { "EC", 2 }, .rota = 4 },
                  plc = { .code = { "PLC", 3 }, .rota = 0 };
static const Unit *const rota[] = { &hr, &court, &gu, &ec, &plc };

static Str next(const Convened *past, size_t n)
{
    const Unit *u = rota_next(rota, COUNT(rota), past, n);
    return u ? u->code : (Str){ 0 };
}

static void test_turns(void)
{
    check_str(next(NULL, 0), S("HRSS"), "the first of the rota begins");
    /* The court's was held a quarter later. */
    const Convened as53[] = { { S("COURT"), false }, { S("HRSS"), false } };
    check_str(next(as53, 2), S("GU"), "AS-53: a postponed meeting is its convener's; the union is next");
    const Convened cancelled[] = { { S("COURT"), true }, { S("HRSS"), false } };
    check_str(next(cancelled, 2), S("COURT"), "a cancelled meeting was no turn");
    const Convened all_cancelled[] = { { S("COURT"), true }, { S("HRSS"), true } };
    check_str(next(all_cancelled, 2), S("HRSS"), "nothing but cancelled ones: from the beginning");
    const Convened last[] = { { S("EC"), false } };
    check_str(next(last, 1), S("HRSS"), "after the last comes the first");
    const Convened gone[] = { { S("FIC"), false } };
    check_str(next(gone, 1), S("HRSS"), "who convened last has left: from the beginning");
    const Unit *const without_gu[] = { &hr, &court, &ec, &plc };
    const Convened dissolved[] = { { S("GU"), false }, { S("COURT"), false }, { S("HRSS"), false } };
    check_str(rota_next(without_gu, 4, dissolved, 3)->code, S("EC"),
              "who convened last was dissolved: on with the one after, not from the beginning");
    const Convened twice_gone[] = { { S("FIC"), false }, { S("GU"), true }, { S("EC"), false } };
    check_str(rota_next(without_gu, 4, twice_gone, 3)->code, S("HRSS"),
              "past who is gone and what was cancelled");
    check(!rota_next(&rota[4], 1, NULL, 0), "nobody convenes where nobody is in the rota");
}

static void skips(const Unit *turn, Str instead, bool good, Str want)
{
    char room[80];
    Out o = { .buf = room, .cap = sizeof room };
    check(rota_skips(rota, COUNT(rota), turn, instead, &o) == good, "who convenes instead");
    if (good) check_str(out_view(&o), want, "who was skipped");
}

static void test_skips(void)
{
    skips(&gu, S("GU"), true, (Str){ 0 });
    skips(&gu, S("EC"), true, S("GU"));
    skips(&gu, S("COURT"), true, S("GU EC HRSS"));
    skips(&gu, S("PLC"), false, (Str){ 0 });
    skips(&gu, S("MIIT"), false, (Str){ 0 });
}

static int64_t count(const Units *u, Str region, Date day)
{
    const Unit *list[UNITS_MAX];
    return (int64_t)units_of(u, region, day, list);
}

static void test_table(const Law *law)
{
    const Unit *list[UNITS_MAX];
    Date day = date_of(2026, 3, 2);
    const Units *u = &law->units;
    check_int(count(u, S("450300"), day), 9, "Guilin: nine departments");
    (void)units_of(u, S("450300"), day, list);
    check_str(list[3]->code, S("EC"), "the enterprise body convenes last");
    check_int(count(u, S("450222"), day), 9, "elsewhere: the nine of the ministries' opinion");
    check_int(count(u, S("450206"), day), 8, "Liujiang: eight, its own list alone");
    check(!unit_find(u, S("450206"), day, S("EC")), "the enterprise confederation is none of Liujiang's");
    check_int(unit_find(u, S("450206"), day, S("FIC"))->rota, 4, "there the FIC convenes for employers");
    check_int(count(u, S("450300"), date_of(2022, 10, 12)), 0, "none the day before");
    check_int(count(u, S("450300"), date_of(2022, 10, 13)), 9, "nine on the day");
    const Unit *hrss = unit_find(u, S("450300"), date_of(2023, 5, 10), S("HRSS"));
    check(hrss && str_has(hrss->basis, S("11号")), "from its day on the city's own list");
}

static void test_bad(void)
{
    Block block = block_open(1 << 20);
    Arena mem = block_arena(&block);
    Sheet sheet;
    Units u;
    units_init(&u, &mem, 1);
    check(!units_read(&u, &mem, S("code,region\nHRSS,*\n"), &sheet), "a column is missing");
    Str head = S("code,region,from,to,rota,zh,en,duty,basis\nHRSS,*,2022-10-13,,-1,a,b,,c\n");
    check(!units_read(&u, &mem, head, &sheet) && str_eq(sheet.column, S("rota")), "a place below zero");
    block_close(&block);
}

void test_unit(void)
{
    static Law law;
    Block block = lawdata_open(&law);
    test_turns();
    test_skips();
    test_table(&law);
    test_bad();
    block_close(&block);
}
