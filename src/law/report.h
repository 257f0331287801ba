/*
** The monthly report as data: its lines (data/report_m1.csv), and what must add
** up in it (data/report_m1_checks.csv).  A line's number is stored with every
** count: append, never renumber.
*/
#ifndef REPORT_H
#define REPORT_H

#include "law/phrase.h"
#include "law/sheet.h"

typedef struct ReportLine {
    int64_t no;
    Str     column, sub; /* A … AJ; "" or a number within it */
    Str     key;
    Text    label;
    Str     unit;        /* case person fen item … */
    Str     definition;
} ReportLine;

/* left = right; each a sum of keys, "key@previous" being the month before's. */
typedef struct ReportCheck {
    Str  code, left, right;
    Text text;
} ReportCheck;

typedef struct ReportLaw {
    ReportLine  *line;
    size_t       lines;
    ReportCheck *check;
    size_t       checks;
} ReportLaw;

/* Each fills its part; what is wrong is left in `sheet`. */
bool report_read_lines(ReportLaw *r, Arena *mem, Str text, Sheet *sheet);
bool report_read_checks(ReportLaw *r, Arena *mem, Str text, Sheet *sheet);

const ReportLine *report_line(const ReportLaw *r, Str key); /* NULL if unknown */

#endif
