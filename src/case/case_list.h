/*
** Lists of cases, newest first, for every office of the tree.  A subtree of
** millions is neither sorted nor scanned: `case_scope` has a row for each level
** a case lies below, in the order a list shows it.  The one door keeps it.
*/
#ifndef CASE_LIST_H
#define CASE_LIST_H

#include "case/case.h"

extern const Slice case_list_slice;

/* Those who see cases by their office, within its subtree; a mediator sees his own. */
enum { BY_OFFICE = CLERK | DISPATCHER | HEAD | VISITOR | ARCHIVIST | ORG_MANAGER | HR | LAWYER };
enum { PATH_STEP_CHARS = 4, SCOPES_MAX = 16 };

/* The subtrees that a case with these paths belongs to, its own place included;
** returns how many, at most SCOPES_MAX. */
size_t scopes_of(Str org_path, Str owner_path, Str scope[SCOPES_MAX]);

/* For case_save(): what it stored, from k->was to k. */
void case_list_save(Ctx *c, const Case *k);
void case_list_leave(Ctx *c, const Case *k); /* it is gone */

/* The query string of lists and of the search. */
typedef struct CaseAsk {
    Str  q;             /* of the search */
    Str  state;         /* words, with commas or blanks between; "": all */
    Str  cause, channel, flag;
    Str  region;        /* the beginning of a code */
    Date from, to;      /* of the filing date */
    Id   mediator, employer;
    bool late;          /* the period for mediation is over, the case is not */
    Str  org_path;      /* a subtree below the viewer's */
    int64_t limit;
    Str  after;         /* `next` of the page before */
} CaseAsk;

extern const Form case_ask_form;

/* Reads and checks it by one of its forms; the subtree to look into goes to ask->org_path,
** "" for those who see their own cases only. */
bool case_ask_read(Ctx *c, const Form *form, CaseAsk *ask);
/* A set of State, 1U << each; all if `state` is "". */
uint32_t case_ask_states(const CaseAsk *ask);
/* Is this a case that the viewer may see and has asked for? */
bool case_asked(Ctx *c, const CaseAsk *ask, uint32_t states, const Case *k);

/* The cases with these ids, in that order; n <= PAGE_MAX.  What is not there is left out. */
Rows cases_by_id(Ctx *c, const Id *id, size_t n);

#endif
