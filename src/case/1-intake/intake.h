/*
** Intake (接待、登记、受理): from "a worker asks for mediation" to accepted,
** not accepted or referred.  T1 to T12 of the procedure.
*/
#ifndef INTAKE_H
#define INTAKE_H

#include "case/canon.h"
#include "case/party.h"
/* What an application says (domain 3.4), one a case; parties and claims are rows of their own. */
typedef struct Intake {
    Id      case_id;
    Id      org;          /* the centre it is for */
    Str     channel, mode, source, appl_type;
    Time    filed_at;     /* when it came in; a clerk may say */
    Str     relation;     /* what kind of relation it is about */
    Str     region, place; /* where the contract is performed */
    Date    hire_date, sign_date, contract_start, contract_end;
    Str     contract, post, hours, hours_no, end_reason;
    Money   wage, wage12;
    bool    employed;     /* still in the job */
    Date    end_date;
    int64_t career_years;
    Str     insured, injury_no;
    Date    injury_date, knew_date;
    int64_t grade, care;
    Str     facts, evidence, witnesses;
    Str     prior;        /* authority, number, date, state of earlier proceedings; "": none */
    Str     matters;      /* of law/scope_facts.h */
    bool    online_ok, rec_ok;
    Str     aid, urgent;
    bool    truthful, privacy, sensitive; /* declaration and consents */
    Str     notice;       /* version of the privacy notice */
    bool    read_back;    /* of an oral application: read to the applicant, who confirmed */
    Str     draft;        /* code of the draft it came from */
    Str     signature, signer, signed_name, signed_digest; /* the name drawn under it, or "": intake_hand.c */
    Time    signed_at;
    int64_t corrections;  /* how often corrections were asked for */
    Str     missing;      /* the list, one item a line */
    bool    consent;      /* the respondent agrees to mediation */
    Str     scope;        /* class decided on acceptance */
    Rows    parties, claims;
} Intake;

typedef struct Claim {
    Id      id, case_id;
    int64_t no;
    Str     cause, basis;
    Money   amount;
    Date    from, until;
    Id      change_id; /* which change asked for it; 0: the application */
} Claim;

extern const Form  intake_form, claim_form;
extern const Slice intake_slice, intake_file_slice, examine_slice, inbound_slice, scope_slice;
extern const Codes intake_relations, intake_matters, claim_causes;
extern const Query intake_add, claim_add;
extern const Sealed referral_sealed, offer_sealed; /* to another body; from one */
bool intake_get(Ctx *c, Id case_id, Intake *in); /* without its rows; intake_of(): with, or as just told */
bool intake_of(Ctx *c, const Case *k, Intake *in); void intake_save(Ctx *c, const Intake *in);
Rows claims_of(Ctx *c, Id case_id), claims_ever(Ctx *c, Id case_id); /* now; of every version, oldest first */

/* The rules across fields, one function a rule; faults are added to c. */
void intake_check(Ctx *c, Intake *in), intake_check_claims(Ctx *c, const Intake *in);
/* What the case's row takes from an application; faults what cannot be. */
void intake_take(Ctx *c, Intake *in, Case *k);
/* Its rows: the application's, parties, claims.  The case is stored already. */
void intake_store(Ctx *c, Intake *in, const Case *k);
/* Stores a checked application and submits it; *receipt, the code, is shown once. */
void intake_file(Ctx *c, Intake *in, Case *k, Str *receipt);

/* The office's next: 柳江劳人调字〔2026〕第0123号 */
Str ledger_number(Ctx *c, const Case *k, Str word);
void referral_add(Ctx *c, const Case *k, Id to, Str note); /* T8; faults field org */
struct Decision;
void scope_reply(Ctx *c, const struct Decision *d); /* as JSON, with the road and its articles */
/* The Law's profile of C-MED: NEF is D, a committee's A, else its region's. */
Str clock_profile(Ctx *c, const Case *k, const Intake *in);

#endif
