#include "core/sqlite_handle.h"

#include <stdio.h>
#include <string.h>

enum { BUSY_MS = 5000 };

static const char *const frame_sql[FRAMES] = {
    "BEGIN IMMEDIATE", "SAVEPOINT request", "RELEASE request", "ROLLBACK TO request", "COMMIT", "ROLLBACK",
};

bool handle_execute(Handle *conn, const char *sql)
{
    int rc = sqlite3_exec(conn->h, sql, NULL, NULL, NULL);
    if (rc != SQLITE_OK) (void)fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(conn->h));
    return rc == SQLITE_OK;
}

/* At start: what is not of our making ends the program, with its reason. */
void handle_must(Handle *conn, const char *sql)
{
    static const int worlds[] = {
        SQLITE_FULL, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_PERM, SQLITE_AUTH, SQLITE_BUSY,
        SQLITE_LOCKED, SQLITE_NOTADB, SQLITE_CORRUPT,
    };
    if (sqlite3_exec(conn->h, sql, NULL, NULL, NULL) == SQLITE_OK) return;
    for (size_t i = 0; i < COUNT(worlds); i++) {
        if (sqlite3_errcode(conn->h) != worlds[i]) continue;
        errno = sqlite3_system_errno(conn->h);
        halt(sqlite3_db_filename(conn->h, "main"), errno ? os_error() : sqlite3_errmsg(conn->h));
    }
    bug(sql, 0, sqlite3_errmsg(conn->h));
}

bool handle_frame(Handle *conn, Frame f)
{
    (void)sqlite3_step(conn->frame[f]);
    int rc = sqlite3_reset(conn->frame[f]);
    if (rc != SQLITE_OK) (void)fprintf(stderr, "%s: %s\n", frame_sql[f], sqlite3_errmsg(conn->h));
    return rc == SQLITE_OK;
}

/* No two threads are ever in one connection at a time, so it needs no lock of
** its own.  A plan does not change with what is bound (QPSG), or SQLite would
** prepare some statements again at each use. */
void handle_open(Handle *conn, const char *address, const char *settings)
{
    const char *path = address + strlen(engine_sqlite.scheme);
    int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    if (sqlite3_open_v2(path, &conn->h, how, NULL) != SQLITE_OK) halt(path, sqlite3_errmsg(conn->h));
    (void)sqlite3_busy_timeout(conn->h, BUSY_MS);
    (void)sqlite3_db_config(conn->h, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    handle_must(conn, settings);
}

void handle_frames(Handle *conn)
{
    for (size_t i = 0; i < FRAMES; i++) {
        int rc = sqlite3_prepare_v3(conn->h, frame_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                                    &conn->frame[i], NULL);
        BUG_IF(rc != SQLITE_OK);
    }
}

void handle_forget(Handle *conn)
{
    for (size_t i = 0; i < PLAN_MAX; i++) {
        (void)sqlite3_finalize(conn->st[i]);
        conn->st[i] = NULL;
    }
    (void)sqlite3_db_release_memory(conn->h);
}

void handle_close(Handle *conn)
{
    for (size_t i = 0; i < FRAMES; i++) (void)sqlite3_finalize(conn->frame[i]);
    handle_forget(conn);
    BUG_IF(sqlite3_close(conn->h) != SQLITE_OK);
}

bool handle_has_log(Handle *conn)
{
    sqlite3_stmt *st = NULL;
    bool wal = sqlite3_prepare_v2(conn->h, "PRAGMA journal_mode", -1, &st, NULL) == SQLITE_OK
            && sqlite3_step(st) == SQLITE_ROW
            && sqlite3_stricmp((const char *)sqlite3_column_text(st, 0), "wal") == 0;
    (void)sqlite3_finalize(st);
    return wal;
}

bool handle_in_tx(const Handle *conn)
{
    return !sqlite3_get_autocommit(conn->h);
}
