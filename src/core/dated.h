/*
** Tables whose rows have a first day, and what may be changed in them.  The
** rule: a row that was ever in force is never rewritten and never removed,
** because cases of its time still need it.  It gets a last day, and a new row
** follows.  Only what lies in the future may be changed freely.  Pure: text
** in, text out.
*/
#ifndef DATED_H
#define DATED_H

#include "base/base.h"
#include "base/csv.h"
#include "core/fault.h"

typedef struct DatedTable {
    const char *word;     /* "params": what people and addresses call it */
    const char *file;     /* "params.csv" */
    const char *zh, *en;
    const char *key;      /* the columns that name an item, separated by blanks */
    const char *from;     /* a row's first day; "": rows have none, each import is dated as a whole */
    const char *to;       /* its last day; "": a row is one day */
    bool        free;     /* rows without days may be rewritten: every import is kept whole */
    uint32_t    readers;  /* who may see it */
} DatedTable;

typedef enum ChangeKind {
    CHANGE_ADDED, CHANGE_ENDED, CHANGE_CHANGED, CHANGE_REMOVED, CHANGE__COUNT
} ChangeKind;

Str change_word(ChangeKind k);

typedef struct Change {
    ChangeKind kind;
    int64_t    line;          /* in the text that came; 0: none */
    Str        before, after; /* rows as CSV; "" */
} Change;

/* Why it is not taken: a line of the text that came (0: a row that it lacks), a
** column or item, and what is wrong. */
typedef struct Refused {
    int64_t line;
    Str     column;
    Fault   fault;
} Refused;

enum { CHANGES_SHOWN = 200, REFUSED_SHOWN = 50 };

typedef struct Merge {
    Str     text;                   /* the whole table, as it would be */
    size_t  count[CHANGE__COUNT];   /* of rows; complete */
    Change  change[CHANGES_SHOWN];  /* the first of them */
    size_t  changes;
    Refused refused[REFUSED_SHOWN];
    size_t  refuses;                /* 0: it may be taken */
    const char *unread;             /* NULL, or why the text is no CSV: file, line, fault */
} Merge;

/* Both texts must outlive the Merge. */
typedef struct DatedAsk {
    const DatedTable *table;
    Str  current, incoming;
    bool patch;  /* `incoming` has new rows only, else the whole table */
    Date today;
} DatedAsk;

/* False if something is refused or unread.  Takes about ten times both texts of
** `mem`, where what *m points to lies. */
bool dated_merge(const DatedAsk *ask, Arena *mem, Merge *m);

/* The cells of the row last read, as a line of CSV without its end. */
void csv_line(Out *o, const Str *cell, size_t n);

#endif
