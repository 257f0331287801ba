/*
** The account of a mediator: the person of the register is one who signs in.
*/
#ifndef MEDIATOR_ACCOUNT_H
#define MEDIATOR_ACCOUNT_H

#include "register/mediators/mediators.h"

extern const Slice mediator_account_slice;

/* NOT_KNOWN on user_id unless it is 0 or an account whose place c->who sees:
** whoever holds it will read the mediator's record and do his cases. */
void mediator_account_check(Ctx *c, Id user_id);

#endif
