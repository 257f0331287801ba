/* What an engine does besides running queries: the text index, and copies. */
#ifndef ASIDE_H
#define ASIDE_H

#include "core/db.h"

/* A document as its index keeps it, and a hit. */
typedef struct SearchDoc {
    Id  id;
    Str text;  /* plain: to compare with */
    Str words; /* tokens and tags with blanks between, each once */
} SearchDoc;

/* The text index of one engine; a fault fails c. */
typedef struct SearchEngine {
    const Query *const *query; /* for db_check(), or NULL */
    bool     apart;            /* not in the database: filled without its transaction */
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

#endif
