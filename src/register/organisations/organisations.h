/*
** Organisations (调解组织网络): every office of domain.md 0.4 as a node of one
** tree.  `path` names a node and all below it: four characters (base 36) a step,
** the parent's first.  Every business row carries the path of its owner.
** One that mediates begins as APPLIED and takes cases when ACTIVE or GOLD;
** courts, bureaus and unions are ACTIVE at once and take none.
*/
#ifndef ORGANISATIONS_H
#define ORGANISATIONS_H

#include "core/web.h"

extern const Slice organisations_slice;
extern const Form  org_form;
extern const Codes org_kinds, scope_classes; /* CENTER …; SC1 … SC6 */

enum { PATH_STEP = 4, PATH_DEPTH = 8 };

typedef struct Org {
    Id      id;
    Id      parent_id;    /* 0: the root */
    Str     path;
    int64_t level;        /* 1 province, 2 city, 3 county, 4 township, 5 below; not above its parent's */
    Str     kind;         /* of org_kinds */
    Str     name;
    Str     short_name;   /* 柳江劳人调, for case numbers */
    Str     region;       /* its seat: six digits */
    Str     seq3;         /* three digits, its own within the region, for case numbers */
    Str     address, phone, hours;
    Str     territory;    /* words: codes of 2, 4, 6, 9 or 12 digits whose areas it serves */
    Str     industries;   /* words: sections or divisions; "": all */
    Str     scopes;       /* words: the scope classes it accepts */
    Str     status;
    Date    status_on;
    Str     six;          /* words: which of the six haves (六有) the last check found */
    bool    six_ok;       /* all six */
    Date    six_on, six_due; /* checked on; to be checked again by (none: never checked) */
    int64_t capacity;     /* open cases it can carry; 0: not stated */
    int64_t open_load;    /* open cases it has: org_load() */
    bool    court_invited;
    Str     court_name;   /* which invited it */
    Id      employer_id;  /* of an enterprise's committee */
    Str     founders, founder_units; /* those that set it up: in words; as words of org_kinds */
    Str     lead_unit, lead_units;   /* the department in the lead, likewise */
    bool    pilot;        /* 试点 */
    bool    published;
    bool    takes_cases;  /* mediates, and is ACTIVE or GOLD */
    int64_t version;
} Org;

/* False if there is none; org_get also fails, org_named has a fault of that field, beside those of others. */
bool org_get(Ctx *c, Id id, Org *org), org_find(Ctx *c, Id id, Org *org);
bool org_named(Ctx *c, Str field, Id id, Org *org);
bool org_by_name(Ctx *c, Str path, Str name, Org *org); /* in that subtree; true: there is one */
bool org_of_employer(Ctx *c, Id employer_id, Org *org); /* its committee, if it takes cases */

bool org_sees(const Ctx *c, Str path); /* c's person sees what lies there */
void org_need(Ctx *c, Str path);       /* FORBIDDEN if not */

/* The end of a subtree: path >= :path AND path < :path_end; "": of the tree. */
Str path_end(Arena *a, Str path);

/* Does one of its areas contain the region? */
bool org_covers(const Org *org, Str region);

/* Who could take a case of this place.  Rows of Org that take cases, the
** smallest territory first, then the lowest load for the capacity, then by id;
** at most 200.  A field that is "" does not limit. */
typedef struct OrgAsk {
    Str region;   /* 2 to 12 digits; required */
    Str kind;
    Str industry; /* C13: only those that serve it */
    Str path;     /* only within this subtree */
} OrgAsk;
Rows org_candidates(Ctx *c, const OrgAsk *ask);
/* The nearest of that kind whose area has the region: its arbitration commission, its court. */
bool org_serving(Ctx *c, Str kind, Str region, Org *org);
void org_load(Ctx *c, Id id, int64_t more); /* a case in (+1) or out (-1); the version stays */
void org_enter(Ctx *c, Org *org), org_forget(Ctx *c, Id id); /* for rosters: in; out, if nobody used it */
#endif
