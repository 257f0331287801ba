/* The schema's text as SQLite runs it best: for the driver's files. */
#ifndef SQLITE_SCHEMA_H
#define SQLITE_SCHEMA_H

#include "base/base.h"

/* CHECK(state IN ('a', 'b')) as CHECK(state = 'a' OR state = 'b'): for a longer list SQLite
** fills a table anew at each insert, which costs more than the rest of it.  To be freed. */
char *schema_text(const char *sql);

#endif
