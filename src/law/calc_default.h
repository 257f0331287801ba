/*
** What a calculator takes for an optional field that is not given: a value, or
** in words what it does instead.  A bool without a row is false.
*/
#ifndef CALC_DEFAULT_H
#define CALC_DEFAULT_H

#include "law/calc_facts.h"

typedef struct CalcDefault {
    const CalcField *field;
    const char      *value;  /* as it would be given; NULL: none */
    Phrase           absent; /* what happens instead; "" if `value` says it */
} CalcDefault;

/* Of a row of calc_fields or calc_columns; NULL if nothing is known. */
const CalcDefault *calc_default(const CalcField *field);

/* fen months years days hours percent celsius, by the field's kind and name; "" has none. */
Str calc_unit(const CalcField *field);

/* What a value of a kind looks like. */
Str calc_kind_help(FactKind kind, bool english);

#endif
