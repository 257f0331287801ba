/* What is given to us in a file rather than on the command line, where others see it. */
#ifndef SECRET_H
#define SECRET_H

#include "base/base.h"

/* The first line of the file, without its end; false, and "", if it cannot be
** read or does not fit.  The caller wipes it. */
bool secret_line(const char *path, char *line, size_t cap);

/* The same, of a line "NAME SECRET": both parts, neither empty. */
typedef struct Secret {
    char name[128], word[256];
} Secret;
bool secret_pair(const char *path, Secret *s);

#endif
