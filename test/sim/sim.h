/* The simulation's one object, and what must always be true of it. */
#ifndef SIM_H
#define SIM_H

#include "home.h"
#include "made.h"
#include "player.h"

#include "law/flow.h"

enum { OPEN_MAX = 20000, ID_ROOM = 24, SIM_MEMORY = 1 << 20, KEPT_TABLES = 64, WHY_ROOM = 160 };

typedef struct Alive {
    char id[ID_ROOM];
    int  moves; /* so far */
} Alive;

typedef struct Sim {
    uint64_t seed, first_seed;
    Home    *home;
    Player  *player;
    Dump    *dump;
    Block    block;
    int      day;          /* of the simulation, from 0 */
    uint64_t filed;        /* cases so far */
    Alive    open[OPEN_MAX]; /* those that something may still happen to */
    size_t   open_n;
    int64_t  done[EV__COUNT], asked, dumps;
    char     why[EV__COUNT][WHY_ROOM]; /* how an event was last refused */
    int64_t  rows[KEPT_TABLES]; /* of append-only tables when last looked at */
    int      passed, failed;
} Sim;

void sim_check(Sim *s, bool good, const char *what, const char *more);

/* What must be true of the database at any time; `audit`: of its record too. */
void sim_truths(Sim *s, bool audit);

#endif
