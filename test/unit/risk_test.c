/*
** Early warning: each sign on, before and after its border, what signs add up to, the
** rows of one province, the lay-off of AS-50, tables that are wrong.
*/
#include "law/risk.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static Date on(const char *iso)
{
    return date_parse(str_of(iso));
}

static RiskScore rated(const Law *law, const RiskFacts *f, const char *region, const char *day)
{
    RiskScore s;
    risk_score(&(RiskLaw){ &law->risk_signs, &law->params, str_of(region), on(day) }, f, &s);
    return s;
}

/* AS-50: what 劳动合同法 41 counts */
static void layoffs(const Law *law)
{
    static const struct { int64_t cut, staff; bool large; } rows[] = {
        { 15, 150, true }, { 14, 150, false }, { 20, 1000, true }, { 19, 1000, false }, { 1, 10, true },
        { 5, 0, false }, { 0, 0, false }, { 20, 0, true },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool large = risk_layoff(&law->params, rows[i].cut, rows[i].staff, S("450206"), on("2026-03-02"));
        check_int(large, rows[i].large, "a large lay-off");
    }
}

/* One measure, one before and on each border. */
static void borders(const Law *law)
{
    static const struct { RiskMeasure m; int64_t value; RiskLevel level; int64_t points; } rows[] = {
        { RK_ARREARS_MONTHS, 1, RISK_YELLOW, 1 }, { RK_ARREARS_MONTHS, 2, RISK_YELLOW, 1 },
        { RK_ARREARS_MONTHS, 3, RISK_ORANGE, 3 }, { RK_ARREARS_RUN, 1, RISK_BLUE, 0 },
        { RK_ARREARS_RUN, 2, RISK_ORANGE, 3 },
        { RK_ARREARS_PEOPLE, 2, RISK_BLUE, 0 }, { RK_ARREARS_PEOPLE, 3, RISK_YELLOW, 1 },
        { RK_ARREARS_PEOPLE, 9, RISK_YELLOW, 1 }, { RK_ARREARS_PEOPLE, 10, RISK_ORANGE, 3 },
        { RK_ARREARS_PEOPLE, 29, RISK_ORANGE, 3 }, { RK_ARREARS_PEOPLE, 30, RISK_RED, 6 },
        { RK_ARREARS_FEN, 99999999, RISK_BLUE, 0 }, { RK_ARREARS_FEN, 100000000, RISK_RED, 6 },
        { RK_INSURED_PERCENT, 4, RISK_BLUE, 0 }, { RK_INSURED_PERCENT, 5, RISK_YELLOW, 1 },
        { RK_INSURED_PERCENT, 10, RISK_ORANGE, 3 }, { RK_INSURED_PERCENT, 20, RISK_RED, 6 },
        { RK_INSURED_FALL, 19, RISK_BLUE, 0 }, { RK_INSURED_FALL, 20, RISK_RED, 6 },
        { RK_DISPUTES, 2, RISK_BLUE, 0 }, { RK_DISPUTES, 3, RISK_YELLOW, 1 },
        { RK_DISPUTES, 6, RISK_ORANGE, 3 },
        { RK_DISPUTE_PEOPLE, 9, RISK_BLUE, 0 }, { RK_DISPUTE_PEOPLE, 10, RISK_RED, 6 },
        { RK_LATE_DAYS, 30, RISK_BLUE, 0 }, { RK_LATE_DAYS, 31, RISK_ORANGE, 3 },
        { RK_BROKEN, 3, RISK_RED, 6 },
        { RK_UNREPORTED, 1, RISK_BLUE, 0 }, /* of Jiangsu alone */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        RiskFacts f = { 0 };
        f.n[rows[i].m] = rows[i].value;
        RiskScore s = rated(law, &f, "450206", "2026-03-02");
        check_int(s.level, rows[i].level, "a sign's level");
        check_int(s.points, rows[i].points, "a sign's points");
    }
}

static void sums_of_signs(const Law *law)
{
    RiskFacts f = { 0 };
    f.n[RK_DEBTS] = 1;
    f.n[RK_OPINION] = 1;
    f.n[RK_LATE] = 1;
    f.n[RK_LEAVING] = 1;
    check_int(rated(law, &f, "450206", "2026-03-02").level, RISK_YELLOW, "four points are yellow");
    f.focus = true;
    check_int(rated(law, &f, "450206", "2026-03-02").level, RISK_ORANGE,
              "a focus group makes it five: orange");
    f.n[RK_DEBTS] = f.n[RK_OPINION] = 2;
    f.n[RK_LATE] = 0;
    RiskScore s = rated(law, &f, "450206", "2026-03-02");
    check_int(s.points, 8, "two orange, one yellow, one of the group");
    check_int(s.level, RISK_RED, "eight are red");
    check_int((int64_t)s.n, 3, "each sign once");
    RiskFacts quiet = { .focus = true };
    check_int(rated(law, &quiet, "450206", "2026-03-02").points, 0, "a group alone is no sign");
    quiet.n[RK_UNREPORTED] = 1;
    check_int(rated(law, &quiet, "320100", "2026-03-02").level, RISK_ORANGE,
              "Jiangsu: not reported in five days");
    RiskFacts season = { .n = { [RK_SEASON] = 1 } };
    check_int(rated(law, &season, "450206", "2026-12-07").level, RISK_BLUE,
              "sixty-one days before Spring Festival");
    check_int(rated(law, &season, "450206", "2026-12-08").level, RISK_YELLOW, "sixty days before");
    check_int(rated(law, &season, "450206", "2027-02-05").level, RISK_YELLOW, "the day before");
    check_int(rated(law, &season, "450206", "2027-02-06").level, RISK_BLUE, "the day itself");
    static const char *const begun[] = {
        "2027-11-27", "2028-12-15", "2029-12-05", "2027-06-15", "2028-07-15", "2029-06-15", "2030-07-15",
    };
    for (size_t i = 0; i < COUNT(begun); i++) {
        check_int(rated(law, &season, "450206", begun[i]).level, RISK_YELLOW, begun[i]);
    }
    check_int(rated(law, &season, "450206", "2027-11-26").level, RISK_BLUE, "sixty-one days before");
    RiskFacts pay = { .n = { [RK_ARREARS_RUN] = 2 } };
    check(str_has(rated(law, &pay, "320100", "2026-03-02").hit[0].sign->basis, S("江苏省")),
              "a region's row is nearer");
    check(!str_has(rated(law, &pay, "450206", "2026-03-02").hit[0].sign->basis, S("江苏省")),
              "and only its own");
}

static bool sign_refused(const char *row)
{
    char text[400];
    Block block = block_open((size_t)1 << 20);
    Arena mem = block_arena(&block);
    Out o = { .buf = text, .cap = sizeof text };
    RiskSigns signs;
    RiskPatterns patterns;
    Sheet sheet;
    bool pattern = row[0] == '!';
    out_str(&o, pattern ? S("code,measure,least,days,kind,zh,en,basis,from,to\n")
                        : S("code,level,measure,least,region,zh,en,basis,from,to\n"));
    out_str(&o, str_of(row + pattern));
    bool good = pattern ? risk_patterns_read(&patterns, &mem, out_view(&o), &sheet)
                        : risk_signs_read(&signs, &mem, out_view(&o), &sheet);
    block_close(&block);
    return !good;
}

static void bad_signs(void)
{
    check(!sign_refused("W01,RED,late,1,*,a,b,c,2026-01-01,\n"), "a good row");
    check(sign_refused("W01,BLUE,late,1,*,a,b,c,2026-01-01,\n"), "blue is no sign's");
    check(sign_refused("W01,RED,moon,1,*,a,b,c,2026-01-01,\n"), "nobody measures that");
    check(sign_refused("W01,RED,late,0,*,a,b,c,2026-01-01,\n"), "nought is always reached");
    check(sign_refused("W01,RED,late,1,*,a,b,c,,\n"), "from no day on");
    check(sign_refused("W01,RED,late,1,*,a,b,,2026-01-01,\n"), "on no basis");
    check(!sign_refused("!P,cases,3,90,OTHER,a,b,c,2026-01-01,\n"), "a good pattern");
    check(sign_refused("!P,moons,3,90,OTHER,a,b,c,2026-01-01,\n"), "nobody counts that");
    check(sign_refused("!P,cases,3,0,OTHER,a,b,c,2026-01-01,\n"), "within no time");
    check(sign_refused("!P,cases,0,90,OTHER,a,b,c,2026-01-01,\n"), "from none on");
}

void test_risk(void)
{
    Law law;
    Block block = lawdata_open(&law);
    layoffs(&law);
    borders(&law);
    sums_of_signs(&law);
    bad_signs();
    check_int(risk_check_days(&law.params, RISK_RED, S("450206"), on("2026-03-02")), 1, "red: every day");
    check_int(risk_check_days(&law.params, RISK_BLUE, S("450206"), on("2026-03-02")), 30,
              "blue: every month");
    check(risk_pattern(&law.risk_patterns, S("PAY"), on("2026-03-02")) != NULL, "a pattern in force");
    check(risk_pattern(&law.risk_patterns, S("PAY"), on("2008-04-30")) == NULL, "not before its day");
    block_close(&block);
}
