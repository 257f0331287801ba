/*
** How often somebody tried: a count by purpose and key (an address, a name, a
** receipt) that begins anew when its time is over.
*/
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include "core/web.h"

extern const Slice attempt_slice;

typedef struct Attempt {
    Str     name;  /* of purpose and key; keyed digest, for keys may be personal */
    int64_t n;
    Time    until; /* when the count begins anew */
    Time    at;
    int64_t max;
} Attempt;

/* Has it been tried `max` times?  *until: when the next one is counted anew.
** Outside a transaction it is only a first look. */
bool attempt_spent(Ctx *c, Str purpose, Str key, int64_t max, Time *until);
/* In a transaction: one more, in a window of that length, which begins again
** when the count reaches `max`. */
void attempt_count(Ctx *c, Str purpose, Str key, int64_t max, int64_t window_s);

#endif
