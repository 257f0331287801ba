/*
** A process of ours that works for another and tells how it goes on its standard
** output, a line at a time: what strangers gave in is read there, not here.
*/
#ifndef HELPER_H
#define HELPER_H

#include "base/base.h"

typedef struct Helper {
    char *const *argv;   /* [0]: the program's path; NULL-terminated */
    int64_t wait_ms;     /* for all of it */
    void  (*line)(void *to, Str line);
    void   *to;
} Helper;

/* Until it ends.  False after an error of its own, a death, or more than the time
** allowed: it is then killed. */
bool helper_run(const Helper *h);

#endif
