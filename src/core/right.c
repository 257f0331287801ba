#include "core/right.h"

#include "core/audit.h"
#include "core/form.h"

enum { REASON_MIN = 4, R = MAY_READ, W = MAY_WRITE, RW = MAY_READ | MAY_WRITE, C = MAY_CREATE };

/* In the order of the matrix: a row an object and reach.  REPRESENTATIVE is a
** PUB, LEAD a MED.  "Every read of full ID/phone asks for a reason": but not of
** a person's own. */
const Right rights[] = {
    { OBJ_CASE, PARTIES,              R,  REACH_OWN_CASE, false },
    { OBJ_CASE, CLERK,                RW, REACH_ALL,      false },
    { OBJ_CASE, DISPATCHER | HEAD | HR, R, REACH_ALL,     false },
    { OBJ_CASE, MEDIATORS,            RW, REACH_OWN_CASE, false },
    { OBJ_CASE, ORG_MANAGER,          R,  REACH_OWN_ORG,  false },
    { OBJ_CASE, LINKS,                R,  REACH_HANDED_OVER, false },

    { OBJ_FULL_ID, PARTIES,           R,  REACH_SELF,     false },
    { OBJ_FULL_ID, CLERK | HEAD,      R,  REACH_ALL,      true },
    { OBJ_FULL_ID, MEDIATORS,         R,  REACH_OWN_CASE, true },
    { OBJ_FULL_ID, LINKS,             R,  REACH_HANDED_OVER, true },

    { OBJ_PRIVATE_NOTE, MEDIATORS,    RW, REACH_OWN_CASE, false },
    { OBJ_PRIVATE_NOTE, HEAD,         R,  REACH_ALL,      false },

    { OBJ_AGREEMENT, PARTIES,         R,  REACH_OWN_CASE, false },
    { OBJ_AGREEMENT, CLERK | HEAD | HR, R, REACH_ALL,     false },
    { OBJ_AGREEMENT, MEDIATORS,       RW, REACH_OWN_CASE, false },
    { OBJ_AGREEMENT, ORG_MANAGER,     R,  REACH_OWN_ORG,  false },
    { OBJ_AGREEMENT, LINKS,           R,  REACH_HANDED_OVER, false },

    { OBJ_EVIDENCE, PARTIES,          RW, REACH_OWN_CASE, false },
    { OBJ_EVIDENCE, CLERK,            RW, REACH_ALL,      false },
    { OBJ_EVIDENCE, MEDIATORS,        R,  REACH_OWN_CASE, false },
    { OBJ_EVIDENCE, HEAD,             R,  REACH_ALL,      false },
    { OBJ_EVIDENCE, LINKS,            R,  REACH_HANDED_OVER, false },

    { OBJ_MEDIATOR_POOL, PARTIES,     R,  REACH_PUBLISHED, false },
    { OBJ_MEDIATOR_POOL, CLERK | DISPATCHER, R, REACH_ALL, false },
    { OBJ_MEDIATOR_POOL, MEDIATORS,   R,  REACH_SELF,     false },
    { OBJ_MEDIATOR_POOL, HEAD | HR,   RW, REACH_ALL,      false },
    { OBJ_MEDIATOR_POOL, ORG_MANAGER, RW, REACH_OWN_ORG,  false },

    { OBJ_RISK, CLERK,                C,  REACH_ALL,      false },
    { OBJ_RISK, DISPATCHER,           R,  REACH_ALL,      false },
    { OBJ_RISK, MEDIATORS,            R,  REACH_OWN_CASE, false },
    { OBJ_RISK, HEAD | HR,            RW, REACH_ALL,      false },
    { OBJ_RISK, ORG_MANAGER,          RW, REACH_OWN_ORG,  false },
    { OBJ_RISK, STATISTICIAN,         R,  REACH_AGGREGATE, false },

    { OBJ_STATISTICS, PARTIES,        R,  REACH_PUBLISHED, false },
    { OBJ_STATISTICS, MEDIATORS,      R,  REACH_SELF,     false },
    { OBJ_STATISTICS, HEAD | HR,      R,  REACH_ALL,      false },
    { OBJ_STATISTICS, ORG_MANAGER,    R,  REACH_OWN_ORG,  false },
    { OBJ_STATISTICS, STATISTICIAN,   R,  REACH_DEIDENTIFIED, false },

    { OBJ_AUDIT, AUDITOR,             R,  REACH_ALL,      false },

    /* Roles that the matrix has no column for, from what they must do
    ** (domain.md §2.1): check, visit, archive, sit in the joint meeting. */
    { OBJ_CASE, LAWYER,               R,  REACH_OWN_CASE, false },
    { OBJ_CASE, VISITOR,              R,  REACH_OWN_ORG,  false },
    { OBJ_CASE, ARCHIVIST,            R,  REACH_ALL,      false },
    { OBJ_FULL_ID, VISITOR,           R,  REACH_OWN_ORG,  true },
    { OBJ_AGREEMENT, LAWYER,          R,  REACH_OWN_CASE, false },
    { OBJ_AGREEMENT, VISITOR,         R,  REACH_OWN_ORG,  false },
    { OBJ_AGREEMENT, ARCHIVIST,       R,  REACH_ALL,      false },
    { OBJ_EVIDENCE, LAWYER,           R,  REACH_OWN_CASE, false },
    { OBJ_EVIDENCE, ARCHIVIST,        R,  REACH_ALL,      false },
    { OBJ_STATISTICS, CONVENER | MEMBER, R, REACH_DEIDENTIFIED, false },
    { OBJ_ACCOUNT, SYS_ADMIN,         RW | C, REACH_ALL,  false },
    { OBJ_ACCOUNT, SEC_ADMIN | AUDITOR, R, REACH_ALL,     false },
    { OBJ_ROLE_GRANT, SEC_ADMIN,      RW, REACH_ALL,      false },

    /* Meetings and tasks (R126–R131): the office's, and what a unit is asked to. */
    { OBJ_MEETING, HR | HEAD,         RW | C, REACH_ALL,  false },
    { OBJ_MEETING, CONVENER,          RW, REACH_HANDED_OVER, false },
    { OBJ_MEETING, MEMBER | LINKS,    R,  REACH_HANDED_OVER, false },
    { OBJ_MEETING, ORG_MANAGER,       R,  REACH_OWN_ORG,  false },
    { OBJ_DECISION, HR | HEAD,        RW | C, REACH_ALL,  false },
    { OBJ_DECISION, CONVENER | MEMBER | LINKS, RW, REACH_HANDED_OVER, false },
    { OBJ_DECISION, ORG_MANAGER,      RW | C, REACH_OWN_ORG, false },

    /* Money (R142–R147): who proposes, who approves and who pays are three. */
    { OBJ_FUND, HR,                   RW | MAY_APPROVE, REACH_ALL, false },
    { OBJ_FUND, HEAD,                 R | C, REACH_ALL,   false },
    { OBJ_FUND, ORG_MANAGER,          R | C, REACH_OWN_ORG, false },
    { OBJ_FUND, FINANCE,              R | MAY_PAY, REACH_ALL, false },
    { OBJ_SUBSIDY, MEDIATORS,         R | C, REACH_OWN_CASE, false },
    { OBJ_SUBSIDY, ORG_MANAGER,       R | C, REACH_OWN_ORG, false },
    { OBJ_SUBSIDY, HEAD | HR,         R | MAY_APPROVE, REACH_ALL, false },
    { OBJ_SUBSIDY, FINANCE,           R | MAY_PAY, REACH_ALL, false },

    /* Letters and publicity (R148–R155): the sender's; a link's body sends its own. */
    { OBJ_LETTER, HR | HEAD,          RW | C | MAY_APPROVE, REACH_ALL, false },
    { OBJ_LETTER, LINK_ARB | LINK_COURT | LINK_UNION, RW | C | MAY_APPROVE, REACH_OWN_ORG, false },
    { OBJ_PUBLICITY, HR | HEAD,       RW | C, REACH_ALL, false },
    { OBJ_PUBLICITY, ORG_MANAGER,     RW | C, REACH_OWN_ORG, false },

    /* Cases that may be one: who registers and who answers for it say what they are. */
    { OBJ_TWIN, CLERK | HEAD,         RW, REACH_ALL,      false },
    { OBJ_TWIN, DISPATCHER | HR | ORG_MANAGER, R, REACH_ALL, false },

    /* Negotiation before any case (R20–R30): the office's; a union keeps its own. */
    { OBJ_NEGOTIATION, CLERK | MEDIATORS | HEAD | HR, RW | C, REACH_ALL, false },
    { OBJ_NEGOTIATION, LINK_UNION,    RW | C, REACH_OWN_ORG, false },
};
const size_t rights_count = COUNT(rights);

const Right *right_find(Object object, uint32_t roles, unsigned verb)
{
    const Right *best = NULL;
    BUG_IF(verb == 0);
    for (size_t i = 0; i < COUNT(rights); i++) {
        const Right *r = &rights[i];
        bool grants = r->object == object && r->roles & roles && (r->verbs & verb) == verb;
        if (grants && (!best || r->reach > best->reach)) best = r;
    }
    return best;
}

const Right *right_need(Ctx *c, Object object, unsigned verb)
{
    if (!ok(c)) return NULL;
    const Right *r = right_find(object, c->who.roles, verb);
    if (!r) fail(c, ERR_FORBIDDEN, str_of(object_word(object)));
    return r;
}

static void show_whole(Ctx *c, Str what, Id subject, Str why)
{
    audit_about(c, subject);
    audit_look(c, what, why);
    c->reveal = ok(c);
}

static bool is_reason(Str why)
{
    return str_is_text(why) && str_length(why) >= REASON_MIN;
}

bool reveal(Ctx *c, Object object, Id subject, Str reason)
{
    const Right *r = right_need(c, object, MAY_READ);
    Str why = str_trim(reason), word = str_of(object_word(object));
    if (!r) return false;
    if (r->reason) return reveal_for(c, word, subject, why);
    show_whole(c, word, subject, is_reason(why) ? why : (Str){ 0 });
    return ok(c);
}

bool reveal_for(Ctx *c, Str what, Id subject, Str reason)
{
    Str why = str_trim(reason);
    if (!is_reason(why)) return fail(c, ERR_NEED_REASON, what);
    show_whole(c, what, subject, why);
    return ok(c);
}

typedef struct Look {
    Str reason;
} Look;

static const Field look_fields[] = {
    FIELD(Look, reason, .label = "查看理由", .en = "reason for seeing all", .max = 200),
};
const Form look_query = FORM(Look, look_fields);

Str look_reason(Ctx *c)
{
    Look look = { 0 };
    (void)form_read_query(c, &look_query, &look);
    return look.reason;
}

const char *object_word(Object o)
{
    static const char *const words[OBJ__COUNT] = {
#define OBJECT_WORD(name, word, zh, en) [OBJ_##name] = (word),
        OBJECTS(OBJECT_WORD)
#undef OBJECT_WORD
    };
    BUG_IF(o >= OBJ__COUNT);
    return words[o];
}

const char *object_zh(Object o)
{
    static const char *const labels[OBJ__COUNT] = {
#define OBJECT_ZH(name, word, zh, en) [OBJ_##name] = (zh),
        OBJECTS(OBJECT_ZH)
#undef OBJECT_ZH
    };
    BUG_IF(o >= OBJ__COUNT);
    return labels[o];
}

const char *reach_word(Reach r)
{
    static const char *const words[] = {
        "none", "published", "deidentified", "aggregate", "handed_over", "self", "own_case", "own_org", "all",
    };
    BUG_IF(r >= COUNT(words));
    return words[r];
}
