/*
** Who asks: from a session's cookie or a token to an Actor.
*/
#ifndef SESSION_H
#define SESSION_H

#include "core/web.h"

/* Fills c->who from the request's cookie or Authorization; nobody if there is
** none, UNAUTHORISED if there is one that is not good (any more). */
void session_find(Ctx *c);

#endif
