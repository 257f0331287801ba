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
    Date from, to;        /* or of these days, both included; {0}: open */
    Str  page;            /* what the page before said of the next one */
    Id   after;
    int64_t no;           /* of the next row: ledger_month() sets it */
    Date day;
    Str  org_path, path_end;
    Date since, until;
} LedgerAsk;

extern const Slice ledger_slice;
extern const Form  ledger_form, ledger_ask_form; /* a row, by the names of ledger_columns.csv */

/* False, a fault on c, if the month is none. */
bool ledger_month(Ctx *c, LedgerAsk *ask);
/* The next page, at most LEDGER_PAGE rows; *ask moves on. */
Rows ledger_page(Ctx *c, LedgerAsk *ask);
#endif
