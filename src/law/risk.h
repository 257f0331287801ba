/*
** Early warning (风险监测预警, domain.md 6.1): what is known of an employer is held
** against the signs of data/risk_signs.csv, dated rows
**   code,level,measure,least,region,zh,en,basis,from,to
** and comes out as points and a level.  What proposes itself from the cases are the
** patterns of data/risk_patterns.csv:
**   code,measure,least,days,kind,zh,en,basis,from,to
** A person has the last word on both (个人信息保护法 24).
*/
#ifndef LAW_RISK_H
#define LAW_RISK_H

#include "law/param.h"
#include "law/phrase.h"

/* Gravest last. */
#define RISK_LEVEL_ROWS(X)                                                        \
    X(BLUE, "蓝色（关注）", "blue (watched)") X(YELLOW, "黄色", "yellow")         \
    X(ORANGE, "橙色", "orange") X(RED, "红色", "red")
#define AS_RISK_LEVEL(n, zh, en) RISK_##n,
typedef enum RiskLevel { RISK_LEVEL_ROWS(AS_RISK_LEVEL) RISK__LEVELS } RiskLevel;
#undef AS_RISK_LEVEL

/* What a sign measures: constant and word. */
#define RISK_MEASURES(X)                                                                            \
    X(SEASON, "season")                   /* 1: a row that is in force is met */                    \
    X(ARREARS_RUN, "arrears_run")         /* months unpaid in a row */                              \
    X(ARREARS_MONTHS, "arrears_months")   /* months unpaid in all */                                \
    X(WAGE_CRIME, "wage_crime")           /* 1: the threshold of the crime is reached */            \
    X(UNREPORTED, "unreported")           /* 1: arrears that were not reported in time */           \
    X(ARREARS_PEOPLE, "arrears_people") X(ARREARS_FEN, "arrears_fen")                               \
    X(INSURANCE_MONTHS, "insurance_months") X(INSURANCE_ALL, "insurance_all")                       \
    X(DEBTS, "debts") X(CUT_OFF, "cut_off")                                                         \
    X(INSURED_FALL, "insured_fall") X(INSURED_PERCENT, "insured_percent") /* whole percents reached */ \
    X(LAYOFF, "layoff")                   /* workers to go */                                       \
    X(LAYOFF_LARGE, "layoff_large")       /* 1: 劳动合同法 41 is reached */                         \
    X(LAYOFF_SILENT, "layoff_silent")     /* 1: and nobody was told */                              \
    X(DISPUTES, "disputes") X(DISPUTE_PEOPLE, "dispute_people")                                     \
    X(LEAVING, "leaving") X(SITE_GAPS, "site_gaps") X(SITE_STOPPED, "site_stopped")                 \
    X(PLATFORM, "platform") X(PLATFORM_PEOPLE, "platform_people")                                   \
    X(LATE, "late") X(LATE_DAYS, "late_days") X(BROKEN, "broken")                                   \
    X(OPINION, "opinion") X(INJURY, "injury")
#define AS_RISK_MEASURE(n, word) RK_##n,
typedef enum RiskMeasure { RISK_MEASURES(AS_RISK_MEASURE) RK__COUNT } RiskMeasure;
#undef AS_RISK_MEASURE

typedef struct RiskFacts {
    int64_t n[RK__COUNT];
    bool    focus; /* an industry or a group watched closely (R5, R6) */
} RiskFacts;

typedef struct RiskSign {
    Str         code, region, basis;
    RiskLevel   level;
    RiskMeasure measure;
    int64_t     least;
    Text        label;
    Date        from, to;
} RiskSign;
typedef struct RiskSigns { RiskSign *row; size_t n; } RiskSigns;

typedef struct RiskPattern {
    Str     code, measure, kind, basis;
    int64_t least, days;
    Text    label;
    Date    from, to;
} RiskPattern;
typedef struct RiskPatterns { RiskPattern *row; size_t n; } RiskPatterns;

enum { RISK_ROWS = 400, RISK_HITS = 32 };
bool risk_signs_read(RiskSigns *list, Arena *mem, Str text, Sheet *sheet);
bool risk_patterns_read(RiskPatterns *list, Arena *mem, Str text, Sheet *sheet);
const RiskPattern *risk_pattern(const RiskPatterns *list, Str code, Date day); /* NULL: none in force */

/* Each sign that is met, once, by its gravest row; points add up, and the level is the
** gravest sign's or what the sum reaches. */
typedef struct RiskHit { const RiskSign *sign; int64_t value; } RiskHit;
typedef struct RiskScore {
    RiskHit   hit[RISK_HITS];
    size_t    n;
    int64_t   points;
    RiskLevel level;
    Str       missing; /* a number that the tables lack; no points for it */
} RiskScore;
typedef struct RiskLaw { /* what holds where and when */
    const RiskSigns *signs;
    const Params    *params;
    Str              region;
    Date             day;
} RiskLaw;
void risk_score(const RiskLaw *law, const RiskFacts *f, RiskScore *s);
/* Is a lay-off of `cut` of `staff` one of 劳动合同法 41? */
bool risk_layoff(const Params *params, int64_t cut, int64_t staff, Str region, Date day);
bool        risk_level_of(Str word, RiskLevel *level);
const char *risk_level_word(RiskLevel level);
/* How soon a risk of that level is looked at again: RISK_CHECK_RED_DAYS … */
int64_t     risk_check_days(const Params *params, RiskLevel level, Str region, Date day);

#endif
