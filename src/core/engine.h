/*
** What a database driver provides.  Only core/ and the drivers include this;
** the rest of the program sees db.h.
*/
#ifndef ENGINE_H
#define ENGINE_H

#include "core/db.h"

#include <stdatomic.h>

enum { PLAN_MAX = 4096, PLAN_SLOTS = 2 * PLAN_MAX, PARAM_MAX = 64, COLUMN_MAX = 64 };

/* A Query, with one choice of its filters, that has been checked: names are
** resolved to fields, once. */
typedef struct Plan {
    const Query *q;
    size_t       id;  /* its place in the Store: drivers number statements by it */
    unsigned     mask; /* which filters are in */
    char        *text; /* with :names */
    char        *sql;  /* with $1, $2, … in order of first appearance */
    size_t       params, columns;
    const Field *param[PARAM_MAX];
    const Field *column[COLUMN_MAX];
} Plan;

typedef enum Verb { VERB_INSERT, VERB_CHANGE, VERB_CHANGE_ANY, VERB_GET, VERB_FIND, VERB_LIST } Verb;

/* A document as its index keeps it, and a hit. */
typedef struct SearchDoc {
    Id  id;
    Str text;  /* plain: to compare with */
    Str words; /* tokens and tags with blanks between, each once */
} SearchDoc;

/* The text index of one engine; a fault fails c. */
typedef struct SearchEngine {
    const Query *const *query; /* for db_check(), or NULL */
    void   (*prepare)(Db *db); /* at start: its tables */
    void   (*put)(Ctx *c, const SearchDoc *doc, size_t n); /* new, or in place of what was */
    void   (*clear)(Ctx *c);
    /* The newest that have all tokens ("a|b": either) and are older than `before`. */
    size_t (*find)(Ctx *c, Str tokens, Id before, SearchDoc *hit, size_t max);
    void   (*close)(Db *db);
} SearchEngine;

/* One engine's way to copy itself out and in: see backup.h. */
typedef struct BackupEngine {
    bool (*save)(Db *db, const char *folder, void (*say)(const char *, int64_t, int64_t));
    bool (*load)(Db *db, const char *folder, void (*say)(const char *, int64_t, int64_t));
    bool (*empty)(Db *db);
} BackupEngine;

typedef struct Engine {
    const char *scheme; /* what its addresses begin with */
    bool local;         /* reads happen in this process */
    void *(*store_open)(const char *address); /* what all threads share, or NULL */
    void  (*store_close)(void *shared);
    void  (*hurry)(void *shared);
    void *(*open)(const Store *s);            /* what one thread owns */
    void  (*close)(void *own);
    void  (*schema)(Db *db, const char *sql);
    void  (*keep)(Db *db, const char *table);
    void  (*check)(Db *db, Plan *p);          /* prepares it and fills its columns */
    /* `out`: a row for GET and FIND, Rows for LIST.  FIND: true if there was one. */
    bool  (*run)(Ctx *c, const Plan *p, Verb verb, const void *in, void *out);
    void  (*begin)(Ctx *c);
    void  (*end)(Ctx *c);                     /* durable when it returns and ok(c) */
    void  (*look)(Db *db, bool on);           /* NULL: nothing to gain; see db_look() */
    const SearchEngine *search;
    const BackupEngine *backup;
} Engine;

extern const Engine engine_sqlite, engine_postgres;
extern const SearchEngine search_sqlite, search_postgres;
extern const BackupEngine backup_sqlite, backup_postgres;

struct Store {
    const Engine *engine;
    char         *address;
    void         *shared;
    unsigned      node;
    const Keys   *keys;
    _Atomic int64_t last_id;
    Plan         *plan[PLAN_MAX];     /* constant after start */
    size_t        plans;
    const Plan   *slot[PLAN_SLOTS];   /* plan[] hashed by the Query's address and mask */
};

struct Db {
    Store *store;
    void  *own;
    bool   in_tx;
    int    fail_at; /* a test's: the statements up to the one that fails; -1: all fail */
    int64_t statements; /* run so far */
    struct Lane *lane; /* of the audit record: audit.c */
    void  *search; /* what its search engine opened */
};

static inline bool is_read(Verb v) { return v >= VERB_GET; }

/* For drivers: resolves a column, or stops the program. */
void plan_column(Plan *p, size_t i, const char *name);

/* For drivers: is this the statement a test wants to fail? */
bool db_injected(Db *db);
bool db_injected_commit(Db *db);

/* For drivers: text as its column holds it, and back. */
Str  column_text(Ctx *c, const Field *fd, Str value);
Str  column_value(Ctx *c, const Field *fd, Str text);

#endif
