#include "register/mediators/mediator_words.h"

static const Code sexes[] = { { "M", "男", "male" }, { "F", "女", "female" } };
const Codes mediator_sexes = { "sexes", sexes, COUNT(sexes), NULL };

static const Code works[] = { { "FT", "专职", "full-time" }, { "PT", "兼职", "part-time" } };
const Codes mediator_works = { "mediator_works", works, COUNT(works), NULL };

static const Code sources[] = {
    { "UNION",         "工会工作者",           "union worker" },
    { "ARBITRATOR",    "仲裁员",               "arbitrator" },
    { "INSPECTION",    "劳动保障监察协管员",   "inspection co-manager" },
    { "LAW_EXPERT",    "法律专家",             "law expert" },
    { "RETIRED_JUDGE", "退休法官、检察官",     "retired judge or procurator" },
    { "RETIRED_UNION", "退休工会干部",         "retired union head" },
    { "LAWYER",        "律师",                 "lawyer" },
    { "GRID",          "网格员",               "grid worker" },
    { "ENTERPRISE",    "企业人员",             "from an enterprise" },
    { "CHAMBER",       "商（协）会人员",       "from a chamber" },
    { "PSYCHOLOGIST",  "心理咨询师",           "psychologist" },
    { "OTHER",         "其他社会力量",         "other" },
};
const Codes mediator_sources = { "mediator_sources", sources, COUNT(sources), NULL };

/* R83 and TJZC 11: all are asked for before somebody is appointed. */
static const Code criteria[] = {
    { "POLITICS", "政治素质高",         "political quality" },
    { "ABILITY",  "业务能力强",         "ability" },
    { "STYLE",    "工作作风好",         "style of work" },
    { "DEVOTION", "热爱群众工作",       "devotion to people" },
    { "ADULT",    "成年公民",           "adult" },
    { "FAIR",     "公道正派",           "fair" },
    { "LEGAL",    "具有一定法律知识",   "some knowledge of law" },
};
const Codes mediator_criteria = { "mediator_criteria", criteria, COUNT(criteria), NULL };

static const Code tags[] = {
    { "WAGE",       "劳动报酬",   "pay" },
    { "INJURY",     "工伤",       "work injury" },
    { "INSURANCE",  "社会保险",   "social insurance" },
    { "FEMALE",     "女职工权益", "women's rights" },
    { "COLLECTIVE", "集体争议",   "collective disputes" },
    { "FINANCE",    "金融行业",   "finance" },
    { "NEF",        "新就业形态", "new employment forms" },
    { "PERSONNEL",  "人事争议",   "personnel disputes" },
    { "PSYCHOLOGY", "心理疏导",   "psychology" },
};
const Codes mediator_tags = { "mediator_tags", tags, COUNT(tags), NULL };

static const Code statuses[] = {
    { "CANDIDATE", "候选",   "candidate" },
    { "TRAINING",  "培训中", "in training" },
    { "APPOINTED", "已聘任", "appointed" },
    { "SUSPENDED", "停职",   "suspended" },
    { "RENEWED",   "已续聘", "renewed" },
    { "DISMISSED", "已解聘", "dismissed" },
    { "RETIRED",   "已退出", "retired" },
};
const Codes mediator_statuses = { "mediator_statuses", statuses, COUNT(statuses), NULL };

static const Code ties[] = {
    { "EMPLOYED", "受聘任职",   "employed there" },
    { "COUNSEL",  "担任法律顾问、代理人", "its counsel" },
    { "RELATIVE", "近亲属",     "a relative" },
    { "INTEREST", "利害关系",   "an interest" },
};
const Codes mediator_ties = { "mediator_ties", ties, COUNT(ties), NULL };

/* L17 35, 人民调解法 15, 特邀调解规定 28; and R76. */
static const Code grounds[] = {
    { "VIOLATION",   "严重失职或者违法违纪",   "serious failure or violation" },
    { "FAVOUR",      "偏袒一方当事人",         "favouring a side" },
    { "INSULT",      "侮辱当事人",             "insulting a party" },
    { "BENEFIT",     "索取、收受财物",         "taking benefits" },
    { "LEAK",        "泄露个人隐私、商业秘密", "a leak" },
    { "FORCED",      "强迫或者违法调解",       "forced or unlawful mediation" },
    { "UNQUALIFIED", "年度考核不合格",         "unqualified in the year's assessment" },
    { "OTHER",       "其他",                   "other" },
};
const Codes mediator_grounds = { "mediator_grounds", grounds, COUNT(grounds), NULL };

static const Code events[] = {
    { "train",   "参加培训", "begin training" },
    { "appoint", "聘任",     "appoint" },
    { "suspend", "停职",     "suspend" },
    { "resume",  "复职",     "resume" },
    { "renew",   "续聘",     "renew" },
    { "dismiss", "解聘",     "dismiss" },
    { "retire",  "退出",     "retire" },
};
const Codes mediator_events = { "mediator_events", events, COUNT(events), NULL };

/* R73: the centre appoints and dismisses. */
const Move mediator_moves[] = {
    { "train",   "CANDIDATE",                    "TRAINING",  HR | HEAD, false },
    { "appoint", "CANDIDATE TRAINING",           "APPOINTED", HR | HEAD, false },
    { "suspend", "APPOINTED RENEWED",            "SUSPENDED", HR | HEAD, true  },
    { "resume",  "SUSPENDED",                    "APPOINTED", HR | HEAD, true  },
    { "renew",   "APPOINTED RENEWED SUSPENDED",  "RENEWED",   HR | HEAD, false },
    { "dismiss", "CANDIDATE TRAINING APPOINTED RENEWED SUSPENDED", "DISMISSED", HR | HEAD, true },
    { "retire",  "CANDIDATE TRAINING APPOINTED RENEWED SUSPENDED", "RETIRED",   HR | HEAD, false },
    { NULL, NULL, NULL, 0, false },
};
