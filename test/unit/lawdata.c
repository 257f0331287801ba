#include "unit/lawdata.h"

#include "test.h"

#include <stdio.h>

static bool source_data(const char *name, char *path, size_t cap)
{
    int n = snprintf(path, cap, TEST_DATA "/%s", name);
    return n > 0 && (size_t)n < cap;
}

Block lawdata_open(Law *law)
{
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    bool good = law_open(law, &mem, source_data);
    check(good, good ? "the law is read" : law->fault);
    return block;
}
