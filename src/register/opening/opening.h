/*
** 开局: what a new office still needs before it can take its first case in,
** looked at in the record itself and never ticked by hand.
*/
#ifndef OPENING_H
#define OPENING_H

#include "core/web.h"

extern const Slice opening_slice;

#endif
