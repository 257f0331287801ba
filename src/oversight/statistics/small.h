/*
** What who sees statistics without names is not shown: numbers below SMALL_CELL,
** and those by which they could be worked out.  A sum whose count is too small
** tells of one as well; of a row that adds up to a number that is shown, one
** hidden alone would be the difference, so the smallest beside it goes with it;
** the parts of a hidden total are hidden, too.
*/
#ifndef STATISTICS_SMALL_H
#define STATISTICS_SMALL_H

#include "oversight/statistics/statistics.h"

static const int64_t CELL_HIDDEN = INT64_MIN;

/* A run of lines that add up: label of the list, first line, how many. */
typedef struct Run { const char *key; int64_t line; int64_t n; } Run;
enum { STAT_RUNS = 5, STAT_CROSSES = 2 };
extern const Run stat_runs[STAT_RUNS];

/* A table of two runs: rows of numbers, with the line of the first of each row. */
typedef struct Cross { const char *key; int64_t line; int64_t row, rows, column, columns; } Cross;
extern const Cross stat_crosses[STAT_CROSSES];

/* Of `rows` rows of `columns` numbers each: hidden ones become CELL_HIDDEN.  `both`: columns add up, too. */
void small_hide(const Stat *s, int64_t *n, int64_t rows, int64_t columns, bool both);
/* All lines of a period, together. */
void small_lines(const Stat *s, Lines *l);
/* The months of a trend, one by one: of each line, those that would be the difference, too. */
void small_trend(const Stat *s, Trend *t);
/* Would either number, or what they leave, tell of one? */
bool small_rate(const Stat *s, const Rate *r, const Lines *l);

#endif
