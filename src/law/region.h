/*
** Divisions (行政区划), province to township: data/regions.csv.  Codes have 2,
** 4, 6 or 9 digits; a code's parent is what it begins with.  A code may have
** several rows, each of its years.  Kept small: where a row begins in the
** table's text; its cells are read when they are asked for.
*/
#ifndef LAW_REGION_H
#define LAW_REGION_H

#include "base/base.h"
#include "base/csv.h"

typedef struct Place {
    uint32_t code;   /* nine digits, zeros to the right */
    uint32_t at;     /* where its row begins in the text */
    int32_t  line;
    uint8_t  digits; /* 2, 4, 6 or 9 */
    bool     gone;   /* has a last day */
} Place;

typedef struct Places {
    Place *row;      /* by code, shorter codes first, then as in the text */
    size_t n, cap;
    Csv    sheet;    /* after the header: the columns */
    Str    text;
} Places;

void places_init(Places *p, Arena *mem, size_t cap);
/* NULL, or a sentence in the arena that names file, line and fault.  The text
** must outlive the table. */
const char *places_read(Places *p, Arena *mem, const char *file, Str text);

/* Is the code in the table, in force or lapsed?  Lapsed codes stay good: cases
** of their time have them. */
bool region_known(const Places *p, Str code);
/* A code as the table has it: without the zeros that only fill it up (450000,
** 450206000000), a village as its township. */
Str  region_short(Str code);
/* The row in force, else the last one; NULL if the code is not known. */
const Place *region_find(const Places *p, Str code);
/* Its name as the row in force (else the last one) has it; "" if unknown. */
Str  region_name(const Places *p, Arena *mem, Str code);
/* 广西壮族自治区柳州市柳江区拉堡镇: from the province down, without the
** placeholders (市辖区) and without naming a place twice (东莞市). */
Str  region_path(const Places *p, Arena *mem, Str code);

/* All rows whose code begins with `parent` ("" is the country). */
typedef struct PlaceSpan {
    size_t first, n;
} PlaceSpan;
PlaceSpan region_span(const Places *p, Str parent);
/* The row's text, as a quick look at what it may have. */
Str  place_line(const Places *p, const Place *place);
/* The row's cells, in *csv. */
void place_row(const Places *p, const Place *place, Arena *mem, Csv *csv);

#endif
