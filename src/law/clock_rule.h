/*
** The rows of data/clocks.csv: which period a code means on a day and in a
** place.  Loaded once, then read-only.
*/
#ifndef CLOCK_RULE_H
#define CLOCK_RULE_H

#include "law/calendar.h"

#define CLOCK_UNITS(X) /* name, word in the data, Chinese, English */                       \
    X(CD, "CD", "日", "calendar days") X(WD, "WD", "个工作日", "working days")             \
    X(MONTH, "month", "个月", "months") X(YEAR, "year", "年", "years")                     \
    X(HOUR, "hour", "小时", "hours") X(AGREED, "agreed", "日（约定）", "days as agreed")   \
    X(BEFORE_CD, "before-CD", "日（倒计）", "calendar days before")                        \
    X(MONTH_END, "month-end", "个月后的月末", "months on, at its end")
#define AS_UNIT(n, word, zh, en) UNIT_##n,
typedef enum ClockUnit { CLOCK_UNITS(AS_UNIT) UNIT__COUNT } ClockUnit;
#undef AS_UNIT

/* Where a last day that is a rest day goes. */
typedef enum ClockRoll { ROLL_NONE, ROLL_NEXT, ROLL_PREVIOUS, ROLL__COUNT } ClockRoll;

/* Who must agree to more time. */
typedef enum ClockConsent {
    CONSENT_NEVER,    /* cannot be extended */
    CONSENT_BOTH,     /* both parties */
    CONSENT_APPROVAL, /* the head of the authority whose clock it is */
    CONSENT_WRITTEN,  /* the parties, in writing */
    CONSENT_OFFICE,   /* the office that set it */
    CONSENT__COUNT
} ClockConsent;

typedef struct ClockRule {
    Str  code, alias, profile, region; /* region: prefix of GB/T 2260, "*" = all */
    int  n;
    ClockUnit unit;
    Str  start_event, on_expiry;
    ClockRoll    roll;
    ClockConsent consent;
    int  extend_max, extend_times, total_max; /* units; -1 = no limit */
    bool pausable;
    bool files_raw; /* the raw day counts, not the filing date (limitation) */
    Date from, to;  /* in force; {0} = always */
    Text label, basis;
} ClockRule;

typedef struct ClockRules {
    ClockRule *row;
    size_t     n, cap;
    Arena     *mem;
} ClockRules;

void clock_rules_open(ClockRules *rules, Arena *mem, size_t cap);
/* NULL, or a sentence in the arena that names file, line and fault. */
const char *clock_rules_read(ClockRules *rules, const char *file, Str text);

/* The rule for `code` or alias on a day and in a region: the longest prefix
** wins.  NULL if there is none; *known says whether the code exists at all.
** An alias alone means a regional row only if the region is given. */
const ClockRule *clock_rule_find(const ClockRules *rules, Str code, Str region, Date on, bool *known);

/* Have other places a rule of their own for this code or alias on this day? */
bool clock_rule_regional(const ClockRules *rules, Str code, Date on);

/* The oldest national rule of the code: for days before it was in force. */
const ClockRule *clock_rule_oldest(const ClockRules *rules, Str code);

Str  unit_word(ClockUnit u); /* "CD"; an agreed length counts in CD */
Text unit_label(ClockUnit u);
Str  roll_word(ClockRoll r);
Str  consent_word(ClockConsent c);
Text consent_label(ClockConsent c);

#endif
