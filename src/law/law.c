#include "law/law.h"

#include <stdio.h>

enum {
    PATH = 4096, FILE_MAX = 8 << 20, SENTENCE = 320,
    CLOCK_ROWS = 512, PARAM_ROWS = 8000, CAUSE_ROWS = 400, REFUSAL_ROWS = 200, EMERGENCY_ROWS = 100,
};

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

static const char *read_industries(Law *law, Arena *mem, const char *file, Str text)
{
    return industries_read(&law->industries, mem, file, text);
}

/* NULL, or the sheet's fault as a sentence. */
static const char *fault_of(const Sheet *sheet, Arena *mem, const char *file)
{
    if (!sheet->fault) return NULL;
    char *text = NEW(mem, char, SENTENCE);
    (void)snprintf(text, SENTENCE, "%s:%d: %.*s %s", file, sheet->line, (int)sheet->column.n,
                   sheet->column.s ? sheet->column.s : "", sheet->fault);
    return text;
}

static const char *read_params(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    params_init(&law->params, mem, PARAM_ROWS);
    (void)params_read(&law->params, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_causes(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    causes_init(&law->causes, mem, CAUSE_ROWS);
    (void)causes_read(&law->causes, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_refusals(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    refusals_init(&law->refusals, mem, REFUSAL_ROWS);
    (void)refusals_read(&law->refusals, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_emergency(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    emergency_init(&law->emergency, mem, EMERGENCY_ROWS);
    (void)emergency_read(&law->emergency, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
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
    { "industries.csv", read_industries },
    { "params.csv", read_params },
    { "causes.csv", read_causes },
    { "routes.csv", read_refusals },
    { "emergency.csv", read_emergency },
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

ScopeLaw law_scope(const Law *law)
{
    return (ScopeLaw){ &law->params, &law->causes, &law->refusals };
}
