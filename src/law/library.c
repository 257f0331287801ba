#include "law/library.h"

#include <stdlib.h>

static size_t lines_of(Str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++) n += text.s[i] == '\n';
    return n;
}

static Date day_cell(const Csv *csv, Str column, const char **fault)
{
    Str cell = csv_cell(csv, column);
    Date d = date_parse(cell);
    if (cell.n && d.day == 0) *fault = "not a day";
    return d;
}

/* NULL, or what is wrong with the row. */
static const char *read_law(LawHead *l, const Csv *csv)
{
    const char *fault = NULL;
    *l = (LawHead){
        .id = csv_cell(csv, S("law_id")), .title = csv_cell(csv, S("title")),
        .level = csv_cell(csv, S("level")),
        .doc_no = csv_cell(csv, S("doc_no")), .source = csv_cell(csv, S("text_source")),
        .aliases = csv_cell(csv, S("aliases")), .version = day_cell(csv, S("version_date"), &fault),
        .from = day_cell(csv, S("effective_date"), &fault), .to = day_cell(csv, S("effective_to"), &fault),
    };
    if (fault) return fault;
    if (l->id.n == 0 || l->title.n == 0 || l->level.n == 0) return "law_id, title, level: must not be empty";
    if (l->from.day == 0) return "effective_date: not a day";
    if (l->to.day && l->to.day < l->from.day) return "effective_to: before effective_date";
    if (!str_int(csv_cell(csv, S("article_count")), &l->articles)) return "article_count: not a number";
    return NULL;
}

const char *library_laws(Library *l, Arena *mem, const char *file, Str text)
{
    Csv csv;
    l->law = NEW(mem, LawHead, lines_of(text));
    l->laws = 0;
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        const char *fault = read_law(&l->law[l->laws++], &csv);
        if (fault) return csv_fault(&csv, file, fault);
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

static const char *read_article(LawArticle *a, const Csv *csv)
{
    const char *fault = NULL;
    *a = (LawArticle){
        .law = csv_cell(csv, S("law_id")), .no = csv_cell(csv, S("article_no")),
        .label = csv_cell(csv, S("article_label")), .chapter = csv_cell(csv, S("chapter")),
        .text = csv_cell(csv, S("text")),
        .from = day_cell(csv, S("from"), &fault), .to = day_cell(csv, S("to"), &fault),
    };
    Str number = a->no;
    if (fault) return fault;
    if (a->law.n == 0 || a->text.n == 0) return "law_id, text: must not be empty";
    if (!str_int(str_cut(&number, '-'), &a->number) || a->number < 1)
        return "article_no: not like 46 or 46-1";
    return a->to.day && a->to.day < a->from.day ? "to: before from" : NULL;
}

static int by_number(const void *a, const void *b)
{
    const LawArticle *x = a, *y = b;
    int order = str_cmp(x->law, y->law);
    if (order == 0) order = (x->number > y->number) - (x->number < y->number);
    if (order == 0) order = str_cmp(x->no, y->no);
    return order ? order : (x->from.day > y->from.day) - (x->from.day < y->from.day);
}

const char *library_articles(Library *l, Arena *mem, const char *file, Str text)
{
    Csv csv;
    l->article = NEW(mem, LawArticle, lines_of(text));
    l->articles = 0;
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        const char *fault = read_article(&l->article[l->articles++], &csv);
        if (fault) return csv_fault(&csv, file, fault);
    }
    qsort(l->article, l->articles, sizeof *l->article, by_number);
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const char *library_notices(Library *l, Arena *mem, const char *file, Str text)
{
    Csv csv;
    l->notice = NEW(mem, LawNotice, lines_of(text));
    l->notices = 0;
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        const char *fault = NULL;
        LawNotice *n = &l->notice[l->notices++];
        *n = (LawNotice){
            .law = csv_cell(&csv, S("law_id")), .no = csv_cell(&csv, S("article_no")),
            .kind = csv_cell(&csv, S("kind")),
            .passage = csv_cell(&csv, S("passage")), .zh = csv_cell(&csv, S("note_zh")),
            .en = csv_cell(&csv, S("note_en")), .basis = csv_cell(&csv, S("basis")),
            .from = day_cell(&csv, S("from"), &fault), .to = day_cell(&csv, S("to"), &fault),
        };
        bool whole = n->law.n && n->zh.n && n->basis.n;
        bool known = str_eq(n->kind, S("repealed")) || str_eq(n->kind, S("text"));
        if (!whole) fault = "law_id, note_zh, basis: must not be empty";
        if (!known) fault = "kind: neither repealed nor text";
        if (fault) return csv_fault(&csv, file, fault);
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const char *library_words(Library *l, Arena *mem, const char *file, Str text)
{
    Csv csv;
    l->word = NEW(mem, LawWord, lines_of(text));
    l->words = 0;
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        LawWord *w = &l->word[l->words++];
        *w = (LawWord){ csv_cell(&csv, S("word")), csv_cell(&csv, S("means")) };
        if (w->word.n == 0 || w->means.n == 0) return csv_fault(&csv, file, "word, means: must not be empty");
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const LawHead *library_law(const Library *l, Str id, Date on)
{
    const LawHead *found = NULL;
    for (size_t i = 0; i < l->laws; i++) {
        const LawHead *h = &l->law[i];
        if (!str_eq(h->id, id)) continue;
        if (in_force(h->from, h->to, on)) return h;
        if (!found || h->from.day > found->from.day) found = h;
    }
    return found;
}

LawSpan library_text(const Library *l, Str id)
{
    size_t low = 0, high = l->articles, n = 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (str_cmp(l->article[mid].law, id) < 0) low = mid + 1;
        else high = mid;
    }
    while (low + n < l->articles && str_eq(l->article[low + n].law, id)) n++;
    return (LawSpan){ n ? l->article + low : NULL, n };
}

const LawArticle *library_article(const Library *l, Str id, Str no, Date on)
{
    LawSpan span = library_text(l, id);
    for (size_t i = 0; i < span.n; i++) {
        const LawArticle *a = &span.row[i];
        if (str_eq(a->no, no) && in_force(a->from, a->to, on)) return a;
    }
    return NULL;
}
