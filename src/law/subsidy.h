/*
** Case subsidies (办案补助, 以案定补; R145, domain.md 12.3): what a case is worth to
** those who mediated it, by its kind and result, and how it is split among them.
** Rates, shares and the cap of a month are rows of data/params.csv (SUBSIDY_…),
** dated and by region, because every place sets its own.  Pure; money in fen.
*/
#ifndef SUBSIDY_H
#define SUBSIDY_H

#include "law/param.h"
#include "law/phrase.h"

#define SUBSIDY_KINDS(X)                                    \
    X(SIMPLE,     "simple",     "简单案件", "simple")       \
    X(ORDINARY,   "ordinary",   "一般案件", "ordinary")     \
    X(COMPLEX,    "complex",    "复杂案件", "complex")      \
    X(COLLECTIVE, "collective", "集体争议", "collective")
#define AS_SUBSIDY_KIND(n, word, zh, en) SUBSIDY_##n,
typedef enum SubsidyKind { SUBSIDY_KINDS(AS_SUBSIDY_KIND) SUBSIDY_KIND__COUNT } SubsidyKind;
#undef AS_SUBSIDY_KIND

#define SUBSIDY_RESULTS(X)                                          \
    X(AGREED,  "agreed",  "达成协议", "agreed")                     \
    X(SETTLED, "settled", "自行和解", "settled by the parties")     \
    X(FAILED,  "failed",  "调解不成", "ended without agreement")
#define AS_SUBSIDY_RESULT(n, word, zh, en) RESULT_##n,
typedef enum SubsidyResult { SUBSIDY_RESULTS(AS_SUBSIDY_RESULT) RESULT__COUNT } SubsidyResult;
#undef AS_SUBSIDY_RESULT

typedef struct SubsidyFacts {
    SubsidyKind   kind;
    SubsidyResult result;
    int64_t       workers;
    bool          confirmed;  /* by a court: a bonus on an agreement */
    bool          on_spot;    /* performed at once: a bonus on an agreement */
} SubsidyFacts;

typedef struct SubsidySum {
    int64_t base;     /* of the kind, for the workers above the number too */
    int64_t percent;  /* of the base, for the result */
    int64_t bonus;
    int64_t total;
    Str     missing;  /* the first rate that nobody has set: then total is 0 */
    Trace   trace;    /* the working, line by line */
} SubsidySum;

/* By the case's flags (law/threshold.h): collective, then complex, major or mass,
** then simple, else ordinary. */
SubsidyKind subsidy_kind(Str flags);
const char *subsidy_kind_word(SubsidyKind k);
const char *subsidy_result_word(SubsidyResult r);

void subsidy_sum(Arena *mem, Look *look, const SubsidyFacts *facts, SubsidySum *sum);

/* One of those it is split among.  share = withheld + cut + pay. */
typedef struct SubsidyShare {
    int64_t weight;    /* their parts of the work; > 0 */
    bool    excluded;  /* staff on a public post: paid nothing, nobody else gets it */
    int64_t less;      /* percent of their share that the year's grade costs them */
    int64_t taken;     /* theirs already in that month */
    int64_t share, withheld, cut, pay;
} SubsidyShare;

/* By weight to the fen, the largest remainders first, the sum exact.  `cap`: of
** one payee and month; 0: none. */
void subsidy_split(int64_t total, int64_t cap, SubsidyShare *row, size_t n);

#endif
