/*
** The closed lists that describe who disputes about what, for scope.h.  The
** constants' names are the stored words: append, never rename.
*/
#ifndef SCOPE_FACTS_H
#define SCOPE_FACTS_H

#include "base/base.h"

#define EMPLOYERS(X)                                                                         \
    X(ENT, "企业", "enterprise") X(INDIV, "个体经济组织", "individual economic organisation") \
    X(NGO_UNIT, "民办非企业单位", "private non-enterprise unit") X(ORGAN, "国家机关", "state organ") \
    X(INST, "事业单位", "public institution") X(SOCORG, "社会团体", "social organisation")   \
    X(FARMCOOP, "农民专业合作社", "farmers' cooperative") X(PLATFORM, "平台企业", "platform") \
    X(OTHER, "其他", "other") X(PLA, "军队用人单位", "PLA unit")                             \
    X(HOUSEHOLD, "家庭或者个人", "household") X(CRAFTSMAN, "个体工匠", "craftsman")          \
    X(FARM_HOUSEHOLD, "农村承包经营户", "farm household") X(ILLEGAL, "无证照用人单位", "illegal employer")
#define AS_EMPLOYER(n, zh, en) EMPLOYER_##n,
typedef enum EmployerKind { EMPLOYERS(AS_EMPLOYER) EMPLOYER__COUNT } EmployerKind;
#undef AS_EMPLOYER

#define RELATIONS(X)                                                                         \
    X(LABOUR, "劳动关系", "labour relation") X(PERSONNEL, "人事关系", "personnel relation")  \
    X(PLA_CIVILIAN, "军队文职人员", "PLA civilian") X(CIVIL_SERVANT, "聘任制公务员", "contract civil servant") \
    X(OVERAGE, "超龄劳动者", "over-age worker") X(NEF, "新就业形态", "new employment form")  \
    X(DOMESTIC, "家政服务人员", "domestic worker") X(APPRENTICE, "帮工、学徒", "helper or apprentice") \
    X(FARM_HAND, "受雇农工", "hired farm hand") X(SERVICE, "劳务关系", "service relation")
#define AS_RELATION(n, zh, en) RELATION_##n,
typedef enum Relation { RELATIONS(AS_RELATION) RELATION__COUNT } Relation;
#undef AS_RELATION

/* What else decides: constant, route, labels; in the order in which they are asked. */
#define MATTERS(X)                                                                           \
    X(PRIOR,            "NR10", "已仲裁、诉讼或者已有生效处理", "already in procedure or decided") \
    X(AGENCY_BENEFIT,   "NR1",  "请求社保机构发放待遇", "benefit from the agency")           \
    X(HOUSING_REFORM,   "NR2",  "公有住房转让", "public housing")                            \
    X(GRADE_OBJECTION,  "NR3",  "对鉴定结论有异议", "objection to an appraisal")             \
    X(HOUSING_FUND,     "NR8",  "住房公积金", "housing fund")                                \
    X(INJURY_FINDING,   "NR9",  "请求认定工伤", "recognition of injury")                     \
    X(COMPLAINT_ONLY,   "NR12", "仅投诉举报", "complaint only")                              \
    X(CONSENT_REFUSED,  "NR13", "对方不同意调解", "consent refused")                         \
    X(OUTSIDE,          "NR14", "不在管辖区域", "outside the territory")                     \
    X(ENTRUSTED,        "",     "仲裁、法院委托（委派）", "entrusted by arbitration or court")
#define AS_MATTER(n, route, zh, en) MATTER_##n,
enum { MATTERS(AS_MATTER) MATTER__COUNT };
#undef AS_MATTER
#define AS_MATTER_SET(n, route, zh, en) M_##n = 1U << MATTER_##n,
enum { MATTERS(AS_MATTER_SET) M__NONE = 0 };
#undef AS_MATTER_SET

bool        employer_of(Str word, EmployerKind *e); /* ENT, INDIV: the constant's name */
bool        relation_of(Str word, Relation *r);
uint32_t    matters_of(Str words);              /* PRIOR OUTSIDE; unknown words are left out */

#endif
