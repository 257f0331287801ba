#include "law/performance.h"

typedef struct Label {
    const char *word, *zh;
} Label;

#define DUTY_ROW(n, zh, en) [DUTY_##n] = { #n, (zh) },
static const Label duties[DUTY__COUNT] = { DUTIES(DUTY_ROW) };
#undef DUTY_ROW

#define STANDING_ROW(n, zh, en) [STANDING_##n] = { #n, (zh) },
static const Label standings[STANDING__COUNT] = { STANDINGS(STANDING_ROW) };
#undef STANDING_ROW

bool duty_of(Str word, Duty *d)
{
    for (unsigned i = 0; i < DUTY__COUNT; i++) {
        if (!str_eq(str_of(duties[i].word), word)) continue;
        *d = (Duty)i;
        return true;
    }
    return false;
}

const char *duty_word(Duty d)
{
    BUG_IF(d >= DUTY__COUNT);
    return duties[d].word;
}

const char *duty_zh(Duty d)
{
    BUG_IF(d >= DUTY__COUNT);
    return duties[d].zh;
}

const char *standing_word(Standing s)
{
    BUG_IF(s >= STANDING__COUNT);
    return standings[s].word;
}

const char *standing_zh(Standing s)
{
    BUG_IF(s >= STANDING__COUNT);
    return standings[s].zh;
}

static bool settled(const Obligation *o)
{
    if (o->waived || o->enforced || o->done.day) return true;
    return o->duty == DUTY_PAY && o->amount_fen > 0 && o->paid_fen >= o->amount_fen;
}

/* The earlier of its own due day and that of an acceleration. */
static Date due_day(const Obligation *o, Date rest_due)
{
    bool sooner = rest_due.day && (o->due.day == 0 || rest_due.day < o->due.day);
    return sooner && o->duty == DUTY_PAY ? rest_due : o->due;
}

Standing obligation_standing(const Obligation *o, Date rest_due, Date day)
{
    if (o->waived) return STANDING_WAIVED;
    if (o->enforced) return STANDING_ENFORCED;
    if (settled(o)) return STANDING_PAID;
    Date due = due_day(o, rest_due);
    if (due.day && due.day < day.day) return STANDING_OVERDUE;
    if (o->paid_fen > 0) return STANDING_PART;
    return due.day && due.day == day.day ? STANDING_DUE : STANDING_PLANNED;
}

/* The day on which the rest falls due: {0} if the clause is not met by `day`. */
static Date rest_due_day(const Obligation *list, size_t n, const Acceleration *a, Date day)
{
    int64_t missed = 0;
    Date last = { 0 };
    if (!a->written) return (Date){ 0 };
    for (size_t i = 0; i < n; i++) {
        if (list[i].duty != DUTY_PAY) continue;
        if (obligation_standing(&list[i], (Date){ 0 }, day) != STANDING_OVERDUE) continue;
        missed++;
        bool counts = missed <= (a->missed > 0 ? a->missed : 1);
        if (counts && list[i].due.day > last.day) last = list[i].due;
    }
    if (missed == 0 || missed < a->missed) return (Date){ 0 };
    return date_plus(last, 1 + (int)a->days);
}

static void count_open(const Obligation *o, Date rest_due, Date day, Performance *p)
{
    Date due = due_day(o, rest_due);
    int64_t unpaid = o->duty == DUTY_PAY ? o->amount_fen - o->paid_fen : 0;
    p->open++;
    if (due.day && due.day <= day.day) p->due_fen += unpaid;
    if (due.day && due.day < day.day) {
        p->overdue++;
        p->overdue_fen += unpaid;
    } else if (due.day && (p->next.day == 0 || due.day < p->next.day)) p->next = due;
}

Performance performance_of(const Obligation *list, size_t n, const Acceleration *a, Date day)
{
    Performance p = { .rest_due = rest_due_day(list, n, a, day) };
    p.accelerated = p.rest_due.day && p.rest_due.day <= day.day;
    for (size_t i = 0; i < n; i++) {
        if (!settled(&list[i])) count_open(&list[i], p.rest_due, day, &p);
    }
    return p;
}

Event performance_event(State s, const Performance *p)
{
    if (s == ST_EFFECTIVE) return p->open ? EV_SCHEDULE : EV_PERFORM;
    if (s == ST_PERFORMING && p->overdue) return EV_OVERDUE;
    if (s == ST_PERFORMING && p->open == 0) return EV_PERFORM;
    if (s != ST_DEFAULTED || p->overdue) return EV__NONE;
    return p->open ? EV_CURE : EV_CURE_ALL;
}
