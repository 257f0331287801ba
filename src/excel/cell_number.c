#include "excel/cell.h"

enum { DIGITS = 60 };

/* digits, then where their point stands: 1.38E3 is "138", 4. */
typedef struct Number {
    char    digit[DIGITS];
    size_t  n;
    int64_t point;
} Number;

static Str after(Str s, size_t n)
{
    return (Str){ s.s + n, s.n - n };
}

static bool take_digits(Number *x, Str *s)
{
    bool pointed = false;
    for (; s->n && (s->s[0] == '.' || str_is_digits((Str){ s->s, 1 })); *s = after(*s, 1)) {
        bool point = s->s[0] == '.';
        if (point ? pointed : x->n == DIGITS) return false;
        if (point) x->point = (int64_t)x->n;
        else x->digit[x->n++] = s->s[0];
        pointed = pointed || point;
    }
    if (!pointed) x->point = (int64_t)x->n;
    return x->n > 0;
}

/* E3, or nothing. */
static bool take_exponent(Number *x, Str s)
{
    int64_t exponent = 0;
    if (s.n == 0) return true;
    if (s.s[0] != 'E' && s.s[0] != 'e') return false;
    s = after(s, 1);
    if (s.n && s.s[0] == '+') s = after(s, 1);
    if (!str_int(s, &exponent) || exponent < -300 || exponent > 40) return false;
    x->point += exponent;
    return true;
}

static void put_whole(Out *o, const Number *x)
{
    int64_t zero = 0, n = (int64_t)x->n;
    while (zero < n && x->digit[zero] == '0' && zero + 1 < x->point) zero++;
    if (x->point <= 0) out_str(o, S("0"));
    for (int64_t i = zero; i < x->point; i++) out_str(o, i < n ? (Str){ x->digit + i, 1 } : S("0"));
}

static void put_fraction(Out *o, const Number *x)
{
    int64_t n = (int64_t)x->n;
    if (n > x->point) out_str(o, S("."));
    for (int64_t i = x->point; i < 0; i++) out_str(o, S("0"));
    for (int64_t i = x->point < 0 ? 0 : x->point; i < n; i++) out_str(o, (Str){ x->digit + i, 1 });
}

bool number_plain(Out *o, Str s)
{
    Number x = { .n = 0 };
    bool minus = s.n && s.s[0] == '-';
    if (minus || (s.n && s.s[0] == '+')) s = after(s, 1);
    if (!take_digits(&x, &s) || !take_exponent(&x, s)) return false;
    while (x.n && x.point < (int64_t)x.n && x.digit[x.n - 1] == '0') x.n--; /* 5.10, 1200.00 */
    if (minus) out_str(o, S("-"));
    put_whole(o, &x);
    put_fraction(o, &x);
    return !o->full;
}

bool cell_is_rounded(Str text)
{
    char digits[64];
    Out o = { .buf = digits, .cap = sizeof digits };
    bool shown = str_has(text, S("E+")) || str_has(text, S("e+")); /* 4.50206E+17, as a CSV has it */
    Str plain = shown && number_plain(&o, text) ? out_view(&o) : text;
    return plain.n >= 16 && str_is_digits(plain) && str_eq(after(plain, 15), (Str){ "0000000000",
        plain.n - 15 });
}
