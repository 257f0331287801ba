/*
** The member units of the joint meeting (联席会议成员单位) and whose turn it is to
** convene it: data/member_units.csv, code,region,from,to,rota,zh,en,duty,basis.
** A unit's code is the kind of its organisation (law/org_kind.h); `rota` is its
** place among the conveners, 0: it convenes none.  The rows of the longest region
** that has any count, and no others: a county's own list replaces the general one.
**
** The turn goes by the meetings, not by the calendar: a meeting that was put off
** still is its convener's, one that was cancelled was none.  Pure.
*/
#ifndef UNIT_H
#define UNIT_H

#include "law/sheet.h"

typedef struct Unit {
    Str     code, region; /* "" everywhere */
    Date    from, to;
    int64_t rota;
    Str     zh, en, duty, basis;
} Unit;

typedef struct Units {
    Unit  *row;
    size_t n, cap;
} Units;

enum { UNITS_MAX = 40 }; /* of one place */

void units_init(Units *u, Arena *mem, size_t cap);
bool units_read(Units *u, Arena *mem, Str text, Sheet *sheet);

/* Those of a place on a day, in order of the rota, then as in the table. */
size_t units_of(const Units *u, Str region, Date day, const Unit *list[UNITS_MAX]);
const Unit *unit_find(const Units *u, Str region, Date day, Str code); /* NULL if none */

/* A joint meeting that was planned before: the newest first. */
typedef struct Convened {
    Str  unit;
    bool cancelled;
} Convened;

/* Whose turn it is; NULL: nobody of this place convenes. */
const Unit *rota_next(const Unit *const *list, size_t n, const Convened *past, size_t turns);
/* The units between whose turn it is and who convenes instead, each as a word of
** `skipped`; false if `instead` does not convene. */
bool rota_skips(const Unit *const *list, size_t n, const Unit *turn, Str instead, Out *skipped);

#endif
