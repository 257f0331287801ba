/*
** The statistics as one table: every line together, every rate with both its
** numbers, and what is shown month by month, a row each, so that it goes out as a
** workbook like any list (oversight/export) and a pivot table takes it as it is.
*/
#include "law/period.h"
#include "oversight/month/report.h"
#include "oversight/statistics/small.h"

enum { RATE_ROOM = 24, LABEL_ROOM = 40 };

typedef struct StatRow {
    Str     part;      /* total, rate, month */
    Str     label, en;
    Str     month;     /* or both ends */
    int64_t n;
    Money   amount;
    bool    withheld;  /* too small for c's person */
    int64_t num, den;
    Str     rate;      /* 75.00% */
    int64_t line;      /* by which its cases are listed; 0: none */
} StatRow;

static const Code part_rows[] = {
    { "total", "合计", "together" }, { "rate", "比率", "rates" }, { "month", "分月", "month by month" },
};
static const Codes parts = { .name = "statistics_part", .row = part_rows, .n = COUNT(part_rows) };

static const Field fields[] = {
    FIELD(StatRow, part,     .label = "部分",   .en = "part", .codes = &parts),
    FIELD(StatRow, label,    .label = "项目",   .en = "what"),
    FIELD(StatRow, en,       .label = "英文",   .en = "in English"),
    FIELD(StatRow, month,    .label = "月份",   .en = "month"),
    FIELD(StatRow, n,        .label = "数量",   .en = "number"),
    FIELD(StatRow, amount,   .label = "金额",   .en = "amount"),
    FIELD(StatRow, withheld, .label = "因数值过小不显示", .en = "too small to show"),
    FIELD(StatRow, num,      .label = "分子",   .en = "numerator"),
    FIELD(StatRow, den,      .label = "分母",   .en = "denominator"),
    FIELD(StatRow, rate,     .label = "比率",   .en = "rate"),
    FIELD(StatRow, line,     .label = "行次",   .en = "line"),
};
static const Form stat_row_form = FORM(StatRow, fields);

/* Beside those of the monthly report. */
static const struct Extra { Line line; Text label; } extras[] = {
    { LINE_LATE_CLOSED, { { "超期结案", 12 }, { "closed late", 11 } } },
    { LINE_LATE_OPEN, { { "超期未结", 12 }, { "open and late", 13 } } },
    { LINE_CARRIED_OUT, { { "期末未结", 12 }, { "open at the end", 15 } } },
};

static Text label_of(Ctx *c, Line line)
{
    Text label = stat_label(c, line);
    for (size_t i = 0; i < COUNT(extras) && label.zh.n == 0; i++) {
        if (extras[i].line == line) label = extras[i].label;
    }
    return label;
}

static void count(const Stat *s, StatRow *r, Line line, int64_t n)
{
    r->line = line;
    r->withheld = n == CELL_HIDDEN || (!stat_is_money(line) && n > 0 && n < s->small);
    if (r->withheld) return;
    if (stat_is_money(line)) r->amount = (Money){ n };
    else r->n = n;
}

static Str months_text(Ctx *c, int64_t from, int64_t to)
{
    Out o = { .buf = NEW(c->mem, char, LABEL_ROOM), .cap = LABEL_ROOM };
    period_write(&o, from);
    if (to != from) out_str(&o, S("—"));
    if (to != from) period_write(&o, to);
    return out_view(&o);
}

static void add(Rows *rows, const StatRow *r)
{
    ((StatRow *)rows->at)[rows->n++] = *r;
}

static void add_line(Ctx *c, const Stat *s, Rows *rows, StatRow r, const Lines *l)
{
    const Line line = (Line)r.line;
    Text label = label_of(c, line);
    r.label = label.zh;
    r.en = label.en;
    count(s, &r, line, l->n[line]);
    if (label.zh.n) add(rows, &r);
}

static void add_totals(Ctx *c, const Stat *s, Rows *rows, const Lines *l)
{
    const ReportLaw *law = &c->law->report;
    StatRow r = { .part = S("total"), .month = months_text(c, s->from, s->to) };
    for (size_t i = 0; i < law->lines; i++) {
        r.line = law->line[i].no;
        if (r.line != LINE_ANALYSIS) add_line(c, s, rows, r, l);
    }
    r.line = LINE_LATE_CLOSED;
    add_line(c, s, rows, r, l);
    r.line = LINE_LATE_OPEN;
    add_line(c, s, rows, r, l);
}

/* Hundredths of a percent, rounded half up. */
static Str rate_text(Ctx *c, int64_t num, int64_t den)
{
    Out o = { .buf = NEW(c->mem, char, RATE_ROOM), .cap = RATE_ROOM };
    if (den == 0) return S("—");
    int64_t v = (num * 20000 + den) / (2 * den);
    out_int(&o, v / 100);
    out_str(&o, S("."));
    out_pad(&o, (int)(v % 100), 2);
    out_str(&o, S("%"));
    return out_view(&o);
}

static void add_rates(Ctx *c, const Stat *s, Rows *rows, const Lines *l)
{
    Rate rate[RATES_MAX];
    size_t n = report_rates(l, rate);
    for (size_t i = 0; i < n; i++) {
        StatRow r = { .part = S("rate"), .label = str_of(rate[i].zh), .en = str_of(rate[i].en),
                      .line = rate[i].line, .month = months_text(c, s->from, s->to),
                      .withheld = small_rate(s, &rate[i], l) };
        if (!r.withheld) {
            r.num = rate[i].num;
            r.den = rate[i].den;
            r.rate = rate_text(c, r.num, r.den);
        }
        add(rows, &r);
    }
}

static void add_months(Ctx *c, const Stat *s, Rows *rows, const Trend *t)
{
    int64_t month = s->from;
    for (size_t i = 1; i < t->n; i++, month = period_plus(month, 1)) {
        StatRow r = { .part = S("month"), .month = months_text(c, month, month) };
        for (size_t k = 0; k < TREND_LINES; k++) {
            r.line = trend_lines[k];
            add_line(c, s, rows, r, &t->month[i]);
        }
        r.line = LINE_CARRIED_OUT;
        add_line(c, s, rows, r, &t->month[i]);
        r.line = LINE_LATE_OPEN;
        add_line(c, s, rows, r, &t->month[i]);
    }
}

static void table(Ctx *c)
{
    Stat s;
    if (!stat_asked(c, &s)) return;
    Trend *t = NEW(c->mem, Trend, 1);
    stat_trend(c, &s, t);
    if (!ok(c)) return;
    size_t most = c->law->report.lines + RATES_MAX + (t->n + 1) * (TREND_LINES + 2) + 2;
    Rows rows = { NEW(c->mem, StatRow, most), 0 };
    Lines shown = t->all;
    small_lines(&s, &shown);
    small_trend(&s, t);
    add_totals(c, &s, &rows, &shown);
    add_rates(c, &s, &rows, &t->all);
    add_months(c, &s, &rows, t);
    BUG_IF(rows.n > most);
    reply_rows(c, &stat_row_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/statistics/table", MONTH_READ, table, "统计表", "the statistics as one table",
      .query = &stat_ask_form, .out = &stat_row_form, .list = true },
};

const Slice statistics_table_slice = { .name = "statistics_table", .route = routes, .routes = COUNT(routes) };
