#include "law/report.h"

enum { LINES_MAX = 120, CHECKS_MAX = 20 };

bool report_read_lines(ReportLaw *r, Arena *mem, Str text, Sheet *sheet)
{
    r->line = NEW(mem, ReportLine, LINES_MAX);
    sheet_open(sheet, mem, text, "no column sub key label_zh label_en unit definition");
    while (sheet_next(sheet)) {
        ReportLine row = {
            .no = sheet_int(sheet, S("no")), .column = sheet_word(sheet, S("column")),
            .sub = sheet_text(sheet, S("sub")), .key = sheet_word(sheet, S("key")),
            .label = { sheet_word(sheet, S("label_zh")), sheet_word(sheet, S("label_en")) },
            .unit = sheet_word(sheet, S("unit")), .definition = sheet_text(sheet, S("definition")),
        };
        if (row.no <= 0) sheet_fault(sheet, S("no"), "is no number");
        if (r->lines && row.no <= r->line[r->lines - 1].no) sheet_fault(sheet, S("no"), "is out of order");
        if (report_line(r, row.key)) sheet_fault(sheet, S("key"), "is there twice");
        if (r->lines == LINES_MAX) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) r->line[r->lines++] = row;
    }
    return sheet->fault == NULL;
}

bool report_read_checks(ReportLaw *r, Arena *mem, Str text, Sheet *sheet)
{
    r->check = NEW(mem, ReportCheck, CHECKS_MAX);
    sheet_open(sheet, mem, text, "code left right text_zh text_en");
    while (sheet_next(sheet)) {
        ReportCheck row = {
            .code = sheet_word(sheet, S("code")), .left = sheet_word(sheet, S("left")),
            .right = sheet_word(sheet, S("right")),
            .text = { sheet_word(sheet, S("text_zh")), sheet_word(sheet, S("text_en")) },
        };
        if (r->checks == CHECKS_MAX) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) r->check[r->checks++] = row;
    }
    return sheet->fault == NULL;
}

const ReportLine *report_line(const ReportLaw *r, Str key)
{
    for (size_t i = 0; i < r->lines; i++) {
        if (str_eq(r->line[i].key, key)) return &r->line[i];
    }
    return NULL;
}
