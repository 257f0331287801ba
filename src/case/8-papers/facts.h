/*
** What a paper may say: named sources, each rows of a Form.  Those of a case are in
** one table (facts_table.c); a slice that comes after adds its own (Slice.fact), of
** a case or of the record that the paper is about: a meeting, a letter, a claim.
** Templates are held against all of them.
*/
#ifndef PAPERS_FACTS_H
#define PAPERS_FACTS_H

#include "case/canon.h"
#include "case/case.h"
#include "paper/template.h"

/* The paper itself. */
typedef struct PaperHead {
    Str  title, number, code, url, office, maker, reason;
    Date day;
} PaperHead;

typedef struct AskAnswer {
    Str name, value;
} AskAnswer;

/* What one paper is made from; lives as long as the request. */
typedef struct CaseFacts {
    Case      *k;       /* NULL: about no case */
    PaperHead  head;
    Id         to;      /* the party it is for; 0: all */
    Rows       answers; /* of AskAnswer */
    Id         paper;   /* of the record of service; 0 */
    Str        about;   /* "meeting": what kind of record it is made from; "": none */
    Id         about_id;
    const Slice *const *slices; /* whose sources there are, too */
    const Template *t;
    Rows      *kept;    /* rows by source, once read */
    bool      *read;
} CaseFacts;

/* The interface templates see; *f must outlive it. */
Facts case_facts(Ctx *c, CaseFacts *f);
/* The same without a case, for the linter: forms only; *f must outlive it. */
Facts facts_for_check(CaseFacts *f, const Slice *const *slices);

/* A source of one's own. */
typedef struct FactSource {
    const char *name, *zh, *en;
    const Form *form;                        /* or sealed->form */
    const Sealed *sealed;                    /* rows of a step */
    Rows (*rows)(Ctx *c, const CaseFacts *f);
    const char *about;                       /* of such a record alone; NULL: of a case */
    bool alone;                              /* of papers about neither, too */
} FactSource;
/* The table's, then those of each of f's slices; NULL beyond the last. */
const FactSource *fact_source_at(const CaseFacts *f, size_t i);
enum { OFFICE_SOURCES = 6 };
extern const FactSource office_sources[OFFICE_SOURCES]; /* of records before any case: facts_office.c */
Rows fact_one(Ctx *c, const void *row, size_t size); /* a row, copied, as a list of one */

extern const Form matter_facts_form, head_facts_form, claim_facts_form, mediator_facts_form, duty_facts_form,
                  until_facts_form, party_facts_form, service_facts_form, mark_facts_form, hand_facts_form;
Rows fact_matter(Ctx *c, const CaseFacts *f);
Rows fact_head(Ctx *c, const CaseFacts *f);
Rows fact_claims(Ctx *c, const CaseFacts *f);
Rows fact_mediators(Ctx *c, const CaseFacts *f);
Rows fact_duties(Ctx *c, const CaseFacts *f);
Rows fact_overdue(Ctx *c, const CaseFacts *f), fact_debtors(Ctx *c, const CaseFacts *f);
bool fact_debtor(Ctx *c, const CaseFacts *f, size_t i, Id *id); /* the i-th; false: there are fewer */
Rows fact_until(Ctx *c, const CaseFacts *f);
Rows fact_service(Ctx *c, const CaseFacts *f);
Rows fact_marks(Ctx *c, const CaseFacts *f), fact_application_mark(Ctx *c, const CaseFacts *f);
Rows fact_hands(Ctx *c, const CaseFacts *f), fact_own_hands(Ctx *c, const CaseFacts *f); /* drawn */
Rows fact_applicants(Ctx *c, const CaseFacts *f);
Rows fact_respondents(Ctx *c, const CaseFacts *f);
Rows fact_thirds(Ctx *c, const CaseFacts *f);
Rows fact_agents(Ctx *c, const CaseFacts *f);
Rows fact_representatives(Ctx *c, const CaseFacts *f);
Rows fact_workers(Ctx *c, const CaseFacts *f);
Rows fact_employers(Ctx *c, const CaseFacts *f), fact_to(Ctx *c, const CaseFacts *f);

#endif
