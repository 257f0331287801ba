/* A checked Query: what db.c resolves once and the drivers run. */
#ifndef PLAN_H
#define PLAN_H

#include "core/db.h"

enum { PLAN_MAX = 4096, PLAN_SLOTS = 2 * PLAN_MAX, PARAM_MAX = 64, COLUMN_MAX = 64 };

/* A Query, with one choice of its filters, that has been checked: names are
** resolved to fields, once. */
typedef struct Plan {
    const Query *q;
    size_t       id;  /* its place in the Store: drivers number statements by it */
    unsigned     mask; /* which filters are in */
    char        *text; /* with :names */
    char        *names; /* the memory of told[] */
    char        *sql;  /* with $1, $2, … in order of first appearance */
    size_t       params, columns;
    const Field *param[PARAM_MAX];
    Str          told[PARAM_MAX]; /* how the audit record names it: "name": */
    const Field *column[COLUMN_MAX];
} Plan;

#endif
