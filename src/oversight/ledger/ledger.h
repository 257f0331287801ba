/*
** The mediation registration ledger (调解登记台账): the 43 columns of
** data/ledger_columns.csv for the cases registered in a month, read page by
** page from the cases' own tables.  Only reads.
*/
#ifndef LEDGER_H
#define LEDGER_H

#include "core/web.h"

enum { LEDGER_PAGE = 200 };

/* Which rows: registered in [since, until) below `org_path`; on `day` only cases after `after`. */
typedef struct LedgerAsk {
    Str  month;           /* 2026-05; "" is every month */
    Str  page;            /* what the page before said of the next one */
    Id   after;
    Date day;
    Str  org_path, path_end;
    Date since, until;
} LedgerAsk;

extern const Slice ledger_slice;

/* False, a fault on c, if the month is none. */
bool ledger_month(Ctx *c, LedgerAsk *ask);
/* The next page, at most LEDGER_PAGE rows; *ask moves on.  `no` is the number
** of the first row. */
Rows ledger_page(Ctx *c, LedgerAsk *ask, int64_t no);
/* As CSV: the heading, and rows; identity and phone numbers masked, cells that
** a spreadsheet would take for a formula made harmless. */
void ledger_csv_head(Ctx *c, Out *o);
void ledger_csv(Ctx *c, Out *o, Rows rows);

#endif
