/*
** The workers behind a collective case: how many represent them, and whom a
** settlement binds.  劳动争议调解仲裁法 7 (2008), 劳动人事争议仲裁办案规则 63 (2017):
** changing or waiving claims, admitting and settling need the consent of those
** represented.
*/
#ifndef CONSENT_H
#define CONSENT_H

#include "law/param.h"
#include "law/reason.h"

/* An election of `elected` for `workers`; nothing found: it stands.  Fewer workers
** than make a dispute collective elect nobody. */
Findings representatives_check(Look *look, int64_t workers, int64_t elected);

typedef struct Consent {
    Id   worker;
    bool given; /* in the register; a refusal and silence are both "no" */
} Consent;

typedef struct Split {
    size_t bound, apart;
} Split;

/* Who is bound, and who is split off into a case of their own that keeps the
** filing date and the clocks.  Both arrays hold n. */
Split consents_split(const Consent *list, size_t n, Id *bound, Id *apart);

#endif
