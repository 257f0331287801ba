/*
** What one case is in the months it touches: the lines it adds to each.  Pure:
** from the case's row and what happened to it, in the same way at any time.
*/
#ifndef MONTH_FACTS_H
#define MONTH_FACTS_H

#include "case/case.h"
#include "law/period.h"
#include "oversight/month/lines.h"

/* One dated thing of a case, as tally.c reads them all. */
typedef struct Happening {
    Id      case_id;
    Str     what;    /* first registered owing applied pursuit visit clock group spot region seat returned
                      ** text */
    Str     word;
    Date    day, until;
    int64_t n, m;
} Happening;

typedef struct Cell {
    int64_t month, line, n;
} Cell;

/* The case's own days: when it was registered, accepted, decided, ended; {0} for none. */
typedef struct CaseDays {
    Date registered, accepted, decided, ended;
} CaseDays;

typedef struct Facts {
    Ctx        *c;
    const Case *k;
    Str         region; /* of the organisation that has it: whose months are meant */
    Seats       seats;  /* where that one lay before, too */
    const Happening *h; /* all of this case's */
    size_t      n;
    CaseDays    days;
    Rows        cells;  /* of Cell; may name a month and line twice */
    size_t      cap;
} Facts;

/* Fills days and cells. */
void facts_of(Facts *f);
int64_t facts_month(const Facts *f, Date day); /* in which month a day counts */
void facts_add(Facts *f, int64_t month, int64_t line, int64_t n);

#endif
