/*
** Industries (国民经济行业分类, GB/T 4754-2017), sections to classes, and what
** the office says of them: labour-intensive (R99), watched closely (R5).
** Written with the section's letter before the digits: "C", "C13", "C1311".
** data/industries.csv, dated rows.
*/
#ifndef INDUSTRY_H
#define INDUSTRY_H

#include "law/sheet.h"

typedef struct Industry {
    Str  code;              /* as in the file: "C", "13", "1311" */
    Str  section, name;
    Date from, to;          /* to {0}: still in force */
    bool labour_intensive, focus;
} Industry;

enum { INDUSTRIES_CAP = 4000 };

typedef struct Industries {
    Industry *row;          /* by code, then by first day */
    size_t    n;
} Industries;

/* NULL, or a sentence in the arena that names file, line and fault. */
const char *industries_read(Industries *list, Arena *mem, const char *file, Str text);

/* The division ("C13") in force on the day; NULL if the code is none. */
const Industry *industry_find(const Industries *list, Str code, Date day);
/* The same for any level: "C", "C13", "C131", "C1311". */
const Industry *industry_any(const Industries *list, Str code, Date day);
/* The newest row of any level, in force or not: for names in lists. */
const Industry *industry_last(const Industries *list, Str code);

#endif
