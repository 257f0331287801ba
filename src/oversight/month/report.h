/*
** The monthly report (RPT-M1, domain.md 5.5), computed at any moment for one
** organisation alone or with all below it, and for several months in a row: a
** quarter, a year.  Only reads.
*/
#ifndef MONTH_REPORT_H
#define MONTH_REPORT_H

#include "oversight/month/tally.h"
#include "register/organisations/organisations.h"

#define REPORT_DEFINITION "RPT-M1/2026" /* what the numbers mean: printed with them */

typedef struct Report {
    Id      org;
    Str     name, path, kind, region;
    int64_t level;
    bool    tree;          /* with all below it */
    int64_t month, to;     /* first and last; equal as a rule */
    Date    since, until;  /* days; `until` is the last one's morrow */
    Lines   lines;
    Str     analysis;
    Rows    parts;         /* of Part: from what each month comes; none: all is counted now */
} Report;

/* A rate as it is printed: both numbers, and what it is. */
typedef struct Rate {
    const char *key, *zh, *en;
    int64_t     num, den;
    Line        line; /* whose cases the numerator is; LINE_NONE: several */
} Rate;
enum { RATES_MAX = 15 };
size_t report_rates(const Lines *l, Rate rate[RATES_MAX]);

/* One sum that must come out, in a report. */
typedef struct Balance {
    const ReportCheck *check;
    int64_t left, right;
} Balance;
enum { BALANCES_MAX = 20 };
/* `before`: the month before's lines, as they were locked, or as they are. */
size_t report_balances(const ReportLaw *law, const Lines *l, const Lines *before, Balance b[BALANCES_MAX]);
bool   balances_good(const Balance *b, size_t n);

/* What stands at the beginning and the end, and the means that follow from the sums;
** and back to what adds up. */
void lines_close(Lines *l, const Sum *at_start, const Sum *at_end);
void lines_open(Lines *l);

/* Fills r from `org` (found already), r->tree, r->month, r->to: all of it as it is counted now. */
void report_read(Ctx *c, const Org *org, Report *r);
/* The days of a month of an organisation, by where it lay then; `until` is the last one's morrow. */
void report_days(Ctx *c, const Org *org, int64_t month, Date *since, Date *until);
Str  alone_end(Ctx *c, Str path); /* of a range in which only this path lies */
/* The lines alone: `of` names kind, path, first and last month. */
void report_lines(Ctx *c, const Sum *of, Lines *l);

/* The report as it is kept: the same bytes for the same numbers. */
void report_json(Ctx *c, Out *o, const Report *r, const Balance *b, size_t n);
void report_csv(Ctx *c, Out *o, const Report *r, bool english);
/* As a workbook; false if it could not be written. */
bool report_book(Ctx *c, Out *o, const Report *r, bool english);
/* As a PDF, through the press; false, perhaps with c failed, if it could not be made. */
bool report_paper(Ctx *c, Out *o, const Report *r, bool english);
/* A number as people read it: yuan of fen, days of tenths, marks of hundredths. */
void report_amount(Out *o, Str unit, int64_t n);

extern const Query q_report_flows, q_report_stock, q_report_mediators, q_report_recorded;

#endif
