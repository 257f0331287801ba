/*
** Mediation (调解): sessions and minutes, private notes apart; suspension and
** extension; collective, mass and major cases; and how it ends without an
** agreement.  T17 to T22, T26 to T30 of the procedure.
*/
#ifndef MEDIATION_H
#define MEDIATION_H

#include "case/2-dispatch/dispatch.h"
#include "case/canon.h"

extern const Slice flags_slice, emergency_slice, group_slice, split_slice, sitting_slice, diary_slice,
                   minutes_slice, private_slice, handover_slice, period_slice, extension_slice,
                   extension_ask_slice, sham_slice, similar_slice, situation_slice, reckoning_slice,
                   claims_slice,
                   ending_slice;

/* What the archive seals of this step (case/canon.h). */
extern const Sealed sitting_sealed, minutes_sealed, fact_sealed, joint_mark_sealed, suspension_sealed,
                    extension_sealed, extension_consent_sealed, private_sealed, report_sealed,
                    spot_sealed, claim_change_sealed, reckoning_sealed;

/* Minutes that both sides confirmed: papers D11 of the main volume. */
int64_t minutes_confirmed(Ctx *c, Id case_id);

/* The case for a handler that fires `e` after more work: WRONG_STATE comes first. */
void case_for(Ctx *c, Case *k, Event e);
/* WRONG_STATE unless the case is in one of these states. */
void states_only(Ctx *c, const Case *k, uint32_t states);
/* An event that the numbers bring about, whoever entered them. */
void fire_by_system(Ctx *c, Case *k, Event e, Str note);

/* Flags and level from what is known (flags.c); fires T19 for those that are new. */
void flags_refresh(Ctx *c, Case *k);

/* A suspicion of sham mediation that nobody has cleared: locks agreement and signing. */
bool sham_open(Ctx *c, const Case *k);
bool sham_known(Ctx *c, const Case *k); /* there was one, whatever became of it */
/* Notes a suspicion; a second one while one is open is nothing. */
void sham_suspect(Ctx *c, Case *k, Str reason);
/* One that waits for its signatures: the period of mediation stands still from today
** until the suspicion is cleared; in every other state T20 does that, or nothing runs. */
void sham_suspend(Ctx *c, Case *k, Str note);
void sham_resume(Ctx *c, Case *k);

/* Who represents the workers; 0 rows if nobody was elected (group.c). */
typedef struct Representative {
    Id   id, case_id, party_id;
    Str  name;
    Date since, until;
} Representative;
Rows representatives_of(Ctx *c, Id case_id); /* those who are still */

/* What may be handed over when mediation has failed: domain D22 and what both
** sides confirmed together.  Nothing said in private is reachable from here. */
typedef struct Handover {
    Id   id;
    Str  no, source, applicant, respondent, cause;
    Date accepted, ended;
    Str  ending, ending_zh;
    int64_t sessions;
    Rows facts;          /* jointly confirmed */
} Handover;
extern const Form handover_form;
void handover_of(Ctx *c, const Case *k, Handover *h);

/* What both sides confirmed: minutes' undisputed facts and facts on their own. */
typedef struct JointFact {
    Id   id, case_id;
    Str  fact;
    Id   by;
    Time at;
    bool applicant, respondent; /* who confirmed */
} JointFact;
Rows facts_confirmed(Ctx *c, Id case_id);    /* of JointFact, by both */
Rows minutes_facts(Ctx *c, Id case_id);      /* the same, from confirmed minutes */
int64_t sessions_held(Ctx *c, Id case_id);
bool session_opened(Ctx *c, Id case_id, Id session); /* there is one, and it was held */

#endif
