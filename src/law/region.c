#include "law/region.h"

#include <stdlib.h>

enum { DIGITS = 9 };

void places_init(Places *p, Arena *mem, size_t cap)
{
    *p = (Places){ .row = NEW(mem, Place, cap), .cap = cap };
}

/* Padded with zeros to nine digits; false if it is no code. */
static bool code_of(Str code, uint32_t *v, uint8_t *digits)
{
    bool length = code.n == 2 || code.n == 4 || code.n == 6 || code.n == DIGITS;
    *v = 0;
    if (!length || !str_is_digits(code)) return false;
    for (size_t i = 0; i < DIGITS; i++) *v = *v * 10 + (i < code.n ? (uint32_t)(code.s[i] - '0') : 0);
    *digits = (uint8_t)code.n;
    return true;
}

static int by_code(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    if (x->code != y->code) return x->code < y->code ? -1 : 1;
    if (x->digits != y->digits) return x->digits < y->digits ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* NULL, or what is wrong with the row. */
static const char *read_row(Places *p, const Csv *csv, uint32_t at)
{
    Place row = { .at = at, .line = csv->line };
    Str code = csv_cell(csv, S("code")), parent = csv_cell(csv, S("parent"));
    Str from = csv_cell(csv, S("valid_from")), to = csv_cell(csv, S("valid_to"));
    if (!code_of(code, &row.code, &row.digits)) return "code: not 2, 4, 6 or 9 digits";
    bool below = str_starts(code, parent) && (code.n > 2) == (parent.n > 0);
    if (!below) return "parent: not what the code begins with";
    if (csv_cell(csv, S("name")).n == 0) return "name: must not be empty";
    if (from.n && date_parse(from).day == 0) return "valid_from: is no day (YYYY-MM-DD)";
    if (to.n && date_parse(to).day == 0) return "valid_to: is no day (YYYY-MM-DD)";
    if (p->n == p->cap) return "too many regions";
    row.gone = to.n > 0;
    p->row[p->n++] = row;
    return NULL;
}

const char *places_read(Places *p, Arena *mem, const char *file, Str text)
{
    Csv csv;
    csv_open(&csv, mem, text);
    p->text = text;
    p->sheet = csv;
    while (csv.left.n) {
        uint32_t at = (uint32_t)(csv.left.s - text.s);
        if (!csv_next(&csv)) break;
        const char *fault = read_row(p, &csv, at);
        if (fault) return csv_fault(&csv, file, fault);
    }
    if (csv.fault) return csv_fault(&csv, file, NULL);
    qsort(p->row, p->n, sizeof *p->row, by_code);
    return NULL;
}

/* The first row that is not before (code, digits). */
static size_t lower(const Places *p, uint32_t code, uint8_t digits)
{
    size_t a = 0, b = p->n;
    while (a < b) {
        size_t m = a + (b - a) / 2;
        bool before = p->row[m].code != code ? p->row[m].code < code : p->row[m].digits < digits;
        if (before) a = m + 1;
        else b = m;
    }
    return a;
}

const Place *region_find(const Places *p, Str code)
{
    uint32_t v = 0;
    uint8_t digits = 0;
    const Place *found = NULL;
    if (!code_of(code, &v, &digits)) return NULL;
    for (size_t i = lower(p, v, digits); i < p->n; i++) {
        const Place *row = &p->row[i];
        if (row->code != v || row->digits != digits) break;
        found = row;
        if (!row->gone) break;
    }
    return found;
}

Str region_short(Str code)
{
    static const struct { size_t from, to; } cuts[] = { { 12, 9 }, { 9, 6 }, { 6, 4 }, { 4, 2 } };
    for (size_t i = 0; i < COUNT(cuts); i++) {
        Str rest = { code.s + cuts[i].to, cuts[i].from - cuts[i].to };
        bool whole = code.n == cuts[i].from;
        if (whole && (cuts[i].from == 12 || str_eq(rest, (Str){ "000", rest.n }))) code.n = cuts[i].to;
    }
    return code;
}

bool region_known(const Places *p, Str code)
{
    return region_find(p, code) != NULL;
}

void place_row(const Places *p, const Place *place, Arena *mem, Csv *csv)
{
    *csv = p->sheet;
    csv->mem = mem;
    csv->left = (Str){ p->text.s + place->at, p->text.n - place->at };
    csv->next = place->line;
    BUG_IF(!csv_next(csv)); /* it was read once */
}

Str place_line(const Places *p, const Place *place)
{
    Str rest = { p->text.s + place->at, p->text.n - place->at };
    return str_cut(&rest, '\n');
}

Str region_name(const Places *p, Arena *mem, Str code)
{
    Csv csv;
    const Place *place = region_find(p, code);
    if (!place) return (Str){ 0 };
    place_row(p, place, mem, &csv);
    return csv_cell(&csv, S("name"));
}

Str region_path(const Places *p, Arena *mem, Str code)
{
    static const size_t lengths[] = { 2, 4, 6, 9 };
    Out o = { .buf = NEW(mem, char, 512), .cap = 512 };
    Str last = { 0 };
    for (size_t i = 0; i < COUNT(lengths) && lengths[i] <= code.n; i++) {
        Csv csv;
        const Place *place = region_find(p, (Str){ code.s, lengths[i] });
        if (!place) continue;
        place_row(p, place, mem, &csv);
        Str name = csv_cell(&csv, S("name"));
        if (str_eq(csv_cell(&csv, S("flag")), S("pseudo")) || str_eq(name, last)) continue;
        out_str(&o, name);
        last = name;
    }
    return out_view(&o);
}

PlaceSpan region_span(const Places *p, Str parent)
{
    static const uint32_t width[] = { [2] = 10000000, [4] = 100000, [6] = 1000 };
    uint32_t v = 0;
    uint8_t digits = 0;
    if (parent.n == 0) return (PlaceSpan){ 0, p->n };
    if (!code_of(parent, &v, &digits) || digits == DIGITS) return (PlaceSpan){ 0 };
    size_t first = lower(p, v, 0);
    return (PlaceSpan){ first, lower(p, v + width[digits], 0) - first };
}
