/*
** A Form's struct as JSON, and the Form itself: as a screen's description and
** as a JSON schema.
*/
#include "core/ctx.h"

/* ---- masks -------------------------------------------------------------------- */

/* The first `head` and last `tail` characters, with stars between. */
static void write_starred(Out *o, Str s, size_t head, size_t tail)
{
    size_t n = str_length(s), at = 0;
    if (head + tail >= n) tail = head + 1 >= n ? 0 : tail, head = n ? 1 : 0;
    for (size_t i = 0; i < s.n; i++) {
        bool first = ((unsigned char)s.s[i] & 0xC0) != 0x80;
        at += first;
        bool shown = at <= head || at + tail > n;
        if (shown) out_str(o, (Str){ s.s + i, 1 });
        else if (first) out_str(o, S("*"));
    }
}

void text_masked(Out *o, Mask mask, Str s)
{
    static const struct Show { size_t head, tail; } shows[] = {
        [MASK_NAME] = { 1, 0 }, [MASK_ID_NO] = { 6, 4 }, [MASK_PHONE] = { 3, 4 }, [MASK_ALL] = { 0, 0 },
    };
    if (mask == MASK_NONE || s.n == 0) out_str(o, s);
    else if (mask == MASK_ALL) out_str(o, S("***"));
    else write_starred(o, s, shows[mask].head, shows[mask].tail);
}

static void write_text(Ctx *c, const Field *fd, Str s)
{
    char buf[512];
    Out m = { .buf = buf, .cap = sizeof buf };
    if (fd->mask == MASK_NONE || c->reveal) {
        out_json(&c->out, s);
        return;
    }
    text_masked(&m, fd->mask, s);
    out_json(&c->out, m.full ? S("***") : out_view(&m));
}

/* ---- values -------------------------------------------------------------------- */

static void write_many(Out *o, Str words)
{
    out_str(o, S("["));
    for (bool first = true; words.n; first = false) {
        if (!first) out_str(o, S(","));
        out_json(o, str_cut(&words, ' '));
    }
    out_str(o, S("]"));
}

/* A date, time, id or sum: quoted text; `set` false: null. */
static void write_quoted(Out *o, const Field *fd, const void *at, bool set)
{
    if (!set && fd->kind != KIND_MONEY) {
        out_str(o, S("null"));
        return;
    }
    out_str(o, S("\""));
    switch (fd->kind) {
    case KIND_DATE:  out_date(o, *(const Date *)at); break;
    case KIND_TIME:  out_time(o, *(const Time *)at); break;
    case KIND_MONEY: out_int(o, ((const Money *)at)->fen); break;
    case KIND_ID:    out_int(o, ((const Id *)at)->n); break;
    case KIND_INT: case KIND_BOOL: case KIND_TEXT: case KIND_LIST: break;
    }
    out_str(o, S("\""));
}

static void write_list(Ctx *c, const Field *fd, const Rows *rows)
{
    out_str(&c->out, S("["));
    for (size_t i = 0; i < rows->n; i++) {
        if (i) out_str(&c->out, S(","));
        form_write(c, fd->child, (const char *)rows->at + i * fd->child->size);
    }
    out_str(&c->out, S("]"));
}

static void write_value(Ctx *c, const Field *fd, const void *row)
{
    const void *at = (const char *)row + fd->at;
    switch (fd->kind) {
    case KIND_INT:  out_int(&c->out, *(const int64_t *)at); break;
    case KIND_BOOL: out_str(&c->out, *(const bool *)at ? S("true") : S("false")); break;
    case KIND_LIST: write_list(c, fd, at); break;
    case KIND_TEXT:
        if (fd->rule & MANY) write_many(&c->out, *(const Str *)at);
        else write_text(c, fd, *(const Str *)at);
        break;
    case KIND_DATE: case KIND_TIME: case KIND_MONEY: case KIND_ID:
        write_quoted(&c->out, fd, at, field_is_set(fd, row));
        break;
    }
}

void form_write(Ctx *c, const Form *f, const void *row)
{
    bool first = true;
    if (!ok(c)) return;
    out_str(&c->out, S("{"));
    for (size_t i = 0; i < f->n; i++) {
        if (f->field[i].rule & HIDDEN) continue;
        if (c->canon && (f->field[i].rule & LATER) && !field_is_set(&f->field[i], row)) continue;
        if (!first) out_str(&c->out, S(","));
        first = false;
        out_json(&c->out, str_of(f->field[i].name));
        out_str(&c->out, S(":"));
        write_value(c, &f->field[i], row);
    }
    out_str(&c->out, S("}"));
}
