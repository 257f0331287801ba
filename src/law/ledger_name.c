#include "law/ledger_name.h"

enum { ROWS = 4000 };

/* Signs that say nothing in a name; all of three bytes in UTF-8. */
static bool is_sign(Str three)
{
    static const char signs[] = "（）【】〔〕《》、，。：；“”‘’／—－·＊　";
    unsigned char lead = (unsigned char)three.s[0];
    bool may = three.n == 3 && (lead == 0xE2 || lead == 0xE3 || lead == 0xEF);
    return may && str_has((Str){ signs, sizeof signs - 1 }, three);
}

static bool opens(Str s)
{
    return str_starts(s, S("（")) || str_starts(s, S("(")) || str_starts(s, S("【")) || str_starts(s, S("["));
}

static bool closes(Str s)
{
    return str_starts(s, S("）")) || str_starts(s, S(")")) || str_starts(s, S("】")) || str_starts(s, S("]"));
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

Str ledger_name_plain(Arena *a, Str name, bool bare)
{
    Out o = { .buf = NEW(a, char, name.n + 1), .cap = name.n + 1 };
    int depth = 0;
    while (name.n) {
        size_t n = length_at(name);
        char ch = char_upper(name.s[0]);
        bool inside = depth > 0;
        if (opens(name)) depth++;
        if (closes(name) && depth) depth--;
        bool kept = n == 1 ? is_word(ch) : !is_sign((Str){ name.s, n });
        if (kept && !(bare && inside)) out_str(&o, n == 1 ? (Str){ &ch, 1 } : (Str){ name.s, n });
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

Str ledger_word(const LedgerNames *names, Str field, Str plain)
{
    size_t n = 0;
    const LedgerName *row = ledger_names_of(names, field, &n);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(row[i].name, plain)) return row[i].word;
    }
    return (Str){ 0 };
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
    names->field[names->fields - 1].n++;
    names->row[names->n++] = row;
}

bool ledger_names_read(LedgerNames *names, Arena *mem, Str text, Sheet *sheet)
{
    *names = (LedgerNames){ .row = NEW(mem, LedgerName, ROWS) };
    sheet_open(sheet, mem, text, "field word name");
    while (sheet_next(sheet)) {
        Str field = sheet_word(sheet, S("field")), name = sheet_word(sheet, S("name"));
        LedgerName row = { sheet_word(sheet, S("word")), ledger_name_plain(mem, name, false) };
        if (!sheet->fault) take(names, sheet, field, row);
    }
    return sheet->fault == NULL;
}
