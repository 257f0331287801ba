#include "law/law.h"

#include <stdio.h>

enum { PATH = 4096, FILE_MAX = 8 << 20, CLOCK_ROWS = 512, SENTENCE = 320 };

static const char *read_days(Law *law, Arena *mem, const char *file, Str text)
{
    calendar_open(&law->calendar, mem);
    return calendar_read(&law->calendar, file, text);
}

static const char *read_statutory(Law *law, Arena *mem, const char *file, Str text)
{
    (void)mem;
    return calendar_read_statutory(&law->calendar, file, text);
}

static const char *read_clocks(Law *law, Arena *mem, const char *file, Str text)
{
    clock_rules_open(&law->clocks, mem, CLOCK_ROWS);
    return clock_rules_read(&law->clocks, file, text);
}

static const char *read_limits(Law *law, Arena *mem, const char *file, Str text)
{
    return limit_kinds_read(&law->limits, mem, file, text);
}

static const char *read_retentions(Law *law, Arena *mem, const char *file, Str text)
{
    return retentions_read(&law->retentions, mem, file, text);
}

static const char *read_identity(Law *law, Arena *mem, const char *file, Str text)
{
    return identity_read(&law->identity, mem, file, text);
}

static const char *read_regions(Law *law, Arena *mem, const char *file, Str text)
{
    return regions_read(&law->identity.regions, mem, file, text);
}

/* In this order: the statutory days need the calendar. */
static const struct Table {
    const char *file;
    const char *(*read)(Law *law, Arena *mem, const char *file, Str text);
} tables[] = {
    { "calendar/day_overrides.csv", read_days },
    { "calendar/statutory_holidays.csv", read_statutory },
    { "clocks.csv", read_clocks },
    { "limitation.csv", read_limits },
    { "retention.csv", read_retentions },
    { "identity.csv", read_identity },
    { "regions.csv", read_regions },
};

static const char *missing(Arena *mem, const char *file)
{
    char *text = NEW(mem, char, SENTENCE);
    (void)snprintf(text, SENTENCE, "%s: cannot be read from the data folder (--data DIR names it)", file);
    return text;
}

bool law_open(Law *law, Arena *mem, LawPath path)
{
    char name[PATH];
    *law = (Law){ 0 };
    for (size_t i = 0; i < COUNT(tables) && !law->fault; i++) {
        bool good = path(tables[i].file, name, sizeof name);
        Str text = good ? file_read(mem, name, FILE_MAX, &good) : (Str){ 0 };
        law->fault = good ? tables[i].read(law, mem, tables[i].file, text) : missing(mem, tables[i].file);
    }
    return !law->fault;
}

LimitLaw law_limits(const Law *law)
{
    return (LimitLaw){ &law->clocks, &law->limits, &law->calendar };
}
