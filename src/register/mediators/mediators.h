/*
** Mediators (调解员): the pool that the offices build and share, each person's
** record, when they are away, and whom they may not mediate for.  Who they are
** to the public is the roster: those who are published and in office.
**
** In office: APPOINTED or RENEWED, and the term has not ended.
*/
#ifndef MEDIATORS_H
#define MEDIATORS_H

#include "core/web.h"

extern const Slice mediators_slice;
extern const Form  mediator_form;
extern const Codes mediator_tags; /* specialties: INJURY FEMALE COLLECTIVE FINANCE … */

typedef struct Mediator {
    Id      id;
    Id      user_id;        /* the account; 0: none */
    Id      org_id;
    Str     org_path;
    Str     org_name;       /* in lists; not kept here */
    Str     name, sex;      /* M F */
    Str     id_no, phone;   /* sealed */
    Str     photo;          /* SHA-256 of a stored file */
    Str     work;           /* FT PT */
    Str     unit;           /* where they work otherwise */
    Str     source;
    Str     criteria;       /* words: what was found to be met */
    Str     certificate_no;
    Date    appointed_from, appointed_to;
    Str     specialties;    /* words of mediator_tags */
    Str     languages;
    bool    court_invited;
    int64_t capacity;       /* open cases */
    int64_t open_load;      /* mediator_load() */
    Time    last_assigned;
    Str     status;
    Date    status_on;
    bool    active;         /* APPOINTED or RENEWED */
    bool    published;
    int64_t version;
} Mediator;

/* False (NOT_FOUND) if there is none; _of_user: false if the user is none. */
bool mediator_get(Ctx *c, Id id, Mediator *m);
bool mediator_of_user(Ctx *c, Id user_id, Mediator *m);

/* Who could take a case: in office on the day, not away, without a declared tie
** to either employer.  Rows of Mediator, lowest load for the capacity first,
** then longest without a case, then by id (domain.md 2.12-8); at most 1000. */
typedef struct MediatorAsk {
    Str  path;         /* of the organisation and below; required */
    Id   org_id;       /* only this one; 0: any */
    Str  tag;          /* "" or one of mediator_tags */
    Id   employer_id;  /* of the case; 0: not known */
    Str  employer;     /* its name */
    Date on;
} MediatorAsk;
Rows mediator_candidates(Ctx *c, const MediatorAsk *ask);

/* Has this mediator declared a tie that holds on the day? */
bool mediator_tied(Ctx *c, Id id, const MediatorAsk *ask);

/* Of an organisation: in office today. */
typedef struct MediatorCount {
    int64_t in_office, full_time;
} MediatorCount;
MediatorCount mediator_count(Ctx *c, Id org_id);

/* Counts a case in (+1, which also is their last assignment) or out (-1). */
void mediator_load(Ctx *c, Id id, int64_t more);

#endif
