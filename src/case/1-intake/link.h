/* What later steps ask of intake: links between cases, attempts to reach people. */
#ifndef INTAKE_LINK_H
#define INTAKE_LINK_H

#include "case/1-intake/intake.h"

/* `why`: duplicate, same_employer, split, again.  Shown in both cases. */
void link_add(Ctx *c, Id case_id, Id other_id, Str why);

/* BLOCKED with what is missing before a side counts as unreachable. */
void contact_exhausted(Ctx *c, const Case *k);

#endif
