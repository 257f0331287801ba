/*
** What the network rests on: coverage targets compared unrounded, the items of
** the six haves, formulas of assessments in exact fractions, schemes.
*/
#include "law/coverage.h"
#include "law/org_kind.h"
#include "law/scheme.h"
#include "law/six.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static Date on(const char *iso)
{
    return date_parse(str_of(iso));
}

/* ---- coverage ------------------------------------------------------------------ */

/* AS-51 */
static void sixty_percent(const Law *law)
{
    const Target *t = target_find(&law->targets, S("HA24.ENT"), on("2024-12-31"));
    check(t != NULL, "Hai'an's target of 2024 is in the table");
    if (!t) return;
    check(!cover_reached(t, (Cover){ 85, 50 }), "50 of 85 is below 60 %");
    check(cover_reached(t, (Cover){ 85, 51 }), "51 of 85 is 60 %, and 不低于 includes it");
    check_int(cover_share((Cover){ 85, 50 }), 5882, "50 of 85 is printed as 58.82 %");
    check_int(cover_share((Cover){ 85, 51 }), 6000, "51 of 85 is printed as 60.00 %");
    check_int(cover_short(t, (Cover){ 85, 50 }), 1, "one is missing");
    check_int(cover_short(t, (Cover){ 85, 51 }), 0, "none is missing");
    check_int(cover_needed(t, (Cover){ 85, 0 }), 51, "51 are needed");
    check_int(cover_needed(t, (Cover){ 86, 0 }), 52, "51.6 is 52");
    check(!cover_reached(t, (Cover){ 100000, 59999 }), "59.999 % is printed as 60.00 and still not reached");
    check_int(cover_share((Cover){ 100000, 59999 }), 6000, "what is printed is rounded");
    check(cover_reached(t, (Cover){ 0, 0 }), "nobody to cover: nothing is missing");
    check_int(t->staff_min, 100, "of a hundred and more");
    check(t->labour_intensive, "of labour-intensive industries");
}

static void numbers_and_wholes(const Law *law)
{
    const Target *pilot = target_find(&law->targets, S("HA24.PILOT"), on("2024-12-31"));
    const Target *whole = target_find(&law->targets, S("HA25.ENT"), on("2025-12-31"));
    check(pilot && whole, "the targets of a number and of all are in the table");
    if (!pilot || !whole) return;
    check(!cover_reached(pilot, (Cover){ 0, 0 }),
          "a pilot at least: none is not enough, nobody eligible or not");
    check(cover_reached(pilot, (Cover){ 14, 1 }), "one is");
    check_int(cover_short(pilot, (Cover){ 14, 0 }), 1, "one is missing");
    check(!cover_reached(whole, (Cover){ 85, 84 }), "84 of 85 is not all");
    check(cover_reached(whole, (Cover){ 85, 85 }), "85 of 85 is");
    check(target_find(&law->targets, S("HA24.ENT"), on("2024-05-15")) == NULL, "not before the notice");
    check(target_find(&law->targets, S("HA24.ENT"), on("2024-05-16")) != NULL, "from its day on");
}

static void places(const Law *law, Arena *mem)
{
    const Target *city = target_find(&law->targets, S("HA24.ENT"), on("2025-01-01"));
    const Target *province = target_find(&law->targets, S("AH25.ARB"), on("2025-01-01"));
    const Target *four = target_find(&law->targets, S("GL23.DISTRICT"), on("2024-01-01"));
    check(city && province && four, "three places");
    if (!city || !province || !four) return;
    check(target_touches(city, S("32")), "the province sees its county's target");
    check(target_touches(city, S("320685101")), "a township sees that of its county");
    check(!target_touches(city, S("320684")), "the neighbour does not");
    check_str(target_within(mem, city, S("32")), S("320685"), "from above: the county");
    check_str(target_within(mem, city, S("320685101")), S("320685101"), "from below: the township");
    check_str(target_within(mem, province, S("3401")), S("3401"), "a city of the province");
    check_str(target_within(mem, four, S("4503")), S("450302 450303 450304 450305"),
              "four districts of Guilin");
    check_str(target_within(mem, four, S("450303")), S("450303"), "one of them");
    check_str(target_within(mem, four, S("450311")), (Str){ 0 }, "another district of Guilin");
}

static bool refused(const char *row)
{
    char text[600];
    Block block = block_open((size_t)1 << 20);
    Arena mem = block_arena(&block);
    Out o = { .buf = text, .cap = sizeof text };
    out_str(&o,
            S("code,region,due,subject,staff_min,labour_intensive,kinds,need,share_bp,least,"
              "lead,zh,en,basis,from,to\n"));
    out_str(&o, str_of(row));
    Sheet sheet;
    Targets list;
    bool bad = !targets_read(&list, &mem, out_view(&o), &sheet);
    block_close(&block);
    return bad;
}

static void bad_targets(void)
{
    check(!refused("X,45,2025-12-31,TOWNSHIP,0,0,TOWN,,10000,0,HRSS,a,b,c,2021-01-01,\n"),
          "a good row is taken");
    check(refused("X,45,2025-12-31,TOWNSHIP,0,0,TOWN,,10001,0,HRSS,a,b,c,2021-01-01,\n"), "more than all");
    check(refused("X,45,2025-12-31,TOWNSHIP,0,0,TOWN,,0,0,HRSS,a,b,c,2021-01-01,\n"),
          "neither share nor number");
    check(refused("X,45,2025-12-31,TOWNSHIP,0,0,TOWN,,5000,3,HRSS,a,b,c,2021-01-01,\n"),
          "both share and number");
    check(refused("X,45,,TOWNSHIP,0,0,TOWN,,10000,0,HRSS,a,b,c,2021-01-01,\n"), "no day by which");
    check(refused("X,45,2025-12-31,MOON,0,0,TOWN,,10000,0,HRSS,a,b,c,2021-01-01,\n"), "nobody's");
    check(refused("X,45,2025-12-31,TOWNSHIP,0,0,PALACE,,10000,0,HRSS,a,b,c,2021-01-01,\n"), "of no kind");
    check(refused("X,45,2025-12-31,TOWNSHIP,0,0,TOWN,WINE,10000,0,HRSS,a,b,c,2021-01-01,\n"), "of no need");
}

/* ---- the six haves ----------------------------------------------------------------- */

#define OTHERS "RECEPTION ROOM CABINET COMPUTER PRINTER SCANNER RECORDER NETWORK ANNUAL REGISTRATION RECORDS URGING" \
    " ARCHIVE TRAINING STATISTICS ASSESSMENT NAME_PLATE PROCEDURE DUTIES"

static void six_in_detail(const Law *law)
{
    Date day = on("2026-03-01");
    const SixItems *list = &law->six_items;
    check_int(six_found(list, S("TOWN"), day, S(OTHERS " CONDUCT TWO FULL_TIME")), HAVE__ALL,
              "all items: all six");
    check_int(six_found(list, S("TOWN"), day, S(OTHERS " CONDUCT TWO")), HAVE__ALL & ~HAVE_MEDIATORS,
              "a township centre needs a full-time mediator");
    check_int(six_found(list, S("ENT"), day, S(OTHERS " CONDUCT TWO")), HAVE__ALL, "a committee does not");
    check_int(six_found(list, S("ENT"), day, S(OTHERS " TWO")), HAVE__ALL & ~HAVE_SIGNAGE,
              "one sign is missing: the signage is");
    check_int(six_found(list, S("ENT"), day, (Str){ 0 }), 0, "nothing found: none");
    check(six_item(list, S("FULL_TIME"), S("ENT"), day) == NULL,
          "what is not asked of a kind is not its item");
    check(six_item(list, S("FULL_TIME"), S("CENTER"), on("2008-04-30")) == NULL, "nor before its day");
}

/* ---- formulas --------------------------------------------------------------------------- */

static bool one_name(const void *from, Str name, int64_t *value)
{
    *value = str_eq(name, S("big")) ? INT64_MAX : str_eq(name, S("none")) ? 0 : *(const int64_t *)from;
    return str_eq(name, S("x")) || str_eq(name, S("big")) || str_eq(name, S("none"));
}

static Ratio worth(const char *text, FormulaFault *fault)
{
    static const int64_t x = 7;
    Formula f = { .name = one_name, .from = &x };
    Ratio r = formula_value(&f, str_of(text));
    *fault = f.fault;
    return r;
}

static void gives(const char *text, int64_t num, int64_t den)
{
    FormulaFault fault;
    Ratio r = worth(text, &fault);
    check(fault == FORMULA_OK && r.num == num && r.den == den, text);
}

static void fails(const char *text, FormulaFault expected)
{
    FormulaFault fault;
    (void)worth(text, &fault);
    check(fault == expected, text);
}

static void formulas(void)
{
    gives("1 + 2 * 3", 7, 1);
    gives("(1 + 2) * 3", 9, 1);
    gives("1 - 2 - 3", -4, 1);
    gives("12 / 4 / 3", 1, 1);
    gives("0.1 + 0.2", 3, 10);
    gives("x / 3", 7, 3);
    gives("-x + 2", -5, 1);
    gives("- -x", 7, 1);
    gives("min(x, 3) + max(x, 30)", 33, 1);
    gives("clamp(x / 10, 0, 1)", 7, 10);
    gives("clamp(x, 0, 1)", 1, 1);
    gives("clamp(-x, 0, 1)", 0, 1);
    gives("if(x, 7, 1, 2)", 1, 1);
    gives("if(x, 7.5, 1, 2)", 2, 1);
    gives("big / big", 1, 1);
    gives("x / none", 0, 0);
    gives("min(x / none, 1)", 0, 0);
    gives("1 + x / (x - 7)", 0, 0);
    fails("", FORMULA_SYNTAX);
    fails("1 +", FORMULA_SYNTAX);
    fails("1 2", FORMULA_SYNTAX);
    fails("(1", FORMULA_SYNTAX);
    fails("1.", FORMULA_SYNTAX);
    fails(".5", FORMULA_SYNTAX);
    fails("min(1)", FORMULA_SYNTAX);
    fails("min(1, 2, 3)", FORMULA_SYNTAX);
    fails("1 % 2", FORMULA_SYNTAX);
    fails("y + 1", FORMULA_UNKNOWN);
    fails("pow(1, 2)", FORMULA_UNKNOWN);
    fails("big + 1", FORMULA_TOO_LARGE);
    fails("big * x / x", FORMULA_TOO_LARGE);
    fails("1234567890123456", FORMULA_TOO_LARGE);
    fails("((((((((((((((((((1))))))))))))))))))", FORMULA_TOO_DEEP);
    check_int(ratio_scaled(ratio_of(2, 3), 10000), 6667, "two thirds, half up");
    check_int(ratio_scaled(ratio_of(1, 3), 10000), 3333, "a third");
    check_int(ratio_cmp(ratio_of(INT64_MAX, 2), ratio_of(INT64_MAX, 3)), 1, "comparing does not overflow");
}

/* ---- schemes ------------------------------------------------------------------------------ */

static const SchemeRow *item_of(const Law *law, Str scheme, Str code)
{
    for (size_t i = 0; i < law->schemes.n; i++) {
        const SchemeRow *r = &law->schemes.row[i];
        if (str_eq(r->scheme, scheme) && str_eq(r->code, code)) return r;
    }
    return NULL;
}

static int64_t points(const Law *law, const char *code, const AssessFacts *facts, bool *counts)
{
    const SchemeRow *r = item_of(law, S("MED"), str_of(code));
    int64_t p = -1;
    check(r != NULL, code);
    if (!r) return p;
    Formula f = { .name = assess_fact, .from = facts };
    *counts = scheme_points(r, formula_value(&f, r->formula), &p);
    return p;
}

static void mediator_points(const Law *law)
{
    AssessFacts f = { .used = 0 };
    bool counts = false;
    f.n[AM_DAYS] = 365;
    f.n[AM_ENDED] = 30;
    f.n[AM_AGREED] = 15;
    f.n[AM_SETTLED] = 5;
    f.n[AM_WITHDRAWN] = 3;
    f.n[AM_ON_TIME] = 27;
    f.n[AM_TRAINING_MIN] = 720;
    f.n[AM_TRAINING_NEED] = 1440;
    check_int(points(law, "VOLUME", &f, &counts), 20 * POINT, "more than 24 a year is full");
    check_int(points(law, "SUCCESS", &f, &counts), 133333, "20 * 20/30 = 13.3333 points");
    check_int(points(law, "ON_TIME", &f, &counts), 15 * POINT, "27 of 30 less 3 withdrawn");
    check_int(points(law, "TRAINING", &f, &counts), 5 * POINT, "half of the hours: half of the points");
    check_int(points(law, "PERFORMANCE", &f, &counts), 0, "nothing due: no points");
    check(!counts, "and the weight does not count");
    f.n[AM_ENDED] = 0;
    check_int(points(law, "VOLUME", &f, &counts), 0, "no case: no points of volume");
    check(counts, "and the weight counts");
    check_int(scheme_total(450000, 50), 90 * POINT, "45 of 50 is 90 of 100");
    check_int(scheme_total(0, 0), 0, "nothing that counts: nothing");
}

static void grade(const Law *law, int64_t total, const char *expected)
{
    const SchemeRow *g = scheme_grade(&law->schemes, S("MED"), on("2026-12-31"), total);
    check_str(g ? g->code : (Str){ 0 }, str_of(expected), expected);
}

static void grades(const Law *law)
{
    grade(law, POINTS_FULL, "EXCELLENT");
    grade(law, 90 * POINT, "EXCELLENT");
    grade(law, 90 * POINT - 1, "QUALIFIED");
    grade(law, 60 * POINT, "QUALIFIED");
    grade(law, 60 * POINT - 1, "UNQUALIFIED");
    grade(law, 0, "UNQUALIFIED");
}

#define HEAD "scheme,code,parent,subject,kind,weight,formula,empty,zh,en,basis,from,to\n"

static bool scheme_refused(const char *text)
{
    Block block = block_open((size_t)1 << 20);
    Arena mem = block_arena(&block);
    Sheet sheet;
    Schemes list;
    bool bad = !schemes_read(&list, &mem, str_of(text), &sheet);
    block_close(&block);
    return bad;
}

static void bad_schemes(void)
{
    check(!scheme_refused(HEAD "A,X,,ORG,ITEM,100,six / 6,OUT,a,b,c,2026-01-01,\n"),
          "a scheme of one item is taken");
    check(scheme_refused(HEAD "A,X,,ORG,ITEM,99,six / 6,OUT,a,b,c,2026-01-01,\n"), "weights of 99");
    check(scheme_refused(HEAD "A,X,,ORG,ITEM,100,six / 6,OUT,a,b,c,2026-01-01,\n"
                              "A,Y,,ORG,ITEM,1,six,OUT,a,b,c,2027-01-01,\n"),
          "weights of 101 from the second row's day on");
    check(!scheme_refused(HEAD "A,X,,ORG,ITEM,100,six / 6,OUT,a,b,c,2026-01-01,2026-12-31\n"
                               "A,X,,ORG,ITEM,100,six / 6,ZERO,a,b,c,2027-01-01,\n"), "one after the other");
    check(scheme_refused(HEAD "A,X,,ORG,ITEM,100,six / moons,OUT,a,b,c,2026-01-01,\n"), "an unknown number");
    check(scheme_refused(HEAD "A,X,,ORG,ITEM,100,six /,OUT,a,b,c,2026-01-01,\n"), "half a formula");
    check(scheme_refused(HEAD "A,X,,ORG,ITEM,100,six / 6,,a,b,c,2026-01-01,\n"),
          "an item says what no value means");
    check(scheme_refused(HEAD "A,X,,MOON,ITEM,100,six / 6,OUT,a,b,c,2026-01-01,\n"), "nobody's");
}

void test_network(void)
{
    Law law;
    Block block = lawdata_open(&law);
    Block room = block_open((size_t)1 << 20);
    Arena mem = block_arena(&room);
    sixty_percent(&law);
    numbers_and_wholes(&law);
    places(&law, &mem);
    bad_targets();
    six_in_detail(&law);
    formulas();
    mediator_points(&law);
    grades(&law);
    bad_schemes();
    block_close(&room);
    block_close(&block);
}
