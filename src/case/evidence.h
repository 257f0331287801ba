/* Evidence and other files of a case (证据): given in, shown, withdrawn. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "case/case.h"

extern const Slice evidence_slice;

#endif
