/*
** How a connection to PostgreSQL is made and waited for.  Only the driver and
** its backup include this.
**
** Nobody waits for ever: a server that is gone, that hangs, or whose standby
** does not answer costs a request at most ANSWER_MS, a COMMIT at most
** COMMIT_MS, and much less once it is known.  What all threads of the program
** know of the server's state is in a Reach.
*/
#ifndef POSTGRES_LINK_H
#define POSTGRES_LINK_H

#include "base/base.h"

#include <libpq-fe.h>
#include <stdatomic.h>

enum { ANSWER_MS = 60000, COMMIT_MS = 10000, STUCK_COMMIT_MS = 1000 };

typedef struct Reach {
    _Atomic int64_t gone_ms;  /* since when no connection can be made; 0: it can */
    _Atomic int64_t tried_ms; /* when one was last tried */
    _Atomic int64_t stuck_ms; /* since when no COMMIT comes back; 0: they do */
} Reach;

int64_t pg_now_ms(void); /* of a clock that nobody sets */

/* A connection for `address`, good or not (PQstatus); what the address does
** not say of patience with a silent network is said here. */
PGconn *pg_dial(const char *address);

/* May this thread try now?  While the server is gone only one now and then. */
bool reach_may_dial(Reach *r);
void reach_dialled(Reach *r, bool good, const char *why);
/* A COMMIT sent at `begun_ms` came back, or did not in time. */
void reach_committed(Reach *r, int64_t begun_ms, bool in_time);
int64_t reach_commit_ms(const Reach *r); /* how long to wait for one */
int64_t reach_gone_ms(const Reach *r);   /* for how long there has been no use in waiting; 0: there is */

/* Sends what is queued and waits for an answer.  False: it is late; true: PQgetResult() will not wait. */
bool pg_wait(PGconn *h, int64_t until_ms);

#endif
