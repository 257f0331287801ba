/* The report on paper: a document for the press, which makes a PDF of it. */
#include "law/period.h"
#include "oversight/month/part.h"
#include "paper/press.h"

enum { SOURCE_ROOM = 64 * 1024 };

static const struct Names { const char *zh, *en; } names[] = {
    { "栏次", "column" }, { "项目", "line" },
    { "数值", "value" }, { "校验", "check" }, { "指标", "rate" }, { "简要分析", "analysis" },
    { "数据来源", "where the numbers come from" }, { "月份", "month" }, { "起止", "days" },
    { "来源", "from" }, { "版次", "version" },
};
enum { NAME_PLACE, NAME_LINE, NAME_VALUE, NAME_CHECK, NAME_RATE, NAME_ANALYSIS, NAME_PARTS,
       NAME_MONTH, NAME_DAYS, NAME_FROM, NAME_VERSION };

static Str named(size_t i, bool english)
{
    return str_of(english ? names[i].en : names[i].zh);
}

static void head(Out *o, const Report *r, bool english)
{
    char text[80];
    Out span = { .buf = text, .cap = sizeof text };
    out_date(&span, r->since);
    out_str(&span, S(" — "));
    out_date(&span, date_plus(r->until, -1));
    out_str(&span, S("　" REPORT_DEFINITION));
    doc_info(o, "style", S("form"));
    doc_info(o, "title", report_title(r, english));
    if (english) doc_info(o, "lang", S("en"));
    doc_info(o, "author", r->name);
    char at[40];
    Out day = { .buf = at, .cap = sizeof at };
    out_time(&day, time_at(r->until, 0, 0)); /* of the month, not of the printing: the same bytes again */
    doc_info(o, "date", out_view(&day));
    doc_line(o, DOC_TITLE, report_title(r, english));
    doc_line(o, DOC_CENTRE, r->name);
    doc_line(o, DOC_CENTRE, out_view(&span));
}

/* Place, name and value of a line, in the arena. */
static void line_cells(Ctx *c, const ReportLine *line, const Report *r, bool english, Str cell[static 3])
{
    Out place = { .buf = NEW(c->mem, char, 16), .cap = 16 };
    Out value = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_str(&place, line->column);
    out_str(&place, line->sub);
    report_amount(&value, line->unit, r->lines.n[line->no]);
    cell[0] = out_view(&place);
    cell[1] = english ? line->label.en : line->label.zh;
    cell[2] = out_view(&value);
}

/* Two lines of the report beside each other; the analysis, the last, comes as text. */
static void lines(Ctx *c, Out *o, const Report *r, bool english)
{
    const ReportLaw *law = &c->law->report;
    size_t n = law->lines - 1, half = (n + 1) / 2;
    Str top[] = { named(NAME_PLACE, english), named(NAME_LINE, english), named(NAME_VALUE, english) };
    doc_row(o, DOC_WIDTHS, (Str[]){ S("8c"), S("26"), S("16r"), S("8c"), S("26"), S("16r") }, 6);
    doc_row(o, DOC_HROW, (Str[]){ top[0], top[1], top[2], top[0], top[1], top[2] }, 6);
    for (size_t i = 0; i < half; i++) {
        Str cell[6] = { { 0 } };
        line_cells(c, &law->line[i], r, english, cell);
        if (i + half < n) line_cells(c, &law->line[i + half], r, english, cell + 3);
        doc_row(o, DOC_ROW, cell, COUNT(cell));
    }
}

static void pair_row(Out *o, Str name, int64_t a, int64_t b, const char *between)
{
    char text[60];
    Out value = { .buf = text, .cap = sizeof text };
    out_int(&value, a);
    out_str(&value, str_of(between));
    out_int(&value, b);
    doc_row(o, DOC_ROW, (Str[]){ name, out_view(&value) }, 2);
}

/* "30 / 48（62.50%）", half up; sums in yuan. */
static void rate_row(Out *o, const Rate *rate, bool english)
{
    char text[100];
    Out value = { .buf = text, .cap = sizeof text };
    Str unit = str_eq(str_of(rate->key), S("performance_fen")) ? S("fen") : (Str){ 0 };
    int64_t hundredths = rate->den ? (rate->num * 20000 + rate->den) / (2 * rate->den) : 0;
    report_amount(&value, unit, rate->num);
    out_str(&value, S(" / "));
    report_amount(&value, unit, rate->den);
    if (rate->den) out_str(&value, S(" = "));
    if (rate->den) report_amount(&value, S("hundredth"), hundredths);
    if (rate->den) out_str(&value, S("%"));
    doc_row(o, DOC_ROW, (Str[]){ str_of(english ? rate->en : rate->zh), out_view(&value) }, 2);
}

static void rates(Out *o, const Report *r, bool english)
{
    Rate rate[RATES_MAX];
    size_t n = report_rates(&r->lines, rate);
    doc_line(o, DOC_HEAD, named(NAME_RATE, english));
    doc_row(o, DOC_WIDTHS, (Str[]){ S("64"), S("36r") }, 2);
    for (size_t i = 0; i < n; i++) {
        rate_row(o, &rate[i], english);
    }
}

static void checks(Out *o, const Balance *b, size_t n, bool english)
{
    doc_line(o, DOC_HEAD, named(NAME_CHECK, english));
    doc_row(o, DOC_WIDTHS, (Str[]){ S("64"), S("36r") }, 2);
    for (size_t i = 0; i < n; i++) {
        Str text = english ? b[i].check->text.en : b[i].check->text.zh;
        pair_row(o, text, b[i].left, b[i].right, b[i].left == b[i].right ? " = " : " ≠ ");
    }
}

static Str days_of(Ctx *c, const Part *p)
{
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_date(&o, p->since);
    out_str(&o, S(" — "));
    out_date(&o, date_plus(p->until, -1));
    return out_view(&o);
}

/* Each month with its version, why it was corrected, and its digest. */
static void parts(Ctx *c, Out *o, const Report *r, bool english)
{
    if (r->parts.n == 0) return;
    doc_line(o, DOC_HEAD, named(NAME_PARTS, english));
    doc_row(o, DOC_WIDTHS, (Str[]){ S("14c"), S("22c"), S("26"), S("38") }, 4);
    doc_row(o, DOC_HROW, (Str[]){ named(NAME_MONTH, english), named(NAME_DAYS, english),
                                  named(NAME_FROM, english), named(NAME_VERSION, english) }, 4);
    for (size_t i = 0; i < r->parts.n; i++) {
        const Part *p = (const Part *)r->parts.at + i;
        Str text = part_text(c, p, english);
        Out month = { .buf = NEW(c->mem, char, 8), .cap = 8 };
        size_t room = text.n + p->reason.n + 60;
        Out what = { .buf = NEW(c->mem, char, room), .cap = room };
        period_write(&month, p->month);
        out_str(&what, text);
        if (p->reason.n) out_str(&what, english ? S(": ") : S("："));
        out_str(&what, p->reason);
        if (p->digest.n) out_str(&what, S(" [SHA-256 "));
        if (p->digest.n) out_str(&what, (Str){ p->digest.s, 16 });
        if (p->digest.n) out_str(&what, S("]"));
        doc_row(o, DOC_ROW, (Str[]){ out_view(&month), days_of(c, p), part_source(p, english),
                                     out_view(&what) }, 4);
    }
}

bool report_paper(Ctx *c, Out *o, const Report *r, bool english)
{
    Out source = { .buf = NEW(c->mem, char, SOURCE_ROOM), .cap = SOURCE_ROOM };
    Lines before = { 0 };
    Balance b[BALANCES_MAX];
    Printed printed = { 0 };
    before.n[LINE_CARRIED_OUT] = r->lines.n[LINE_CARRIED_IN];
    size_t n = report_balances(&c->law->report, &r->lines, &before, b);
    head(&source, r, english);
    lines(c, &source, r, english);
    rates(&source, r, english);
    checks(&source, b, n, english);
    doc_line(&source, DOC_HEAD, named(NAME_ANALYSIS, english));
    doc_line(&source, DOC_PARA, r->analysis.n ? r->analysis : S("—"));
    parts(c, &source, r, english);
    if (source.full || !press_make(c, out_view(&source), &printed)) return false;
    out_str(o, printed.pdf);
    return !o->full;
}
