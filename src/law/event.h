/*
** What can happen to a case: one row an event, in the order in which a case
** lives.  The stored word is part of the data format: append, never rename.
*/
#ifndef EVENT_H
#define EVENT_H

#include "base/base.h"

#define EVENTS(X)                                                                               \
    X(START,            "start",            "开始填写",             "start a draft")            \
    X(SUBMIT,           "submit",           "提交申请",             "submit")                   \
    X(REGISTER,         "register",         "登记",                 "register")                 \
    X(ASK_CORRECTION,   "ask_correction",   "要求补正",             "ask for corrections")      \
    X(CORRECT,          "correct",          "完成补正",             "corrected")                \
    X(CORRECTION_LAPSE, "correction_lapse", "逾期未补正",           "correction period over")   \
    X(REJECT,           "reject",           "不予受理",             "reject")                   \
    X(REFER,            "refer",            "移送（转办）",         "refer to another body")    \
    X(ASK_CONSENT,      "ask_consent",      "征询对方意愿",         "ask the respondent")       \
    X(DECLINE,          "decline",          "对方不同意或者联系不上", "respondent declines or cannot be reached") \
    X(ACCEPT,           "accept",           "受理",                 "accept")                   \
    X(TAKE_IN,          "take_in",          "接收委托（委派）",     "take in from arbitration or court") \
    X(DISPATCH,         "dispatch",         "分流",                 "dispatch")                 \
    X(ORG_CONFIRM,      "org_confirm",      "组织确认接收",         "organisation confirms")    \
    X(ORG_DECLINE,      "org_decline",      "组织退回",             "organisation declines")    \
    X(ORG_SILENT,       "org_silent",       "组织逾期未确认",       "organisation did not confirm in time") \
    X(ASSIGN,           "assign",           "指派调解员",           "assign mediators")         \
    X(RECUSE,           "recuse",           "申请（自行）回避",     "recusal asked for")        \
    X(DECIDE_RECUSAL,   "decide_recusal",   "回避决定",             "recusal decided")          \
    X(REASSIGN,         "reassign",         "更换调解员",           "replace the mediator")     \
    X(OPEN,             "open",             "开始调解",             "open the first session")   \
    X(FLAG_COMPLEX,     "flag_complex",     "标记复杂",             "flag as complex")          \
    X(FLAG_COLLECTIVE,  "flag_collective",  "标记集体争议",         "flag as collective")       \
    X(FLAG_MAJOR,       "flag_major",       "标记重大、群体性",     "flag as major or mass")    \
    X(SUSPEND,          "suspend",          "中止调解",             "suspend")                  \
    X(RESUME,           "resume",           "恢复调解",             "resume")                   \
    X(EXTEND,           "extend",           "延长期限",             "extend")                   \
    X(AGREE,            "agree",            "达成一致",             "terms agreed")             \
    X(SIGN,             "sign",             "签署完成、协议生效",   "last mark placed")         \
    X(REFUSE_SIGN_BACK, "refuse_sign_back", "拒签，继续调解",       "refuses to sign, mediation goes on") \
    X(REFUSE_SIGN_END,  "refuse_sign_end",  "拒签，终止调解",       "refuses to sign, mediation ends") \
    X(PERFORM_ON_SPOT,  "perform_on_spot",  "即时履行",             "agreed and performed on the spot") \
    X(FAIL,             "fail",             "调解不成",             "no agreement")             \
    X(TIME_OUT,         "time_out",         "期限届满",             "period over")              \
    X(WITHDRAW,         "withdraw",         "撤回申请",             "withdraw")                 \
    X(SETTLE,           "settle",           "自行和解",             "settled by the parties")   \
    X(SCHEDULE,         "schedule",         "进入履行",             "performance begins")       \
    X(OVERDUE,          "overdue",          "逾期",                 "an obligation is overdue") \
    X(CURE,             "cure",             "补足逾期部分",         "cured, rest on schedule")  \
    X(CURE_ALL,         "cure_all",         "补足并履行完毕",       "cured, all done")          \
    X(PERFORM,          "perform",          "履行完毕",             "all obligations done")     \
    X(CLOSE,            "close",            "结案",                 "close")                    \
    X(ARCHIVE,          "archive",          "归档",                 "archive")                  \
    X(REOPEN,           "reopen",           "重新处理",             "reopen")

#define AS_EVENT(n, word, zh, en) EV_##n,
typedef enum Event { EV__NONE, EVENTS(AS_EVENT) EV__COUNT } Event;
#undef AS_EVENT

Event       event_of(Str word); /* EV__NONE if unknown */
const char *event_word(Event e);
const char *event_zh(Event e);
const char *event_en(Event e);

#endif
