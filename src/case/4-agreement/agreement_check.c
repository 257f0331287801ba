/*
** The agreement as the law's tables look at it, and sums in instalments.
*/
#include "case/4-agreement/agreement_law.h"
#include "case/canon.h"

#include "law/param.h"

static const Field remark_fields[] = {
    FIELD(Remark, code,     .label = "代码",   .en = "code"),
    FIELD(Remark, severity, .label = "程度",   .en = "severity"),
    FIELD(Remark, text,     .label = "说明",   .en = "what"),
    FIELD(Remark, en,       .label = "英文",   .en = "in English"),
    FIELD(Remark, basis,    .label = "依据",   .en = "basis"),
    FIELD(Remark, value,    .label = "数值",   .en = "found"),
    FIELD(Remark, limit,    .label = "界限",   .en = "limit"),
    FIELD(Remark, offers,   .label = "可选处理", .en = "what may be done", .rule = MANY),
};
const Form remark_form = FORM(Remark, remark_fields);

/* What is offered beside "change the text". */
static const struct Offer { const char *code, *words; } offers[] = {
    { "AGR_CONFIRMS_RELATION", "remove_clause separate_agreement arbitration" },
    { "AGR_BARS_ACTION", "remove_clause" },
};

static Str offers_of(Str code)
{
    for (size_t i = 0; i < COUNT(offers); i++) {
        if (str_eq(str_of(offers[i].code), code)) return str_of(offers[i].words);
    }
    return (Str){ 0 };
}

/* Of `creditor_ids` the first: whether there is a payee. */
static Obligation term_of(const Commitment *o)
{
    Obligation t = { .id = o->id, .amount_fen = o->amount.fen, .due = o->due, .payee = o->creditor_ids,
                     .method = o->method, .what = o->what };
    (void)duty_of(o->duty, &t.duty);
    return t;
}

Obligation *accord_terms(Ctx *c, const Accord *a)
{
    Obligation *list = NEW(c->mem, Obligation, a->obligations.n + 1);
    const Commitment *at = a->obligations.at;
    for (size_t i = 0; i < a->obligations.n; i++) list[i] = term_of(&at[i]);
    return list;
}

/* The clauses of an agreement, one text. */
static Str wording(Ctx *c, const Accord *a)
{
    size_t n = a->result.n + a->breach.n + 2;
    for (size_t i = 0; i < a->obligations.n; i++) n += ((const Commitment *)a->obligations.at)[i].what.n + 1;
    Out o = canon_out(c, n);
    out_str(&o, a->result);
    out_str(&o, S("\n"));
    out_str(&o, a->breach);
    for (size_t i = 0; i < a->obligations.n; i++) {
        out_str(&o, S("\n"));
        out_str(&o, ((const Commitment *)a->obligations.at)[i].what);
    }
    return out_view(&o);
}

Findings accord_findings(Ctx *c, const Case *k, const Accord *a)
{
    const Param *minimum = param_find(&c->law->params, S("MINWAGE"), k->region, c->today);
    Terms t = {
        .list = accord_terms(c, a), .n = a->obligations.n, .text = wording(c, a), .total_fen = a->total.fen,
        .wage_fen = a->wage.fen, .minimum_fen = minimum ? minimum->value : 0,
        .requests_stated = a->requests.n > 0, .result_stated = a->result.n > 0,
        .harms_others = a->harms, .day = c->today,
    };
    return agreement_check(&t);
}

Str findings_codes(Ctx *c, const Findings *f)
{
    Out o = canon_out(c, 1024);
    for (size_t i = 0; i < f->n; i++) {
        if (i) out_str(&o, S(" "));
        out_str(&o, str_of(f->list[i].why->code));
    }
    return out_view(&o);
}

void findings_reply(Ctx *c, const Findings *f)
{
    Remark *list = NEW(c->mem, Remark, FINDINGS);
    for (size_t i = 0; i < f->n; i++) {
        const Reason *why = f->list[i].why;
        list[i] = (Remark){
            .code = str_of(why->code), .severity = str_of(severity_word(severity_of(&f->list[i]))),
            .text = str_of(why->zh), .en = str_of(why->en), .basis = str_of(why->basis),
            .value = f->list[i].value, .limit = f->list[i].limit, .offers = offers_of(str_of(why->code)),
        };
    }
    reply_rows(c, &remark_form, (Rows){ list, f->n }, (Str){ 0 });
}

/* ---- marks --------------------------------------------------------------------------- */

bool must_sign(const Party *p, const char *side, bool represented)
{
    if (!str_eq(p->side, str_of(side)) || p->split_on.day) return false;
    return str_eq(p->part, represented ? S("REP") : S("PARTY"));
}

static bool represented(Rows parties, const char *side)
{
    for (size_t i = 0; i < parties.n; i++) {
        if (party_is((const Party *)parties.at + i, side, "REP")) return true;
    }
    return false;
}

static bool signed_by(Rows marks, Id party)
{
    for (size_t i = 0; i < marks.n; i++) {
        if (((const Mark *)marks.at)[i].party_id.n == party.n) return true;
    }
    return false;
}

static void count_side(Rows parties, Rows marks, const char *side, int64_t count[static 2])
{
    bool reps = represented(parties, side);
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (!must_sign(p, side, reps)) continue;
        count[0]++;
        count[1] += signed_by(marks, p->id);
    }
}

Findings accord_missing(Ctx *c, const Case *k, Rows marks)
{
    Rows parties = parties_of(c, k->id);
    int64_t appl[2] = { 0, 0 }, resp[2] = { 0, 0 };
    Marks m = { 0 };
    count_side(parties, marks, "APPL", appl);
    count_side(parties, marks, "RESP", resp);
    for (size_t i = 0; i < marks.n; i++) {
        const Mark *mark = (const Mark *)marks.at + i;
        m.mediators_signed += str_eq(mark->kind, S("MEDIATOR"));
        m.sealed |= str_eq(mark->kind, S("SEAL"));
    }
    m.applicants = appl[0];
    m.applicants_signed = appl[1];
    m.respondents = resp[0];
    m.respondents_signed = resp[1];
    return marks_missing(&m);
}

Money instalment(Money total, int64_t n, int64_t i)
{
    BUG_IF(n < 1 || i < 0 || i >= n);
    int64_t part = total.fen / n;
    return (Money){ i == n - 1 ? total.fen - part * (n - 1) : part };
}
