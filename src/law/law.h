/*
** The law as data: the tables of the data folder, read once at start and
** read-only from then on.  Whoever needs another table adds a member here, a
** row to the list in law.c, and reads it where its rules are.
*/
#ifndef LAW_H
#define LAW_H

#include "law/due.h"
#include "law/emergency.h"
#include "law/identity.h"
#include "law/industry.h"
#include "law/limitation.h"
#include "law/scope.h"

typedef struct Law {
    Calendar      calendar;
    ClockRules    clocks;
    LimitKinds    limits;
    Retentions    retentions;
    IdentityRules identity;
    Industries    industries;
    Params        params;
    Causes        causes;
    Refusals      refusals;
    Emergency     emergency;
    const char   *fault; /* NULL, or what could not be read and why */
} Law;

/* Where the file `name` of the data folder is; false if it cannot be named. */
typedef bool (*LawPath)(const char *name, char *path, size_t cap);

/* How much arena the tables take at most. */
#define LAW_MEMORY ((size_t)32 << 20)

/* False if a table is missing or wrong; then law->fault says which. */
bool law_open(Law *law, Arena *mem, LawPath path);

/* What limitation_due needs of it. */
LimitLaw law_limits(const Law *law);
/* What scope_decide needs of it. */
ScopeLaw law_scope(const Law *law);

#endif
