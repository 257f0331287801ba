#include "law/threshold.h"

#include "law/cause.h"

typedef struct Label {
    const char *word, *zh, *en;
} Label;

#define LABEL_ROW(n, zh, en) { #n, (zh), (en) },
static const Label flags[FLAG__COUNT] = { FLAGS(LABEL_ROW) };
static const Label signals[SIGNAL__COUNT] = { SIGNALS(LABEL_ROW) };
#undef LABEL_ROW

static uint32_t set_of(const Label *table, unsigned n, Str words)
{
    uint32_t set = 0;
    while (words.n) {
        Str word = str_cut(&words, ' ');
        for (unsigned i = 0; i < n; i++) {
            if (str_eq(str_of(table[i].word), word)) set |= 1U << i;
        }
    }
    return set;
}

uint32_t flags_read(Str words)
{
    return set_of(flags, FLAG__COUNT, words);
}

uint32_t signals_read(Str words)
{
    return set_of(signals, SIGNAL__COUNT, words);
}

void flags_write(Out *o, uint32_t set)
{
    bool more = false;
    for (unsigned i = 0; i < FLAG__COUNT; i++) {
        if (!(set & 1U << i)) continue;
        if (more) out_str(o, S(" "));
        out_str(o, str_of(flags[i].word));
        more = true;
    }
}

static const Label *lowest(uint32_t set)
{
    BUG_IF(set == 0 || set >= 1U << FLAG__COUNT);
    unsigned i = 0;
    while (!(set & 1U << i)) i++;
    return &flags[i];
}

const char *flag_zh(uint32_t flag)
{
    return lowest(flag)->zh;
}

const char *flag_en(uint32_t flag)
{
    return lowest(flag)->en;
}

/* What a trigger counts. */
typedef enum Measure {
    NOTHING, COMMON, WORKERS, PLATFORM_WORKERS, CLAIM_FEN, CUT, CUT_PERCENT, EMPLOYERS, DEPARTMENTS, OVERLAP,
} Measure;

static int64_t overlap(uint32_t groups)
{
    return !!(groups & G_PAY) + !!(groups & G_INS) + !!(groups & G_INJ);
}

static int64_t measure(Measure m, const Extent *e)
{
    switch (m) {
    case COMMON: return e->common;
    case WORKERS: return e->workers;
    case PLATFORM_WORKERS: return e->platform ? e->workers : 0;
    case CLAIM_FEN: return e->claim_fen;
    case CUT: return e->cut;
    case CUT_PERCENT: return e->staff > 0 ? e->cut * 100 / e->staff : 0; /* whole percents reached */
    case EMPLOYERS: return e->employers;
    case DEPARTMENTS: return e->departments;
    case OVERLAP: return overlap(e->groups);
    case NOTHING: break;
    }
    return 0;
}

/* A flag is set when the measure reaches the parameter (if one is named) and one
** of the signals is there (if any are named).  `level` as in Flags. */
typedef struct Trigger {
    uint32_t    flag;
    int         level;
    const char *param;
    Measure     measure;
    uint32_t    signals;
    Reason      why;
} Trigger;

enum {
    MASS_SIGNS  = SIGNAL_GATHERING | SIGNAL_BLOCKING | SIGNAL_STOPPAGE | SIGNAL_GROUP_PETITION |
                  SIGNAL_SELF_HARM,
    MILD_SIGNS  = SIGNAL_GATHERING | SIGNAL_GROUP_PETITION,
    GRAVE_SIGNS = SIGNAL_BLOCKING | SIGNAL_STOPPAGE | SIGNAL_SELF_HARM,
    WORST_SIGNS = SIGNAL_VIOLENCE | SIGNAL_DEATH | SIGNAL_CROSS_REGION | SIGNAL_NATIONAL_MEDIA,
    HOT_SIGNS   = SIGNAL_MEDIA | SIGNAL_NATIONAL_MEDIA,
};


static const Trigger triggers[] = {
    { FLAG_COLL, 0, "COLL_WORKERS", COMMON, 0,
      { "COLL_WORKERS", "劳动者一方达到法定人数并有共同请求", "enough workers with a common request",
        "劳动争议调解仲裁法 7 (2008)；劳动人事争议仲裁办案规则 5、62 (2017)" } },
    { FLAG_COLL50, 0, "COLL50_WORKERS", COMMON, 0,
      { "COLL50_WORKERS", "人数众多，告知地方总工会指导、帮助协商", "many workers: the local union guides and helps",
        "安徽省劳动人事争议调解仲裁条例 13 (2026)；其他地区为本产品默认规则" } },
    { FLAG_COLL50, 0, NULL, NOTHING, SIGNAL_SOCIAL_IMPACT,
      { "COLL50_IMPACT", "社会影响较大，告知地方总工会指导、帮助协商", "big social impact: the local union is told",
        "安徽省劳动人事争议调解仲裁条例 13 (2026)；其他地区为本产品默认规则" } },
    { 0, 0, "COLL_WARN_WORKERS", COMMON, 0,
      { "COLL_WARN", "人数较多，请关注（仅提示，不改变程序）", "many workers: a warning only, the procedure is the same",
        POLICY } },
    { FLAG_LAYOFF, 0, "LAYOFF_WORKERS", CUT, 0,
      { "LAYOFF_WORKERS", "裁减人数达到规模裁员标准，应提前30日说明情况并向劳动行政部门报告",
        "a large lay-off: explained 30 days before and reported", "劳动合同法 41 (2012)" } },
    { FLAG_LAYOFF, 0, "LAYOFF_PERCENT", CUT_PERCENT, 0,
      { "LAYOFF_PERCENT", "裁减人数占职工总数比例达到规模裁员标准", "a large share of all staff",
        "劳动合同法 41 (2012)" } },
    { FLAG_MASS, 0, "MASS_WORKERS", WORKERS, MASS_SIGNS,
      { "MASS", "多人参与并有聚集、堵路、停工、集体上访或者自伤等激化行为", "many people with intensifying acts", POLICY } },
    { FLAG_MAJOR, 0, "MAJOR_WORKERS", WORKERS, 0,
      { "MAJOR_WORKERS", "涉及人数达到重大争议标准", "number of people", POLICY } },
    { FLAG_MAJOR, 0, "MAJOR_FEN", CLAIM_FEN, 0,
      { "MAJOR_FEN", "请求总额达到重大争议标准", "total of the claims", POLICY } },
    { FLAG_MAJOR, 0, "MAJOR_PLATFORM_WORKERS", PLATFORM_WORKERS, 0,
      { "MAJOR_PLATFORM", "新就业形态平台多人争议", "many workers of a platform", POLICY } },
    { FLAG_MAJOR, 0, NULL, NOTHING, SIGNAL_CROSS_DISTRICT | SIGNAL_CROSS_REGION,
      { "MAJOR_CROSS", "跨县（区）或者跨地区", "cross-district or cross-region", POLICY } },
    { FLAG_MAJOR, 0, NULL, NOTHING, SIGNAL_DEATH | SIGNAL_SELF_HARM | SIGNAL_VIOLENCE,
      { "MAJOR_LIFE", "死亡、自伤自杀威胁或者暴力", "death, threat of suicide, or violence", POLICY } },
    { FLAG_MAJOR, 0, NULL, NOTHING, HOT_SIGNS, { "MAJOR_MEDIA", "媒体、网络热点", "media or online hot topic", POLICY } },
    { FLAG_MAJOR, 0, NULL, NOTHING, SIGNAL_STOPPAGE, { "MAJOR_STOPPAGE", "停工", "strike or stoppage", POLICY } },
    { FLAG_MAJOR, 0, NULL, NOTHING, SIGNAL_SENSITIVE_PERIOD,
      { "MAJOR_PERIOD", "敏感时期", "sensitive period", POLICY } },
    { FLAG_MAJOR, 0, NULL, NOTHING, SIGNAL_FLED,
      { "MAJOR_FLED", "用人单位无力支付、欠薪逃匿", "unable to pay and fled", POLICY } },
    { FLAG_COMPLEX, 0, "COMPLEX_DEPARTMENTS", DEPARTMENTS, 0,
      { "COMPLEX_DEPARTMENTS", "需要多个部门共同处理", "several departments needed", POLICY } },
    { FLAG_COMPLEX, 0, "COMPLEX_EMPLOYERS", EMPLOYERS, 0,
      { "COMPLEX_EMPLOYERS", "涉及多个用人单位", "several employers", POLICY } },
    { FLAG_COMPLEX, 0, "COMPLEX_GROUPS", OVERLAP, 0,
      { "COMPLEX_GROUPS", "工伤、社会保险、劳动报酬请求交叉", "claims on injury, insurance and pay overlap", POLICY } },

    /* The level, gravest first. */
    { 0, 1, "LEVEL_I_WORKERS", WORKERS, 0, { "LEVEL_I", "一级：由政府应急机构处置", "level I: government emergency office", POLICY } },
    { 0, 1, NULL, NOTHING, WORST_SIGNS,
      { "LEVEL_I_SIGNS", "一级：暴力、死亡、跨地区或者全国性媒体关注",
        "level I: violence, death, cross-region or national media", POLICY } },
    { 0, 2, "LEVEL_II_WORKERS", WORKERS, 0,
      { "LEVEL_II", "二级：人社局、党委政法委、工会共同处置", "level II: HR bureau, political-legal committee, union", POLICY } },
    { 0, 2, NULL, NOTHING, GRAVE_SIGNS,
      { "LEVEL_II_SIGNS", "二级：停工、堵路或者自伤威胁", "level II: stoppage, blocking or threat of self-harm", POLICY } },
    { 0, 3, "LEVEL_III_WORKERS", WORKERS, 0, { "LEVEL_III", "三级：人社局处置", "level III: HR bureau", POLICY } },
    { 0, 3, NULL, NOTHING, MILD_SIGNS, { "LEVEL_III_SIGNS", "三级：有聚集、上访等行为", "level III: mild acts", POLICY } },
    { 0, 4, NULL, NOTHING, 0, { "LEVEL_IV", "四级：调解中心处置", "level IV: the centre", POLICY } },
};

static const Reason by_contract = {
    "COLL_CONTRACT", "因履行集体合同发生的争议", "performance of a collective contract",
    "劳动人事争议仲裁办案规则 5、62 (2017)",
};
static const Reason is_simple = {
    "SIMPLE", "请求少、事实无争议、金额不超过当地年平均工资的单人争议，适用快速办理",
    "few claims, undisputed facts, not above the local annual average wage, one worker: the fast lane",
    "劳动人事争议仲裁办案规则 56 (2017)，参照",
};

static bool fires(Look *look, const Trigger *t, const Extent *e)
{
    if (t->signals && !(t->signals & e->signals)) return false;
    return !t->param || param_reached(look, t->param, measure(t->measure, e));
}

static void fire(Look *look, const Trigger *t, const Extent *e, Flags *f)
{
    int64_t limit = t->param ? param(look, t->param) : 0;
    finding_add(&f->reasons, &t->why, measure(t->measure, e), limit);
    f->flags |= t->flag;
    if (t->level) f->level = t->level;
}

/* All conditions at once; a grave dispute is never simple. */
static bool simple(Look *look, const Extent *e, uint32_t set)
{
    if (set & ~(uint32_t)FLAG_LAYOFF || !e->undisputed || e->average_wage_fen <= 0) return false;
    int64_t claims = param(look, "SIMPLE_CLAIMS"), workers = param(look, "SIMPLE_WORKERS");
    return e->claims <= claims && e->workers <= workers && e->claim_fen <= e->average_wage_fen;
}

Flags flags_of(const Params *params, const Extent *e)
{
    Flags f = { 0 };
    Look look = { params, e->region, e->day, { 0 } };
    if (e->collective_contract || e->groups & G_COLLC) {
        f.flags |= FLAG_COLL;
        finding_add(&f.reasons, &by_contract, 0, 0);
    }
    for (size_t i = 0; i < COUNT(triggers); i++) {
        const Trigger *t = &triggers[i];
        bool wanted = t->level == 0 || (f.level == 0 && f.flags & (FLAG_MASS | FLAG_MAJOR));
        if (wanted && fires(&look, t, e)) fire(&look, t, e, &f);
    }
    if (simple(&look, e, f.flags)) {
        f.flags |= FLAG_SIMPLE;
        finding_add(&f.reasons, &is_simple, e->claim_fen, e->average_wage_fen);
    }
    f.missing = look.missing;
    return f;
}
