/*
** What is known of a case, as the calculator SITUATION asks it.  Apart from
** mediation.h, whose readers have facts of their own.
*/
#ifndef SITUATION_H
#define SITUATION_H

#include "case/case.h"
#include "law/calculator.h"

/* In c->mem; NULL, and c failed, without an application. */
const Facts *situation_facts(Ctx *c, const Case *k);

/* The cause of a line of a calculator: the compensation in N+1 is B01, the pay
** in lieu of notice is B03. */
Str claim_cause(const CalcClaim *claim, size_t line);

/* A line of a computation that was kept (reckoning.c). */
typedef struct ReckonedLine {
    Id      reckoning_id, case_id;
    int64_t no;
    Str     cause, money;
    Str     label, label_en, working, working_en, basis, basis_en, note, note_en;
    Money   amount;
    Str     payer;       /* employer fund worker, or "" */
} ReckonedLine;

/* Lines of the newest kept computation of "my situation"; none: nothing was kept. */
Rows reckoned_situation(Ctx *c, Id case_id, Time *at);

#endif
