#include "law/dossier.h"

enum { PAPERS = 100, VOLUME_ROWS = 100, LEDGER_COLUMNS = 100 };

#define NEED_ROW(n, word) [NEED_##n] = (word),
static const char *const needs[NEED__COUNT] = { NEEDS(NEED_ROW) };
#undef NEED_ROW

const char *need_word(Need n)
{
    BUG_IF(n >= NEED__COUNT);
    return needs[n];
}

static Need need_of(Sheet *sheet, Str word)
{
    for (unsigned i = 0; i < NEED__COUNT; i++) {
        if (str_eq(str_of(needs[i]), word)) return (Need)i;
    }
    sheet_fault(sheet, S("required"), "is no such word");
    return NEED_IF_ANY;
}

const PaperRule *paper_find(const Dossier *d, Str no)
{
    for (size_t i = 0; i < d->papers; i++) {
        if (str_eq(d->paper[i].no, no)) return &d->paper[i];
    }
    return NULL;
}

bool dossier_read_papers(Dossier *d, Arena *mem, Str text, Sheet *sheet)
{
    d->paper = NEW(mem, PaperRule, PAPERS);
    sheet_open(sheet, mem, text, "no label_zh label_en to volume");
    while (sheet_next(sheet)) {
        PaperRule row = {
            .no = sheet_word(sheet, S("no")),
            .from = sheet_text(sheet, S("from")), .to = sheet_text(sheet, S("to")),
            .label = { sheet_word(sheet, S("label_zh")), sheet_word(sheet, S("label_en")) },
            .volume = sheet_text(sheet, S("volume")), .word = sheet_text(sheet, S("word")),
        };
        if (paper_find(d, row.no)) sheet_fault(sheet, S("no"), "stands twice");
        if (d->papers == PAPERS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) d->paper[d->papers++] = row;
    }
    return sheet->fault == NULL;
}

/* The papers that a row names are known. */
static void check_papers(const Dossier *d, Sheet *sheet, Str papers)
{
    while (papers.n) {
        if (!paper_find(d, str_cut(&papers, ' '))) sheet_fault(sheet, S("papers"), "names an unknown paper");
    }
}

static bool volume_row(const Dossier *d, Str key)
{
    for (size_t i = 0; i < d->rows; i++) {
        if (str_eq(d->row[i].key, key)) return true;
    }
    return false;
}

bool dossier_read_volumes(Dossier *d, Arena *mem, Str text, Sheet *sheet)
{
    d->row = NEW(mem, VolumeRow, VOLUME_ROWS);
    sheet_open(sheet, mem, text, "volume no key label_zh label_en papers variant required basis");
    while (sheet_next(sheet)) {
        VolumeRow row = {
            .volume = sheet_word(sheet, S("volume")), .no = sheet_int(sheet, S("no")),
            .key = sheet_word(sheet, S("key")),
            .label = { sheet_word(sheet, S("label_zh")), sheet_word(sheet, S("label_en")) },
            .papers = sheet_text(sheet, S("papers")),
            .variant = sheet_text(sheet, S("variant")), .basis = sheet_word(sheet, S("basis")),
            .need = need_of(sheet, sheet_word(sheet, S("required"))),
        };
        check_papers(d, sheet, row.papers);
        if (volume_row(d, row.key)) sheet_fault(sheet, S("key"), "stands twice");
        if (d->rows == VOLUME_ROWS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) d->row[d->rows++] = row;
    }
    return sheet->fault == NULL;
}

bool dossier_read_ledger(Dossier *d, Arena *mem, Str text, Sheet *sheet)
{
    d->column = NEW(mem, LedgerColumn, LEDGER_COLUMNS);
    sheet_open(sheet, mem, text, "no key label_zh label_en");
    while (sheet_next(sheet)) {
        LedgerColumn row = { sheet_word(sheet, S("key")),
                             { sheet_word(sheet, S("label_zh")), sheet_word(sheet, S("label_en")) } };
        bool next = sheet_int(sheet, S("no")) == (int64_t)d->columns + 1;
        if (!next) sheet_fault(sheet, S("no"), "is out of order");
        if (d->columns == LEDGER_COLUMNS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) d->column[d->columns++] = row;
    }
    return sheet->fault == NULL;
}
