/*
** What people write into cells, read generously: days in all the ways offices
** write them, sums with units and signs, numbers of people, yes and no.  Each
** function says whether it is sure; what it is not sure of is a fault that the
** person sees, never a guess.
*/
#ifndef EXCEL_CELL_H
#define EXCEL_CELL_H

#include "base/base.h"

/* Half-width letters, digits and signs, no blanks at the ends, no control
** characters, quotation mark of a text cell left out; line breaks become one
** blank, or stay if `lines`. */
Str cell_tidy(Arena *a, Str s, bool lines);
/* The same without any blank: numbers, names of columns. */
Str cell_tight(Arena *a, Str s);
/* "/", "—", "无", "不详" …: nothing was meant. */
bool cell_is_blank(Str tidy);

/* The number in plain digits ("1.38E10" is 13800000000); false if it is none. */
bool number_plain(Out *o, Str s);
/* Excel's day number, "46143.5"; {0} if it is none from 1900 to 9999. */
Date serial_date(Str plain, bool date1904);

/* All take tidy text.  False: it says something else.
** Dates: 2026-5-1, 2026.5.1, 2026/05/01, 2026年5月1日, 二〇二六年五月一日, 20260501,
** 5/1/2026 (a first number above 12 is the day), 26.5.1, 46143; a time of day,
** or a day of the week, may follow; 民国112年5月1日 is of 2023. */
bool cell_date(Arena *a, Str s, Date *d);
bool cell_day_of(Arena *a, Str s, int year, Date *d); /* 5月7日, 5.7, 5/7, of a year said elsewhere */
/* 1200, ￥1,200.00, 1200元, 1.2万, 1万2千, 壹万贰仟元整; `unit` is what a bare number
** counts, in yuan: 1, or 10000 under a heading 万元.  2万3 is not clear. */
bool cell_money(Arena *a, Str s, int64_t unit, Money *m);
bool cell_count(Arena *a, Str s, int64_t *n);    /* 30, 30人, 约30余人, 三人 */
bool cell_yes(Str s, bool *yes);
bool cell_grade(Str s, int64_t *n);              /* 满意度: 1 to 5 */
/* 同上, 〃: what the row above says. */
bool cell_is_ditto(Str tidy);
/* Is it a long number that a spreadsheet kept as a number, so its end is lost? */
bool cell_is_rounded(Str text);

#endif
