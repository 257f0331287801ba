/* One statement on SQLite: its parameters, its rows, its fault.  For the driver's files. */
#ifndef SQLITE_ROW_H
#define SQLITE_ROW_H

#include "core/sqlite_handle.h"

/* A parameter as it is bound. */
typedef struct Value {
    enum { VALUE_NULL, VALUE_NUMBER, VALUE_TEXT } kind;
    int64_t n;
    Str     text;
} Value;

enum { DAY_ROOM = 11 };

/* Of a row's field; a date's text is in `day`, others' where the row has it or in c's memory. */
Value value_of(Ctx *c, const Field *fd, const char *row, char day[DAY_ROOM]);

/* The texts are there until the statement is reset. */
void value_bind(sqlite3_stmt *st, size_t i, const Value *v);

/* Prepared at first use. */
sqlite3_stmt *row_statement(Handle *conn, const Plan *p);

/* The current row into one of p's Form. */
void row_fetch(Ctx *c, sqlite3_stmt *st, const Plan *p, char *row);

/* The current row, mixed into what was read before it. */
uint64_t row_digest(sqlite3_stmt *st, uint64_t before);

/* What became of a statement whose last step said rc: fails c if it did not do what it is for. */
void row_judge(Ctx *c, Handle *conn, const Plan *p, Verb verb, int rc);

#endif
