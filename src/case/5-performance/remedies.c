/*
** What each side may do about the agreement now: law/remedy.h asked with the
** case's rows.
*/
#include "case/5-performance/performance.h"
#include "case/1-intake/intake.h"
#include "case/3-mediation/mediation.h"
#include "case/4-agreement/agreement_law.h"
#include "case/4-agreement/pursuit.h"
#include "core/law_ref.h"
#include "law/remedy.h"
#include "register/organisations/organisations.h"

/* A reason why, or why not. */
typedef struct Because { Str code, zh, en; } Because;
static const Field because_fields[] = {
    FIELD(Because, code, .label = "代码", .en = "code"),
    FIELD(Because, zh,   .label = "说明", .en = "in Chinese"),
    FIELD(Because, en,   .label = "英文", .en = "in English"),
};
static const Form because_form = FORM(Because, because_fields);

typedef struct Way {
    Str   code, title, en;
    Str   who;          /* both, creditor, debtor */
    Str   status;       /* open, later, closed, locked */
    bool  open;
    Date  until;        /* the last day; {0}: none is set */
    Money amount;       /* that it would be for */
    Str   paper;        /* the application's */
    Str   basis, basis_en;
    Str   why;          /* the first reason's code, if it is not open */
    Rows  notes;        /* of Because */
    Rows  links;        /* of LawRef */
} Way;
static const Field fields[] = {
    FIELD(Way, code,     .label = "代码", .en = "code"),
    FIELD(Way, title,    .label = "救济途径", .en = "remedy"),
    FIELD(Way, en,       .label = "英文", .en = "in English"),
    FIELD(Way, who,      .label = "由谁提出", .en = "who"),
    FIELD(Way, status,   .label = "状态", .en = "open, later, closed or locked"),
    FIELD(Way, open,     .label = "现在可以", .en = "open"),
    FIELD(Way, until,    .label = "最迟", .en = "until"),
    FIELD(Way, amount,   .label = "金额（分）", .en = "amount, fen"),
    FIELD(Way, paper,    .label = "文书", .en = "paper"),
    FIELD(Way, basis,    .label = "依据", .en = "basis"),
    FIELD(Way, basis_en, .label = "依据（英文）", .en = "basis, in English"),
    FIELD(Way, why,      .label = "原因代码", .en = "why not"),
    FIELD(Way, notes,    .label = "说明", .en = "reasons and what to mind", .child = &because_form),
    FIELD(Way, links,    .label = "条文", .en = "the articles", .child = &law_ref_form),
};
static const Form way_form = FORM(Way, fields);

/* The roads, and what holds for all of them. */
typedef struct Roads {
    Str   state;        /* not_effective, performing, defaulted, performed */
    Money owed, due_now;
    bool  sham;
    Rows  warnings;     /* of Because */
    Rows  items;        /* of Way */
} Roads;
static const Field roads_fields[] = {
    FIELD(Roads, state,    .label = "协议状态", .en = "not_effective, performing, defaulted or performed"),
    FIELD(Roads, owed,     .label = "未履行金额（分）", .en = "owed in all, fen"),
    FIELD(Roads, due_now,  .label = "现已到期金额（分）", .en = "due by now, fen"),
    FIELD(Roads, sham,     .label = "涉嫌虚假调解", .en = "suspected sham"),
    FIELD(Roads, warnings, .label = "提示", .en = "what to mind", .child = &because_form),
    FIELD(Roads, items,    .label = "救济途径", .en = "the remedies", .child = &way_form),
};
static const Form roads_form = FORM(Roads, roads_fields);

/* ---- the case as the rules look at it ---------------------------------------------------- */

static void tell(Agreement *a, RemedyField f, int64_t v)
{
    a->v[f] = v;
    a->given[f] = true;
}

/* A word of the field's codes; a state that is not there leaves it untold. */
typedef struct Told { const char *states, *word; } Told;

static void tell_word(Agreement *a, RemedyField f, const char *word)
{
    int v = calc_code(remedy_fields[f].codes, str_of(word));
    BUG_IF(v < 0);
    tell(a, f, v);
}

static void tell_pursuit(Ctx *c, const Case *k, Agreement *a, RemedyField f, const char *kind)
{
    static const Told told[] = {
        { "joint_applied accepted", "applied" }, { "statement_issued effective", "statement" },
        { "refused not_accepted", "refused" }, { "withdrawn", "withdrawn" },
    };
    static const Told court[] = {
        { "joint_applied accepted", "applied" }, { "ruled_valid", "ruled" },
        { "dismissed not_accepted", "dismissed" }, { "withdrawn", "withdrawn" },
    };
    static const Told order[] = {
        { "filed accepted", "filed" }, { "issued", "issued" }, { "effective", "effective" },
        { "terminated direct_suit", "terminated" },
    };
    const Told *list = f == RF_REVIEW ? told : f == RF_CONFIRMATION ? court : order;
    Pursuit p;
    if (!pursuit_of(c, k->id, str_of(kind), &p)) return;
    for (size_t i = 0; i < COUNT(told); i++) {
        if (calc_code(list[i].states, p.state) >= 0) tell_word(a, f, list[i].word);
    }
}

static void tell_organisation(Ctx *c, const Case *k, Agreement *a)
{
    static const Told kinds[] = {
        { "TOWN STATION", "township" }, { "ENT INST", "enterprise" }, { "PMC", "pmc" },
        { "CENTER SUB ROOM NEF", "centre" }, { "ARB", "arbitration" },
        { "CHAMBER UROOM SCOURT ULS LRS", "other" },
    };
    static const char *const courts[] = { "off", "on", "warn" };
    Org org;
    tell_word(a, RF_COURT, courts[pursuit_court(c, k)]);
    if (!k->org.n || !org_find(c, k->org, &org)) return;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (calc_code(kinds[i].states, org.kind) >= 0) tell_word(a, RF_ORG, kinds[i].word);
    }
}

static bool owed_by_worker(Ctx *c, const Case *k, Id debtor)
{
    Rows parties = parties_of(c, k->id);
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (p->id.n == debtor.n) return str_eq(p->kind, S("WORKER"));
    }
    return false;
}

static TermKind kind_of(Str money)
{
    static const struct { const char *money; TermKind kind; } kinds[] = {
        { "WAGE", TERM_PAY }, { "MEDICAL", TERM_MEDICAL }, { "COMPENSATION", TERM_COMPENSATION },
        { "DAMAGES", TERM_DAMAGES },
    };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_eq(money, str_of(kinds[i].money))) return kinds[i].kind;
    }
    return TERM_OTHER;
}

static Term *add_term(Agreement *a, TermKind kind, Date due, bool done)
{
    Term *t = &a->term[a->terms++];
    *t = (Term){ .v = { [RT_KIND] = kind, [RT_DUE] = due.day, [RT_DONE] = done } };
    t->given[RT_KIND] = t->given[RT_DONE] = true;
    t->given[RT_DUE] = due.day != 0;
    return t;
}

static void add_sum(Term *t, Money amount, Money paid)
{
    t->v[RT_AMOUNT] = amount.fen;
    t->v[RT_PAID] = paid.fen;
    t->given[RT_AMOUNT] = t->given[RT_PAID] = true;
}

/* What is owed once it is in force; before, what was written.  Their days are in
** effect already. */
static void tell_terms(Ctx *c, const Case *k, const Accord *accord, Agreement *a)
{
    Rows owings = owings_of(c, k->id);
    a->term = NEW(c->mem, Term, owings.n + accord->obligations.n + 1);
    tell(a, RF_NO_ROLL, 1);
    bool employer = false;
    for (size_t i = 0; i < owings.n; i++) {
        const Owing *o = (const Owing *)owings.at + i;
        Term *t = add_term(a, kind_of(o->money), o->due, !o->open);
        if (str_eq(o->duty, S("PAY"))) add_sum(t, o->amount, o->paid);
        employer |= o->open && !owed_by_worker(c, k, o->debtor_id);
    }
    if (owings.n) tell_word(a, RF_DEBTOR, employer ? "employer" : "worker");
    for (size_t i = 0; owings.n == 0 && i < accord->obligations.n; i++) {
        const Commitment *o = (const Commitment *)accord->obligations.at + i;
        Term *t = add_term(a, kind_of(o->money), o->due, false);
        if (str_eq(o->duty, S("PAY"))) add_sum(t, o->amount, (Money){ 0 });
    }
}

static Agreement *agreement_of(Ctx *c, const Case *k, const Accord *accord)
{
    Intake in;
    Progress p;
    Agreement *a = NEW(c->mem, Agreement, 1);
    a->region = k->region;
    tell(a, RF_TODAY, c->today.day);
    tell(a, RF_WORKERS, k->workers);
    if (accord->effective.day) tell(a, RF_EFFECTIVE, accord->effective.day);
    progress_of(c, k, &p);
    tell_terms(c, k, accord, a);
    tell(a, RF_ACCELERATION, p.accelerated);
    Findings f = accord_findings(c, k, accord);
    if (!agreement_reviewable(&f)) (void)add_term(a, TERM_RELATION, (Date){ 0 }, true);
    tell_organisation(c, k, a);
    tell_pursuit(c, k, a, RF_REVIEW, "AREV");
    tell_pursuit(c, k, a, RF_CONFIRMATION, "JCONF");
    tell_pursuit(c, k, a, RF_PAYMENT_ORDER, "PORDER");
    Date served = pursuit_served(c, k->id, S("PORDER"));
    if (served.day) tell(a, RF_ORDER_RECEIVED, served.day);
    tell(a, RF_SHAM, sham_open(c, k));
    if (intake_get(c, k->id, &in) && in.end_date.day) tell(a, RF_LAST_DAY, in.end_date.day);
    return a;
}

/* ---- the answer ------------------------------------------------------------------------------ */

static Rows because(Ctx *c, const RemedyWord *word, size_t n)
{
    Because *row = NEW(c->mem, Because, n + 1);
    for (size_t i = 0; i < n; i++) {
        Text t = remedy_word(word[i]);
        row[i] = (Because){ str_of(remedy_word_code(word[i])), t.zh, t.en };
    }
    return (Rows){ row, n };
}

static Way way_of(Ctx *c, const RemedyRow *row, const Remedy *m)
{
    static const char *const states[] = { "closed", "open", "later", "locked" };
    Way w = {
        .code = str_of(row->code), .title = str_of(row->title.zh), .en = str_of(row->title.en),
        .who = str_of(row->who), .status = str_of(states[m->status]), .open = m->status == REMEDY_OPEN,
        .until = m->until, .amount = { m->amount_fen }, .paper = str_of(row->paper), .basis = m->basis.zh,
        .basis_en = m->basis.en, .notes = because(c, m->why, m->whys), .links = law_refs(c, m->basis.zh),
    };
    if (!w.open && m->whys) w.why = str_of(remedy_word_code(m->why[0]));
    return w;
}

static void show(Ctx *c)
{
    Case k;
    Accord accord;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    if (!accord_of(c, k.id, &accord)) {
        fail(c, ERR_NOT_FOUND, S("agreement"));
        return;
    }
    Agreement *a = agreement_of(c, &k, &accord);
    if (!ok(c)) return;
    Remedies *r = NEW(c->mem, Remedies, 1);
    Way *list = NEW(c->mem, Way, RM__COUNT);
    remedies_find(&(RemedyLaw){ c->law, &c->law->figures }, a, c->mem, r);
    for (size_t i = 0; i < RM__COUNT; i++) list[i] = way_of(c, &remedy_rows[i], &r->remedy[i]);
    reply_row(c, 200, &roads_form, &(Roads){
        .state = str_of(r->state), .owed = { r->owed_fen }, .due_now = { r->due_now_fen }, .sham = r->sham,
        .warnings = because(c, r->warning, r->warnings), .items = { list, RM__COUNT } });
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/remedies", PARTIES | STAFF, show, "救济途径", "what each side may do now",
      .out = &roads_form },
};

const Slice remedies_slice = { .name = "remedies", .route = routes, .routes = COUNT(routes) };
