/* Evidence and other files of a case (证据): given in, shown, withdrawn. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "case/canon.h"
#include "case/case.h"

extern const Slice evidence_slice;

/* Every file of the case, withdrawn ones too. */
extern const Sealed evidence_sealed;
Rows evidence_of(Ctx *c, Id case_id);
bool evidence_has(Ctx *c, Id case_id, Str kind); /* one of that kind, not withdrawn */

#endif
