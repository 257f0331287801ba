/*
** The calculators and the remedies for everybody, without an account: the same
** sums as the command `law calc`, from the figures in force in this house.
** Nothing that is entered is kept or logged.
*/
#ifndef CALCULATORS_H
#define CALCULATORS_H

#include "core/slice.h"
#include "law/calc_result.h"

extern const Slice calculators_slice;

/* ?lang=en in a query string. */
typedef struct AskLang {
    Str lang;
} AskLang;
extern const Form ask_lang_form;
bool ask_english(Ctx *c); /* reads the query; fails c on another word */

/* What the body's facts give; NULL, and every bad field named, if c failed. */
const CalcResult *calculators_asked(Ctx *c, const Calc *calc, bool english);

#endif
