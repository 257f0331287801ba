/*
** A Date is a day, a Time an instant.  The civil calendar of China: no
** daylight saving, UTC+8.
*/
#ifndef DATE_H
#define DATE_H

#include "base/str.h"

/* 1900-01-01 is day 1; 0 means "no date". */
typedef struct Date {
    int32_t day;
} Date;

/* Seconds since 1970-01-01T00:00:00Z; 0 means "no time". */
typedef struct Time {
    int64_t s;
} Time;

typedef struct Civil {
    int year, month, day;
} Civil;

Date  date_parse(Str iso);             /* {0} if not a real YYYY-MM-DD from 1900 to 9999 */
void  date_write(Date d, char iso[static 11]);
int   date_weekday(Date d);            /* 0 = Monday ... 6 = Sunday */
Date  date_of(int year, int month, int day); /* {0} if there is no such day */
Civil date_civil(Date d);
Date  date_plus(Date d, int days);
/* The same-numbered day n months on; none: that month's last day (民法典 202, 2020). */
Date  date_plus_months(Date d, int n);

/* 2026-09-19T23:50, with optional seconds, and optional Z or +08:00; without
** an offset it is China's clock.  {0} if it is none of these. */
Time  time_parse(Str iso);
Time  time_at(Date d, int hour, int minute); /* China's clock */
Date  time_date(Time t);                     /* the day in China */
int   time_minute(Time t);                   /* of that day, 0..1439 */

#endif
