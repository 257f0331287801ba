/*
** PostgreSQL at start: the schema, and the proof of every Query, on a
** connection of their own that is not in pipeline mode.  What the server
** refuses for reasons of the world ends the program with its words.
*/
#ifndef POSTGRES_START_H
#define POSTGRES_START_H

#include "core/engine.h"

#include <libpq-fe.h>

enum { PG_INT8 = 20, PG_TEXT = 25 };

typedef struct PgStart { PGconn *plain; } PgStart; /* what Db.own begins with */

Oid  pg_type_of(const Field *fd);
void pg_schema(Db *db, const char *sql);
void pg_keep(Db *db, const char *table);
void pg_check(Db *db, Plan *p);

#endif
