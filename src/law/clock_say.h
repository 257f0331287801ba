/*
** What a clock says: the lines of its trace and its refusals, in both
** languages.  Only clock.c and limitation.c speak through it.
*/
#ifndef CLOCK_SAY_H
#define CLOCK_SAY_H

#include "law/clock.h"

typedef enum ClockLine {
    SAY_BEFORE_EFFECT, SAY_RULE, SAY_NAME, SAY_GENERAL, SAY_FILED, SAY_FILED_MOVED, SAY_FILED_RAW, SAY_START,
    SAY_CALENDAR_END, SAY_WORKING_DAYS,
    SAY_WORKING_END, SAY_MONTHS_END, SAY_MONTHS_PAUSED, SAY_BEFORE, SAY_BEFORE_REST, SAY_MONTH_END, SAY_HOURS,
    SAY_PAUSE, SAY_ROLLED, SAY_ROLLED_BACK, SAY_MAKEUP, SAY_EXTEND, SAY_PROVISIONAL, SAY_LATE, SAY__COUNT
} ClockLine;

typedef enum ClockError {
    NO_CODE, NOT_IN_FORCE, NO_START, BAD_START, FILED_CLASH, NO_TIME, NO_LENGTH, FIXED_LENGTH, BAD_LENGTH,
    NO_PAUSE, BAD_PAUSE, PAUSE_OUTSIDE, PAUSE_OVERLAP, MANY_PAUSES, NO_EXTENSION, BAD_EXTENSION,
    OVER_MAX, OVER_TOTAL, TOO_OFTEN, MANY_EXTENSIONS, CLOCK_ERROR__COUNT
} ClockError;

/* At most six arguments are looked at. */
void clock_say(Trace *t, Arena *mem, ClockLine line, const Text *args);
/* Sets error and reason; false, so that a check can return it. */
bool clock_refuse(ClockDue *due, Arena *mem, ClockError e, const Text *args);

/* Why a day is not worked: the holiday's name, or the weekend. */
Text clock_rest_name(Arena *mem, const Calendar *c, Date d);
/* "2025-10-09、2025-10-10、2025-10-11（调休上班）". */
Text clock_day_list(Arena *mem, const Calendar *c, const Date *day, size_t n);

#endif
