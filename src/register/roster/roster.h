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
    Str  what;        /* DUTY BOOKING */
    Str  title, place;
    Time starts, ends;
    Str  org_path;
    Id   user_id;
    Time from, to;    /* asked for */
} CalendarItem;
extern const Form calendar_form;

/* Of one office, from instant to instant, at most 500. */
Rows calendar_of(Ctx *c, Str org_path, Time from, Time to);

#endif
