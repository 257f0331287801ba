/*
** Where a case goes (and, in assign.h, who mediates it): proposals in a fixed
** order with their reasons, and what bars an organisation.  A person decides,
** except that an organisation named by an inbound entrustment binds and what is
** barred stays barred.  劳动争议调解仲裁法 10, 21 (2008),
** 劳动人事争议仲裁办案规则 8-9, 63 (2017).
*/
#ifndef DISPATCH_H
#define DISPATCH_H

#include "law/org_kind.h"
#include "law/param.h"
#include "law/reason.h"
#include "law/threshold.h"

typedef struct Candidate { /* an organisation */
    Id       id;
    OrgKind  kind;
    bool     active;
    Str      territory;   /* prefix of a GB/T 2260 code; "" covers nothing */
    uint32_t haves;       /* set: HAVE_VENUE ... */
    int64_t  mediators, load, capacity; /* open cases; capacity 0 is "no limit" */
    bool     nef;         /* covers new employment forms */
    bool     of_employer; /* the committee of this employer, or the chamber of its trade */
} Candidate;

typedef struct Matter { /* the case, as far as dispatching asks */
    uint32_t flags;            /* FLAG_COLL ... */
    bool     nef, personnel;
    bool     committee_agreed; /* the worker agrees to the enterprise's committee */
    Id       named;            /* organisation named by an inbound entrustment; {0}: none */
    Id       chosen;           /* mediator whom both sides chose; {0}: none */
    Str      work_place, employer_place; /* GB/T 2260; "" if not clear */
    Str      tags;             /* roster tags that the causes need */
    Str      region;           /* for the parameters */
    Date     day;
} Matter;

typedef struct Proposal {
    size_t   at;      /* index of the candidate or person given */
    Id       id;
    bool     barred;
    int      rule;    /* place of its rule in the order, from 1; OUTSIDE_RULES beyond it */
    int64_t  load, capacity;
    Date     last;    /* a mediator's */
    Findings reasons; /* why here, or what bars it */
} Proposal;

enum { OUTSIDE_RULES = 99 };

/* Fills out[0..n), best first, barred last.  A missing parameter is named and bars nobody. */
void dispatch_orgs(const Params *p, const Matter *m, const Candidate *list, size_t n, Proposal *out);
/* Puts the next one in its place among out[0..n): barred last, then rule, load, waiting, id. */
void proposal_place(Proposal *out, size_t n, const Proposal *next);

/* Both places were applied to: the centre of the place of work keeps the case
** (劳动争议调解仲裁法 21); the employer's when the former is not clear. */
Str venue(const Matter *m);

#endif
