/*
** Tables on their way out: rows of typed cells, streamed to a file as CSV or as
** an XLSX workbook of one sheet, whatever their number.
**
** Rows go to a part of their own, which may be closed after any row and gone on
** with later, by another process too: all there is to remember is a TablePart.
** The whole is put together at the end, when the number of rows is known, with
** a head block above them.  No cell is ever a formula.
*/
#ifndef EXCEL_TABLE_H
#define EXCEL_TABLE_H

#include "base/base.h"

#include <stdio.h>

enum {
    TABLE_LINES = 4,
    TABLE_TOP = TABLE_LINES + 2,            /* rows of a sheet above the first of ours */
    TABLE_ROWS_MAX = 1048576 - TABLE_TOP,   /* what a sheet holds */
    TABLE_CELL_MAX = 32767,                 /* characters of a cell */
};

/* How far a part has come: bytes before and after they were squeezed. */
typedef struct TablePart {
    int64_t rows, raw, packed, crc;
} TablePart;

typedef struct TableColumn {
    Str label;
    int width; /* in characters */
} TableColumn;

typedef struct TableHead {
    Str  title;
    Str  line[TABLE_LINES - 1]; /* how many rows, of what; when and by whom; "" is none */
    Str  mark;                  /* watermark: in the block, and above and below each printed page */
    const TableColumn *column;
    size_t columns;
    bool xlsx;
    bool bom;                   /* CSV: a mark by which spreadsheets know UTF-8 */
    bool bare;                  /* CSV: no block above the column names */
} TableHead;

typedef struct Table Table;

/* A cell of CSV, quoted as RFC 4180 asks, that no spreadsheet takes for a formula (CWE-1236). */
void csv_text(Out *o, Str s);

/* Goes on after `from` in `to`, which is at that place.  Never NULL. */
Table *table_open(Arena *mem, FILE *to, bool xlsx, TablePart from);
void   table_text(Table *t, Str s);   /* "" is an empty cell; control characters are left out */
void   table_date(Table *t, Date d);  /* no date is an empty cell; so are the next three's zeros */
void   table_fen(Table *t, Money m);
void   table_int(Table *t, int64_t n);
void table_number(Table *t, int64_t n), table_sum(Table *t, Money m); /* nought is written, too */
void   table_time(Table *t, Time at); /* as text */
void   table_row(Table *t);           /* ends the row */
/* Closes it; false if anything could not be written, or is too much for a sheet. */
bool   table_close(Table *t, TablePart *part);

/* The whole, from its part; false if it could not be written. */
bool table_whole(Arena *mem, const TableHead *head, const TablePart *part, FILE *rows, FILE *to);

#endif
