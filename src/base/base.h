/*
** What every file needs.  Nothing in base/ knows about HTTP, SQL or the law.
*/
#ifndef BASE_H
#define BASE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/out.h"
#include "base/str.h"

#include <errno.h>
#include <string.h>

/* What errno says, in the words of the system; safe in every thread, unlike strerror(). */
static inline const char *os_error(void)
{
    const char *words = strerrordesc_np(errno);
    return words ? words : "unknown error";
}

#endif
