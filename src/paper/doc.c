#include "paper/doc.h"

static const Str line_separator = { "\xE2\x80\xA8", 3 };

static void put_text(Out *o, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char ch = (unsigned char)text.s[i];
        if (ch == '\n') out_str(o, line_separator);
        else if (ch < ' ' || ch == 127) out_str(o, S(" "));
        else out_str(o, (Str){ text.s + i, 1 });
    }
}

static void begin(Out *o, DocKind kind)
{
    char head[2] = { (char)kind, ' ' };
    out_str(o, (Str){ head, 2 });
}

void doc_line(Out *o, DocKind kind, Str text)
{
    begin(o, kind);
    put_text(o, text);
    out_str(o, S("\n"));
}

void doc_row(Out *o, DocKind kind, const Str *cell, size_t n)
{
    begin(o, kind);
    for (size_t i = 0; i < n; i++) {
        if (i) out_str(o, S("\t"));
        put_text(o, cell[i]);
    }
    out_str(o, S("\n"));
}

void doc_info(Out *o, const char *name, Str value)
{
    Str cell[2] = { str_of(name), value };
    doc_row(o, DOC_INFO, cell, 2);
}

#define IS_DOC(name, letter) || kind == (letter)
static bool known(int kind)
{
    return false DOC_KINDS(IS_DOC);
}
#undef IS_DOC

static bool read_cells(DocLine *line)
{
    Str rest = line->text;
    while (rest.n && line->cells < DOC_CELLS) {
        line->cell[line->cells++] = str_cut(&rest, '\t');
        bool tail = rest.n == 0 && rest.s && rest.s > line->text.s && rest.s[-1] == '\t';
        if (tail && line->cells < DOC_CELLS) line->cell[line->cells++] = (Str){ 0 };
    }
    return rest.n == 0;
}

static void take_info(DocInfo *info, const DocLine *line)
{
    const struct { const char *name; Str *to; } rows[] = {
        { "style", &info->style }, { "title", &info->title }, { "author", &info->author },
        { "number", &info->number }, { "date", &info->date }, { "code", &info->code }, { "url", &info->url },
        { "seal", &info->seal }, { "draft", &info->draft }, { "lang", &info->lang },
    };
    for (size_t i = 0; i < COUNT(rows) && line->cells == 2; i++) {
        if (str_eq(line->cell[0], str_of(rows[i].name))) *rows[i].to = line->cell[1];
    }
}

FootWords foot_words(const DocInfo *info, bool letter)
{
    bool english = str_eq(info->lang, S("en"));
    Str code = english ? S("Verification code ") : S("验真码 ");
    if (letter) return (FootWords){ S("— "), { 0 }, S(" —"), code };
    if (english) return (FootWords){ S("Page "), S(" of "), { 0 }, code };
    return (FootWords){ S("第 "), S(" 页　共 "), S(" 页"), code };
}

static size_t count_lines(Str source)
{
    size_t n = 0;
    for (size_t i = 0; i < source.n; i++) n += source.s[i] == '\n';
    return n + 1;
}

bool doc_read(Arena *mem, Str source, Doc *doc)
{
    size_t most = count_lines(source);
    *doc = (Doc){ 0 };
    if (most > DOC_LINES || source.n > DOC_MAX) return false;
    doc->line = NEW(mem, DocLine, most);
    while (source.n) {
        Str text = str_cut(&source, '\n');
        if (text.n == 0) continue;
        if (text.n < 2 || text.s[1] != ' ' || !known(text.s[0])) return false;
        DocLine *line = &doc->line[doc->n];
        *line = (DocLine){ .kind = (DocKind)text.s[0], .text = { text.s + 2, text.n - 2 } };
        if (!read_cells(line)) return false;
        if (line->kind == DOC_INFO) take_info(&doc->info, line);
        else doc->n++;
    }
    return true;
}
