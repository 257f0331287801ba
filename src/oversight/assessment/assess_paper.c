/* D37, the yearly assessment's form, from the result and the numbers it was made of. */
#include "case/8-papers/facts.h"
#include "oversight/assessment/assessment.h"
#include "paper/chinese.h"
#include "register/mediators/mediator_words.h"

enum { TEXT = 200 };

typedef struct AssessPaper {
    Str     name, work, office, period, in_time, satisfaction, hours, sum, total, grade, veto;
    int64_t cases, agreed, weights;
} AssessPaper;
static const Field fields[] = {
    FIELD(AssessPaper, name,    .label = "考核对象", .en = "name"),
    FIELD(AssessPaper, work,    .label = "专（兼）职", .en = "full- or part-time"),
    FIELD(AssessPaper, office,  .label = "所属机构", .en = "organisation"),
    FIELD(AssessPaper, period,  .label = "考核期",   .en = "period"),
    FIELD(AssessPaper, cases,   .label = "办案数",   .en = "cases"),
    FIELD(AssessPaper, agreed,  .label = "调解成功数", .en = "solved"),
    FIELD(AssessPaper, in_time, .label = "按期办结", .en = "in time"),
    FIELD(AssessPaper, satisfaction, .label = "满意度", .en = "satisfaction"),
    FIELD(AssessPaper, hours,   .label = "培训学时", .en = "hours of training"),
    FIELD(AssessPaper, weights, .label = "计入的权重", .en = "weights that count"),
    FIELD(AssessPaper, sum,     .label = "折合前得分", .en = "points before they are made of a hundred"),
    FIELD(AssessPaper, total,   .label = "得分",     .en = "points"),
    FIELD(AssessPaper, grade,   .label = "等次",     .en = "grade"),
    FIELD(AssessPaper, veto,    .label = "一票否决", .en = "veto"),
};
static const Form paper_form = FORM(AssessPaper, fields);

typedef struct AssessLine {
    Str item, weight, share, points;
} AssessLine;
static const Field line_fields[] = {
    FIELD(AssessLine, item,   .label = "指标", .en = "item"),
    FIELD(AssessLine, weight, .label = "权重", .en = "weight"),
    FIELD(AssessLine, share,  .label = "分子、分母", .en = "numerator and denominator"),
    FIELD(AssessLine, points, .label = "得分", .en = "points"),
};
static const Form line_form = FORM(AssessLine, line_fields);

/* 92.5 of 925000. */
static Str points(Ctx *c, int64_t n)
{
    Out o = { .buf = NEW(c->mem, char, TEXT), .cap = TEXT };
    int64_t hundredths = (n + POINT / 200) / (POINT / 100);
    out_int(&o, hundredths / 100);
    out_str(&o, S("."));
    out_pad(&o, hundredths % 100, 2);
    return out_view(&o);
}

/* "3/4（75.00%）"; "—" of nothing. */
static Str share(Ctx *c, int64_t num, int64_t den, bool percent)
{
    Out o = { .buf = NEW(c->mem, char, TEXT), .cap = TEXT };
    if (den == 0) return S("—");
    out_int(&o, num);
    out_str(&o, S("/"));
    out_int(&o, den);
    if (!percent) return out_view(&o);
    int64_t hundredths = (num * 20000 + den) / (2 * den);
    out_str(&o, S("（"));
    out_int(&o, hundredths / 100);
    out_str(&o, S("."));
    out_pad(&o, hundredths % 100, 2);
    out_str(&o, S("%）"));
    return out_view(&o);
}

static Str mean(Ctx *c, int64_t sum, int64_t n)
{
    Out o = { .buf = NEW(c->mem, char, TEXT), .cap = TEXT };
    if (n == 0) return S("—");
    int64_t hundredths = (sum * 200 + n) / (2 * n);
    out_int(&o, hundredths / 100);
    out_str(&o, S("."));
    out_pad(&o, hundredths % 100, 2);
    return out_view(&o);
}

static Str period(Ctx *c, const Assessment *a)
{
    Out o = { .buf = NEW(c->mem, char, TEXT), .cap = TEXT };
    out_chinese_date(&o, a->from_day);
    out_str(&o, S("至"));
    out_chinese_date(&o, a->to_day);
    return out_view(&o);
}

static Str work(Str word)
{
    const Code *code = NULL;
    return code_find(&mediator_works, word, &code) && code ? str_of(code->zh) : word;
}

/* As the scheme calls it. */
static Str grade(Ctx *c, const Assessment *a, Str word)
{
    const Schemes *list = &c->law->schemes;
    for (size_t i = 0; i < list->n; i++) {
        const SchemeRow *row = &list->row[i];
        bool same = str_eq(row->scheme, a->scheme) && str_eq(row->kind, S("GRADE"));
        if (same && str_eq(row->code, word)) return row->zh;
    }
    return word;
}

/* What counts, before it is made of a hundred: the lines of the form add up to it. */
static int64_t counted(Rows items, int64_t *weights)
{
    int64_t sum = 0;
    *weights = 0;
    for (size_t i = 0; i < items.n; i++) {
        const AssessedItem *it = (const AssessedItem *)items.at + i;
        if (it->counts) sum += it->points;
        if (it->counts) *weights += it->weight;
    }
    return sum;
}

static Rows assessed_row(Ctx *c, const CaseFacts *f)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    if (!assessed_get(c, f->about_id, &s, &a)) return (Rows){ 0 };
    AssessFacts facts = assess_facts(c, &a, &s);
    const int64_t *n = facts.n;
    int64_t weights = 0, sum = counted(assessed_items(c, s.id), &weights);
    AssessPaper row = {
        .name = s.name, .work = work(s.kind), .office = s.org_name, .period = period(c, &a),
        .cases = n[AM_ENDED], .agreed = n[AM_AGREED] + n[AM_SETTLED] + n[AM_SPOT],
        .in_time = share(c, n[AM_ON_TIME], n[AM_ENDED] - n[AM_WITHDRAWN], true),
        .satisfaction = mean(c, n[AM_RATING], n[AM_RATED]),
        .hours = mean(c, n[AM_TRAINING_MIN], 60), .total = points(c, s.total), .grade = grade(c, &a, s.grade),
        .weights = weights, .sum = weights == 100 ? (Str){ 0 } : points(c, sum),
        .veto = s.veto.n ? s.veto_reason : (Str){ 0 },
    };
    return fact_one(c, &row, sizeof row);
}

static Rows line_rows(Ctx *c, const CaseFacts *f)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    if (!assessed_get(c, f->about_id, &s, &a)) return (Rows){ 0 };
    Rows items = assessed_items(c, s.id);
    AssessLine *out = NEW(c->mem, AssessLine, items.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < items.n; i++) {
        const AssessedItem *it = (const AssessedItem *)items.at + i;
        if (it->formula.n == 0) continue;
        Out w = { .buf = NEW(c->mem, char, TEXT), .cap = TEXT };
        out_int(&w, it->weight);
        Str of = share(c, it->num, it->den, false);
        Str got = it->counts ? points(c, it->points) : S("不计");
        out[n++] = (AssessLine){ it->zh, out_view(&w), of, got };
    }
    return (Rows){ out, n };
}

static const FactSource sources[] = {
    { "assessed", "考核结果", "the assessment", &paper_form, NULL, assessed_row, "assessed", false },
    { "scores",   "考核得分", "its scores", &line_form, NULL, line_rows, "assessed", false },
};

const Slice assess_papers_slice = { .name = "assess_papers", .fact = sources, .facts = COUNT(sources) };
