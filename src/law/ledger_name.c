#include "law/ledger_name.h"

#include <string.h>

enum { ROWS = 4000, SLOTS = 16384 };

/* Signs that say nothing in a name; all of three bytes in UTF-8. */
static bool is_sign(Str three)
{
    static const char signs[] = "（）【】〔〕《》、，。：；“”‘’／—－·＊　";
    unsigned char lead = (unsigned char)three.s[0];
    bool may = three.n == 3 && (lead == 0xE2 || lead == 0xE3 || lead == 0xEF);
    return may && str_has((Str){ signs, sizeof signs - 1 }, three);
}

/* The bytes of a character as one number: of letters, digits and signs of up to three bytes. */
static uint32_t sign_of(Str one)
{
    uint32_t v = 0;
    for (size_t i = 0; i < one.n; i++) v = v << 8 | (unsigned char)one.s[i];
    return v;
}

/* （）【】 */
enum { WIDE_OPEN = 0xEFBC88, WIDE_CLOSE = 0xEFBC89, BOX_OPEN = 0xE38090, BOX_CLOSE = 0xE38091 };

static bool opens(uint32_t sign)
{
    return sign == '(' || sign == '[' || sign == WIDE_OPEN || sign == BOX_OPEN;
}

static bool closes(uint32_t sign)
{
    return sign == ')' || sign == ']' || sign == WIDE_CLOSE || sign == BOX_CLOSE;
}

static size_t length_at(Str s)
{
    unsigned char b = (unsigned char)s.s[0];
    size_t n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    return n > s.n ? s.n : n;
}

static bool is_word(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z');
}

Str ledger_name_plain(const HanziTable *hanzi, Arena *a, Str name, bool bare)
{
    Out o = { .buf = NEW(a, char, 2 * name.n + 1), .cap = 2 * name.n + 1 }; /* a form may be longer */
    int depth = 0;
    while (name.n) {
        size_t n = length_at(name);
        char ch = char_upper(name.s[0]);
        bool inside = depth > 0;
        uint32_t sign = sign_of((Str){ name.s, n });
        if (opens(sign)) depth++;
        if (closes(sign) && depth) depth--;
        bool kept = n == 1 ? is_word(ch) : !is_sign((Str){ name.s, n });
        Str form = n == 1 ? (Str){ &ch, 1 } : hanzi_form(hanzi, (Str){ name.s, n });
        if (kept && !(bare && inside)) out_str(&o, form);
        name = (Str){ name.s + n, name.n - n };
    }
    return out_view(&o);
}

const LedgerName *ledger_names_of(const LedgerNames *names, Str field, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < names->fields; i++) {
        if (!str_eq(names->field[i].field, field)) continue;
        *n = names->field[i].n;
        return names->row + names->field[i].first;
    }
    return NULL;
}

/* Where a row of that name is, or may be put: every cell of a ledger is looked up. */
static uint16_t *slot_of(const LedgerNames *names, size_t first, size_t n, Str plain)
{
    uint32_t h = 2166136261U ^ (uint32_t)first; /* FNV-1a */
    for (size_t i = 0; i < plain.n; i++) h = (h ^ (unsigned char)plain.s[i]) * 16777619U;
    for (h %= SLOTS; names->slot[h]; h = (h + 1) % SLOTS) {
        size_t at = names->slot[h] - 1U;
        if (at >= first && at < first + n && str_eq(names->row[at].name, plain)) break;
    }
    return &names->slot[h];
}

Str ledger_word(const LedgerNames *names, Str field, Str plain)
{
    size_t n = 0;
    const LedgerName *row = ledger_names_of(names, field, &n);
    uint16_t at = n ? *slot_of(names, (size_t)(row - names->row), n, plain) : 0;
    return at ? names->row[at - 1].word : (Str){ 0 };
}

static void take(LedgerNames *names, Sheet *sheet, Str field, LedgerName row)
{
    size_t last = names->fields;
    bool same = last && str_eq(names->field[last - 1].field, field);
    if (names->n == ROWS || (!same && last == LEDGER_FIELDS)) sheet_fault(sheet, (Str){ 0 }, "too many rows");
    if (!same && ledger_names_of(names, field, &(size_t){ 0 })) sheet_fault(sheet, S("field"),
        "is not in one piece");
    if (same && ledger_word(names, field, row.name).n) sheet_fault(sheet, S("name"), "stands twice");
    if (sheet->fault) return;
    if (!same) {
        names->field[last].field = field;
        names->field[last].first = names->n;
        names->fields++;
    }
    size_t first = names->field[names->fields - 1].first, n = ++names->field[names->fields - 1].n;
    names->row[names->n++] = row;
    *slot_of(names, first, n - 1, row.name) = (uint16_t)names->n;
}

bool ledger_names_read(LedgerNames *names, Arena *mem, Str text, const HanziTable *hanzi, Sheet *sheet)
{
    *names = (LedgerNames){ .row = NEW(mem, LedgerName, ROWS), .slot = NEW(mem, uint16_t, SLOTS) };
    sheet_open(sheet, mem, text, "field word name");
    while (sheet_next(sheet)) {
        Str field = sheet_word(sheet, S("field")), name = sheet_word(sheet, S("name"));
        LedgerName row = { sheet_word(sheet, S("word")), ledger_name_plain(hanzi, mem, name, false) };
        if (!sheet->fault) take(names, sheet, field, row);
    }
    return sheet->fault == NULL;
}
