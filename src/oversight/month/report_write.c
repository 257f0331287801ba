/*
** The report as text.  Nothing in it tells when it was written or by whom, so
** that the same numbers give the same bytes a year later.
*/
#include "excel/table.h"
#include "law/period.h"
#include "oversight/month/part.h"

static void member(Out *o, const char *gap, Str key)
{
    out_str(o, str_of(gap));
    out_json(o, key);
    out_str(o, S(":"));
}

static void text_member(Out *o, const char *gap, const char *key, Str value)
{
    member(o, gap, str_of(key));
    out_json(o, value);
}

static void date_member(Out *o, const char *key, Date day)
{
    member(o, ",", str_of(key));
    out_str(o, S("\""));
    out_date(o, day);
    out_str(o, S("\""));
}

static void month_member(Out *o, const char *key, int64_t month)
{
    member(o, ",", str_of(key));
    out_str(o, S("\""));
    period_write(o, month);
    out_str(o, S("\""));
}

static void pair(Out *o, int64_t a, int64_t b)
{
    out_str(o, S("["));
    out_int(o, a);
    out_str(o, S(","));
    out_int(o, b);
    out_str(o, S("]"));
}

static const Line beside[] = {
    LINE_MOVED_IN, LINE_MOVED_OUT, LINE_UNDECIDED_IN, LINE_UNDECIDED_MOVED_IN, LINE_WITHDRAWN_BEFORE,
    LINE_UNDECIDED_MOVED_OUT, LINE_UNDECIDED_OUT, LINE_LATE_OPEN, LINE_LATE_CLOSED, LINE_ELIGIBLE,
    LINE_APPLIED,
    LINE_PASSED, LINE_REVIEW_DECIDED, LINE_CONFIRM_DECIDED, LINE_MARKS,
};

static void lines_json(Ctx *c, Out *o, const Lines *l)
{
    const ReportLaw *law = &c->law->report;
    const char *gap = "";
    out_str(o, S("{"));
    for (size_t i = 0; i < law->lines; i++) {
        if (law->line[i].no == LINE_ANALYSIS || law->line[i].no >= LINE__COUNT) continue;
        member(o, gap, law->line[i].key);
        out_int(o, l->n[law->line[i].no]);
        gap = ",";
    }
    for (size_t i = 0; i < COUNT(beside); i++) {
        member(o, ",", str_of(line_key(beside[i])));
        out_int(o, l->n[beside[i]]);
    }
    out_str(o, S("}"));
}

static void rates_json(Out *o, const Lines *l)
{
    Rate rate[RATES_MAX];
    size_t n = report_rates(l, rate);
    out_str(o, S("{"));
    for (size_t i = 0; i < n; i++) {
        member(o, i ? "," : "", str_of(rate[i].key));
        pair(o, rate[i].num, rate[i].den);
    }
    out_str(o, S("}"));
}

static void int_member(Out *o, const char *key, int64_t n)
{
    member(o, ",", str_of(key));
    out_int(o, n);
}

static void parts_json(Ctx *c, Out *o, Rows parts)
{
    member(o, ",", S("parts"));
    out_str(o, S("["));
    for (size_t i = 0; i < parts.n; i++) {
        const Part *p = (const Part *)parts.at + i;
        out_str(o, i ? S(",{\"month\":\"") : S("{\"month\":\""));
        period_write(o, p->month);
        out_str(o, S("\""));
        date_member(o, "since", p->since);
        date_member(o, "until", date_plus(p->until, -1));
        text_member(o, ",", "from", p->from);
        int_member(o, "version", p->version);
        int_member(o, "corrections", p->corrections);
        text_member(o, ",", "reason", p->reason);
        member(o, ",", S("pending"));
        out_str(o, p->pending ? S("true") : S("false"));
        text_member(o, ",", "digest", p->digest);
        int_member(o, "locked", p->locked);
        int_member(o, "open", p->open);
        int_member(o, "later", p->later);
        int_member(o, "gap", p->gap);
        text_member(o, ",", "source", part_source(p, false));
        text_member(o, ",", "source_en", part_source(p, true));
        text_member(o, ",", "said", part_text(c, p, false));
        text_member(o, ",", "said_en", part_text(c, p, true));
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

void report_json(Ctx *c, Out *o, const Report *r, const Balance *b, size_t n)
{
    out_str(o, S("{"));
    text_member(o, "", "definition", S(REPORT_DEFINITION));
    member(o, ",", S("org"));
    out_str(o, S("\""));
    out_int(o, r->org.n);
    out_str(o, S("\""));
    text_member(o, ",", "name", r->name);
    text_member(o, ",", "scope", r->tree ? S("tree") : S("own"));
    month_member(o, "month", r->month);
    month_member(o, "to", r->to);
    date_member(o, "since", r->since);
    date_member(o, "until", date_plus(r->until, -1));
    member(o, ",", S("lines"));
    lines_json(c, o, &r->lines);
    member(o, ",", S("rates"));
    rates_json(o, &r->lines);
    member(o, ",", S("checks"));
    out_str(o, S("{"));
    for (size_t i = 0; i < n; i++) {
        member(o, i ? "," : "", b[i].check->code);
        pair(o, b[i].left, b[i].right);
    }
    out_str(o, S("}"));
    text_member(o, ",", "analysis", r->analysis);
    if (r->parts.n) parts_json(c, o, r->parts);
    out_str(o, S("}"));
}

/* ---- CSV ------------------------------------------------------------------------------------------- */

void report_amount(Out *o, Str unit, int64_t n)
{
    if (str_eq(unit, S("fen"))) {
        out_yuan(o, (Money){ n });
    } else if (str_eq(unit, S("tenth of a day"))) {
        out_int(o, n / 10);
        out_str(o, S("."));
        out_int(o, n % 10);
    } else if (str_eq(unit, S("hundredth"))) {
        out_int(o, n / 100);
        out_str(o, S("."));
        out_pad(o, n % 100, 2);
    } else {
        out_int(o, n);
    }
}

static void csv_row(Out *o, const ReportLine *line, const Report *r, bool english)
{
    out_str(o, line->column);
    out_str(o, line->sub);
    out_str(o, S(","));
    out_csv(o, english ? line->label.en : line->label.zh);
    out_str(o, S(","));
    if (line->no == LINE_ANALYSIS) csv_text(o, r->analysis);
    else report_amount(o, line->unit, r->lines.n[line->no]);
    out_str(o, S("\r\n"));
}

static const struct Heading { const char *zh, *en; } headings[] = {
    { "调解组织", "organisation" }, { "报告期", "period" }, { "统计口径", "definition" },
    { "栏次,项目,数值\r\n", "column,line,value\r\n" },
};

static void csv_head(Out *o, const Report *r, bool english)
{
    const char *head[COUNT(headings)];
    for (size_t i = 0; i < COUNT(headings); i++) head[i] = english ? headings[i].en : headings[i].zh;
    out_str(o, str_of(head[0]));
    out_str(o, S(","));
    csv_text(o, r->name);
    out_str(o, S("\r\n"));
    out_str(o, str_of(head[1]));
    out_str(o, S(","));
    out_date(o, r->since);
    out_str(o, S("/"));
    out_date(o, date_plus(r->until, -1));
    out_str(o, S("\r\n"));
    out_str(o, str_of(head[2]));
    out_str(o, S("," REPORT_DEFINITION "\r\n"));
    out_str(o, str_of(head[3]));
}

static void csv_parts(Ctx *c, Out *o, const Report *r, bool english)
{
    for (size_t i = 0; i < r->parts.n; i++) {
        const Part *p = (const Part *)r->parts.at + i;
        period_write(o, p->month);
        out_str(o, S(","));
        out_csv(o, part_source(p, english));
        out_str(o, S(","));
        csv_text(o, part_text(c, p, english));
        out_str(o, S("\r\n"));
    }
}

void report_csv(Ctx *c, Out *o, const Report *r, bool english)
{
    csv_head(o, r, english);
    const ReportLaw *law = &c->law->report;
    for (size_t i = 0; i < law->lines; i++) csv_row(o, &law->line[i], r, english);
    csv_parts(c, o, r, english);
}
