/*
** The case in the words of the rules: what law/dispatch.h and law/assign.h ask,
** fetched from the application, the parties and the register.
*/
#include "case/2-dispatch/dispatch.h"

#include "register/employers/employers.h"
#include "register/standing.h"

#include <string.h>

enum { ORGS_MAX = 402, PEOPLE_MAX = 1000, TAGS_CAP = 256 };

/* ---- the case -------------------------------------------------------------------- */

static bool any_word(Str word, const char *const *list)
{
    for (; *list; list++) {
        if (str_eq(word, str_of(*list))) return true;
    }
    return false;
}

static bool is_personnel(const Intake *in)
{
    static const char *const scopes[] = { "SC2", "SC3", "SC4", NULL };
    static const char *const relations[] = { "PERSONNEL", "PLA_CIVILIAN", NULL };
    return any_word(in->scope, scopes) || any_word(in->relation, relations);
}

/* The employer's place: its main office, else where it is registered. */
static Str employer_place(Ctx *c, Id case_id)
{
    Rows rows = parties_of(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        bool employer = str_eq(p->kind, S("EMPLOYER")) && str_eq(p->part, S("PARTY"));
        if (!employer) continue;
        if (p->main_region.n) return p->main_region;
        if (p->reg_region.n) return p->reg_region;
    }
    return (Str){ 0 };
}

static void out_upper(Out *o, Str word)
{
    for (size_t i = 0; i < word.n; i++) {
        char ch = word.s[i];
        if (ch >= 'a' && ch <= 'z') ch = (char)(ch - 'a' + 'A');
        out_str(o, (Str){ &ch, 1 });
    }
}

/* The roster tags that the causes need, each once, as the roster writes them. */
static Str tags_of(Ctx *c, const Case *k, uint32_t flags)
{
    Out o = { .buf = NEW(c->mem, char, TAGS_CAP), .cap = TAGS_CAP };
    Str causes = k->causes.n ? k->causes : k->cause;
    if (flags & FLAG_COLL) out_str(&o, S("COLLECTIVE"));
    while (causes.n) {
        const Cause *cause = cause_find(&c->law->causes, str_cut(&causes, ' '), c->today);
        Out tag = { .buf = NEW(c->mem, char, TAGS_CAP), .cap = TAGS_CAP };
        if (!cause || cause->tag.n == 0) continue;
        out_upper(&tag, cause->tag);
        if (has_word(out_view(&o), out_view(&tag))) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, out_view(&tag));
    }
    return out_view(&o);
}

/* A case that court or arbitration entrusted is for the organisation they named. */
static bool is_entrusted(const Case *k)
{
    static const char *const sources[] = { "ARB_ENTRUST", "COURT_ASSIGN", "COURT_ENTRUST", NULL };
    return any_word(k->source, sources);
}

Matter matter_of(Ctx *c, const Case *k)
{
    Intake in;
    Matter m = { .flags = flags_read(k->flags), .work_place = k->region, .region = k->region,
                 .day = c->today };
    if (!intake_get(c, k->id, &in)) return m;
    m.nef = str_eq(in.relation, S("NEF")) || str_eq(in.scope, S("SC6"));
    m.personnel = is_personnel(&in);
    m.employer_place = employer_place(c, k->id);
    m.tags = tags_of(c, k, m.flags);
    if (is_entrusted(k)) m.named = k->owner;
    return m;
}

Str case_employer(const Case *k)
{
    return str_eq(k->appl_type, S("EMPLOYER")) ? k->applicant : k->respondent;
}

/* An agency for labour dispatch, by its division of GB/T 4754 (72 商务服务业). */
static bool is_agency(const Party *p)
{
    return str_starts(p->industry, S("L72"));
}

Findings parties_missing(Ctx *c, const Case *k)
{
    Rows rows = parties_of(c, k->id);
    Str causes = k->causes.n ? k->causes : k->cause, unknown = { 0 };
    Chain chain = { .dispatched = causes_groups(&c->law->causes, causes, c->today, &unknown) & G_DISP };
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (str_eq(p->kind, S("WORKER")) && has_word(p->tags, S("DISP"))) chain.dispatched = true;
        if (!str_eq(p->kind, S("EMPLOYER")) || !str_eq(p->part, S("PARTY"))) continue;
        if (is_agency(p)) chain.agency_named = true;
        else chain.user_named = true;
    }
    return parties_proposed(&chain);
}

/* ---- organisations --------------------------------------------------------------------- */

/* The one of its areas that covers the place; an area within the place may. */
static Str area_for(const Org *o, Str place)
{
    Str rest = o->territory;
    while (place.n && rest.n) {
        Str area = str_cut(&rest, ' ');
        if (str_starts(place, area)) return area;
        if (str_starts(area, place)) return place;
    }
    return (Str){ 0 };
}

static Str area_of(const Org *o, const Matter *m)
{
    Str area = area_for(o, m->work_place);
    return area.n ? area : area_for(o, m->employer_place);
}

/* Its own committee, or the chamber of its trade where it is. */
static bool of_employer(const Org *o, const Case *k, const Matter *m)
{
    if (k->employer_id.n && o->employer_id.n == k->employer_id.n) return true;
    Str section = { k->industry.s, k->industry.n ? 1 : 0 };
    bool trade = has_word(o->industries, k->industry) || has_word(o->industries, section);
    return str_eq(o->kind, S("CHAMBER")) && (trade || o->industries.n == 0) && area_of(o, m).n;
}

static int64_t mediators_at(Ctx *c, const Org *o, const Matter *m)
{
    if (!(m->flags & FLAG_COLL)) return 0;
    MediatorAsk ask = { .path = o->path, .org_id = o->id, .on = m->day };
    return (int64_t)mediator_candidates(c, &ask).n;
}

static Candidate candidate(Ctx *c, const Case *k, const Matter *m, const Org *o)
{
    Candidate x = { .id = o->id, .kind = ORG__COUNT, .active = o->takes_cases, .territory = area_of(o, m),
                    .haves = haves_read(o->six), .load = o->open_load, .capacity = o->capacity };
    (void)org_kind_of(o->kind, &x.kind);
    if (x.kind == ORG__COUNT) x.kind = ORG_HRSS;
    x.nef = x.kind == ORG_NEF;
    x.of_employer = of_employer(o, k, m);
    x.mediators = mediators_at(c, o, m);
    return x;
}

static void add_org(OrgChoice *v, const Org *o)
{
    for (size_t i = 0; i < v->n; i++) {
        if (v->orgs[i].id.n == o->id.n) return;
    }
    if (v->n < ORGS_MAX) v->orgs[v->n++] = *o;
}

static void add_around(Ctx *c, OrgChoice *v, Str place)
{
    if (place.n == 0) return;
    Rows rows = org_candidates(c, &(OrgAsk){ .region = place });
    for (size_t i = 0; i < rows.n; i++) add_org(v, (const Org *)rows.at + i);
}

OrgChoice org_choice(Ctx *c, const Case *k, const Matter *m, Id also)
{
    Org o;
    OrgChoice v = { .orgs = NEW(c->mem, Org, ORGS_MAX) };
    if (!ok(c)) return v;
    add_around(c, &v, m->work_place);
    add_around(c, &v, m->employer_place);
    if (k->employer_id.n && org_of_employer(c, k->employer_id, &o)) add_org(&v, &o);
    if (org_find(c, k->owner, &o)) add_org(&v, &o);
    if (m->named.n && org_find(c, m->named, &o)) add_org(&v, &o);
    if (also.n && org_find(c, also, &o)) add_org(&v, &o);
    Candidate *list = NEW(c->mem, Candidate, ORGS_MAX);
    v.out = NEW(c->mem, Proposal, ORGS_MAX);
    for (size_t i = 0; i < v.n; i++) list[i] = candidate(c, k, m, &v.orgs[i]);
    dispatch_orgs(&c->law->params, m, list, v.n, v.out);
    return v;
}

/* ---- mediators ------------------------------------------------------------------------------ */

static MediatorAsk ask_of(const Ctx *c, const Case *k, Str path)
{
    return (MediatorAsk){ .path = path, .employer_id = k->employer_id, .employer = case_employer(k),
                          .on = c->today };
}

static Person person_of(const Mediator *m, bool free, Date today)
{
    Person p = { .id = m->id, .active = true, .tags = m->specialties, .load = m->open_load,
                 .capacity = m->capacity };
    if (m->last_assigned.s) p.last = time_date(m->last_assigned);
    if (!free) p.tie_ended = today;
    return p;
}

static bool among(Rows people, Id id)
{
    for (size_t i = 0; i < people.n; i++) {
        if (((const Mediator *)people.at)[i].id.n == id.n) return true;
    }
    return false;
}

/* Everybody who is in office and not away; those with a declared tie are shown, barred. */
PersonChoice person_choice(Ctx *c, const Case *k, const Matter *m)
{
    MediatorAsk tied = ask_of(c, k, k->org_path), all = { .path = k->org_path, .on = c->today };
    PersonChoice v = { 0 };
    Rows rows = mediator_candidates(c, &all), free = mediator_candidates(c, &tied);
    if (!ok(c)) return v;
    Person *list = NEW(c->mem, Person, rows.n + 1);
    v = (PersonChoice){ .people = rows.at, .out = NEW(c->mem, Proposal, rows.n + 1), .n = rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        list[i] = person_of(&v.people[i], among(free, v.people[i].id), c->today);
    }
    dispatch_people(&c->law->params, m, list, v.n, v.out);
    return v;
}

/* A party, an agent or the employer's own person. */
static bool is_involved(Ctx *c, const Case *k, const Mediator *m)
{
    Rows rows = parties_of(c, k->id);
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (m->id_no.n && str_eq(m->id_no, p->id_no)) return true;
        if (m->phone.n && str_eq(m->phone, p->mobile)) return true;
    }
    return false;
}

Findings person_bars(Ctx *c, const Case *k, const Mediator *m)
{
    Proposal out = { 0 };
    Matter plain = { .region = k->region, .day = c->today };
    MediatorAsk here = { .path = m->org_path, .org_id = m->org_id, .on = c->today };
    MediatorAsk tie = ask_of(c, k, m->org_path);
    Person p = person_of(m, !mediator_tied(c, m->id, &tie), c->today);
    p.active = among(mediator_candidates(c, &here), m->id);
    p.interest = is_involved(c, k, m);
    p.other_tie = was_recused(c, k->id, m->user_id);
    Str unit = name_key(c->mem, m->unit);
    if (unit.n && str_eq(unit, name_key(c->mem, case_employer(k)))) p.tie_ended = c->today;
    dispatch_people(&c->law->params, &plain, &p, 1, &out);
    return out.barred ? out.reasons : (Findings){ 0 };
}

/* ---- reasons ------------------------------------------------------------------------------------ */

Str findings_zh(Ctx *c, const Findings *f)
{
    Out o = { .buf = NEW(c->mem, char, 4096), .cap = 4096 };
    for (size_t i = 0; i < f->n; i++) {
        if (i) out_str(&o, S("; "));
        out_str(&o, str_of(f->list[i].why->zh));
    }
    return out_view(&o);
}

void findings_block(Ctx *c, Str who, const Findings *f)
{
    if (f->n == 0 || !ok(c)) return;
    Str why = findings_zh(c, f);
    Out o = { .buf = NEW(c->mem, char, who.n + why.n + 2), .cap = who.n + why.n + 2 };
    out_str(&o, who);
    if (who.n) out_str(&o, S(": "));
    out_str(&o, why);
    fail(c, ERR_BLOCKED, out_view(&o));
}
