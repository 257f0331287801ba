/*
** A case's running periods: rows that remember what they were computed from,
** so that a new calendar can compute them again.
*/
#ifndef CASE_CLOCK_H
#define CASE_CLOCK_H

#include "case/case.h"

/* Starts the period (restarts it if it runs); `code` without profile means the
** case's: C-MED.  Returns its last day. */
Date clock_begin(Ctx *c, Case *k, Str code, Date start);
void clock_finish(Ctx *c, Case *k, Str code, ClockState how);
void clock_pause(Ctx *c, Case *k, Str code);
void clock_resume(Ctx *c, Case *k, Str code);
/* More days; fails with BLOCKED and the law's reason if it may not be. */
void clock_extend(Ctx *c, Case *k, Str code, int days);
/* The last day that it would have with so many more; fails the same way, stores nothing. */
Date clock_if_extended(Ctx *c, const Case *k, Str code, int days);
/* Days left of a period that is paused, the first paused one among them; 0: it is not. */
int64_t clock_left(Ctx *c, const Case *k, Str code);
/* The last day of the period that runs, or {0}. */
Date clock_last(Ctx *c, const Case *k, Str code);

/* Limitation: an event that restarts it, for the log. */
typedef struct Limit { Id id, case_id; Str kind; Date day; } Limit;
void limit_note(Ctx *c, const Case *k, Str kind, Date day);
Rows limit_events(Ctx *c, Id case_id); /* Limit */

/* The periods and limitation events of a case, as they are, for a case split off it. */
void clocks_copy(Ctx *c, const Case *from, const Case *to);

/* What the event's step says of clocks, done. */
void case_clocks(Ctx *c, Case *k, const Step *s);

/* All clocks whose result may change with the calendar, computed again.
** Returns how many ends moved. */
int64_t clocks_recompute(Ctx *c, Id after, Id *last);

#endif
