#include "law/industry.h"

#include <stdlib.h>

enum { DIVISION = 3 }; /* signs of a division as it is written: C13 */

/* NULL, or what is wrong with the row. */
static const char *read_row(Industry *it, const Csv *csv)
{
    Str labour = csv_cell(csv, S("labour_intensive")), focus = csv_cell(csv, S("focus"));
    Str to = csv_cell(csv, S("effective_to"));
    *it = (Industry){
        .section = csv_cell(csv, S("section")), .code = csv_cell(csv, S("code")),
        .name = csv_cell(csv, S("name")),
        .from = date_parse(csv_cell(csv, S("effective_from"))), .to = date_parse(to),
        .labour_intensive = str_eq(labour, S("1")), .focus = str_eq(focus, S("1")),
    };
    bool letter = it->section.n == 1 && it->section.s[0] >= 'A' && it->section.s[0] <= 'Z';
    bool digits = it->code.n >= 2 && it->code.n <= 4 && str_is_digits(it->code);
    bool span = it->from.day && (to.n == 0 || it->to.day >= it->from.day);
    if (!letter) return "section: not a letter";
    if (!digits && !str_eq(it->code, it->section)) return "code: neither the section nor 2 to 4 digits";
    if (it->name.n == 0) return "name: must not be empty";
    if (!span) return "effective_from, effective_to: not a span";
    if (!it->labour_intensive && !str_eq(labour, S("0"))) return "labour_intensive: neither 0 nor 1";
    return it->focus || str_eq(focus, S("0")) ? NULL : "focus: neither 0 nor 1";
}

static int by_code(const void *a, const void *b)
{
    const Industry *x = a, *y = b;
    int order = str_cmp(x->code, y->code);
    return order ? order : (x->from.day > y->from.day) - (x->from.day < y->from.day);
}

const char *industries_read(Industries *list, Arena *mem, const char *file, Str text)
{
    Csv csv;
    *list = (Industries){ .row = NEW(mem, Industry, INDUSTRIES_CAP) };
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        if (list->n == INDUSTRIES_CAP) return csv_fault(&csv, file, "too many industries");
        const char *fault = read_row(&list->row[list->n++], &csv);
        if (fault) return csv_fault(&csv, file, fault);
    }
    qsort(list->row, list->n, sizeof *list->row, by_code);
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

/* The first row whose code is not before `code`. */
static size_t lower(const Industries *list, Str code)
{
    size_t a = 0, b = list->n;
    while (a < b) {
        size_t m = a + (b - a) / 2;
        if (str_cmp(list->row[m].code, code) < 0) a = m + 1;
        else b = m;
    }
    return a;
}

/* The last row of the written code that is in force; `day` {0}: the last at all. */
static const Industry *find(const Industries *list, Str code, Date day)
{
    const Industry *found = NULL;
    if (code.n == 0) return NULL;
    Str section = { code.s, 1 };
    Str own = code.n == 1 ? code : (Str){ code.s + 1, code.n - 1 };
    for (size_t i = lower(list, own); i < list->n && str_eq(list->row[i].code, own); i++) {
        const Industry *it = &list->row[i];
        bool valid = day.day == 0 || in_force(it->from, it->to, day);
        if (valid && str_eq(it->section, section)) found = it;
    }
    return found;
}

const Industry *industry_any(const Industries *list, Str code, Date day)
{
    return day.day ? find(list, code, day) : NULL;
}

const Industry *industry_find(const Industries *list, Str code, Date day)
{
    return code.n == DIVISION ? industry_any(list, code, day) : NULL;
}

const Industry *industry_last(const Industries *list, Str code)
{
    return find(list, code, (Date){ 0 });
}
