/*
** Publicity (R150 to R155): lectures, campaigns, arbitrators in parks, materials, online
** groups, media; how many came, how many copies, what for; the sums of a month or a
** year for reports; what is published is for everybody.
*/
#ifndef PUBLICITY_H
#define PUBLICITY_H

#include "core/web.h"

extern const Slice publicity_slice;

#endif
