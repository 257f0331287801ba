/*
** A mediator's terms of office: each with its letter of appointment (聘书), whose
** number counts within the organisation and year; the yearly grades that decide
** on renewal (R76); who is near the end of a term.  And how one becomes a
** candidate: an application, decided by the office (R79).
*/
#ifndef MEDIATOR_TERMS_H
#define MEDIATOR_TERMS_H

#include "register/mediators/mediators.h"

extern const Slice mediator_terms_slice, mediator_apply_slice, mediator_pool_slice, mediator_rota_slice;

typedef struct Term {
    Id      id, mediator_id, org_id;
    Str     org_path;
    Str     no;             /* of the letter */
    Str     name, org_name; /* for the letter */
    Str     work, event;
    Date    from_day, to_day, day;
    Id      actor;
    int64_t year, serial;
    Str     text;           /* the letter's sentence */
} Term;
extern const Form term_form;
bool term_last(Ctx *c, Id mediator_id, Term *t); /* the newest; false: never appointed */

/* In the caller's transaction, after the appointment: the term and its letter. */
void term_add(Ctx *c, const Mediator *m, Str event);

/* A year's result, as the assessment has it for good. */
typedef struct Grade {
    Id      mediator_id;
    int64_t year;
    Str     grade;         /* EXCELLENT QUALIFIED UNQUALIFIED */
    int64_t points;        /* 1/10000 */
    Id      assessment_id;
} Grade;
extern const Codes mediator_grades;
void grade_set(Ctx *c, const Grade *g);               /* in place of one before */
bool grade_last(Ctx *c, Id mediator_id, Grade *g);    /* false: never assessed */

/* Enters a candidate; in the caller's transaction.  Completes *m. */
void mediator_enter(Ctx *c, Mediator *m);
void mediator_forget(Ctx *c, Id id); /* one that nobody used or changed */

/* FORBIDDEN unless c->who keeps mediators there: the manager of a grassroots organisation only its own. */
void mediator_need_org(Ctx *c, Id org_id, Str path);
/* In a transaction: stores *m as its next version. */
void mediator_keep(Ctx *c, Mediator *m);

/* Does a pool lend this mediator to the organisation at `path`? */
bool pool_lends(Ctx *c, Id mediator_id, Str path, Date on);

#endif
