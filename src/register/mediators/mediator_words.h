/* The closed lists of the mediators, and what becomes of one (domain.md 2.11, 12.4). */
#ifndef MEDIATOR_WORDS_H
#define MEDIATOR_WORDS_H

#include "register/mediators/mediators.h"
#include "register/standing.h"

extern const Codes mediator_sources, mediator_criteria, mediator_statuses, mediator_events;
extern const Codes mediator_works, mediator_ties, mediator_sexes, mediator_grounds;
extern const Move  mediator_moves[];

#endif
