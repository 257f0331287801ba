/* A connection to SQLite and what frames a transaction on it: for the driver's files. */
#ifndef SQLITE_HANDLE_H
#define SQLITE_HANDLE_H

#include "core/engine.h"

#include <sqlite3.h>

/* What frames a transaction: prepared too. */
typedef enum Frame {
    FRAME_BEGIN, FRAME_SAVE, FRAME_KEEP, FRAME_UNDO, FRAME_COMMIT, FRAME_ROLLBACK, FRAMES
} Frame;

typedef struct Handle {
    sqlite3      *h;
    sqlite3_stmt *frame[FRAMES];
    sqlite3_stmt *st[PLAN_MAX]; /* prepared at first use */
} Handle;

/* The settings are PRAGMAs.  What is wrong with the file ends the program, with its reason. */
void handle_open(Handle *conn, const char *address, const char *settings);
void handle_close(Handle *conn);
void handle_forget(Handle *conn); /* what was prepared: it is again when it is used */
void handle_must(Handle *conn, const char *sql);
bool handle_execute(Handle *conn, const char *sql); /* false, said why on stderr */

bool handle_has_log(Handle *conn); /* the file system can carry one beside the database */

void handle_frames(Handle *conn); /* prepares them */
bool handle_frame(Handle *conn, Frame f);
bool handle_in_tx(const Handle *conn);

#endif
