#include "law/due.h"

#include "base/csv.h"

enum { LONGEST_YEARS = 500 };

Date effective_due(const Calendar *c, Date agreed, bool *provisional)
{
    Date due = working_on_or_after(c, agreed);
    *provisional = !is_official_span(c, agreed, due);
    return due;
}

/* NULL, or what is wrong with the row. */
static const char *read_row(const Csv *csv, Retention *row)
{
    Str years = csv_cell(csv, S("years")), from = csv_cell(csv, S("effective_from"));
    Str to = csv_cell(csv, S("effective_to"));
    int64_t n = 0;
    bool forever = str_eq(years, S("permanent"));
    if (!forever && (!str_int(years, &n) || n < 1 || n > LONGEST_YEARS)) {
        return "years: neither a number nor permanent";
    }
    *row = (Retention){
        .code = csv_cell(csv, S("code")), .years = (int)n, .from = date_parse(from), .to = date_parse(to),
        .matter = { csv_cell(csv, S("matter_zh")), csv_cell(csv, S("matter_en")) },
        .basis = csv_cell(csv, S("basis")),
    };
    if (row->code.n == 0) return "code: empty";
    if (from.n && row->from.day == 0) return "effective_from: not a date";
    return to.n && row->to.day == 0 ? "effective_to: not a date" : NULL;
}

const char *retentions_read(Retentions *r, Arena *mem, const char *file, Str text)
{
    Csv csv;
    *r = (Retentions){ .row = NEW(mem, Retention, RETENTIONS) };
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        if (r->n == RETENTIONS) return csv_fault(&csv, file, "too many rows");
        const char *fault = read_row(&csv, &r->row[r->n++]);
        if (fault) return csv_fault(&csv, file, fault);
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const Retention *retention_find(const Retentions *r, Str code, Date on)
{
    for (size_t i = 0; i < r->n; i++) {
        const Retention *row = &r->row[i];
        bool begun = on.day >= row->from.day, over = row->to.day && on.day > row->to.day;
        if (str_eq(row->code, code) && begun && !over) return row;
    }
    return NULL;
}

Keeping retention_span(const Retention *r, Date closed)
{
    int year = date_civil(closed).year + 1;
    Keeping k = { .first = date_of(year, 1, 1) };
    if (r->years) k.last = date_of(year + r->years - 1, 12, 31);
    return k;
}
