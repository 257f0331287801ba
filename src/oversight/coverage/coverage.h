/*
** Coverage of organisations: for each target of data/coverage.csv who should
** have one on a day, who has, who is missing.  Only reads other slices' tables;
** its own are units that no other register has, letters, and snapshots.
*/
#ifndef OVERSIGHT_COVERAGE_H
#define OVERSIGHT_COVERAGE_H

#include "core/web.h"
#include "law/coverage.h"
#include "law/law.h"

extern const Slice coverage_slice, cover_rows_slice, cover_letters_slice;
extern const Slice recheck_task_slice;
extern const Codes cover_subjects;

/* Who sees the board; who writes to the missing. */
enum {
    COVER_VIEWERS = HR | HEAD | ORG_MANAGER | CONVENER | MEMBER | STATISTICIAN | LINK_UNION,
    COVER_KEEPERS = HR | HEAD | LINK_UNION,
};

/* One who should have an organisation. */
typedef struct Covered {
    Id      id;       /* of an employer, a unit, an institute, an organisation; 0: a place */
    Str     code;     /* of a place */
    Str     name;
    Str     region, place; /* its code, and written out */
    int64_t staff;    /* of an employer */
    Id      org_id;   /* the organisation that covers it; 0: missing */
    Str     org_name;
    bool    met;
} Covered;
extern const Form covered_form;

/* A target on a day, within an area (words of region prefixes). */
typedef struct CoverAsk {
    const Target *target;
    Str  within;
    Date day;
    bool missing;     /* only those that are */
    Id   after;       /* pages of 200, by id */
} CoverAsk;

Cover cover_count(Ctx *c, const CoverAsk *ask);
/* A page; places come all at once. */
Rows  cover_list(Ctx *c, const CoverAsk *ask);

/* The area of c's office: two digits for a province, four, six; below that the
** first it serves.  FORBIDDEN if it has none. */
Str cover_area(Ctx *c);
/* The target named by the route, in force on the day and touching the area. */
const Target *cover_target(Ctx *c, Date day, Str area);

#endif
