/* What later steps ask of intake: links between cases, attempts to reach people. */
#ifndef INTAKE_LINK_H
#define INTAKE_LINK_H

#include "case/1-intake/intake.h"

/* `why`: duplicate, same_employer, split, again.  Shown in both cases. */
void link_add(Ctx *c, Id case_id, Id other_id, Str why);
void link_drop(Ctx *c, Id case_id, Id other_id); /* found by itself, and not so */

/* BLOCKED with what is missing before a side counts as unreachable. */
void contact_exhausted(Ctx *c, const Case *k);
/* In a transaction: why a side does not want mediation; "": it did not say. */
extern const Codes refusal_why;
extern const Slice reach_slice, refusals_slice, twins_slice;
void refusal_heard(Ctx *c, const Case *k, Str why);
Str refusal_said(Ctx *c, Str why, Str note); /* the reason in words, and the note */
/* In a transaction: a call, in the record of contacts. */
void contact_made(Ctx *c, Id case_id, Id party_id, bool reached, Str note);

#endif
