/*
** What the house demands of those who sign in, in one dated table: lengths of
** sessions, locks and codes (policy.c, with the basis of each).
*/
#ifndef POLICY_H
#define POLICY_H

#include "core/ctx.h"

typedef enum Policy {
    POLICY_SESSION_S,       /* a staff session at the longest */
    POLICY_IDLE_S,          /* and without a request */
    POLICY_PARTY_SESSION_S,
    POLICY_LOCK_AFTER,      /* wrong passwords in a row */
    POLICY_LOCK_S,
    POLICY_PEER_FAILURES,   /* from one address, in POLICY_LOCK_S */
    POLICY_PASSWORD_MIN,    /* characters, of three classes */
    POLICY_PASSWORD_LONG,   /* characters that need no classes */
    POLICY_PASSWORD_DAYS,   /* until it must be changed; 0: never */
    POLICY_CODE_S,          /* a code sent to a phone */
    POLICY_CODE_ATTEMPTS,
    POLICY_CODES_SENT,      /* to one receipt, in POLICY_CODES_S */
    POLICY_CODES_S,
    POLICY_FACTOR_ROLES,    /* set of roles that need a second factor */
    POLICY_QUIET_FROM_S,    /* of the day, in China: from then on no text message or mail but codes */
    POLICY_QUIET_TO_S,
    POLICY_VERIFY_WRONG,    /* wrong verification codes from one address, in POLICY_VERIFY_S */
    POLICY_VERIFY_S,
    POLICY__COUNT
} Policy;

/* As it stands on c's day; 0 if nothing is set.  The demo asks for no second factor. */
int64_t policy(const Ctx *c, Policy p);

#endif
