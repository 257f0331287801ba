/*
** What /metrics tells: requests by route and outcome, and how long they took.
** Everything is counted on the network thread, through which every answer
** goes, so nothing is shared and nothing needs a lock.
*/
#ifndef STATS_H
#define STATS_H

#include "core/web.h"

/* What the server answers itself: rows of their own. */
typedef enum Own { OWN_REFUSED, OWN_STATIC, OWN_HEALTH, OWN__COUNT } Own;

extern const char *const own_words[OWN__COUNT]; /* in the place of a pattern */

typedef struct Stats Stats;

Stats *stats_open(const Slice *const *slices);
void   stats_close(Stats *s);

/* `r` NULL: one of our own. */
void   stats_count(Stats *s, const Route *r, Own own, int status, int64_t us);

/* What is, rather than what was. */
typedef struct Gauges {
    int64_t connections, in_flight, waiting, workers, busy, followers, uptime_s, log_lost, shed, held;
} Gauges;

/* Prometheus text; malloc'ed, the caller frees. */
Out    stats_write(const Stats *s, const Gauges *g);

#endif
