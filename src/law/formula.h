/*
** Formulas of an assessment: text over the numbers of the record, evaluated in
** exact fractions.
**
**   sum = product {(+|-) product}     product = value {(*|/) value}
**   value = [-] (number | name | function(sum {, sum}) | (sum))
**   functions: min(a, b)  max(a, b)  clamp(x, low, high)
**              if(a, b, x, y): x where a is at least b, else y
**
** A division by nothing gives no value, and so does everything made with it.
*/
#ifndef FORMULA_H
#define FORMULA_H

#include "base/base.h"

/* num/den in lowest terms; den 0: no value. */
typedef struct Ratio {
    int64_t num, den;
} Ratio;

typedef enum FormulaFault {
    FORMULA_OK,
    FORMULA_SYNTAX,   /* not what the grammar says */
    FORMULA_UNKNOWN,  /* no such name or function */
    FORMULA_TOO_DEEP,
    FORMULA_TOO_LARGE /* beyond 64 bits */
} FormulaFault;

/* What a name stands for; false if it is not known. */
typedef bool (*FormulaName)(const void *from, Str name, int64_t *value);

typedef struct Formula {
    FormulaName  name;
    const void  *from;  /* handed to it */
    FormulaFault fault; /* of the last evaluation */
    size_t       at;    /* where in the text */
} Formula;

/* No value after a fault. */
Ratio formula_value(Formula *f, Str text);

Ratio   ratio_of(int64_t num, int64_t den);  /* den < 0 is a bug; 0: no value */
bool    ratio_none(Ratio r);
int     ratio_cmp(Ratio a, Ratio b);         /* both have values */
int64_t ratio_scaled(Ratio r, int64_t scale); /* r * scale, half up; r >= 0 */

#endif
