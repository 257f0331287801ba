/*
** What a statute, a province or a city sets, as dated rows of data/figures.csv:
** key,region,from,to,value,unit,basis,status,note.  Region '*' is the nation,
** else a GB/T 2260 prefix; the longest prefix that has a row for the day wins.
** A key "leave.days@10" is the step of "leave.days" that begins at 10.  Read
** once at start, then never written.
*/
#ifndef FIGURE_H
#define FIGURE_H

#include "base/base.h"

enum { FIGURE_SCALE = 10000 }; /* values are kept in 1/10000, so 21.75 is exact */

typedef enum FigureStatus { FIGURE_VERIFIED, FIGURE_UNVERIFIED, FIGURE_STALE, FIGURE_POLICY } FigureStatus;

typedef struct Figure {
    Str         key;    /* without the step */
    int64_t     step;   /* what follows '@'; 0 if nothing does */
    Str         region; /* "" is the nation */
    Date        from;   /* 0 = always */
    Date        to;     /* the last day; 0 = still */
    int64_t     value;  /* times FIGURE_SCALE */
    Str         unit;
    Str         basis;
    Str         note;
    FigureStatus status;
} Figure;

/* The rows of one key, by step; n is 0 if there are none. */
typedef struct FigureSpan {
    const Figure *row;
    size_t       n;
} FigureSpan;

typedef struct Figures {
    const Figure *row; /* sorted by key, then step */
    size_t       n;
    int          line; /* where `fault` is */
    const char  *fault; /* NULL, or what is wrong with the text */
} Figures;

/* The text must live as long as the rows.  On a fault n is 0. */
Figures    figures_read(Arena *mem, Str text);
FigureSpan figures_span(const Figures *p, Str key);

/* The row for a day: with exactly this step, or with the highest step that is
** not above it.  NULL if there is none.  Day 0 asks for the latest row. */
typedef struct FigureAsk {
    Str     region;
    Date    day;
    int64_t step;
} FigureAsk;

const Figure *figure_at(FigureSpan span, FigureAsk ask);
const Figure *figure_step(FigureSpan span, FigureAsk ask);

/* "21.75" times FIGURE_SCALE; false if it is no number with at most 4 decimals. */
bool decimal_read(Str text, int64_t *scaled);
/* "21.75", without needless zeros. */
void out_decimal(Out *o, int64_t scaled);

#endif
