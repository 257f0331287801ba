/*
** A transaction put down before it has the pen: what it read, from a snapshot, and
** what it will write.  Nothing of it is in the database yet.
*/
#ifndef SQLITE_LATE_H
#define SQLITE_LATE_H

#include "core/sqlite_row.h"

/* One statement of it. */
typedef struct Act {
    const Plan *p;
    Verb        verb;
    bool        fails; /* a test's */
    Value      *value; /* its parameters */
    uint64_t    seen;  /* what it read */
    struct Act *next;
} Act;

typedef struct Late {
    Act  *first, *last;
    bool  writes;
} Late;

/* The next statement, with its parameters as they are now: in c's memory. */
Act *late_put(Ctx *c, Late *l, const Plan *p, Verb verb, const void *in);

/* With the pen: AGAIN if what it read is no longer so, or else everything it writes.
** Any thread, if c's own waits for it. */
void late_run(Ctx *c, const Late *l, Handle *conn);

#endif
