#include "law/industry.h"

#include "base/csv.h"

/* NULL, or what is wrong with the row. */
static const char *read_row(Industry *it, const Csv *csv)
{
    Str labour = csv_cell(csv, S("labour_intensive")), focus = csv_cell(csv, S("focus"));
    Str to = csv_cell(csv, S("effective_to"));
    *it = (Industry){
        .section = csv_cell(csv, S("section")), .division = csv_cell(csv, S("code")),
        .name = csv_cell(csv, S("name")),
        .from = date_parse(csv_cell(csv, S("effective_from"))), .to = date_parse(to),
        .labour_intensive = str_eq(labour, S("1")), .focus = str_eq(focus, S("1")),
    };
    bool letter = it->section.n == 1 && it->section.s[0] >= 'A' && it->section.s[0] <= 'Z';
    bool span = it->from.day && (to.n == 0 || it->to.day >= it->from.day);
    if (!letter) return "section: not a letter";
    if (it->division.n != 2 || !str_is_digits(it->division)) return "code: a division has two digits";
    if (!span) return "effective_from, effective_to: not a span";
    if (!it->labour_intensive && !str_eq(labour, S("0"))) return "labour_intensive: neither 0 nor 1";
    return it->focus || str_eq(focus, S("0")) ? NULL : "focus: neither 0 nor 1";
}

const char *industries_read(Industries *list, Arena *mem, const char *file, Str text)
{
    Csv csv;
    *list = (Industries){ .row = NEW(mem, Industry, INDUSTRIES_CAP) };
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        if (!str_eq(csv_cell(&csv, S("level")), S("2"))) continue; /* divisions only */
        if (list->n == INDUSTRIES_CAP) return csv_fault(&csv, file, "too many divisions");
        const char *fault = read_row(&list->row[list->n++], &csv);
        if (fault) return csv_fault(&csv, file, fault);
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const Industry *industry_find(const Industries *list, Str code, Date day)
{
    if (code.n != 3) return NULL;
    Str section = { code.s, 1 }, division = { code.s + 1, 2 };
    for (size_t i = 0; i < list->n; i++) {
        const Industry *it = &list->row[i];
        bool valid = it->from.day <= day.day && (it->to.day == 0 || day.day <= it->to.day);
        if (valid && str_eq(it->division, division) && str_eq(it->section, section)) return it;
    }
    return NULL;
}
