/*
** Employers (用人单位): one record each, shared by all offices, so that a case,
** a risk and a committee mean the same one.  Known by its unified social credit
** code; without one by its name as name_key() writes it and its region.  Two
** records of one employer are merged, and whoever names the first gets the other.
*/
#ifndef EMPLOYERS_H
#define EMPLOYERS_H

#include "core/web.h"

extern const Slice employers_slice;
extern const Form  employer_form;
extern const Codes employer_types; /* ENT INDIV …: domain.md 3.4 row 15 */

typedef struct Employer {
    Id      id;
    Str     name;
    Str     name_key;           /* by which it is found */
    Str     uscc;               /* in capitals; "": not known */
    Str     emp_type;
    Str     type_hint;          /* the type its code speaks for, if another; not kept */
    Str     industry;           /* section and division, C13 */
    int64_t staff;              /* 0: not known */
    Str     region;             /* where it is registered; 6 to 12 digits */
    Str     region_main;        /* its main office */
    Str     region_performance; /* where its people work */
    Str     address;
    Str     legal_rep;          /* 法定代表人、负责人 */
    Str     phone;
    bool    has_union;
    bool    has_committee;      /* declared; committee_id is the proof */
    Id      committee_id;       /* the organisation; 0: none known */
    bool    labour_intensive;   /* its industry is (R99) */
    bool    focus;              /* its industry is watched closely (R5) */
    bool    has_party;          /* a party organisation */
    int64_t enforcements;       /* enforcement cases against it, as the courts publish them */
    Str     status;             /* ACTIVE SUSPENDED CLOSED BANKRUPT MERGED */
    Id      merged_into;        /* 0, or the record that counts */
    int64_t version;
} Employer;

/* False (NOT_FOUND) if there is none.  A merged record gives the one that counts. */
bool employer_get(Ctx *c, Id id, Employer *e);
/* Of the one with this code; 0: there is none. */
Id   employer_by_uscc(Ctx *c, Str uscc);
/* Faults `field` with NOT_KNOWN if there is none. */
void employer_need(Ctx *c, Id id, Str field);

/* *e as a case names it (name, uscc or "", emp_type, industry, a region):
** becomes the record there is, else a new one.  A code that was not known is
** kept.  In a transaction; fields already on record are not changed. */
void employer_find_or_add(Ctx *c, Employer *e);

/* Its committee has been entered as an organisation. */
void employer_committee(Ctx *c, Id id, Id org_id);

/* For rosters.  Is there one like it? (by code, else by name and region) */
bool employer_known(Ctx *c, Employer *e);
/* By its code, or its name if only one has that; 0: none, or several. */
Id   employer_named(Ctx *c, Str text);
/* Enters a new one; in a transaction.  It has no history of its staff yet: what is said counts from ever. */
void employer_enter(Ctx *c, Employer *e);
void employer_forget(Ctx *c, Id id); /* one that nobody used or changed */

/* A name without blanks, half-width, in capitals: 某某（广西）公司 is 某某(广西)公司. */
Str name_key(Arena *a, Str name);

#endif
