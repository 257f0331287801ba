/*
** The house of a command that works on the database: keys, store and schema
** opened from --folder and --database, the law from --data and what was
** imported, and a Ctx to work with.
*/
#ifndef COMMAND_OPEN_H
#define COMMAND_OPEN_H

#include "core/house.h"
#include "core/outbox.h"
#include "paper/sign.h"

typedef struct Open {
    Keys  *keys;
    Store *store;
    Db    *db;      /* the opener's own; whoever closes it before house_close() sets NULL */
    struct Routes *routes;
    House  house;
    Signer signer;
    Gateway gateway;
    Mailer mailer;
    Block  block;
    Arena  mem;
    Ctx    c;
} Open;

/* 0, or the command's exit code, said why on stderr.  `node`: this process's
** number among all that write to the database.  *o must be empty before. */
int  house_open(Open *o, int argc, char **argv, unsigned node);
int  house_open_raw(Open *o, int argc, char **argv, unsigned node); /* the schema as it is */
int  house_law(Open *o); /* the same, for house.law */
int  house_gateway(Open *o, int argc, char **argv); /* the same, for house.gateway */
int  house_mailer(Open *o, int argc, char **argv); /* the same, for house.mailer */
int  house_signer(Open *o, int argc, char **argv); /* the same, for house.signer */
void house_slim(Open *o); /* from now on with little memory: see store_slim() */
void house_close(Open *o); /* also after a failure */

/* o->c as a request of the system's, named `what` in the audit record. */
void house_begin(Open *o, const char *what);

/* Prints why o->c failed, every bad field on a line; returns 1. */
int  house_refused(const Open *o, const char *what);

#endif
