/*
** The office as the demo's cases find it: who works there, which employers are
** on record, and the texts that people write.  Read back through the API, so
** that a demo can be gone on with.
*/
#ifndef DEMO_WORLD_H
#define DEMO_WORLD_H

#include "demo/client.h"
#include "demo/made_up.h"

enum { WORLD_PEOPLE = 400, WORLD_FIRMS = 400, WORLD_MEDIATORS = 200 };

typedef struct Colleague {
    const char *login;
    Actor actor;
} Colleague;

typedef struct Pooled {
    Id    mediator, user;
    const Actor *actor; /* NULL: has no account */
} Pooled;

typedef struct World {
    Demo     *d;
    Names     names;
    Table     facts, notes, offices;
    Colleague staff[WORLD_PEOPLE];
    size_t    staff_n;
    Pooled    pool[WORLD_MEDIATORS];
    size_t    pool_n;
    Firm      firm[WORLD_FIRMS];
    size_t    firm_n;
    Id        centre, town;
    const Actor *clerk, *head, *dispatcher, *visitor, *archivist, *bureau;
} World;

/* NULL, or what is missing as a sentence. */
const char *world_open(World *w, Demo *d);

const Actor *world_actor(const World *w, Id user); /* NULL: nobody of this office */
const Actor *world_login(const World *w, const char *login); /* NULL: no such account */
/* One of the texts of this key of demo/notes.csv, as often as another. */
Str  world_say(const World *w, Dice *dice, const char *key);

#endif
