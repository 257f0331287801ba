/*
** Every calculator, in the order of the guide; and the checks they share.
*/
#ifndef CALC_LIST_H
#define CALC_LIST_H

#include "law/calc_run.h"

extern const Calc calc_a01, calc_a02, calc_a04, calc_a05, calc_a06, calc_a07, calc_a08, calc_a09;
extern const Calc calc_b01, calc_b02, calc_b03, calc_b07, calc_b08, calc_d03;
extern const Calc calc_g, calc_g04, calc_g05, calc_k01;
extern const Calc calc_inst, calc_final, calc_crim, calc_waiver, calc_situation;

/* Both days given, the second not before the first; else an error. */
bool ordered(Run *r, FieldId first, FieldId second);

/* The wage the years are multiplied with, and how many: 劳动合同法 47. */
typedef struct Severance {
    int64_t base;     /* in fen, after floor and cap */
    int64_t halves;   /* half months, after the limit of years */
    int64_t served;   /* half months before the limit */
    bool    capped;
} Severance;

Severance severance_of(Run *r, Date from, Date last);

/* Why a reason does not entitle to compensation; W__NONE if it does. */
WordId reason_bars(const Run *r);
bool   reason_is(const Run *r, const char *word);

#endif
