/*
** The analysis that goes with a report, drafted from its numbers: sentences for
** a person to change.  And the report as a file.
*/
#include "law/period.h"
#include "law/phrase.h"
#include "oversight/month/month.h"
#include "oversight/month/part.h"

#include <stdlib.h>

enum { TEXT_ROOM = 8192, TOP = 3, REPEATED = 5, FILE_ROOM = 64 * 1024 };

/* An employer that has several cases in the months. */
typedef struct Repeat {
    Id      employer_id;
    Str     name, path, path_end, like;
    int64_t n, from, to, min, limit;
} Repeat;
static const Field repeat_fields[] = {
    FIELD(Repeat, employer_id, .label = "用人单位编号", .en = "employer's number"),
    FIELD(Repeat, name,        .label = "用人单位", .en = "employer"),
    FIELD(Repeat, n,           .label = "件数",     .en = "cases"),
    FIELD(Repeat, path,        .label = "组织",     .en = "organisation", .rule = HIDDEN),
    FIELD(Repeat, path_end,    .label = "组织止",   .en = "end", .rule = HIDDEN),
    FIELD(Repeat, like,        .label = "栏目",     .en = "line", .rule = HIDDEN),
    FIELD(Repeat, from,        .label = "月份起",   .en = "from", .rule = HIDDEN),
    FIELD(Repeat, to,          .label = "月份止",   .en = "to", .rule = HIDDEN),
    FIELD(Repeat, min,         .label = "至少",     .en = "at least", .rule = HIDDEN),
    FIELD(Repeat, limit,       .label = "条数",     .en = "rows", .rule = HIDDEN),
};
static const Form repeat_form = { "RepeatEmployer", sizeof(Repeat), repeat_fields, COUNT(repeat_fields) };

static const Query q_repeats = {
    .name = "month.repeats", .in = &repeat_form, .out = &repeat_form,
    .sql = "SELECT w.employer_id, e.name, w.n FROM (SELECT employer_id, count(*) AS n FROM case_month"
           " WHERE month >= :from AND month <= :to AND path >= :path AND path < :path_end AND employer_id > 0"
           " AND ' ' || lines LIKE :like GROUP BY employer_id HAVING count(*) >= :min) AS w"
           " JOIN employer e ON e.id = w.employer_id ORDER BY w.n DESC, w.employer_id LIMIT :limit /*scan*/",
};
static const Query *const queries[] = { &q_repeats, NULL };

static int64_t setting(Ctx *c, const Report *r, const char *key)
{
    const Param *p = param_find(&c->law->params, str_of(key), r->region, r->since);
    return p ? p->value : 0;
}

static Rows repeats(Ctx *c, const Report *r)
{
    Out end = { .buf = NEW(c->mem, char, r->path.n + 1), .cap = r->path.n + 1 };
    out_str(&end, r->path);
    out_str(&end, S(" ")); /* no step of a path begins so: this path alone */
    Repeat ask = { .path = r->path, .path_end = r->tree ? path_end(c->mem, r->path) : out_view(&end),
        .from = r->month,
                   .to = r->to, .like = S("% 3:%"), .min = setting(c, r, "REPEAT_EMPLOYER"),
                       .limit = REPEATED };
    _Static_assert(LINE_ACCEPTED == 3, "what the pattern says");
    return db_list(c, &q_repeats, &ask);
}

/* ---- sentences --------------------------------------------------------------------------------- */

enum { SAY_FLOW, SAY_CHANGE, SAY_CAUSES, SAY_CAUSE, SAY_OUTCOME, SAY_JUMP, SAY_LATE, SAY_DUE, SAY_REPEATS,
    SAY_REPEAT,
       SAY_NONE };
static const Phrase says[] = {
    [SAY_FLOW]    = { "{0}，期初未结{1}件，登记{2}件，受理{3}件，涉及劳动者{4}人，结案{5}件，期末未结{6}件。",
                      "In {0}: {1} open at the start, {2} registered, {3} accepted about {4} workers, {5} closed, {6}"
                      " open at the end. " },
    [SAY_CHANGE]  = { "受理数上期为{0}件，去年同期为{1}件。", "Accepted: {0} the period before, {1} a year ago. " },
    [SAY_CAUSES]  = { "争议类别主要为", "Main causes: " },
    [SAY_CAUSE]   = { "{0}{1}件", "{0} {1}" },
    [SAY_OUTCOME] = { "调解成功{0}件，成功率{1}（{0}/{2}，口径：协议、和解、即时履行÷结案合计）。",
                      "{0} solved, success {1} ({0} of {2} closed). " },
    [SAY_JUMP]    = { "{0}由{1}件变为{2}件，变动超过{3}%，请说明原因。",
                      "{0} went from {1} to {2}, more than {3} %: say why. " },
    [SAY_LATE]    = { "期末超期未结{0}件，本期超期结案{1}件，请逐件说明。",
                      "{0} late and open at the end, {1} closed late: explain each. " },
    [SAY_DUE]     = { "到期应履行{0}项，已履行{1}项。", "{0} obligations fell due, {1} were performed. " },
    [SAY_REPEATS] = { "多次涉案的用人单位：", "Employers with several cases: " },
    [SAY_REPEAT]  = { "{0}{1}件", "{0}, {1}" },
    [SAY_NONE]    = { "本期没有受理案件。", "No case was accepted. " },
};

typedef struct Draft {
    Ctx *c;
    Out  zh, en;
} Draft;

static void add(Draft *d, Text t)
{
    out_str(&d->zh, t.zh);
    out_str(&d->en, t.en);
}

static void say(Draft *d, int what, const Text *arg, size_t n)
{
    add(d, phrase_say(d->c->mem, &says[what], arg, n));
}

static Text number(Ctx *c, int64_t n)
{
    return phrase_number(c->mem, n);
}

/* "75.00%", half up. */
static Text percent(Ctx *c, int64_t num, int64_t den)
{
    Out o = { .buf = NEW(c->mem, char, 32), .cap = 32 };
    int64_t hundredths = den ? (num * 20000 + den) / (2 * den) : 0;
    out_int(&o, hundredths / 100);
    out_str(&o, S("."));
    out_pad(&o, hundredths % 100, 2);
    out_str(&o, S("%"));
    return same(out_view(&o));
}

static Text label(Ctx *c, int64_t no)
{
    const ReportLaw *law = &c->law->report;
    for (size_t i = 0; i < law->lines; i++) {
        if (law->line[i].no == no) return law->line[i].label;
    }
    return same((Str){ 0 });
}

/* The months of a year ago, or those just before. */
static Lines lines_before(Ctx *c, const Report *r, int months)
{
    Org org = { 0 };
    Report past = { .tree = r->tree, .month = period_plus(r->month, -months),
                    .to = period_plus(r->to, -months) };
    if (org_get(c, r->org, &org)) report_stand(c, &org, &past);
    return past.lines;
}

static int span_of(const Report *r)
{
    return (int)((r->to / 100 - r->month / 100) * 12 + r->to % 100 - r->month % 100) + 1;
}

static void say_flow(Draft *d, const Report *r, const Lines *before)
{
    Ctx *c = d->c;
    const int64_t *n = r->lines.n;
    Text months = same(month_text(c, r->month));
    if (r->to != r->month) {
        Text ends[] = { months, same(month_text(c, r->to)) };
        months = phrase_say(c->mem, &(Phrase){ "{0}至{1}", "{0} to {1}" }, ends, COUNT(ends));
    }
    Text sums[] = { months, number(c, n[LINE_CARRIED_IN]), number(c, n[LINE_REGISTERED]), number(c,
        n[LINE_ACCEPTED]),
                    number(c, n[LINE_WORKERS]), number(c, n[LINE_CLOSED]), number(c, n[LINE_CARRIED_OUT]) };
    Lines year = lines_before(c, r, 12);
    Text change[] = { number(c, before->n[LINE_ACCEPTED]), number(c, year.n[LINE_ACCEPTED]) };
    say(d, SAY_FLOW, sums, COUNT(sums));
    say(d, SAY_CHANGE, change, COUNT(change));
    if (n[LINE_ACCEPTED] == 0) say(d, SAY_NONE, NULL, 0);
}

typedef struct Ranked { int64_t no, n; } Ranked;

static int by_number(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : (x->no > y->no) - (x->no < y->no);
}

static void say_causes(Draft *d, const Report *r)
{
    Ranked rank[CAUSE_LINES];
    for (int64_t i = 0; i < CAUSE_LINES; i++) {
        rank[i] = (Ranked){ LINE_CAUSE_PAY + i, r->lines.n[LINE_CAUSE_PAY + i] };
    }
    qsort(rank, CAUSE_LINES, sizeof *rank, by_number);
    if (rank[0].n == 0) return;
    say(d, SAY_CAUSES, NULL, 0);
    for (size_t i = 0; i < TOP && rank[i].n; i++) {
        Text arg[] = { label(d->c, rank[i].no), number(d->c, rank[i].n) };
        if (i) add(d, (Text){ S("、"), S(", ") });
        say(d, SAY_CAUSE, arg, COUNT(arg));
    }
    add(d, (Text){ S("。"), S(". ") });
}

static void say_outcome(Draft *d, const Report *r)
{
    Rate rate[RATES_MAX];
    (void)report_rates(&r->lines, rate);
    Text arg[] = { number(d->c, rate[0].num), percent(d->c, rate[0].num, rate[0].den), number(d->c,
        rate[0].den) };
    if (rate[0].den) say(d, SAY_OUTCOME, arg, COUNT(arg));
    const int64_t *n = r->lines.n;
    Text late[] = { number(d->c, n[LINE_LATE_OPEN]), number(d->c, n[LINE_LATE_CLOSED]) };
    if (n[LINE_OVERDUE]) say(d, SAY_LATE, late, COUNT(late));
    Text due[] = { number(d->c, n[LINE_DUE]), number(d->c, n[LINE_PERFORMED]) };
    if (n[LINE_DUE]) say(d, SAY_DUE, due, COUNT(due));
}

/* More than JUMP_PERCENT up or down, where there are JUMP_MIN cases or more. */
static bool jumps(Ctx *c, const Report *r, int64_t was, int64_t now_is)
{
    int64_t percent_of = setting(c, r, "JUMP_PERCENT"), min = setting(c, r, "JUMP_MIN");
    int64_t more = now_is > was ? now_is - was : was - now_is;
    return (was >= min || now_is >= min) && more * 100 > was * percent_of;
}

static void say_jumps(Draft *d, const Report *r, const Lines *before)
{
    static const int64_t watched[] = { LINE_REGISTERED, LINE_ACCEPTED, LINE_CLOSED, LINE_COLLECTIVE,
        LINE_FAILED };
    for (size_t i = 0; i < COUNT(watched) + CAUSE_LINES; i++) {
        int64_t no = i < COUNT(watched) ? watched[i] : LINE_CAUSE_PAY + (int64_t)(i - COUNT(watched));
        int64_t was = before->n[no], is = r->lines.n[no];
        if (!jumps(d->c, r, was, is)) continue;
        Text arg[] = { label(d->c, no), number(d->c, was), number(d->c, is),
                       number(d->c, setting(d->c, r, "JUMP_PERCENT")) };
        say(d, SAY_JUMP, arg, COUNT(arg));
    }
}

static void say_repeats(Draft *d, const Report *r)
{
    Rows rows = repeats(d->c, r);
    if (rows.n) say(d, SAY_REPEATS, NULL, 0);
    for (size_t i = 0; i < rows.n; i++) {
        const Repeat *row = (const Repeat *)rows.at + i;
        Text arg[] = { same(row->name), number(d->c, row->n) };
        if (i) add(d, (Text){ S("、"), S("; ") });
        say(d, SAY_REPEAT, arg, COUNT(arg));
    }
    if (rows.n) add(d, (Text){ S("。"), S(". ") });
}

typedef struct DraftText { Str zh, en; } DraftText;
static const Field draft_fields[] = {
    FIELD(DraftText, zh, .label = "中文草稿", .en = "in Chinese", .rule = PROSE),
    FIELD(DraftText, en, .label = "英文草稿", .en = "in English", .rule = PROSE),
};
static const Form draft_form = { "MonthDraft", sizeof(DraftText), draft_fields, COUNT(draft_fields) };

static void draft(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    report_stand(c, &org, &r);
    Draft d = { .c = c, .zh = { .buf = NEW(c->mem, char, TEXT_ROOM), .cap = TEXT_ROOM },
                .en = { .buf = NEW(c->mem, char, TEXT_ROOM), .cap = TEXT_ROOM } };
    Lines before = lines_before(c, &r, span_of(&r));
    say_flow(&d, &r, &before);
    say_causes(&d, &r);
    say_outcome(&d, &r);
    say_jumps(&d, &r, &before);
    if (c->who.roles & (uint32_t)(HEAD | HR | ORG_MANAGER)) say_repeats(&d, &r); /* names */
    DraftText text = { out_view(&d.zh), out_view(&d.en) };
    reply_row(c, 200, &draft_form, &text);
}

static void list_repeats(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    report_read(c, &org, &r);
    reply_rows(c, &repeat_form, repeats(c, &r), (Str){ 0 });
}

/* ---- as a file --------------------------------------------------------------------------------- */

static void name_file(Ctx *c, const Report *r, const char *ending)
{
    Out o = { .buf = NEW(c->mem, char, 80), .cap = 80 };
    out_str(&o, S("attachment; filename=\"RPT-M1-"));
    out_str(&o, month_text(c, r->month));
    out_str(&o, str_of(ending));
    header(c, S("Content-Disposition"), out_view(&o));
}

static bool write_csv(Ctx *c, Out *o, const Report *r, bool english)
{
    out_str(o, S("\xEF\xBB\xBF")); /* so that spreadsheets know it is UTF-8 */
    report_csv(c, o, r, english);
    return !o->full;
}

static const struct Book {
    const char *word, *type, *ending;
    bool      (*write)(Ctx *c, Out *o, const Report *r, bool english);
} books[] = {
    { "csv",  "text/csv; charset=utf-8", ".csv\"", write_csv },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx\"", report_book },
    { "pdf",  "application/pdf", ".pdf\"", report_paper },
};

static const struct Book *book_of(Str word)
{
    for (size_t i = 0; i < COUNT(books); i++) {
        if (str_eq(str_of(books[i].word), word)) return &books[i];
    }
    return NULL;
}

static void export_file(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m = { 0 };
    if (!month_asked(c, &ask, &org, &r)) return;
    const struct Book *book = book_of(ask.format);
    if (!book) fault(c, S("format"), FAULT_NOT_ALLOWED);
    if (!r.tree && r.to == r.month) month_find(c, org.id, r.month, &m);
    if (ask.fresh) report_read(c, &org, &r);
    else report_stand(c, &org, &r);
    if (!ok(c) || !book) return;
    if (m.locked == 0 || ask.fresh) r.analysis = m.analysis;
    if (!book->write(c, &c->out, &r, str_eq(ask.lang, S("en")))) fail(c, ERR_INTERNAL, S("file"));
    if (!ok(c)) return;
    c->type = book->type;
    name_file(c, &r, book->ending);
    c->status = 200;
}

static const Route routes[] = {
    { "GET", "/api/v1/months/:month/draft", MONTH_READ, draft, "简要分析草稿", "the analysis, drafted from the numbers",
      .query = &month_ask_form, .out = &draft_form },
    { "GET", "/api/v1/months/:month/repeats", HEAD | HR | ORG_MANAGER, list_repeats, "多次涉案的用人单位",
      "employers with several cases", .query = &month_ask_form, .out = &repeat_form, .list = true },
    { "GET", "/api/v1/months/:month/export", MONTH_READ, export_file, "月报文件", "the report as a file",
      .query = &month_ask_form },
};

const Slice month_draft_slice = {
    .name = "month_draft", .query = queries, .route = routes, .routes = COUNT(routes),
};
