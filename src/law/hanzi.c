#include "law/hanzi.h"

enum { HANZI_MAX = 24000, FIRST = 0x3400, END = 0x10000 };

/* The one character a cell holds; 0: none, or more than one. */
static uint32_t char_of(Str s)
{
    if (s.n == 0) return 0;
    unsigned char b = (unsigned char)s.s[0];
    size_t n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    static const unsigned char first[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    if (n != s.n) return 0;
    uint32_t ch = b & first[n];
    for (size_t i = 1; i < n; i++) ch = ch << 6 | ((unsigned char)s.s[i] & 0x3F);
    return ch;
}

bool hanzi_read(HanziTable *t, Arena *mem, Str text, Sheet *sheet)
{
    *t = (HanziTable){ .row = NEW(mem, Hanzi, HANZI_MAX), .at = NEW(mem, uint16_t, END - FIRST) };
    sheet_open(sheet, mem, text, "char plain readings");
    while (sheet_next(sheet)) {
        Str plain = sheet_text(sheet, S("plain"));
        Hanzi row = { .ch = char_of(sheet_word(sheet, S("char"))), .plain = char_of(plain), .form = plain,
                      .readings = sheet_text(sheet, S("readings")) };
        bool sorted = t->n == 0 || t->row[t->n - 1].ch < row.ch, one = (plain.n > 0) != (row.readings.n > 0);
        if (row.ch == 0 || !sorted) sheet_fault(sheet, S("char"), "is no character after that before");
        if (!one) sheet_fault(sheet, S("readings"), "only what is no variant has them");
        if (t->n == HANZI_MAX) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (sheet->fault) continue;
        t->row[t->n++] = row;
        if (row.ch >= FIRST && row.ch < END) t->at[row.ch - FIRST] = (uint16_t)t->n;
    }
    return sheet->fault == NULL;
}

/* Every character of every name that is looked for or imported: those of the first plane at once. */
static const Hanzi *find(const HanziTable *t, uint32_t ch)
{
    if (ch < FIRST) return NULL;
    if (ch < END) return t->at[ch - FIRST] ? &t->row[t->at[ch - FIRST] - 1] : NULL;
    size_t low = 0, high = t->n;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (t->row[at].ch == ch) return &t->row[at];
        if (t->row[at].ch < ch) low = at + 1;
        else high = at;
    }
    return NULL;
}

uint32_t hanzi_plain(const HanziTable *t, uint32_t ch)
{
    const Hanzi *row = find(t, ch);
    return row && row->plain ? row->plain : ch;
}

Str hanzi_form(const HanziTable *t, Str one)
{
    const Hanzi *row = find(t, char_of(one));
    return row && row->plain ? row->form : one;
}

Str hanzi_readings(const HanziTable *t, uint32_t ch)
{
    const Hanzi *row = find(t, hanzi_plain(t, ch));
    return row ? row->readings : (Str){ 0 };
}
