/*
** What a database holds, as one number a table: to see that nothing changed,
** or where.  Reads past the program, through the engines' own libraries.
*/
#ifndef DUMP_H
#define DUMP_H

#include "base/base.h"

typedef struct Dump Dump;

/* After web_prepare(): the tables are those that exist then. */
Dump *dump_open(const char *address);
void  dump_close(Dump *d);

/* Remembers what is there now. */
void dump_keep(Dump *d);
/* The first table that is not as remembered, but for `but`; NULL: none. */
const char *dump_changed(Dump *d, const char *but);
/* Rows of a table now; -1: no such table. */
int64_t dump_rows(Dump *d, const char *table);
/* Runs one statement; for what no program may do, such as taking a job back. */
void dump_do(Dump *d, const char *sql);
/* The first column of each row, one a line, in the arena. */
Str  dump_ask(Dump *d, Arena *mem, const char *sql);
/* The same one by one. */
void dump_each(Dump *d, const char *sql, void (*row)(Dump *d, const char *value, void *to), void *to);

#endif
