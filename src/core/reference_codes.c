/* Codes of forms and names for lists: what the request's law knows. */
#include "core/reference.h"

static bool knows_region(const Ctx *c, Str word)
{
    return region_known(&c->law->places, word);
}

static bool knows_industry(const Ctx *c, Str word)
{
    return industry_any(&c->law->industries, word, c->today) != NULL;
}

static bool knows_cause(const Ctx *c, Str word)
{
    return cause_find(&c->law->causes, word, c->today) != NULL;
}

const Codes region_codes = { .name = "region", .known = knows_region };
const Codes industry_codes = { .name = "industry", .known = knows_industry };
const Codes cause_codes = { .name = "cause", .known = knows_cause };

Str code_region(const Ctx *c, Str code)
{
    return region_name(&c->law->places, c->mem, code);
}

Str code_region_path(const Ctx *c, Str code)
{
    return region_path(&c->law->places, c->mem, code);
}

Str code_industry(const Ctx *c, Str code)
{
    const Industry *row = industry_last(&c->law->industries, code);
    return row ? row->name : (Str){ 0 };
}

Str code_cause(const Ctx *c, Str code)
{
    const Causes *causes = &c->law->causes;
    const Cause *last = cause_find(causes, code, c->today);
    for (size_t i = 0; i < causes->n && !last; i++) { /* no longer in force: as it was */
        if (str_eq(causes->row[i].code, code)) last = &causes->row[i];
    }
    return last ? last->zh : (Str){ 0 };
}
