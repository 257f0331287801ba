#include "law/figure.h"

#include "base/csv.h"

#include <stdlib.h>

static const char *const columns[] = {
    "key", "region", "from", "to", "value", "unit", "basis", "status", "note",
};

/* The digits of the fraction, as 1/10000. */
static bool fraction_read(Str digits, int64_t *v)
{
    int64_t unit = FIGURE_SCALE;
    *v = 0;
    if (digits.n == 0 || digits.n > 4 || !str_is_digits(digits)) return false;
    for (size_t i = 0; i < digits.n; i++) {
        unit /= 10;
        *v += (digits.s[i] - '0') * unit;
    }
    return true;
}

bool decimal_read(Str text, int64_t *scaled)
{
    bool minus = str_starts(text, S("-"));
    if (minus) text = (Str){ text.s + 1, text.n - 1 };
    Str whole = str_cut(&text, '.');
    int64_t v = 0, part = 0;
    if (!str_is_digits(whole) || !str_int(whole, &v) || v > INT64_MAX / FIGURE_SCALE - 1) return false;
    if (text.s && !fraction_read(text, &part)) return false;
    *scaled = v * FIGURE_SCALE + part;
    if (minus) *scaled = -*scaled;
    return true;
}

void out_decimal(Out *o, int64_t scaled)
{
    int64_t part = scaled % FIGURE_SCALE;
    if (scaled < 0) {
        out_str(o, S("-"));
        part = -part;
    }
    int64_t whole = scaled / FIGURE_SCALE;
    out_int(o, whole < 0 ? -whole : whole);
    if (part == 0) return;
    int width = 4;
    for (; part % 10 == 0; width--) part /= 10;
    out_str(o, S("."));
    out_pad(o, part, width);
}

static bool status_read(Str word, FigureStatus *status)
{
    static const char *const words[] = { "verified", "unverified", "stale", "policy" };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq(word, str_of(words[i]))) {
            *status = (FigureStatus)i;
            return true;
        }
    }
    return false;
}

/* An empty cell is "no date". */
static bool date_cell(Str cell, Date *d)
{
    *d = date_parse(cell);
    return cell.n == 0 || d->day != 0;
}

static const char *row_read(const Csv *csv, Figure *p)
{
    Str key = csv_cell(csv, S("key"));
    Str region = csv_cell(csv, S("region"));
    *p = (Figure){ .unit = csv_cell(csv, S("unit")), .basis = csv_cell(csv, S("basis")),
                  .note = csv_cell(csv, S("note")) };
    p->key = str_cut(&key, '@');
    if (p->key.n == 0) return "a row has no key";
    if (key.s && !str_int(key, &p->step)) return "the step after @ is no whole number";
    if (!str_eq(region, S("*"))) {
        if (!str_is_digits(region)) return "the region is neither * nor a code";
        p->region = region;
    }
    if (!date_cell(csv_cell(csv, S("from")), &p->from)) return "from is no date";
    if (!date_cell(csv_cell(csv, S("to")), &p->to)) return "to is no date";
    if (p->to.day && p->to.day < p->from.day) return "to lies before from";
    if (!decimal_read(csv_cell(csv, S("value")), &p->value)) return "the value is no number";
    if (p->basis.n == 0) return "a row has no basis";
    if (!status_read(csv_cell(csv, S("status")), &p->status)) return "an unknown status";
    return NULL;
}

static int by_key(const void *a, const void *b)
{
    const Figure *p = a, *q = b;
    int order = str_cmp(p->key, q->key);
    if (order) return order;
    return (p->step > q->step) - (p->step < q->step);
}

static size_t lines_of(Str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++) n += text.s[i] == '\n';
    return n;
}

Figures figures_read(Arena *mem, Str text)
{
    Figures p = { 0 };
    Csv csv;
    csv_open(&csv, mem, text);
    for (size_t i = 0; i < COUNT(columns); i++) {
        if (!csv_has(&csv, str_of(columns[i]))) return (Figures){ .line = 1, .fault = "a column is missing" };
    }
    Figure *row = NEW(mem, Figure, lines_of(text));
    while (csv_next(&csv)) {
        const char *fault = row_read(&csv, &row[p.n++]);
        if (fault) return (Figures){ .line = csv.line, .fault = fault };
    }
    if (csv.fault) return (Figures){ .line = csv.line, .fault = csv.fault };
    if (p.n) qsort(row, p.n, sizeof *row, by_key);
    p.row = row;
    return p;
}

/* The first row whose key is not below `key`, or that is above it. */
static size_t bound(const Figures *p, Str key, bool above)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = str_cmp(p->row[mid].key, key);
        if (order < 0 || (above && order == 0)) low = mid + 1;
        else high = mid;
    }
    return low;
}

FigureSpan figures_span(const Figures *p, Str key)
{
    size_t low = bound(p, key, false), high = bound(p, key, true);
    if (low == high) return (FigureSpan){ 0 };
    return (FigureSpan){ p->row + low, high - low };
}

static bool holds(const Figure *p, FigureAsk ask)
{
    if (!str_starts(ask.region, p->region)) return false;
    if (ask.day.day == 0) return true;
    return p->from.day <= ask.day.day && (p->to.day == 0 || ask.day.day <= p->to.day);
}

/* The nearer region, then the higher step, then the later row. */
static bool better(const Figure *p, const Figure *than)
{
    if (!than) return true;
    if (p->region.n != than->region.n) return p->region.n > than->region.n;
    if (p->step != than->step) return p->step > than->step;
    return p->from.day > than->from.day;
}

const Figure *figure_at(FigureSpan span, FigureAsk ask)
{
    const Figure *best = NULL;
    for (size_t i = 0; i < span.n; i++) {
        const Figure *p = &span.row[i];
        if (p->step == ask.step && holds(p, ask) && better(p, best)) best = p;
    }
    return best;
}

const Figure *figure_step(FigureSpan span, FigureAsk ask)
{
    const Figure *best = NULL;
    for (size_t i = 0; i < span.n; i++) {
        const Figure *p = &span.row[i];
        if (p->step <= ask.step && holds(p, ask) && better(p, best)) best = p;
    }
    return best;
}
