#include "paper/template_value.h"

#include "paper/chinese.h"

#include <string.h>

enum { WORD_MAX = 256 };

/* ---- parsing --------------------------------------------------------------------------- */

static Expression parse(Str text)
{
    Expression e = { 0 };
    Str head = str_cut(&text, '|');
    e.otherwise = text;
    head = str_trim(head);
    e.must = head.n && head.s[head.n - 1] == '!';
    if (e.must) head.n--;
    Str name = str_cut(&head, ':');
    e.format = head;
    e.source = str_cut(&name, '.');
    e.field = name;
    return e;
}

/* Up to the brace that closes: an otherwise may have values of its own. */
static Str cut_braces(Str *rest)
{
    size_t depth = 1, i = 0;
    for (; i < rest->n; i++) {
        depth += rest->s[i] == '{';
        depth -= rest->s[i] == '}';
        if (depth == 0) break;
    }
    Str inside = { rest->s, i };
    size_t taken = i < rest->n ? i + 1 : i;
    *rest = (Str){ rest->s + taken, rest->n - taken };
    return inside;
}

bool expression_next(Str *text, Str *plain, Expression *e)
{
    for (size_t i = 0; i + 1 < text->n; i++) {
        if (text->s[i] != '$' || text->s[i + 1] != '{') continue;
        *plain = (Str){ text->s, i };
        Str rest = { text->s + i + 2, text->n - i - 2 };
        *e = parse(cut_braces(&rest));
        *text = rest;
        return true;
    }
    *plain = *text;
    *text = (Str){ 0 };
    return false;
}

static const char *const formats[] = { "", "capital", "iso", "box", "ordinal", "all", "sum", "sumcapital", "day",
                                      "month" };

bool format_known(const Facts *facts, Str format)
{
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (str_eq(format, str_of(formats[i]))) return true;
    }
    return facts->named(facts->self, NULL, format, (Str){ 0 }).s != NULL;
}

/* ---- writing one value ----------------------------------------------------------------- */

static Str code_label(Scope *s, const Codes *codes, Str word)
{
    const Code *code = NULL;
    bool known = codes->row && code_find(codes, word, &code) && code;
    if (known) return str_of(code->zh);
    Str name = s->facts->named(s->facts->self, s->c, str_of(codes->name), word);
    return name.n ? name : word;
}

static void put_words(Scope *s, const Field *fd, Str format, Str words, Out *o)
{
    bool many = (fd->rule & MANY) != 0, first = true;
    while (words.n) {
        Str word = many ? str_cut(&words, ' ') : words;
        if (!many) words = (Str){ 0 };
        if (!first) out_str(o, S("、"));
        first = false;
        Str name = format.n ? s->facts->named(s->facts->self, s->c, format, word) : (Str){ 0 };
        if (name.n) out_str(o, name);
        else out_str(o, fd->codes ? code_label(s, fd->codes, word) : word);
    }
}

static void put_int(Out *o, Str format, int64_t n)
{
    if (str_eq(format, S("ordinal"))) out_ordinal(o, n);
    else if (str_eq(format, S("month"))) out_chinese_month(o, n);
    else out_int(o, n);
}

static void put_flag(Out *o, Str format, bool yes)
{
    if (str_eq(format, S("box"))) out_str(o, yes ? S("☑") : S("□"));
    else out_str(o, yes ? S("是") : S("否"));
}

static void put_date(Out *o, Str format, Date d)
{
    if (str_eq(format, S("iso"))) out_date(o, d);
    else out_chinese_date(o, d);
}

static void put_time(Out *o, Str format, Time t)
{
    if (str_eq(format, S("day"))) out_chinese_date(o, time_date(t));
    else out_chinese_time(o, t);
}

static void put_money(Out *o, Str format, Money m)
{
    if (str_eq(format, S("capital"))) out_capital(o, m);
    else out_thousands(o, m);
}

static void put_value(Scope *s, const Field *fd, const void *row, Str format, Out *o)
{
    const void *at = (const char *)row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   put_int(o, format, *(const int64_t *)at); break;
    case KIND_BOOL:  put_flag(o, format, *(const bool *)at); break;
    case KIND_DATE:  put_date(o, format, *(const Date *)at); break;
    case KIND_TIME:  put_time(o, format, *(const Time *)at); break;
    case KIND_MONEY: put_money(o, format, *(const Money *)at); break;
    case KIND_TEXT:  put_words(s, fd, format, *(const Str *)at, o); break;
    case KIND_ID:    out_int(o, ((const Id *)at)->n); break;
    case KIND_LIST:  out_int(o, (int64_t)((const Rows *)at)->n); break;
    }
}

/* ---- looking up ------------------------------------------------------------------------ */

static const Loop *loop_of(const Scope *s, Str source)
{
    for (size_t i = s->loops; i-- > 0;) {
        if (str_eq(s->loop[i].source, source)) return &s->loop[i];
    }
    return NULL;
}

Rows value_rows(Scope *s, Str source, const Form **form)
{
    const Loop *loop = loop_of(s, source);
    *form = loop ? loop->form : s->facts->form(s->facts->self, source);
    if (loop) {
        const void *row = loop->row;
        Rows one = { .n = 1 };
        memcpy(&one.at, &row, sizeof row); /* Rows has no const */
        return one;
    }
    return *form ? s->facts->rows(s->facts->self, s->c, source) : (Rows){ 0 };
}

static const void *row_at(const Form *f, Rows rows, size_t i)
{
    return (const char *)rows.at + i * f->size;
}

static bool is_empty_money(const Field *fd, const void *row)
{
    return fd->kind == KIND_MONEY && ((const Money *)((const char *)row + fd->at))->fen == 0;
}

/* A number 0 and "no" are values; what is not there is not. */
static bool has_value(const Field *fd, const void *row)
{
    bool always = fd->kind == KIND_INT || fd->kind == KIND_BOOL;
    return always || (field_is_set(fd, row) && !is_empty_money(fd, row));
}

static void put_all(Scope *s, const Form *f, const Field *fd, Rows rows, Out *o)
{
    for (size_t i = 0; i < rows.n; i++) {
        if (i) out_str(o, S("、"));
        put_value(s, fd, row_at(f, rows, i), (Str){ 0 }, o);
    }
}

static void put_sum(const Form *f, const Field *fd, Rows rows, bool capital, Out *o)
{
    Money sum = { 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const void *at = (const char *)row_at(f, rows, i) + fd->at;
        if (fd->kind == KIND_MONEY) sum.fen += ((const Money *)at)->fen;
    }
    if (capital) out_capital(o, sum);
    else out_thousands(o, sum);
}

/* The value as text, in o; false: there is none. */
static bool put_field(Scope *s, const Expression *e, Out *o)
{
    const Form *f;
    Rows rows = value_rows(s, e->source, &f);
    const Field *fd = f ? form_find(f, e->field) : NULL;
    if (!fd || rows.n == 0) return false;
    bool capital = str_eq(e->format, S("sumcapital"));
    if (capital || str_eq(e->format, S("sum"))) {
        put_sum(f, fd, rows, capital, o);
        return true;
    }
    const void *row = row_at(f, rows, rows.n - 1);
    if (str_eq(e->format, S("all"))) put_all(s, f, fd, rows, o);
    else if (has_value(fd, row)) put_value(s, fd, row, e->format, o);
    else return false;
    return true;
}

static const Field *field_of(Scope *s, const Expression *e)
{
    const Loop *loop = loop_of(s, e->source);
    const Form *f = loop ? loop->form : s->facts->form(s->facts->self, e->source);
    return f ? form_find(f, e->field) : NULL;
}

static void add_lack(Scope *s, const Expression *e)
{
    Filled *f = s->filled;
    const Field *fd = field_of(s, e);
    Out path = { .buf = NEW(s->c->mem, char, WORD_MAX), .cap = WORD_MAX };
    out_str(&path, e->source);
    out_str(&path, S("."));
    out_str(&path, e->field);
    for (size_t i = 0; i < f->lacks; i++) {
        if (str_eq(f->lack[i].path, out_view(&path))) return;
    }
    if (f->lacks == LACKS_MAX) return;
    Lack lack = { out_view(&path), e->field, e->field };
    if (fd) lack = (Lack){ lack.path, str_of(fd->label), str_of(fd->en) };
    f->lack[f->lacks++] = lack;
}

/* What a person answered, as typed; a month of "2026-05" as papers write it. */
static void put_answer(Str answer, Str format, Out *o)
{
    Str rest = answer;
    int64_t year = 0, month = 0;
    bool number = str_int(str_cut(&rest, '-'), &year) && str_int(rest, &month);
    bool is_month = number && str_eq(format, S("month"));
    if (is_month) out_chinese_month(o, year * 100 + month);
    else out_str(o, answer);
}

static void put_expression(Scope *s, const Expression *e, Out *o)
{
    size_t before = o->len;
    if (str_eq(e->source, S("#")) && s->loops) out_int(o, s->loop[s->loops - 1].number);
    else if (str_eq(e->source, S("ask"))) put_answer(s->facts->ask(s->facts->self, e->field), e->format, o);
    else (void)put_field(s, e, o);
    if (o->len != before) return;
    bool asked = str_eq(e->source, S("ask")); /* who asks names what was not answered */
    if (e->must && s->filled && !asked) add_lack(s, e);
    value_text(s, e->otherwise, o);
}

/* A template breaks a line by \n. */
static void put_plain(Out *o, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool broken = text.s[i] == '\\' && i + 1 < text.n && text.s[i + 1] == 'n';
        out_str(o, broken ? S("\n") : (Str){ text.s + i, 1 });
        i += broken;
    }
}

void value_text(Scope *s, Str text, Out *o)
{
    Expression e;
    Str plain;
    while (expression_next(&text, &plain, &e)) {
        put_plain(o, plain);
        put_expression(s, &e, o);
    }
    put_plain(o, plain);
}

Str value_word(Scope *s, Str name)
{
    Str source = str_cut(&name, '.');
    const Form *f;
    if (str_eq(source, S("ask"))) return s->facts->ask(s->facts->self, name);
    Rows rows = value_rows(s, source, &f);
    const Field *fd = f ? form_find(f, name) : NULL;
    if (!fd || rows.n == 0) return (Str){ 0 };
    const char *at = (const char *)row_at(f, rows, rows.n - 1) + fd->at;
    if (fd->kind == KIND_TEXT) return *(const Str *)(const void *)at;
    Out o = { .buf = NEW(s->c->mem, char, WORD_MAX), .cap = WORD_MAX };
    if (fd->kind == KIND_INT) out_int(&o, *(const int64_t *)(const void *)at);
    return out_view(&o);
}

bool value_is_set(Scope *s, Str name)
{
    Str source = str_cut(&name, '.');
    const Form *f;
    if (str_eq(source, S("ask"))) return s->facts->ask(s->facts->self, name).n > 0;
    Rows rows = value_rows(s, source, &f);
    if (name.n == 0 || rows.n == 0) return rows.n > 0;
    const Field *fd = f ? form_find(f, name) : NULL;
    return fd && field_is_set(fd, row_at(f, rows, rows.n - 1));
}
