/* D35 from the ledger: the survey of a risk and the plan for it. */
#include "case/8-papers/facts.h"
#include "law/law.h"
#include "prevention/risks/ratings.h"
#include "register/employers/employers.h"

enum { ROOM = 8000 };

typedef struct RiskPaper {
    Str  employer, uscc, place, industry, kinds, signs, extent, level, advice, found;
    int64_t staff;
    Date day;
} RiskPaper;
static const Field paper_fields[] = {
    FIELD(RiskPaper, employer, .label = "用人单位", .en = "employer"),
    FIELD(RiskPaper, uscc,     .label = "统一社会信用代码", .en = "code"),
    FIELD(RiskPaper, place,    .label = "所属区域", .en = "place"),
    FIELD(RiskPaper, industry, .label = "行业", .en = "industry"),
    FIELD(RiskPaper, staff,    .label = "职工人数", .en = "staff"),
    FIELD(RiskPaper, day,      .label = "发现日期", .en = "found on"),
    FIELD(RiskPaper, kinds,    .label = "风险类型", .en = "kind of risk"),
    FIELD(RiskPaper, signs,    .label = "具体表现", .en = "signs"),
    FIELD(RiskPaper, extent,   .label = "涉及人数和金额", .en = "extent"),
    FIELD(RiskPaper, level,    .label = "风险等级", .en = "level"),
    FIELD(RiskPaper, advice,   .label = "处置建议", .en = "advice"),
    FIELD(RiskPaper, found,    .label = "基本情况", .en = "situation"),
};
static const Form paper_form = FORM(RiskPaper, paper_fields);

typedef struct PlanPaper {
    Str subject, goal, organisation, steps, reporting, support, responsible;
    Date due;
} PlanPaper;
static const Field plan_fields[] = {
    FIELD(PlanPaper, subject, .label = "预案名称", .en = "subject"),
    FIELD(PlanPaper, goal,    .label = "化解目标", .en = "goal"),
    FIELD(PlanPaper, organisation, .label = "组织分工", .en = "who does what"),
    FIELD(PlanPaper, steps,   .label = "处置措施", .en = "steps"),
    FIELD(PlanPaper, reporting, .label = "信息报告", .en = "reporting"),
    FIELD(PlanPaper, support, .label = "保障", .en = "support"),
    FIELD(PlanPaper, responsible, .label = "责任人", .en = "in charge"),
    FIELD(PlanPaper, due,     .label = "化解期限", .en = "to be resolved by"),
};
static const Form plan_form = { "RiskPlanPaper", sizeof(PlanPaper), plan_fields, COUNT(plan_fields) };

static Out text(Ctx *c)
{
    return (Out){ .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
}

static Str labels(Ctx *c, const Codes *codes, Str words)
{
    Out o = text(c);
    while (words.n) {
        const Code *code = NULL;
        if (!code_find(codes, str_cut(&words, ' '), &code) || !code) continue;
        if (o.len) out_str(&o, S("、"));
        out_str(&o, str_of(code->zh));
    }
    return out_view(&o);
}

/* 35人，1 200 000.00元 */
static Str extent(Ctx *c, const Risk *r)
{
    Out o = text(c);
    if (r->workers) out_int(&o, r->workers);
    if (r->workers) out_str(&o, S("人"));
    if (r->workers && r->amount.fen) out_str(&o, S("，"));
    if (r->amount.fen) out_yuan(&o, r->amount);
    if (r->amount.fen) out_str(&o, S("元"));
    return out_view(&o);
}

/* What was said, and the signs that the last rating met. */
static Str signs(Ctx *c, const Risk *r, const Rating *a)
{
    Out o = text(c);
    out_str(&o, r->content);
    const RatingSign *s = a->signs.at;
    for (size_t i = 0; i < a->signs.n; i++) {
        out_str(&o, i ? S("；") : S("\n预警指标："));
        out_str(&o, s[i].code);
        out_str(&o, S(" "));
        out_str(&o, s[i].zh);
    }
    return out_view(&o);
}

static Str situation(Ctx *c, const Risk *r, const RiskPaper *p)
{
    Out o = text(c);
    out_str(&o, r->employer);
    if (r->uscc.n) out_str(&o, S("（统一社会信用代码："));
    out_str(&o, r->uscc);
    if (r->uscc.n) out_str(&o, S("）"));
    out_str(&o, S("，风险类型："));
    out_str(&o, p->kinds);
    if (p->extent.n) out_str(&o, S("；涉及"));
    out_str(&o, p->extent);
    if (p->level.n) out_str(&o, S("；风险等级："));
    out_str(&o, p->level);
    out_str(&o, S("。"));
    out_str(&o, p->signs);
    return out_view(&o);
}

static bool paper_of(Ctx *c, const CaseFacts *f, Risk *r, RiskPaper *p)
{
    Employer e = { 0 };
    Rating a = { 0 };
    if (!risk_get(c, f->about_id, MAY_READ, r)) return false;
    (void)rating_last(c, r, &a);
    (void)employer_get(c, r->employer_id, &e);
    const Industry *it = industry_last(&c->law->industries, r->industry);
    *p = (RiskPaper){ .employer = r->employer, .uscc = r->uscc, .day = r->found_on, .advice = a.advice,
                      .place = region_path(&c->law->places, c->mem, r->region),
                      .industry = it ? it->name : (Str){ 0 },
                      .staff = a.staff ? a.staff : e.staff, .kinds = labels(c, &risk_kinds, r->kinds),
                      .extent = extent(c, r), .level = labels(c, &risk_levels, r->level) };
    p->signs = signs(c, r, &a);
    p->found = situation(c, r, p);
    return ok(c);
}

static Rows risk_row(Ctx *c, const CaseFacts *f)
{
    Risk r = { 0 };
    RiskPaper p;
    return paper_of(c, f, &r, &p) ? fact_one(c, &p, sizeof p) : (Rows){ 0 };
}

static Rows plan_row(Ctx *c, const CaseFacts *f)
{
    Risk r = { 0 };
    RiskPaper p;
    RiskPlan plan = { 0 };
    if (!paper_of(c, f, &r, &p) || !risk_plan_last(c, r.id, &plan)) return (Rows){ 0 };
    Out subject = text(c);
    out_str(&subject, r.employer);
    out_str(&subject, p.kinds);
    PlanPaper row = { .subject = out_view(&subject), .goal = plan.goal, .organisation = plan.organisation,
                      .steps = plan.steps, .reporting = plan.reporting, .support = plan.support,
                      .responsible = r.responsible, .due = plan.due };
    return fact_one(c, &row, sizeof row);
}

static const FactSource sources[] = {
    { "risk",     "风险", "the risk", &paper_form, NULL, risk_row, "risk", false },
    { "response", "应对预案", "its plan", &plan_form, NULL, plan_row, "risk", false },
};

const Slice risk_papers_slice = { .name = "risk_papers", .fact = sources, .facts = COUNT(sources) };
