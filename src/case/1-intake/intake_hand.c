/*
** The name drawn under an application: whose it is, when, and over what.  Who cannot draw
** declares by ticking alone; then there is no mark, and the paper has a line for one.
*/
#include "case/1-intake/draft.h"

#include "core/crypto.h"

static const Party *signer_of(const Intake *in)
{
    const char *part = str_eq(in->signer, S("AGENT")) ? "AGENT" : "PARTY";
    for (size_t i = 0; i < in->parties.n; i++) {
        const Party *p = (const Party *)in->parties.at + i;
        if (party_is(p, "APPL", part)) return p;
    }
    return NULL;
}

void hand_check(Ctx *c, const Intake *in)
{
    if (!ok(c) || in->signature.n == 0) return;
    if (!signer_of(in)) fault(c, S("signer"), FAULT_NOT_KNOWN);
    bool drawn = in->draft.n && draft_has_hand(c, in->draft, in->signature);
    if (!drawn) fault(c, S("signature"), FAULT_NOT_KNOWN);
}

/* The application's rows as they are stored, without the numbers the program gives them and
** without the mark itself. */
static Str signed_text(Ctx *c, const Intake *in)
{
    Intake said = *in;
    Out o = canon_out(c, 4096 + in->parties.n * 2048 + in->claims.n * 4096 + in->facts.n * 8);
    said.signature = said.signer = said.signed_name = said.signed_digest = said.draft = (Str){ 0 };
    said.signed_at = (Time){ 0 };
    said.parties = said.claims = (Rows){ 0 };
    canon_rows(c, &o, &intake_form, (Rows){ &said, 1 });
    for (size_t i = 0; i < in->parties.n; i++) {
        Party p = ((const Party *)in->parties.at)[i];
        p.id = p.case_id = (Id){ 0 };
        canon_rows(c, &o, &party_form, (Rows){ &p, 1 });
    }
    for (size_t i = 0; i < in->claims.n; i++) {
        Claim one = ((const Claim *)in->claims.at)[i];
        one.id = one.case_id = (Id){ 0 };
        one.no = (int64_t)i + 1;
        canon_rows(c, &o, &claim_form, (Rows){ &one, 1 });
    }
    BUG_IF(o.full);
    return out_view(&o);
}

void hand_seal(Ctx *c, Intake *in)
{
    const Party *p = signer_of(in);
    if (!ok(c) || in->signature.n == 0 || !p) return;
    in->signed_name = str_eq(p->kind, S("EMPLOYER")) ? p->legal_rep : p->name;
    in->signed_digest = sha256_hex(c->mem, signed_text(c, in));
    in->signed_at = now(c);
}
