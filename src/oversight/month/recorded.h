/*
** What other records have: risks, letters, publicity, training (lines AF to AI),
** by organisation.  Only reads.
*/
#ifndef MONTH_RECORDED_H
#define MONTH_RECORDED_H

#include "law/period.h"
#include "oversight/month/report.h"

typedef struct Recorded {
    Str     path, path_end;
    Date    since, until;  /* asked for; `until` is the last day's morrow */
    Time    from, to;
    int64_t sent, answered, events, people, copies, trained;
    int64_t found, resolved, opened, escalated;
} Recorded;

Rows report_recorded(Ctx *c, const Recorded *ask); /* of Recorded, by path */
void lines_recorded(Lines *l, const Recorded *r);
/* Adds all of it for the days of these months. */
void report_records(Ctx *c, const Sum *of, const Seats *seats, Lines *l);

#endif
