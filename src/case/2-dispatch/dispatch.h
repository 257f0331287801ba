/*
** Dispatching (分流指派): where an accepted case goes and who mediates it.  The
** engine proposes with reasons (law/dispatch.h, law/assign.h), a person decides,
** and what is barred stays barred.  T13 to T16 and T18 of the procedure.
*/
#ifndef CASE_DISPATCH_H
#define CASE_DISPATCH_H

#include "case/1-intake/intake.h"
#include "case/canon.h"
#include "law/assign.h"
#include "register/mediators/mediators.h"
#include "register/organisations/organisations.h"

extern const Slice dispatch_slice, load_slice, assign_slice, recusal_slice, conference_slice;

/* What the archive seals of this step (case/canon.h). */
extern const Sealed assigned_sealed, recusal_sealed, conference_sealed;

/* ---- what the rules ask (matter.c) ----------------------------------------------- */

Matter matter_of(Ctx *c, const Case *k);
Findings parties_missing(Ctx *c, const Case *k); /* who else should be a party */
Str case_employer(const Case *k);                /* its name, on whichever side */

/* Organisations that could take the case, and `also` (0: nobody more) whether
** it could or not; out[i].at is the index in `orgs`. */
typedef struct OrgChoice {
    Org      *orgs;
    Proposal *out;
    size_t    n;
} OrgChoice;
OrgChoice org_choice(Ctx *c, const Case *k, const Matter *m, Id also);

typedef struct PersonChoice {
    Mediator *people;
    Proposal *out;
    size_t    n;
} PersonChoice;
PersonChoice person_choice(Ctx *c, const Case *k, const Matter *m);
/* What bars this one, tags apart; nothing found: nothing does. */
Findings person_bars(Ctx *c, const Case *k, const Mediator *m);

Str findings_zh(Ctx *c, const Findings *f); /* the reasons, one after another */
/* BLOCKED with `who` and the reasons, if there are any. */
void findings_block(Ctx *c, Str who, const Findings *f);

/* ---- open load (load.c): from dispatch or assignment until mediation is over ---------- */

void load_take(Ctx *c, const Case *k, Str kind, Id holder); /* kind: org, mediator */
void load_drop(Ctx *c, const Case *k, Str kind, Id holder); /* none is fine */

/* ---- who mediates (assign.c, recusal.c) -------------------------------------------------- */

typedef struct Assigned {
    Id   id, case_id, mediator_id, user_id;
    Str  name, work, part;    /* part: lead, mediator */
    bool chosen;              /* by both sides */
    Str  reason;              /* why this one, where the rules proposed another */
    Date since, until;        /* until {0}: still */
    Str  why_ended;           /* replaced, recused */
    Id   by;
} Assigned;

Rows assigned_of(Ctx *c, Id case_id); /* of Assigned, ended ones too */
void assigned_end(Ctx *c, Case *k, const Assigned *a, Str why);
void assigned_copy(Ctx *c, const Case *from, const Case *to); /* those who are still */
bool was_recused(Ctx *c, Id case_id, Id user);
/* Who leads a complex case and the departments in it, from its last conference,
** where the text is "" (conference.c). */
void conference_lead(Ctx *c, const Case *k, Str *lead, Str *departments);
/* BLOCKED while a recusal of c's person waits for its decision (T16: on hold). */
void not_on_hold(Ctx *c, Case *k);

#endif
