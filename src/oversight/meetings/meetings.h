/*
** Meetings beside the cases (R126 to R130): the joint meeting with its turn of
** conveners, the regular one, that of arbitration and court, the emergency one.
** PLANNED, NOTICED, HELD, CLOSED; or CANCELLED before it was held.
**
** An office sees what lies at or below it; a member unit the meetings to which it
** is asked.  The unit in the chair keeps its meeting as the office does.
*/
#ifndef MEETINGS_H
#define MEETINGS_H

#include "register/organisations/office.h"

extern const Slice meetings_slice, agenda_slice, attendance_slice, decisions_slice, units_slice;
extern const Slice proposals_slice, meeting_papers_slice, meeting_dates_slice;
extern const Form  meeting_form;

typedef struct Meeting {
    Id      id, org;     /* the office whose meeting it is */
    Str     org_path;
    Str     kind;        /* JOINT REGULAR ARB_COURT EMERGENCY */
    Str     title, place, state;
    Str     convener;    /* the unit in the chair: a code of law/unit.h */
    Str     turn;        /* whose turn it was; "": no turns in this kind */
    Str     skipped;     /* units passed over, as words */
    Str     reason;      /* why they were */
    Time    planned;
    Date    held_on;
    Date    since, until; /* what the figures on the agenda cover */
    Id      case_id;     /* an emergency's; 0: none */
    Id      made_by;
    Time    made_at;
    int64_t version;
} Meeting;

/* Who sees which rows, for SQL: subtree, own office, invited body.  What does
** not apply is a value that no row has. */
typedef struct MeetingScope {
    Str path, path_end;
    Id  org, body;
} MeetingScope;
MeetingScope meeting_scope(Ctx *c);

/* NOT_FOUND if there is none, or none that c's person may see. */
bool meeting_get(Ctx *c, Id id, Meeting *m);
/* FORBIDDEN unless c's person keeps it: the office, or the unit in the chair. */
void meeting_need(Ctx *c, const Meeting *m);
/* Is c's person of the unit in the chair, and may convene? */
bool meeting_chairs(Ctx *c, const Meeting *m);
/* Stores a change of it; every handler that decides on a meeting ends so. */
void meeting_save(Ctx *c, Meeting *m);

/* Tells every unit that is asked to it, by the telephone of its contact. */
void meeting_notices(Ctx *c, const Meeting *m);

/* A member unit's name there and then; the code itself if it is no unit. */
Str unit_name(const Ctx *c, Str region, Str code);
/* Which organisation is the unit for this office, and whom to call there; 0 and "". */
typedef struct MemberBody {
    Id   id, org;
    Str  unit;
    Id   body;
    Str  person, phone;
    Str  name, duty, basis, body_name; /* in answers */
    int64_t rota;
} MemberBody;
bool member_body(Ctx *c, Id org, Str unit, MemberBody *b);

#endif
