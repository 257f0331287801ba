#include "unit/law_data.h"

#include "test.h"

#include <stdio.h>

bool test_data_path(const char *name, char *path, size_t cap)
{
    int n = snprintf(path, cap, "%s/%s", TEST_DATA, name);
    return n > 0 && (size_t)n < cap;
}

bool law_data_open(LawData *d)
{
    d->block = block_open(LAW_MEMORY * 2);
    d->mem = block_arena(&d->block);
    bool good = law_open(&d->law, &d->mem, test_data_path);
    check(good, "the tables of data/ can be read");
    if (!good) (void)printf("  %s\n", d->law.fault);
    return good;
}

void law_data_close(LawData *d)
{
    block_close(&d->block);
}

Str day_text(Arena *mem, Date d)
{
    char iso[11];
    if (d.day == 0) return S("");
    date_write(d, iso);
    return str_copy(mem, (Str){ iso, 10 });
}

int seeded(uint64_t *seed, int below)
{
    uint64_t low = *seed & UINT32_MAX;
    *seed = (low * 1664525U + 1013904223U) & UINT32_MAX;
    return (int)((*seed >> 8) % (uint64_t)below);
}
