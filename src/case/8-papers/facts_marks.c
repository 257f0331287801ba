/*
** The marks of an agreement: each as a line of the record, and what was drawn as it
** stands in the signature block, applicants left, respondents right.  And the name drawn
** under an application.
*/
#include "case/1-intake/intake.h"
#include "case/4-agreement/agreement.h"
#include "case/8-papers/facts.h"
#include "core/files.h"

typedef struct MarkFacts {
    Str  name, side_zh, how;
    Str  picture, digest; /* drawn by one who has no place in the block; of the text that was signed */
    Time at;
} MarkFacts;
static const Field mark_fields[] = {
    FIELD(MarkFacts, name,    .label = "签名人", .en = "who signed"),
    FIELD(MarkFacts, side_zh, .label = "身份",   .en = "as what"),
    FIELD(MarkFacts, how,     .label = "方式",   .en = "how"),
    FIELD(MarkFacts, picture, .label = "手写签名", .en = "what was drawn", .max = 1000),
    FIELD(MarkFacts, digest,  .label = "所签文本摘要", .en = "digest of the text signed"),
    FIELD(MarkFacts, at,      .label = "时间",   .en = "when"),
};
const Form mark_facts_form = FORM(MarkFacts, mark_fields);

typedef struct HandFacts { Str left, right; } HandFacts;
static const Field hand_fields[] = {
    FIELD(HandFacts, left,  .label = "左侧手写签名", .en = "drawn on the left", .max = 1000),
    FIELD(HandFacts, right, .label = "右侧手写签名", .en = "drawn on the right", .max = 1000),
};
const Form hand_facts_form = FORM(HandFacts, hand_fields);

static bool is_kind(const Mark *m, const char *kind)
{
    return str_eq(m->kind, str_of(kind));
}

static bool is_drawn(Ctx *c, const Mark *m)
{
    return (str_eq(m->how, S("SIGNED")) || str_eq(m->how, S("COUNTER"))) && file_is(c, m->file, "png");
}

static Str as_what(const Mark *m)
{
    if (is_kind(m, "MEDIATOR")) return S("调解员");
    if (is_kind(m, "SEAL")) return S("调解组织");
    if (str_eq(m->side, S("APPL"))) return S("申请人");
    return str_eq(m->side, S("RESP")) ? S("被申请人") : S("第三人");
}

static Str how_zh(const Mark *m)
{
    if (str_eq(m->how, S("SIGNED"))) return S("电子签名");
    return str_eq(m->how, S("COUNTER")) ? S("当面电子签名") : S("签名（盖章）");
}

static Rows marks(Ctx *c, const CaseFacts *f)
{
    Accord a = { 0 };
    return accord_of(c, f->k->id, &a) ? marks_of(c, &a) : (Rows){ 0 };
}

Rows fact_marks(Ctx *c, const CaseFacts *f)
{
    Rows rows = marks(c, f);
    MarkFacts *out = NEW(c->mem, MarkFacts, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const Mark *m = (const Mark *)rows.at + i;
        bool apart = is_kind(m, "PARTY") && !str_eq(m->side, S("APPL")) && !str_eq(m->side, S("RESP"));
        out[i] = (MarkFacts){ m->name, as_what(m), how_zh(m),
                              apart && is_drawn(c, m) ? file_path(c, m->file) : (Str){ 0 }, m->digest,
                              m->placed_at };
    }
    return (Rows){ out, rows.n };
}

/* Two columns filled from the top. */
static Rows hands(Ctx *c, const CaseFacts *f, bool own)
{
    Rows rows = marks(c, f);
    HandFacts *out = NEW(c->mem, HandFacts, rows.n + 1);
    size_t n[2] = { 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const Mark *m = (const Mark *)rows.at + i;
        bool right = !own && str_eq(m->side, S("RESP"));
        bool sides = right || str_eq(m->side, S("APPL"));
        bool here = own ? is_kind(m, "MEDIATOR") : is_kind(m, "PARTY") && sides;
        if (!here || !is_drawn(c, m)) continue;
        HandFacts *row = &out[n[right]++];
        if (right) row->right = file_path(c, m->file);
        else row->left = file_path(c, m->file);
    }
    return (Rows){ out, n[0] > n[1] ? n[0] : n[1] };
}

Rows fact_hands(Ctx *c, const CaseFacts *f)
{
    return hands(c, f, false);
}

Rows fact_own_hands(Ctx *c, const CaseFacts *f)
{
    return hands(c, f, true);
}

/* The line and the block of D01; none where the declaration was ticked alone. */
Rows fact_application_mark(Ctx *c, const CaseFacts *f)
{
    Intake in = { 0 };
    bool drawn = intake_get(c, f->k->id, &in) && in.signature.n && file_is(c, in.signature, "png");
    if (!drawn) return (Rows){ 0 };
    Str as = str_eq(in.signer, S("AGENT")) ? S("代理人") : S("申请人");
    MarkFacts m = { in.signed_name, as, S("网上手写签名"), file_path(c, in.signature), in.signed_digest,
                    in.signed_at };
    return fact_one(c, &m, sizeof m);
}
