#include "law/assign.h"


static const Reason chosen = {
    "MED_CHOSEN", "双方共同选定",
    "chosen by both sides", "企业劳动争议协商调解规定 25 (2012)",
};
static const Reason by_load = {
    "MED_LOAD", "按在办比例由低到高、最久未指派优先",
    "lowest open load, then longest since the last assignment", POLICY,
};

/* What bars a mediator. */
#define TIES "特邀调解规定 15 (2016)"
static const Reason off_roster = {
    "MED_INACTIVE", "不在册或者聘期已满",
    "not on the roster", "企业劳动争议协商调解规定 19 (2012)",
};
static const Reason overloaded = { "MED_FULL", "在办案件已满", "no capacity left", POLICY };
static const Reason no_tag = {
    "MED_TAG", "缺少案由所需的专长标签",
    "lacks a roster tag the causes need", POLICY,
};
static const Reason relative = {
    "MED_RELATIVE", "当事人或者代理人的近亲属",
    "near relative of a party or an agent", TIES,
};
static const Reason interest = { "MED_INTEREST", "与纠纷有利害关系", "interest in the dispute", TIES };
static const Reason judged = {
    "MED_JUDGED", "曾任本案仲裁员、审判人员",
    "was its arbitrator or judge", TIES,
};
static const Reason tied = {
    "MED_TIE", "受雇于一方当事人或者担任其法律顾问，期限未满",
    "employed by or counsel to a party within the period", TIES,
};
static const Reason other_tie = {
    "MED_OTHER_TIE", "有其他关系，可能影响公正调解",
    "another relation that may affect fairness", TIES,
};

static bool has_word(Str list, Str word)
{
    while (list.n) {
        if (str_eq(str_cut(&list, ' '), word)) return true;
    }
    return false;
}

static bool has_tags(Str tags, Str needed)
{
    while (needed.n) {
        Str tag = str_cut(&needed, ' ');
        if (tag.n && !has_word(tags, tag)) return false;
    }
    return true;
}

static void bars_of_person(Look *look, const Matter *m, const Person *p, Findings *f)
{
    const struct { bool is; const Reason *why; } bars[] = {
        { !p->active, &off_roster }, { p->relative, &relative }, { p->interest, &interest },
        { p->judged, &judged }, { p->other_tie, &other_tie }, { !has_tags(p->tags, m->tags), &no_tag },
    };
    for (size_t i = 0; i < COUNT(bars); i++) {
        if (bars[i].is) finding_add(f, bars[i].why, 0, 0);
    }
    if (p->capacity && p->load >= p->capacity) finding_add(f, &overloaded, p->load, p->capacity);
    int64_t years = param(look, "CONFLICT_YEARS");
    if (p->tie_ended.day == 0) return;
    Date until = date_plus_months(p->tie_ended, (int)(years * 12));
    if (until.day >= m->day.day) finding_add(f, &tied, 0, years);
}

void dispatch_people(const Params *params, const Matter *m, const Person *list, size_t n, Proposal *out)
{
    Look look = { params, m->region, m->day, { 0 } };
    for (size_t i = 0; i < n; i++) {
        const Person *person = &list[i];
        bool wanted = m->chosen.n && m->chosen.n == person->id.n;
        Proposal p = { .at = i, .id = person->id, .rule = wanted ? 1 : 2, .load = person->load,
                       .capacity = person->capacity, .last = person->last };
        bars_of_person(&look, m, person, &p.reasons);
        p.barred = p.reasons.n > 0;
        if (!p.barred) finding_add(&p.reasons, wanted ? &chosen : &by_load, person->load, person->capacity);
        proposal_place(out, i, &p);
    }
}

static const Reason no_lead = {
    "ASSIGN_NO_LEAD", "复杂争议须确定牵头人",
    "a complex case needs a lead", POLICY,
};
static const Reason no_departments = {
    "ASSIGN_NO_DEPARTMENTS", "复杂争议须记录参与部门",
    "a complex case names its departments", POLICY,
};
static const Reason too_few = {
    "ASSIGN_TOO_FEW", "集体争议调解员人数不足",
    "too few mediators for a collective case", POLICY,
};
static const Reason nobody = {
    "ASSIGN_NOBODY", "未指定调解员",
    "no mediator named", "企业劳动争议协商调解规定 25 (2012)",
};

Findings assignment_check(const Params *params, const Matter *m, const Assignment *a)
{
    Findings f = { 0 };
    Look look = { params, m->region, m->day, { 0 } };
    if (a->mediators < 1) finding_add(&f, &nobody, a->mediators, 1);
    if (m->flags & FLAG_COLL && a->mediators < param(&look, "COLL_MEDIATORS")) {
        finding_add(&f, &too_few, a->mediators, param(&look, "COLL_MEDIATORS"));
    }
    if (!(m->flags & FLAG_COMPLEX)) return f;
    if (!a->lead) finding_add(&f, &no_lead, 0, 0);
    if (a->departments < 1) finding_add(&f, &no_departments, a->departments, 1);
    return f;
}

static const Reason propose_user = {
    "PARTY_USER", "劳务派遣：建议追加用工单位为共同当事人",
    "labour dispatch: the user entity is a joint party",
    "劳动争议调解仲裁法 22 (2008)",
};
static const Reason propose_agency = {
    "PARTY_AGENCY", "劳务派遣：建议追加劳务派遣单位为共同当事人",
    "labour dispatch: the agency is a joint party",
    "劳动争议调解仲裁法 22 (2008)",
};
static const Reason propose_principal = { "PARTY_PRINCIPAL", "个人承包：建议追加发包的组织为共同当事人",
                                          "individual contractor: who let the work is a joint party",
                                          "劳动人事争议仲裁办案规则 7 (2017)" };
static const Reason propose_contractor = { "PARTY_CONTRACTOR", "转包、分包给不具备资质者：建议追加承包人为当事人",
                                           "passed on to the unqualified: the contractor is a party",
                                           "最高人民法院劳动争议司法解释（二） 1、2 (2025)" };

Findings parties_proposed(const Chain *c)
{
    Findings f = { 0 };
    if (c->dispatched && !c->user_named) finding_add(&f, &propose_user, 0, 0);
    if (c->dispatched && !c->agency_named) finding_add(&f, &propose_agency, 0, 0);
    if (c->personal_contractor && !c->principal_named) finding_add(&f, &propose_principal, 0, 0);
    if (c->subcontracted && !c->contractor_named) finding_add(&f, &propose_contractor, 0, 0);
    return f;
}
