/*
** Who mediates: mediators in a fixed order and what bars one; whether an
** assignment may stand; who else should be a party.  劳动争议调解仲裁法 22
** (2008), 特邀调解规定 15 (2016), 劳动人事争议仲裁办案规则 7 (2017).
*/
#ifndef ASSIGN_H
#define ASSIGN_H

#include "law/dispatch.h"

typedef struct Person { /* a mediator */
    Id       id;
    bool     active;      /* on the roster, term not over */
    Str      tags;        /* roster tags separated by blanks */
    int64_t  load, capacity;
    Date     last;        /* last assignment; {0}: never */
    bool     relative;    /* near relative of a party or an agent */
    bool     interest;    /* in the dispute */
    bool     judged;      /* took part earlier as arbitrator or judge */
    bool     other_tie;   /* another relation that may affect fairness */
    Date     tie_ended;   /* last day employed by or counsel to a party; {0}: never so.  A
                             tie that stands ends on the case's day or later */
} Person;

/* Fills out[0..n), best first, barred last: chosen by both sides, else the lowest load. */
void dispatch_people(const Params *p, const Matter *m, const Person *list, size_t n, Proposal *out);

/* May the assignment stand?  A complex case needs a lead and its departments, a
** collective one enough mediators; nothing found is "yes". */
typedef struct Assignment {
    int64_t mediators, departments;
    bool    lead;
} Assignment;
Findings assignment_check(const Params *p, const Matter *m, const Assignment *a);

/* Who else should be a party: 劳动争议调解仲裁法 22, 劳动人事争议仲裁办案规则 7. */
typedef struct Chain {
    bool dispatched, agency_named, user_named;        /* labour dispatch */
    bool personal_contractor, principal_named;        /* individual contractor and who let the work */
    bool subcontracted, contractor_named;             /* work passed on to one without the qualification */
} Chain;
Findings parties_proposed(const Chain *c);

#endif
