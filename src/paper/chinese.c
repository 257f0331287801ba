#include "paper/chinese.h"

#include <string.h>

enum { FEN = 100, GROUP = 10000, HUNDRED_MILLION = GROUP * GROUP, THOUSAND = 1000 };

static const char *const capitals[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" };

static void put(Out *o, const char *text)
{
    out_str(o, str_of(text));
}

/* Up to four digits; zeros between others are one 零. */
static void put_group(Out *o, int64_t v)
{
    static const struct { int64_t unit; const char *name; } places[] = {
        { 1000, "仟" }, { 100, "佰" }, { 10, "拾" }, { 1, "" },
    };
    bool begun = false, gap = false;
    for (size_t i = 0; i < COUNT(places); i++) {
        int64_t digit = v / places[i].unit % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap) put(o, "零");
        gap = false;
        begun = true;
        put(o, capitals[digit]);
        put(o, places[i].name);
    }
}

static void put_below_hundred_million(Out *o, int64_t v)
{
    int64_t high = v / GROUP, low = v % GROUP;
    if (high) put_group(o, high);
    if (high) put(o, "万");
    if (high && low && low < THOUSAND) put(o, "零");
    put_group(o, low);
}

static void put_yuan(Out *o, int64_t v)
{
    int64_t high = v / HUNDRED_MILLION, low = v % HUNDRED_MILLION;
    if (high) put_below_hundred_million(o, high);
    if (high) put(o, "亿");
    if (high && low && low < (int64_t)GROUP * THOUSAND) put(o, "零");
    put_below_hundred_million(o, low);
}

void out_capital(Out *o, Money m)
{
    BUG_IF(m.fen == INT64_MIN);
    int64_t fen = m.fen < 0 ? -m.fen : m.fen;
    int64_t yuan = fen / FEN, jiao = fen / 10 % 10, rest = fen % 10;
    put(o, m.fen < 0 ? "人民币负" : "人民币");
    if (yuan) put_yuan(o, yuan);
    if (yuan || fen == 0) put(o, yuan ? "元" : "零元");
    if (jiao) put(o, capitals[jiao]);
    if (jiao) put(o, "角");
    if (rest && !jiao && yuan) put(o, "零");
    if (rest) put(o, capitals[rest]);
    put(o, rest ? "分" : "整");
}

void out_thousands(Out *o, Money m)
{
    char text[32];
    Out plain = { .buf = text, .cap = sizeof text };
    out_yuan(&plain, m);
    Str whole = out_view(&plain), sum = str_cut(&whole, '.');
    for (size_t i = 0; i < sum.n; i++) {
        size_t left = sum.n - i;
        bool comma = i && left % 3 == 0 && sum.s[i - 1] != '-';
        if (comma) put(o, ",");
        out_str(o, (Str){ sum.s + i, 1 });
    }
    put(o, ".");
    out_str(o, whole);
}

void out_ordinal(Out *o, int64_t v)
{
    if (v < 1 || v > 99) {
        out_int(o, v);
        return;
    }
    if (v >= 20) put(o, digits[v / 10]);
    if (v >= 10) put(o, "十");
    put(o, digits[v % 10]);
}

/* The part before mark, which is taken off with it. */
static Str cut_at(Str *rest, Str mark)
{
    size_t at = 0;
    while (at + mark.n <= rest->n && memcmp(rest->s + at, mark.s, mark.n) != 0) at++;
    Str part = *rest;
    bool found = at + mark.n <= rest->n;
    if (found) part.n = at;
    size_t taken = found ? at + mark.n : rest->n;
    *rest = (Str){ rest->s + taken, rest->n - taken };
    return part;
}

/* One law: its title, then its articles up to the year in brackets. */
static void put_law(Out *o, Str law)
{
    Str title = cut_at(&law, S(" "));
    Str articles = cut_at(&law, S(" "));
    if (str_has(law, S("参照"))) put(o, "参照");
    put(o, "《");
    out_str(o, title);
    put(o, "》");
    for (bool first = true; articles.n; first = false) {
        Str one = cut_at(&articles, S("、"));
        int64_t no = 0;
        if (!first) put(o, "、");
        if (!str_int(cut_at(&one, S("(")), &no)) continue;
        put(o, "第");
        out_ordinal(o, no);
        put(o, "条");
    }
}

void out_law_basis(Out *o, Str basis)
{
    for (bool first = true; basis.n; first = false) {
        if (!first) put(o, "，");
        put_law(o, cut_at(&basis, S("；")));
    }
}

void out_chinese_date(Out *o, Date d)
{
    if (d.day == 0) return;
    Civil day = date_civil(d);
    out_int(o, day.year);
    put(o, "年");
    out_int(o, day.month);
    put(o, "月");
    out_int(o, day.day);
    put(o, "日");
}

void out_chinese_time(Out *o, Time t)
{
    if (t.s == 0) return;
    out_chinese_date(o, time_date(t));
    out_int(o, time_minute(t) / 60);
    put(o, "时");
    out_pad(o, time_minute(t) % 60, 2);
    put(o, "分");
}

void out_chinese_month(Out *o, int64_t month)
{
    out_int(o, month / 100);
    out_str(o, S("年"));
    out_int(o, month % 100);
    out_str(o, S("月"));
}
