/*
** Industries (GB/T 4754-2017) as sections and divisions, and what the office
** says of them: labour-intensive (R99), watched closely (R5).  Written "C13":
** the section's letter and the division's two digits.  data/industries.csv.
*/
#ifndef INDUSTRY_H
#define INDUSTRY_H

#include "base/base.h"

typedef struct Industry {
    Str  section, division; /* C, 13 */
    Str  name;
    Date from, to;          /* to {0}: still in force */
    bool labour_intensive, focus;
} Industry;

enum { INDUSTRIES_CAP = 256 };

typedef struct Industries {
    Industry *row;
    size_t    n;
} Industries;

/* NULL, or a sentence in the arena that names file, line and fault. */
const char *industries_read(Industries *list, Arena *mem, const char *file, Str text);

/* The division in force on the day; NULL if the code is none. */
const Industry *industry_find(const Industries *list, Str code, Date day);

#endif
