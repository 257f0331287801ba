/*
** What a database driver provides.  Only core/ and the drivers include this;
** the rest of the program sees db.h.
*/
#ifndef ENGINE_H
#define ENGINE_H

#include "core/aside.h"
#include "core/plan.h"

#include <stdatomic.h>

typedef enum Verb { VERB_INSERT, VERB_CHANGE, VERB_CHANGE_ANY, VERB_GET, VERB_FIND, VERB_LIST } Verb;

typedef struct Engine {
    const char *scheme; /* what its addresses begin with */
    bool local;         /* reads happen in this process */
    void *(*store_open)(const char *address); /* what all threads share, or NULL */
    void  (*store_close)(void *shared);
    void  (*hurry)(void *shared);
    void  (*slim)(void *shared);
    void *(*open)(const Store *s);            /* what one thread owns */
    void  (*close)(void *own);
    void  (*schema)(Db *db, const char *sql);
    void  (*keep)(Db *db, const char *table);
    void  (*check)(Db *db, Plan *p);          /* prepares it and fills its columns */
    /* `out`: a row for GET and FIND, Rows for LIST.  FIND: true if there was one. */
    bool  (*run)(Ctx *c, const Plan *p, Verb verb, const void *in, void *out);
    void  (*begin)(Ctx *c), (*begin_late)(Ctx *c); /* NULL: as begin(); see tx_begin_late() */
    void  (*soon)(Ctx *c);                    /* NULL, or: end() comes in some microseconds */
    void  (*end)(Ctx *c);                     /* durable when it returns and ok(c) */
    void  (*look)(Db *db, bool on);           /* NULL: nothing to gain; see db_look() */
    /* NULL: what can be read is durable; else makes sure of it, or fails c with UNKNOWN. */
    void  (*settle)(Ctx *c);
    int64_t (*gone_ms)(void *shared);         /* NULL: always there; see db_gone_ms() */
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
    int64_t steps;      /* of the engine's machine, where it counts them */
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
