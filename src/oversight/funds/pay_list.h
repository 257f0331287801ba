/* A pay list and its lines, and how it is written as a table. */
#ifndef PAY_LIST_H
#define PAY_LIST_H

#include "core/web.h"

typedef struct PayLine {
    Id    id, list_id, share_id, subsidy_id, case_id, mediator_id;
    Str   case_no, name;
    Money amount;
    Str   bank, account, holder;
} PayLine;

/* total is the sum of its lines. */
typedef struct PayList {
    Id      id, org;
    Str     org_path;
    Id      budget_id;
    int64_t month;          /* 202605 */
    Money   total;
    int64_t count;
    Str     state;          /* DRAFT APPROVED PAID CANCELLED */
    Date    made_on;
    Id      made_by;
    Str     voucher;
    Date    paid_on;
    int64_t version;
    Rows    lines;
} PayList;

/* To c->out, accounts whole, the sum below: as a workbook or as CSV. */
void pay_list_sheet(Ctx *c, const PayList *p, bool xlsx);

#endif
