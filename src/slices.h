/* The slices, in workflow order. */
#ifndef SLICES_H
#define SLICES_H

#include "core/web.h"

extern const Slice *const slices[]; /* NULL-terminated */

#endif
