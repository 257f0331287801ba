#include "case/7-archive/volume_sheet.h"

#include "law/law.h"

enum { VALUE_ROOM = 64 * 1024, LONG_TEXT = 900 };

void sheet_begin(Out *o, Str style, Str title, Str number)
{
    doc_info(o, "style", style);
    doc_info(o, "title", title);
    doc_line(o, DOC_TITLE, title);
    if (number.n) doc_line(o, DOC_NUMBER, number);
}

void sheet_pairs(Out *o)
{
    const Str widths[] = { S("26l"), S("74l") };
    doc_row(o, DOC_WIDTHS, widths, COUNT(widths));
}

void sheet_pair(Out *o, Str name, Str value)
{
    const Str cells[] = { name, value };
    doc_row(o, DOC_ROW, cells, COUNT(cells));
}

/* What a word of a code list says; words of the reference data by theirs. */
static Str label_of(Ctx *c, const Codes *codes, Str word)
{
    const Code *code = NULL;
    if (code_find(codes, word, &code) && code) return str_of(code->zh);
    const Cause *cause = cause_find(&c->law->causes, word, c->today);
    return cause ? cause->zh : word;
}

static void put_words(Ctx *c, Out *o, const Codes *codes, Str words)
{
    for (bool first = true; words.n; first = false) {
        if (!first) out_str(o, S("、"));
        out_str(o, label_of(c, codes, str_cut(&words, ' ')));
    }
}

/* 2026-05-01 09:30 */
static void put_time(Out *o, Time t)
{
    int minute = time_minute(t);
    if (t.s == 0) return;
    out_date(o, time_date(t));
    out_str(o, S(" "));
    out_pad(o, minute / 60, 2);
    out_str(o, S(":"));
    out_pad(o, minute % 60, 2);
}

static void put_value(Ctx *c, Out *o, const Field *fd, const void *at)
{
    Str text;
    switch (fd->kind) {
    case KIND_INT:   out_int(o, *(const int64_t *)at); break;
    case KIND_BOOL:  out_str(o, *(const bool *)at ? S("是") : S("否")); break;
    case KIND_DATE:  out_date(o, *(const Date *)at); break;
    case KIND_TIME:  put_time(o, *(const Time *)at); break;
    case KIND_MONEY: out_yuan(o, *(const Money *)at); out_str(o, S(" 元")); break;
    case KIND_TEXT:
        text = *(const Str *)at;
        if (fd->codes) put_words(c, o, fd->codes, text);
        else out_str(o, text);
        break;
    case KIND_ID: case KIND_LIST: break;
    }
}

/* "金额（分）" is what the program counts in; a sheet says yuan. */
static Str name_of(const Field *fd)
{
    Str name = str_of(fd->label), fen = S("（分）");
    bool money = fd->kind == KIND_MONEY && name.n > fen.n
              && str_eq((Str){ name.s + name.n - fen.n, fen.n }, fen);
    return money ? (Str){ name.s, name.n - fen.n } : name;
}

/* A row of a table stays on one page, so a long text stands by itself. */
static void put_pair(Out *o, Str name, Str value)
{
    if (value.n <= LONG_TEXT) {
        sheet_pair(o, name, value);
        return;
    }
    doc_line(o, DOC_HEAD, name);
    while (value.n) doc_line(o, DOC_PARA, str_cut(&value, '\n'));
    sheet_pairs(o);
}

/* What the program counts and links by says nothing to a reader. */
static bool is_shown(const Field *fd)
{
    Str name = str_of(fd->name), end = S("_ids");
    bool ids = name.n > end.n && str_eq((Str){ name.s + name.n - end.n, end.n }, end);
    bool ours = fd->rule & HIDDEN || ids || str_eq(name, S("version"));
    return !ours && fd->kind != KIND_ID && fd->kind != KIND_LIST;
}

void sheet_record(Ctx *c, Out *o, const Form *f, const void *row)
{
    sheet_pairs(o);
    for (size_t i = 0; i < f->n; i++) {
        const Field *fd = &f->field[i];
        if (!is_shown(fd) || !field_is_set(fd, row)) continue;
        Arena mem = *c->mem;
        Out value = { .buf = NEW(&mem, char, VALUE_ROOM), .cap = VALUE_ROOM };
        put_value(c, &value, fd, (const char *)row + fd->at);
        put_pair(o, name_of(fd), out_view(&value));
    }
    doc_line(o, DOC_SPACE, S("5"));
}

void sheet_records(Ctx *c, Out *o, const Form *f, Rows rows)
{
    for (size_t i = 0; i < rows.n; i++) sheet_record(c, o, f, (const char *)rows.at + i * f->size);
}
