/*
** The claim calculators: one input form each, exact sums, the working shown.
** Pure: no clock of the machine, no SQL, no JSON.  Money is fen; a sum is
** rounded half up to the fen once per claim item.  Everything a result names
** lives in the arena that was given.  A result with errors has no lines, and
** all bad fields are named at once.
*/
#ifndef CALCULATOR_H
#define CALCULATOR_H

#include "law/calc_facts.h"
#include "law/calc_rate.h"
#include "law/calc_result.h"

typedef struct CalcUse {
    FieldId field;
    bool    required;
} CalcUse;

typedef struct Run Run;

struct Calc {
    const char    *code;
    Phrase         title, formula;
    const char    *basis; /* the articles, in both languages' order of the guide */
    const CalcUse *use;
    size_t         uses;
    void         (*run)(Run *r);
};

extern const Calc *const calculators[]; /* NULL-terminated */
const Calc *calc_find(Str code); /* in any case, "CALC-B01" too; NULL */

/* Where a result is made, and in which language. */
typedef struct CalcPlace {
    Arena *mem; /* about 64 KiB, and a KiB a list row */
    bool   english;
} CalcPlace;

CalcResult *calc_run(const Calc *calc, const CalcData *data, const Facts *facts, const CalcPlace *place);

#endif
