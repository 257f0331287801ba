/*
** The kinds of organisation that mediate or take part, and the six haves (六有).
** The constants' names are the stored words: append, never rename.
*/
#ifndef ORG_KIND_H
#define ORG_KIND_H

#include "base/base.h"

#define ORG_KINDS(X)                                                                     \
    X(CENTER,  "多元调解中心",             "multi-channel mediation centre")             \
    X(SUB,     "调解分中心（工作站）",     "sub-centre")                                 \
    X(ROOM,    "调解工作室",               "mediation workroom")                         \
    X(STATION, "调解站点",                 "mediation station")                          \
    X(TOWN,    "乡镇（街道）调解中心",     "township centre")                            \
    X(ENT,     "企业劳动争议调解委员会",   "enterprise mediation committee")             \
    X(CHAMBER, "商（协）会劳动争议调解组织", "chamber mediation organisation")           \
    X(UROOM,   "工会劳动人事争议调解室",   "trade-union mediation room")                 \
    X(PMC,     "人民调解委员会",           "people's mediation committee")               \
    X(INST,    "事业单位、社会团体调解组织", "institution's or social organisation's committee") \
    X(NEF,     "新业态一站式调解中心",     "new-employment-form one-stop centre")        \
    X(SCOURT,  "共享法庭",                 "shared court")                               \
    X(ULS,     "工会法律服务工作站",       "union legal-service station")                \
    X(LRS,     "劳动关系公共服务中心",     "labour-relations service centre")            \
    X(ARB,     "劳动人事争议仲裁院",       "arbitration institute")                      \
    X(COURT,   "人民法院",                 "court")                                      \
    X(PROC,    "人民检察院",               "procuratorate")                              \
    X(LINSP,   "劳动保障监察",             "labour inspection")                          \
    X(LAID,    "法律援助机构",             "legal aid agency")                           \
    X(HRSS,    "人社局",                   "HR bureau")                                  \
    X(PLC,     "党委政法委",               "political-legal committee")                  \
    X(JUST,    "司法局",                   "justice bureau")                             \
    X(FIN,     "财政局",                   "finance bureau")                             \
    X(MIIT,    "工信局",                   "industry and IT bureau")                     \
    X(GU,      "总工会",                   "general union")                              \
    X(FIC,     "工商联",                   "federation of industry and commerce")        \
    X(EC,      "企业联合会",               "enterprise confederation")
#define AS_KIND(n, zh, en) ORG_##n,
typedef enum OrgKind { ORG_KINDS(AS_KIND) ORG__COUNT } OrgKind;
#undef AS_KIND

#define HAVES(X)                                              \
    X(VENUE,     "场地",   "venue")                           \
    X(EQUIPMENT, "设备",   "equipment")                       \
    X(MEDIATORS, "调解员", "mediators")                       \
    X(FUNDS,     "经费",   "funds")                           \
    X(SYSTEMS,   "制度",   "systems")                         \
    X(SIGNAGE,   "标识",   "signage")
#define AS_HAVE(n, zh, en) HAVE_BIT_##n,
enum { HAVES(AS_HAVE) HAVE__COUNT };
#undef AS_HAVE
#define AS_HAVE_SET(n, zh, en) HAVE_##n = 1U << HAVE_BIT_##n,
enum { HAVES(AS_HAVE_SET) HAVE__ALL = (1U << HAVE__COUNT) - 1 };
#undef AS_HAVE_SET

bool        org_kind_of(Str word, OrgKind *kind);
const char *org_kind_word(OrgKind k);
const char *org_kind_zh(OrgKind k);
const char *org_kind_en(OrgKind k);
uint32_t    haves_read(Str words); /* "VENUE FUNDS"; unknown words are left out */
int64_t     haves_count(uint32_t haves);

#endif
