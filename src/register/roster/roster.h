/*
** Duties, rooms, bookings: see README.md.  Times are instants; an entry ends
** where the next may begin.
*/
#ifndef ROSTER_H
#define ROSTER_H

#include "core/web.h"

extern const Slice roster_slice, feed_slice;

typedef struct CalendarItem {
    Id   id;
    Str  what;        /* DUTY BOOKING SESSION COURSE MEETING */
    Str  title, place;
    Time starts, ends;
    Str  org_path;
    Id   user_id;
    Time from, to;    /* asked for */
} CalendarItem;
extern const Form calendar_form;

/* What is being gathered: `ask` names office, account and time; each slice adds its
** own (Slice.calendar).  Titles go to other programs: no names of parties. */
typedef struct DateBook {
    CalendarItem ask;
    Rows         items;
    size_t       cap;
} DateBook;
void calendar_put(Ctx *c, DateBook *all, const CalendarItem *item);

/* Of one office, and what one person has elsewhere, by time; each kind at most 500. */
Rows calendar_of(Ctx *c, const CalendarItem *ask);

#endif
