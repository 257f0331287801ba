/*
** What a rule answers with: rows of text a lawyer can review, each with its
** basis and the version of the text, and the numbers that were compared.
*/
#ifndef REASON_H
#define REASON_H

#include "base/base.h"

#define POLICY "本产品默认规则（法律未作规定，可由本机构调整）"

typedef struct Reason {
    const char *code;
    const char *zh, *en;
    const char *basis; /* law, article (year of the text); POLICY where no text sets it */
} Reason;

typedef struct Finding {
    const Reason *why;
    int64_t       value, limit; /* what was found, and the limit it met; 0 if no number */
} Finding;

enum { FINDINGS = 32 };

typedef struct Findings {
    Finding list[FINDINGS];
    size_t  n;
} Findings;

void finding_add(Findings *f, const Reason *why, int64_t value, int64_t limit);
bool finding_has(const Findings *f, Str code);

#endif
