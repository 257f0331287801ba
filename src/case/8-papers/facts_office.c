/* Sources of papers about no case: what the registers say, and a case that another body has. */
#include "case/8-papers/facts.h"
#include "register/employers/employers.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediator_ties.h"
#include "register/organisations/organisations.h"
#include "register/standing.h"

static bool mediator_seen(Ctx *c, const CaseFacts *f, Mediator *m)
{
    if (mediator_get(c, f->about_id, m)) mediator_own_or_org(c, m);
    return ok(c);
}

static Rows mediator_row(Ctx *c, const CaseFacts *f)
{
    Mediator m = { 0 };
    return mediator_seen(c, f, &m) ? fact_one(c, &m, sizeof m) : (Rows){ 0 };
}

static Rows term_row(Ctx *c, const CaseFacts *f)
{
    Mediator m = { 0 };
    Term t = { 0 };
    bool there = mediator_seen(c, f, &m) && term_last(c, m.id, &t);
    return there ? fact_one(c, &t, sizeof t) : (Rows){ 0 };
}

/* How the last appointment was ended. */
static Rows dismissal_row(Ctx *c, const CaseFacts *f)
{
    Mediator m = { 0 };
    Rows rows = mediator_seen(c, f, &m) ? standing_list(c, m.id) : (Rows){ 0 };
    const Standing *e = rows.at;
    bool ended = rows.n && str_eq(e->status, S("DISMISSED"));
    return ended ? fact_one(c, e, sizeof *e) : (Rows){ 0 };
}

static Rows employer_row(Ctx *c, const CaseFacts *f)
{
    Employer e = { 0 };
    return employer_get(c, f->about_id, &e) ? fact_one(c, &e, sizeof e) : (Rows){ 0 };
}

/* Where one may ask for mediation, near the office that writes. */
typedef struct Serving {
    Str say;
} Serving;
static const Field serving_fields[] = { FIELD(Serving, say, .label = "可选择的调解组织", .en = "who mediates here") };
static const Form serving_form = FORM(Serving, serving_fields);

static void say_org(Out *o, const Org *org)
{
    if (o->len) out_str(o, S("；"));
    out_str(o, org->name);
    if (org->address.n) out_str(o, S("，地址："));
    out_str(o, org->address);
    if (org->phone.n) out_str(o, S("，电话："));
    out_str(o, org->phone);
}

static Rows serving_row(Ctx *c, const CaseFacts *f)
{
    enum { ROOM = 2000 };
    static const char *const kinds[] = { "CENTER", "TOWN", "CENTER_DISTRICT" };
    Org own = { 0 };
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    (void)f;
    (void)org_find(c, c->who.org, &own);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        Org org = { 0 };
        if (org_serving(c, str_of(kinds[i]), own.region, &org)) say_org(&o, &org);
    }
    Serving row = { out_view(&o) };
    return o.len ? fact_one(c, &row, sizeof row) : (Rows){ 0 };
}

static Rows filed_row(Ctx *c, const CaseFacts *f)
{
    Case *k = NEW(c->mem, Case, 1);
    CaseFacts of = { .k = k };
    return case_get(c, f->about_id, k) ? fact_matter(c, &of) : (Rows){ 0 };
}

const FactSource office_sources[OFFICE_SOURCES] = {
    { "mediator",  "调解员", "the mediator", &mediator_form, NULL, mediator_row, "mediator", false },
    { "term",      "聘任", "the term of appointment", &term_form, NULL, term_row, "mediator", false },
    { "dismissal", "解聘", "the dismissal", &standing_form, NULL, dismissal_row, "mediator", false },
    { "employer",  "用人单位档案", "the employer's record", &employer_form, NULL, employer_row, "employer", false },
    { "filed",     "所据案件", "the case it is about", &matter_facts_form, NULL, filed_row, "case", false },
    { "serving",   "本地调解组织", "organisations that mediate near", &serving_form, NULL, serving_row, NULL, true },
};
