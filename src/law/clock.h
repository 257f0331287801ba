/*
** Periods (期间): from the day something happened to the last day on which
** something may still be done, with every step said (domain.md 2.4, 2.5).
** The rules are rows of data/clocks.csv, dated and regional; this file knows
** how to count and no number.  Civil Code 201 to 203, Civil Procedure Law 85
** (2023 text).  Pure: the calendar and all days are given.
*/
#ifndef CLOCK_H
#define CLOCK_H

#include "law/clock_rule.h"

enum { CLOCK_PAUSES = 32, CLOCK_EXTENSIONS = 16 };

typedef struct Pause {
    Date from, to; /* first paused day, first day that counts again */
} Pause;

typedef struct ClockAsk {
    Str  code;           /* any case, or an alias: "C-MED" with a region */
    Str  region;         /* digits of GB/T 2260; "" if it does not matter */
    Date start;          /* the day of the event, itself not counted; or … */
    Time filed;          /* … the instant of a submission: the filing-date rule; … */
    Time start_at;       /* … or the event's instant, for clocks in hours */
    int  closing_minute; /* of the authority's day; 0 = open till midnight */
    int  length;         /* for rules whose length is agreed; else 0 */
    const Pause *pauses; /* in any order */
    size_t       pauses_n;
    const int   *extensions; /* granted days, in the order of their grant */
    size_t       extensions_n;
    bool         quiet;      /* the day alone is wanted: no trace, unless it is refused */
} ClockAsk;

/* One extension: counted from the rolled end before it. */
typedef struct ClockStretch {
    int  n;
    Date from, natural_end, due;
} ClockStretch;

typedef struct ClockDue {
    const ClockRule *rule; /* NULL if the code is unknown */
    Date start;            /* the day it counts from */
    int  length;           /* in the rule's unit, without extensions */
    int  granted;          /* with them */
    Date natural_end;      /* with pauses and extensions, before rolling */
    Date due;              /* the last day in time; late from 00:00 of the next */
    Time start_at, due_at; /* clocks in hours */
    bool provisional;      /* rests on days of a year without a notice */
    bool before_effect;    /* a national rule, shown for a day before it was in force */
    ClockStretch stretch[1 + CLOCK_EXTENSIONS]; /* [0] is without extensions */
    size_t       stretches;
    const char  *error;    /* NULL, or a word: "unknown_code", "over_max" … */
    Text  reason;          /* why it was refused */
    Trace trace;
} ClockDue;

/* False if refused; then error and reason say why.  Whether those who must
** agree to an extension have agreed is the caller's question: rule->consent. */
bool clock_due(const ClockRules *rules, const Calendar *c, const ClockAsk *ask, Arena *mem, ClockDue *due);

/* The day a submission counts as made (domain.md 2.4 rule 6). */
Date filing_date(const Calendar *c, Time filed, int closing_minute);

#define CLOCK_STATES(X)                                                                 \
    X(RUNNING, "running", "进行中", "running") X(PAUSED, "paused", "已中止", "paused")   \
    X(MET, "met", "按期完成", "met") X(MISSED, "missed", "已逾期", "missed")             \
    X(CANCELLED, "cancelled", "已取消", "cancelled")
#define AS_CLOCK_STATE(n, word, zh, en) CLOCK_##n,
typedef enum ClockState { CLOCK_STATES(AS_CLOCK_STATE) CLOCK__COUNT } ClockState;
#undef AS_CLOCK_STATE

Str  clock_state_word(ClockState s);
Text clock_state_label(ClockState s);
/* `done`: the day what the clock waits for happened, or {0}. */
ClockState clock_state(const ClockAsk *ask, const ClockDue *due, Date today, Date done);

#endif
