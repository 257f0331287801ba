/*
** Cause codes (案由): data/causes.csv, dated rows.  A case has one main cause,
** which the statistics use, and any number of others.  Columns:
** code,group,zh,en,item,stat,ledger,final,tag,route,from,to
**   item    of 劳动争议调解仲裁法 2 (2008); "" for personnel and platform causes
**   stat    the ministry's statistical group; ledger: the monthly report's column I
**   final   by 劳动争议调解仲裁法 47 (2008) and 仲裁办案规则 50 (2017) an award on it
**           is final: "amount" up to twelve minimum wages, "standard" always; "" unclear
**   tag     the mediator's roster tag that it needs; route: what to tell (data/routes.csv)
*/
#ifndef CAUSE_H
#define CAUSE_H

#include "law/sheet.h"

/* Statistical groups: constant, stored word, labels. */
#define STAT_GROUPS(X)                                                          \
    X(PAY,   "PAY",   "劳动报酬",         "pay")                                \
    X(END,   "END",   "解除终止",         "ending the contract")                \
    X(REL,   "REL",   "确认劳动关系",     "existence of the relation")          \
    X(CONC,  "CONC",  "订立合同",         "conclusion")                         \
    X(CHG,   "CHG",   "变更合同",         "change")                             \
    X(PERF,  "PERF",  "履行合同",         "performance")                        \
    X(TIME,  "TIME",  "工时休假",         "hours and leave")                    \
    X(INS,   "INS",   "社会保险",         "social insurance")                   \
    X(INJ,   "INJ",   "工伤",             "work injury")                        \
    X(WELF,  "WELF",  "福利",             "welfare")                            \
    X(TRAIN, "TRAIN", "培训",             "training")                           \
    X(PROT,  "PROT",  "劳动保护",         "labour protection")                  \
    X(PERS,  "PERS",  "人事",             "personnel")                          \
    X(COLLC, "COLLC", "集体合同",         "collective contract")                \
    X(NEF,   "NEF",   "新就业形态",       "new employment forms")               \
    X(OVER,  "OVER",  "超龄劳动者",       "over-age workers")                   \
    X(DISP,  "DISP",  "劳务派遣",         "labour dispatch")                    \
    X(OTH,   "OTH",   "其他",             "other")

#define AS_GROUP(n, word, zh, en) GROUP_##n,
typedef enum StatGroup { STAT_GROUPS(AS_GROUP) GROUP__COUNT } StatGroup;
#undef AS_GROUP
#define AS_GROUP_SET(n, word, zh, en) G_##n = 1U << GROUP_##n,
enum { STAT_GROUPS(AS_GROUP_SET) G__ALL = (1U << GROUP__COUNT) - 1 }; /* sets of groups */
#undef AS_GROUP_SET

const char *group_word(StatGroup g);
const char *group_zh(StatGroup g);
const char *group_en(StatGroup g);

typedef struct Cause {
    Str       code, group, zh, en, item;
    StatGroup stat;
    Str       ledger, final, tag, route;
    Date      from, to;
} Cause;

typedef struct Causes {
    Cause *row;
    size_t n, cap;
} Causes;

void causes_init(Causes *c, Arena *mem, size_t cap);
void causes_add(Causes *c, Cause row);
bool causes_read(Causes *c, Arena *mem, Str text, Sheet *sheet);
bool group_of(Str word, StatGroup *g); /* false if unknown */

const Cause *cause_find(const Causes *c, Str code, Date day); /* NULL if none is in force */
/* The groups of codes separated by blanks; an unknown one is left out and named. */
uint32_t causes_groups(const Causes *c, Str codes, Date day, Str *unknown);

#endif
