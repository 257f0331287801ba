/*
** Who may act.  A person holds a set of roles; a row of the procedure, a route
** or a form names the set it admits, and the empty set admits nobody.  SYSTEM
** is the clock worker and is never given to a person.  The three
** administrators (三员分立, GB/T 22239-2019 level 3) exclude one another and
** every role that does business.
*/
#ifndef ROLE_H
#define ROLE_H

#include "base/base.h"

/* Constant, code of the specification, stored word (append, never rename), labels. */
#define ROLES(X)                                                                            \
    X(PARTY,          "PUB",       "party",          "公众用户",       "party or agent")    \
    X(REPRESENTATIVE, "REP",       "representative", "推举的代表人",   "elected representative") \
    X(CLERK,          "CLK",       "clerk",          "受理登记员",     "window clerk")      \
    X(DISPATCHER,     "DSP",       "dispatcher",     "分流指派员",     "dispatcher")        \
    X(MEDIATOR,       "MED",       "mediator",       "调解员",         "mediator")          \
    X(LEAD,           "LEAD",      "lead",           "牵头人",         "lead mediator")     \
    X(LAWYER,         "LAW",       "lawyer",         "值班律师",       "duty lawyer")       \
    X(HEAD,           "HEAD",      "head",           "中心负责人",     "centre head")       \
    X(VISITOR,        "FUPV",      "visitor",        "回访员",         "follow-up visitor") \
    X(ARCHIVIST,      "ARCV",      "archivist",      "档案员",         "archivist")         \
    X(ORG_MANAGER,    "ORGA",      "org_manager",    "基层调解组织管理员", "manager of a grassroots organisation") \
    X(LINK_ARB,       "LNK.ARB",   "link_arb",       "仲裁联络员",     "arbitration liaison") \
    X(LINK_COURT,     "LNK.COURT", "link_court",     "法院联络员",     "court liaison")     \
    X(LINK_UNION,     "LNK.UNION", "link_union",     "工会联络员",     "union liaison")     \
    X(LINK_PROC,      "LNK.PROC",  "link_proc",      "检察院联络员",   "procuratorate liaison") \
    X(LINK_INSP,      "LNK.INSP",  "link_insp",      "劳动监察联络员", "inspection liaison") \
    X(LINK_LAID,      "LNK.LAID",  "link_laid",      "法律援助联络员", "legal-aid liaison") \
    X(HR,             "HR",        "hr",             "人社局工作人员", "HR bureau officer") \
    X(CONVENER,       "CONV",      "convener",       "总召集人",       "general convener")  \
    X(MEMBER,         "MEM",       "member",         "联席会议成员单位", "member unit of the joint meeting") \
    X(STATISTICIAN,   "STAT",      "statistician",   "统计员",         "statistics officer") \
    X(FINANCE,        "FIN",       "finance",        "财务人员",       "finance officer")   \
    X(SYS_ADMIN,      "SYS",       "sys_admin",      "系统管理员",     "system administrator") \
    X(SEC_ADMIN,      "SEC",       "sec_admin",      "安全管理员",     "security administrator") \
    X(AUDITOR,        "AUD",       "auditor",        "审计管理员",     "audit administrator") \
    X(SYSTEM,         "TIMER",     "system",         "系统",           "the system")

#define AS_ROLE(n, code, word, zh, en) ROLE_##n,
typedef enum Role { ROLE_NONE, ROLES(AS_ROLE) ROLE__COUNT } Role;
#undef AS_ROLE

/* Sets of roles, for tables: CLERK | HEAD. */
#define AS_SET(n, code, word, zh, en) n = 1U << ROLE_##n,
enum {
    ROLES(AS_SET)
    PARTIES   = PARTY | REPRESENTATIVE, /* either side's, and their agents */
    MEDIATORS = MEDIATOR | LEAD,
    LINKS     = LINK_ARB | LINK_COURT | LINK_UNION | LINK_PROC | LINK_INSP | LINK_LAID,
    STAFF     = CLERK | DISPATCHER | MEDIATORS | LAWYER | HEAD | VISITOR | ARCHIVIST | ORG_MANAGER | HR,
    ADMINS    = SYS_ADMIN | SEC_ADMIN | AUDITOR,
};
#undef AS_SET
_Static_assert(ROLE__COUNT <= 32, "a set of roles is one uint32_t");

/* On which side a party, a representative or an agent stands in one case; a set. */
typedef enum Side { SIDE_NONE = 0, APPLICANT = 1, RESPONDENT = 2, THIRD_PARTY = 4 } Side;

static inline uint32_t role_bit(Role r) { return r == ROLE_NONE ? 0 : 1U << (unsigned)r; }

Role        role_of(Str word);      /* ROLE_NONE if unknown; never ROLE_SYSTEM */
const char *role_word(Role r);
const char *role_code(Role r);      /* CLK, LNK.ARB */
const char *role_zh(Role r);
const char *role_en(Role r);
void        roles_write(Out *o, uint32_t set); /* their words, separated by blanks */

/* May one person hold all of `set`?  NULL, or why not. */
const char *roles_clash(uint32_t set);
const char *roles_clash_en(uint32_t set);

#endif
