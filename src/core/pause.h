/* How long to wait before something is asked of another server again. */
#ifndef PAUSE_H
#define PAUSE_H

#include <stdint.h>

/* In seconds, after so many tries: 10, 20, 40 … up to ten minutes. */
static inline int64_t pause_s(int64_t tries)
{
    enum { FIRST_S = 10, LONGEST_S = 600 };
    int64_t s = FIRST_S;
    for (int64_t i = 1; i < tries && s < LONGEST_S; i++) s *= 2;
    return s < LONGEST_S ? s : LONGEST_S;
}

#endif
