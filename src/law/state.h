/*
** The main states of a case, and why a mediation ended without result.  The
** stored word is part of the data format: append, never rename.
*/
#ifndef STATE_H
#define STATE_H

#include "base/base.h"

/* Constant, code, stored word, labels, terminal.  A terminal case is not edited:
** it is only closed, archived or, by the head with a reason, reopened. */
#define STATES(X)                                                                          \
    X(NONE,         "",    "",             "未登记",           "not yet known",      false) \
    X(DRAFT,        "S01", "draft",        "草稿",             "draft",              false) \
    X(SUBMITTED,    "S02", "submitted",    "已提交待登记",     "submitted",          false) \
    X(REGISTERED,   "S03", "registered",   "已登记待审查",     "registered",         false) \
    X(CORRECTION,   "S04", "correction",   "待补正",           "awaiting correction", false) \
    X(CONSENT,      "S05", "consent",      "征询对方意愿",     "asking the other side", false) \
    X(REJECTED,     "S06", "rejected",     "不予受理",         "not accepted",       true)  \
    X(REFERRED,     "S07", "referred",     "移送（转办）",     "referred",           true)  \
    X(ACCEPTED,     "S08", "accepted",     "已受理待分流",     "accepted",           false) \
    X(DISPATCHED,   "S09", "dispatched",   "已分流待接收",     "dispatched",         false) \
    X(ASSIGNED,     "S10", "assigned",     "已指派",           "mediator assigned",  false) \
    X(MEDIATING,    "S11", "mediating",    "调解中",           "in mediation",       false) \
    X(SUSPENDED,    "S12", "suspended",    "中止",             "suspended",          false) \
    X(PENDING_SIGN, "S13", "pending_sign", "待签署",           "awaiting signatures", false) \
    X(EFFECTIVE,    "S14", "effective",    "协议生效",         "agreement in force", false) \
    X(PERFORMING,   "S15", "performing",   "履行中",           "being performed",    false) \
    X(DEFAULTED,    "S16", "defaulted",    "逾期未履行",       "in default",         false) \
    X(PERFORMED,    "S17", "performed",    "履行完毕",         "performed",          false) \
    X(SETTLED,      "S18", "settled",      "自行和解",         "settled by the parties", false) \
    X(FAILED,       "S19", "failed",       "调解不成终止",     "ended without agreement", false) \
    X(WITHDRAWN,    "S20", "withdrawn",    "撤回",             "withdrawn",          false) \
    X(CLOSED,       "S21", "closed",       "已结案",           "closed",             true)  \
    X(ARCHIVED,     "S22", "archived",     "已归档",           "archived",           true)

#define AS_STATE(n, code, word, zh, en, terminal) ST_##n,
typedef enum State {
    STATES(AS_STATE) ST__COUNT,
    ST__SAME,   /* of a step: the state does not change */
    ST__BEFORE, /* of a step: back to the state before the case was closed */
} State;
#undef AS_STATE
_Static_assert(ST__COUNT <= 32, "a set of states is one uint32_t");

/* Sets of states, for tables: IN(DRAFT) | SPAN(ACCEPTED, MEDIATING), in table order. */
#define IN(s) (1U << ST_##s)
#define SPAN(a, b) ((2U << ST_##b) - (1U << ST_##a))

State       state_of(Str word); /* ST_NONE if unknown */
const char *state_word(State s);
const char *state_code(State s); /* S01 */
const char *state_zh(State s);
const char *state_en(State s);
bool        state_terminal(State s);

/* Why a case stands in ST_FAILED (closure reason codes). */
#define ENDINGS(X)                                                                         \
    X(CONSENT,    "F01", "拒绝或者撤回调解同意",       "consent refused or withdrawn")     \
    X(NO_DEAL,    "F02", "分歧较大，未达成协议",       "no agreement reached")             \
    X(TIME,       "F03", "调解期限届满",               "time limit expired")               \
    X(UNREACHED,  "F04", "当事人无法联系",             "a party cannot be reached")        \
    X(UNSIGNED,   "F05", "拒绝签署调解协议",           "a party refuses to sign")          \
    X(SHAM,       "F06", "涉嫌虚假调解",               "suspected sham mediation")         \
    X(NO_HEIR,    "F07", "死亡或者终止且无承受人",     "death or dissolution without successor") \
    X(OTHER,      "F08", "不宜调解或者其他",           "not suitable, or other")

#define AS_ENDING(n, code, zh, en) END_##n,
typedef enum Ending { END_NONE, ENDINGS(AS_ENDING) END__COUNT } Ending;
#undef AS_ENDING

Ending      ending_of(Str code); /* END_NONE if unknown */
const char *ending_code(Ending e);
const char *ending_zh(Ending e);
const char *ending_en(Ending e);

#endif
