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
#include "law/calendar.h"

typedef enum Payer { PAYER_EMPLOYER, PAYER_FUND, PAYER_WORKER, PAYER_NONE } Payer;

typedef struct CalcLine {
    Str     label, working, basis, note, tag;
    int64_t amount_fen;
    Payer   payer;
} CalcLine;

typedef struct CalcLines {
    CalcLine *line;
    size_t    n, cap;
} CalcLines;

typedef struct CalcError {
    const char *field; /* the input's name */
    const char *code;  /* required, range, order, conflict, missing_parameter */
    Str         message;
} CalcError;

typedef struct CalcValue {
    const char *name;
    Str         value;
} CalcValue;

typedef struct Calc Calc;

/* Of SITUATION: a claim with its lines [first, end), or one left out and why. */
typedef struct CalcClaim {
    const Calc *calc;
    Str         why;
    int64_t     amount_fen;
    size_t      first, end;
} CalcClaim;

enum { CALC_NOTES = 48, CALC_ERRORS = 32, CALC_VALUES = 48, CALC_CLAIMS = 24 };

typedef struct CalcResult {
    int64_t   amount_fen; /* the sum of `lines` */
    CalcLines lines;
    CalcLines also;       /* for information: not in the sum */
    CalcError error[CALC_ERRORS];
    Str       warning[CALC_NOTES];
    CalcValue value[CALC_VALUES];
    CalcClaim claim[CALC_CLAIMS], excluded[CALC_CLAIMS];
    size_t    errors, warnings, values, claims, excludes;
} CalcResult;

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
const Calc *calc_find(Str code);

/* Where a result is made, and in which language. */
typedef struct CalcPlace {
    Arena *mem; /* about 64 KiB, and a KiB a list row */
    bool   english;
} CalcPlace;

CalcResult *calc_run(const Calc *calc, const CalcData *data, const Facts *facts, const CalcPlace *place);

#endif
