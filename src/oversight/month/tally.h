/*
** The tally: what every case adds to every month (case_month), and the sums of
** it for each organisation, each subtree and each mediator (month_sum).  A case
** that is stored leaves a mark in the same transaction; a job counts what is
** marked, within seconds, from the case's own tables.  So the sums are at any
** time what counting all cases anew would give.
**
** A month belongs to whoever has the case at the month's end, and stays there
** when the case goes on later: what is open then is moved out of the one and
** into the other in the month in which it goes.
*/
#ifndef MONTH_TALLY_H
#define MONTH_TALLY_H

#include "case/case.h"
#include "oversight/month/lines.h"

extern const Slice tally_slice;

/* What a month_sum is of. */
enum { SUM_TREE = 0, SUM_OWN = 1, SUM_MEDIATOR = 2 };

/* A row of month_sum, and what is asked of it. */
typedef struct Sum {
    int64_t kind;
    Str     path;      /* of a mediator: where the cases lie, "@", his user's id */
    int64_t month;     /* 202605 */
    Str     lines;
    int64_t open, undecided, late; /* how many more there are at the month's end than before it */
    Str     path_end;
    int64_t from, to;  /* months */
} Sum;
extern const Form sum_form;

/* In c's transaction: counts what is marked below `path`; BLOCKED if that is
** too much for one request. */
void tally_settle(Ctx *c, Str path);
int64_t tally_waiting(Ctx *c, Str path); /* marks there, at most 1,000 are counted */

#endif
