/*
** Training: courses, attendance, tests, hours.  Only others' tables are read:
** mediators, rotations, cases.
*/
#ifndef TRAINING_H
#define TRAINING_H

#include "core/web.h"

extern const Slice training_slice, course_test_slice, training_weak_slice, course_papers_slice;
extern const Slice course_dates_slice;

typedef struct Course {
    Id      id, org_id;
    Str     org_path, org_name;
    Str     form, topic, title;
    Time    starts, ends;
    int64_t minutes;      /* that count as training */
    Str     place, teacher, materials;
    int64_t seats, pass_points; /* 0: no limit; no test */
    Str     state, code;
    int64_t enrolled, attended;
    Id      after;
    Str     path, path_end;
} Course;
extern const Form  course_form;
extern const Codes course_topics, course_forms;

/* The route's course, if c's person may look at it; `keep`: may change it. */
bool course_get(Ctx *c, Course *t, bool keep);
bool course_find(Ctx *c, Id id, Course *t, bool keep);

typedef struct CoursePerson {
    Id      id, course_id, mediator_id;
    Str     name, org_name, state;
    Time    attended;
    int64_t minutes, points;
    bool    passed, tested;
} CoursePerson;
extern const Form course_person_form;
Rows course_people(Ctx *c, Id course_id); /* of CoursePerson */

/* c's own mediator's place in the course; BLOCKED if there is none. */
bool course_own(Ctx *c, Id course_id, CoursePerson *p);
void course_passed(Ctx *c, const Course *t, CoursePerson *p); /* keeps a test's result */

/* Minutes that count, of a mediator or (0) of all of an organisation, from day to
** day; and what is due for as long. */
typedef struct TrainingAsk {
    Id   mediator_id, org_id;
    Date from, to;
} TrainingAsk;
int64_t training_done(Ctx *c, const TrainingAsk *ask);
int64_t training_need(Ctx *c, const TrainingAsk *ask);

#endif
