/* A house in this process, on a database that may be new: what test programs share. */
#ifndef HOME_H
#define HOME_H

#include "core/house.h"
#include "law/law.h"

enum { HOME_ROOM = 200 };

typedef struct Home {
    char   folder[HOME_ROOM]; /* of its keys and files; made if it is "" at home_open() */
    bool   ours;              /* to be removed */
    Keys  *keys;
    Store *store;
    Db    *db;
    Block  block;
    Law    law;
    House  house;
} Home;

void home_open(Home *h, const char *address);
void home_close(Home *h);
void home_folder(char folder[static HOME_ROOM]); /* makes a new one */
void home_remove(const char *folder);            /* and all that is in it */

/* Walks the audit record: the number of faults, told on stdout. */
int64_t home_verify(Home *h, int64_t *entries);

#endif
