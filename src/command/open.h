/*
** The house of a command that works on the database: keys, store, schema and
** law, opened from --database, --folder and --data, and a Ctx to work with.
*/
#ifndef COMMAND_OPEN_H
#define COMMAND_OPEN_H

#include "core/house.h"

typedef struct Keys Keys;

typedef struct Open {
    Keys  *keys;
    Store *store;
    Db    *db;      /* the opener's own */
    House  house;
    Block  block;
    Arena  mem;
    Ctx    c;
} Open;

/* 0, or the command's exit code, said why on stderr.  `node`: this process's
** number among all that write to the database. */
int  house_open(Open *o, int argc, char **argv, unsigned node);
void house_close(Open *o); /* also after a failure */

/* o->c as a request of the system's, named `what` in the audit record. */
void house_begin(Open *o, const char *what);

/* Prints why o->c failed, every bad field on a line; returns 1. */
int  house_refused(const Open *o, const char *what);

#endif
