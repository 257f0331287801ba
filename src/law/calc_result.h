/*
** What a calculator answers: lines that add up, lines for information, values
** found on the way, warnings; or else errors, and no lines.
*/
#ifndef CALC_RESULT_H
#define CALC_RESULT_H

#include "base/base.h"

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

#endif
