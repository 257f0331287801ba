/*
** SQL is constant text with :named parameters, in the subset that SQLite and
** PostgreSQL share.  A Query says which Form feeds its parameters and which
** Form its columns fill; db_check() proves both against the real schema
** before the server accepts a connection.
**
** A Store is the database as this process knows it, one for the program.  A Db is one
** thread's own way to it.  Which engine is behind them only its driver's files know.
*/
#ifndef DB_H
#define DB_H

#include "core/ctx.h"
/* A condition that a list has when its field is set: { "state", " AND state = :state" }. */
typedef struct Filter {
    const char *field;
    const char *sql;
} Filter;

typedef struct Query {
    const char *name;  /* "intake.add": what the log and the tests call it */
    const char *sql;
    const Form *in;    /* NULL: no parameters */
    const Form *out;   /* NULL: no columns */
    Err         clash; /* what a second row with the same key means; 0: INTERNAL */
    const Filter *filter; /* optional conditions after `sql`: at most FILTERS_MAX */
    size_t      filters;
    const char *tail;  /* what follows them: ORDER BY, LIMIT */
    bool        quiet; /* a change that the audit record does not tell of */
} Query;
enum { FILTERS_MAX = 6 };

typedef struct Store Store;
typedef struct Keys Keys;

/* "sqlite:FILE" or "postgresql://…".  `node` (0..1023) is this process's
** number among all that write to the database: ids differ by it. */
Store *store_open(const char *address, unsigned node);
void   store_close(Store *s);
bool   store_is_local(const Store *s); /* a read by key waits for nobody */
void   store_hurry(Store *s); /* a bulk load: the disk is waited for in store_close() */
void   store_slim(Store *s);  /* little memory; a power cut may cost the last commits */
void   store_keys(Store *s, const Keys *keys); /* for SEALED columns; kept */

Db  *db_open(Store *s);
void db_close(Db *db);

/* At start, before other threads open theirs.  The schema is SQLite STRICT
** text; db_keep() makes a table append-only; db_check() stops the program,
** naming the query, on a parameter or column that its Form lacks, on SQL the
** schema refuses, or on a full table scan that the text does not admit to
** with a "scan" comment. */
void db_schema(Db *db, const char *sql);
void db_keep(Db *db, const char *table);
void db_check(Db *db, const Query *const *list);

/* Time-ordered, never used twice: milliseconds, sequence, node. */
Id id_next(Ctx *c); int64_t id_node(Id id); /* the node: of the process that made it */
Id id_at(Time t); /* the smallest that could have been made at this instant: for ranges */

/* Each runs q once; see ctx.h for what happens after an error.  Inside a
** transaction the first three may only be queued: their error, or a change that
** did not find exactly one row, then fails c at the next read or at tx_end. */
void db_insert(Ctx *c, const Query *q, const void *in);
void db_change(Ctx *c, const Query *q, const void *in);
void db_change_any(Ctx *c, const Query *q, const void *in); /* none, one or more rows */
bool db_get(Ctx *c, const Query *q, const void *in, void *out);  /* one row, or NOT_FOUND */
bool db_find(Ctx *c, const Query *q, const void *in, void *out); /* true: there is one */
Rows db_list(Ctx *c, const Query *q, const void *in);            /* in the request's memory */

void db_look(Db *db, bool on); /* around a request: its reads up to tx_begin() may share a snapshot */
void db_settle(Ctx *c); /* what was read is as safe as if we had written it, or c fails with UNKNOWN */
bool db_in_tx(const Db *db);
int64_t db_gone_ms(const Db *db); /* how long the database has been away, or stuck; 0: it is not */
int64_t db_statements(const Db *db), db_steps(const Db *db); /* run so far; SQLite's own in them */
/* Tests only: the n-th statement from now fails, commits counted, after a commit all, or it would
** succeed when run again.  0 disarms.  Returns what was left. */
int db_fail_at(Db *db, int n);

#endif
