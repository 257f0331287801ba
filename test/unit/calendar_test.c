#include "law/calendar.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

static Date at(const char *iso) { return date_parse(str_of(iso)); }

static void known_days(const Calendar *c)
{
    static const struct { const char *iso; bool rest, makeup, statutory; } days[] = {
        { "2025-09-30", false, false, false }, { "2025-10-01", true, false, true },
        { "2025-10-06", true, false, true },   { "2025-10-08", true, false, false },
        { "2025-10-09", false, false, false }, { "2025-10-11", false, true, false },
        { "2025-10-12", true, false, false },  { "2026-01-03", true, false, false },
        { "2026-01-04", false, true, false },  { "2026-02-14", false, true, false },
        { "2026-02-15", true, false, false },  { "2026-02-23", true, false, false },
        { "2026-02-24", false, false, false }, { "2026-02-28", false, true, false },
        { "2026-09-20", false, true, false },  { "2022-12-31", true, false, false },
        { "2018-12-29", false, true, false },  { "2018-12-31", true, false, false },
        { "2027-01-01", true, false, true },   { "2027-02-05", true, false, true },
        { "2027-02-09", false, false, false }, { "2027-01-09", true, false, false },
        { "1995-05-06", true, false, false },  { "1995-05-08", false, false, false },
        /* before 2008 other days, beyond the published notices the statute's */
        { "1999-05-03", false, false, false }, { "1999-10-03", true, false, true },
        { "2005-02-08", false, false, false }, { "2006-05-02", true, false, true },
        { "2007-05-01", true, false, true },   { "2007-05-04", true, false, false },
        { "2007-10-03", true, false, true },   { "2036-10-01", true, false, true },
        { "2036-01-27", true, false, true },   { "2056-05-02", true, false, true },
    };
    for (size_t i = 0; i < COUNT(days); i++) {
        Date d = at(days[i].iso);
        check_int(is_rest_day(c, d), days[i].rest, days[i].iso);
        check_int(is_working(c, d), !days[i].rest, days[i].iso);
        check_int(is_makeup_day(c, d), days[i].makeup, days[i].iso);
        check_int(is_statutory_day(c, d), days[i].statutory, days[i].iso);
    }
}

static void whole_years(const Calendar *c)
{
    static const struct { int year, working, statutory; } years[] = {
        { 2000, 254, 10 }, { 2024, 251, 11 }, { 2025, 248, 13 }, { 2026, 248, 13 },
    };
    for (size_t i = 0; i < COUNT(years); i++) {
        Date before = date_of(years[i].year - 1, 12, 31), last = date_of(years[i].year, 12, 31);
        int statutory = 0;
        for (Date d = date_plus(before, 1); d.day <= last.day; d = date_plus(d, 1)) {
            statutory += is_statutory_day(c, d);
            check(!is_statutory_day(c, d) || is_rest_day(c, d), "a statutory day is a rest day");
        }
        check_int(working_days_between(c, before, last), years[i].working, "working days of a year");
        check_int(statutory, years[i].statutory, "statutory days of a year");
    }
}

static void official_years(const Calendar *c)
{
    check(!is_official(c, at("2006-12-31")), "2006 has days in the notice of 2007 and none of its own");
    check(is_official(c, at("2007-01-01")) && is_official(c, at("2026-12-31")), "2007 to 2026 are official");
    check(!is_official(c, at("2027-01-01")), "2027 has no notice");
    check(is_official_span(c, at("2025-06-01"), at("2026-06-01")), "a span inside");
    check(!is_official_span(c, at("2026-12-31"), at("2027-01-01")), "a span that leaves them");
    check(is_rest_day(c, at("2006-12-31")) == false, "a December day of the next year's notice counts");
}

static void steps(const Calendar *c)
{
    check_int(working_on_or_after(c, at("2026-02-15")).day, at("2026-02-24").day, "over Spring Festival");
    check_int(working_on_or_after(c, at("2026-02-28")).day, at("2026-02-28").day, "a make-up Saturday stays");
    check_int(working_on_or_before(c, at("2026-02-23")).day, at("2026-02-14").day,
              "back to the make-up Saturday");
    check_int(working_days_between(c, at("2025-09-30"), at("2025-10-11")), 3, "AS-01's three days");
    check_str(calendar_name(c, at("2026-02-17")), S("春节"), "a holiday's name");
    check_str(calendar_name(c, at("2026-03-07")), S(""), "a plain weekend has none");
}

static void read_one(Arena mem, const char *csv, const char *want, const char *what)
{
    Calendar c;
    calendar_open(&c, &mem);
    const char *fault = calendar_read(&c, "days.csv", str_of(csv));
    check_str(str_of(fault), str_of(want), what);
}

static void faults(Arena mem)
{
    read_one(mem, "date,name,is_off,year_of_notice\n2027-02-30,x,1,2027\n",
             "days.csv:2: date: not a date YYYY-MM-DD", "a day that does not exist");
    read_one(mem, "date,name,is_off,year_of_notice\n2027-02-05,x,1,2027\n2027-02-06,x,yes,2027\n",
             "days.csv:3: is_off: neither 0 nor 1", "neither off nor on");
    read_one(mem, "date,name,is_off,year_of_notice\n2027-02-05,x,1,2029\n",
             "days.csv:2: year_of_notice: more than a year away from the date", "another decade's notice");
    read_one(mem, "date,name,is_off,year_of_notice\n2027-02-05,x,1,2027\n2027-02-05,x,0,2027\n",
             "days.csv:3: date: declared twice", "the same day twice");
    read_one(mem, "day,is_off\n", "days.csv:1: no column \"date\"", "other columns");
    read_one(mem, "date,name,is_off,year_of_notice\n2027-02-05,x\n",
             "days.csv:2: a row has more or fewer cells than the header", "a short row");
    read_one(mem, "date,name,is_off,year_of_notice\n2027-02-05,春节,1,2027\n", "", "a good row");
}

/* A later notice replaces a day, and another order of rows is the same calendar. */
static void replaced(Arena mem)
{
    Calendar a, b;
    char one[40], two[40];
    Out x = { .buf = one, .cap = sizeof one }, y = { .buf = two, .cap = sizeof two };
    CalendarDay off = { at("2027-02-05"), true, S("春节"), 2027 },
                on = { at("2027-02-06"), false, S("春节"), 2027 };
    calendar_open(&a, &mem);
    calendar_open(&b, &mem);
    check(!calendar_add(&a, off) && !calendar_add(&a, on), "added");
    check(!calendar_add(&b, on), "added in another order");
    on.is_off = true;
    check(!calendar_add(&b, on) && is_rest_day(&b, on.date), "a later notice replaces the day");
    on.is_off = false;
    check(!calendar_add(&b, on) && !calendar_add(&b, off), "and back");
    calendar_version(&a, &x);
    calendar_version(&b, &y);
    check_str(out_view(&x), out_view(&y), "the version does not depend on the order");
    check(str_starts(out_view(&x), S("2027/2/")), "it names the last year and the rows");
    check(!calendar_add(&b, (CalendarDay){ at("2027-02-08"), true, S("春节"), 2027 }), "one more");
    y.len = 0;
    calendar_version(&b, &y);
    check(!str_eq(out_view(&x), out_view(&y)), "another calendar has another version");
    check(calendar_add(&a, (CalendarDay){ { 0 }, true, S("x"), 2027 }) != NULL, "no date, no row");
}

void test_calendar(void)
{
    LawData d;
    if (law_data_open(&d)) {
        known_days(&d.law.calendar);
        whole_years(&d.law.calendar);
        official_years(&d.law.calendar);
        steps(&d.law.calendar);
        faults(d.mem);
        replaced(d.mem);
    }
    law_data_close(&d);
}
