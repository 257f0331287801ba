/* A decision of a meeting, or a task divided among units: OPEN, REPORTED, DONE, CANCELLED. */
#ifndef DECISION_H
#define DECISION_H

#include "core/web.h"

typedef struct BoardTask {
    Id      id, org;         /* the office that follows it up */
    Str     org_path, source;
    Id      meeting_id;      /* 0: of no meeting */
    Str     title, content;
    Str     lead_unit;       /* a member unit's code, or "" */
    Id      lead_body;       /* its organisation, or one that is no member unit */
    Str     lead_name, helpers, bodies;
    Date    due;
    Str     deliverable, basis, state;
    Date    done_on;
    bool    late;            /* in answers: not done on the day it was due */
    int64_t reminded;        /* 0 to 3 */
    Id      made_by;
    Time    made_at;
    int64_t version;
} BoardTask;

extern const Form decision_form;

/* NOT_FOUND if there is none that c's person may see. */
bool decision_get(Ctx *c, Id id, BoardTask *d);

Rows meeting_decisions(Ctx *c, Id meeting_id); /* of BoardTask, without those cancelled */

#endif
