#include "law/period.h"

enum { LAST_FIRST = 28, SPAN_DAYS = 70 };

int64_t period_plus(int64_t month, int n)
{
    int64_t count = month / 100 * 12 + month % 100 - 1 + n;
    return count / 12 * 100 + count % 12 + 1;
}

int64_t period_of(const Params *p, Str region, Date day)
{
    Civil t = date_civil(day);
    int64_t month = (int64_t)t.year * 100 + t.month;
    const Param *row = param_find(p, S("REPORT_FIRST_DAY"), region, day);
    bool next = row && row->value > 1 && row->value <= LAST_FIRST && t.day >= row->value;
    return next ? period_plus(month, 1) : month;
}

static Str seat_on(const Seats *seats, Date day)
{
    Str region = seats->n ? seats->at[0].region : (Str){ 0 };
    for (size_t i = 1; i < seats->n && seats->at[i].from.day <= day.day; i++) region = seats->at[i].region;
    return region;
}

int64_t period_at(const Params *p, const Seats *seats, Date day)
{
    Civil t = date_civil(day);
    return period_of(p, seat_on(seats, date_of(t.year, t.month, 1)), day);
}

void period_days(const Params *p, Str region, int64_t month, Date *since, Date *until)
{
    period_days_at(p, &(Seats){ .at = &(Seat){ .region = region }, .n = 1 }, month, since, until);
}

/* Where the rule changes, a month may be longer or shorter than others: each day is asked. */
void period_days_at(const Params *p, const Seats *seats, int64_t month, Date *since, Date *until)
{
    int64_t before = period_plus(month, -1);
    Date day = date_of((int)(before / 100), (int)(before % 100), 1);
    Date end = date_plus(day, SPAN_DAYS);
    while (day.day < end.day && period_at(p, seats, day) < month) day = date_plus(day, 1);
    *since = day;
    while (day.day < end.day && period_at(p, seats, day) == month) day = date_plus(day, 1);
    *until = day;
}

bool period_parse(Str text, int64_t *month)
{
    int64_t year = 0, number = 0;
    if (text.n != 7 || text.s[4] != '-') return false;
    bool good = str_is_digits((Str){ text.s, 4 }) && str_is_digits((Str){ text.s + 5, 2 })
             && str_int((Str){ text.s, 4 }, &year) && str_int((Str){ text.s + 5, 2 }, &number);
    *month = year * 100 + number;
    return good && year >= 1990 && number >= 1 && number <= 12;
}

void period_write(Out *o, int64_t month)
{
    out_pad(o, month / 100, 4);
    out_str(o, S("-"));
    out_pad(o, month % 100, 2);
}
