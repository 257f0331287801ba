/*
** Statistics (domain.md 12.8): inflow, closing, success with its definition,
** delay, causes, industries, sources, groups, places, mediators, the funnel of
** confirmation, the ageing of defaults, how periods are kept.  From the sums of
** months, never from a scan of cases; every number names the line by which its
** cases are listed (GET /api/v1/months/:month/cases?line=…).
**
** Who sees statistics without names gets no number smaller than SMALL_CELL.
*/
#ifndef STATISTICS_H
#define STATISTICS_H

#include "oversight/month/month.h"

extern const Slice statistics_table_slice, statistics_slice, statistics_people_slice, statistics_open_slice,
                   filings_slice;

/* What a question names: months from … to, an organisation's subtree. */
typedef struct StatAsk {
    Id  org;          /* 0: one's own */
    Str from, to;     /* 2026-01 */
    Str bucket, after, scope;
} StatAsk;
extern const Form stat_ask_form;

typedef struct Stat {
    StatAsk ask;
    Org     org;
    int64_t from, to;
    int64_t kind;     /* SUM_TREE or SUM_OWN */
    int64_t small;    /* numbers below are not shown; 0: all are */
} Stat;
bool stat_asked(Ctx *c, Stat *s);

/* The months one by one, and together. */
enum { MONTHS_MAX = 60, TREND_LINES = 17 };
typedef struct Trend {
    Lines   month[MONTHS_MAX + 1];  /* [0] is the one before the first */
    Lines   all;
    size_t  n;
} Trend;
extern const Line trend_lines[TREND_LINES]; /* what is shown month by month */
void stat_trend(Ctx *c, const Stat *s, Trend *t);
Text stat_label(Ctx *c, int64_t line);      /* of data/report_m1.csv; none: {0} */
bool stat_is_money(Line line);              /* counted in fen */

/* n, or null where it is too small for c's person. */
void out_cell(Out *o, const Stat *s, int64_t n);
/* Adds what went to arbitration and to court, as it was entered: of path … path_end. */
void filings_of(Ctx *c, const Sum *of, Lines *l);
void out_key(Out *o, const char *gap, const char *key);

#endif
