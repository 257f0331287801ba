/*
** The months of reports.  As a rule the calendar's; a ministry or province may
** let them run from another day (REPORT_FIRST_DAY of data/params.csv: 21 means
** that May runs from 21 April to 20 May).  Written as a number: 202605.
*/
#ifndef PERIOD_H
#define PERIOD_H

#include "law/param.h"

/* Where somebody lies, one place after the other, by day; the first from ever.  A move counts from the
** calendar month after it on, so that each day is of one month. */
typedef struct Seat { Date from; Str region; } Seat;
typedef struct Seats { const Seat *at; size_t n; } Seats;

int64_t period_at(const Params *p, const Seats *seats, Date day);
void    period_days_at(const Params *p, const Seats *seats, int64_t month, Date *since, Date *until);

/* Of one who never moved. */
int64_t period_of(const Params *p, Str region, Date day);
/* The days of a month, `until` not included; equal where no day has that month. */
void    period_days(const Params *p, Str region, int64_t month, Date *since, Date *until);

int64_t period_plus(int64_t month, int n);
bool    period_parse(Str text, int64_t *month); /* "2026-05" */
void    period_write(Out *o, int64_t month);

#endif
