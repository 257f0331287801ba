/* A02 overtime: hours by kind of day, each at its rate. */
#include "law/calc_list.h"

#include <stdlib.h>

enum { THIRDS = 3, MINUTE = FIGURE_SCALE / 20 };

typedef enum Rate { AT_WORKDAY, AT_RESTDAY, AT_STATUTORY, AT__COUNT } Rate;

/* The hours of one row on one day.  A row that runs past midnight into a day of
** another kind makes two; a night shift of working days stays one. */
typedef struct Piece {
    Date    date;
    int64_t hours;    /* in 1/(THIRDS * FIGURE_SCALE), so that a minute is exact */
    bool    rested;
    bool    extra;    /* said to lie beyond normal hours */
    bool    normal;   /* said to lie within them, or of a whole shift */
} Piece;

/* The pieces, day after day, and what they add up to. */
typedef struct Tally {
    Piece  *piece;
    size_t  n;
    int64_t hours[AT__COUNT];
    int64_t month_hours;
    int     month;           /* year * 12 + month the month_hours are of */
} Tally;

static int by_date(const void *a, const void *b)
{
    const Piece *p = a, *q = b;
    return (p->date.day > q->date.day) - (p->date.day < q->date.day);
}

/* Compensatory rest that came too late (江苏省工资支付条例 20) is none. */
static bool rested_in_time(Run *r, const CalcRow *row)
{
    Date worked = { (int32_t)row->v[R_DATE] };
    if (!row->v[R_RESTED] && !row->given[R_REST_DAY]) return false;
    int64_t months = whole(r, P_OT_REST_MONTHS);
    if (months == 0 || !row->given[R_REST_DAY]) return true;
    if (row->v[R_REST_DAY] <= date_plus_months(worked, (int)months).day) return true;
    warn(r, W_RESTED_LATE, ARGS(worked.day, months));
    return false;
}

/* A row as long as a day's normal hours is a shift: the few hours it has on one
** side of midnight are no extension, if they are among its first eight. */
static void piece_add(Run *r, Tally *t, const CalcRow *row)
{
    const Calendar *calendar = r->data->calendar;
    int64_t day_end = (int64_t)24 * 60, hours = row->v[R_WORKED] * THIRDS;
    int64_t normal = rate(r, P_DAY_HOURS) * THIRDS;
    int64_t today = (day_end - row->v[R_START]) * MINUTE;
    Date worked = { (int32_t)row->v[R_DATE] };
    if (is_working(calendar, worked) && is_working(calendar, date_plus(worked, 1))) today = hours;
    Piece p = { .date = worked, .hours = hours < today ? hours : today };
    p.rested = rested_in_time(r, row);
    p.extra = row->v[R_OVERTIME] != 0;
    bool said = row->given[R_OVERTIME], shift = hours >= normal;
    p.normal = !p.extra && (said || shift);
    t->piece[t->n++] = p;
    if (hours <= today) return;
    p.date = date_plus(p.date, 1);
    p.hours = hours - today;
    p.normal = !p.extra && (said || (shift && today < normal));
    t->piece[t->n++] = p;
}

/* Hours of a working day beyond the normal ones.  So few hours that they can
** only be an extension are read as one, unless the row says otherwise. */
static int64_t beyond_normal(Run *r, const Piece *p, size_t n)
{
    int64_t extra = 0, plain = 0;
    bool said = false;
    for (size_t i = 0; i < n; i++) {
        if (p[i].extra) extra += p[i].hours;
        else plain += p[i].hours;
        said |= p[i].extra || p[i].normal;
    }
    int64_t normal = rate(r, P_DAY_HOURS) * THIRDS;
    if (plain > normal) return extra + plain - normal;
    if (said || plain > rate(r, P_OT_DAY_LIMIT) * THIRDS) return extra;
    if (plain) warn(r, W_READ_AS_EXTRA, ARGS(p->date.day, plain / THIRDS));
    return plain;
}

static void limits_told(Run *r, const Tally *t, Date d, int64_t extra)
{
    int64_t most = rate(r, P_OT_DAY_LIMIT), usual = rate(r, P_OT_DAY_USUAL);
    if (extra > most * THIRDS) warn(r, W_DAY_LIMIT, ARGS(d.day, extra / THIRDS, most));
    else if (extra > usual * THIRDS) warn(r, W_DAY_USUAL, NULL);
    if (t->month_hours > rate(r, P_OT_MONTH_LIMIT) * THIRDS) {
        warn(r, W_MONTH_LIMIT, ARGS(t->month / 12, t->month % 12 + 1, rate(r, P_OT_MONTH_LIMIT)));
    }
}

static int64_t unrested(const Piece *p, size_t n)
{
    int64_t hours = 0;
    for (size_t i = 0; i < n; i++) hours += p[i].rested ? 0 : p[i].hours;
    return hours;
}

static int64_t all_hours(Run *r, const Piece *p, size_t n)
{
    int64_t hours = 0;
    for (size_t i = 0; i < n; i++) hours += p[i].hours;
    if (hours > (int64_t)24 * 60 * MINUTE) must(r, F_HOURS, "range", W_DAY_TOO_LONG);
    return hours;
}

/* One day: its kind decides the rate. */
static void day_add(Run *r, Tally *t, const Piece *p, size_t n)
{
    const Calendar *calendar = r->data->calendar;
    int64_t total = all_hours(r, p, n), extra = 0;
    Rate at = AT_WORKDAY;
    if (!is_official(calendar, p->date)) warn(r, W_PROVISIONAL, ARGS(date_civil(p->date).year));
    if (is_statutory_day(calendar, p->date)) {
        at = AT_STATUTORY;
        extra = total;
    } else if (val(r, F_SYSTEM) == 1) {
        t->hours[AT_WORKDAY] += total;
        return;
    } else if (!is_working(calendar, p->date)) {
        at = AT_RESTDAY;
        extra = unrested(p, n);
    } else {
        extra = beyond_normal(r, p, n);
    }
    Civil c = date_civil(p->date);
    int month = c.year * 12 + c.month - 1;
    t->month_hours = (month == t->month ? t->month_hours : 0) + extra;
    t->month = month;
    t->hours[at] += extra;
    limits_told(r, t, p->date, at == AT_WORKDAY ? extra : 0);
}

static Tally tally(Run *r)
{
    const CalcList *list = facts_rows(r->facts, F_HOURS);
    Tally t = { .piece = NEW(r->mem, Piece, list->n * 2) };
    for (size_t i = 0; i < list->n; i++) piece_add(r, &t, &list->row[i]);
    qsort(t.piece, t.n, sizeof *t.piece, by_date);
    for (size_t i = 0, end = 0; i < t.n; i = end) {
        while (end < t.n && t.piece[end].date.day == t.piece[i].date.day) end++;
        day_add(r, &t, t.piece + i, end - i);
    }
    if (val(r, F_SYSTEM) == 1) {
        int64_t most = val(r, F_STANDARD_HOURS) * THIRDS;
        t.hours[AT_WORKDAY] = t.hours[AT_WORKDAY] > most ? t.hours[AT_WORKDAY] - most : 0;
    }
    return t;
}

/* Rounded once: each line is the step its sum makes, so that they add up. */
static void overtime_lines(Run *r, const Tally *t, int64_t base)
{
    static const struct FactKind { RateId rate; WordId word; CiteId basis; } kinds[] = {
        { P_OT_WORKDAY, W_OT_WORKDAY, C_LF44_1 }, { P_OT_RESTDAY, W_OT_RESTDAY, C_LF44_2 },
        { P_OT_STATUTORY, W_OT_STATUTORY, C_LF44_3 },
    };
    int64_t month_hours = rate(r, P_PAY_HOURS), before = 0;
    Wide sum = 0, den = (Wide)month_hours * 100 * FIGURE_SCALE * THIRDS;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        int64_t percent = rate(r, kinds[i].rate);
        if (t->hours[i] == 0) continue;
        sum += (Wide)base * t->hours[i] * percent;
        int64_t fen = fen_round(sum, den) - before;
        before += fen;
        item(r, kinds[i].word, kinds[i].basis, fen)->working = work(
            r, "%y ÷ %n × %n h × %n%% = %y", ARGS(base, month_hours, t->hours[i] / THIRDS, percent, fen));
    }
    if (before == 0) item(r, W_OT_NONE, C_LF44_1, 0);
}

static void run_a02(Run *r)
{
    int64_t base = val(r, F_MONTHLY_FEN), minimum = 0;
    const CalcList *list = facts_rows(r->facts, F_HOURS);
    for (size_t i = 0; i < list->n; i++) {
        r->when = later(r->when, (Date){ (int32_t)list->row[i].v[R_DATE] });
    }
    if (val(r, F_SYSTEM) == 2) {
        warn(r, W_FLEXIBLE, NULL);
        item(r, W_OT_NONE, C_GZZF13, 0);
        return;
    }
    if (val(r, F_SYSTEM) == 1 && !has(r, F_STANDARD_HOURS)) must(r, F_STANDARD_HOURS, "required", W_REQUIRED);
    if ((has(r, F_MINIMUM_FEN) || has(r, F_REGION)) && minimum_wage(r, false, &minimum) && base < minimum) {
        warn(r, W_BASE_FLOOR, ARGS(base, minimum));
        base = minimum;
    }
    Tally t = tally(r);
    if (failed(r)) return;
    value_n(r, "workday_hours", t.hours[AT_WORKDAY] / THIRDS);
    value_n(r, "restday_hours", t.hours[AT_RESTDAY] / THIRDS);
    value_n(r, "statutory_hours", t.hours[AT_STATUTORY] / THIRDS);
    overtime_lines(r, &t, base);
}

static const CalcUse a02_use[] = {
    { F_MONTHLY_FEN, true }, { F_HOURS, true }, { F_SYSTEM, false }, { F_STANDARD_HOURS, false },
    { F_MINIMUM_FEN, false }, { F_REGION, false }, { F_WAGE_CLASS, false },
};

const Calc calc_a02 = {
    .code = "A02", .title = { "加班费", "overtime pay" },
    .formula = { "月工资基数 ÷ 174 × 小时 × 150%（工作日延长）、200%（休息日未补休）、300%（法定休假日）",
                 "monthly base ÷ 174 × hours × 150 % (beyond 8 h of a working day), 200 % (rest day without"
                 " compensatory rest), 300 % (statutory holiday)" },
    .basis = "劳动法（2018）41、44；工资支付暂行规定（1994）13；人社部发〔2025〕2号",
    .use = a02_use, .uses = COUNT(a02_use), .run = run_a02,
};
