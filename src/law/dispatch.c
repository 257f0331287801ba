#include "law/dispatch.h"


/* Why an organisation is proposed. */
static const Reason named = { "ORG_NAMED", "委托（委派）指定该组织", "named by the entrustment",
                              "特邀调解规定 12 (2016)；劳动人事争议仲裁办案规则 70 (2017)" };
static const Reason to_centre = { "ORG_CENTRE_MAJOR", "重大、群体性争议由中心办理，并报人社局",
                                  "major and mass disputes stay with the centre; the HR bureau is told", POLICY };
static const Reason collective_centre = {
    "ORG_COLL_CENTRE", "集体争议由中心办理",
    "collective: the centre", POLICY,
};
static const Reason collective_town = { "ORG_COLL_TOWN", "集体争议由调解员足够的乡镇（街道）中心办理，中心督办",
                                        "collective: a township with enough mediators, the centre supervises", POLICY };
static const Reason new_form = {
    "ORG_NEF", "新就业形态争议由一站式调解组织办理",
    "new employment form: the one-stop centre",
    "人社厅发〔2024〕4号 (2024)",
};
static const Reason of_personnel = {
    "ORG_PERSONNEL", "人事争议由中心办理",
    "personnel disputes: the centre", POLICY,
};
static const Reason committee = {
    "ORG_ENT", "劳动者同意由企业调解委员会调解",
    "the worker agrees to the enterprise's committee",
    "劳动争议调解仲裁法 10 (2008)",
};
static const Reason chamber = {
    "ORG_CHAMBER", "所属行业（商会）调解组织",
    "the chamber of its trade", POLICY,
};
static const Reason town_work = {
    "ORG_TOWN_WORK", "劳动合同履行地乡镇（街道）中心",
    "township of the place of work",
    "劳动争议调解仲裁法 10、21 (2008)",
};
static const Reason town_employer = {
    "ORG_TOWN_EMPLOYER", "用人单位所在地乡镇（街道）中心",
    "township of the employer's place",
    "劳动争议调解仲裁法 10、21 (2008)",
};
static const Reason centre = { "ORG_CENTRE", "由中心办理", "the centre", POLICY };
static const Reason outside = { "ORG_BY_CHOICE", "不在推荐顺序内，由分流人员说明理由后选择",
                                "outside the rules' order: may be chosen with a reason", POLICY };

/* What bars an organisation. */
static const Reason inactive = {
    "ORG_INACTIVE", "组织未启用",
    "the organisation is not active", POLICY,
};
static const Reason lacks = {
    "ORG_SIX", "“六有”未达到必备项",
    "lacks mandatory items of the six haves", POLICY,
};
static const Reason full = { "ORG_FULL", "在办案件已满", "no capacity left", POLICY };
static const Reason not_named = {
    "ORG_NOT_NAMED", "委托（委派）已指定其他组织",
    "the entrustment names another",
    "特邀调解规定 12 (2016)；劳动人事争议仲裁办案规则 70 (2017)",
};
static const Reason not_down = {
    "ORG_MAJOR_ONLY_CENTRE", "重大、群体性争议不得下派",
    "major and mass disputes are not sent down", POLICY,
};
static const Reason not_coll = { "ORG_COLL_ONLY", "集体争议仅由中心或者调解员足够的乡镇（街道）中心办理",
                                 "collective: only the centre or a township with enough mediators", POLICY };
static const Reason not_agreed = { "ORG_NOT_AGREED", "劳动者未同意由该企业调解委员会调解",
                                   "the worker has not agreed to this enterprise's committee", "劳动争议调解仲裁法 3、10 (2008)" };
static const Reason far = { "ORG_TERRITORY", "不覆盖履行地或者用人单位所在地", "covers neither place",
                            "劳动争议调解仲裁法 21 (2008)，参照" };
static const Reason no_kind = {
    "ORG_KIND", "该单位不是调解组织",
    "does not mediate", "劳动争议调解仲裁法 10 (2008)",
};

enum { MEDIATES = 1U << ORG_CENTER | 1U << ORG_SUB | 1U << ORG_ROOM | 1U << ORG_STATION | 1U << ORG_TOWN |
                  1U << ORG_ENT | 1U << ORG_CHAMBER | 1U << ORG_UROOM | 1U << ORG_PMC | 1U << ORG_INST |
                  1U << ORG_NEF | 1U << ORG_SCOURT | 1U << ORG_ULS | 1U << ORG_LRS };

static bool covers(const Candidate *c, Str place)
{
    return c->territory.n && place.n && str_starts(place, c->territory);
}

Str venue(const Matter *m)
{
    return m->work_place.n ? m->work_place : m->employer_place;
}

static bool grave(const Matter *m)
{
    return m->flags & (FLAG_MAJOR | FLAG_MASS);
}

/* The places in the order of preference; the questions a row asks of a candidate. */
typedef enum Fit { FIT_NAMED, FIT_WORK, FIT_EMPLOYER, FIT_EITHER, FIT_OF_EMPLOYER } Fit;

typedef enum Plan { PLAN_NAMED, PLAN_GRAVE, PLAN_COLL, PLAN_NEF, PLAN_PERSONNEL, PLAN_ORDINARY } Plan;

typedef struct Rule {
    Plan          plan;
    OrgKind       kind;
    Fit           fit;
    const Reason *why;
} Rule;

/* Read downwards within a plan: the first rule that fits gives the place. */
static const Rule rules[] = {
    { PLAN_NAMED,     ORG__COUNT,  FIT_NAMED,       &named },
    { PLAN_GRAVE,     ORG_CENTER,  FIT_EITHER,      &to_centre },
    { PLAN_COLL,      ORG_CENTER,  FIT_EITHER,      &collective_centre },
    { PLAN_COLL,      ORG_TOWN,    FIT_WORK,        &collective_town },
    { PLAN_COLL,      ORG_TOWN,    FIT_EMPLOYER,    &collective_town },
    { PLAN_NEF,       ORG_NEF,     FIT_EITHER,      &new_form },
    { PLAN_NEF,       ORG_CENTER,  FIT_EITHER,      &centre },
    { PLAN_PERSONNEL, ORG_CENTER,  FIT_EITHER,      &of_personnel },
    { PLAN_ORDINARY,  ORG_ENT,     FIT_OF_EMPLOYER, &committee },
    { PLAN_ORDINARY,  ORG_CHAMBER, FIT_OF_EMPLOYER, &chamber },
    { PLAN_ORDINARY,  ORG_TOWN,    FIT_WORK,        &town_work },
    { PLAN_ORDINARY,  ORG_TOWN,    FIT_EMPLOYER,    &town_employer },
    { PLAN_ORDINARY,  ORG_CENTER,  FIT_EITHER,      &centre },
};

static Plan plan_of(const Matter *m)
{
    if (m->named.n) return PLAN_NAMED;
    if (grave(m)) return PLAN_GRAVE;
    if (m->flags & FLAG_COLL) return PLAN_COLL;
    if (m->nef) return PLAN_NEF;
    return m->personnel ? PLAN_PERSONNEL : PLAN_ORDINARY;
}

static bool fits(const Rule *r, const Matter *m, const Candidate *c)
{
    if (r->kind != ORG__COUNT && r->kind != c->kind) return false;
    switch (r->fit) {
    case FIT_NAMED: return c->id.n == m->named.n;
    case FIT_WORK: return covers(c, m->work_place);
    case FIT_EMPLOYER: return covers(c, m->employer_place);
    case FIT_EITHER: return covers(c, m->work_place) || covers(c, m->employer_place);
    case FIT_OF_EMPLOYER: return c->of_employer;
    }
    return false;
}

/* A named organisation has been chosen by court or arbitration: only that it is
** not active stands against it. */
static void bars_of_named(const Matter *m, const Candidate *c, Findings *f)
{
    if (c->id.n != m->named.n) finding_add(f, &not_named, 0, 0);
    if (!c->active) finding_add(f, &inactive, 0, 0);
}

static void bars_of_kind(Look *look, const Matter *m, const Candidate *c, Findings *f)
{
    if (grave(m) && c->kind != ORG_CENTER) finding_add(f, &not_down, 0, 0);
    else if (m->flags & FLAG_COLL && c->kind != ORG_CENTER) {
        bool enough = c->kind == ORG_TOWN && param_reached(look, "COLL_MEDIATORS", c->mediators);
        if (!enough) finding_add(f, &not_coll, c->mediators, param(look, "COLL_MEDIATORS"));
    }
    if (c->kind == ORG_ENT && !m->committee_agreed) finding_add(f, &not_agreed, 0, 0);
}

static void bars_of_org(Look *look, const Matter *m, const Candidate *c, Findings *f)
{
    if (!(1U << c->kind & MEDIATES)) finding_add(f, &no_kind, 0, 0);
    if (m->named.n) {
        bars_of_named(m, c, f);
        return;
    }
    int64_t haves = haves_count(c->haves), least = param(look, "SIX_HAVES_MIN");
    if (!c->active) finding_add(f, &inactive, 0, 0);
    if (haves < least) finding_add(f, &lacks, haves, least);
    if (c->capacity && c->load >= c->capacity) finding_add(f, &full, c->load, c->capacity);
    bool near = covers(c, m->work_place) || covers(c, m->employer_place) || c->of_employer;
    if (!near) finding_add(f, &far, 0, 0);
    bars_of_kind(look, m, c, f);
}

/* Load by capacity, as -1, 0, 1; no capacity given is room without end. */
static int load_order(const Proposal *a, const Proposal *b)
{
    int64_t x = a->capacity ? a->load * (b->capacity ? b->capacity : 1) : 0;
    int64_t y = b->capacity ? b->load * (a->capacity ? a->capacity : 1) : 0;
    return (x > y) - (x < y);
}

static int order(const Proposal *a, const Proposal *b)
{
    if (a->barred != b->barred) return a->barred ? 1 : -1;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    int load = load_order(a, b);
    if (load) return load;
    if (a->last.day != b->last.day) return a->last.day < b->last.day ? -1 : 1;
    return (a->id.n > b->id.n) - (a->id.n < b->id.n);
}

void proposal_place(Proposal *out, size_t n, const Proposal *next)
{
    size_t i = n;
    while (i > 0 && order(next, &out[i - 1]) < 0) {
        out[i] = out[i - 1];
        i--;
    }
    out[i] = *next;
}

static void rank_org(const Matter *m, const Candidate *c, Proposal *p)
{
    Plan plan = plan_of(m);
    int place_in_plan = 0;
    for (size_t i = 0; i < COUNT(rules); i++) {
        if (rules[i].plan != plan) continue;
        place_in_plan++;
        if (!fits(&rules[i], m, c)) continue;
        p->rule = place_in_plan;
        finding_add(&p->reasons, rules[i].why, 0, 0);
        return;
    }
    p->rule = OUTSIDE_RULES;
    finding_add(&p->reasons, &outside, 0, 0);
}

void dispatch_orgs(const Params *params, const Matter *m, const Candidate *list, size_t n, Proposal *out)
{
    Look look = { params, m->region, m->day, { 0 } };
    for (size_t i = 0; i < n; i++) {
        const Candidate *c = &list[i];
        Proposal p = { .at = i, .id = c->id, .load = c->load, .capacity = c->capacity };
        bars_of_org(&look, m, c, &p.reasons);
        p.barred = p.reasons.n > 0;
        if (p.barred) p.rule = OUTSIDE_RULES;
        else rank_org(m, c, &p);
        proposal_place(out, i, &p);
    }
}
