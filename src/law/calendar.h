/*
** Which days are worked in China: Monday to Friday, but for the days that the
** State Council's notice of the year declares off or worked instead (调休).  A
** year without a notice is computed from weekends and the statutory holidays
** (全国年节及纪念日放假办法), and what depends on it is provisional.
** A notice of year Y may name days of December Y-1; they count at once, but
** only the year Y becomes official by it.  Days outside 1900 to 2100 know
** weekends only.  After filling it is read-only and may be shared.
*/
#ifndef CALENDAR_H
#define CALENDAR_H

#include "law/phrase.h"

enum { CALENDAR_FIRST = 1900, CALENDAR_LAST = 2100, CALENDAR_NAMES = 250 };

typedef struct Calendar {
    Arena   *mem;
    uint8_t *day;                       /* by Date.day: what the notices and the law say of it */
    uint8_t *name;                      /* by Date.day: 1 + index in names, 0 = none */
    Str      names[CALENDAR_NAMES];     /* 春节 and so on, each once */
    size_t   names_n;
    bool     official[CALENDAR_LAST - CALENDAR_FIRST + 1]; /* by year */
    int      rows;                      /* declared days */
    uint64_t digest;                    /* of all rows, whatever their order */
} Calendar;

typedef struct CalendarDay {
    Date date;
    bool is_off;  /* else a make-up working day */
    Str  name;
    int  notice;  /* the year whose notice says so; within a year of the date */
} CalendarDay;

void calendar_open(Calendar *c, Arena *mem);
/* A row of a notice; a second row for the same day replaces the first.
** NULL, or what is wrong with it. */
const char *calendar_add(Calendar *c, CalendarDay row);
const char *calendar_add_statutory(Calendar *c, Date date, Str name);
/* Text of day_overrides.csv and statutory_holidays.csv.  NULL, or a sentence
** in the calendar's arena that names file, line and fault. */
const char *calendar_read(Calendar *c, const char *file, Str text);
const char *calendar_read_statutory(Calendar *c, const char *file, Str text);

bool is_rest_day(const Calendar *c, Date d);
bool is_working(const Calendar *c, Date d);
bool is_makeup_day(const Calendar *c, Date d);    /* a weekend day declared worked */
bool is_statutory_day(const Calendar *c, Date d); /* a 300 % day */
/* Is there a notice for the day's year? */
bool is_official(const Calendar *c, Date d);
/* Are all years from a to b official? */
bool is_official_span(const Calendar *c, Date a, Date b);
Str  calendar_name(const Calendar *c, Date d);    /* the holiday's; "" if none */

Date working_on_or_after(const Calendar *c, Date d);
Date working_on_or_before(const Calendar *c, Date d);
/* Working days after a, up to b and with it: AS-01 counts 3 to 2025-10-11. */
int  working_days_between(const Calendar *c, Date a, Date b);
/* "2026/678/1f2e3d4c": last official year, rows, digest.  At least 40 bytes. */
void calendar_version(const Calendar *c, Out *o);

#endif
