#include "demo/dice.h"

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014). */
static uint64_t next(Dice *d)
{
    d->at += 0x9e3779b97f4a7c15U;
    uint64_t z = d->at;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

Dice dice_of(uint64_t seed)
{
    return (Dice){ seed };
}

Dice dice_split(const Dice *d, uint64_t n)
{
    Dice other = { d->at ^ (n * 0xd1342543de82ef95U) };
    (void)next(&other);
    return other;
}

int64_t dice_between(Dice *d, int64_t from, int64_t to)
{
    BUG_IF(to < from);
    return from + (int64_t)(next(d) % ((uint64_t)(to - from) + 1));
}

bool dice_percent(Dice *d, int64_t percent)
{
    return dice_between(d, 1, 100) <= percent;
}

size_t dice_weighted(Dice *d, const int64_t *weights, size_t n)
{
    int64_t sum = 0;
    size_t i = 0;
    for (i = 0; i < n; i++) sum += weights[i];
    int64_t left = dice_between(d, 0, sum - 1);
    for (i = 0; left >= weights[i]; i++) left -= weights[i];
    return i;
}
