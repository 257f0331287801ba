/* Days in all the ways offices write them. */
#include "excel/cell.h"
#include "excel/cell_char.h"

enum { PARTS = 3 };

/* 0 to 9; -1: it is no numeral. */
static int digit_of(uint32_t ch)
{
    return ch < 0x80 && is_digit((char)ch) ? (int)ch - '0' : cell_numeral(ch);
}

/* A number of a date: digits, or Chinese numerals (二〇二六, 十二, 二十一). */
static bool read_part(Str *text, int64_t *v, size_t *digits)
{
    bool any = false, ten = false;
    *v = 0;
    *digits = 0;
    while (text->n) {
        size_t n;
        uint32_t ch = char_at(*text, &n);
        int digit = digit_of(ch);
        if (ch == 0x5341 && !ten) {
            *v = any ? *v * 10 : 10;
            ten = any = true;
        } else if (digit >= 0 && *digits < 8) {
            *v = ten ? *v + digit : *v * 10 + digit;
            (*digits)++;
            any = true;
        } else {
            break;
        }
        *text = after(*text, n);
    }
    return any;
}

static bool is_separator(uint32_t ch)
{
    return ch == '-' || ch == '.' || ch == '/' || ch == 0x5E74 || ch == 0x6708 || ch == 0x3002 || ch == 0x3001
        || ch == '\\' || ch == 0xB7 || ch == ',' || ch == 0xFF0C || ch == '_' || ch == 0x2014 || ch == 0x2013;
}

/* What may follow a day: a time, a day of the week, a closing sign. */
static bool may_follow(Str s)
{
    static const Str tails[] = {
        WORD(" "), WORD("T"), WORD("("), WORD("（"), WORD("上午"), WORD("下午"), WORD("周"),
        WORD("星期"), WORD("晚"), WORD("早"), WORD("中午"), WORD("起"), WORD("前"), WORD("止"),
        WORD("收"), WORD("号"),
    };
    if (s.n == 0) return true;
    if (str_eq(s, S(".")) || str_eq(s, S("。")) || str_eq(s, S(",")) || str_eq(s, S("，"))) return true;
    return without(s, tails, COUNT(tails)).n < s.n && !str_has(s, S("至")) && !str_has(s, S("-"));
}

static int year_of(int64_t v, size_t digits)
{
    if (digits == 4) return (int)v;
    return digits == 2 ? (int)(v < 70 ? 2000 + v : 1900 + v) : 0;
}

/* 20260501 and 260501. */
static bool packed_date(Str s, Date *d)
{
    int64_t v = 0;
    if (!str_is_digits(s) || (s.n != 8 && s.n != 6) || !str_int(s, &v)) return false;
    int year = year_of(v / 10000, s.n - 4);
    *d = date_of(year, (int)(v / 100 % 100), (int)(v % 100));
    return d->day != 0;
}

static bool ordered_date(const int64_t v[PARTS], const size_t digits[PARTS], Date *d)
{
    bool year_last = digits[2] == 4 && digits[0] <= 2;
    int year = year_of(v[year_last ? 2 : 0], digits[year_last ? 2 : 0]);
    int64_t month = v[year_last ? 0 : 1], day = v[year_last ? 1 : 2];
    if (year_last && month > 12) { /* 31/12/2026 */
        day = v[0];
        month = v[1];
    }
    if (year == 0 || month > 12 || day > 31) return false;
    *d = date_of(year, (int)month, (int)day);
    return d->day != 0;
}

static Date serial_text(Str s)
{
    int64_t n = 0;
    Str whole = str_cut(&s, '.');
    bool serial = whole.n == 5 && str_int(whole, &n) && n >= 20000 && n < 80000;
    return serial ? serial_date(whole, false) : (Date){ 0 };
}

static Str without_blanks(Str s)
{
    while (s.n && s.s[0] == ' ') s = after(s, 1);
    return s;
}

/* What stands between two numbers of a day: a sign, or a blank alone (2021 3 5). */
static bool skip_separator(Str *text)
{
    size_t n;
    if (text->n > 1 && text->s[0] == ' ' && is_digit(text->s[1])) {
        *text = after(*text, 1);
        return true;
    }
    *text = without_blanks(*text);
    if (!is_separator(char_at(*text, &n))) return false;
    *text = without_blanks(after(*text, n));
    return true;
}

/* The numbers of a day, in the order written; true if nothing else follows them. */
static bool read_parts(Str text, size_t n, int64_t *v, size_t *digits)
{
    for (size_t i = 0; i < n; i++) {
        if (i && !skip_separator(&text)) return false;
        if (!read_part(&text, &v[i], &digits[i])) return false;
    }
    if (str_starts(text, S("日")) || str_starts(text, S("号"))) text = after(text, S("日").n);
    return may_follow(text);
}

bool cell_date(Arena *a, Str s, Date *d)
{
    enum { REPUBLIC = 1911 };
    int64_t v[PARTS];
    size_t digits[PARTS];
    Str text = cell_tidy(a, s, false), serial = text;
    *d = serial_text(serial);
    if (d->day || packed_date(cell_tight(a, s), d)) return true;
    if (text.n && text.s[0] == '\'') text = after(text, 1);
    bool republic = str_starts(text, S("民国"));
    if (republic) text = without_blanks(after(text, S("民国").n));
    if (!read_parts(text, PARTS, v, digits) || (republic && digits[0] > 3)) return false;
    v[0] += republic ? REPUBLIC : 0;
    if (republic) digits[0] = 4;
    return ordered_date(v, digits, d);
}

bool cell_day_of(Arena *a, Str s, int year, Date *d)
{
    int64_t v[PARTS] = { year };
    size_t digits[PARTS] = { 4 };
    return read_parts(cell_tidy(a, s, false), PARTS - 1, v + 1, digits + 1) && ordered_date(v, digits, d);
}
