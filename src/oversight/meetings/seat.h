/* Seats and minutes of a meeting, for what is made of them. */
#ifndef SEAT_H
#define SEAT_H

#include "oversight/meetings/meetings.h"

typedef struct MeetingSeat {
    Id   id, meeting_id;
    Str  unit;      /* a member unit's code; "": a guest */
    Str  name;      /* of the unit or the guest's body */
    Id   body;      /* its organisation: its people see the meeting */
    Str  person, present, phone;
} MeetingSeat;
extern const Form seat_form;

typedef struct MeetingMinutes {
    Id      id, meeting_id;
    int64_t no;
    Str     content, reason, digest;
    Id      by;
    Time    at;
} MeetingMinutes;
extern const Form meeting_minutes_form;

Rows meeting_seats(Ctx *c, Id meeting_id);                         /* of MeetingSeat */
bool meeting_minutes(Ctx *c, Id meeting_id, MeetingMinutes *v);    /* the newest; false: none yet */
void meeting_remind(Ctx *c, const Meeting *m);                        /* each unit, by telephone */
Rows meeting_topics(Ctx *c, Id meeting_id);                        /* of topic_form */
extern const Form topic_form;

#endif
