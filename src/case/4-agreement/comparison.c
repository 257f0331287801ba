/*
** Claimed, computed, offered: cause by cause what the applicant asks, what the
** law gives for the case's facts, and what the agreement in hand offers.  For
** information: it binds nobody, and nothing of it is kept.  Where a mediator has
** kept a computation of the whole situation, staff see that one as the computed
** side; a party sees what its own application gives.
*/
#include "case/1-intake/intake.h"
#include "case/3-mediation/situation.h"
#include "case/4-agreement/agreement.h"
#include "register/calculators/calculators.h"

enum { LINES = 80, MISSING_ROOM = 512 };

typedef struct Compared {
    Str   cause;
    Money claimed, computed, offered;
    bool  counted;      /* the facts give a sum for it */
    bool  drafted;      /* the agreement has it */
} Compared;
static const Field line_fields[] = {
    FIELD(Compared, cause,    .label = "案由", .en = "cause"),
    FIELD(Compared, claimed,  .label = "请求（分）", .en = "claimed, fen"),
    FIELD(Compared, computed, .label = "依法计算（分）", .en = "computed, fen"),
    FIELD(Compared, offered,  .label = "协议（分）", .en = "offered, fen"),
    FIELD(Compared, counted,  .label = "可以计算", .en = "the facts give a sum"),
    FIELD(Compared, drafted,  .label = "协议涉及", .en = "the agreement has it"),
};
static const Form line_form = FORM(Compared, line_fields);

typedef struct Comparison {
    Rows  lines;        /* of Compared, in the order claimed, computed, offered */
    Money claimed, computed, offered;
    bool  counted;      /* the facts suffice */
    bool  drafted;      /* there is an agreement, drafted or in force */
    Str   missing;      /* fields without which nothing can be computed: words */
    Time  kept_at;      /* when the computed side was kept; 0: computed just now */
} Comparison;
static const Field fields[] = {
    FIELD(Comparison, lines,    .label = "逐项对照", .en = "cause by cause", .child = &line_form),
    FIELD(Comparison, claimed,  .label = "请求合计（分）", .en = "claimed in all, fen"),
    FIELD(Comparison, computed, .label = "依法计算合计（分）", .en = "computed in all, fen"),
    FIELD(Comparison, offered,  .label = "协议合计（分）", .en = "offered in all, fen"),
    FIELD(Comparison, counted,  .label = "可以计算", .en = "the facts suffice"),
    FIELD(Comparison, drafted,  .label = "已有协议", .en = "there is an agreement"),
    FIELD(Comparison, missing,  .label = "缺少的事实", .en = "facts that lack", .rule = MANY),
    FIELD(Comparison, kept_at,  .label = "计算结果的存入时间", .en = "when what is computed was kept"),
};
static const Form comparison_form = FORM(Comparison, fields);

/* The row of a cause; a new one if it has none; NULL if there is no more room. */
static Compared *line_of(Comparison *m, Str cause)
{
    Compared *row = m->lines.at;
    for (size_t i = 0; i < m->lines.n; i++) {
        if (str_eq(row[i].cause, cause)) return &row[i];
    }
    if (m->lines.n == LINES) return NULL;
    row[m->lines.n].cause = cause;
    return &row[m->lines.n++];
}

static void add_claims(Ctx *c, const Case *k, Comparison *m)
{
    Rows claims = claims_of(c, k->id);
    for (size_t i = 0; i < claims.n; i++) {
        const Claim *claim = (const Claim *)claims.at + i;
        Compared *at = line_of(m, claim->cause);
        if (at) at->claimed.fen += claim->amount.fen;
        m->claimed.fen += claim->amount.fen;
    }
}

static void add_sums(const CalcResult *result, Comparison *m)
{
    for (size_t i = 0; i < result->claims; i++) {
        const CalcClaim *claim = &result->claim[i];
        for (size_t l = claim->first; l < claim->end; l++) {
            Compared *at = line_of(m, claim_cause(claim, l));
            if (!at) continue;
            at->computed.fen += result->lines.line[l].amount_fen;
            at->counted = true;
        }
    }
    m->computed.fen = result->amount_fen;
    m->counted = true;
}

static void add_agreement(Ctx *c, const Case *k, Comparison *m)
{
    Accord accord;
    if (!accord_of(c, k->id, &accord) || str_eq(accord.state, S("void"))) return;
    m->drafted = true;
    for (size_t i = 0; i < accord.obligations.n; i++) {
        const Commitment *o = (const Commitment *)accord.obligations.at + i;
        if (o->amount.fen == 0) continue;
        m->offered.fen += o->amount.fen;
        Compared *at = o->cause.n ? line_of(m, o->cause) : NULL;
        if (!at) continue;
        at->offered.fen += o->amount.fen;
        at->drafted = true;
    }
}

static Str lacking(Ctx *c, const CalcResult *result)
{
    Out o = { .buf = NEW(c->mem, char, MISSING_ROOM), .cap = MISSING_ROOM };
    for (size_t i = 0; i < result->errors; i++) {
        out_str(&o, i ? S(" ") : S(""));
        out_str(&o, str_of(result->error[i].field));
    }
    return out_view(&o);
}

static void add_kept(Rows lines, Comparison *m)
{
    for (size_t i = 0; i < lines.n; i++) {
        const ReckonedLine *l = (const ReckonedLine *)lines.at + i;
        Compared *at = l->cause.n ? line_of(m, l->cause) : NULL;
        m->computed.fen += l->amount.fen;
        if (!at) continue;
        at->computed.fen += l->amount.fen;
        at->counted = true;
    }
    m->counted = true;
}

/* `result` NULL: what was kept. */
static void answer(Ctx *c, const Case *k, const CalcResult *result, Rows kept, Time kept_at)
{
    Comparison m = { .lines = { NEW(c->mem, Compared, LINES), 0 }, .kept_at = kept_at };
    add_claims(c, k, &m);
    if (!result) add_kept(kept, &m);
    else if (result->errors) m.missing = lacking(c, result);
    else add_sums(result, &m);
    add_agreement(c, k, &m);
    reply_row(c, 200, &comparison_form, &m);
}

static void show(Ctx *c)
{
    Case k;
    Time at = { 0 };
    if (!case_get(c, arg_id(c, 0), &k)) return;
    bool staff = c->who.roles & (uint32_t)STAFF;
    Rows kept = staff ? reckoned_situation(c, k.id, &at) : (Rows){ 0 };
    const Facts *facts = kept.n ? NULL : situation_facts(c, &k);
    if (!facts && !kept.n) return;
    CalcPlace place = { c->mem, false };
    const Calc *calc = calc_find(S("SITUATION"));
    answer(c, &k, facts ? calc_run(calc, &c->law->figures, facts, &place) : NULL, kept, at);
}

/* The same with facts that were put right on the screen. */
static void compare(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    const CalcResult *result = calculators_asked(c, calc_find(S("SITUATION")), false);
    if (result) answer(c, &k, result, (Rows){ 0 }, (Time){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/comparison", PARTIES | STAFF, show, "请求、计算、协议对照",
      "claimed, computed, offered", .out = &comparison_form },
    { "POST", "/api/v1/cases/:id/comparison", PARTIES | STAFF, compare, "按更正后的事实对照",
      "the same with facts put right; nothing is kept", .out = &comparison_form, .object = true },
};

const Slice comparison_slice = { .name = "comparison", .route = routes, .routes = COUNT(routes) };
