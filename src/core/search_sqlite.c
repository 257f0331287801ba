/*
** The text index of SQLite: FTS5 in a file of its own, so that filling it holds
** up nobody who writes to the database.  The tokens are ours; FTS5 only splits
** them at blanks.  `doc` keeps the text of each document to compare with, and
** its tokens, which FTS5 wants back before it forgets them.
**
** The file can be lost: synchronous=OFF, and it is built again from the rows.
*/
#include "core/engine.h"

#include "core/house.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUSY_MS = 5000 };

typedef enum Verse { ADD_DOC, ADD_FTS, OLD_DOC, DROP_FTS, FIND, VERSES } Verse;
static const char *const verse_sql[VERSES] = {
    [ADD_DOC]  = "INSERT OR REPLACE INTO doc(id, text, words) VALUES(?1, ?2, ?3)",
    [ADD_FTS]  = "INSERT INTO fts(rowid, words) VALUES(?1, ?2)",
    [OLD_DOC]  = "SELECT words FROM doc WHERE id = ?1",
    [DROP_FTS] = "INSERT INTO fts(fts, rowid, words) VALUES('delete', ?1, ?2)",
    [FIND]     = ("SELECT d.id, d.text FROM fts JOIN doc d ON d.id = fts.rowid"
                  " WHERE fts MATCH ?1 AND fts.rowid < ?2 ORDER BY fts.rowid DESC LIMIT ?3"),
};

static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA mmap_size=4294967296;"
    "CREATE TABLE IF NOT EXISTS doc(id INTEGER PRIMARY KEY, text TEXT NOT NULL, words TEXT NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE IF NOT EXISTS fts USING fts5("
    "  words, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\");";

typedef struct Index {
    sqlite3      *h;
    sqlite3_stmt *st[VERSES];
} Index;

static bool failed(Ctx *c, Index *x)
{
    (void)fprintf(stderr, "search: %s\n", sqlite3_errmsg(x->h));
    bool full = (sqlite3_errcode(x->h) & 0xFF) == SQLITE_FULL;
    bool busy = (sqlite3_errcode(x->h) & 0xFF) == SQLITE_BUSY;
    return fail(c, full ? ERR_FULL : busy ? ERR_AGAIN : ERR_INTERNAL, S("search"));
}

static void close_index(Db *db)
{
    Index *x = db->search;
    if (!x) return;
    for (size_t i = 0; i < VERSES; i++) (void)sqlite3_finalize(x->st[i]);
    (void)sqlite3_close(x->h);
    free(x);
    db->search = NULL;
}

/* This thread's own way to the file, opened at first use; NULL after failing c. */
static Index *index_of(Ctx *c)
{
    char path[1024];
    if (!ok(c)) return NULL;
    if (c->db->search) return c->db->search;
    Index *x = calloc(1, sizeof *x);
    BUG_IF(!x);
    c->db->search = x;
    int n = snprintf(path, sizeof path, "%s/search.db", c->house->folder);
    BUG_IF(n < 0 || (size_t)n >= sizeof path);
    bool good = sqlite3_open(path, &x->h) == SQLITE_OK;
    (void)sqlite3_busy_timeout(x->h, BUSY_MS);
    good = good && sqlite3_exec(x->h, schema, NULL, NULL, NULL) == SQLITE_OK;
    for (size_t i = 0; good && i < VERSES; i++) {
        int rc = sqlite3_prepare_v3(x->h, verse_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &x->st[i], NULL);
        good = rc == SQLITE_OK;
    }
    if (good) return x;
    (void)failed(c, x);
    close_index(c->db);
    return NULL;
}

static sqlite3_stmt *bound(Index *x, Verse v, int64_t id, Str a, Str b)
{
    sqlite3_stmt *st = x->st[v];
    (void)sqlite3_bind_int64(st, 1, id);
    if (v != OLD_DOC) (void)sqlite3_bind_text64(st, 2, a.n ? a.s : "", a.n, SQLITE_STATIC, SQLITE_UTF8);
    if (v == ADD_DOC) (void)sqlite3_bind_text64(st, 3, b.n ? b.s : "", b.n, SQLITE_STATIC, SQLITE_UTF8);
    return st;
}

static bool done(sqlite3_stmt *st)
{
    int rc = sqlite3_step(st);
    return sqlite3_reset(st) == SQLITE_OK && rc != SQLITE_ERROR;
}

static bool put_one(Index *x, const SearchDoc *doc)
{
    sqlite3_stmt *old = bound(x, OLD_DOC, doc->id.n, (Str){ 0 }, (Str){ 0 });
    bool good = true;
    if (sqlite3_step(old) == SQLITE_ROW) {
        Str words = { (const char *)sqlite3_column_text(old, 0), (size_t)sqlite3_column_bytes(old, 0) };
        good = done(bound(x, DROP_FTS, doc->id.n, words, (Str){ 0 }));
    }
    (void)sqlite3_reset(old);
    return good && done(bound(x, ADD_DOC, doc->id.n, doc->text, doc->words))
        && done(bound(x, ADD_FTS, doc->id.n, doc->words, (Str){ 0 }));
}

static void put(Ctx *c, const SearchDoc *doc, size_t n)
{
    Index *x = index_of(c);
    if (!x) return;
    bool good = sqlite3_exec(x->h, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    for (size_t i = 0; i < n && good; i++) good = put_one(x, &doc[i]);
    good = good && sqlite3_exec(x->h, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (good) return;
    (void)failed(c, x);
    if (!sqlite3_get_autocommit(x->h)) (void)sqlite3_exec(x->h, "ROLLBACK", NULL, NULL, NULL);
}

static void clear(Ctx *c)
{
    Index *x = index_of(c);
    if (!x) return;
    bool good = sqlite3_exec(x->h, "BEGIN IMMEDIATE; DELETE FROM doc;"
                                   "INSERT INTO fts(fts) VALUES('delete-all'); COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (!good) (void)failed(c, x);
}

/* ("a") AND ("b" OR "c") */
static Str match_of(Ctx *c, Str tokens)
{
    size_t cap = tokens.n * 9 + 16;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    while (tokens.n) {
        Str either = str_cut(&tokens, ' ');
        out_str(&o, S("(\""));
        while (either.n) {
            out_str(&o, str_cut(&either, '|'));
            if (either.n) out_str(&o, S("\" OR \""));
        }
        out_str(&o, tokens.n ? S("\") AND ") : S("\")"));
    }
    BUG_IF(o.full);
    return out_view(&o);
}

static size_t find(Ctx *c, Str tokens, Id before, SearchDoc *hit, size_t max)
{
    Index *x = index_of(c);
    size_t n = 0;
    int rc = SQLITE_ROW;
    if (!x) return 0;
    Str match = match_of(c, tokens);
    sqlite3_stmt *st = x->st[FIND];
    (void)sqlite3_bind_text64(st, 1, match.s, match.n, SQLITE_STATIC, SQLITE_UTF8);
    (void)sqlite3_bind_int64(st, 2, before.n);
    (void)sqlite3_bind_int64(st, 3, (int64_t)max);
    while (n < max && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        Str text = { (const char *)sqlite3_column_text(st, 1), (size_t)sqlite3_column_bytes(st, 1) };
        hit[n++] = (SearchDoc){ .id = { sqlite3_column_int64(st, 0) }, .text = str_copy(c->mem, text) };
    }
    c->db->steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) (void)failed(c, x);
    (void)sqlite3_reset(st);
    return n;
}

static void prepare(Db *db) /* the folder is known to requests only: at first use */
{
    (void)db;
}

const SearchEngine search_sqlite = {
    .apart = true, .prepare = prepare, .put = put, .clear = clear, .find = find, .close = close_index,
};
