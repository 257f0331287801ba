#include "unit/lawdata.h"

#include "test.h"

static Str text_of(Arena *mem, const char *path)
{
    bool good = false;
    Str text = file_read(mem, path, 1 << 20, &good);
    check(good, path);
    return text;
}

void lawdata_open(LawData *d)
{
    *d = (LawData){ .block = block_open(8 << 20) };
    Arena mem = block_arena(&d->block);
    Sheet sheet;
    params_init(&d->params, &mem, 2000);
    causes_init(&d->causes, &mem, 200);
    refusals_init(&d->routes, &mem, 100);
    emergency_init(&d->emergency, &mem, 50);
    check(params_read(&d->params, &mem, text_of(&mem, TEST_DATA "/params.csv"), &sheet), "params.csv reads");
    check(causes_read(&d->causes, &mem, text_of(&mem, TEST_DATA "/causes.csv"), &sheet), "causes.csv reads");
    check(refusals_read(&d->routes, &mem, text_of(&mem, TEST_DATA "/routes.csv"), &sheet), "routes.csv reads");
    check(emergency_read(&d->emergency, &mem, text_of(&mem, TEST_DATA "/emergency.csv"), &sheet),
          "emergency.csv reads");
}

void lawdata_close(LawData *d)
{
    block_close(&d->block);
}
