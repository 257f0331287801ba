/*
** What the demo's bureau does beside the cases: meetings, tasks, replies, budgets,
** case subsidies and their pay lists.  Done once, after the cases.
*/
#ifndef DEMO_DESKS_H
#define DEMO_DESKS_H

#include "demo/world.h"

/* `last`: the demo's last day.  What fails is counted in w->d->refusals. */
void desks_make(World *w, Date last);

/* ---- desks_money.c ---- */
void desks_money(World *w, Date last);

void network_assess(World *w, Date last);      /* network.c: the assessments of the last year */

/* ---- for both ---- */
typedef struct Desk {
    World *w;
    Demo  *d;
    Date   last;
    const Actor *bureau, *head, *finance, *cashier, *union_man, *court_man;
} Desk;
bool desk_find(Desk *k, World *w, Date last);  /* false: an office without these people */
void desk_day(Desk *k, int before);            /* the clock: so many days before the last, early */
Str  desk_date(Desk *k, int before);           /* that day as text */

void desks_risks(Desk *k);                     /* desks_risks.c: the ledger of risks */

#endif
