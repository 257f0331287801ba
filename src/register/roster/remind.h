/*
** What begins soon and whose people were not told of it yet: meetings, courses.
** Each kind finds its own and tells its own people; here is which days are soon,
** and a row of each time that was told, so that what was put off is told again.
*/
#ifndef REMIND_H
#define REMIND_H

#include "core/web.h"

typedef struct Soon {
    Str  what;      /* MEETING COURSE */
    Id   id;
    Time planned;
    Time from, to;  /* looked for */
} Soon;

extern const Form  soon_form; /* parameters of a query; it leaves out what is in event_told */
extern const Slice remind_slice;

/* From now to the end of the last day of EVENT_REMIND_DAYS (data/params.csv). */
Soon soon_span(Ctx *c);
void soon_told(Ctx *c, Str what, Id id, Time planned);

#endif
