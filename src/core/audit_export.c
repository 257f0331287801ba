#include "core/audit_export.h"

#include "core/limits.h"

enum { PAGE = 50, LINE_MAX_BYTES = 4 * TRAIL_MAX };

typedef struct Line {
    Id      lane;
    int64_t seq, at_ms;
    Id      actor, session, subject;
    Str     org_path, action, reason, detail, heads, prev, hash;
    int64_t number;
} Line;

static const Field fields[] = {
    FIELD(Line, lane), FIELD(Line, seq), FIELD(Line, at_ms), FIELD(Line, actor), FIELD(Line, session),
    FIELD(Line, subject), FIELD(Line, org_path), FIELD(Line, action), FIELD(Line, reason),
    FIELD(Line, detail),
    FIELD(Line, heads), FIELD(Line, prev), FIELD(Line, hash), FIELD(Line, number),
};
static const Form form = FORM(Line, fields);

static const Query q_entries = {
    .name = "audit_export.entries", .in = &form, .out = &form,
    .sql = "SELECT lane, seq, at_ms, actor, session, subject, org_path, action, reason, detail, prev, hash"
           " FROM audit WHERE (lane, seq) > (:lane, :seq) ORDER BY lane, seq LIMIT 50",
};
static const Query q_seals = {
    .name = "audit_export.seals", .in = &form, .out = &form,
    .sql = "SELECT number, at_ms, heads, prev, hash FROM audit_seal WHERE number > :number"
           " ORDER BY number LIMIT 50",
};
static const Query *const queries[] = { &q_entries, &q_seals, NULL };

static void write_entry(Out *o, const Line *l)
{
    const int64_t numbers[] = { l->lane.n, l->seq, l->at_ms, l->actor.n, l->session.n, l->subject.n };
    const Str texts[] = { l->org_path, l->action, l->reason, l->detail, l->prev, l->hash };
    out_str(o, S("[\"entry\""));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        out_str(o, S(","));
        out_int(o, numbers[i]);
    }
    for (size_t i = 0; i < COUNT(texts); i++) {
        out_str(o, S(","));
        out_json(o, texts[i]);
    }
    out_str(o, S("]\n"));
}

static void write_seal(Out *o, const Line *l)
{
    const Str texts[] = { l->heads, l->prev, l->hash };
    out_str(o, S("[\"seal\","));
    out_int(o, l->number);
    out_str(o, S(","));
    out_int(o, l->at_ms);
    for (size_t i = 0; i < COUNT(texts); i++) {
        out_str(o, S(","));
        out_json(o, texts[i]);
    }
    out_str(o, S("]\n"));
}

typedef struct Export {
    Ctx  *c;
    void (*line)(void *to, Str text);
    void *to;
    Out   text; /* of one line */
} Export;

static void all(Export *x, const Query *q, void (*write)(Out *o, const Line *l))
{
    Line at = { 0 };
    Arena mem = *x->c->mem;
    for (size_t n = PAGE; n == PAGE && ok(x->c);) {
        *x->c->mem = mem;
        Rows page = db_list(x->c, q, &at);
        n = page.n;
        for (size_t i = 0; i < n; i++) {
            at = ((const Line *)page.at)[i];
            x->text.len = 0;
            write(&x->text, &at);
            BUG_IF(x->text.full);
            x->line(x->to, out_view(&x->text));
        }
    }
    *x->c->mem = mem;
}

void audit_export(Ctx *c, void (*line)(void *to, Str text), void *to)
{
    Export x = { .c = c, .line = line, .to = to };
    x.text = (Out){ .buf = NEW(c->mem, char, LINE_MAX_BYTES), .cap = LINE_MAX_BYTES };
    all(&x, &q_entries, write_entry);
    all(&x, &q_seals, write_seal);
}

const Slice audit_export_slice = { .name = "audit_export", .query = queries };
