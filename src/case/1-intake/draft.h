/*
** Drafts of applications, their photographs, and the name drawn under one before it
** is sent: intake_draft.c, intake_photo.c, intake_hand.c.
*/
#ifndef DRAFT_H
#define DRAFT_H

#include "case/1-intake/intake.h"

extern const Slice draft_slice, draft_file_slice;

Str  draft_digest(Ctx *c, Str code);   /* by which a draft is found; the code is not kept */
bool draft_there(Ctx *c, Str code);    /* or NOT_FOUND */
void draft_close(Ctx *c, Str code);    /* it became an application; "" is none */

/* In the transaction that files the application: its draft's photographs become the case's,
** given in by that person; of drawn names the one that was named. */
void draft_give(Ctx *c, const Case *k, const Intake *in, Id person);
bool draft_has_hand(Ctx *c, Str code, Str sha256); /* is that a name drawn for it? */
void draft_files_drop(Ctx *c, Str code);
void draft_files_forget(Ctx *c);       /* of drafts that are no more */

/* Is the drawn name the draft's, and is there whom it is said to be of?  Faults. */
void hand_check(Ctx *c, const Intake *in);
/* Who signed what, and when: over the application as it is stored. */
void hand_seal(Ctx *c, Intake *in);

#endif
