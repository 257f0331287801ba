/*
** Forms and their values: finding, setting, checking.  Reading JSON is in
** form_read.c, writing in form_write.c.
*/
#include "core/form_value.h"

#include <string.h>

const Field *form_find(const Form *f, Str name)
{
    for (size_t i = 0; name.n && i < f->n; i++) {
        bool like = f->field[i].name[0] == name.s[0]; /* most are told apart by it */
        if (like && str_eq(str_of(f->field[i].name), name)) return &f->field[i];
    }
    return NULL;
}

bool code_find(const Codes *codes, Str word, const Code **found)
{
    for (size_t i = 0; i < codes->n; i++) {
        if (!str_eq(str_of(codes->row[i].word), word)) continue;
        if (found) *found = &codes->row[i];
        return true;
    }
    return false;
}

bool field_is_set(const Field *fd, const void *row)
{
    const void *at = (const char *)row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   return *(const int64_t *)at != 0;
    case KIND_BOOL:  return *(const bool *)at;
    case KIND_TEXT:  return ((const Str *)at)->n != 0;
    case KIND_DATE:  return ((const Date *)at)->day != 0;
    case KIND_TIME:  return ((const Time *)at)->s != 0;
    case KIND_MONEY: return ((const Money *)at)->fen != 0;
    case KIND_ID:    return ((const Id *)at)->n != 0;
    case KIND_LIST:  return ((const Rows *)at)->n != 0;
    }
    return false;
}

/* ---- rows ------------------------------------------------------------------ */

void *rows_push(Arena *a, Rows *rows, size_t *cap, size_t size)
{
    if (rows->n == *cap) {
        size_t more = *cap ? 2 * *cap : 16;
        char *p = arena_alloc(a, more, size, _Alignof(max_align_t));
        if (rows->n) memcpy(p, rows->at, rows->n * size);
        rows->at = p;
        *cap = more;
    }
    return (char *)rows->at + rows->n++ * size;
}

/* ---- checks ---------------------------------------------------------------- */

static Fault check_number(const Field *fd, int64_t v)
{
    if (v < fd->min) return FAULT_TOO_SMALL;
    return fd->max != 0 && v > fd->max ? FAULT_TOO_LARGE : FAULT_NONE;
}

static bool code_known(const Ctx *c, const Codes *codes, Str word)
{
    return codes->known ? codes->known(c, word) : code_find(codes, word, NULL);
}

static Fault check_codes(const Ctx *c, const Field *fd, Str text)
{
    bool many = (fd->rule & MANY) != 0;
    while (text.n) {
        Str word = many ? str_cut(&text, ' ') : text;
        if (!many) text.n = 0;
        if (!code_known(c, fd->codes, word)) return FAULT_NOT_CODE;
    }
    return FAULT_NONE;
}

static Fault check_text(const Ctx *c, const Field *fd, Str text)
{
    int64_t n = 0;
    int64_t max = fd->max ? fd->max : 200;
    bool good = fd->rule & PROSE ? str_is_prose(text) : str_is_text(text);
    if (!good) return FAULT_NOT_TEXT;
    n = (int64_t)str_length(text);
    if (n == 0) return fd->rule & REQUIRED ? FAULT_REQUIRED : FAULT_NONE;
    if (fd->codes) return check_codes(c, fd, text);
    if (n < fd->min) return FAULT_TOO_SHORT;
    if (n > max) return FAULT_TOO_LONG;
    return fd->check ? fd->check(c, text) : FAULT_NONE;
}

static Fault check_rows(const Field *fd, size_t n)
{
    if ((int64_t)n < fd->min) return FAULT_TOO_FEW;
    return fd->max != 0 && (int64_t)n > fd->max ? FAULT_TOO_MANY : FAULT_NONE;
}

Fault field_check(const Ctx *c, const Field *fd, const void *row)
{
    const void *at = (const char *)row + fd->at;
    bool past = (fd->rule & NOT_FUTURE) != 0;
    switch (fd->kind) {
    case KIND_INT:   return check_number(fd, *(const int64_t *)at);
    case KIND_MONEY: return check_number(fd, ((const Money *)at)->fen);
    case KIND_TEXT:  return check_text(c, fd, *(const Str *)at);
    case KIND_LIST:  return check_rows(fd, ((const Rows *)at)->n);
    case KIND_DATE:  return past && ((const Date *)at)->day > c->today.day ? FAULT_FUTURE : FAULT_NONE;
    case KIND_TIME:  return past && ((const Time *)at)->s > now(c).s ? FAULT_FUTURE : FAULT_NONE;
    case KIND_BOOL:
    case KIND_ID:    break;
    }
    return FAULT_NONE;
}

/* ---- text to value ---------------------------------------------------------- */

static Fault is_there(const Field *fd, const void *row, Fault otherwise)
{
    return field_is_set(fd, row) ? FAULT_NONE : otherwise;
}

Fault field_parse(const Field *fd, Str text, void *row)
{
    void *at = (char *)row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   return str_int(text, at) ? FAULT_NONE : FAULT_TYPE;
    case KIND_MONEY: return str_int(text, &((Money *)at)->fen) ? FAULT_NONE : FAULT_TYPE;
    case KIND_TEXT:  *(Str *)at = text; return FAULT_NONE;
    case KIND_DATE:  *(Date *)at = date_parse(text); return is_there(fd, row, FAULT_NOT_DATE);
    case KIND_TIME:  *(Time *)at = time_parse(text); return is_there(fd, row, FAULT_NOT_TIME);
    case KIND_ID:    *(Id *)at = id_parse(text); return is_there(fd, row, FAULT_NOT_ID);
    case KIND_BOOL:
        *(bool *)at = str_eq(text, S("true"));
        return *(bool *)at || str_eq(text, S("false")) ? FAULT_NONE : FAULT_TYPE;
    case KIND_LIST:  break;
    }
    return FAULT_TYPE;
}
