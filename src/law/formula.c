#include "law/formula.h"

typedef __int128 Wide;

enum { DEPTH_MAX = 16 };

typedef struct Parse {
    Formula *f;
    Str      text;
    size_t   at;
    int      depth;
} Parse;

static const Ratio none = { 0, 0 };

/* ---- fractions ------------------------------------------------------------------ */

static Wide gcd(Wide a, Wide b)
{
    while (b) {
        Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* False if it does not fit in lowest terms. */
static bool fit(Wide num, Wide den, Ratio *r)
{
    Wide by = gcd(num, den);
    *r = none;
    if (den == 0) return true;
    num = den < 0 ? -num / by : num / by;
    den = den < 0 ? -den / by : den / by;
    if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX) return false;
    *r = (Ratio){ (int64_t)num, (int64_t)den };
    return true;
}

Ratio ratio_of(int64_t num, int64_t den)
{
    Ratio r;
    BUG_IF(den < 0 || !fit(num, den, &r));
    return r;
}

bool ratio_none(Ratio r)
{
    return r.den == 0;
}

int ratio_cmp(Ratio a, Ratio b)
{
    BUG_IF(a.den == 0 || b.den == 0);
    Wide x = (Wide)a.num * b.den, y = (Wide)b.num * a.den;
    return (x > y) - (x < y);
}

int64_t ratio_scaled(Ratio r, int64_t scale)
{
    BUG_IF(r.num < 0 || scale < 0);
    if (r.den == 0) return 0;
    Wide v = ((Wide)r.num * scale * 2 + r.den) / ((Wide)r.den * 2);
    BUG_IF(v > INT64_MAX);
    return (int64_t)v;
}

/* ---- reading ---------------------------------------------------------------------- */

static Ratio sum(Parse *p);

static Ratio wrong(Parse *p, FormulaFault fault)
{
    if (p->f->fault == FORMULA_OK) {
        p->f->fault = fault;
        p->f->at = p->at;
    }
    return none;
}

static bool good(const Parse *p)
{
    return p->f->fault == FORMULA_OK;
}

static char peek(Parse *p)
{
    while (p->at < p->text.n && p->text.s[p->at] == ' ') p->at++;
    return (char)(p->at < p->text.n ? p->text.s[p->at] : 0);
}

static bool take(Parse *p, char ch)
{
    if (peek(p) != ch) return false;
    p->at++;
    return true;
}

static void need(Parse *p, char ch)
{
    if (good(p) && !take(p, ch)) (void)wrong(p, FORMULA_SYNTAX);
}

static Ratio fitted(Parse *p, Wide num, Wide den)
{
    Ratio r;
    return fit(num, den, &r) ? r : wrong(p, FORMULA_TOO_LARGE);
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* 12 or 0.75. */
static Ratio number(Parse *p)
{
    Wide num = 0, den = 1;
    bool point = false;
    size_t digits = 0;
    for (; p->at < p->text.n; p->at++) {
        char ch = p->text.s[p->at];
        if (ch == '.' && !point && digits) {
            point = true;
            continue;
        }
        if (!is_digit(ch)) break;
        num = num * 10 + (ch - '0');
        if (point) den *= 10;
        if (++digits > 15) return wrong(p, FORMULA_TOO_LARGE);
    }
    bool ends = digits && is_digit(p->text.s[p->at - 1]);
    return ends ? fitted(p, num, den) : wrong(p, FORMULA_SYNTAX);
}

static Str word(Parse *p)
{
    size_t from = p->at;
    for (; p->at < p->text.n; p->at++) {
        char ch = p->text.s[p->at];
        if ((ch < 'a' || ch > 'z') && ch != '_' && !is_digit(ch)) break;
    }
    return (Str){ p->text.s + from, p->at - from };
}

/* ---- functions ---------------------------------------------------------------------- */

typedef Ratio (*Call)(const Ratio *arg);

static Ratio lesser(const Ratio *arg)
{
    return ratio_cmp(arg[0], arg[1]) <= 0 ? arg[0] : arg[1];
}

static Ratio greater(const Ratio *arg)
{
    return ratio_cmp(arg[0], arg[1]) >= 0 ? arg[0] : arg[1];
}

static Ratio clamp(const Ratio *arg)
{
    if (ratio_cmp(arg[0], arg[1]) < 0) return arg[1];
    return ratio_cmp(arg[0], arg[2]) > 0 ? arg[2] : arg[0];
}

static Ratio choose(const Ratio *arg)
{
    return ratio_cmp(arg[0], arg[1]) >= 0 ? arg[2] : arg[3];
}

enum { ARGS_MAX = 4 };
static const struct Function {
    const char *name;
    size_t      args;
    Call        call;
} functions[] = {
    { "min", 2, lesser }, { "max", 2, greater }, { "clamp", 3, clamp }, { "if", 4, choose },
};

static Ratio call(Parse *p, const struct Function *fn)
{
    Ratio arg[ARGS_MAX];
    bool any_none = false;
    need(p, '(');
    for (size_t i = 0; i < fn->args; i++) {
        if (i) need(p, ',');
        arg[i] = good(p) ? sum(p) : none;
        any_none |= ratio_none(arg[i]);
    }
    need(p, ')');
    return good(p) && !any_none ? fn->call(arg) : none;
}

static Ratio named(Parse *p)
{
    Str name = word(p);
    int64_t value = 0;
    for (size_t i = 0; i < COUNT(functions); i++) {
        if (str_eq(str_of(functions[i].name), name)) return call(p, &functions[i]);
    }
    if (!p->f->name(p->f->from, name, &value)) return wrong(p, FORMULA_UNKNOWN);
    return fitted(p, value, 1);
}

/* ---- the grammar ----------------------------------------------------------------------- */

static Ratio value(Parse *p)
{
    char ch = peek(p);
    if (!good(p)) return none;
    if (++p->depth > DEPTH_MAX) return wrong(p, FORMULA_TOO_DEEP);
    Ratio r = none;
    if (take(p, '-')) {
        r = value(p);
        r.num = -r.num;
    } else if (take(p, '(')) {
        r = sum(p);
        need(p, ')');
    } else if (is_digit(ch)) {
        r = number(p);
    } else if (ch >= 'a' && ch <= 'z') {
        r = named(p);
    } else {
        r = wrong(p, FORMULA_SYNTAX);
    }
    p->depth--;
    return r;
}

static Ratio product(Parse *p)
{
    Ratio r = value(p);
    while (good(p)) {
        bool times = take(p, '*');
        if (!times && !take(p, '/')) break;
        Ratio by = value(p);
        bool empty = ratio_none(r) || ratio_none(by);
        if (!good(p) || empty) r = none;
        else r = times ? fitted(p, (Wide)r.num * by.num, (Wide)r.den * by.den)
                       : fitted(p, (Wide)r.num * by.den, (Wide)r.den * by.num);
    }
    return r;
}

static Ratio sum(Parse *p)
{
    Ratio r = product(p);
    while (good(p)) {
        bool plus = take(p, '+');
        if (!plus && !take(p, '-')) break;
        Ratio more = product(p);
        bool empty = ratio_none(r) || ratio_none(more);
        Wide add = (Wide)more.num * r.den;
        r = empty ? none : fitted(p, (Wide)r.num * more.den + (plus ? add : -add), (Wide)r.den * more.den);
    }
    return r;
}

Ratio formula_value(Formula *f, Str text)
{
    Parse p = { .f = f, .text = text };
    f->fault = FORMULA_OK;
    f->at = 0;
    Ratio r = sum(&p);
    if (good(&p) && peek(&p) != 0) return wrong(&p, FORMULA_SYNTAX);
    return good(&p) ? r : none;
}
