/*
** Assessments: a scheme applied to subjects over a period.  See README.md.
*/
#ifndef ASSESSMENT_H
#define ASSESSMENT_H

#include "core/web.h"
#include "law/law.h"

extern const Slice assessment_slice, assess_facts_slice, assess_object_slice, assess_papers_slice;

typedef struct Assessment {
    Id   id, org_id;
    Str  org_path, org_name;
    Str  scheme, subject;      /* MEDIATOR ORG MEMBER */
    Str  title, edition;       /* which rows of the scheme: MED@2024-01-01#1a2b3c4d */
    Date from_day, to_day;
    Str  state;                /* DRAFT SCORED FROZEN FINAL */
    Date frozen_on, object_until, final_on;
    int64_t subjects;
    Id   after;
    Str  path, path_end;
    Time morrow;               /* of the last day */
} Assessment;
extern const Form assessment_form;

/* One subject's result. */
typedef struct Assessed {
    Id      id, assessment_id, subject_id, user_id;
    Str     name, org_name, org_path, kind;
    int64_t total;             /* 1/10000 points */
    Str     grade, veto, veto_reason, veto_proof;
    int64_t open;              /* objections not yet answered */
    int64_t rank;              /* equal points, equal rank; 0: vetoed, or nothing counts */
    int64_t round;             /* of one that was scored again after the freeze: from 1 */
    Time    at;
    Id      by_id, after;
} Assessed;
extern const Form assessed_form;

/* One item of a result, with all that it was made of. */
typedef struct AssessedItem {
    Id      assessed_id;
    int64_t no, round;
    Str     code, parent, zh, en;
    int64_t weight;
    Str     formula, facts;     /* "agreed=3 ended=4" */
    int64_t num, den;           /* as the formula's last division has them; den 0: no value */
    int64_t points;
    bool    counts;
} AssessedItem;
Rows assessed_items(Ctx *c, Id assessed_id);

bool assessment_get(Ctx *c, Id id, Assessment *a);   /* of c's subtree; FORBIDDEN else */
/* Nobody decides about oneself or one's own unit: FORBIDDEN. */
void assess_not_own(Ctx *c, const Assessment *a, const Assessed *s);
bool assessed_get(Ctx *c, Id id, Assessed *s, Assessment *a); /* likewise, or the subject itself */
void assessment_keep(Ctx *c, const Assessment *a);
void assessed_keep(Ctx *c, const Assessed *s);
/* Numbers, items, total, grade: anew; what was frozen is kept beside it. */
void assessed_score(Ctx *c, const Assessment *a, Assessed *s);

/* The numbers of the record for a subject and the period, all but HAND. */
AssessFacts assess_facts(Ctx *c, const Assessment *a, const Assessed *s);
int64_t assess_hand(Ctx *c, Id assessed_id, Str code); /* points given by hand; 0: none yet */

/* A final grade of the year; false if there is none. */
bool assessed_grade(Ctx *c, Str subject, Id subject_id, int64_t year, Str *grade);

#endif
