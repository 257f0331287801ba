/*
** Is it ours?  The scope rules' decision as an answer: of a case that is examined,
** and for anybody who asks before applying, without a name.
*/
#include "case/1-intake/intake.h"
#include "core/calc_write.h"
#include "core/law_ref.h"

#include "law/scope.h"
#include "register/employers/employers.h"

static void write_refusal(Out *o, const Refusal *r, const Cite *cite)
{
    const Str values[] = { r->code, r->zh, r->en, r->route_zh, r->route_en, r->basis };
    static const char *const names[] = { "code", "reason", "reason_en", "road", "road_en", "basis" };
    for (size_t i = 0; i < COUNT(names); i++) {
        out_str(o, i ? S(",\"") : S("{\""));
        out_str(o, str_of(names[i]));
        out_str(o, S("\":"));
        out_json(o, values[i]);
    }
    write_links(o, cite, r->basis);
    out_str(o, S("}"));
}

void scope_reply(Ctx *c, const Decision *d)
{
    Cite cite = { &c->law->library, c->mem, c->today };
    if (!ok(c)) return;
    c->status = 200;
    out_str(&c->out, S("{\"verdict\":"));
    out_json(&c->out, str_of(verdict_word(d->verdict)));
    write_pair(&c->out, "verdict_label", str_of(verdict_zh(d->verdict)));
    write_pair(&c->out, "verdict_en", str_of(verdict_en(d->verdict)));
    write_pair(&c->out, "scope", str_of(scope_word(d->scope)));
    write_pair(&c->out, "scope_label", str_of(scope_zh(d->scope)));
    write_pair(&c->out, "scope_en", str_of(scope_en(d->scope)));
    out_str(&c->out, S(",\"mediation_only\":"));
    out_str(&c->out, d->mediation_only ? S("true") : S("false"));
    out_str(&c->out, S(",\"missing\":"));
    out_json(&c->out, d->missing);
    out_str(&c->out, S(",\"refusal\":"));
    if (d->route) write_refusal(&c->out, d->route, &cite);
    else out_str(&c->out, S("null"));
    out_str(&c->out, S(",\"notes\":["));
    for (size_t i = 0; i < d->notes; i++) {
        if (i) out_str(&c->out, S(","));
        write_refusal(&c->out, d->note[i], &cite);
    }
    out_str(&c->out, S("]}"));
}

/* ---- before applying ------------------------------------------------------------------- */

/* What somebody tells of a dispute; what is not said is taken as the usual. */
typedef struct Question {
    Str  employer, relation, matters, causes, region;
    Date birth, occurred;
} Question;

static const Field question_fields[] = {
    FIELD(Question, employer, .label = "单位类型", .en = "type of employer", .rule = REQUIRED, .codes = &employer_types),
    FIELD(Question, relation, .label = "关系类型", .en = "kind of relation", .rule = REQUIRED, .codes = &intake_relations),
    FIELD(Question, matters,  .label = "特别事项", .en = "special matters", .rule = MANY, .codes = &intake_matters),
    FIELD(Question, causes,   .label = "案由",     .en = "causes", .rule = MANY, .codes = &claim_causes),
    FIELD(Question, region,   .label = "合同履行地", .en = "place of work", .check = check_region),
    FIELD(Question, birth,    .label = "出生日期", .en = "day of birth", .rule = NOT_FUTURE),
    FIELD(Question, occurred, .label = "发生日期", .en = "when it arose", .rule = NOT_FUTURE),
};
static const Form question_form = { .name = "ScopeQuestion", .size = sizeof(Question), .field = question_fields,
                                    .n = COUNT(question_fields) };

/* GET /api/v1/public/scope?employer=ENT&relation=LABOUR&causes=A01: as if the centre
** took every class; the centre itself looks again. */
static void ask(Ctx *c)
{
    Question q = { 0 };
    if (!form_read_query(c, &question_form, &q)) return;
    ScopeFacts f = { .causes = q.causes, .region = q.region, .filed = c->today, .occurred = q.occurred,
        .birth = q.birth,
                     .matters = matters_of(q.matters), .open = ~0U };
    (void)employer_of(q.employer, &f.employer);
    (void)relation_of(q.relation, &f.relation);
    ScopeLaw law = law_scope(c->law);
    Decision d = scope_decide(&law, &f);
    scope_reply(c, &d);
}

static const Route routes[] = {
    { "GET", "/api/v1/public/scope", ANYBODY, ask, "能不能申请", "would it be in scope?", .query = &question_form },
};

const Slice scope_slice = { .name = "scope", .route = routes, .routes = COUNT(routes) };
