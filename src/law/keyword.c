#include "law/keyword.h"

bool keywords_read(Keywords *list, Arena *mem, Str text, Sheet *sheet)
{
    list->n = 0;
    sheet_open(sheet, mem, text, "no zh en terms from to basis");
    while (sheet_next(sheet)) {
        Keyword row = {
            .no = sheet_int(sheet, S("no")),
            .label = { sheet_word(sheet, S("zh")), sheet_word(sheet, S("en")) },
            .terms = sheet_word(sheet, S("terms")), .from = sheet_date(sheet, S("from")),
            .to = sheet_date(sheet, S("to")),
        };
        (void)sheet_word(sheet, S("basis"));
        if (row.no < 1 || row.no > KEYWORDS_MAX) sheet_fault(sheet, S("no"), "is no number of a keyword");
        if (list->n == KEYWORDS_MAX) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) list->row[list->n++] = row;
    }
    return sheet->fault == NULL;
}

static bool said(Str terms, Str text)
{
    while (terms.n) {
        Str term = str_cut(&terms, ' ');
        if (term.n && str_has(text, term)) return true;
    }
    return false;
}

uint64_t keywords_said(const Keywords *list, Str text, Date day)
{
    uint64_t set = 0;
    for (size_t i = 0; i < list->n; i++) {
        const Keyword *k = &list->row[i];
        bool holds = k->from.day <= day.day && (k->to.day == 0 || day.day <= k->to.day);
        if (holds && said(k->terms, text)) set |= (uint64_t)1 << (k->no - 1);
    }
    return set;
}
