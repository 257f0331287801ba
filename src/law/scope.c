#include "law/scope.h"

void refusals_init(Refusals *r, Arena *mem, size_t cap)
{
    *r = (Refusals){ NEW(mem, Refusal, cap), 0, cap };
}

void refusals_add(Refusals *r, Refusal row)
{
    BUG_IF(r->n == r->cap);
    r->row[r->n++] = row;
}

bool refusals_read(Refusals *r, Arena *mem, Str text, Sheet *sheet)
{
    sheet_open(sheet, mem, text, "code kind zh en route_zh route_en basis from to");
    while (sheet_next(sheet)) {
        Refusal row = {
            .code = sheet_word(sheet, S("code")), .zh = sheet_word(sheet, S("zh")),
            .en = sheet_word(sheet, S("en")), .route_zh = sheet_word(sheet, S("route_zh")),
            .route_en = sheet_word(sheet, S("route_en")), .basis = sheet_word(sheet, S("basis")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        if (!verdict_of(sheet_text(sheet, S("kind")), &row.kind)) sheet_fault(sheet, S("kind"), "is no kind");
        if (r->n == r->cap) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) refusals_add(r, row);
    }
    return sheet->fault == NULL;
}

const Refusal *refusal_find(const Refusals *r, Str code, Date day)
{
    for (size_t i = 0; i < r->n; i++) {
        const Refusal *row = &r->row[i];
        if (str_eq(row->code, code) && in_force(row->from, row->to, day)) return row;
    }
    return NULL;
}

/* Who disputes with whom: the class.  First row that fits; sets of employers and
** of groups.  What the class does not cover goes the way of `otherwise`. */
#define E(n) (1U << EMPLOYER_##n)
enum {
    PRIVATE_HIRER = E(HOUSEHOLD) | E(CRAFTSMAN) | E(FARM_HOUSEHOLD),
    ORGANISATION  = ((1U << EMPLOYER__COUNT) - 1) & ~(unsigned)PRIVATE_HIRER,
    ANYBODY       = (1U << EMPLOYER__COUNT) - 1,
};

typedef struct Class {
    Relation    relation;
    uint32_t    employers;
    uint32_t    needs;     /* groups, one of which must be claimed; 0: any claim */
    uint32_t    covers;    /* groups */
    Scope       scope;     /* SCOPE_NONE: none, the route is `otherwise` */
    const char *otherwise;
} Class;

static const Class classes[] = {
    { RELATION_LABOUR,        E(ILLEGAL),        G_INJ, G__ALL, SCOPE_SC5,  "" },
    { RELATION_LABOUR,        ORGANISATION,      0,     G__ALL, SCOPE_SC1,  "" },
    { RELATION_PERSONNEL,     E(INST),           0,     G__ALL, SCOPE_SC2,  "" },
    { RELATION_PERSONNEL,     E(SOCORG),         0,     G__ALL, SCOPE_SC3,  "" },
    { RELATION_PERSONNEL,     E(PLA),            0,     G__ALL, SCOPE_SC4,  "" },
    { RELATION_PLA_CIVILIAN,  E(PLA),            0,     G__ALL, SCOPE_SC4,  "" },
    { RELATION_CIVIL_SERVANT, E(ORGAN),          0,     G__ALL, SCOPE_SC5,  "" },
    { RELATION_NEF,           ORGANISATION,      G_REL, G__ALL, SCOPE_SC1,  "" },
    { RELATION_NEF,           ORGANISATION,      0,     G_NEF | G_PAY | G_TIME | G_INJ, SCOPE_SC6, "NR11" },
    { RELATION_OVERAGE,       ORGANISATION,      0,     G_OVER | G_PAY | G_TIME | G_PROT | G_INJ, SCOPE_SC5, "NR16" },
    { RELATION_DOMESTIC,      ANYBODY,           0,     0,      SCOPE_NONE, "NR4" },
    { RELATION_APPRENTICE,    ANYBODY,           0,     0,      SCOPE_NONE, "NR5" },
    { RELATION_FARM_HAND,     ANYBODY,           0,     0,      SCOPE_NONE, "NR6" },
    { RELATION_SERVICE,       ORGANISATION,      0,     0,      SCOPE_NONE, "NR11" },
    { RELATION__COUNT,        E(HOUSEHOLD),      0,     0,      SCOPE_NONE, "NR4" }, /* any relation */
    { RELATION__COUNT,        E(CRAFTSMAN),      0,     0,      SCOPE_NONE, "NR5" },
    { RELATION__COUNT,        E(FARM_HOUSEHOLD), 0,     0,      SCOPE_NONE, "NR6" },
};
#undef E

static const Class *class_of(const ScopeFacts *f, uint32_t groups)
{
    for (size_t i = 0; i < COUNT(classes); i++) {
        const Class *c = &classes[i];
        if (c->relation != RELATION__COUNT && c->relation != f->relation) continue;
        if (!(c->employers & 1U << f->employer)) continue;
        if (c->needs == 0 || c->needs & groups) return c;
    }
    return NULL;
}

static const Refusal *route_or_missing(const ScopeLaw *law, Str code, Date day, Decision *d)
{
    const Refusal *route = refusal_find(law->routes, code, day);
    if (!route && d->missing.n == 0) d->missing = code;
    return route;
}

static void note(const ScopeLaw *law, Str code, Date day, Decision *d)
{
    const Refusal *route = route_or_missing(law, code, day, d);
    if (!route) return;
    for (size_t i = 0; i < d->notes; i++) {
        if (d->note[i] == route) return;
    }
    BUG_IF(d->notes == SCOPE_NOTES);
    d->note[d->notes++] = route;
}

/* Without its route in the data the answer is "look at it", never "accepted". */
static void refuse(const ScopeLaw *law, Str code, Date day, Decision *d)
{
    d->route = route_or_missing(law, code, day, d);
    d->verdict = d->route ? d->route->kind : VERDICT_WARN;
    d->scope = SCOPE_NONE;
}

static bool under_age(const ScopeLaw *law, const ScopeFacts *f, Decision *d)
{
    Look look = { law->params, f->region, f->filed, { 0 } };
    if (f->birth.day == 0) return false;
    int64_t years = param(&look, "WORKER_AGE_MIN");
    if (look.missing.n) d->missing = look.missing;
    return date_plus_months(f->birth, (int)(years * 12)).day > f->filed.day;
}

/* The matters of the whole application; true if one sends it elsewhere. */
static bool refused_by_matter(const ScopeLaw *law, const ScopeFacts *f, Decision *d)
{
#define MATTER_ROUTE(n, route, zh, en) [MATTER_##n] = (route),
    static const char *const routes[MATTER__COUNT] = { MATTERS(MATTER_ROUTE) };
#undef MATTER_ROUTE
    uint32_t set = f->matters;
    if (set & M_ENTRUSTED) set &= ~(uint32_t)(M_PRIOR | M_ENTRUSTED);
    for (unsigned m = 0; m < MATTER__COUNT; m++) {
        if (!(set & 1U << m)) continue;
        refuse(law, str_of(routes[m]), f->filed, d);
        return true;
    }
    return false;
}

/* An over-age worker before the provisional rules of 2026: a service relation
** while 司法解释（一） 32(1) (2020) stood, afterwards a question of fact. */
static bool before_overage_rules(const ScopeLaw *law, const ScopeFacts *f, Date occurred, Decision *d)
{
    if (f->relation != RELATION_OVERAGE || refusal_find(law->routes, S("NR16"), occurred)) return false;
    if (refusal_find(law->routes, S("NR17"), occurred)) {
        d->scope = SCOPE_SC1;
        note(law, S("NR17"), occurred, d);
    } else refuse(law, S("NR11"), f->filed, d);
    return true;
}

static void decide_class(const ScopeLaw *law, const ScopeFacts *f, uint32_t groups, Decision *d)
{
    Date occurred = f->occurred.day ? f->occurred : f->filed;
    if (before_overage_rules(law, f, occurred, d)) return;
    const Class *class = class_of(f, groups);
    if (!class) {
        d->verdict = VERDICT_WARN;
        return;
    }
    bool none_covered = groups ? !(groups & class->covers) : class->covers == 0;
    if (none_covered) {
        refuse(law, str_of(class->otherwise), occurred, d);
        return;
    }
    d->scope = class->scope;
    if (groups & ~class->covers) note(law, str_of(class->otherwise), occurred, d);
}

/* What some causes ask to be told: contributions are for the collecting agency. */
static void note_causes(const ScopeLaw *law, const ScopeFacts *f, Decision *d)
{
    Str codes = f->causes;
    while (codes.n) {
        const Cause *cause = cause_find(law->causes, str_cut(&codes, ' '), f->filed);
        if (cause && cause->route.n) note(law, cause->route, f->filed, d);
    }
}

Decision scope_decide(const ScopeLaw *law, const ScopeFacts *f)
{
    Decision d = { .verdict = VERDICT_ACCEPT, .scope = SCOPE_NONE };
    uint32_t groups = causes_groups(law->causes, f->causes, f->filed, &d.missing);
    bool child = under_age(law, f, &d);
    if (child) {
        if (!(groups & G_INJ)) {
            refuse(law, S("NR15"), f->filed, &d);
            return d;
        }
        note(law, S("NR15"), f->filed, &d);
    }
    if (refused_by_matter(law, f, &d)) return d;
    decide_class(law, f, groups, &d);
    if (d.scope == SCOPE_NONE) return d;
    if (child) d.scope = SCOPE_SC5;
    note_causes(law, f, &d);
    d.mediation_only = d.scope == SCOPE_SC6;
    if (!(f->open & 1U << d.scope)) d.verdict = VERDICT_REFER;
    else if (d.notes || d.missing.n) d.verdict = VERDICT_WARN;
    return d;
}
