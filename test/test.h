/* The unit tests' one verb. */
#ifndef TEST_H
#define TEST_H

#include "base/base.h"

/* Counts, and prints what failed. */
void check(bool good, const char *what);
/* The same for two texts: a failure shows both. */
void check_str(Str got, Str want, const char *what);
void check_int(int64_t got, int64_t want, const char *what);

typedef struct Suite {
    const char *name;
    void      (*run)(void);
} Suite;

#endif
