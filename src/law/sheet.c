#include "law/sheet.h"

void sheet_fault(Sheet *s, Str column, const char *fault)
{
    if (s->fault) return;
    s->fault = fault;
    s->column = column;
    s->line = s->csv.line;
}

void sheet_open(Sheet *s, Arena *mem, Str text, const char *columns)
{
    *s = (Sheet){ 0 };
    csv_open(&s->csv, mem, text);
    if (s->csv.fault) sheet_fault(s, (Str){ 0 }, s->csv.fault);
    Str rest = str_of(columns);
    while (rest.n) {
        Str name = str_cut(&rest, ' ');
        if (!csv_has(&s->csv, name)) sheet_fault(s, name, "the column is missing");
    }
}

bool sheet_next(Sheet *s)
{
    if (s->fault) return false;
    if (csv_next(&s->csv)) return true;
    if (s->csv.fault) sheet_fault(s, (Str){ 0 }, s->csv.fault);
    return false;
}

Str sheet_text(Sheet *s, Str column)
{
    return s->fault ? (Str){ 0 } : csv_cell(&s->csv, column);
}

Str sheet_word(Sheet *s, Str column)
{
    Str cell = sheet_text(s, column);
    if (cell.n == 0) sheet_fault(s, column, "must not be empty");
    return cell;
}

int64_t sheet_int(Sheet *s, Str column)
{
    int64_t v = 0;
    if (!str_int(sheet_text(s, column), &v)) sheet_fault(s, column, "is no whole number");
    return s->fault ? 0 : v;
}

Date sheet_date(Sheet *s, Str column)
{
    Str cell = sheet_text(s, column);
    if (cell.n == 0) return (Date){ 0 };
    Date day = date_parse(cell);
    if (day.day == 0) sheet_fault(s, column, "is no day (YYYY-MM-DD)");
    return day;
}
