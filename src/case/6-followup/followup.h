/*
** Follow-up (回访) and the feedback of results: planned from an agreement's due
** days, done by somebody who did not mediate.
*/
#ifndef CASE_FOLLOWUP_H
#define CASE_FOLLOWUP_H

#include "case/5-performance/performance.h"

typedef struct Visit {
    Id      id, case_id;
    int64_t no;
    Str     stage;        /* FIRST FINAL EXTRA */
    Date    day;
    Str     way, who;     /* how, and whom */
    bool    performed;
    Money   amount;       /* paid by then, as said */
    Str     problems, opinions;
    int64_t satisfaction; /* 1 to 5; 0: not asked */
    bool    new_risk;
    Str     handling;
    Str     file;
    Id      visitor_id;
    Time    at;
} Visit;

/* The result told to the body the case came from. */
typedef struct Feedback {
    Id   id, case_id;
    Str  addressee, way;
    Date day;
    Str  content, number, file;
    Id   by_id;
    Time at;
} Feedback;

extern const Form  visit_form, feedback_form;
extern const Slice followup_slice;

Rows visits_of(Ctx *c, Id case_id);
Rows feedbacks_of(Ctx *c, Id case_id);
/* Somebody sent the case and waits for its result. */
bool feedback_needed(const Case *k);

#endif
