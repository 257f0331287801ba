/*
** The State Council's holiday arrangement of a year as most programs publish
** it (holiday-cn): one JSON document a year.
*/
#include "core/reference_row.h"

#include <jansson.h>

enum { DAYS_MAX = 366, DAY_BYTES = 512, DAYS_ROOM = DAYS_MAX * DAY_BYTES };

static Str text_of(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);
    return (Str){ json_string_value(v), json_string_length(v) };
}

static const char *write_day(Out *o, const json_t *day, int64_t year)
{
    const json_t *off = json_object_get(day, "isOffDay");
    Str date = text_of(day, "date"), name = text_of(day, "name");
    if (date_parse(date).day == 0) return "days: a date is no day (YYYY-MM-DD)";
    if (!json_is_boolean(off)) return "days: isOffDay is neither true nor false";
    if (name.n == 0 || !str_is_text(name)) return "days: a name is missing";
    out_str(o, date);
    out_str(o, S(","));
    out_csv(o, name);
    out_str(o, json_is_true(off) ? S(",1,") : S(",0,"));
    out_int(o, year);
    out_str(o, S("\n"));
    return NULL;
}

static const char *write_days(Out *o, const json_t *root)
{
    const json_t *days = json_object_get(root, "days");
    const json_t *year = json_object_get(root, "year");
    const char *fault = NULL;
    size_t n = json_array_size(days);
    if (!json_is_integer(year) || !json_is_array(days)) return "a member \"year\" or \"days\" is missing";
    if (n == 0 || n > DAYS_MAX) return "days: none, or more than a year has";
    out_str(o, S("date,name,is_off,year_of_notice\n"));
    for (size_t i = 0; i < n && !fault; i++) {
        fault = write_day(o, json_array_get(days, i), json_integer_value(year));
    }
    return fault ? fault : o->full ? "the names are too long" : NULL;
}

Str holidays_csv(Arena *mem, Str json, const char **fault)
{
    Out o = { .buf = NEW(mem, char, DAYS_ROOM), .cap = DAYS_ROOM };
    json_t *root = json_loadb(json.s, json.n, JSON_REJECT_DUPLICATES, NULL);
    *fault = root ? write_days(&o, root) : "not valid JSON";
    json_decref(root);
    return *fault ? (Str){ 0 } : out_view(&o);
}
