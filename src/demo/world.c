#include "demo/world.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char page_full[] = "the demo's office has more rows than a page";

/* ---- who works there ------------------------------------------------------------------ */

static const Actor administrator = { .roles = SYS_ADMIN };

const Actor *world_login(const World *w, const char *login)
{
    for (size_t i = 0; i < w->staff_n; i++) {
        if (strcmp(w->staff[i].login, login) == 0) return &w->staff[i].actor;
    }
    return NULL;
}

const Actor *world_actor(const World *w, Id user)
{
    for (size_t i = 0; i < w->staff_n && user.n; i++) {
        if (w->staff[i].actor.id.n == user.n) return &w->staff[i].actor;
    }
    return NULL;
}

/* An answer's `items`, held until json_decref(): the next request replaces the answer. */
static json_t *items(json_t *answer)
{
    return json_incref(json_object_get(answer, "items"));
}

static const char *read_staff(World *w)
{
    static const char *const needed[] = { "clerk", "head", "dispatcher", "visitor", "archivist", "bureau" };
    const Actor **at[] = { &w->clerk, &w->head, &w->dispatcher, &w->visitor, &w->archivist, &w->bureau };
    Demo *d = w->d;
    size_t i = 0;
    json_t *u = NULL, *list = items(demo_get(d, &administrator, "/api/v1/users?limit=200"));
    if (json_array_size(list) > WORLD_PEOPLE) return page_full;
    json_array_foreach(list, i, u) {
        if (json_is_true(json_object_get(u, "disabled"))) continue;
        Colleague *p = &w->staff[w->staff_n++];
        p->login = demo_text(d, u, "login");
        p->actor = demo_actor(d, demo_id(u, "id"));
    }
    json_decref(list);
    for (i = 0; i < COUNT(at); i++) {
        *at[i] = world_login(w, needed[i]);
        if (!*at[i]) return "there is no demo office: tiaojie demo office makes one";
    }
    return NULL;
}

static void read_pool(World *w)
{
    size_t i = 0;
    json_t *m = NULL, *list = items(demo_get(w->d, w->bureau, "/api/v1/mediators?limit=200"));
    json_array_foreach(list, i, m) {
        if (w->pool_n == WORLD_MEDIATORS) break;
        Pooled *p = &w->pool[w->pool_n++];
        *p = (Pooled){ .mediator = demo_id(m, "id"), .user = demo_id(m, "user_id") };
        p->actor = world_actor(w, p->user);
    }
    json_decref(list);
}

/* ---- employers -------------------------------------------------------------------------- */

static void read_firm(World *w, const json_t *e)
{
    Demo *d = w->d;
    Firm *f = &w->firm[w->firm_n++];
    *f = (Firm){ .id = demo_id(e, "id"),
                 .name = demo_text(d, e, "name"),
                 .industry = demo_text(d, e, "industry"),
                 .emp_type = demo_text(d, e, "emp_type") };
    f->staff = json_integer_value(json_object_get(e, "staff"));
    (void)snprintf(f->uscc, sizeof f->uscc, "%s", demo_text(d, e, "uscc"));
}

static void read_firms(World *w)
{
    Demo *d = w->d;
    const char *next = "";
    do {
        size_t i = 0;
        json_t *e = NULL,
               *a = demo_get(d, w->clerk, "/api/v1/employers?limit=200%s%s", *next ? "&after=" : "", next);
        next = demo_text(d, a, "next");
        json_t *list = items(a);
        json_array_foreach(list, i, e) {
            if (w->firm_n < WORLD_FIRMS && *demo_text(d, e, "uscc")) read_firm(w, e);
        }
        json_decref(list);
    } while (*next && w->firm_n < WORLD_FIRMS);
}

/* The centre of demo/offices.csv by its name: another office's people must not
** find made-up cases among theirs. */
static bool is_centre(const World *w, const char *name)
{
    for (size_t i = 0; i < w->offices.n; i++) {
        bool centre = str_eq(table_cell(&w->offices, i, "key"), S("centre"));
        if (centre) return str_eq(table_cell(&w->offices, i, "name"), str_of(name));
    }
    return false;
}

static void read_orgs(World *w)
{
    size_t i = 0;
    json_t *o = NULL, *list = items(demo_get(w->d, &administrator, "/api/v1/orgs?limit=200"));
    json_array_foreach(list, i, o) {
        const char *kind = json_string_value(json_object_get(o, "kind"));
        if (!kind) continue;
        if (is_centre(w, json_string_value(json_object_get(o, "name")))) w->centre = demo_id(o, "id");
        if (w->town.n == 0 && strcmp(kind, "TOWN") == 0) w->town = demo_id(o, "id");
    }
    json_decref(list);
}

const char *world_open(World *w, Demo *d)
{
    *w = (World){ .d = d };
    const char *fault = names_read(&w->names, &d->keep);
    if (fault) return fault;
    if (!table_read(&w->facts, &d->keep, "demo/facts.csv")) return "demo/facts.csv cannot be read";
    if (!table_read(&w->offices, &d->keep, "demo/offices.csv")) return "demo/offices.csv cannot be read";
    if (!table_read(&w->notes, &d->keep, "demo/notes.csv")) return "demo/notes.csv cannot be read";
    fault = read_staff(w);
    if (fault) return fault;
    read_pool(w);
    read_firms(w);
    read_orgs(w);
    return w->centre.n && w->firm_n && w->pool_n ? NULL
                                                 : "there is no demo office: tiaojie demo office makes one";
}

Str world_say(const World *w, Dice *dice, const char *key)
{
    int64_t n = 0;
    for (size_t i = 0; i < w->notes.n; i++) n += str_eq(table_cell(&w->notes, i, "key"), str_of(key));
    BUG_IF(n == 0);
    int64_t which = dice_between(dice, 0, n - 1);
    for (size_t i = 0; i < w->notes.n; i++) {
        bool here = str_eq(table_cell(&w->notes, i, "key"), str_of(key));
        if (here && which-- == 0) return table_cell(&w->notes, i, "text");
    }
    return (Str){ 0 };
}
