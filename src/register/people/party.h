/*
** Parties without an account: who holds the receipt of a case and the phone
** that was given with it may open that one case, as the side and the person
** the receipt was made for.  A receipt is 12 characters, shown as XXXX-XXXX-XXXX;
** a code of six digits goes to the phone and is good once, for five minutes.
*/
#ifndef PARTY_H
#define PARTY_H

#include "core/web.h"

extern const Slice party_slice;

/* In the caller's transaction: a receipt for one person of one case, who
** stands on `side` (a Side).  Returned as it is shown; only its digest is kept. */
Str party_receipt(Ctx *c, Id case_id, Str phone, uint32_t side, Id person);

/* That person's receipts open the case as REPRESENTATIVE, or PARTY again. */
void party_elect(Ctx *c, Id case_id, Id person, bool elected);

/* The person has another phone. */
void party_phone(Ctx *c, Id case_id, Id person, Str phone);

#endif
