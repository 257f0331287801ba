/* Characters of a cell's text, for the files that read cells. */
#ifndef EXCEL_CELL_CHAR_H
#define EXCEL_CELL_CHAR_H

#include "base/base.h"

#define WORD(text) { (text), sizeof(text) - 1 }

int cell_numeral(uint32_t ch); /* 0 to 9 of 〇, 一, 贰 …; -1: it is none */

/* The character at s.s[0]; its length to *n; 0 at the end. */
static inline uint32_t char_at(Str s, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.s;
    *n = 0;
    if (s.n == 0) return 0;
    *n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (*n > s.n) *n = s.n;
    if (*n == 1) return p[0];
    uint32_t ch = p[0] & (0xFFU >> (*n + 1));
    for (size_t i = 1; i < *n; i++) ch = ch << 6 | (p[i] & 0x3FU);
    return ch;
}

static inline Str after(Str s, size_t n)
{
    return (Str){ s.s + n, s.n - n };
}

static inline bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static inline Str without(Str s, const Str *heads, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_starts(s, heads[i])) return after(s, heads[i].n);
    }
    return s;
}

#endif
