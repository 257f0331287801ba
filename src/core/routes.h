/*
** The routes of all slices, hashed: which one a request means costs the same
** however many there are.  Made at start, constant after.
*/
#ifndef ROUTES_H
#define ROUTES_H

#include "core/web.h"

typedef struct Routes Routes;

Routes *routes_open(const Slice *const *slices);
void    routes_close(Routes *r);

/* The first, in the order of the slices, for c's method and path; fills c->arg.
** NULL: there is none, or the path is not written as usual ("/a//b"). */
const Route *routes_find(const Routes *r, Ctx *c);

/* Does c's path fit the pattern?  Fills c->arg. */
bool route_matches(Ctx *c, Str pattern);

#endif
