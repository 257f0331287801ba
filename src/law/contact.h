/*
** When does a party count as unreachable?  Attempts enough, over channels enough,
** on different days (data/params.csv, CONTACT_*): policy, because a refusal that
** rests on silence must be shown to have been sought.
*/
#ifndef CONTACT_H
#define CONTACT_H

#include "law/param.h"
#include "law/reason.h"

typedef struct Attempt {
    Date day;
    Str  channel; /* PHONE, SMS, LETTER ... */
    bool reached;
} Attempt;

/* What is still missing; nothing found: the party is unreachable. */
Findings contact_missing(Look *look, const Attempt *list, size_t n);

/* Same employer and cause so close together that one case may do for both
** (GROUP_WINDOW_DAYS, the last day included)? */
bool group_proposed(Look *look, Date first, Date second);

#endif
