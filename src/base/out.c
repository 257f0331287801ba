#include "base/out.h"

#include <stdio.h>
#include <string.h>

void out_str(Out *o, Str s)
{
    if (o->full || s.n > o->cap - o->len) {
        o->full = true;
        return;
    }
    if (s.n) memcpy(o->buf + o->len, s.s, s.n);
    o->len += s.n;
}

/* The digits of v, at the end of `digits`. */
static Str digits_of(uint64_t v, char digits[static 24])
{
    size_t at = 24;
    do {
        digits[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    return (Str){ digits + at, 24 - at };
}

void out_int(Out *o, int64_t v)
{
    char digits[24];
    if (v < 0) out_str(o, S("-"));
    out_str(o, digits_of(v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v, digits));
}

/* Bytes at the head of s that JSON takes as they are. */
static size_t plain_run(Str s)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.s[n] >= 0x20 && s.s[n] != '"' && s.s[n] != '\\') n++;
    return n;
}

static void escape(Out *o, unsigned char ch)
{
    char esc[8];
    bool named = ch == '"' || ch == '\\';
    int n = named ? snprintf(esc, sizeof esc, "\\%c", ch) : snprintf(esc, sizeof esc, "\\u%04x", ch);
    out_str(o, (Str){ esc, (size_t)n });
}

void out_json(Out *o, Str s)
{
    out_str(o, S("\""));
    while (s.n) {
        size_t n = plain_run(s);
        out_str(o, (Str){ s.s, n });
        if (n < s.n) escape(o, (unsigned char)s.s[n++]);
        s = (Str){ s.s + n, s.n - n };
    }
    out_str(o, S("\""));
}

void out_pad(Out *o, int64_t v, int width)
{
    char digits[24];
    BUG_IF(v < 0 || width < 1 || width > 20);
    Str text = digits_of((uint64_t)v, digits);
    if (text.n < (size_t)width) out_str(o, (Str){ "00000000000000000000", (size_t)width - text.n });
    out_str(o, text);
}

void out_date(Out *o, Date d)
{
    if (d.day == 0) return;
    Civil c = date_civil(d);
    out_pad(o, c.year, 4);
    out_str(o, S("-"));
    out_pad(o, c.month, 2);
    out_str(o, S("-"));
    out_pad(o, c.day, 2);
}

void out_time(Out *o, Time t)
{
    int minute = time_minute(t);
    if (t.s == 0) return;
    out_date(o, time_date(t));
    out_str(o, S("T"));
    out_pad(o, minute / 60, 2);
    out_str(o, S(":"));
    out_pad(o, minute % 60, 2);
    out_str(o, S(":"));
    out_pad(o, t.s % 60, 2);
    out_str(o, S("+08:00"));
}

void out_yuan(Out *o, Money m)
{
    uint64_t fen = m.fen < 0 ? (uint64_t)(-(m.fen + 1)) + 1 : (uint64_t)m.fen;
    if (m.fen < 0) out_str(o, S("-"));
    out_int(o, (int64_t)(fen / 100));
    out_str(o, S("."));
    out_pad(o, (int64_t)(fen % 100), 2);
}

void out_csv(Out *o, Str s)
{
    bool quote = false;
    for (size_t i = 0; i < s.n; i++) quote |= strchr(",\"\r\n", s.s[i]) != NULL;
    if (!quote) {
        out_str(o, s);
        return;
    }
    out_str(o, S("\""));
    while (s.n) {
        Str run = str_cut(&s, '"');
        out_str(o, run);
        if (s.s) out_str(o, S("\"\""));
    }
    out_str(o, S("\""));
}
