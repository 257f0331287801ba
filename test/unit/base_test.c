#include "base/csv.h"
#include "test.h"
#include "unit/suites.h"

static void dates(void)
{
    char iso[11];
    static const struct { const char *iso; int weekday; } days[] = {
        { "1900-01-01", 0 }, { "1970-01-01", 3 }, { "1949-12-31", 5 }, { "2026-09-18", 4 },
        { "2000-02-29", 1 }, { "2024-02-29", 3 }, { "9999-12-31", 4 },
    };
    for (size_t i = 0; i < COUNT(days); i++) {
        Date d = date_parse(str_of(days[i].iso));
        check(d.day > 0, days[i].iso);
        date_write(d, iso);
        check_str(str_of(iso), str_of(days[i].iso), "a date is written as it was read");
        check_int(date_weekday(d), days[i].weekday, days[i].iso);
    }
    static const char *const bad[] = {
        "2001-02-29", "2026-13-01", "2026-00-01", "2026-1-01", "1899-12-31", "2026-02-30 ", "",
        "2026/02/03", "２026-02-03", "+026-02-03",
    };
    for (size_t i = 0; i < COUNT(bad); i++) check(date_parse(str_of(bad[i])).day == 0, bad[i]);
    date_write(date_plus_months(date_parse(S("2024-01-31")), 1), iso);
    check_str(str_of(iso), S("2024-02-29"), "a month on from the 31st is the last day");
    date_write(date_plus_months(date_parse(S("2024-02-29")), 12), iso);
    check_str(str_of(iso), S("2025-02-28"), "a year on from 29 February");
    for (int32_t d = 1; d < 80000; d++) {
        Civil c = date_civil((Date){ d });
        if (date_of(c.year, c.month, c.day).day == d) continue;
        check(false, "every day is its own inverse");
        break;
    }
}

static void times(void)
{
    char buf[64];
    Out o = { .buf = buf, .cap = sizeof buf };
    Time t = time_parse(S("2026-09-19T23:50"));
    check_int(t.s, time_parse(S("2026-09-19T15:50:00Z")).s, "China is UTC+8");
    check_int(time_date(t).day, date_parse(S("2026-09-19")).day, "its day in China");
    check_int(time_minute(t), 23 * 60 + 50, "its minute in China");
    out_time(&o, t);
    check_str(out_view(&o), S("2026-09-19T23:50:00+08:00"), "written with its offset");
    check(time_parse(S("2026-09-19T24:00")).s == 0, "24:00 is no time");
    check(time_parse(S("2026-02-29T10:00")).s == 0, "a day that does not exist");
}

static void cells(void)
{
    char memory[256];
    Arena a = { memory, memory + sizeof memory };
    Csv csv;
    csv_open(&csv, &a, S("\xEF\xBB\xBF""a, b\r\n1,\"x \"\"y\"\"\n,\"\r\n\r\n2,\n"));
    check(csv_next(&csv), "a row");
    check_str(csv_cell(&csv, S("b")), S("x \"y\"\n,"), "a quoted cell");
    check(csv_next(&csv), "a row after an empty line");
    check_int(csv.line, 5, "its line, counted through the quoted break");
    check_str(csv_cell(&csv, S("a")), S("2"), "by name");
    check(!csv_next(&csv) && !csv.fault, "the end");
    csv_open(&csv, &a, S("a,b\n1\n"));
    check(!csv_next(&csv) && csv.fault && csv.line == 2, "a short row is a fault");
    csv_open(&csv, &a, S("a,b\n\"1,2\n"));
    check(!csv_next(&csv) && csv.fault, "an open quote is a fault");
}

static void texts(void)
{
    int64_t v = 0;
    char buf[64];
    Out o = { .buf = buf, .cap = sizeof buf };
    check(str_int(S("-9223372036854775807"), &v) && v == -INT64_MAX, "the smallest");
    check(!str_int(S("9223372036854775808"), &v), "too large");
    check(!str_int(S("12a"), &v) && !str_int(S(""), &v) && !str_int(S("+1"), &v), "no numbers");
    check(!str_is_text(S("a\xC0\x80")) && str_is_text(S("工资")), "UTF-8");
    check(!str_is_text(S("a\nb")) && str_is_prose(S("a\nb")), "prose has line breaks");
    check(!str_is_text(S("\xE2\x80\xAE" "00001")) && !str_is_text(S("a\xE2\x81\xA6")),
          "nothing turns the direction of a name or a sum");
    check(str_is_prose(S("a\xE2\x80\xAE" "b")), "a narrative may, and is shown as it was written");
    check(str_is_text(S("\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA")), "its neighbours do not");
    check_str(str_first(S("工资a"), 6), S("工资"), "the first of it");
    check_str(str_first(S("工资a"), 5), S("工"), "no half character");
    check_str(str_first(S("工资"), 2), S(""), "not even one");
    check_str(str_first(S("工资"), 6), S("工资"), "all of it");
    check_int((int64_t)str_length(S("工资a")), 3, "characters");
    out_yuan(&o, (Money){ -5 });
    check_str(out_view(&o), S("-0.05"), "five fen short");
    o.len = 0;
    out_json(&o, S("a\"\\\n工"));
    check_str(out_view(&o), S("\"a\\\"\\\\\\u000a工\""), "JSON escapes");
    o.len = 0;
    out_csv(&o, S("a\"b,"));
    check_str(out_view(&o), S("\"a\"\"b,\""), "a CSV cell");
}

void test_base(void)
{
    dates();
    times();
    cells();
    texts();
}
