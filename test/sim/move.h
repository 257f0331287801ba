/* What people do to a case in the simulation: rows of requests. */
#ifndef MOVE_H
#define MOVE_H

#include "law/event.h"

enum { ASKS = 8 };

/* One request: who, verb, path below the case, body; "id" of its answer is then
** called `name`.  Verb "SQL": what is asked of the database instead. */
typedef struct Ask {
    const char *who, *verb, *path, *body, *name;
} Ask;

/* Requests that belong together; each only if the one before it was granted. */
typedef struct Move {
    Event       event;  /* what the last of them brings about */
    int         weight; /* how often, against the other moves that are possible */
    Ask         ask[ASKS];
} Move;

extern const Move   moves[];
extern const size_t moves_n;

#endif
