/*
** The people and employers of a case, and those who speak for them.  Identity
** and phone numbers are sealed in their columns, masked in answers, and found
** again by keyed digests.
*/
#ifndef CASE_PARTY_H
#define CASE_PARTY_H

#include "case/case.h"
#include "core/check.h"

typedef struct Party {
    Id      id, case_id;
    Str     side;       /* APPL, RESP, THIRD; an agent's: whom he speaks for */
    Str     part;       /* PARTY, AGENT, REP */
    Str     kind;       /* WORKER, EMPLOYER */
    Str     name;
    Str     id_type, id_no, id_digest;
    Str     sex;
    Date    birth;
    Str     ethnic;
    Str     mobile, mobile_digest;
    Str     region, addr;
    Str     svc_addr;
    bool    e_service;
    Str     tags;       /* a worker's: RURAL DISP … */
    Str     uscc, no_uscc; /* an employer's; why it is not known */
    Str     emp_type, industry;
    int64_t staff;
    Str     reg_region, main_region;
    Str     legal_rep, legal_post;
    bool    has_union, has_committee;
    Str     scope;      /* an agent's: GENERAL, SPECIAL */
    bool    consents;   /* of a represented worker: to what the representatives agreed */
    Date    split_on;   /* split off into a case of his own */
    int64_t version;
} Party;

extern const Form  party_form;
extern const Slice case_party_slice, party_edit_slice;
extern const Codes party_id_types, party_sexes;

enum { PARTY_ALONE = INT32_MAX }; /* for party_check(): not one of a list */

/* What one party's row must hold beyond its Form: worker, employer, agent.
** Adds faults under "parties[i]", or the names alone; fills what follows from the number. */
void party_check(Ctx *c, Party *p, size_t i, bool roster);
void party_add(Ctx *c, const Case *k, Party *p);
bool party_known(Ctx *c, Party *p);        /* somebody of this number is on a case already */
Rows parties_of(Ctx *c, Id case_id);       /* all, in the order given */
bool party_get(Ctx *c, Id id, Party *p);   /* or NOT_FOUND */
void party_save(Ctx *c, Party *p);
void party_correct(Ctx *c, Party *p);      /* who it is, too */

static inline bool party_is(const Party *p, const char *side, const char *part)
{
    return str_eq(p->side, str_of(side)) && str_eq(p->part, str_of(part));
}

/* Whose dispute it is: elected to represent others or not, but no agent, and not split off. */
static inline bool party_own(const Party *p)
{
    return !str_eq(p->part, S("AGENT")) && p->split_on.day == 0;
}

/* Field.check functions, for any Form. */
Fault check_person_name(const Ctx *c, Str text);
Fault check_region(const Ctx *c, Str text);
Fault check_industry(const Ctx *c, Str text);

#endif
