#include "base/csv.h"

#include <stdio.h>
#include <string.h>

/* A quoted cell: the text between the quotes, with "" read as one. */
static Str quoted_cell(Csv *csv)
{
    const char *begin = csv->left.s + 1, *end = csv->left.s + csv->left.n;
    const char *p = begin;
    size_t doubled = 0;
    while (p < end && (*p != '"' || (p + 1 < end && p[1] == '"'))) {
        if (*p == '"') {
            doubled++;
            p++;
        }
        csv->next += *p == '\n';
        p++;
    }
    if (p == end) {
        csv->fault = "a quoted cell is not closed";
        return (Str){ 0 };
    }
    csv->left = (Str){ p + 1, (size_t)(end - p) - 1 };
    Str raw = { begin, (size_t)(p - begin) };
    if (doubled == 0) return raw;
    char *copy = NEW(csv->mem, char, raw.n - doubled);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        copy[n++] = raw.s[i];
        if (raw.s[i] == '"') i++;
    }
    return (Str){ copy, n };
}

static bool ends_cell(char ch)
{
    return ch == ',' || ch == '\r' || ch == '\n';
}

static Str plain_cell(Csv *csv)
{
    size_t n = 0;
    while (n < csv->left.n && !ends_cell(csv->left.s[n])) n++;
    Str cell = { csv->left.s, n };
    csv->left = (Str){ csv->left.s + n, csv->left.n - n };
    return cell;
}

static bool take(Csv *csv, char ch)
{
    if (csv->left.n == 0 || csv->left.s[0] != ch) return false;
    csv->left = (Str){ csv->left.s + 1, csv->left.n - 1 };
    return true;
}

/* Takes an end of line or the end of the text; false if neither is there. */
static bool take_end(Csv *csv)
{
    if (csv->left.n == 0) return true;
    bool cr = take(csv, '\r');
    bool lf = take(csv, '\n');
    csv->next += cr || lf;
    return cr || lf;
}

static bool read_row(Csv *csv)
{
    csv->line = csv->next;
    csv->cells = 0;
    do {
        if (csv->cells == CSV_COLUMNS) {
            csv->fault = "too many columns";
            return false;
        }
        bool quoted = csv->left.n && csv->left.s[0] == '"';
        csv->cell[csv->cells++] = quoted ? quoted_cell(csv) : plain_cell(csv);
        if (csv->fault) return false;
    } while (take(csv, ','));
    if (!take_end(csv)) csv->fault = "text after a quoted cell";
    return !csv->fault;
}

void csv_open(Csv *csv, Arena *mem, Str text)
{
    *csv = (Csv){ .mem = mem, .left = text, .next = 1 };
    if (str_starts(text, S("\xEF\xBB\xBF"))) csv->left = (Str){ text.s + 3, text.n - 3 };
    if (csv->left.n == 0 || !read_row(csv)) return;
    for (size_t i = 0; i < csv->cells; i++) csv->head[i] = str_trim(csv->cell[i]);
    csv->columns = csv->cells;
    csv->cells = 0;
}

bool csv_next(Csv *csv)
{
    while (!csv->fault && csv->left.n) {
        if (!read_row(csv)) return false;
        if (csv->cells == 1 && csv->cell[0].n == 0) continue;
        if (csv->cells == csv->columns) return true;
        csv->fault = "a row has more or fewer cells than the header";
    }
    return false;
}

bool csv_has(const Csv *csv, Str column)
{
    for (size_t i = 0; i < csv->columns; i++) {
        if (str_eq(csv->head[i], column)) return true;
    }
    return false;
}

Str csv_cell(const Csv *csv, Str column)
{
    for (size_t i = 0; i < csv->columns; i++) {
        if (str_eq(csv->head[i], column) && i < csv->cells) return csv->cell[i];
    }
    return (Str){ 0 };
}

const char *csv_fault(const Csv *csv, const char *file, const char *what)
{
    enum { SENTENCE = 320 };
    char *text = NEW(csv->mem, char, SENTENCE);
    (void)snprintf(text, SENTENCE, "%s:%d: %s", file, csv->line, what ? what : csv->fault);
    return text;
}
