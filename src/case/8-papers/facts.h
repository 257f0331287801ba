/*
** What a paper may say of a case: named sources, each rows of a Form.  Some are
** the steps' own rows, some are made here because a paper says names where a row
** has ids.  One table (facts_table.c) lists them all; templates are held against it.
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
    const Template *t;
    Rows      *kept;    /* rows by source, once read */
    bool      *read;
} CaseFacts;

/* The interface templates see; *f must outlive it. */
Facts case_facts(Ctx *c, CaseFacts *f);
/* The same without a case, for the linter: forms only. */
Facts facts_for_check(void);

/* A source of one's own (facts.c, facts_party.c). */
typedef struct FactSource {
    const char *name, *zh, *en;
    const Form *form;                        /* or sealed->form */
    const Sealed *sealed;                    /* rows of a step */
    Rows (*rows)(Ctx *c, const CaseFacts *f);
} FactSource;
extern const FactSource fact_sources[];
extern const size_t     fact_sources_n;

extern const Form matter_facts_form, head_facts_form, claim_facts_form, mediator_facts_form, duty_facts_form,
                  until_facts_form, party_facts_form, service_facts_form, mark_facts_form;
Rows fact_matter(Ctx *c, const CaseFacts *f);
Rows fact_head(Ctx *c, const CaseFacts *f);
Rows fact_claims(Ctx *c, const CaseFacts *f);
Rows fact_mediators(Ctx *c, const CaseFacts *f);
Rows fact_duties(Ctx *c, const CaseFacts *f);
Rows fact_overdue(Ctx *c, const CaseFacts *f);
Rows fact_until(Ctx *c, const CaseFacts *f);
Rows fact_service(Ctx *c, const CaseFacts *f);
Rows fact_marks(Ctx *c, const CaseFacts *f);
Rows fact_applicants(Ctx *c, const CaseFacts *f);
Rows fact_respondents(Ctx *c, const CaseFacts *f);
Rows fact_thirds(Ctx *c, const CaseFacts *f);
Rows fact_agents(Ctx *c, const CaseFacts *f);
Rows fact_representatives(Ctx *c, const CaseFacts *f);
Rows fact_workers(Ctx *c, const CaseFacts *f);
Rows fact_employers(Ctx *c, const CaseFacts *f);
Rows fact_to(Ctx *c, const CaseFacts *f);

#endif
