#include "paper/docx_fill.h"

#include "paper/template_value.h"
#include "paper/zip_out.h"

#include <zip.h>

enum { ENTRIES_MAX = 200, UNPACKED_MAX = 24 << 20, PART_MAX = 4 << 20 };

/* ---- the parts of the ZIP ------------------------------------------------------------------- */

typedef struct Parts {
    ZipEntry entry[ENTRIES_MAX];
    size_t   n;
    const char *why;
} Parts;

static void read_part(Parts *p, Arena *mem, zip_t *zip, zip_uint64_t at)
{
    zip_stat_t stat;
    zip_file_t *file = NULL;
    p->why = "cannot be read";
    if (zip_stat_index(zip, at, 0, &stat) == 0) file = zip_fopen_index(zip, at, 0);
    if (!file) return;
    char *bytes = NEW(mem, char, stat.size + 1);
    bool good = zip_fread(file, bytes, stat.size) == (zip_int64_t)stat.size;
    (void)zip_fclose(file);
    ZipEntry *e = &p->entry[p->n++];
    *e = (ZipEntry){ str_c(mem, str_of(stat.name)), { bytes, stat.size } };
    if (good) p->why = NULL;
    if (str_has(str_of(e->name), S("vbaProject"))) p->why = "has macros";
    if (str_has(str_of(e->name), S(".xml")) && str_has(e->bytes, S("<!DOCTYPE"))) p->why = "has a DTD";
}

/* What is claimed of its sizes, before anything is unpacked. */
static const char *too_much(zip_t *zip)
{
    zip_int64_t n = zip_get_num_entries(zip, 0);
    zip_uint64_t sum = 0;
    if (n <= 0 || n > ENTRIES_MAX) return "has too many parts";
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t stat;
        bool good = zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) == 0;
        if (!good || stat.size > UNPACKED_MAX) return "is too large";
        sum += stat.size;
    }
    return sum > UNPACKED_MAX ? "is too large" : NULL;
}

static bool read_parts(Parts *p, Arena *mem, Str bytes)
{
    bool document = false;
    zip_source_t *source = zip_source_buffer_create(bytes.s, bytes.n, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    *p = (Parts){ .why = zip ? too_much(zip) : "is no DOCX" };
    if (source && !zip) zip_source_free(source);
    zip_int64_t n = zip && !p->why ? zip_get_num_entries(zip, 0) : 0;
    for (zip_int64_t i = 0; i < n && !p->why; i++) read_part(p, mem, zip, (zip_uint64_t)i);
    for (size_t i = 0; i < p->n; i++) document |= str_eq(str_of(p->entry[i].name), S("word/document.xml"));
    if (zip) zip_discard(zip);
    if (!p->why && !document) p->why = "is no DOCX";
    return !p->why;
}

const char *docx_refuses(Arena *mem, Str bytes)
{
    Parts *p = NEW(mem, Parts, 1);
    return read_parts(p, mem, bytes) ? NULL : p->why;
}

/* ---- one XML part ------------------------------------------------------------------------------ */

typedef struct Work {
    Scope scope;
    Out   o, text, plain; /* the part; a paragraph's text filled, and before */
} Work;

static const struct { const char *name, *sign; } entities[] = {
    { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&apos;", "'" },
};

static void put_plain(Out *o, Str xml)
{
    for (size_t i = 0; i < xml.n; i++) {
        Str rest = { xml.s + i, xml.n - i };
        Str sign = { xml.s + i, 1 };
        for (size_t k = 0; k < COUNT(entities) && xml.s[i] == '&'; k++) {
            Str name = str_of(entities[k].name);
            if (!str_starts(rest, name)) continue;
            sign = str_of(entities[k].sign);
            i += name.n - 1;
            break;
        }
        out_str(o, sign);
    }
}

static void put_xml(Out *o, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        Str sign = { text.s + i, 1 };
        if (text.s[i] == '&') sign = S("&amp;");
        else if (text.s[i] == '<') sign = S("&lt;");
        else if (text.s[i] == '>') sign = S("&gt;");
        else if (text.s[i] == '\n') sign = S("</w:t><w:br/><w:t xml:space=\"preserve\">");
        out_str(o, sign);
    }
}

/* Splits off what lies before `mark`; false: it is not there. */
static bool cut_at(Str *rest, Str mark, Str *head)
{
    for (size_t i = 0; i + mark.n <= rest->n; i++) {
        if (rest->s[i] != mark.s[0] || !str_eq((Str){ rest->s + i, mark.n }, mark)) continue;
        *head = (Str){ rest->s, i };
        *rest = (Str){ rest->s + i, rest->n - i };
        return true;
    }
    *head = *rest;
    *rest = (Str){ 0 };
    return false;
}

/* From "<w:t>" or "<w:t xml:space…>" (not <w:tab/>): the text; *rest follows </w:t>. */
static bool cut_text(Str *rest, Str *before, Str *text)
{
    Str from = *rest, head;
    while (cut_at(rest, S("<w:t"), &head)) {
        char next = (char)(rest->n > 4 ? rest->s[4] : 0);
        if (next == '>' || next == ' ') {
            *before = (Str){ from.s, (size_t)(rest->s - from.s) };
            (void)cut_at(rest, S(">"), &head);
            *rest = (Str){ rest->s + 1, rest->n - 1 };
            (void)cut_at(rest, S("</w:t>"), text);
            *rest = rest->n ? (Str){ rest->s + 6, rest->n - 6 } : *rest;
            return true;
        }
        *rest = (Str){ rest->s + 4, rest->n - 4 };
    }
    *before = from;
    return false;
}

static Str text_of(Out *o, Str xml)
{
    Str before, text;
    o->len = 0;
    while (cut_text(&xml, &before, &text)) put_plain(o, text);
    return out_view(o);
}

/* The paragraph with all its text in its first run. */
static void put_paragraph(Work *w, Str xml)
{
    Str before, text, all = text_of(&w->plain, xml);
    if (!str_has(all, S("${"))) {
        out_str(&w->o, xml);
        return;
    }
    w->text.len = 0;
    value_text(&w->scope, all, &w->text);
    for (bool first = true; cut_text(&xml, &before, &text); first = false) {
        out_str(&w->o, before);
        out_str(&w->o, S("<w:t xml:space=\"preserve\">"));
        if (first) put_xml(&w->o, out_view(&w->text));
        out_str(&w->o, S("</w:t>"));
    }
    out_str(&w->o, before);
}

static void put_paragraphs(Work *w, Str xml)
{
    Str head;
    while (cut_at(&xml, S("<w:p"), &head)) {
        out_str(&w->o, head);
        char next = (char)(xml.n > 4 ? xml.s[4] : 0);
        Str paragraph = { xml.s, 4 };
        if (next == '>' || next == ' ') {
            (void)cut_at(&xml, S("</w:p>"), &paragraph);
            put_paragraph(w, paragraph);
        } else {
            out_str(&w->o, paragraph);
            xml = (Str){ xml.s + 4, xml.n - 4 };
        }
    }
    out_str(&w->o, head);
}

/* "${each claims}": the source; "" if the row is not to be repeated. */
static Str each_of(Work *w, Str row)
{
    Str all = text_of(&w->plain, row), head;
    if (!cut_at(&all, S("${each "), &head)) return (Str){ 0 };
    all = (Str){ all.s + 7, all.n - 7 };
    return str_copy(w->scope.c->mem, str_trim(str_cut(&all, '}')));
}

static void put_row(Work *w, Str xml)
{
    Scope *s = &w->scope;
    const Form *form = NULL;
    Str source = each_of(w, xml);
    Rows rows = source.n ? value_rows(s, source, &form) : (Rows){ 0 };
    if (!form || s->loops == LOOPS_MAX) {
        put_paragraphs(w, xml);
        return;
    }
    Loop *loop = &s->loop[s->loops++];
    *loop = (Loop){ .source = source, .form = form };
    for (size_t i = 0; i < rows.n; i++) {
        loop->row = (const char *)rows.at + i * form->size;
        loop->number = (int64_t)i + 1;
        put_paragraphs(w, xml);
    }
    s->loops--;
}

static Str fill_part(Work *w, Str xml)
{
    Str head, row;
    w->o = (Out){ .buf = NEW(w->scope.c->mem, char, PART_MAX), .cap = PART_MAX };
    while (cut_at(&xml, S("<w:tr"), &head)) {
        put_paragraphs(w, head);
        (void)cut_at(&xml, S("</w:tr>"), &row);
        put_row(w, row);
    }
    put_paragraphs(w, head);
    return out_view(&w->o);
}

static bool is_text_part(Str name)
{
    bool word = str_starts(name, S("word/")) && str_has(name, S(".xml")) && !str_has(name, S("_rels"));
    return word && (str_has(name, S("document")) || str_has(name, S("header")) || str_has(name, S("footer")));
}

bool docx_fill(Ctx *c, Str bytes, const Facts *facts, Filled *f, Str *filled)
{
    Parts *p = NEW(c->mem, Parts, 1);
    Work w = { .scope = { .c = c, .facts = facts, .filled = f } };
    if (!ok(c)) return false;
    w.text = (Out){ .buf = NEW(c->mem, char, PART_MAX / 4), .cap = PART_MAX / 4 };
    w.plain = (Out){ .buf = NEW(c->mem, char, PART_MAX / 4), .cap = PART_MAX / 4 };
    if (!read_parts(p, c->mem, bytes)) return fail(c, ERR_BAD_TYPE, str_of(p->why));
    for (size_t i = 0; i < p->n && ok(c); i++) {
        ZipEntry *e = &p->entry[i];
        if (is_text_part(str_of(e->name))) e->bytes = fill_part(&w, e->bytes);
        if (w.o.full || w.text.full || w.plain.full) fail(c, ERR_TOO_LARGE, S("docx"));
    }
    return ok(c) && (zip_make(c->mem, p->entry, p->n, filled) || fail(c, ERR_TOO_LARGE, S("docx")));
}

/* ---- what it asks for ----------------------------------------------------------------------- */

static void note_paragraphs(Work *w, Str xml)
{
    Str head;
    while (cut_at(&xml, S("<w:p"), &head)) {
        char next = (char)(xml.n > 4 ? xml.s[4] : 0);
        Str paragraph = { 0 };
        if (next == '>' || next == ' ') (void)cut_at(&xml, S("</w:p>"), &paragraph);
        else xml = (Str){ xml.s + 4, xml.n - 4 };
        Str all = text_of(&w->plain, paragraph), mark = { 0 };
        if (str_has(all, S("${each ")) && cut_at(&all, S("${each "), &mark)) (void)str_cut(&all, '}');
        if (!str_has(all, S("${"))) continue;
        out_str(&w->o, all);
        out_str(&w->o, S("\n"));
    }
}

static void note_part(Work *w, Str xml)
{
    Str head, row;
    while (cut_at(&xml, S("<w:tr"), &head)) {
        note_paragraphs(w, head);
        (void)cut_at(&xml, S("</w:tr>"), &row);
        Str source = each_of(w, row);
        const Str each[] = { S("@each "), source, S("\n") };
        for (size_t i = 0; i < COUNT(each) && source.n; i++) out_str(&w->o, each[i]);
        note_paragraphs(w, row);
        if (source.n) out_str(&w->o, S("@end\n"));
    }
    note_paragraphs(w, head);
}

bool docx_texts(Ctx *c, Str bytes, Str *text)
{
    Parts *p = NEW(c->mem, Parts, 1);
    Work w = { .scope = { .c = c } };
    w.plain = (Out){ .buf = NEW(c->mem, char, PART_MAX / 4), .cap = PART_MAX / 4 };
    w.o = (Out){ .buf = NEW(c->mem, char, PART_MAX), .cap = PART_MAX };
    if (!read_parts(p, c->mem, bytes)) return fail(c, ERR_BAD_TYPE, str_of(p->why));
    for (size_t i = 0; i < p->n; i++) {
        if (is_text_part(str_of(p->entry[i].name))) note_part(&w, p->entry[i].bytes);
    }
    *text = out_view(&w.o);
    return (!w.o.full && !w.plain.full) || fail(c, ERR_TOO_LARGE, S("docx"));
}
