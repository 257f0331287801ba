/*
** Coverage of organisations: what a plan asks for, and whether it is reached.
** data/coverage.csv, one row a target: code,region,due,subject,staff_min,
** labour_intensive,kinds,need,share_bp,least,lead,zh,en,basis,from,to.
** A share is in 1/10000 and compared unrounded; 不低于 includes the number itself.
*/
#ifndef COVERAGE_H
#define COVERAGE_H

#include "law/sheet.h"

enum { TARGET_ROWS = 2000, SHARE_WHOLE = 10000 };

/* Who should have an organisation. */
#define COVER_SUBJECTS(X)                                                     \
    X(EMPLOYER, "用人单位",       "employers")                                \
    X(CHAMBER,  "商（协）会",     "chambers and associations")                \
    X(ZONE,     "开发区",         "development zones")                        \
    X(TOWNSHIP, "乡镇（街道）",   "townships and sub-districts")              \
    X(COUNTY,   "县（市、区）",   "counties and districts")                   \
    X(ARB,      "仲裁院",         "arbitration institutes")                   \
    X(ORG,      "调解组织",       "organisations themselves")
#define AS_COVER_SUBJECT(n, zh, en) COVER_##n,
typedef enum CoverSubject { COVER_SUBJECTS(AS_COVER_SUBJECT) COVER__COUNT } CoverSubject;
#undef AS_COVER_SUBJECT

typedef struct Target {
    Str  code;
    Str  region;     /* words: where it holds, GB/T 2260 prefixes */
    Date due;        /* by the end of this day */
    CoverSubject subject;
    int64_t staff_min;       /* employers: of this many and more */
    bool    labour_intensive; /* employers: only of such industries */
    Str  kinds;      /* words of organisation kinds that count; "*": all that mediate */
    Str  need;       /* "", SIX, WINDOW, PILOT or GUIDED */
    int64_t share;   /* of SHARE_WHOLE; 0: a number is asked for */
    int64_t least;   /* the number; 0: a share is */
    Str  lead;       /* words of organisation kinds: the departments in the lead */
    Str  zh, en, basis;
    Date from, to;
} Target;

typedef struct Targets {
    Target *row;
    size_t  n;
} Targets;

bool targets_read(Targets *list, Arena *mem, Str text, Sheet *sheet);
const Target *target_find(const Targets *list, Str code, Date day); /* NULL if there is none in force */

/* Does the target hold in the area, or within it?  A province sees its
** counties' targets, a county those of its province. */
bool target_touches(const Target *t, Str area);
/* Of a target's regions, those that lie in the area; where the area lies within
** one, the area itself.  Words. */
Str target_within(Arena *mem, const Target *t, Str area);

/* What there is on a day. */
typedef struct Cover {
    int64_t of;   /* who should have one */
    int64_t met;  /* who has */
} Cover;

int64_t cover_needed(const Target *t, Cover c);  /* how many there must be */
bool    cover_reached(const Target *t, Cover c); /* nobody to cover: reached, unless a number is asked for */
int64_t cover_short(const Target *t, Cover c);   /* how many are missing still; 0: none */
int64_t cover_share(Cover c);                    /* met/of in 1/10000, half up: only to print */
Str     cover_subject_word(CoverSubject s);

#endif
