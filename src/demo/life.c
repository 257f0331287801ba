#include "demo/life.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How a case goes, the frequent ways first.  What comes before "accept" is shared. */
static const struct Path { int64_t weight; const char *acts;
} paths[] = {
    { 15, "file register accept assign open spot papers feedback close archive" },
    { 17,
      "file register consent accept assign open agree sign pay visit last papers feedback close archive" },
    { 8, "file register accept dispatch confirm assign open agree sign pay visit last papers feedback "
         "close archive" },
    { 5, "file register correct corrected accept assign open agree sign pay visit last papers feedback "
         "close archive" },
    { 6, "file register accept assign open parts sign pay visit last papers feedback close archive" },
    { 3, "file register accept assign open parts sign default urge cure pay visit last papers feedback "
         "close archive" },
    { 2, "file register accept assign open agree sign default urge urge urge remedy visit papers feedback "
         "close archive" },
    { 3, "file register accept assign open duty sign pay visit last papers feedback close archive" },
    { 3,
      "file register accept assign open extend agree sign pay visit last papers feedback close archive" },
    { 2, "file register accept assign open ask_suspend suspend resume agree sign pay visit last papers "
         "feedback close archive" },
    { 2, "file register accept assign open agree sign pursue_court court_takes court_confirms pay visit "
         "last papers feedback close archive" },
    { 1, "file register accept assign open agree sign pursue_arb pay visit last papers feedback close "
         "archive" },
    { 9, "file register accept assign open F02 papers feedback close archive" },
    { 3, "file register accept assign open expire overdue papers feedback close archive" },
    { 2, "file register accept assign open F01 papers feedback close archive" },
    { 1, "file register accept assign seek seek seek letter F04 papers feedback close archive" },
    { 1, "file register accept assign open agree F05 papers feedback close archive" },
    { 1, "file register accept assign open sham F06 papers feedback close archive" },
    { 1, "file register accept assign open F07 papers feedback close archive" },
    { 1, "file register accept assign open F08 papers feedback close archive" },
    { 4, "file register withdraw papers feedback close archive" },
    { 3, "file register accept assign open withdraw papers feedback close archive" },
    { 4, "file register accept settle papers feedback close archive" },
    { 3, "file register consent decline papers close archive" },
    { 2, "file_domestic register ask_reject reject papers close archive" },
    { 1, "file register refer papers close archive" },
    { 1, "file register correct lapse papers feedback close archive" },
};

/* What is left of one whose period ended before its people came together. */
static const char timed_out[] = "overdue papers feedback close archive";

static const ActRow *act_find(Str word)
{
    static const ActRow *const tables[] = { acts_begin, acts_mediate, acts_after, NULL };
    for (const ActRow *const *t = tables; *t; t++) {
        for (const ActRow *a = *t; a->word; a++) {
            if (str_eq(str_of(a->word), word)) return a;
        }
    }
    bug("demo", 0, "an act that no table has");
}

static Str first_word(const Life *l)
{
    Str rest = str_of(l->left);
    return str_cut(&rest, ' ');
}

/* The office is open from Monday to Friday. */
static Date weekday(Date d)
{
    while (date_weekday(d) > 4) d = date_plus(d, 1);
    return d;
}

/* Chance for this act: the same however often the demo was interrupted. */
static Dice dice_here(const Life *l, uint64_t salt)
{
    return dice_split(&l->root, strlen(l->left) * 2 + salt);
}

static void plan(Life *l, Date from)
{
    Str word = first_word(l);
    l->over = word.n == 0;
    if (l->over) return;
    Dice dice = dice_here(l, 1);
    const ActRow *a = act_find(word);
    int64_t days =
        dice_between(&dice, a->from, l->official ? a->from : a->to); /* those end as published, in time */
    l->next = weekday(date_plus(from, (int)days));
}

Life life_new(const World *w, const Dice *seed, size_t number, Date day)
{
    int64_t weight[COUNT(paths)];
    (void)w;
    for (size_t i = 0; i < COUNT(paths); i++) weight[i] = paths[i].weight;
    Life l = { .number = number, .root = dice_split(seed, number), .next = day };
    Dice dice = dice_split(&l.root, 0);
    l.left = paths[dice_weighted(&dice, weight, COUNT(paths))].acts;
    return l;
}

Life life_official(const Official *o, const Dice *seed, size_t number, Date day)
{
    return (Life){
        .number = number, .official = o, .root = dice_split(seed, number), .next = day, .left = o->path
    };
}

void life_live(World *w, Life *l)
{
    Date today = time_date(w->d->clock);
    while (!l->over && l->next.day <= today.day) {
        int64_t refusals = w->d->refusals;
        if (act_find(first_word(l))->in_time && life_is(w, l, "failed")) l->left = timed_out;
        l->dice = dice_here(l, 0);
        Date again = act_find(first_word(l))->run(w, l);
        l->over = w->d->refusals != refusals; /* it stays as it is */
        if (l->over) return;
        if (again.day > today.day) {
            l->next = weekday(again);
            return;
        }
        Str word = first_word(l);
        l->left += word.n + (l->left[word.n] == ' ');
        plan(l, today);
    }
}

/* ---- for acts ----------------------------------------------------------------------------- */

#define CASE_PATH "/api/v1/cases/%" PRId64 "%s%s"

json_t *life_post(World *w, Life *l, const Actor *who, json_t *body, const char *path)
{
    return demo_post(w->d, who, body, CASE_PATH, l->id.n, *path ? "/" : "", path);
}

json_t *life_put(World *w, Life *l, const Actor *who, json_t *body, const char *path)
{
    return demo_put(w->d, who, body, CASE_PATH, l->id.n, *path ? "/" : "", path);
}

json_t *life_get(World *w, const Life *l, const char *path)
{
    return demo_get(w->d, w->head, CASE_PATH, l->id.n, *path ? "/" : "", path);
}

bool life_is(World *w, const Life *l, const char *state)
{
    const char *is = json_string_value(json_object_get(life_get(w, l, ""), "state"));
    return is && strcmp(is, state) == 0;
}

const Actor *life_mediator(World *w, const Life *l)
{
    const Actor *a = world_actor(w, demo_id(life_get(w, l, ""), "mediator_id"));
    return a ? a : w->head;
}

json_t *json_str(Str s)
{
    return json_stringn(s.s, s.n);
}

const char *id_word(Demo *d, Id id)
{
    char room[24];
    (void)snprintf(room, sizeof room, "%" PRId64, id.n);
    return str_c(&d->keep, str_of(room));
}

const char *day_word(Demo *d, Date day)
{
    char room[11];
    date_write(day, room);
    return str_c(&d->keep, str_of(room));
}
