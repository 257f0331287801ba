/* Does a person see a record, and why: for the auditor and the security administrator. */
#ifndef SIGHT_H
#define SIGHT_H

#include "core/web.h"

extern const Slice sight_slice;

#endif
