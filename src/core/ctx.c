#include "core/ctx.h"

#include "core/house.h"
#include "core/web.h"

#include "core/limits.h"

#include <string.h>

enum { PATH_SHOWN = 200 }; /* bytes of a field's name: whoever asks may make one as long as a body */

const ErrInfo err_info[ERR__COUNT] = {
#define ERR_ROW(name, http, word, zh, en) [ERR_##name] = { (http), (word), (zh), (en) },
    ERRORS(ERR_ROW)
#undef ERR_ROW
};

const FaultInfo fault_info[FAULT__COUNT] = {
#define FAULT_ROW(name, word, zh, en) [FAULT_##name] = { (word), (zh), (en) },
    FAULTS(FAULT_ROW)
#undef FAULT_ROW
};

bool fail(Ctx *c, Err e, Str why)
{
    BUG_IF(e == ERR_OK);
    if (ok(c)) {
        c->err = e;
        c->why = str_copy(c->mem, why);
    }
    return false;
}

/* What could not be read is not missing, too. */
static bool is_told(const Ctx *c, Str path)
{
    for (size_t i = 0; i < c->bads; i++) {
        if (str_eq(c->bad[i].path, path)) return true;
    }
    return false;
}

void fault(Ctx *c, Str path, Fault f)
{
    BUG_IF(f == FAULT_NONE);
    if (!ok(c) && (c->err != ERR_INVALID || c->bads == 0)) return;
    if (c->bads == FAULTS_MAX) return;
    path = str_first(path, PATH_SHOWN);
    if (f == FAULT_REQUIRED && is_told(c, path)) return;
    if (!c->bad) c->bad = NEW(c->mem, BadField, FAULTS_MAX);
    c->bad[c->bads++] = (BadField){ str_copy(c->mem, path), f, { 0 } };
    fail(c, ERR_INVALID, path);
}

void fault_say(Ctx *c, Str at, Str word, Str zh)
{
    size_t before = c->bads, f = FAULT_NONE + 1;
    while (f < FAULT__COUNT && !str_eq(str_of(fault_info[f].word), word)) f++;
    BUG_IF(f == FAULT__COUNT);
    fault(c, at, (Fault)f);
    if (c->bads > before) c->bad[before].say = str_copy(c->mem, zh);
}

void fault_say_both(Ctx *c, Str at, Str word, Str zh, Str en)
{
    size_t before = c->bads;
    fault_say(c, at, word, zh);
    if (c->bads > before) c->bad[before].say_en = str_copy(c->mem, en);
}

Id arg_id(Ctx *c, size_t n)
{
    BUG_IF(n >= COUNT(c->arg));
    Id id = id_parse(c->arg[n]);
    if (id.n == 0) fail(c, ERR_NOT_FOUND, c->arg[n]);
    return id;
}

void reply_row(Ctx *c, int status, const Form *f, const void *row)
{
    if (!ok(c)) return;
    c->status = status;
    form_write(c, f, row);
}

void reply_rows(Ctx *c, const Form *f, Rows rows, Str next)
{
    if (!ok(c)) return;
    c->status = 200;
    if (c->sink) {
        c->sink->take(c, f, rows, next);
        return;
    }
    out_str(&c->out, S("{\"items\":["));
    for (size_t i = 0; i < rows.n; i++) {
        if (i) out_str(&c->out, S(","));
        form_write(c, f, (const char *)rows.at + i * f->size);
    }
    out_str(&c->out, S("],\"next\":"));
    out_json(&c->out, next);
    out_str(&c->out, S("}"));
}

void reply_page(Ctx *c, const Form *f, Rows rows, size_t full, size_t at)
{
    Out next = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    const char *last = rows.n > 0 && rows.n == full ? (const char *)rows.at + (rows.n - 1) * f->size : NULL;
    if (last) out_int(&next, ((const Id *)(const void *)(last + at))->n);
    reply_rows(c, f, rows, out_view(&next));
}

void reply_done(Ctx *c)
{
    if (ok(c)) c->status = 204;
}

void header(Ctx *c, Str name, Str value)
{
    BUG_IF(name.n && memchr(name.s, '\n', name.n));
    BUG_IF(value.n && (memchr(value.s, '\n', value.n) || memchr(value.s, '\r', value.n)));
    out_str(&c->extra, name);
    out_str(&c->extra, S(": "));
    out_str(&c->extra, value);
    out_str(&c->extra, S("\r\n"));
}

/* "7" or W/"7" without its quotes; "" if it has none. */
static Str unquoted(Str tag)
{
    tag = str_trim(tag);
    if (str_starts(tag, S("W/"))) tag = (Str){ tag.s + 2, tag.n - 2 };
    if (tag.n < 2 || tag.s[0] != '"' || tag.s[tag.n - 1] != '"') return (Str){ 0 };
    return (Str){ tag.s + 1, tag.n - 2 };
}

void match_version(Ctx *c, int64_t version)
{
    int64_t seen = 0;
    if (!ok(c)) return;
    if (c->head.if_match.n == 0) fail(c, ERR_NEED_MATCH, (Str){ 0 });
    else if (!str_int(unquoted(c->head.if_match), &seen) || seen != version) {
        fail(c, ERR_STALE, c->head.if_match);
    }
}

void tag_version(Ctx *c, int64_t version)
{
    char tag[32];
    Out o = { .buf = tag, .cap = sizeof tag };
    if (!ok(c)) return;
    out_str(&o, S("\""));
    out_int(&o, version);
    out_str(&o, S("\""));
    header(c, S("ETag"), out_view(&o));
}

void ctx_again(Ctx *c)
{
    c->err = ERR_OK;
    c->bads = 0;
    c->bad = NULL;
    c->status = 204;
    c->out.len = c->extra.len = 0;
    c->out.full = c->extra.full = false;
}
