#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void bug(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "BUG %s:%d: %s\n", file, line, what);
    abort();
}

_Noreturn void halt(const char *what, const char *why)
{
    size_t n = strlen(why);
    (void)fprintf(stderr, "%s: %s%s", what, why, n && why[n - 1] == '\n' ? "" : "\n");
    exit(1); // NOLINT(concurrency-mt-unsafe): at start
}

_Noreturn void halt_now(const char *what, const char *why)
{
    (void)fprintf(stderr, "%s: %s\n", what, why);
    _exit(1);
}

Str str_of(const char *cstr)
{
    return cstr ? (Str){ cstr, strlen(cstr) } : (Str){ 0 };
}

bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

int str_cmp(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(Str s, Str head)
{
    return s.n >= head.n && str_eq((Str){ s.s, head.n }, head);
}

bool str_has(Str s, Str part)
{
    return part.n == 0 || (s.n && memmem(s.s, s.n, part.s, part.n));
}

Str str_cut(Str *rest, char sep)
{
    const char *hit = rest->n ? memchr(rest->s, sep, rest->n) : NULL;
    Str head = *rest;
    if (!hit) {
        *rest = (Str){ 0 };
        return head;
    }
    head.n = (size_t)(hit - rest->s);
    rest->s = hit + 1;
    rest->n -= head.n + 1;
    return head;
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n';
}

Str str_trim(Str s)
{
    while (s.n && is_blank(s.s[0])) {
        s.s++;
        s.n--;
    }
    while (s.n && is_blank(s.s[s.n - 1])) s.n--;
    return s;
}

/* Well-formed UTF-8 without control characters: first byte from..to, n bytes,
** the second of them low..high, the others 80..BF (Unicode, table 3-7). */
static const struct Lead {
    unsigned char from, to, n, low, high;
} leads[] = {
    { 0x20, 0x7E, 1, 0x00, 0x00 }, { 0xC2, 0xDF, 2, 0x80, 0xBF }, { 0xE0, 0xE0, 3, 0xA0, 0xBF },
    { 0xE1, 0xEC, 3, 0x80, 0xBF }, { 0xED, 0xED, 3, 0x80, 0x9F }, { 0xEE, 0xEF, 3, 0x80, 0xBF },
    { 0xF0, 0xF0, 4, 0x90, 0xBF }, { 0xF1, 0xF3, 4, 0x80, 0xBF }, { 0xF4, 0xF4, 4, 0x80, 0x8F },
};

/* Bytes of the character at p[0..n), or 0 if it is none. */
static size_t utf8_length(const unsigned char *p, size_t n)
{
    const struct Lead *l = leads;
    while (l < leads + COUNT(leads) && (p[0] < l->from || p[0] > l->to)) l++;
    if (l == leads + COUNT(leads) || l->n > n) return 0;
    if (l->n > 1 && (p[1] < l->low || p[1] > l->high)) return 0;
    for (size_t i = 2; i < l->n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
    }
    return l->n;
}

/* U+202A to 202E, U+2066 to 2069. */
static bool turns_direction(const unsigned char *p)
{
    if (p[0] != 0xE2) return false;
    return (p[1] == 0x80 && p[2] >= 0xAA && p[2] <= 0xAE) || (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9);
}

static bool is_written(Str s, bool prose)
{
    for (size_t step = 0; s.n; s.s += step, s.n -= step) {
        bool space = prose && (s.s[0] == '\n' || s.s[0] == '\r' || s.s[0] == '\t');
        step = space ? 1 : utf8_length((const unsigned char *)s.s, s.n);
        bool turns = step == 3 && !prose && turns_direction((const unsigned char *)s.s);
        if (step == 0 || turns) return false;
    }
    return true;
}

bool str_is_text(Str s)
{
    return is_written(s, false);
}

bool str_is_prose(Str s)
{
    return is_written(s, true);
}

char char_upper(char ch)
{
    if (ch >= 'a' && ch <= 'z') return (char)(ch - 'a' + 'A');
    return ch;
}

bool str_is_digits(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] < '0' || s.s[i] > '9') return false;
    }
    return s.n > 0;
}

Str str_first(Str s, size_t n)
{
    if (s.n <= n) return s;
    while (n && ((unsigned char)s.s[n] & 0xC0) == 0x80) n--;
    return (Str){ s.s, n };
}

size_t str_length(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.s[i] & 0xC0) != 0x80;
    return n;
}

bool str_int(Str s, int64_t *v)
{
    bool minus = s.n && s.s[0] == '-';
    int64_t n = 0;
    if (minus) s = (Str){ s.s + 1, s.n - 1 };
    if (!str_is_digits(s) || s.n > 19) return false;
    for (size_t i = 0; i < s.n; i++) {
        int digit = s.s[i] - '0';
        if (n > (INT64_MAX - digit) / 10) return false;
        n = n * 10 + digit;
    }
    *v = minus ? -n : n;
    return true;
}

Id id_parse(Str digits)
{
    int64_t n = 0;
    if (digits.n == 0 || digits.n > 19 || digits.s[0] == '0') return (Id){ 0 };
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digits.s[i] - '0';
        if (digit < 0 || digit > 9 || n > (INT64_MAX - digit) / 10) return (Id){ 0 };
        n = n * 10 + digit;
    }
    return (Id){ n };
}
