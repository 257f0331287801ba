#include "register/organisations/organisations.h"
#include "register/organisations/org_words.h"

#include "law/org_kind.h"
#include "law/scope_words.h"

static const Code kinds[] = {
#define AS_CODE(word, zh, en) { #word, zh, en },
    ORG_KINDS(AS_CODE)
#undef AS_CODE
};
const Codes org_kinds = { "org_kinds", kinds, COUNT(kinds), NULL };

/* The kinds that mediate come first; from the arbitration institute on, others take part. */
bool kind_mediates(Str kind)
{
    OrgKind k = ORG__COUNT;
    return org_kind_of(kind, &k) && k < ORG_ARB;
}

static const Code statuses[] = {
    { "APPLIED",     "已申报",   "applied" },
    { "SIX_CHECKED", "六有达标", "six haves found" },
    { "REGISTERED",  "已备案",   "registered" },
    { "ACTIVE",      "运行中",   "active" },
    { "GOLD",        "金牌",     "gold medal" },
    { "RECTIFYING",  "整改中",   "rectifying" },
    { "SUSPENDED",   "已停用",   "suspended" },
};
const Codes org_statuses = { "org_statuses", statuses, COUNT(statuses), NULL };

static const Code sixes[] = {
#define AS_CODE(word, zh, en) { #word, zh, en },
    HAVES(AS_CODE)
#undef AS_CODE
};
const Codes six_haves = { "six_haves", sixes, COUNT(sixes), NULL };

/* SC1 to SC6; the row before them is "no class". */
static const Code scopes[] = {
#define AS_CODE(n, word, zh, en, basis) { word, zh, en },
    SCOPES(AS_CODE)
#undef AS_CODE
};
const Codes scope_classes = { "scope_classes", scopes + 1, COUNT(scopes) - 1, NULL };

static const Code events[] = {
    { "register", "备案",       "register" },
    { "open",     "启用",       "open" },
    { "rectify",  "责令整改",   "order to rectify" },
    { "resume",   "恢复运行",   "resume" },
    { "suspend",  "停用",       "suspend" },
    { "gold",     "授予金牌",   "award the gold medal" },
    { "ungold",   "撤销金牌",   "withdraw the gold medal" },
};
const Codes org_events = { "org_events", events, COUNT(events), NULL };

/* The two checks are brought about by the check of the six haves alone. */
const Move org_moves[] = {
    { "six_all",  "APPLIED SIX_CHECKED",                               "SIX_CHECKED", HR | HEAD, false },
    { "six_all",  "REGISTERED ACTIVE GOLD RECTIFYING SUSPENDED",       "",            HR | HEAD, false },
    { "six_some", "APPLIED SIX_CHECKED",                               "APPLIED",     HR | HEAD, false },
    { "six_some", "REGISTERED ACTIVE GOLD RECTIFYING SUSPENDED",       "",            HR | HEAD, false },
    { "register", "SIX_CHECKED",                                       "REGISTERED",  HR,        false },
    { "open",     "REGISTERED",                                        "ACTIVE",      HR | HEAD, false },
    { "rectify",  "ACTIVE GOLD",                                       "RECTIFYING",  HR,        true  },
    { "resume",   "RECTIFYING SUSPENDED",                              "ACTIVE",      HR,        true  },
    { "suspend",  "REGISTERED ACTIVE GOLD RECTIFYING",                 "SUSPENDED",   HR,        true  },
    { "gold",     "ACTIVE",                                            "GOLD",        HR,        true  },
    { "ungold",   "GOLD",                                              "ACTIVE",      HR,        true  },
    { NULL, NULL, NULL, 0, false },
};

/* ---- the tree: who sees what lies where ----------------------------------------------------- */

Str path_end(Arena *a, Str path)
{
    return range_end(a, path);
}

bool org_sees(const Ctx *c, Str path)
{
    return c->who.org_path.n > 0 && str_starts(path, c->who.org_path);
}

void org_need(Ctx *c, Str path)
{
    if (ok(c) && !org_sees(c, path)) fail(c, ERR_FORBIDDEN, path);
}

bool org_named(Ctx *c, Str field, Id id, Org *org)
{
    bool faulty = c->err == ERR_INVALID && c->bads > 0;
    if (faulty) c->err = ERR_OK; /* the table is asked all the same */
    bool there = org_find(c, id, org);
    if (faulty && ok(c)) c->err = ERR_INVALID;
    if (!there) fault(c, field, FAULT_NOT_KNOWN);
    return there;
}
