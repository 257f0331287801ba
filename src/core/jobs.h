/*
** Work that is not a request: the clocks at midnight, reminders, seals.  A job
** is a row; whoever claims it has it for LEASE_S, runs it in one transaction
** that also marks it done, and so it is done once or not at all, however many
** processes look for work and whenever one of them is killed.  Who was killed gets
** his jobs back when he begins again (same --node); another waits for the lease.
*/
#ifndef JOBS_H
#define JOBS_H

#include "core/house.h"

extern const Slice jobs_slice;

/* Asks for a job, in the caller's transaction.  `key` names it: a second one
** with the same key is the same job, even after it was done; "" is none. */
void job_add(Ctx *c, Str kind, Id arg, Time due, Str key);

/* Adds what is due by its JobKind's time of day or interval. */
void jobs_schedule(Ctx *c);
/* Claims and runs one job that is due; false if there is none.  A job that
** fails is tried again later, and given up after some attempts. */
bool jobs_step(Ctx *c);

void jobs_take_back(Ctx *c); /* a process begins */

/* A thread that does both until it is stopped. */
typedef struct Worker Worker;
Worker *jobs_start(const House *house);
void    jobs_stop(Worker *w);

#endif
