#include "law/assign.h"
#include "law/contact.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

enum { CENTRE, TOWN_WORK, TOWN_EMPLOYER, COMMITTEE, CHAMBER, ONE_STOP, FAR_TOWN, BUREAU, ORGS };

#define READY .active = true, .haves = HAVE__ALL, .capacity = 10
static const Candidate orgs[ORGS] = {
    [CENTRE] = { .id = { 1 }, .kind = ORG_CENTER, .territory = { "320685", 6 }, .mediators = 5, READY },
    [TOWN_WORK] = { .id = { 2 }, .kind = ORG_TOWN, .territory = { "320685101", 9 }, .mediators = 2, READY },
    [TOWN_EMPLOYER] = { .id = { 3 }, .kind = ORG_TOWN, .territory = { "320685102", 9 }, .mediators = 1,
        READY },
    [COMMITTEE] = { .id = { 4 }, .kind = ORG_ENT, .of_employer = true, .mediators = 2, READY },
    [CHAMBER] = { .id = { 5 }, .kind = ORG_CHAMBER, .of_employer = true, .mediators = 2, READY },
    [ONE_STOP] = { .id = { 6 }, .kind = ORG_NEF, .territory = { "3206", 4 }, .nef = true, .mediators = 2,
        READY },
    [FAR_TOWN] = { .id = { 7 }, .kind = ORG_TOWN, .territory = { "330282101", 9 }, .mediators = 3, READY },
    [BUREAU] = { .id = { 8 }, .kind = ORG_HRSS, .territory = { "320685", 6 }, READY },
};
#undef READY

static Matter matter(uint32_t flags)
{
    return (Matter){ .flags = flags, .work_place = S("320685101"), .employer_place = S("320685102"),
                     .region = S("320685"), .day = date_parse(S("2026-09-01")) };
}

static const Proposal *proposal_of(const Proposal *list, size_t n, size_t at)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].at == at) return &list[i];
    }
    return NULL;
}

static bool barred(const Proposal *list, size_t at, Str code)
{
    const Proposal *p = proposal_of(list, ORGS, at);
    return p && p->barred && finding_has(&p->reasons, code);
}

static void ordinary(const Params *params)
{
    Proposal out[ORGS];
    Matter m = matter(0);
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check_int((int64_t)out[0].at, CHAMBER, "without consent the chamber comes first");
    check_int((int64_t)out[1].at, TOWN_WORK, "then the township of the place of work");
    check_int((int64_t)out[2].at, TOWN_EMPLOYER, "then the employer's");
    check_int((int64_t)out[3].at, CENTRE, "then the centre");
    check(out[4].at == ONE_STOP && out[4].rule == OUTSIDE_RULES && !out[4].barred,
          "others by a person's choice");
    check(barred(out, COMMITTEE, S("ORG_NOT_AGREED")), "the committee needs the worker's consent");
    check(barred(out, FAR_TOWN, S("ORG_TERRITORY")), "a place that is neither");
    check(barred(out, BUREAU, S("ORG_KIND")), "a bureau does not mediate");
    m.committee_agreed = true;
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check_int((int64_t)out[0].at, COMMITTEE, "with it the committee comes first");
    m.personnel = true;
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check_int((int64_t)out[0].at, CENTRE, "personnel disputes go to the centre");
    m.nef = true;
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check_int((int64_t)out[0].at, ONE_STOP, "platform disputes to the one-stop centre");
    check_int((int64_t)out[1].at, CENTRE, "else to the centre");
}

static void grave(const Params *params)
{
    Proposal out[ORGS];
    Matter m = matter(FLAG_COLL | FLAG_COLL50 | FLAG_MASS | FLAG_MAJOR);
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check_int((int64_t)out[0].at, CENTRE, "AS-42 the centre");
    check(barred(out, TOWN_WORK, S("ORG_MAJOR_ONLY_CENTRE")), "AS-42 never down to a township");
    check(out[1].barred, "and nobody else");
    m = matter(FLAG_COLL);
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check(out[0].at == CENTRE && out[1].at == TOWN_WORK && !out[1].barred,
          "collective: two mediators are enough");
    check(barred(out, TOWN_EMPLOYER, S("ORG_COLL_ONLY")), "one is not");
    check(barred(out, CHAMBER, S("ORG_COLL_ONLY")), "nor a chamber");
    m.named = (Id){ 7 };
    dispatch_orgs(params, &m, orgs, ORGS, out);
    check(out[0].at == FAR_TOWN && !out[0].barred, "a named organisation binds");
    check(barred(out, CENTRE, S("ORG_NOT_NAMED")), "against all others");
}

static void fitness(const Params *params)
{
    Candidate c[3] = { orgs[TOWN_WORK], orgs[TOWN_WORK], orgs[TOWN_WORK] };
    Proposal out[3];
    Matter m = matter(0);
    c[0].haves = HAVE_VENUE | HAVE_MEDIATORS | HAVE_SYSTEMS;
    c[1].load = 9;
    c[2].load = 10;
    dispatch_orgs(params, &m, c, 3, out);
    check(out[0].at == 1 && !out[0].barred, "room for one more");
    check(finding_has(&proposal_of(out, 3, 0)->reasons, S("ORG_SIX")),
          "three of the six haves are too few");
    check(finding_has(&proposal_of(out, 3, 2)->reasons, S("ORG_FULL")), "no room");
    c[0].haves |= HAVE_SIGNAGE;
    c[2].active = false;
    dispatch_orgs(params, &m, c, 3, out);
    check(out[0].at == 0 && out[1].at == 1, "the less loaded first");
    check(finding_has(&out[2].reasons, S("ORG_INACTIVE")), "an inactive one");
    c[0].capacity = 0;
    c[0].load = 99;
    dispatch_orgs(params, &m, c, 3, out);
    check_int((int64_t)out[0].at, 0, "no limit is no load");
}

static void places(void)
{
    Matter m = { .work_place = S("320685"), .employer_place = S("330282") };
    check_str(venue(&m), S("320685"), "AS-39 the place of work keeps it");
    m.work_place = (Str){ 0 };
    check_str(venue(&m), S("330282"), "unless it is not clear");
}

static void people(const Params *params)
{
    Date day = date_parse(S("2026-09-01"));
    const Person list[] = {
        { .id = { 1 }, .active = true, .load = 4, .capacity = 10, .tags = S("injury female") },
        { .id = { 2 }, .active = true, .load = 2, .capacity = 5, .last = date_parse(S("2026-08-01")),
            .tags = S("injury") },
        { .id = { 3 }, .active = true, .load = 1, .capacity = 10, .tags = S("female") },
        { .id = { 4 }, .active = true, .capacity = 10, .tags = S("injury"), .tie_ended = day }, /* AS-44 */
        { .id = { 5 }, .active = true, .capacity = 10, .tags = S("injury"),
            .tie_ended = date_parse(S("2024-09-01")) },
        { .id = { 6 }, .active = true, .load = 9, .capacity = 10, .tags = S("injury"),
            .tie_ended = date_parse(S("2024-08-31")) },
        { .id = { 7 }, .active = false, .relative = true, .interest = true, .judged = true,
            .tags = S("injury") },
        { .id = { 8 }, .active = true, .load = 10, .capacity = 10, .tags = S("injury") },
    };
    Proposal out[COUNT(list)];
    Matter m = { .tags = S("injury"), .day = day };
    dispatch_people(params, &m, list, COUNT(list), out);
    check_int(out[0].id.n, 1, "equal loads: whoever was never assigned");
    check_int(out[1].id.n, 2, "then the other");
    check_int(out[2].id.n, 6, "two years and a day after the tie, but more loaded");
    check(out[3].barred, "nobody else");
    check(finding_has(&proposal_of(out, COUNT(list), 2)->reasons, S("MED_TAG")), "no tag");
    check(finding_has(&proposal_of(out, COUNT(list), 3)->reasons, S("MED_TIE")),
          "AS-44 the employer's counsel");
    check(finding_has(&proposal_of(out, COUNT(list), 4)->reasons, S("MED_TIE")), "two years on the day");
    check_int((int64_t)proposal_of(out, COUNT(list), 6)->reasons.n, 4, "every bar is named");
    check(finding_has(&proposal_of(out, COUNT(list), 7)->reasons, S("MED_FULL")), "full");
    m.chosen = (Id){ 6 };
    dispatch_people(params, &m, list, COUNT(list), out);
    check(out[0].id.n == 6 && finding_has(&out[0].reasons, S("MED_CHOSEN")),
          "the parties' choice comes first");
    m.chosen = (Id){ 4 };
    dispatch_people(params, &m, list, COUNT(list), out);
    check_int(out[0].id.n, 1, "but not over a conflict");
}

static void assignments(const Params *params)
{
    Matter m = matter(FLAG_COMPLEX);
    Findings f = assignment_check(params, &m, &(Assignment){ .mediators = 1 });
    check(finding_has(&f, S("ASSIGN_NO_LEAD")) && finding_has(&f, S("ASSIGN_NO_DEPARTMENTS")), "AS-43");
    f = assignment_check(params, &m, &(Assignment){ .mediators = 1, .lead = true, .departments = 2 });
    check_int((int64_t)f.n, 0, "AS-43 with both");
    m = matter(FLAG_COLL);
    f = assignment_check(params, &m, &(Assignment){ .mediators = 1 });
    check(finding_has(&f, S("ASSIGN_TOO_FEW")), "AS-40 a second mediator");
    f = assignment_check(params, &m, &(Assignment){ .mediators = 2 });
    check_int((int64_t)f.n, 0, "AS-40 with two");
    m = matter(0);
    f = assignment_check(params, &m, &(Assignment){ 0 });
    check(finding_has(&f, S("ASSIGN_NOBODY")), "nobody");
}

static void chains(void)
{
    Findings f = parties_proposed(&(Chain){ .dispatched = true, .agency_named = true });
    check(f.n == 1 && finding_has(&f, S("PARTY_USER")), "AS-38 the user entity");
    f = parties_proposed(&(Chain){ .dispatched = true, .user_named = true });
    check(f.n == 1 && finding_has(&f, S("PARTY_AGENCY")), "or the agency");
    f = parties_proposed(&(Chain){ .personal_contractor = true, .subcontracted = true });
    check(f.n == 2, "contractors");
    check_int((int64_t)parties_proposed(&(Chain){ 0 }).n, 0, "nobody else");
}

static void contacts(const Params *params)
{
    Look look = { params, S(""), date_parse(S("2026-09-01")), { 0 } };
    Attempt list[] = {
        { { 100 }, S("PHONE"), false }, { { 101 }, S("PHONE"), false }, { { 102 }, S("LETTER"), false },
    };
    check_int((int64_t)contact_missing(&look, list, 3).n, 0, "three days, two channels: unreachable");
    Findings f = contact_missing(&look, list, 2);
    check(f.n == 2 && finding_has(&f, S("CONTACT_CHANNELS")), "two by one channel");
    list[1].day.day = 100;
    f = contact_missing(&look, list, 3);
    check(f.n == 1 && finding_has(&f, S("CONTACT_ATTEMPTS")), "two of them on one day");
    list[1].day.day = 101;
    list[2].channel = S("PHONE");
    check_int((int64_t)contact_missing(&look, list, 3).n, 1, "one channel");
    list[2] = (Attempt){ { 102 }, S("LETTER"), true };
    f = contact_missing(&look, list, 3);
    check(f.n == 1 && finding_has(&f, S("CONTACT_REACHED")), "reached in the end");
    check(group_proposed(&look, (Date){ 100 }, (Date){ 130 }), "thirty days apart: one group");
    check(group_proposed(&look, (Date){ 130 }, (Date){ 100 }), "in either order");
    check(!group_proposed(&look, (Date){ 100 }, (Date){ 131 }), "thirty-one: not");
}

void test_dispatch(void)
{
    Law d;
    Block block = lawdata_open(&d);
    OrgKind kind = ORG_CENTER;
    check(org_kind_of(S("CHAMBER"), &kind) && kind == ORG_CHAMBER && !org_kind_of(S("X"), &kind),
          "kinds by word");
    check_int(haves_read(S("VENUE SIGNAGE X")), HAVE_VENUE | HAVE_SIGNAGE, "haves by word");
    ordinary(&d.params);
    grave(&d.params);
    fitness(&d.params);
    places();
    people(&d.params);
    assignments(&d.params);
    chains();
    contacts(&d.params);
    block_close(&block);
}
