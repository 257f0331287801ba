/*
** What the calculators share while one of them runs: reading facts, asking for
** parameters, saying lines.  Only calc_*.c include it.
** Working and words are templates: %y takes fen and shows yuan, %n a decimal in
** 1/FIGURE_SCALE, %i a whole number, %d a Date's day, %% a percent sign.
*/
#ifndef CALC_RUN_H
#define CALC_RUN_H

#include "law/calc_text.h"
#include "law/calculator.h"

typedef __int128 Wide;

struct Run {
    const CalcData *data;
    const Facts    *facts;
    Arena          *mem;
    CalcResult     *result;
    bool            english;
    Date            when;  /* the day whose parameters count; 0 = the latest */
    uint8_t         told[P__COUNT]; /* which doubtful parameter was warned of */
};

typedef const int64_t *Args;
#define ARGS(...) ((const int64_t[]){ __VA_ARGS__ })

bool    has(const Run *r, FieldId id);
int64_t val(const Run *r, FieldId id);    /* 0 if not given */
bool    fact_is(const Run *r, FieldId id);     /* given and true */
Date    day(const Run *r, FieldId id);
bool    failed(const Run *r);

/* A parameter, times FIGURE_SCALE; an error and 1 if there is no row for it. */
int64_t rate(Run *r, RateId id);
int64_t rate_exact(Run *r, RateId id, int64_t step);
int64_t rate_below(Run *r, RateId id, int64_t step); /* the highest step not above */
/* Whole numbers: rate() / FIGURE_SCALE. */
int64_t whole(Run *r, RateId id);
/* The value of a field, else of the parameter; false if neither is known. */
bool    money_of(Run *r, FieldId id, RateId rate, int64_t *fen);
/* The monthly minimum wage; if `needed`, its absence is an error, else a warning. */
bool    minimum_wage(Run *r, bool needed, int64_t *fen);
bool    minimum_of(Run *r, RateId id, int64_t *fen); /* from the region alone */
void    must(Run *r, FieldId id, const char *code, WordId word);

Str  say(Run *r, WordId word, Args args);
Str  work(Run *r, const char *shape, Args args);
Str  cite(const Run *r, CiteId id);
void warn(Run *r, WordId word, Args args);
void value(Run *r, const char *name, Str text);
void value_n(Run *r, const char *name, int64_t scaled);
void value_i(Run *r, const char *name, int64_t n);
void value_d(Run *r, const char *name, Date d);

/* A line of the sum, or one for information; the last one added may be changed. */
CalcLine *item(Run *r, WordId label, CiteId basis, int64_t fen);
CalcLine *aside(Run *r, WordId label, CiteId basis, int64_t fen);

int64_t fen_round(Wide num, Wide den); /* half up; num not below 0, den above 0 */
/* Whole months from a to b's eve: the days a..b-1 hold n full months. */
int months_between(Date a, Date b);
/* Days worked in a..b, both included. */
int working_days(const Run *r, Date a, Date b);
/* a..b as full months and working days of the rest, both days included. */
typedef struct Span {
    int64_t months, days;
    Date    rest; /* first day of the part month */
} Span;
Span span_of(const Run *r, Date a, Date b);
/* The part from..end of months that are counted from `anchor`, where `from` begins one. */
Span span_after(const Run *r, Date anchor, Date from, Date end);
Span span_paid(Run *r, Span s); /* no part of a month is paid more than the month: 22 working days are one */
Date law_from(Run *r); /* since when the Labour Contract Law is in force */
/* A warning if the days of the part month rest on a year without a calendar. */
void provisional_said(Run *r, Span s, Date last);
Date later(Date a, Date b);
Date earlier(Date a, Date b);

#endif
