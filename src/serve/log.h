/*
** The request log: one JSON line a request, never a name, a value of a query
** or anything else of a person.  Lines gather in memory and go to the file
** from another thread; if the disk cannot keep up they are dropped and
** counted, and requests do not wait.
*/
#ifndef LOG_H
#define LOG_H

#include "core/web.h"

#include <uv.h>

typedef struct Line {
    Str          id, peer, method;
    const char  *route;  /* the pattern */
    const Str   *arg;    /* four; of what its :names matched, numbers are told */
    int          status;
    Err          err;
    Id           actor;
    int64_t      us, bytes;
} Line;

typedef struct Log Log;

/* A file's name, NULL for stderr, or "none".  NULL, said why, if it cannot. */
Log    *log_open(uv_loop_t *loop, const char *where);
void    log_line(Log *l, const Line *line);
void    log_flush(Log *l);  /* begins to write what has gathered */
void    log_reopen(Log *l); /* the file was moved away */
int64_t log_lost(const Log *l);
void    log_close(Log *l);  /* writes the rest; when the loop is at its end */

#endif
