/*
** Who may do what with which object: the permission matrix of the
** specification (domain.md §7.3) as rows, and how far each row reaches.
** What no row grants is denied.
**
** right_find() says how far; the caller's SQL keeps to it (WHERE org_path …,
** WHERE case_id …).  reveal() is the one door to a full identity or phone
** number: it asks for a reason, and writes down who looked at whose and why.
*/
#ifndef RIGHT_H
#define RIGHT_H

#include "core/web.h"

#define OBJECTS(X)                                                    \
    X(CASE,          "case",          "案件概要",       "case summary")   \
    X(FULL_ID,       "full_id",       "完整证件与电话", "full identity and phone numbers") \
    X(PRIVATE_NOTE,  "private_note",  "背靠背谈话记录", "notes of private sessions") \
    X(AGREEMENT,     "agreement",     "调解协议",       "agreement")      \
    X(EVIDENCE,      "evidence",      "证据材料",       "evidence")       \
    X(MEDIATOR_POOL, "mediator_pool", "调解员名册",     "mediator pool")  \
    X(RISK,          "risk",          "风险台账",       "risk ledger")    \
    X(STATISTICS,    "statistics",    "统计数据",       "statistics")     \
    X(AUDIT,         "audit",         "审计记录",       "audit record")   \
    X(ACCOUNT,       "account",       "用户账号",       "accounts")       \
    X(ROLE_GRANT,    "role_grant",    "角色授权",       "roles given") \
    X(MEETING,       "meeting",       "会议",           "meetings") \
    X(DECISION,      "decision",      "议定事项和任务", "decisions and tasks") \
    X(FUND,          "fund",          "经费预算与支出", "budgets and expenses") \
    X(SUBSIDY,       "subsidy",       "办案补助",       "case subsidies") \
    X(LETTER,        "letter",        "建议书和承诺书", "suggestion letters and commitments") \
    X(PUBLICITY,     "publicity",     "宣传活动",       "publicity") \
    X(TWIN,          "twin",          "疑似重复案件",   "cases that may be one") \
    X(NEGOTIATION,   "negotiation",   "协商和解",       "negotiations")

#define AS_OBJECT(name, word, zh, en) OBJ_##name,
typedef enum Object { OBJECTS(AS_OBJECT) OBJ__COUNT } Object;
#undef AS_OBJECT

enum { MAY_CREATE = 1, MAY_READ = 2, MAY_WRITE = 4, MAY_APPROVE = 8, MAY_PAY = 16 }; /* bits */

/* How far, the least first. */
typedef enum Reach {
    REACH_NONE,
    REACH_PUBLISHED,     /* what is published of it */
    REACH_DEIDENTIFIED,  /* figures and rows without names */
    REACH_AGGREGATE,     /* sums only */
    REACH_HANDED_OVER,   /* what the hand-over to this body names */
    REACH_SELF,          /* one's own */
    REACH_OWN_CASE,      /* of the cases one works on, or is a party of */
    REACH_OWN_ORG,       /* of one's own organisation */
    REACH_ALL            /* all at or below org_path */
} Reach;

typedef struct Right {
    Object   object;
    uint32_t roles;
    unsigned verbs;
    Reach    reach;
    bool     reason; /* only with a reason, which is recorded */
} Right;

extern const Right rights[]; /* for documentation and tests */
extern const size_t rights_count;

/* The row that reaches furthest for any of these roles; NULL: denied. */
const Right *right_find(Object object, uint32_t roles, unsigned verb);
/* The same for c's person; FORBIDDEN and NULL if denied. */
const Right *right_need(Ctx *c, Object object, unsigned verb);

/* In the caller's transaction: form_write() shows `object` of `subject` whole.
** FORBIDDEN without the right, NEED_REASON if there must be a reason and it has
** fewer than four characters.  The caller has checked how far the right reaches. */
bool reveal(Ctx *c, Object object, Id subject, Str reason);
/* The same of what is no object of the matrix: always for a reason. */
bool reveal_for(Ctx *c, Str what, Id subject, Str reason);

/* The query of a route that shows what is masked for a reason: ?reason= */
extern const Form look_query;
Str look_reason(Ctx *c); /* "" without */

const char *object_word(Object o);
const char *object_zh(Object o);
const char *reach_word(Reach r);

#endif
