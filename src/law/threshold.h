/*
** What kind of dispute it is: collective, mass, major, complex, simple, and a
** lay-off.  劳动争议调解仲裁法 7 (2008), 劳动人事争议仲裁办案规则 5, 56, 62-66
** (2017), 劳动合同法 41 (2012); numbers are rows of data/params.csv.
*/
#ifndef THRESHOLD_H
#define THRESHOLD_H

#include "law/param.h"
#include "law/reason.h"

/* Flags of a case: constant and stored word, labels. */
#define FLAGS(X)                                                              \
    X(COLL,    "集体争议",         "collective")                              \
    X(COLL50,  "五十人以上集体争议", "collective, fifty or more")             \
    X(LAYOFF,  "规模裁员",         "large lay-off")                           \
    X(MASS,    "群体性争议",       "mass")                                    \
    X(MAJOR,   "重大争议",         "major")                                   \
    X(COMPLEX, "复杂争议",         "complex")                                 \
    X(SIMPLE,  "简单争议",         "simple")
#define AS_FLAG(n, zh, en) FLAG_BIT_##n,
enum { FLAGS(AS_FLAG) FLAG__COUNT };
#undef AS_FLAG
#define AS_FLAG_SET(n, zh, en) FLAG_##n = 1U << FLAG_BIT_##n,
enum { FLAGS(AS_FLAG_SET) FLAG__NONE = 0 };
#undef AS_FLAG_SET

/* What was seen on the spot or said (field 41, 紧急情形). */
#define SIGNALS(X)                                                            \
    X(GATHERING,        "聚集",           "gathering")                        \
    X(BLOCKING,         "堵路堵门",       "blocking")                         \
    X(STOPPAGE,         "停工",           "work stoppage")                    \
    X(GROUP_PETITION,   "集体上访",       "group petition")                   \
    X(SELF_HARM,        "扬言自伤自杀",   "threat of suicide or self-harm")   \
    X(DEATH,            "人员死亡",       "a death")                          \
    X(VIOLENCE,         "暴力",           "violence")                         \
    X(MEDIA,            "媒体、网络热点", "media or online hot topic")        \
    X(NATIONAL_MEDIA,   "全国性媒体",     "national media")                   \
    X(CROSS_DISTRICT,   "跨县（区）",     "cross-district")                   \
    X(CROSS_REGION,     "跨地区",         "cross-region")                     \
    X(SENSITIVE_PERIOD, "敏感时期",       "sensitive period")                 \
    X(FLED,             "欠薪逃匿",       "unable to pay and fled")           \
    X(SOCIAL_IMPACT,    "社会影响较大",   "big social impact")
#define AS_SIGNAL(n, zh, en) SIGNAL_BIT_##n,
enum { SIGNALS(AS_SIGNAL) SIGNAL__COUNT };
#undef AS_SIGNAL
#define AS_SIGNAL_SET(n, zh, en) SIGNAL_##n = 1U << SIGNAL_BIT_##n,
enum { SIGNALS(AS_SIGNAL_SET) SIGNAL__NONE = 0 };
#undef AS_SIGNAL_SET

typedef struct Extent {
    int64_t  workers, common;   /* on the workers' side; of them with a common request */
    bool     collective_contract, platform, undisputed;
    uint32_t signals;
    uint32_t groups;            /* of the causes: causes_groups */
    int64_t  claims, claim_fen; /* number and total */
    int64_t  employers, departments; /* involved; needed */
    int64_t  cut, staff;        /* lay-off: workers to go, of how many */
    int64_t  average_wage_fen;  /* local annual average of the year before; 0: unknown, never SIMPLE */
    Str      region;
    Date     day;
} Extent;

typedef struct Flags {
    uint32_t flags;
    int      level;   /* 4 (IV) ... 1 (I, gravest) with MAJOR or MASS; else 0 */
    Findings reasons; /* each flag's, and the level's */
    Str      missing; /* a parameter the data does not have: its flags are not set */
} Flags;

Flags flags_of(const Params *params, const Extent *e);

uint32_t    flags_read(Str words);         /* "COLL MAJOR"; unknown words are left out */
void        flags_write(Out *o, uint32_t set);
uint32_t    signals_read(Str words);
const char *flag_zh(uint32_t flag);        /* of one flag; the lowest of several */
const char *flag_en(uint32_t flag);

#endif
