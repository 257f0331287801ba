/*
** The photograph of a mediator, which the published roster shows (domain.md 12.4).
*/
#ifndef MEDIATOR_PHOTO_H
#define MEDIATOR_PHOTO_H

#include "core/web.h"

extern const Slice mediator_photo_slice;

#endif
