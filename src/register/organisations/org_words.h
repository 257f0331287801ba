/* The closed lists of the organisations: what kinds there are, what becomes of one. */
#ifndef ORG_WORDS_H
#define ORG_WORDS_H

#include "register/organisations/organisations.h"
#include "register/standing.h"

extern const Codes org_statuses, six_haves, org_events;

bool kind_mediates(Str kind); /* and so must show the six haves */

/* What a status may become: R91, domain.md 2.11. */
extern const Move org_moves[];

#endif
