#include "case/canon.h"


Out canon_out(Ctx *c, size_t cap)
{
    return (Out){ .buf = NEW(c->mem, char, cap), .cap = cap };
}

/* Borrows the answer's place: what stood there stays, what is written is cut off. */
Str canon_row(Ctx *c, const Form *f, const void *row)
{
    bool reveal = c->reveal;
    size_t at = c->out.len;
    if (!ok(c)) return (Str){ 0 };
    c->reveal = c->canon = true;
    form_write(c, f, row);
    c->reveal = reveal;
    c->canon = false;
    Str text = str_copy(c->mem, (Str){ c->out.buf + at, c->out.len - at });
    c->out.len = at;
    return text;
}

void canon_rows(Ctx *c, Out *o, const Form *f, Rows rows)
{
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        out_str(o, canon_row(c, f, (const char *)rows.at + i * f->size));
        out_str(o, S("\n"));
    }
}

Fault check_sha256(const Ctx *c, Str text)
{
    (void)c;
    for (size_t i = 0; i < text.n; i++) {
        bool hex = (text.s[i] >= '0' && text.s[i] <= '9') || (text.s[i] >= 'a' && text.s[i] <= 'f');
        if (!hex) return FAULT_MISMATCH;
    }
    return text.n == 64 ? FAULT_NONE : FAULT_MISMATCH;
}

bool has_id(Str ids, Id id)
{
    while (ids.n) {
        if (id_parse(str_cut(&ids, ' ')).n == id.n) return true;
    }
    return false;
}

bool case_unsealed(Ctx *c, const Case *k)
{
    bool sealed = ok(c) && state_of(k->state) == ST_ARCHIVED;
    return sealed ? fail(c, ERR_WRONG_STATE, k->state) : ok(c);
}
