/*
** Searching the texts: 0.7 MB are read through, which takes less than a
** millisecond, so there is no index to keep.  A text that names an article gets
** it first, one that names a law all of it.  Who searches says 代通知金 or 社保;
** data/laws/words.csv has what the texts say.
*/
#include "core/limits.h"
#include "register/library/library.h"

enum { WORDS = 6, USUAL = 20, AROUND = 240 };

typedef struct LawFind {
    Str     q, law;
    Date    on;
    int64_t limit, after;
} LawFind;
static const Field find_fields[] = {
    FIELD(LawFind, q,     .label = "检索词", .en = "words, or an article", .rule = REQUIRED, .min = 1, .max = 60),
    FIELD(LawFind, law,   .label = "限于",   .en = "in this law only", .max = 20),
    FIELD(LawFind, on,    .label = "日期",   .en = "the texts of this day"),
    FIELD(LawFind, after, .label = "下一页", .en = "`next` of the page before"),
    FIELD(LawFind, limit, .label = "每页",   .en = "hits a page", .max = PAGE_MAX),
};
const Form law_find_form = FORM(LawFind, find_fields);

typedef struct LawHit {
    Str  law, title, article, label, chapter, passage, href;
    bool named; /* the article was asked for by its number */
} LawHit;
static const Field hit_fields[] = {
    FIELD(LawHit, law,     .label = "法律",   .en = "law"),
    FIELD(LawHit, title,   .label = "名称",   .en = "title"),
    FIELD(LawHit, article, .label = "条",     .en = "article"),
    FIELD(LawHit, label,   .label = "条名",   .en = "what it is called"),
    FIELD(LawHit, chapter, .label = "章节",   .en = "chapter"),
    FIELD(LawHit, passage, .label = "所在语句", .en = "the sentence"),
    FIELD(LawHit, named,   .label = "按条号", .en = "asked for by its number"),
    FIELD(LawHit, href,    .label = "链接",   .en = "its stable link"),
};
const Form law_hit_form = FORM(LawHit, hit_fields);

typedef struct Word {
    Str said, means; /* one of these, ";" between, is as good */
} Word;

typedef struct Search {
    Ctx    *c;
    LawFind ask;
    Word    word[WORDS];
    size_t  words;
    LawHit *hit;
    int64_t n, at; /* hits on the page; articles looked at */
} Search;

static Str meant(const Search *s, Str said)
{
    const Library *l = &s->c->law->library;
    for (size_t i = 0; i < l->words; i++) {
        if (str_eq(l->word[i].word, said)) return l->word[i].means;
    }
    return (Str){ 0 };
}

static void split(Search *s)
{
    Str rest = s->ask.q;
    while (rest.n && s->words < WORDS) {
        Str word = str_trim(str_cut(&rest, ' '));
        if (word.n) s->word[s->words++] = (Word){ word, meant(s, word) };
    }
}

/* The longest word of the list that `text` begins with; NULL. */
static const LawWord *known_here(const Search *s, Str text)
{
    const Library *l = &s->c->law->library;
    const LawWord *best = NULL;
    for (size_t i = 0; i < l->words; i++) {
        const LawWord *w = &l->word[i];
        if (str_starts(text, w->word) && (!best || w->word.n > best->word.n)) best = w;
    }
    return best;
}

/* "公司不给交社保": the words of the list that it holds.  False if there are none. */
static bool split_known(Search *s)
{
    Str rest = s->ask.q;
    s->words = 0;
    while (rest.n && s->words < WORDS) {
        const LawWord *w = known_here(s, rest);
        size_t n = w ? w->word.n : 1;
        if (w) s->word[s->words++] = (Word){ w->word, w->means };
        rest = (Str){ rest.s + n, rest.n - n };
    }
    return s->words > 0;
}

/* What of the word stands in the text, as it was said or as it is meant; "" if nothing does. */
static Str found_in(Str text, const Word *w)
{
    Str rest = w->means;
    if (str_has(text, w->said)) return w->said;
    while (rest.n) {
        Str other = str_cut(&rest, ';');
        if (str_has(text, other)) return other;
    }
    return (Str){ 0 };
}

/* One word of several may be the law's name: "劳动合同法 试用期". */
static bool names(const LawHead *h, Str said)
{
    Str rest = h->aliases;
    if (str_has(h->title, said) || str_eq(h->id, said)) return true;
    while (rest.n) {
        if (str_eq(str_cut(&rest, ';'), said)) return true;
    }
    return false;
}

static bool fits(const Search *s, const LawHead *h, const LawArticle *a)
{
    size_t named = 0;
    for (size_t i = 0; i < s->words; i++) {
        const Word *w = &s->word[i];
        if (found_in(a->text, w).n || found_in(a->chapter, w).n) continue;
        if (!names(h, w->said)) return false;
        named++;
    }
    return named < s->words;
}

static size_t place_of(Str text, Str word)
{
    for (size_t i = 0; i + word.n <= text.n; i++) {
        if (str_starts((Str){ text.s + i, text.n - i }, word)) return i;
    }
    return 0;
}

static bool sentence_ends(Str text, size_t at)
{
    static const char *const marks[] = { "。", "；", "\n", NULL };
    Str rest = { text.s + at, text.n - at };
    for (const char *const *m = marks; *m; m++) {
        if (str_starts(rest, str_of(*m))) return true;
    }
    return false;
}

/* The sentence that the word stands in; a very long one is cut between characters. */
static Str passage_of(Str text, Str word)
{
    size_t at = place_of(text, word), from = at, to = at;
    while (from > 0 && at - from < AROUND && !sentence_ends(text, from - 1)) from--;
    while (from < at && ((unsigned char)text.s[from] & 0xC0) == 0x80) from++;
    while (to < text.n && to - at < AROUND && !sentence_ends(text, to)) to++;
    while (to < text.n && ((unsigned char)text.s[to] & 0xC0) == 0x80) to++;
    return str_trim((Str){ text.s + from, to - from });
}

static void add(Search *s, const LawArticle *a, bool named)
{
    Date on = s->ask.on;
    const Library *l = &s->c->law->library;
    const LawHead *h = library_law(l, a->law, on);
    s->hit[s->n++] = (LawHit){
        a->law, h ? h->title : a->law, a->no, a->label, a->chapter,
        passage_of(a->text, s->words && !named ? found_in(a->text, &s->word[0]) : (Str){ 0 }),
        law_ref(s->c->mem, l, a, on).href, named,
    };
}

/* "劳动合同法 46": that article, and nothing else is looked for. */
static bool by_article(Search *s)
{
    LawLinks links;
    law_links(&s->c->law->library, s->ask.q, s->ask.on, &links);
    for (size_t i = 0; i < links.n && s->n < s->ask.limit; i++) add(s, links.article[i], true);
    return links.n > 0;
}

/* In the order of the list: statutes first, then regulations, rules, interpretations. */
static bool by_words(Search *s)
{
    const Library *l = &s->c->law->library;
    for (size_t i = 0; i < l->laws; i++) {
        const LawHead *h = &l->law[i];
        if (library_law(l, h->id, s->ask.on) != h) continue;
        if (s->ask.law.n && !str_eq(s->ask.law, h->id)) continue;
        LawSpan span = library_text(l, h->id);
        for (size_t k = 0; k < span.n; k++) {
            const LawArticle *a = &span.row[k];
            if (!in_force(a->from, a->to, s->ask.on) || !fits(s, h, a) || s->at++ < s->ask.after) continue;
            if (s->n == s->ask.limit) return true;
            add(s, a, false);
        }
    }
    return false;
}

/* "劳动合同法", "法释〔2025〕12号": all of it. */
static bool by_law(Search *s)
{
    const Library *l = &s->c->law->library;
    const LawHead *h = NULL;
    Str q = str_trim(s->ask.q);
    for (size_t i = 0; i < l->laws && !h; i++) {
        Str title = l->law[i].title, rest = l->law[i].aliases;
        bool same = str_eq(title, q) || str_eq(l->law[i].id, q) || str_eq(l->law[i].doc_no, q);
        while (rest.n && !same) same = str_eq(str_cut(&rest, ';'), q);
        if (same) h = library_law(l, l->law[i].id, s->ask.on);
    }
    LawSpan span = h ? library_text(l, h->id) : (LawSpan){ 0 };
    for (size_t k = 0; k < span.n && s->n < s->ask.limit; k++) {
        const LawArticle *a = &span.row[k];
        if (in_force(a->from, a->to, s->ask.on) && s->at++ >= s->ask.after) add(s, a, false);
    }
    return h != NULL;
}

/* True if there is more than the page holds. */
static bool find(Search *s)
{
    if (by_article(s)) return false;
    if (by_law(s)) return s->n == s->ask.limit;
    bool more = by_words(s);
    if (s->at == 0 && split_known(s)) more = by_words(s);
    return more;
}

void law_search(Ctx *c)
{
    Search s = { .c = c };
    form_read_query(c, &law_find_form, &s.ask);
    if (s.ask.after < 0) fault(c, S("after"), FAULT_TOO_SMALL);
    if (s.ask.limit < 0) fault(c, S("limit"), FAULT_TOO_SMALL);
    if (!ok(c)) return;
    s.ask.on = law_day(c, s.ask.on);
    if (s.ask.limit == 0) s.ask.limit = USUAL;
    s.hit = NEW(c->mem, LawHit, (size_t)s.ask.limit + 1);
    split(&s);
    bool more = find(&s);
    reply_rows(c, &law_hit_form, (Rows){ s.hit, (size_t)s.n }, page_next(c, s.ask.after + s.n, more));
}
