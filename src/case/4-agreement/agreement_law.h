/*
** What the law says of a case's agreement: law/agreement.h asked with its rows.
*/
#ifndef CASE_AGREEMENT_LAW_H
#define CASE_AGREEMENT_LAW_H

#include "case/4-agreement/agreement.h"
#include "law/agreement.h"

/* One finding as an answer shows it. */
typedef struct Remark {
    Str     code, severity; /* BLOCK WARN */
    Str     text, en, basis;
    int64_t value, limit;
    Str     offers;         /* words: remove_clause, separate_agreement */
} Remark;

extern const Form remark_form;

Findings accord_findings(Ctx *c, const Case *k, const Accord *a);
/* Terms of obligations; in c->mem. */
Obligation *accord_terms(Ctx *c, const Accord *a);
/* Which of the four marks are missing. */
Findings accord_missing(Ctx *c, const Case *k, Rows marks);
/* Codes with blanks between, for an error's `why`. */
Str findings_codes(Ctx *c, const Findings *f);
void findings_reply(Ctx *c, const Findings *f);
/* The words' parties who must sign for a side: representatives if there are
** any, else every party not split off. */
bool must_sign(const Party *p, const char *side, bool represented);

/* Part i (from 0) of a sum in n equal parts, the remainder on the last. */
Money instalment(Money total, int64_t n, int64_t i);

#endif
