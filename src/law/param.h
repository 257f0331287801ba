/*
** Numbers that statutes, provinces and centres set: dated rows, not constants.
** data/params.csv: key,region,from,to,value,unit,basis,note; one row a value,
** sorted by key.  A value is a whole number of its unit (persons, fen, CD, WD,
** months, percent ...).  Basis 本产品默认规则 marks policy that a centre may change.
*/
#ifndef PARAM_H
#define PARAM_H

#include "law/sheet.h"

typedef struct Param {
    Str     key;
    Str     region; /* prefix of a GB/T 2260 code; "*" in the file is "" here: everywhere */
    Date    from, to;
    int64_t value;
    Str     unit, basis, note;
} Param;

/* Texts are views: what they point to must outlive the table. */
typedef struct Params {
    Param *row;
    size_t n, cap;
} Params;

void params_init(Params *p, Arena *mem, size_t cap);
void params_add(Params *p, Param row); /* beyond `cap` is a bug */
/* Appends the file's rows; what is wrong is left in `sheet`.  False if anything is. */
bool params_read(Params *p, Arena *mem, Str text, Sheet *sheet);

/* The row of the longest region prefix; among equals, the latest valid.  NULL if none. */
const Param *param_find(const Params *p, Str key, Str region, Date day);

/* Many look-ups for one place and day; the first key without a value is named. */
typedef struct Look {
    const Params *params;
    Str  region;
    Date day;
    Str  missing;
} Look;

int64_t param(Look *look, const char *key); /* 0 and `missing` if there is none */
/* v >= the parameter; false if there is none. */
bool    param_reached(Look *look, const char *key, int64_t v);

#endif
