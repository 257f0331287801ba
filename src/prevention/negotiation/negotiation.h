/*
** Negotiation (协商和解) before any case: request, answer or silence, settlement,
** and what restarted limitation meanwhile (domain.md 1.2, 2.11; L17 8 to 11, 31).
*/
#ifndef NEGOTIATION_H
#define NEGOTIATION_H

#include "core/house.h"

extern const Slice negotiation_slice;

#endif
