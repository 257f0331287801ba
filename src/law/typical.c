#include "law/typical.h"

#include "law/figure.h"

enum { TO_FEN = FIGURE_SCALE / 100 };

/* Yuan with two decimals at most; "" where none is published. */
static Money yuan_cell(Sheet *sheet, Str column, bool *told)
{
    int64_t scaled = 0;
    Str cell = sheet_text(sheet, column);
    *told = cell.n != 0;
    if (cell.n == 0) return (Money){ 0 };
    bool good = decimal_read(cell, &scaled) && scaled >= 0 && scaled % TO_FEN == 0;
    if (!good) sheet_fault(sheet, column, "is no sum in yuan");
    return (Money){ good ? scaled / TO_FEN : 0 };
}

static bool cause_known(const Causes *causes, Str code)
{
    for (size_t i = 0; i < causes->n; i++) {
        if (str_eq(causes->row[i].code, code)) return true;
    }
    return false;
}

static void check_causes(Sheet *sheet, const Causes *causes, Str words)
{
    while (words.n) {
        if (!cause_known(causes, str_cut(&words, ' '))) sheet_fault(sheet, S("causes"), "names no cause");
    }
}

static bool stands(const TypicalCases *t, Str id)
{
    for (size_t i = 0; i < t->n; i++) {
        if (str_eq(t->row[i].id, id)) return true;
    }
    return false;
}

static TypicalCase read_row(Sheet *sheet)
{
    Str kind = sheet_word(sheet, S("text_kind"));
    TypicalCase row = {
        .id = sheet_word(sheet, S("id")), .title = sheet_word(sheet, S("title")),
        .batch = sheet_text(sheet, S("batch")), .publisher = sheet_word(sheet, S("publisher")),
        .url = sheet_text(sheet, S("url")), .date = sheet_date(sheet, S("date")),
        .types = sheet_text(sheet, S("types")), .causes = sheet_word(sheet, S("causes")),
        .laws = sheet_text(sheet, S("law_refs")), .forum = sheet_text(sheet, S("forum")),
        .result = sheet_text(sheet, S("result")), .facts = sheet_word(sheet, S("facts")),
        .claim = sheet_text(sheet, S("claim")), .outcome = sheet_word(sheet, S("outcome")),
        .analysis = sheet_text(sheet, S("analysis")), .check = sheet_text(sheet, S("worked_check")),
        .condensed = str_eq(kind, S("condensed")),
    };
    row.claimed = yuan_cell(sheet, S("claim_yuan"), &row.told_claim);
    row.awarded = yuan_cell(sheet, S("award_yuan"), &row.told_award);
    if (!row.condensed && !str_eq(kind, S("official-full"))) {
        sheet_fault(sheet, S("text_kind"), "is neither official-full nor condensed");
    }
    if (row.date.day == 0) sheet_fault(sheet, S("date"), "is no day");
    return row;
}

bool typical_read(TypicalCases *t, Arena *mem, Str text, const Causes *causes, Sheet *sheet)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++) lines += text.s[i] == '\n';
    *t = (TypicalCases){ NEW(mem, TypicalCase, lines), 0 };
    sheet_open(sheet, mem, text,
               "id batch date publisher url title text_kind types causes law_refs forum result claim_yuan"
               " award_yuan facts claim outcome analysis worked_check");
    while (sheet_next(sheet)) {
        TypicalCase row = read_row(sheet);
        check_causes(sheet, causes, row.causes);
        if (stands(t, row.id)) sheet_fault(sheet, S("id"), "stands twice");
        if (!sheet->fault) t->row[t->n++] = row;
    }
    return sheet->fault == NULL;
}
