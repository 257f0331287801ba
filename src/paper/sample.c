#include "paper/sample.h"

enum { SAMPLES = 2, SUM = 1234567, STEP = 100000, LABEL_MAX = 200 };

/* "［当事人］" */
static Str bracketed(Arena *mem, const char *label)
{
    Out o = { .buf = NEW(mem, char, LABEL_MAX), .cap = LABEL_MAX };
    out_str(&o, S("［"));
    out_str(&o, str_of(label));
    out_str(&o, S("］"));
    return out_view(&o);
}

static Str sample_text(Arena *mem, const Field *fd)
{
    const Codes *codes = fd->codes;
    return codes && codes->n ? str_of(codes->row[0].word) : bracketed(mem, fd->label ? fd->label : fd->name);
}

static void sample_value(Ctx *c, const Field *fd, void *row, int64_t nth)
{
    void *at = (char *)row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   *(int64_t *)at = nth + 1; break;
    case KIND_BOOL:  *(bool *)at = true; break;
    case KIND_TEXT:  *(Str *)at = sample_text(c->mem, fd); break;
    case KIND_DATE:  *(Date *)at = date_plus(date_of(2026, 5, 8), (int)nth * 31); break;
    case KIND_TIME:  *(Time *)at = time_at(date_of(2026, 5, 8), 9, 30); break;
    case KIND_MONEY: *(Money *)at = (Money){ SUM + nth * STEP }; break;
    case KIND_ID:    *(Id *)at = (Id){ nth + 1 }; break;
    case KIND_LIST:  break;
    }
}

Rows sample_rows(Ctx *c, const Form *f)
{
    char *row = arena_alloc(c->mem, SAMPLES, f->size, _Alignof(max_align_t));
    for (int64_t nth = 0; nth < SAMPLES; nth++) {
        for (size_t i = 0; i < f->n; i++) sample_value(c, &f->field[i], row + (size_t)nth * f->size, nth);
    }
    return (Rows){ row, SAMPLES };
}
