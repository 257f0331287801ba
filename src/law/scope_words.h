/*
** What a decision on scope says: the class, the verdict.  Stored words: append,
** never rename.
*/
#ifndef SCOPE_WORDS_H
#define SCOPE_WORDS_H

#include "base/base.h"

#define SCOPES(X)                                                                              \
    X(NONE, "",    "不属于受理范围", "none", "")                                               \
    X(SC1, "SC1", "企业、个体经济组织、民办非企业单位等与劳动者的劳动争议", "labour disputes", \
      "劳动争议调解仲裁法 2 (2008)；劳动人事争议仲裁办案规则 2(1) (2017)")                     \
    X(SC2, "SC2", "事业单位与建立人事关系的工作人员", "public institutions' personnel",        \
      "劳动人事争议仲裁办案规则 2(3) (2017)")                                                  \
    X(SC3, "SC3", "社会团体与建立人事关系的工作人员", "social organisations' personnel",       \
      "劳动人事争议仲裁办案规则 2(4) (2017)")                                                  \
    X(SC4, "SC4", "军队文职人员用人单位与聘用制文职人员", "PLA civilian staff",                \
      "劳动人事争议仲裁办案规则 2(5) (2017)")                                                  \
    X(SC5, "SC5", "法律法规规定的其他争议（聘任制公务员、超龄劳动者、非法用工）", "others by law", \
      "劳动人事争议仲裁办案规则 2(2) (2017)；超龄劳动者基本权益保障暂行规定 19 (2026)；工伤保险条例 66 (2010)") \
    X(SC6, "SC6", "新就业形态劳动者与平台企业、用工合作企业", "new employment forms: mediation only", \
      "人社厅发〔2024〕4号 (2024)")
#define AS_SCOPE(n, word, zh, en, basis) SCOPE_##n,
typedef enum Scope { SCOPES(AS_SCOPE) SCOPE__COUNT } Scope;
#undef AS_SCOPE
enum { SCOPE__ALL = (1U << SCOPE__COUNT) - 2 };

#define VERDICTS(X)                                                       \
    X(ACCEPT, "ACCEPT", "属于受理范围", "in scope")                       \
    X(WARN,   "WARN",   "可以受理，需提示或者审查", "in scope, with a warning") \
    X(REJECT, "REJECT", "不予受理", "not accepted")                       \
    X(REFER,  "REFER",  "移送（转办）", "referred")                       \
    X(STOP,   "STOP",   "停止办理", "stopped")
#define AS_VERDICT(n, word, zh, en) VERDICT_##n,
typedef enum Verdict { VERDICTS(AS_VERDICT) VERDICT__COUNT } Verdict;
#undef AS_VERDICT

const char *scope_word(Scope s);
const char *scope_zh(Scope s);
const char *scope_en(Scope s);
const char *scope_basis(Scope s);
uint32_t    scope_set(Str words); /* "SC1 SC2": for `open`; unknown words are left out */
const char *verdict_word(Verdict v);
const char *verdict_zh(Verdict v);
const char *verdict_en(Verdict v);
bool        verdict_of(Str word, Verdict *v);
#endif
