/*
** Extension of the period of mediation (延期, T22, D13): only when both sides agree
** before it is over, and as far as the law's cap allows (协商调解规定 29 (2012)).
** A side agrees on paper, entered by the mediator, or online, each for himself, to
** what the mediator asked.
*/
#ifndef EXTENSION_H
#define EXTENSION_H

#include "case/3-mediation/mediation.h"

typedef struct ExtensionConsent {
    Id   id, extension_id, case_id;
    Str  side, name, way; /* APPL, RESP; who signed; PAPER, ONLINE */
    Date day;
} ExtensionConsent;

typedef struct Extension {
    Id      id, case_id;
    int64_t days;
    Rows    consents;   /* of ExtensionConsent */
    Date    old_due, due, day;
    bool    outside_trial_limit;
    Id      by;
} Extension;

extern const Codes extension_sides;

/* T22 in the caller's transaction: days and consents are the caller's, the rest is set
** here.  BLOCKED: a side's word is missing, the period is over, the law's cap.
** `by_system`: the last word was a party's, and completes what the mediator asked. */
void extension_grant(Ctx *c, Case *k, Extension *e, bool by_system);

/* Words given online to the same number of days, of each side that is complete (extension_ask.c). */
void extension_words(Ctx *c, const Case *k, int64_t days, Rows *consents);
void extension_asked_done(Ctx *c, const Case *k); /* the period was extended: nothing is open */

#endif
