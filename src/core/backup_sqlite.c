/*
** A backup of SQLite is its file.  The copy is made in a read transaction, so it
** is one instant's, and writers go on beside it in the log (WAL).
*/
#include "core/backup.h"
#include "core/engine.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { PAGES = 2000, PATH_ROOM = 2048 };

static bool wrong(sqlite3 *h, const char *path)
{
    (void)fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(h));
    return false;
}

static bool open_at(sqlite3 **h, const char *path, int flags)
{
    bool good = sqlite3_open_v2(path, h, flags, NULL) == SQLITE_OK;
    (void)sqlite3_busy_timeout(*h, 10000);
    return good || wrong(*h, path);
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, Progress say)
{
    static const char snapshot[] = "BEGIN; SELECT count(*) FROM sqlite_schema";
    bool good = sqlite3_exec(from, snapshot, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_backup *b = good ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    int rc = b ? SQLITE_OK : SQLITE_ERROR;
    while (rc == SQLITE_OK) {
        rc = sqlite3_backup_step(b, PAGES);
        int all = sqlite3_backup_pagecount(b);
        say("pages", all - sqlite3_backup_remaining(b), all);
    }
    if (b) (void)sqlite3_backup_finish(b);
    (void)sqlite3_exec(from, "COMMIT", NULL, NULL, NULL);
    return rc == SQLITE_DONE;
}

static bool copy(const char *from, const char *to, Progress say)
{
    sqlite3 *in = NULL, *out = NULL;
    bool good = open_at(&in, from, SQLITE_OPEN_READWRITE)
             && open_at(&out, to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (good && !copy_pages(in, out, say)) good = wrong(out, to);
    /* One file, without a log beside it. */
    if (good) good = sqlite3_exec(out, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) == SQLITE_OK;
    (void)sqlite3_close(out);
    (void)sqlite3_close(in);
    return good;
}

static const char *file_of(const Db *db)
{
    return db->store->address + strlen(engine_sqlite.scheme);
}

static bool save(Db *db, const char *folder, Progress say)
{
    char path[PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s/tiaojie.db", folder);
    return copy(file_of(db), path, say);
}

/* The store has the new file open already: its log is emptied into it first. */
static bool load(Db *db, const char *folder, Progress say)
{
    char path[PATH_ROOM];
    sqlite3 *in = NULL, *out = NULL;
    (void)snprintf(path, sizeof path, "%s/tiaojie.db", folder);
    bool good = open_at(&in, path, SQLITE_OPEN_READONLY) && open_at(&out, file_of(db), SQLITE_OPEN_READWRITE);
    if (good && !copy_pages(in, out, say)) good = wrong(out, file_of(db));
    (void)sqlite3_close(out);
    (void)sqlite3_close(in);
    return good;
}

static bool empty(Db *db)
{
    sqlite3 *h = NULL;
    sqlite3_stmt *st = NULL;
    bool none = open_at(&h, file_of(db), SQLITE_OPEN_READONLY)
             && sqlite3_prepare_v2(h, "SELECT 1 FROM sqlite_schema", -1, &st, NULL) == SQLITE_OK
             && sqlite3_step(st) == SQLITE_DONE;
    (void)sqlite3_finalize(st);
    (void)sqlite3_close(h);
    return none;
}

const BackupEngine backup_sqlite = { .save = save, .load = load, .empty = empty };
