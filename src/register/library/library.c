#include "register/library/library.h"

#include "core/limits.h"

/* ---- forms ----------------------------------------------------------------------------- */

typedef struct Notice {
    Str  kind, passage, zh, en, basis;
    Date from, to;
    Rows links;
} Notice;
static const Field notice_fields[] = {
    FIELD(Notice, kind,    .label = "种类",   .en = "repealed, or about the text"),
    FIELD(Notice, passage, .label = "所指文字", .en = "the passage; empty: all of it"),
    FIELD(Notice, zh,      .label = "提示",   .en = "in Chinese"),
    FIELD(Notice, en,      .label = "英文",   .en = "in English"),
    FIELD(Notice, basis,   .label = "依据",   .en = "basis"),
    FIELD(Notice, from,    .label = "起",     .en = "from"),
    FIELD(Notice, to,      .label = "止",     .en = "until"),
    FIELD(Notice, links,   .label = "条文",   .en = "articles of the basis", .child = &law_ref_form),
};
static const Form notice_form = FORM(Notice, notice_fields);

typedef struct LawLine {
    Str     law, title, level, doc_no, source;
    Date    version, effective, until;
    int64_t articles;
    Rows    notices;
} LawLine;
static const Field law_fields[] = {
    FIELD(LawLine, law,       .label = "代码",     .en = "id"),
    FIELD(LawLine, title,     .label = "名称",     .en = "title"),
    FIELD(LawLine, level,     .label = "效力级别", .en = "level"),
    FIELD(LawLine, doc_no,    .label = "文号",     .en = "document"),
    FIELD(LawLine, version,   .label = "文本日期", .en = "day of this text"),
    FIELD(LawLine, effective, .label = "施行日期", .en = "in force from"),
    FIELD(LawLine, until,     .label = "失效日期", .en = "in force until"),
    FIELD(LawLine, articles,  .label = "条数",     .en = "articles"),
    FIELD(LawLine, source,    .label = "文本来源", .en = "where the text is from"),
    FIELD(LawLine, notices,   .label = "提示",     .en = "what to mind", .child = &notice_form),
};
static const Form law_form = FORM(LawLine, law_fields);

typedef struct ArticleLine {
    Str  law, title, article, label, chapter, text, href;
    Date version, from, until;
    bool repealed;
    Rows notices;
    Str  before, after;
} ArticleLine;
static const Field article_fields[] = {
    FIELD(ArticleLine, law,      .label = "法律",     .en = "law"),
    FIELD(ArticleLine, title,    .label = "名称",     .en = "title"),
    FIELD(ArticleLine, version,  .label = "文本日期", .en = "day of this text"),
    FIELD(ArticleLine, article,  .label = "条",       .en = "article"),
    FIELD(ArticleLine, label,    .label = "条名",     .en = "what it is called"),
    FIELD(ArticleLine, chapter,  .label = "章节",     .en = "chapter"),
    FIELD(ArticleLine, text,     .label = "正文",     .en = "text"),
    FIELD(ArticleLine, from,     .label = "施行日期", .en = "in force from"),
    FIELD(ArticleLine, until,    .label = "失效日期", .en = "in force until"),
    FIELD(ArticleLine, repealed, .label = "已有废止", .en = "some of it is repealed"),
    FIELD(ArticleLine, notices,  .label = "提示",     .en = "what to mind", .child = &notice_form),
    FIELD(ArticleLine, href,     .label = "链接",     .en = "its stable link"),
    FIELD(ArticleLine, before,   .label = "上一条",   .en = "the article before it"),
    FIELD(ArticleLine, after,    .label = "下一条",   .en = "the article after it"),
};
static const Form article_form = FORM(ArticleLine, article_fields);

static const Field ask_fields[] = {
    FIELD(LawAsk, on,    .label = "日期", .en = "the text of this day"),
    FIELD(LawAsk, after, .label = "从第几条之后", .en = "`next` of the page before"),
    FIELD(LawAsk, limit, .label = "每页", .en = "rows a page", .max = PAGE_MAX),
};
static const Form ask_form = FORM(LawAsk, ask_fields);

Date law_day(const Ctx *c, Date on) { return on.day ? on : c->today; }

Str page_next(Ctx *c, int64_t next, bool more)
{
    Out o = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    if (more) out_int(&o, next);
    return out_view(&o);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Of an article, or with `no` "" of the law as a whole. */
static Rows notices_of(Ctx *c, Str law, Str no, Date on)
{
    const Library *l = &c->law->library;
    Notice *row = NEW(c->mem, Notice, l->notices + 1);
    size_t n = 0;
    for (size_t i = 0; i < l->notices; i++) {
        const LawNotice *x = &l->notice[i];
        if (!str_eq(x->law, law) || !str_eq(x->no, no) || !in_force(x->from, x->to, on)) continue;
        row[n++] = (Notice){ x->kind, x->passage, x->zh, x->en, x->basis, x->from, x->to,
                             law_refs(c, x->basis) };
    }
    return (Rows){ row, n };
}

static LawLine law_line(Ctx *c, const LawHead *h, Date on)
{
    LawSpan span = library_text(&c->law->library, h->id);
    LawLine line = { h->id, h->title, h->level, h->doc_no, h->source, h->version, h->from, h->to, 0,
                     notices_of(c, h->id, (Str){ 0 }, on) };
    for (size_t i = 0; i < span.n; i++) line.articles += in_force(span.row[i].from, span.row[i].to, on);
    return line;
}

static ArticleLine article_line(Ctx *c, const LawHead *h, const LawArticle *a, Date on)
{
    ArticleLine line = {
        .law = a->law, .title = h->title, .article = a->no, .label = a->label, .chapter = a->chapter,
        .text = a->text,
        .href = law_ref(c->mem, &c->law->library, a, on).href, .version = h->version,
        .from = a->from.day ? a->from : h->from, .until = a->to.day ? a->to : h->to,
        .notices = notices_of(c, a->law, a->no, on),
    };
    for (size_t i = 0; i < line.notices.n; i++) {
        line.repealed |= str_eq(((const Notice *)line.notices.at)[i].kind, S("repealed"));
    }
    return line;
}

/* ---- handlers ---------------------------------------------------------------------------------- */

static bool read_ask(Ctx *c, LawAsk *ask)
{
    *ask = (LawAsk){ 0 };
    form_read_query(c, &ask_form, ask);
    if (ask->after < 0) fault(c, S("after"), FAULT_TOO_SMALL);
    if (ask->limit < 0) fault(c, S("limit"), FAULT_TOO_SMALL);
    if (ask->limit == 0) ask->limit = PAGE_MAX;
    ask->on = law_day(c, ask->on);
    return ok(c);
}

static void list_laws(Ctx *c)
{
    LawAsk ask;
    const Library *l = &c->law->library;
    if (!read_ask(c, &ask)) return;
    LawLine *row = NEW(c->mem, LawLine, l->laws + 1);
    int64_t n = 0, i = ask.after;
    for (; i < (int64_t)l->laws && n < ask.limit; i++) {
        const LawHead *h = &l->law[i];
        if (library_law(l, h->id, ask.on) == h) row[n++] = law_line(c, h, ask.on);
    }
    reply_rows(c, &law_form, (Rows){ row, (size_t)n }, page_next(c, i, i < (int64_t)l->laws));
}

static const LawHead *asked_law(Ctx *c, LawAsk *ask)
{
    if (!read_ask(c, ask)) return NULL;
    const LawHead *h = library_law(&c->law->library, c->arg[0], ask->on);
    if (!h) fail(c, ERR_NOT_FOUND, c->arg[0]);
    return h;
}

static void show_law(Ctx *c)
{
    LawAsk ask;
    const LawHead *h = asked_law(c, &ask);
    if (!h) return;
    LawSpan span = library_text(&c->law->library, h->id);
    ArticleLine *row = NEW(c->mem, ArticleLine, (size_t)ask.limit + 1);
    int64_t n = 0, i = ask.after;
    for (; i < (int64_t)span.n && n < ask.limit; i++) {
        const LawArticle *a = &span.row[i];
        if (in_force(a->from, a->to, ask.on)) row[n++] = article_line(c, h, a, ask.on);
    }
    reply_rows(c, &article_form, (Rows){ row, (size_t)n }, page_next(c, i, i < (int64_t)span.n));
}

static void show_article(Ctx *c)
{
    LawAsk ask;
    const LawArticle *found = NULL, *before = NULL, *after = NULL;
    const LawHead *h = asked_law(c, &ask);
    if (!h) return;
    LawSpan span = library_text(&c->law->library, h->id);
    for (size_t i = 0; i < span.n && !after; i++) {
        const LawArticle *a = &span.row[i];
        if (!in_force(a->from, a->to, ask.on)) continue;
        if (found) after = a;
        else if (str_eq(a->no, c->arg[1])) found = a;
        else before = a;
    }
    if (!found) {
        fail(c, ERR_NOT_FOUND, c->arg[1]);
        return;
    }
    ArticleLine line = article_line(c, h, found, ask.on);
    if (before) line.before = law_ref(c->mem, &c->law->library, before, ask.on).href;
    if (after) line.after = law_ref(c->mem, &c->law->library, after, ask.on).href;
    reply_row(c, 200, &article_form, &line);
}

static const Route routes[] = {
    { "GET", "/api/v1/laws", ANYBODY, list_laws, "法律法规目录", "the laws", .query = &ask_form, .out = &law_form,
      .list = true },
    { "GET", "/api/v1/laws/search", ANYBODY, law_search, "检索条文", "search by words or by article",
      .query = &law_find_form, .out = &law_hit_form, .list = true },
    { "GET", "/api/v1/laws/:law", ANYBODY, show_law, "法律条文", "a law's articles", .query = &ask_form,
      .out = &article_form, .list = true },
    { "GET", "/api/v1/laws/:law/:article", ANYBODY, show_article, "单条条文", "one article, by its stable link",
      .query = &ask_form, .out = &article_form },
    { "GET", "/api/v1/typical-cases", ANYBODY, typical_list, "典型案例", "the official typical cases",
      .query = &typical_find_form, .out = &typical_head_form, .list = true },
    { "GET", "/api/v1/typical-cases/:id", ANYBODY, typical_show, "典型案例全文", "one typical case",
      .out = &typical_form },
};

const Slice library_slice = { .name = "library", .route = routes, .routes = COUNT(routes) };
