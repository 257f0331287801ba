/*
** What stands against an agreement before it is signed, which of its marks are
** missing, and signs of a sham.  劳动争议调解仲裁法 14 (2008), 企业劳动争议协商
** 调解规定 26 (2012), 劳动人事争议仲裁办案规则 75, 78 (2017), 司法解释（二） 19
** (2025), 特邀调解规定 18 (2016).
*/
#ifndef AGREEMENT_H
#define AGREEMENT_H

#include "law/param.h"
#include "law/performance.h"
#include "law/reason.h"

typedef struct Terms {
    const Obligation *list;
    size_t  n;
    Str     text;             /* the agreement's wording: scanned */
    int64_t total_fen;        /* as written; 0: no total is named */
    int64_t wage_fen;         /* monthly wage agreed for the time to come; 0: none */
    int64_t minimum_fen;      /* local monthly minimum wage; 0: unknown */
    bool    requests_stated;  /* 调解请求 */
    bool    result_stated;    /* 协议内容 */
    bool    harms_others;     /* state, public or a third party */
    bool    agent_unempowered; /* an agent signs without special power to settle */
    Date    day;
} Terms;

/* Severity is in the code's row: a BLOCK must be resolved before signing. */
typedef enum Severity { SEVERITY_BLOCK, SEVERITY_WARN } Severity;
Severity severity_of(const Finding *f); /* of a finding of this file */
const char *severity_word(Severity s);  /* BLOCK, WARN */

Findings agreement_check(const Terms *t);
bool     agreement_blocked(const Findings *f);
/* May arbitration review it (C-AREV)?  Not when it confirms the labour relation. */
bool     agreement_reviewable(const Findings *f);

/* The four marks (四个要件): without one of them nothing binds. */
typedef struct Marks {
    int64_t applicants, applicants_signed;   /* needed, and placed */
    int64_t respondents, respondents_signed;
    int64_t mediators_signed;
    bool    sealed;
} Marks;
Findings marks_missing(const Marks *m); /* nothing found: in force */

/* Signs of a sham (虚假调解); `suspected` suspends the case and locks review and
** confirmation until the head clears it. */
typedef struct ShamFacts {
    int64_t pay_agreements;  /* of this employer on this day */
    int64_t enforcements;    /* enforcement cases against it */
    bool    payroll;         /* payroll or bank records were seen */
    bool    identical_round; /* identical round claims of many */
    bool    collusion, forged; /* the mediator's suspicion */
    bool    cleared;         /* by the head, with a reason */
    Str     region;
    Date    day;
} ShamFacts;

typedef struct Sham {
    bool     suspected, locked;
    Findings reasons;
    Str      missing; /* a parameter the data does not have */
} Sham;
Sham sham_check(const Params *params, const ShamFacts *s);

#endif
