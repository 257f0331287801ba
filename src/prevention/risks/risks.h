/*
** The ledger of risks (风险台账: R4 to R11, R18; domain.md 2.11 RISK, 6): a risk that
** somebody found, or that the record proposed and a person confirmed.  Rated by the
** signs of law/risk.h, planned for, handled, looked at again by its level, and ended:
** resolved, become a case, or escalated.
*/
#ifndef RISKS_H
#define RISKS_H

#include "core/right.h"
#include "register/standing.h"

extern const Slice risks_slice, risk_moves_slice, risk_ratings_slice, risk_watch_slice, risk_papers_slice;

typedef struct Risk {
    Id      id, org;
    Str     org_path;
    Id      employer_id;
    Str     employer, uscc, region, industry; /* as found; the register's, if it has them */
    Str     source, kinds, groups;
    Str     pattern;         /* which one proposed it; "" : a person entered it */
    Str     content, clue;   /* clue: what the pattern counted */
    int64_t counted;
    int64_t workers;
    Money   amount;
    Str     place;
    Date    found_on;
    Str     level;           /* "" before it is rated */
    Id      responsible_id;
    Str     responsible;
    Date    due;             /* of its plan */
    Date    check_on;        /* when it is looked at again */
    Str     state, outcome, result;
    Date    outcome_on, assessed_on, planned_on, handled_on, closed_on;
    Id      outcome_by;
    bool    late;            /* in answers: its plan's day, or the next look, is over */
    Id      screening_id;    /* 0: of no screening */
    Id      made_by;
    Time    made_at;
    int64_t version;
} Risk;
extern const Form  risk_form;
extern const Codes risk_kinds, risk_levels, risk_states, risk_outcomes;

/* Reading: NOT_FOUND unless c's person may see it.  Changing: FORBIDDEN besides. */
bool risk_get(Ctx *c, Id id, unsigned verb, Risk *r);
bool risk_may_write(const Ctx *c, const Risk *r);
bool risk_is_open(Str state);    /* neither proposed nor ended */
void risk_employer(Ctx *c, Risk *r); /* its employer of the register, which may be new */
void screening_need(Ctx *c, Id id);  /* faults screening_id if it is none of the office */
void risk_add(Ctx *c, Risk *r);  /* org, org_path and state are the caller's; in a transaction */
void risk_save(Ctx *c, Risk *r);
/* One step of its life; `why` for the record. */
void risk_step(Ctx *c, Risk *r, Str event, Str why);
void risk_reply(Ctx *c, int status, const Risk *r);

/* The task of whoever answers for it: the person in charge, else the role at its office. */
void risk_task(Ctx *c, const Risk *r, Str kind, Time due);
void risk_task_over(Ctx *c, const Risk *r, Str kind);
void risk_report(Ctx *c, const Risk *r); /* the bureau is told at once */

#endif
