/*
** Chance for made-up data: the same seed gives the same demo on every machine
** (splitmix64).  Not for secrets: those are core/crypto.h's.
*/
#ifndef DEMO_DICE_H
#define DEMO_DICE_H

#include "base/base.h"

typedef struct Dice {
    uint64_t at;
} Dice;

Dice    dice_of(uint64_t seed);
Dice    dice_split(const Dice *d, uint64_t n); /* the n-th of its own series; d stays */
int64_t dice_between(Dice *d, int64_t from, int64_t to); /* both ends included */
bool    dice_percent(Dice *d, int64_t percent);
/* An index of `weights`, as often as its share of their sum, which is > 0. */
size_t  dice_weighted(Dice *d, const int64_t *weights, size_t n);

#endif
