/*
** Limitation of arbitration (仲裁时效) as a log of events: what began, restarted
** or suspended the period, and the latest safe day to apply.  It is reference
** only: whether a claim is barred is never decided here (domain.md 2.10).
** TJZC 27, BAGZ 26 to 28 (2017), L17 31 (2012).
*/
#ifndef LIMITATION_H
#define LIMITATION_H

#include "law/clock.h"

/* A kind of event that restarts the period: a row of data/limitation.csv. */
typedef struct LimitKind {
    Str  code;  /* "LIM-2" */
    int  item;  /* of L17 art. 31; 0 = none */
    Text label, basis;
} LimitKind;

typedef struct LimitKinds {
    LimitKind *row;
    size_t     n;
    Arena     *mem;
} LimitKinds;

enum { LIMIT_KINDS = 32, LIMIT_EVENTS = 32 };

/* NULL, or a sentence in the arena that names file, line and fault. */
const char *limit_kinds_read(LimitKinds *kinds, Arena *mem, const char *file, Str text);
const LimitKind *limit_kind(const LimitKinds *kinds, Str code);

typedef struct LimitEvent {
    Str  kind; /* LIM-…; the day it happened, as it was: no filing-date rule */
    Date day;
} LimitEvent;

typedef enum LimitRegime {
    LIMIT_ORDINARY, /* C-LIM, from the day known */
    LIMIT_WAGES,    /* C-LIM-W: not limited before the relation ends, then from its end */
    LIMIT_CIVIL     /* C-LIM-CS: contract civil servant */
} LimitRegime;
typedef struct LimitAsk {
    LimitRegime regime;
    Date knew;         /* knew or should have known; the civil servant's dispute arose */
    Date relation_end; /* wages: {0} while the relation lasts */
    const LimitEvent *events; /* in any order */
    size_t            events_n;
    const Pause *suspensions; /* a last one with to = {0} still lasts */
    size_t       suspensions_n;
} LimitAsk;

typedef struct LimitStep {
    const LimitKind *kind; /* NULL: the beginning */
    Date day;              /* counted from here */
    Date natural_end, due;
    bool counted;          /* false: it came after the period before had run out */
} LimitStep;

typedef struct Limitation {
    LimitStep step[1 + LIMIT_EVENTS];
    size_t    steps;
    bool      unlimited;   /* wages, and the relation lasts */
    bool      suspended;   /* a suspension still lasts: the day is not fixed */
    Date      natural_end; /* the latest safe day; {0} if unlimited or suspended */
    Date      due;         /* the same moved past rest days */
    bool      provisional;
    const char *error;     /* NULL, or a word; reason says it */
    Text      reason;
    Trace     trace;
} Limitation;

typedef struct LimitLaw {
    const ClockRules *rules;
    const LimitKinds *kinds;
    const Calendar   *calendar;
} LimitLaw;

/* False if refused. */
bool limitation_due(const LimitLaw *law, const LimitAsk *ask, Arena *mem, Limitation *l);

#endif
