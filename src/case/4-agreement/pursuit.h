/*
** What may be asked of others once an agreement is in force: arbitration review
** (仲裁审查), judicial confirmation (司法确认), a payment order (支付令).  Each is
** a small flow told as a table of turns; every turn is a dated entry that nobody
** edits.  The exchange with the tribunal or court itself is linkage's.
** 仲裁办案规则 74-78 (2017); 民事诉讼法 205, 225-228 (2023); 民诉法解释 355, 358,
** 427-430 (2022).
*/
#ifndef PURSUIT_H
#define PURSUIT_H

#include "case/4-agreement/agreement.h"
#include "law/reason.h"

/* How one stands: at most one a kind that is not over. */
typedef struct Pursuit {
    Id   id, case_id;
    Str  kind;      /* AREV JCONF PORDER */
    Str  state;     /* as in the turns */
    Str  agreed;    /* sides that consented: words */
    Str  received;  /* sides that received the statement */
    Str  authority; /* commission or court */
    Str  number;    /* of its paper */
    Str  ground;    /* of a refusal */
    Date applied;   /* jointly, or filed */
    Date due;       /* the authority's last day; {0}: no clock runs */
    Str  warning;   /* in answers */
} Pursuit;

extern const Codes pursuit_kinds, pursuit_states;
extern const Form  pursuit_form, pursuit_entry_form;

/* The latest of that kind; false: none was begun. */
bool pursuit_of(Ctx *c, Id case_id, Str kind, Pursuit *p);
Rows pursuit_entries(Ctx *c, Id case_id);
/* Review or confirmation succeeded: the court enforces it. */
bool pursuit_enforceable(Ctx *c, Id case_id);

/* The last day to apply, under the law of the agreement's day; {0}: no limit. */
Date pursuit_until(Ctx *c, const Case *k, const Accord *a, Str kind);

/* The local court confirms: 0 no, 1 yes, 2 nobody knows. */
int64_t pursuit_court(Ctx *c, const Case *k);
/* The day on which the latest paper of that kind was received; {0}: none was. */
Date pursuit_served(Ctx *c, Id case_id, Str kind);

/* Why it cannot be begun on that day; NULL: it can.  *warning: it can, but. */
const Reason *pursuit_bar(Ctx *c, const Case *k, const Accord *a, Str kind, Date day);
const Reason *pursuit_warning(Ctx *c, const Case *k, Str kind);

/* The last due day of an agreement, or the day it came into force: from when
** enforcement counts (民事诉讼法 250, 2023). */
Date accord_last_due(const Accord *a);

#endif
