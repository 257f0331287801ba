#include "base/date.h"

#include <stdio.h>

enum {
    MINUTE_S = 60, HOUR_S = 3600,
    CHINA_S = 8 * 3600,
    DAY_S   = 24 * 3600,
    UNIX    = 25568,           /* Date.day of 1970-01-01 */
    ERA     = 719468 - UNIX,   /* from Date.day to days since 0000-03-01 */
};

/* Days from civil, after Howard Hinnant's public-domain derivation. */
static int32_t day_of(int y, int m, int d)
{
    y -= m <= 2;
    int era = y / 400;
    int yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - ERA;
}

Civil date_civil(Date date)
{
    int z = date.day + ERA;
    BUG_IF(date.day <= 0);
    int era = z / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (Civil){ yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1 };
}

static int month_length(int y, int m)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return days[m - 1] + (m == 2 && leap);
}

Date date_of(int year, int month, int day)
{
    if (year < 1900 || year > 9999 || month < 1 || month > 12) return (Date){ 0 };
    if (day < 1 || day > month_length(year, month)) return (Date){ 0 };
    return (Date){ day_of(year, month, day) };
}

/* `shape` with a 'd' for each digit, other characters as they are; the runs of
** digits go to v.  False if the text has another shape. */
static bool read_shape(Str text, const char *shape, int *v)
{
    size_t i = 0;
    int part = 0;
    for (; shape[i]; i++) {
        if (i >= text.n) return false;
        bool digit = text.s[i] >= '0' && text.s[i] <= '9';
        if (shape[i] == 'd' ? !digit : text.s[i] != shape[i]) return false;
        if (shape[i] == 'd') v[part] = v[part] * 10 + (text.s[i] - '0');
        else part++;
    }
    return i == text.n;
}

Date date_parse(Str iso)
{
    int v[3] = { 0 };
    if (!read_shape(iso, "dddd-dd-dd", v)) return (Date){ 0 };
    return date_of(v[0], v[1], v[2]);
}

static void pair(char *to, int v)
{
    to[0] = (char)('0' + v / 10 % 10);
    to[1] = (char)('0' + v % 10);
}

void date_write(Date d, char iso[static 11])
{
    Civil c = date_civil(d);
    BUG_IF(c.year < 0 || c.year > 9999);
    pair(iso, c.year / 100);
    pair(iso + 2, c.year % 100);
    pair(iso + 5, c.month);
    pair(iso + 8, c.day);
    iso[4] = iso[7] = '-';
    iso[10] = 0;
}

int date_weekday(Date d)
{
    return (d.day + 6) % 7; /* 1900-01-01 was a Monday */
}

Date date_plus(Date d, int days)
{
    return (Date){ d.day + days };
}

Date date_plus_months(Date d, int n)
{
    Civil c = date_civil(d);
    int months = c.year * 12 + c.month - 1 + n;
    int year = months / 12, month = months % 12 + 1;
    int last = month_length(year, month);
    return date_of(year, month, c.day < last ? c.day : last);
}

/* The offset from UTC in seconds that ends the text, which is cut off; China's
** if there is none. */
static int take_offset(Str *text)
{
    static const struct Offset { const char *word; int s; } offsets[] = {
        { "Z", 0 }, { "+08:00", CHINA_S }, { "+00:00", 0 },
    };
    for (size_t i = 0; i < COUNT(offsets); i++) {
        Str end = str_of(offsets[i].word);
        if (text->n > end.n && str_eq((Str){ text->s + text->n - end.n, end.n }, end)) {
            text->n -= end.n;
            return offsets[i].s;
        }
    }
    return CHINA_S;
}

/* From 1970 to a wall clock's time on this day, zones aside. */
static int64_t seconds(Date d, int64_t hour, int64_t minute)
{
    return (d.day - (int64_t)UNIX) * DAY_S + hour * HOUR_S + minute * MINUTE_S;
}

Time time_parse(Str iso)
{
    int v[6] = { 0 };
    int offset = take_offset(&iso);
    bool long_form = read_shape(iso, "dddd-dd-ddTdd:dd:dd", v);
    if (!long_form) {
        for (size_t i = 0; i < COUNT(v); i++) v[i] = 0;
        if (!read_shape(iso, "dddd-dd-ddTdd:dd", v)) return (Time){ 0 };
    }
    Date d = date_of(v[0], v[1], v[2]);
    if (d.day == 0 || v[3] > 23 || v[4] > 59 || v[5] > 59) return (Time){ 0 };
    return (Time){ seconds(d, v[3], v[4]) + v[5] - offset };
}

Time time_at(Date d, int hour, int minute)
{
    return (Time){ seconds(d, hour, minute) - CHINA_S };
}

/* Whole days before 1970 are negative, so division must round down. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

Date time_date(Time t)
{
    return (Date){ (int32_t)floor_div(t.s + CHINA_S, DAY_S) + UNIX };
}

int time_minute(Time t)
{
    int64_t s = t.s + CHINA_S;
    return (int)((s - floor_div(s, DAY_S) * DAY_S) / 60);
}
