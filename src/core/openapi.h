/*
** The API about itself: OpenAPI 3.1 from the Route and Form rows, and each
** Form as the description of a screen.  One source: a row that is added is
** documented, checked and drawn.
*/
#ifndef OPENAPI_H
#define OPENAPI_H

#include "core/web.h"

extern const Slice openapi_slice;

/* The whole document.  Deterministic: docs/openapi.json is compared with it. */
void openapi_write(Out *o, const Slice *const *slices);

#endif
