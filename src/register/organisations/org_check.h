/*
** The check of the six haves (六有): what was found, item by item, with which
** proof, and when it is due again (R91, R106).  And what else is known of an
** organisation: its windows, honours, and the card that hangs at its door.
*/
#ifndef ORG_CHECK_H
#define ORG_CHECK_H

#include "register/organisations/organisations.h"

extern const Slice org_check_slice, org_card_slice;

typedef struct SixCheck {
    Str  six;      /* words of the haves that were found */
    Date day;
    Str  evidence; /* words: SHA-256 of files */
    Str  reason;
} SixCheck;

/* In the caller's transaction: keeps the check, moves the status, sets when the
** next is due.  BLOCKED for a kind that does not mediate; a fault of `day` if it
** lies before the check before. */
void org_checked(Ctx *c, Org *o, const SixCheck *s);
void org_recheck_done(Ctx *c, const Org *o); /* one that was asked for is done */

/* Of organisations.c: stores changed members; who may change, who may look. */
void org_keep(Ctx *c, Org *o);
void org_need_edit(Ctx *c, const Org *o);
void org_need_view(Ctx *c, const Org *o);
Fault check_hashes(const Ctx *c, Str text); /* words: SHA-256 */

#endif
