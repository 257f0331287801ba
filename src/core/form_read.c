/*
** A Form's struct from a JSON body or a query string.  jansson parses,
** strictly; everything is copied into the request's arena.
*/
#include "core/form_value.h"
#include "core/limits.h"

#include <jansson.h>
#include <string.h>

_Static_assert(FAULTS_MAX >= 64, "every field of a form can be named");

/* "parties[1]" + "id_no". */
static Str path_of(Arena *a, Str prefix, Str name)
{
    Out o = { .buf = NEW(a, char, prefix.n + name.n + 1), .cap = prefix.n + name.n + 1 };
    out_str(&o, prefix);
    if (prefix.n) out_str(&o, S("."));
    out_str(&o, name);
    return out_view(&o);
}

static Str path_row(Arena *a, Str name, size_t i)
{
    Out o = { .buf = NEW(a, char, name.n + 24), .cap = name.n + 24 };
    out_str(&o, name);
    out_str(&o, S("["));
    out_int(&o, (int64_t)i);
    out_str(&o, S("]"));
    return out_view(&o);
}

static Str text_of(Ctx *c, const json_t *v)
{
    return str_copy(c->mem, (Str){ json_string_value(v), json_string_length(v) });
}

/* ---- one value --------------------------------------------------------------- */

/* ["RURAL","DISP"] as "RURAL DISP". */
static Fault read_many(Ctx *c, const json_t *v, Str *text)
{
    size_t cap = 1;
    if (!json_is_array(v) || json_array_size(v) > 64) return FAULT_TYPE;
    for (size_t i = 0; i < json_array_size(v); i++) {
        if (!json_is_string(json_array_get(v, i))) return FAULT_TYPE;
        cap += json_string_length(json_array_get(v, i)) + 1;
    }
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    for (size_t i = 0; i < json_array_size(v); i++) {
        const json_t *word = json_array_get(v, i);
        if (i) out_str(&o, S(" "));
        out_str(&o, (Str){ json_string_value(word), json_string_length(word) });
    }
    *text = out_view(&o);
    return FAULT_NONE;
}

static bool takes_integer(Kind k) { return k == KIND_INT || k == KIND_MONEY; }

static Fault read_scalar(Ctx *c, const Field *fd, const json_t *v, void *row)
{
    void *at = (char *)row + fd->at;
    if (fd->kind == KIND_TEXT && fd->rule & MANY) return read_many(c, v, at);
    if (fd->kind == KIND_BOOL) {
        *(bool *)at = json_is_true(v);
        return json_is_boolean(v) ? FAULT_NONE : FAULT_TYPE;
    }
    if (takes_integer(fd->kind) && json_is_integer(v)) {
        *(int64_t *)at = json_integer_value(v);
        return FAULT_NONE;
    }
    if (!json_is_string(v) || fd->kind == KIND_INT) return FAULT_TYPE;
    return field_parse(fd, text_of(c, v), row);
}

static void read_object(Ctx *c, const Form *f, json_t *object, void *row, Str prefix);

static Fault read_list(Ctx *c, const Field *fd, json_t *v, Rows *rows)
{
    if (!json_is_array(v)) return FAULT_TYPE;
    if (json_array_size(v) > LIST_MAX) return FAULT_TOO_MANY;
    size_t size = fd->child->size;
    rows->n = json_array_size(v);
    rows->at = arena_alloc(c->mem, rows->n ? rows->n : 1, size, _Alignof(max_align_t));
    for (size_t i = 0; i < rows->n; i++) {
        json_t *item = json_array_get(v, i);
        Str path = path_row(c->mem, str_of(fd->name), i);
        if (json_is_object(item)) read_object(c, fd->child, item, (char *)rows->at + i * size, path);
        else fault(c, path, FAULT_TYPE);
    }
    return FAULT_NONE;
}

/* ---- one object --------------------------------------------------------------- */

static void check_field(Ctx *c, const Field *fd, const void *row, bool seen, Str prefix)
{
    bool missing = fd->rule & REQUIRED && !seen && !field_is_set(fd, row);
    Fault f = missing ? FAULT_REQUIRED : seen ? field_check(c, fd, row) : FAULT_NONE;
    if (f == FAULT_NONE && !seen && fd->kind == KIND_LIST && fd->min > 0 && !field_is_set(fd, row)) {
        f = FAULT_REQUIRED;
    }
    if (f != FAULT_NONE) fault(c, path_of(c->mem, prefix, str_of(fd->name)), f);
}

/* A member of an object that a form reads. */
typedef struct Member {
    const Form *form;
    const char *name;
    json_t     *value;
} Member;

/* Which fields an object named, a bit each. */
typedef struct Seen {
    uint64_t named, broken; /* of the named, those that could not be read */
} Seen;

static Fault read_member(Ctx *c, const Member *m, void *row, Seen *seen)
{
    const Form *f = m->form;
    const Field *fd = form_find(f, str_of(m->name));
    if (!fd || fd->rule & HIDDEN) return FAULT_UNKNOWN;
    if (fd->rule & SERVER_SET) return FAULT_NOT_YOURS;
    if (json_is_null(m->value)) return FAULT_NONE;
    uint64_t bit = (uint64_t)1 << (size_t)(fd - f->field);
    Fault bad = fd->kind == KIND_LIST ? read_list(c, fd, m->value, (Rows *)(void *)((char *)row + fd->at))
                                      : read_scalar(c, fd, m->value, row);
    seen->named |= bit;
    if (bad != FAULT_NONE) seen->broken |= bit;
    return bad;
}

static void read_object(Ctx *c, const Form *f, json_t *object, void *row, Str prefix)
{
    const char *name = NULL;
    json_t *v = NULL;
    Seen seen = { 0 };
    BUG_IF(f->n > 64); /* one bit a field */
    json_object_foreach(object, name, v) {
        if (c->bads == FAULTS_MAX) return; /* enough to be told at once */
        Fault bad = read_member(c, &(Member){ f, name, v }, row, &seen);
        if (bad != FAULT_NONE) fault(c, path_of(c->mem, prefix, str_of(name)), bad);
    }
    for (size_t i = 0; i < f->n; i++) {
        bool skip = (seen.broken >> i & 1) != 0 || f->field[i].rule & (SERVER_SET | HIDDEN);
        if (!skip) check_field(c, &f->field[i], row, (seen.named >> i & 1) != 0, prefix);
    }
}

bool form_read(Ctx *c, const Form *f, void *row)
{
    json_error_t error;
    if (!ok(c)) return false;
    /* A body that nests deeper than any Form can is no use to us. */
    json_t *body = json_loadb(c->body.s ? c->body.s : "", c->body.n, JSON_REJECT_DUPLICATES, &error);
    if (!body) return fail(c, ERR_BAD_JSON, str_of(error.text));
    if (json_is_object(body)) read_object(c, f, body, row, (Str){ 0 });
    else fail(c, ERR_BAD_JSON, S("an object is expected"));
    json_decref(body);
    return ok(c);
}

/* ---- query strings ------------------------------------------------------------- */

static int hex_digit(char ch)
{
    if (ch >= '0' && ch <= '9') return ch - '0';
    if (ch >= 'A' && ch <= 'F') return ch - 'A' + 10;
    return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

Str url_decode(Arena *a, Str text)
{
    char *p = NEW(a, char, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool coded = text.s[i] == '%' && i + 2 < text.n && hex_digit(text.s[i + 1]) >= 0
                  && hex_digit(text.s[i + 2]) >= 0;
        if (coded) {
            p[n++] = (char)(hex_digit(text.s[i + 1]) * 16 + hex_digit(text.s[i + 2]));
            i += 2;
        } else {
            p[n] = text.s[i];
            if (p[n] == '+') p[n] = ' ';
            n++;
        }
    }
    return (Str){ p, n };
}

/* May this field be asked for, and was it not yet? */
static Fault place_term(const Form *f, const Field *fd, uint64_t *seen)
{
    if (!fd || fd->rule & (HIDDEN | SERVER_SET)) return FAULT_UNKNOWN;
    uint64_t bit = (uint64_t)1 << (size_t)(fd - f->field);
    Fault bad = *seen & bit ? FAULT_TWICE : FAULT_NONE;
    *seen |= bit;
    return bad;
}

/* "accepted,mediating", or with blanks, as the words of a list are stored. */
static Str words_of(Ctx *c, Str text)
{
    Out o = { .buf = NEW(c->mem, char, text.n + 1), .cap = text.n + 1 };
    while (text.n) {
        Str part = str_cut(&text, ',');
        while (part.n) {
            Str word = str_cut(&part, ' ');
            if (word.n && o.len) out_str(&o, S(" "));
            out_str(&o, word);
        }
    }
    return out_view(&o);
}

static Fault read_term(Ctx *c, const Field *fd, Str value, void *row)
{
    if (fd->rule & MANY) value = words_of(c, value);
    if (value.n == 0) return FAULT_NONE;
    Fault bad = field_parse(fd, value, row);
    return bad == FAULT_NONE ? field_check(c, fd, row) : bad;
}

bool form_read_query(Ctx *c, const Form *f, void *row)
{
    Str rest = c->query;
    uint64_t seen = 0;
    BUG_IF(f->n > 64);
    c->asked = f;
    while ((ok(c) || c->bads) && rest.n) {
        Str value = str_cut(&rest, '&');
        Str name = url_decode(c->mem, str_cut(&value, '='));
        if (name.n == 0) continue;
        const Field *fd = form_find(f, name);
        Fault bad = place_term(f, fd, &seen);
        if (bad == FAULT_NONE) bad = read_term(c, fd, url_decode(c->mem, value), row);
        if (bad != FAULT_NONE) fault(c, name, bad);
    }
    for (size_t i = 0; i < f->n; i++) {
        bool missing = f->field[i].rule & REQUIRED && !(seen >> i & 1);
        if (missing) fault(c, str_of(f->field[i].name), FAULT_REQUIRED);
    }
    return ok(c);
}
