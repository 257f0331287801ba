/*
** Agreement (调解协议): from the mediator's draft to the last of the four marks.
** Begins in ST_MEDIATING, leaves at ST_EFFECTIVE.  A draft changes by new
** versions, each kept; marks are placed on one version and void with it.  Once
** in force nothing of it changes.  劳动争议调解仲裁法 14 (2008), 企业劳动争议
** 协商调解规定 26 (2012).
*/
#ifndef CASE_AGREEMENT_H
#define CASE_AGREEMENT_H

#include "case/canon.h"
#include "case/party.h"

/* One thing to be done; of one version, never changed. */
typedef struct Commitment {
    Id      id, agreement_id, case_id;
    int64_t version, no;
    Str     duty;       /* PAY … of law/performance.h */
    Id      debtor_id;  /* a party */
    Str     creditor_ids, joint_ids; /* words; who is liable with the debtor, jointly and severally (连带) */
    Str     money;      /* of a payment: WAGE MEDICAL COMPENSATION DAMAGES OTHER */
    Str     cause;
    Money   amount;
    Date    due_on;     /* as agreed */
    bool    fixed;      /* stays on a rest day: the agreement says so */
    Date    due;        /* in effect */
    bool    provisional;
    Str     method, account; /* sealed */
    Str     what;       /* content of a duty other than payment */
} Commitment;

/* The agreement as it stands; law/remedy.h has the name Agreement. */
typedef struct Accord {
    Id      id, case_id;
    int64_t version;
    Str     state;      /* draft, agreed, effective, void */
    Str     requests, result; /* what was asked for; the clauses */
    Str     breach;     /* 违约责任 */
    Str     facts;      /* jointly confirmed facts: all that may be handed over */
    Money   total, wage; /* as written; monthly wage agreed for the time to come */
    bool    accelerates; /* 加速到期 is written */
    int64_t missed, days;
    bool    settled;    /* 一次性了结 */
    bool    harms;      /* the mediator's finding: harms the state, the public or others */
    Str     no;         /* "" until in force */
    Str     digest;     /* SHA-256 of the version's canonical text */
    Str     reason;     /* why it stands in spite of warnings */
    int64_t placed;     /* marks ever placed */
    Time    effective_at; /* the last mark's */
    Date    effective;
    Id      saved_by;
    Time    saved_at;
    Rows    obligations; /* of Commitment */
} Accord;

typedef struct Mark {
    Id      id, case_id, agreement_id;
    int64_t version;
    Str     kind;      /* PARTY MEDIATOR SEAL */
    Id      party_id;  /* whose */
    Id      agent_id;  /* who signed for him; needs special power */
    Str     side, name;
    Str     how;       /* SIGNED PAPER STAMP */
    Str     file, digest; /* SHA-256 of signature, scan or seal; of the version that was signed */
    Time    placed_at;
    Id      signer, by_id;
} Mark;

extern const Form  accord_form, commitment_form, mark_form;
extern const Slice agreement_slice, agreement_sign_slice, comparison_slice, pursuit_slice, series_slice;
extern const Codes commitment_moneys;
/* Every version's text and obligations, for the archive's seal. */
extern const Sealed accord_sealed, commitment_sealed;
bool accord_of(Ctx *c, Id case_id, Accord *a); /* with its obligations; false if the case has none */
bool accord_in_force(const Accord *a);
void accord_save(Ctx *c, const Accord *a);     /* state, number, digest: not its text */
void accord_version(Ctx *c, Accord *a);        /* stores *a as its next version, as a draft */
Rows marks_of(Ctx *c, const Accord *a);        /* of its version */
Rows marks_ever(Ctx *c, Id case_id);           /* of all versions */
#endif
