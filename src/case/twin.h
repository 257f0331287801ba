/*
** Pairs of open cases that may be one: the same person, the same employer, a cause in
** common.  A pair is found when a case is filed or what it is compared by changes, and
** by a job that goes over all parties (imports, two that were filed at once); it is on
** the desk of every office that sees both cases.  What somebody said of it stays: a
** pair that is different does not come back.
*/
#ifndef CASE_TWIN_H
#define CASE_TWIN_H

#include "case/case.h"

typedef struct Twin {
    Id    id;
    Id    case_id, other_id; /* the later one, the earlier one */
    Str   same;              /* words: what is the same */
    Str   state;             /* open, linked, different, over */
    Str   note;              /* why it is different */
    Id    by_id;             /* who said so, when */
    Time  decided;
    Date  found;
    Str   person;            /* whose number stands in both */
    Str   no, applicant, respondent, causes, case_state;
    Str   other_no, other_applicant, other_respondent, other_causes, other_state;
    Id    org, other_org;
    Date  filed, other_filed;
    Money amount, other_amount;
    Str   scope;             /* the subtree of a page, which goes on below `id` */
    int64_t limit;
} Twin;

extern const Form  twin_form;
extern const Codes twin_states;
extern const Slice twin_slice;

/* In a transaction: pairs of k that were not known, stored; Rows of Twin. */
Rows twin_look(Ctx *c, const Case *k);
/* Pairs within a subtree that c's person may see, the newest first; at most limit + 1. */
Rows twin_list(Ctx *c, Str scope, Str state, Id after, int64_t limit);
/* One whose cases both are c's person's to see; NOT_FOUND else. */
bool twin_get(Ctx *c, Id id, Twin *t, Case *k, Case *other);
void twin_forget(Ctx *c, Id case_id); /* the case is taken out */
/* What was said of it: WRONG_STATE if that is known. */
void twin_decide(Ctx *c, Twin *t, Str state, Str note);

#endif
