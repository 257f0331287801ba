/* Every source that a template may name, and the way to it. */
#include "case/3-mediation/mediation.h"
#include "case/6-followup/followup.h"
#include "case/8-papers/facts.h"
#include "case/evidence.h"
#include "core/reference.h"
#include "register/organisations/organisations.h"

#include <string.h>

Rows fact_one(Ctx *c, const void *row, size_t size)
{
    char *copy = NEW(c->mem, char, size + 16);
    copy += (16 - (uintptr_t)copy % 16) % 16;
    memcpy(copy, row, size);
    return (Rows){ copy, 1 };
}

static Rows org_row(Ctx *c, Id id)
{
    Org org = { 0 };
    return org_find(c, id, &org) ? fact_one(c, &org, sizeof org) : (Rows){ 0 };
}

static Rows fact_org(Ctx *c, const CaseFacts *f)
{
    return org_row(c, f->k ? f->k->org : c->who.org);
}

static Rows fact_centre(Ctx *c, const CaseFacts *f)
{
    return org_row(c, f->k ? f->k->owner : c->who.org);
}

static Rows fact_intake(Ctx *c, const CaseFacts *f)
{
    Intake in = { 0 };
    return intake_get(c, f->k->id, &in) ? fact_one(c, &in, sizeof in) : (Rows){ 0 };
}

static Rows fact_accord(Ctx *c, const CaseFacts *f)
{
    Accord a = { 0 };
    return accord_of(c, f->k->id, &a) ? fact_one(c, &a, sizeof a) : (Rows){ 0 };
}

static Rows fact_progress(Ctx *c, const CaseFacts *f)
{
    Progress p = { 0 };
    Accord a = { 0 };
    if (!accord_of(c, f->k->id, &a)) return (Rows){ 0 };
    progress_of(c, f->k, &p);
    return fact_one(c, &p, sizeof p);
}

static Rows fact_joint(Ctx *c, const CaseFacts *f)
{
    return facts_confirmed(c, f->k->id);
}

static Rows fact_payments(Ctx *c, const CaseFacts *f) { return payments_of(c, f->k->id); }
static Rows fact_visits(Ctx *c, const CaseFacts *f) { return visits_of(c, f->k->id); }
static Rows fact_feedbacks(Ctx *c, const CaseFacts *f) { return feedbacks_of(c, f->k->id); }

static const FactSource fact_sources[] = {
    { "paper",       "文书本身", "the paper itself", &head_facts_form, NULL, fact_head, NULL, true },
    { "case",        "案件", "the case", &matter_facts_form, NULL, fact_matter },
    { "org",         "办理组织", "the organisation in charge", &org_form, NULL, fact_org, NULL, true },
    { "centre",      "登记中心", "the centre that registered it", &org_form, NULL, fact_centre, NULL, true },
    { "applicants",  "申请人", "applicants", &party_facts_form, NULL, fact_applicants },
    { "respondents", "被申请人", "respondents", &party_facts_form, NULL, fact_respondents },
    { "thirds",      "第三人", "third parties", &party_facts_form, NULL, fact_thirds },
    { "agents",      "代理人", "agents", &party_facts_form, NULL, fact_agents },
    { "representatives", "推举的代表人", "elected representatives", &party_facts_form, NULL, fact_representatives },
    { "workers",     "劳动者", "workers", &party_facts_form, NULL, fact_workers },
    { "employers",   "用人单位", "employers", &party_facts_form, NULL, fact_employers },
    { "to",          "受送达人", "whom it is served on", &party_facts_form, NULL, fact_to },
    { "claims",      "请求事项", "claims", &claim_facts_form, NULL, fact_claims },
    { "intake",      "申请内容", "the application", &intake_form, NULL, fact_intake },
    { "evidence",    "证据材料", "evidence", NULL, &evidence_sealed, NULL },
    { "mediators",   "调解员", "mediators", &mediator_facts_form, NULL, fact_mediators },
    { "recusals",    "回避", "recusals", NULL, &recusal_sealed, NULL },
    { "sessions",    "调解场次", "sessions", NULL, &sitting_sealed, NULL },
    { "minutes",     "调解笔录", "minutes", NULL, &minutes_sealed, NULL },
    { "joint",       "无争议事实", "undisputed facts", NULL, &fact_sealed, fact_joint },
    { "suspensions", "中止", "suspensions", NULL, &suspension_sealed, NULL },
    { "extensions",  "延期", "extensions", NULL, &extension_sealed, NULL },
    { "consents",    "延期同意", "consents to an extension", NULL, &extension_consent_sealed, NULL },
    { "reports",     "重大争议报告", "reports of a major dispute", NULL, &report_sealed, NULL },
    { "spot",        "即时履行", "performance on the spot", NULL, &spot_sealed, NULL },
    { "referrals",   "移送", "referrals", NULL, &referral_sealed, NULL },
    { "offers",      "委托（委派）来件", "entrusted cases", NULL, &offer_sealed, NULL },
    { "accord",      "调解协议", "the agreement", &accord_form, NULL, fact_accord },
    { "duties",      "协议义务", "its obligations", &duty_facts_form, NULL, fact_duties },
    { "signature",   "申请书手写签名", "the name drawn under the application", &mark_facts_form, NULL,
      fact_application_mark },
    { "marks",       "协议签署", "its marks", &mark_facts_form, NULL, fact_marks },
    { "hands",       "协议签署栏手写签名", "names drawn in its signature block", &hand_facts_form, NULL, fact_hands },
    { "own_hands",   "调解员签署栏手写签名", "the mediators' there", &hand_facts_form, NULL, fact_own_hands },
    { "owings",      "履行情况", "what is owed", &duty_facts_form, NULL, fact_overdue },
    { "debtors",     "逾期未履行的义务人", "who owes something now", &duty_facts_form, NULL, fact_debtors },
    { "progress",    "履行进度", "how far performed", &progress_form, NULL, fact_progress },
    { "payments",    "履行记录", "payments", &payment_form, NULL, fact_payments },
    { "visits",      "回访", "visits", &visit_form, NULL, fact_visits },
    { "feedbacks",   "结果反馈", "feedback", &feedback_form, NULL, fact_feedbacks },
    { "until",       "救济期限与机构", "remedies and their periods", &until_facts_form, NULL, fact_until, NULL, true },
    { "service",     "送达", "service", &service_facts_form, NULL, fact_service },
};

const FactSource *fact_source_at(const CaseFacts *f, size_t i)
{
    if (i < COUNT(fact_sources)) return &fact_sources[i];
    i -= COUNT(fact_sources);
    for (const Slice *const *s = f->slices; s && *s; s++) {
        if (i < (*s)->facts) return &(*s)->fact[i];
        i -= (*s)->facts;
    }
    return NULL;
}

static const FactSource *find(const CaseFacts *f, Str name, size_t *at)
{
    const FactSource *s = fact_source_at(f, *at = 0);
    while (s && !str_eq(str_of(s->name), name)) s = fact_source_at(f, ++*at);
    return s;
}

static const Form *form(void *self, Str source)
{
    size_t at;
    const FactSource *s = find(self, source, &at);
    if (!s) return NULL;
    return s->form ? s->form : s->sealed->form;
}

/* Is there what it tells of? */
static bool has_subject(const CaseFacts *f, const FactSource *s)
{
    if (s->about) return f->about_id.n && str_eq(f->about, str_of(s->about));
    return f->k || s->alone;
}

static Rows rows(void *self, Ctx *c, Str source)
{
    CaseFacts *f = self;
    size_t i;
    const FactSource *s = find(f, source, &i);
    if (!s || !ok(c) || !has_subject(f, s)) return (Rows){ 0 };
    BUG_IF(!s->rows && !f->k); /* a step is one of a case */
    if (!f->read[i]) f->kept[i] = s->rows ? s->rows(c, f) : s->sealed->rows(c, f->k->id);
    f->read[i] = true;
    return f->kept[i];
}

/* The answer given, else what the template proposes. */
static Str ask(void *self, Str name)
{
    const CaseFacts *f = self;
    for (size_t i = 0; i < f->answers.n; i++) {
        const AskAnswer *a = (const AskAnswer *)f->answers.at + i;
        if (str_eq(a->name, name)) return a->value;
    }
    return (Str){ 0 };
}

/* Names that are no rows of a code list: the reference data's. */
static Str named(void *self, Ctx *c, Str format, Str value)
{
    static const struct { const char *format; Str (*name)(const Ctx *c, Str code); } rows_of[] = {
        { "cause", code_cause }, { "region", code_region_path }, { "industry", code_industry },
    };
    (void)self;
    for (size_t i = 0; i < COUNT(rows_of); i++) {
        if (!str_eq(format, str_of(rows_of[i].format))) continue;
        return c ? rows_of[i].name(c, value) : S("");
    }
    return (Str){ 0 };
}

Facts case_facts(Ctx *c, CaseFacts *f)
{
    size_t n = 0;
    while (fact_source_at(f, n)) n++;
    f->kept = NEW(c->mem, Rows, n);
    f->read = NEW(c->mem, bool, n);
    return (Facts){ f, form, rows, ask, named };
}

Facts facts_for_check(CaseFacts *f, const Slice *const *slices)
{
    *f = (CaseFacts){ .slices = slices };
    return (Facts){ f, form, NULL, ask, named };
}
