#include "core/range.h"

/* Plain digits; beyond what fits, all the same: far beyond the end. */
static bool number(Str s, int64_t *v)
{
    if (!str_is_digits(s)) return false;
    if (!str_int(s, v)) *v = INT64_MAX;
    return true;
}

/* The first and last byte asked for; false: not one range of bytes, so the whole. */
static bool bounds(Str text, int64_t size, int64_t *first, int64_t *last)
{
    Str unit = str_cut(&text, '=');
    Str end = str_trim(text);
    if (!str_eq(str_trim(unit), S("bytes")) || str_has(end, S(",")) || !str_has(end, S("-"))) return false;
    Str begin = str_cut(&end, '-');
    if (begin.n && !number(begin, first)) return false;
    if (end.n && !number(end, last)) return false;
    if (begin.n && end.n) return *first <= *last;
    if (begin.n) { /* "5-": from the sixth on */
        *last = size - 1;
        return true;
    }
    if (end.n == 0) return false;
    *first = *last < size ? size - *last : 0; /* "-5": the last five */
    if (*last == 0) *first = size;
    *last = size - 1;
    return true;
}

int range_parse(Str text, int64_t size, int64_t *from, int64_t *length)
{
    int64_t first = 0, last = 0;
    *from = 0;
    *length = size;
    if (!bounds(text, size, &first, &last)) return 200;
    if (first >= size) return 416;
    if (last >= size) last = size - 1;
    *from = first;
    *length = last - first + 1;
    return 206;
}

static Str content_range(Ctx *c, int64_t size)
{
    enum { ROOM = 80 };
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    out_str(&o, S("bytes "));
    out_int(&o, c->file.from);
    out_str(&o, S("-"));
    out_int(&o, c->file.from + c->file.length - 1);
    out_str(&o, S("/"));
    out_int(&o, size);
    return out_view(&o);
}

void reply_file(Ctx *c, Str path, int64_t size)
{
    if (!ok(c)) return;
    c->status = range_parse(c->head.range, size, &c->file.from, &c->file.length);
    if (c->status == 416) fail(c, ERR_BAD_RANGE, c->head.range);
    if (!ok(c)) return;
    c->file.path = str_copy(c->mem, path);
    header(c, S("Accept-Ranges"), S("bytes"));
    if (c->status == 206) header(c, S("Content-Range"), content_range(c, size));
}
