/*
** RFC 4180 text, read cell by cell.  Used for every data file and import; the
** header's names pick the columns, so their order is free.
*/
#ifndef CSV_H
#define CSV_H

#include "base/arena.h"
#include "base/str.h"

enum { CSV_COLUMNS = 64 };

typedef struct Csv {
    Arena *mem;                /* quoted cells with "" inside are copied here */
    Str    left;
    Str    head[CSV_COLUMNS];  /* the header's names */
    size_t columns;
    Str    cell[CSV_COLUMNS];  /* the row last read */
    size_t cells;
    int    line, next;         /* where that row begins, from 1; and the one after it */
    const char *fault;         /* NULL, or what is wrong with the text at `line` */
} Csv;

/* Reads the header; a byte-order mark is skipped. */
void csv_open(Csv *csv, Arena *mem, Str text);
/* False at the end, or when `fault` is set.  Empty lines are skipped. */
bool csv_next(Csv *csv);
/* The named cell of the row; "" if there is no such column. */
Str  csv_cell(const Csv *csv, Str column);
bool csv_has(const Csv *csv, Str column);
/* "file:line: what" of the row last read, in the arena; `what` NULL: csv->fault. */
const char *csv_fault(const Csv *csv, const char *file, const char *what);

#endif
