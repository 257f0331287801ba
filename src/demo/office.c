#include "demo/office.h"

#include "law/law.h"

#include <inttypes.h>
#include <stdio.h>

enum { NAME_ROOM = 200, TOWN_CODE = 9 };

/* ---- organisations ------------------------------------------------------------------------ */

const Office *office_find(const Staff *s, Str key, size_t nth)
{
    size_t of_key = 0;
    for (size_t i = 0; i < s->office_n; i++) of_key += str_eq(s->office[i].key, key);
    if (of_key == 0) return NULL;
    nth %= of_key;
    for (size_t i = 0; i < s->office_n; i++) {
        if (str_eq(s->office[i].key, key) && nth-- == 0) return &s->office[i];
    }
    return NULL;
}

/* "@…" with the name of the township or employer for the "@". */
static const char *filled(Staff *s, Str pattern, Str name)
{
    char room[NAME_ROOM];
    Out o = { .buf = room, .cap = sizeof room };
    while (pattern.s) {
        out_str(&o, str_cut(&pattern, '@'));
        if (pattern.s) out_str(&o, name);
    }
    BUG_IF(o.full);
    return str_c(&s->d->keep, out_view(&o));
}

static void text(json_t *body, const char *name, Str value)
{
    if (value.n) (void)json_object_set_new(body, name, json_stringn(value.s, value.n));
}

static void words(json_t *body, const char *name, Str value)
{
    json_t *list = json_array();
    while (value.n) {
        Str word = str_cut(&value, ' ');
        (void)json_array_append_new(list, json_stringn(word.s, word.n));
    }
    (void)json_object_set_new(body, name, list);
}

static void number(json_t *body, const char *name, int64_t value)
{
    char room[24];
    (void)snprintf(room, sizeof room, "%" PRId64, value);
    (void)json_object_set_new(body, name, json_string(room));
}

static json_t *office_body(Staff *s, size_t row, const Office *o, Str place, Id employer)
{
    const Table *t = &s->offices;
    Str parent = table_cell(t, row, "parent"), area = table_cell(t, row, "territory");
    int64_t level = 0, capacity = 0;
    json_t *body = json_object();
    (void)str_int(table_cell(t, row, "level"), &level);
    (void)str_int(table_cell(t, row, "capacity"), &capacity);
    const Office *above = office_find(s, parent, 0);
    BUG_IF(parent.n && !above); /* the table's order */
    if (above) number(body, "parent_id", above->id.n);
    if (employer.n) number(body, "employer_id", employer.n);
    (void)json_object_set_new(body, "level", json_integer(level));
    (void)json_object_set_new(body, "capacity", json_integer(capacity));
    text(body, "kind", o->kind);
    text(body, "name", str_of(o->name));
    text(body, "short_name", table_cell(t, row, "short_name"));
    text(body, "region", table_cell(t, row, "region"));
    text(body, "address", str_of(filled(s, table_cell(t, row, "address"), place)));
    text(body, "phone", table_cell(t, row, "phone"));
    text(body, "founders", table_cell(t, row, "founders"));
    words(body, "territory", str_eq(area, S("@")) ? o->region : area);
    words(body, "scopes", table_cell(t, row, "scopes"));
    return body;
}

/* One that mediates is checked, filed and opened before it takes cases. */
static void open_office(Staff *s, const Office *o)
{
    Demo *d = s->d;
    json_t *six = json_pack("{s:[s,s,s,s,s,s]}", "six", "VENUE", "EQUIPMENT", "MEDIATORS", "FUNDS",
                            "SYSTEMS", "SIGNAGE");
    (void)demo_post(d, &s->root, six, "/api/v1/orgs/%" PRId64 "/six", o->id.n);
    (void)demo_post(d, &s->root, json_pack("{s:s}", "event", "register"), "/api/v1/orgs/%" PRId64 "/status",
                    o->id.n);
    (void)demo_post(d, &s->root, json_pack("{s:s}", "event", "open"), "/api/v1/orgs/%" PRId64 "/status",
                    o->id.n);
}

static void office_add(Staff *s, size_t row, Str name, Str region, Id employer)
{
    BUG_IF(s->office_n == OFFICES);
    Office *o = &s->office[s->office_n];
    *o = (Office){ .key = table_cell(&s->offices, row, "key"),
                   .parent = table_cell(&s->offices, row, "parent"),
                   .kind = table_cell(&s->offices, row, "kind"),
                   .region = region };
    o->name = filled(s, table_cell(&s->offices, row, "name"), name);
    json_t *a = demo_post(s->d, o->parent.n ? &s->root : &s->sys, office_body(s, row, o, name, employer),
                          "/api/v1/orgs");
    o->id = demo_id(a, "id");
    bool applied = a && str_eq(str_of(demo_text(s->d, a, "status")), S("APPLIED"));
    s->office_n++;
    if (applied) open_office(s, o);
}

/* A row for each township of its region. */
static void office_towns(Staff *s, size_t row)
{
    Arena *keep = &s->d->keep;
    const Places *places = &atomic_load(&s->d->open.house.law)->places;
    PlaceSpan span = region_span(places, table_cell(&s->offices, row, "region"));
    for (size_t i = 0; i < span.n; i++) {
        const Place *place = &places->row[span.first + i];
        char code[16];
        if (place->digits != TOWN_CODE || place->gone) continue;
        (void)snprintf(code, sizeof code, "%09" PRIu32, place->code);
        Str region = str_copy(keep, str_of(code));
        office_add(s, row, region_name(places, keep, region), region, (Id){ 0 });
    }
}

static void office_employers(Staff *s, size_t row, int64_t n)
{
    for (size_t i = 0; i < FIRMS && n > 0; i++) {
        Firm *f = &s->firm[i];
        enum { LARGE = 200 };
        if (f->staff < LARGE || !str_eq(str_of(f->emp_type), S("ENT"))) continue;
        office_add(s, row, str_of(f->name), (Str){ 0 }, f->id);
        n--;
    }
}

/* What a row of offices.csv is made once for. */
typedef enum Each { EACH_ROOT, EACH_ONE, EACH_TOWN, EACH_EMPLOYER } Each;

static Each each_of(const Staff *s, size_t row)
{
    Str each = table_cell(&s->offices, row, "each");
    if (table_cell(&s->offices, row, "parent").n == 0) return EACH_ROOT;
    return str_eq(each, S("town")) ? EACH_TOWN : each.n ? EACH_EMPLOYER : EACH_ONE;
}

static void offices(Staff *s, unsigned which)
{
    for (size_t i = 0; i < s->offices.n; i++) {
        Str number = table_cell(&s->offices, i, "each");
        int64_t n = 0;
        Each each = each_of(s, i);
        if (!(which & (1U << each))) continue;
        (void)str_cut(&number, ':');
        (void)str_int(number, &n);
        if (each == EACH_EMPLOYER) office_employers(s, i, n);
        else if (each == EACH_TOWN) office_towns(s, i);
        else office_add(s, i, (Str){ 0 }, (Str){ 0 }, (Id){ 0 });
    }
}

/* ---- in the order in which each needs the ones before ---------------------------------- */

static const char *tables(Staff *s)
{
    Arena *keep = &s->d->keep;
    if (!table_read(&s->offices, keep, "demo/offices.csv")) return "demo/offices.csv cannot be read";
    if (!table_read(&s->people, keep, "demo/people.csv")) return "demo/people.csv cannot be read";
    if (!table_read(&s->mediators, keep, "demo/mediators.csv")) return "demo/mediators.csv cannot be read";
    return names_read(&s->names, keep);
}

const char *office_open(Staff *s, Demo *d)
{
    *s = (Staff){ .d = d };
    return tables(s);
}

void office_make(Staff *s)
{
    people_administrators(s);
    offices(s, 1U << EACH_ROOT);
    people_accounts(s);
    s->root = people_of(s, s->office[0].key, HR)->actor;
    offices(s, 1U << EACH_ONE | 1U << EACH_TOWN);
    people_accounts(s);
    people_firms(s);
    offices(s, 1U << EACH_EMPLOYER);
    people_accounts(s);
    people_mediators(s);
}
