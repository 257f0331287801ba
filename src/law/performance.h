/*
** What an agreement obliges to, and where performance stands on a day.  Due
** days come in as they are in effect: already rolled off a rest day unless the
** agreement says otherwise (民法典 203, 204 (2020)).  A day counts as overdue from
** 00:00 of the next.
*/
#ifndef PERFORMANCE_H
#define PERFORMANCE_H

#include "law/event.h"
#include "law/state.h"

#define DUTIES(X)                                         \
    X(PAY,       "支付款项",       "pay")                 \
    X(DOCUMENT,  "出具、移交材料", "hand over documents") \
    X(INSURANCE, "社会保险",       "social insurance")    \
    X(REINSTATE, "恢复工作",       "reinstate")           \
    X(OTHER,     "其他",           "other")
#define AS_DUTY(n, zh, en) DUTY_##n,
typedef enum Duty { DUTIES(AS_DUTY) DUTY__COUNT } Duty;
#undef AS_DUTY

#define STANDINGS(X)                                      \
    X(PLANNED,  "未到期",   "planned")                    \
    X(DUE,      "已到期",   "due")                        \
    X(PART,     "部分履行", "performed in part")          \
    X(PAID,     "已履行",   "performed")                  \
    X(OVERDUE,  "逾期",     "overdue")                    \
    X(WAIVED,   "已免除",   "waived")                     \
    X(ENFORCED, "强制执行", "enforced")
#define AS_STANDING(n, zh, en) STANDING_##n,
typedef enum Standing { STANDINGS(AS_STANDING) STANDING__COUNT } Standing;
#undef AS_STANDING

typedef struct Obligation {
    Id      id;
    Duty    duty;
    int64_t amount_fen, paid_fen; /* of a payment */
    Date    due;                  /* in effect; {0}: the agreement names none */
    Date    done;                 /* day it was performed in full; {0}: not yet */
    bool    waived, enforced;
    Str     payee, method, what;  /* what: content of a duty other than payment */
} Obligation;

/* Only if it is written: so many missed instalments make the rest due, so many
** days after the day on which the last of them became overdue. */
typedef struct Acceleration {
    bool    written;
    int64_t missed; /* at least 1 */
    int64_t days;   /* 0: at once */
} Acceleration;

typedef struct Performance {
    size_t  open, overdue;        /* obligations */
    int64_t due_fen, overdue_fen; /* unpaid money due by the end of the day; and overdue */
    bool    accelerated;
    Date    rest_due;             /* of what was accelerated; {0} if nothing was */
    Date    next;                 /* next due day of what is open and not overdue; {0}: none */
} Performance;

Standing    obligation_standing(const Obligation *o, Date rest_due, Date day);
Performance performance_of(const Obligation *list, size_t n, const Acceleration *a, Date day);

/* What the facts ask for in this state: SCHEDULE, OVERDUE, CURE, CURE_ALL, PERFORM;
** EV__NONE if the state is right as it is. */
Event performance_event(State s, const Performance *p);

bool        duty_of(Str word, Duty *d);
const char *duty_word(Duty d);
const char *duty_zh(Duty d);
const char *standing_word(Standing s);
const char *standing_zh(Standing s);

#endif
