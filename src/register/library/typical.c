/*
** The official typical cases: by cause, by words, and those like a case.
*/
#include "core/limits.h"
#include "register/library/library.h"

#include <stdlib.h>

enum { FOR_CAUSE = 60, FOR_MAIN = 40, FOR_ARTICLE = 50, LEAST = 40, STORY_MAX = 3000, FOR_WORDS = 100 };

#define HEAD_FIELDS                                                                                \
    FIELD(Typical, id,        .label = "编号",     .en = "id"),                                    \
    FIELD(Typical, title,     .label = "标题",     .en = "title"),                                 \
    FIELD(Typical, batch,     .label = "批次",     .en = "batch"),                                 \
    FIELD(Typical, date,      .label = "发布日期", .en = "published on"),                          \
    FIELD(Typical, publisher, .label = "发布机关", .en = "publisher"),                             \
    FIELD(Typical, url,       .label = "出处",     .en = "where it was published"),                \
    FIELD(Typical, causes,    .label = "案由",     .en = "causes", .rule = MANY),                  \
    FIELD(Typical, forum,     .label = "处理机关", .en = "who decided"),                           \
    FIELD(Typical, result,    .label = "结果",     .en = "result"),                                \
    FIELD(Typical, condensed, .label = "已节录",   .en = "condensed by this project"),             \
    FIELD(Typical, links,     .label = "条文",     .en = "articles", .child = &law_ref_form)

static const Field head_fields[] = { HEAD_FIELDS };
const Form typical_head_form = { .name = "TypicalHead", .size = sizeof(Typical), .field = head_fields,
                                 .n = COUNT(head_fields) };
static const Field fields[] = {
    HEAD_FIELDS,
    FIELD(Typical, facts,    .label = "基本案情", .en = "facts"),
    FIELD(Typical, claim,    .label = "请求",     .en = "what was asked"),
    FIELD(Typical, outcome,  .label = "处理结果", .en = "outcome"),
    FIELD(Typical, analysis, .label = "案例分析", .en = "analysis"),
    FIELD(Typical, claimed,  .label = "请求金额（分）", .en = "asked for, fen"),
    FIELD(Typical, awarded,  .label = "支持金额（分）", .en = "awarded, fen"),
    FIELD(Typical, check,    .label = "验算",     .en = "the sum, checked"),
};
const Form typical_form = FORM(Typical, fields);

typedef struct TypicalFind {
    Str cause, q;
} TypicalFind;
static const Field find_fields[] = {
    FIELD(TypicalFind, cause, .label = "案由",   .en = "cause, or the letter of its group", .max = 8),
    FIELD(TypicalFind, q,     .label = "检索词", .en = "words", .max = 60),
};
const Form typical_find_form = FORM(TypicalFind, find_fields);

/* ---- reading ----------------------------------------------------------------------------- */

/* "LDHTF-46 JSE-7" */
static Rows links_of(Ctx *c, Str words)
{
    LawRef *row = NEW(c->mem, LawRef, words.n + 1);
    size_t n = 0;
    while (words.n) {
        Str no = str_cut(&words, ' '), law = str_cut(&no, '-');
        const LawArticle *a = library_article(&c->law->library, law, no, c->today);
        if (a) row[n++] = law_ref(c->mem, &c->law->library, a, c->today);
    }
    return (Rows){ row, n };
}

Rows typical_cases(Ctx *c)
{
    const TypicalCases *all = &c->law->typical;
    Typical *row = NEW(c->mem, Typical, all->n + 1);
    for (size_t i = 0; i < all->n; i++) {
        const TypicalCase *t = &all->row[i];
        row[i] = (Typical){
            .id = t->id, .title = t->title, .batch = t->batch, .publisher = t->publisher, .url = t->url,
            .date = t->date, .causes = t->causes, .facts = t->facts, .claim = t->claim,
            .outcome = t->outcome, .analysis = t->analysis, .forum = t->forum, .result = t->result,
            .check = t->check, .claimed = t->claimed, .awarded = t->awarded, .condensed = t->condensed,
            .links = links_of(c, t->laws),
        };
    }
    return (Rows){ row, all->n };
}

/* ---- showing ------------------------------------------------------------------------------- */

static bool has_cause(Str causes, Str cause)
{
    while (causes.n) {
        Str one = str_cut(&causes, ' ');
        if (str_eq(one, cause) || (cause.n == 1 && str_starts(one, cause))) return true;
    }
    return cause.n == 0;
}

static bool has_words(const Typical *t, Str q)
{
    const Str text[] = { t->title, t->facts, t->claim, t->outcome, t->analysis };
    while (q.n) {
        Str word = str_trim(str_cut(&q, ' '));
        bool found = word.n == 0;
        for (size_t i = 0; i < COUNT(text); i++) found |= str_has(text[i], word);
        if (!found) return false;
    }
    return true;
}

static int newest(const void *a, const void *b)
{
    const Typical *x = a, *y = b;
    if (x->likeness != y->likeness) return x->likeness > y->likeness ? -1 : 1;
    if (x->date.day != y->date.day) return x->date.day > y->date.day ? -1 : 1;
    return str_cmp(x->id, y->id);
}

void typical_list(Ctx *c)
{
    TypicalFind ask = { 0 };
    size_t n = 0;
    if (!form_read_query(c, &typical_find_form, &ask)) return;
    Rows all = typical_cases(c);
    Typical *row = all.at;
    for (size_t i = 0; i < all.n; i++) {
        if (has_cause(row[i].causes, ask.cause) && has_words(&row[i], ask.q)) row[n++] = row[i];
    }
    qsort(row, n, sizeof *row, newest);
    reply_rows(c, &typical_head_form, (Rows){ row, n < PAGE_MAX ? n : PAGE_MAX }, (Str){ 0 });
}

void typical_show(Ctx *c)
{
    Rows all = typical_cases(c);
    for (size_t i = 0; i < all.n; i++) {
        const Typical *t = (const Typical *)all.at + i;
        if (!str_eq(t->id, c->arg[0])) continue;
        reply_row(c, 200, &typical_form, t);
        return;
    }
    fail(c, ERR_NOT_FOUND, c->arg[0]);
}

/* ---- likeness -------------------------------------------------------------------------------- */

static size_t step(Str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.s[n] & 0xC0) == 0x80) n++;
    return n;
}

/* Of the story's pairs of characters, how many in a hundred stand in the text. */
static int64_t shared_words(Str story, Str text)
{
    int64_t pairs = 0, shared = 0;
    while (story.n) {
        size_t first = step(story), second = 0;
        Str rest = { story.s + first, story.n - first };
        if (rest.n) second = step(rest);
        bool wide = first > 1 && second > 1;
        if (wide) {
            pairs++;
            shared += str_has(text, (Str){ story.s, first + second });
        }
        story = rest;
    }
    return pairs ? shared * FOR_WORDS / pairs : 0;
}

static bool is_main(Str causes, Str cause) { return str_eq(str_cut(&causes, ' '), cause); }

static int64_t likeness_of(const Typical *t, const Likeness *like)
{
    int64_t score = 0;
    for (Str rest = like->causes; rest.n;) {
        Str cause = str_cut(&rest, ' ');
        if (!has_cause(t->causes, cause)) continue;
        score += FOR_CAUSE;
        if (is_main(like->causes, cause)) score += FOR_MAIN;
    }
    for (size_t i = 0; i < like->laws.n; i++) {
        for (size_t k = 0; k < t->links.n; k++) {
            const LawRef *ref = (const LawRef *)t->links.at + k;
            const LawArticle *a = like->laws.article[i];
            if (str_eq(ref->law, a->law) && str_eq(ref->article, a->no)) score += FOR_ARTICLE;
        }
    }
    return score + shared_words(like->story, t->facts);
}

Rows typical_like(Ctx *c, const Likeness *like, size_t max)
{
    Likeness it = *like;
    size_t n = 0;
    if (it.story.n > STORY_MAX) it.story.n = STORY_MAX;
    Rows all = typical_cases(c);
    Typical *row = all.at;
    for (size_t i = 0; i < all.n; i++) {
        Typical t = row[i];
        t.likeness = likeness_of(&t, &it);
        if (t.likeness >= LEAST) row[n++] = t;
    }
    qsort(row, n, sizeof *row, newest);
    return (Rows){ row, n < max ? n : max };
}
