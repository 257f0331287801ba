/*
** A CSV data file read row by row with typed cells.  The first fault is kept,
** with its line and column; after it every cell reads as nothing and there is
** no next row.
*/
#ifndef SHEET_H
#define SHEET_H

#include "base/base.h"
#include "base/csv.h"

typedef struct Sheet {
    Csv         csv;
    const char *fault;  /* NULL, or what is wrong */
    Str         column; /* where; "" if it is the row */
    int         line;
} Sheet;

/* `columns`: the names that must be there, separated by blanks. */
void    sheet_open(Sheet *s, Arena *mem, Str text, const char *columns);
bool    sheet_next(Sheet *s);
Str     sheet_text(Sheet *s, Str column); /* "" allowed */
Str     sheet_word(Sheet *s, Str column); /* "" is a fault */
int64_t sheet_int(Sheet *s, Str column);
Date    sheet_date(Sheet *s, Str column); /* {0} for "" */
void    sheet_fault(Sheet *s, Str column, const char *fault);

/* Rows have a first and a last day; no last day is "still". */
static inline bool in_force(Date from, Date to, Date day)
{
    return day.day >= from.day && (to.day == 0 || day.day <= to.day);
}

#endif
