/*
** Schemes of assessment (考核方案) as data: data/assessment.csv, dated rows:
** scheme,code,parent,subject,kind,weight,formula,empty,zh,en,basis,from,to.
** kind: GROUP (a heading), ITEM (weights add up to 100), VETO (一票否决), GRADE
** (weight: from how many points).  A formula gives a share from 0 to 1.
*/
#ifndef SCHEME_H
#define SCHEME_H

#include "law/formula.h"
#include "law/sheet.h"

/* What formulas may name: the numbers of the record, for the subject and the
** period.  Constant, word, labels; for whom: m(ediator) o(rganisation) u(nit). */
#define ASSESS_MEASURES(X)                                                            \
    X(DAYS,          "days",          "考核期天数",       "days of the period",        "mou") \
    X(ACCEPTED,      "accepted",      "受理件数",         "accepted",                  "mo")  \
    X(ENDED,         "ended",         "调解结束件数",     "mediation ended",           "mo")  \
    X(AGREED,        "agreed",        "达成协议件数",     "agreements in force",       "mo")  \
    X(SETTLED,       "settled",       "自行和解件数",     "settled by the parties",    "mo")  \
    X(SPOT,          "spot",          "即时履行件数",     "performed on the spot",     "mo")  \
    X(FAILED,        "failed",        "调解不成件数",     "ended without agreement",   "mo")  \
    X(WITHDRAWN,     "withdrawn",     "撤回件数",         "withdrawn",                 "mo")  \
    X(ON_TIME,       "on_time",       "按期结束件数",     "ended within the period",   "mo")  \
    X(DUE_N,         "due_n",         "到期义务项数",     "obligations due",           "mo")  \
    X(PAID_N,        "paid_n",        "已履行义务项数",   "obligations performed",     "mo")  \
    X(DUE_FEN,       "due_fen",       "到期应履行金额",   "due, fen",                  "mo")  \
    X(PAID_FEN,      "paid_fen",      "已履行金额",       "performed, fen",            "mo")  \
    X(CLOSED,        "closed",        "结案件数",         "closed",                    "mo")  \
    X(ARCHIVED,      "archived",      "其中已归档件数",   "of which archived",         "mo")  \
    X(RATED,         "rated",         "回访评价件数",     "rated in follow-up visits", "mo")  \
    X(RATING,        "rating",        "满意度分值之和",   "sum of ratings, 1 to 5",    "mo")  \
    X(TRAINING_MIN,  "training_min",  "培训分钟数",       "minutes of training",       "mo")  \
    X(TRAINING_NEED, "training_need", "应培训分钟数",     "minutes of training due",   "mo")  \
    X(SIX,           "six",           "六有达标项数",     "of the six haves",          "o")   \
    X(LED,           "led",           "牵头的覆盖目标数", "coverage targets led",      "u")   \
    X(LED_MET,       "led_met",       "其中已达标数",     "of which reached",          "u")   \
    X(HAND,          "hand",          "评定分（0至100）", "points given by hand, 0 to 100", "mou")
#define AS_ASSESS_MEASURE(n, word, zh, en, who) AM_##n,
typedef enum AssessMeasure { ASSESS_MEASURES(AS_ASSESS_MEASURE) AM__COUNT } AssessMeasure;
#undef AS_ASSESS_MEASURE

typedef struct AssessName {
    const char *word, *zh, *en, *who;
} AssessName;
extern const AssessName assess_names[AM__COUNT];

/* The numbers a formula reads; `used` tells which it asked for. */
typedef struct AssessFacts {
    int64_t  n[AM__COUNT];
    uint32_t used;
} AssessFacts;
bool assess_fact(const void *facts, Str name, int64_t *value); /* a FormulaName */

typedef struct SchemeRow {
    Str     scheme, code, parent;
    Str     subject; /* MEDIATOR ORG MEMBER */
    Str     kind;    /* GROUP ITEM VETO GRADE */
    int64_t weight;
    Str     formula;
    Str     empty;   /* without a value: FULL, ZERO, or OUT: the weight does not count */
    Str     zh, en, basis;
    Date    from, to;
} SchemeRow;

typedef struct Schemes {
    SchemeRow *row;
    size_t     n;
} Schemes;

enum { SCHEME_ROWS = 1000, POINT = 10000, POINTS_FULL = 100 * POINT };

/* False if a row is wrong, a formula is none, or the weights of a scheme do not
** add up to 100 on the first day of one of its rows. */
bool schemes_read(Schemes *list, Arena *mem, Str text, Sheet *sheet);

/* weight * value in 1/10000 points, half up; the value is held between 0 and 1.
** No value: by the row's `empty`; false if the weight does not count. */
bool scheme_points(const SchemeRow *row, Ratio value, int64_t *points);
/* The sum as if the weights that count were 100: 1/10000 points, half up. */
int64_t scheme_total(int64_t points, int64_t weights);
/* The GRADE row that the total reaches; NULL if the scheme has none. */
const SchemeRow *scheme_grade(const Schemes *list, Str scheme, Date day, int64_t total);

#endif
