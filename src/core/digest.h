/*
** The two digests of a file, as 64 lower-case hex characters each: SHA-256 and
** SM3 (GB/T 32905-2016), read once.
*/
#ifndef DIGEST_H
#define DIGEST_H

#include "base/base.h"

typedef struct Digests {
    Str     sha256, sm3;
    int64_t size;
} Digests;

/* False if it cannot be read. */
bool digests_of(Arena *mem, const char *path, Digests *d);

#endif
