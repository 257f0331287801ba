/* Filling: the body's lines, chosen and repeated, become the document's. */
#include "paper/template_value.h"

#include <stdio.h>

enum { LINES_MAX = 800, TEXT_MAX = 256 * 1024, SENTENCE = 300 };

typedef struct Work {
    Scope  scope;
    Str    line[LINES_MAX];
    size_t lines;
    Out    text;    /* one block, being filled */
    Out   *source;
} Work;

static const struct Sign {
    const char *sign;
    DocKind     kind;
} signs[] = {
    { "^", DOC_MARK }, { "=", DOC_TITLE }, { ":", DOC_NUMBER }, { "#", DOC_HEAD }, { ">", DOC_FLUSH },
    { "<", DOC_RIGHT }, { "*", DOC_CENTRE }, { "~", DOC_NOTE },
};

static DocKind kind_of(Str *line)
{
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (!str_starts(*line, str_of(signs[i].sign))) continue;
        *line = str_trim((Str){ line->s + 1, line->n - 1 });
        return signs[i].kind;
    }
    return DOC_PARA;
}

/* ---- lines that are text --------------------------------------------------------------- */

static void put_text(Work *w, Str line)
{
    DocKind kind = kind_of(&line);
    w->text.len = 0;
    value_text(&w->scope, line, &w->text);
    Str all = out_view(&w->text);
    bool flows = kind == DOC_PARA || kind == DOC_FLUSH;
    while (all.n) {
        Str part = flows ? str_trim(str_cut(&all, '\n')) : all;
        if (!flows) all = (Str){ 0 };
        if (part.n) doc_line(w->source, kind, part);
    }
}

/* The cell up to the next '|' outside ${…}. */
static Str cut_cell(Str *rest)
{
    size_t depth = 0;
    for (size_t i = 0; i < rest->n; i++) {
        char ch = rest->s[i];
        depth += ch == '{';
        depth -= ch == '}' && depth > 0;
        if (ch != '|' || depth) continue;
        Str cell = { rest->s, i };
        *rest = (Str){ rest->s + i + 1, rest->n - i - 1 };
        return str_trim(cell);
    }
    Str cell = *rest;
    *rest = (Str){ 0 };
    return str_trim(cell);
}

/* "| a | b |", "|= head | head |", "|% 20c 80 |", "_ left | right". */
static void put_cells(Work *w, Str line, DocKind kind)
{
    Str cell[DOC_CELLS];
    size_t n = 0, from[DOC_CELLS + 1];
    w->text.len = 0;
    while (line.n && n < DOC_CELLS) {
        from[n++] = w->text.len;
        value_text(&w->scope, cut_cell(&line), &w->text);
    }
    from[n] = w->text.len;
    for (size_t i = 0; i < n; i++) cell[i] = (Str){ w->text.buf + from[i], from[i + 1] - from[i] };
    doc_row(w->source, kind, cell, n);
}

static void put_widths(Work *w, Str line)
{
    Str cell[DOC_CELLS];
    size_t n = 0;
    while (line.n && n < DOC_CELLS) {
        Str width = str_cut(&line, ' ');
        if (width.n && !str_eq(width, S("|"))) cell[n++] = width;
    }
    doc_row(w->source, DOC_WIDTHS, cell, n);
}

static Str after(Str line, size_t n)
{
    Str rest = str_trim((Str){ line.s + n, line.n - n });
    bool closed = rest.n && rest.s[rest.n - 1] == '|';
    return closed ? (Str){ rest.s, rest.n - 1 } : rest;
}

static void put_line(Work *w, Str line)
{
    if (str_starts(line, S("|%"))) put_widths(w, after(line, 2));
    else if (str_starts(line, S("|="))) put_cells(w, after(line, 2), DOC_HROW);
    else if (str_starts(line, S("|"))) put_cells(w, after(line, 1), DOC_ROW);
    else if (str_starts(line, S("_"))) put_cells(w, str_trim((Str){ line.s + 1, line.n - 1 }), DOC_SIGN);
    else put_text(w, line);
}

/* ---- lines that choose and repeat ------------------------------------------------------ */

static bool opens(Str line)
{
    return str_starts(line, S("@if ")) || str_starts(line, S("@each "));
}

/* The @end of the block at `at`, its @else between; lines if there is none. */
static size_t end_of(const Work *w, size_t at, size_t *otherwise)
{
    size_t depth = 1, i = at + 1;
    *otherwise = 0;
    for (; i < w->lines; i++) {
        if (opens(w->line[i])) depth++;
        if (depth == 1 && str_eq(w->line[i], S("@else"))) *otherwise = i;
        if (str_eq(w->line[i], S("@end")) && --depth == 0) break;
    }
    return i;
}

/* "not source.field", "source.field = WORD". */
static bool is_true(Work *w, Str condition)
{
    bool no = str_starts(condition, S("not "));
    if (no) condition = str_trim((Str){ condition.s + 4, condition.n - 4 });
    bool compares = str_has(condition, S("="));
    Str name = str_trim(str_cut(&condition, '='));
    if (!compares) return value_is_set(&w->scope, name) != no;
    return str_eq(value_word(&w->scope, name), str_trim(condition)) != no;
}

static void run(Work *w, size_t from, size_t to);

/* "@each owings where owings.late": the rows for which that is so. */
static void run_each(Work *w, Str what, size_t from, size_t to)
{
    Scope *s = &w->scope;
    Str source = str_cut(&what, ' ');
    const Form *form;
    Rows rows = value_rows(s, source, &form);
    bool where = str_starts(what, S("where "));
    Str condition = where ? str_trim((Str){ what.s + 6, what.n - 6 }) : (Str){ 0 };
    if (!form || s->loops == LOOPS_MAX) return;
    Loop *loop = &s->loop[s->loops++];
    *loop = (Loop){ .source = source, .form = form };
    for (size_t i = 0; i < rows.n && ok(s->c); i++) {
        loop->row = (const char *)rows.at + i * form->size;
        if (where && !is_true(w, condition)) continue;
        loop->number++;
        run(w, from, to);
    }
    s->loops--;
}

/* "@picture 40 ${marks.picture}": so many millimetres wide; no picture is nothing. */
static void put_picture(Work *w, Str line)
{
    Str cell[2] = { { 0 }, str_cut(&line, ' ') };
    w->text.len = 0;
    value_text(&w->scope, str_trim(line), &w->text);
    cell[0] = out_view(&w->text);
    if (cell[0].n) doc_row(w->source, DOC_PICTURE, cell, 2);
}

/* "@hands 42 ${hands.left} | ${hands.right}": the same in the columns of a signature block. */
static void put_hands(Work *w, Str line)
{
    Str cell[3] = { { 0 }, { 0 }, str_cut(&line, ' ') };
    w->text.len = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t from = w->text.len;
        value_text(&w->scope, str_trim(str_cut(&line, '|')), &w->text);
        cell[i] = (Str){ w->text.buf + from, w->text.len - from };
    }
    if (cell[0].n + cell[1].n) doc_row(w->source, DOC_HANDS, cell, 3);
}

static void put_mark(Work *w, Str line)
{
    static const struct { const char *word; DocKind kind; } marks[] = {
        { "@keep", DOC_GROUP }, { "@kept", DOC_END }, { "@seal", DOC_SEAL }, { "@page", DOC_PAGE },
        { "@rule", DOC_RULE }, { "@space", DOC_SPACE },
    };
    Str word = str_cut(&line, ' ');
    if (str_eq(word, S("@picture"))) put_picture(w, line);
    if (str_eq(word, S("@hands"))) put_hands(w, line);
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (str_eq(word, str_of(marks[i].word))) doc_line(w->source, marks[i].kind, line);
    }
}

static void run(Work *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        Str line = w->line[i];
        size_t otherwise, end;
        if (!opens(line)) {
            if (str_starts(line, S("@"))) put_mark(w, line);
            else if (line.n) put_line(w, line);
            continue;
        }
        end = end_of(w, i, &otherwise);
        Str what = line;
        Str word = str_cut(&what, ' ');
        what = str_trim(what);
        if (str_eq(word, S("@each"))) run_each(w, what, i + 1, end);
        else if (is_true(w, what)) run(w, i + 1, otherwise ? otherwise : end);
        else if (otherwise) run(w, otherwise + 1, end);
        i = end;
    }
}

static void split(Work *w, Str body)
{
    while (body.n && w->lines < LINES_MAX) {
        Str line = str_trim(str_cut(&body, '\n'));
        w->line[w->lines++] = line.n && line.s[0] == '%' ? (Str){ 0 } : line;
    }
}

void template_fill(Ctx *c, const Template *t, const Facts *facts, Filled *f)
{
    Work *w = NEW(c->mem, Work, 1);
    w->scope = (Scope){ .c = c, .facts = facts, .filled = f };
    w->text = (Out){ .buf = NEW(c->mem, char, TEXT_MAX), .cap = TEXT_MAX };
    w->source = &f->source;
    split(w, t->body);
    run(w, 0, w->lines);
    if (w->text.full || f->source.full) fail(c, ERR_TOO_LARGE, t->title);
}

void template_text(Ctx *c, Str text, const Facts *facts, Out *o)
{
    Scope s = { .c = c, .facts = facts };
    value_text(&s, text, o);
}

/* ---- what is wrong with one ------------------------------------------------------------ */

typedef struct Check {
    const Facts    *facts;
    const Template *t;
    const char     *what;
    Str             where;
    int             depth;
} Check;

static void found(Check *k, const char *what, Str where)
{
    if (k->what) return;
    k->what = what;
    k->where = where;
}

static void check_name(Check *k, Str name)
{
    Str whole = name, source = str_cut(&name, '.');
    bool asked = false;
    if (str_eq(source, S("ask"))) {
        for (size_t i = 0; i < k->t->asks; i++) asked |= str_eq(k->t->ask[i].name, name);
        if (!asked) found(k, "asks for what the head does not name", whole);
        return;
    }
    const Form *f = k->facts->form(k->facts->self, source);
    if (!f) found(k, "no such source", whole);
    else if (name.n && !form_find(f, name)) found(k, "no such field", whole);
}

static void check_text(Check *k, Str text)
{
    Expression e;
    Str plain;
    while (expression_next(&text, &plain, &e)) {
        if (str_eq(e.source, S("#"))) continue;
        Str whole = { e.source.s, e.source.n + 1 + e.field.n };
        if (e.field.n == 0) found(k, "a value is source.field", e.source);
        else check_name(k, whole);
        if (!format_known(k->facts, e.format)) found(k, "no such format", e.format);
        check_text(k, e.otherwise);
    }
    if (str_has(plain, S("${"))) found(k, "${ without }", plain);
}

static void check_condition(Check *k, Str condition)
{
    if (str_starts(condition, S("not "))) condition = str_trim((Str){ condition.s + 4, condition.n - 4 });
    check_name(k, str_trim(str_cut(&condition, '=')));
}

static void check_mark(Check *k, Str line)
{
    static const char *const alone[] = {
        "@keep", "@kept", "@seal", "@page", "@rule", "@space", "@else", "@end", "@picture",
        "@hands",
    };
    Str what = line, word = str_cut(&what, ' ');
    what = str_trim(what);
    k->depth += opens(line);
    k->depth -= str_eq(word, S("@end"));
    if (k->depth < 0) found(k, "@end without a beginning", line);
    if (str_eq(word, S("@if"))) check_condition(k, what);
    if (str_eq(word, S("@picture")) || str_eq(word, S("@hands"))) check_text(k, what);
    if (str_eq(word, S("@each"))) {
        check_name(k, str_cut(&what, ' '));
        if (str_starts(what, S("where "))) check_condition(k, str_trim((Str){ what.s + 6, what.n - 6 }));
    }
    bool known = opens(line);
    for (size_t i = 0; i < COUNT(alone); i++) known |= str_eq(word, str_of(alone[i]));
    if (!known) found(k, "no such mark", word);
}

const char *template_check(Arena *mem, const Template *t, const Facts *facts)
{
    Check k = { .facts = facts, .t = t };
    Str body = t->body;
    int line = t->line;
    for (size_t i = 0; i < t->asks; i++) check_text(&k, t->ask[i].otherwise);
    while (body.n && !k.what) {
        Str text = str_trim(str_cut(&body, '\n'));
        line++;
        if (text.n == 0 || text.s[0] == '%') continue;
        if (text.s[0] == '@') check_mark(&k, text);
        else check_text(&k, text);
    }
    if (k.depth && !k.what) found(&k, "@end is missing", t->title);
    if (!k.what) return NULL;
    char *say = NEW(mem, char, SENTENCE);
    (void)snprintf(say, SENTENCE, "line %d: %s: %.*s", line, k.what, (int)(k.where.n < 200 ? k.where.n : 200),
                   k.where.s ? k.where.s : "");
    return say;
}
