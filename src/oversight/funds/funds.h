/*
** Money beside the cases (R142 to R147): budgets by source and item, expenses with
** their proof, purchase contracts, case subsidies and their pay lists.  All sums are
** whole fen; what was paid is never rewritten.  An office sees what lies at or below
** it; of one matter nobody does two of propose, approve and pay.
*/
#ifndef FUNDS_H
#define FUNDS_H

#include "register/organisations/office.h"
#include "register/standing.h"

extern const Slice budgets_slice, expenses_slice, payees_slice, subsidies_slice, pay_lists_slice;
extern const Slice recoveries_slice, means_slice, copies_slice, subsidy_papers_slice;
extern const Codes fund_sources, fund_items;

/* A year's money of one source for one item.  paid <= used <= approved. */
typedef struct Budget {
    Id      id, org;
    Str     org_path;
    int64_t year;
    Str     source, item;
    Money   approved, used, paid; /* used: approved expenses and drawn-up lists too */
    Str     basis;                /* the paper that grants it */
    Date    since, until;
    int64_t version;
    Money   amount;               /* of one change */
    Str     reason;
    Date    on;                   /* the day that is asked for */
} Budget;
extern const Form budget_form;

/* NOT_FOUND if there is none in c's reach. */
bool budget_get(Ctx *c, Id id, Budget *b);
/* What is spent may serve the budget's item alone, in its days (专款专用, R146). */
void budget_earmark(Ctx *c, const Budget *b, Str item, Date day);
/* BLOCKED if it is more than what is left; negative: given back. */
void budget_use(Ctx *c, Budget *b, int64_t fen);
void budget_pay(Ctx *c, Budget *b, int64_t fen);

/* A step of a matter's way: as standing_move(), and FORBIDDEN if c's person has
** taken another of the steps `apart` (words) before. */
void money_move(Ctx *c, const Move *moves, Standing *e, Str apart);

#endif
