#include "oversight/statistics/small.h"

#include "oversight/month/recorded.h"
#include "register/organisations/org_dated.h"

enum { NAMED = HEAD | HR | ORG_MANAGER };

static const Field ask_fields[] = {
    FIELD(StatAsk, org,    .label = "调解组织", .en = "organisation"),
    FIELD(StatAsk, from,   .label = "月份起",   .en = "from the month", .rule = REQUIRED, .max = 7),
    FIELD(StatAsk, to,     .label = "月份止",   .en = "to the month", .rule = REQUIRED, .max = 7),
    FIELD(StatAsk, bucket, .label = "账龄",     .en = "how long overdue", .max = 10),
    FIELD(StatAsk, after,  .label = "接续",     .en = "the page before's next", .max = 80),
    FIELD(StatAsk, scope,  .label = "范围",     .en = "scope", .codes = &month_scopes),
};
const Form stat_ask_form = FORM(StatAsk, ask_fields);

bool stat_asked(Ctx *c, Stat *s)
{
    *s = (Stat){ 0 };
    form_read_query(c, &stat_ask_form, &s->ask);
    if (s->ask.from.n && !period_parse(s->ask.from, &s->from)) fault(c, S("from"), FAULT_NOT_DATE);
    if (s->ask.to.n && !period_parse(s->ask.to, &s->to)) fault(c, S("to"), FAULT_NOT_DATE);
    if (s->to < s->from || s->to > period_plus(s->from, MONTHS_MAX - 1)) fault(c, S("to"), FAULT_ORDER);
    if (s->ask.org.n == 0) s->ask.org = c->who.org;
    if (!ok(c) || !org_get(c, s->ask.org, &s->org) || !right_need(c, OBJ_STATISTICS, MAY_READ)) return false;
    org_need(c, s->org.path);
    s->kind = str_eq(s->ask.scope, S("own")) ? SUM_OWN : SUM_TREE;
    const Param *small = param_find(&c->law->params, S("SMALL_CELL"), s->org.region, c->today);
    if (!(c->who.roles & (uint32_t)NAMED) && small) s->small = small->value;
    return ok(c);
}

void out_cell(Out *o, const Stat *s, int64_t n)
{
    if (n == CELL_HIDDEN || (n > 0 && n < s->small)) out_str(o, S("null"));
    else out_int(o, n);
}

void out_key(Out *o, const char *gap, const char *key)
{
    out_str(o, str_of(gap));
    out_json(o, str_of(key));
    out_str(o, S(":"));
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static const Query q_months = {
    .name = "statistics.months", .in = &sum_form, .out = &sum_form,
    .sql = "SELECT month, lines, open, undecided, late FROM month_sum WHERE kind = :kind AND path = :path"
           " AND month >= :from AND month <= :to ORDER BY month",
};
static const Query *const queries[] = { &q_months, NULL };

/* ---- the parts of the overview ----------------------------------------------------------------------- */

bool stat_is_money(Line line)
{
    return line == LINE_CLAIM_FEN || line == LINE_AGREED_FEN || line == LINE_DUE_FEN
        || line == LINE_PERFORMED_FEN;
}

static void money_or_number(Out *o, const Stat *s, Line line, int64_t n)
{
    if (stat_is_money(line) && n != CELL_HIDDEN) out_int(o, n);
    else out_cell(o, s, n);
}

const Line trend_lines[TREND_LINES] = {
    LINE_REGISTERED, LINE_ACCEPTED, LINE_REFUSED, LINE_WORKERS, LINE_COLLECTIVE, LINE_CLOSED, LINE_AGREED,
        LINE_SETTLED,
    LINE_AT_ONCE, LINE_FAILED, LINE_WITHDRAWN, LINE_ON_TIME, LINE_LATE_CLOSED, LINE_CLAIM_FEN,
        LINE_AGREED_FEN,
    LINE_DUE, LINE_PERFORMED,
};

/* A month without a row had nothing; the stock goes on. */
static void write_month(Out *o, const Stat *s, const Lines *l, int64_t month)
{
    out_str(o, S("{\"month\":\""));
    period_write(o, month);
    out_str(o, S("\""));
    for (size_t i = 0; i < TREND_LINES; i++) {
        out_key(o, ",", line_key(trend_lines[i]));
        money_or_number(o, s, trend_lines[i], l->n[trend_lines[i]]);
    }
    out_key(o, ",", "carried_out");
    out_cell(o, s, l->n[LINE_CARRIED_OUT]);
    out_key(o, ",", "late_open");
    out_cell(o, s, l->n[LINE_LATE_OPEN]);
    out_str(o, S("}"));
}

void stat_trend(Ctx *c, const Stat *s, Trend *t)
{
    Sum ask = { .kind = s->kind, .path = s->org.path, .from = period_plus(s->from, -1), .to = s->to };
    Rows rows = db_list(c, &q_months, &ask);
    Sum stock = { .kind = s->kind, .path = s->org.path, .to = ask.from };
    (void)db_find(c, &q_report_stock, &stock, &stock);
    const Sum *row = rows.at;
    size_t at = 0;
    Sum start = { 0 };
    for (int64_t month = ask.from; month <= s->to; month = period_plus(month, 1)) {
        Lines *l = &t->month[t->n++];
        if (month == s->from) start = stock;
        if (at < rows.n && row[at].month == month) {
            lines_read(l, row[at].lines);
            if (month >= s->from) lines_add(&t->all, l, 1);
            stock.open += row[at].open;
            stock.undecided += row[at].undecided;
            stock.late += row[at].late;
            at++;
        }
        l->n[LINE_CARRIED_OUT] = stock.open;
        l->n[LINE_LATE_OPEN] = stock.late;
    }
    lines_close(&t->all, &start, &stock);
    Sum entered = { .path = s->org.path, .path_end = path_end(c->mem, s->org.path), .from = s->from,
        .to = s->to };
    if (s->kind == SUM_OWN) entered.path_end = alone_end(c, s->org.path);
    Seats seats = org_seats(c, &s->org);
    report_records(c, &entered, &seats, &t->all);
    filings_of(c, &entered, &t->all);
}

static void write_trend(Out *o, const Stat *s, const Trend *t)
{
    int64_t month = s->from;
    out_str(o, S("["));
    for (size_t i = 1; i < t->n; i++) {
        if (i > 1) out_str(o, S(","));
        write_month(o, s, &t->month[i], month);
        month = period_plus(month, 1);
    }
    out_str(o, S("]"));
}

static void write_lines(Ctx *c, const Stat *s, const Lines *l)
{
    const ReportLaw *law = &c->law->report;
    Out *o = &c->out;
    out_str(o, S("{"));
    for (size_t i = 0; i < law->lines; i++) {
        if (law->line[i].no == LINE_ANALYSIS) continue;
        out_str(o, i ? S(",") : (Str){ 0 });
        out_json(o, law->line[i].key);
        out_str(o, S(":"));
        money_or_number(o, s, (Line)law->line[i].no, l->n[law->line[i].no]);
    }
    out_key(o, ",", "late_closed");
    out_cell(o, s, l->n[LINE_LATE_CLOSED]);
    out_key(o, ",", "late_open");
    out_cell(o, s, l->n[LINE_LATE_OPEN]);
    out_str(o, S("}"));
}

static void write_either(Out *o, const char *key, bool hidden, int64_t n)
{
    out_key(o, ",", key);
    if (hidden) out_str(o, S("null"));
    else out_int(o, n);
}

static void write_rates(Out *o, const Stat *s, const Lines *l)
{
    Rate rate[RATES_MAX];
    size_t n = report_rates(l, rate);
    out_str(o, S("["));
    for (size_t i = 0; i < n; i++) {
        out_key(o, i ? ",{" : "{", "key");
        out_json(o, str_of(rate[i].key));
        out_key(o, ",", "label");
        out_json(o, str_of(rate[i].zh));
        out_key(o, ",", "en");
        out_json(o, str_of(rate[i].en));
        bool hidden = small_rate(s, &rate[i], l);
        write_either(o, "num", hidden, rate[i].num);
        write_either(o, "den", hidden, rate[i].den);
        out_key(o, ",", "line");
        out_int(o, rate[i].line);
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

static void write_named(Out *o, const char *gap, Text label, int64_t line)
{
    out_str(o, str_of(gap));
    out_str(o, S("{\"label\":"));
    out_json(o, label.zh);
    out_str(o, S(",\"en\":"));
    out_json(o, label.en);
    out_str(o, S(",\"line\":"));
    out_int(o, line);
}

Text stat_label(Ctx *c, int64_t line)
{
    const ReportLaw *law = &c->law->report;
    for (size_t i = 0; i < law->lines; i++) {
        if (law->line[i].no == line) return law->line[i].label;
    }
    return (Text){ 0 };
}

static void write_run(Ctx *c, const Stat *s, const Run *run, const Lines *l)
{
    Out *o = &c->out;
    out_key(o, ",", run->key);
    out_str(o, S("["));
    for (int64_t i = run->line; i < run->line + run->n; i++) {
        write_named(o, i > run->line ? "," : "", stat_label(c, i), i);
        out_str(o, S(",\"n\":"));
        out_cell(o, s, l->n[i]);
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

static void write_cross(Ctx *c, const Stat *s, const Cross *x, const Lines *l)
{
    Out *o = &c->out;
    out_key(o, ",", x->key);
    out_str(o, S("["));
    for (int64_t i = 0; i < x->rows; i++) {
        write_named(o, i ? "," : "", stat_label(c, x->row + i), x->line + i * x->columns);
        out_str(o, S(",\"n\":["));
        for (int64_t j = 0; j < x->columns; j++) {
            if (j) out_str(o, S(","));
            out_cell(o, s, l->n[x->line + i * x->columns + j]);
        }
        out_str(o, S("]}"));
    }
    out_str(o, S("]"));
}

/* By source: closed, and solved of them. */
static void write_sources(Ctx *c, const Stat *s, const Lines *l)
{
    Out *o = &c->out;
    out_key(o, ",", "source_success");
    out_str(o, S("["));
    for (int64_t i = 0; i < SOURCE_LINES; i++) {
        write_named(o, i ? "," : "", stat_label(c, LINE_SOURCE_SELF + i), LINE_SOURCE_BY_CLOSED + i);
        out_str(o, S(",\"num\":"));
        out_cell(o, s, l->n[LINE_SOURCE_BY_SOLVED + i]);
        out_str(o, S(",\"den\":"));
        out_cell(o, s, l->n[LINE_SOURCE_BY_CLOSED + i]);
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

static Text clock_label(Ctx *c, const char *code)
{
    bool known = false;
    const ClockRule *rule = clock_rule_find(&c->law->clocks, str_of(code), (Str){ 0 }, c->today, &known);
    Str word = str_of(code);
    for (size_t i = 0; !rule && i < c->law->clocks.n; i++) { /* one of its profiles */
        Str rest = c->law->clocks.row[i].code;
        if (str_eq(str_cut(&rest, '.'), word)) rule = &c->law->clocks.row[i];
    }
    return rule ? rule->label : (Text){ word, word };
}

static void write_clocks(Ctx *c, const Stat *s, const Lines *l)
{
    Out *o = &c->out;
    const char *gap = "";
    out_key(o, ",", "clocks");
    out_str(o, S("["));
    for (int64_t i = 0; i < CLOCK_LINES; i++) {
        int64_t met = l->n[LINE_CLOCK_MET + i], missed = l->n[LINE_CLOCK_MISSED + i];
        if (met + missed == 0) continue;
        write_named(o, gap, clock_label(c, clock_lines[i]), LINE_CLOCK_MISSED + i);
        out_str(o, S(",\"code\":"));
        out_json(o, str_of(clock_lines[i]));
        out_str(o, S(",\"met\":"));
        out_cell(o, s, met);
        out_str(o, S(",\"missed\":"));
        out_cell(o, s, missed);
        out_str(o, S("}"));
        gap = ",";
    }
    out_str(o, S("]"));
}

typedef struct Stage { Line line; const char *zh, *en; } Stage;
static const Stage confirmation[] = {
    { LINE_AGREED, "协议生效", "agreements in force" }, { LINE_ELIGIBLE, "可申请审查、确认", "may be confirmed" },
    { LINE_APPLIED, "已申请", "applied for" }, { LINE_PASSED, "已通过", "passed" },
};
static const Stage risks[] = {
    { LINE_RISKS_NEW, "风险新增", "found" }, { LINE_RISKS_RESOLVED, "风险化解", "resolved" },
    { LINE_RISKS_OPENED, "转为案件", "became a case" }, { LINE_RISKS_ESCALATED, "风险升级", "escalated" },
};
static const struct Funnel { const char *key; const Stage *stage; size_t n; } funnels[] = {
    { "confirmation", confirmation, COUNT(confirmation) }, { "risks", risks, COUNT(risks) },
};

static void write_funnels(Out *o, const Stat *s, const Lines *l)
{
    out_key(o, ",", "funnels");
    out_str(o, S("{"));
    for (size_t i = 0; i < COUNT(funnels); i++) {
        out_key(o, i ? "," : "", funnels[i].key);
        out_str(o, S("["));
        for (size_t j = 0; j < funnels[i].n; j++) {
            const Stage *t = &funnels[i].stage[j];
            write_named(o, j ? "," : "", (Text){ str_of(t->zh), str_of(t->en) }, t->line);
            out_str(o, S(",\"n\":"));
            out_cell(o, s, l->n[t->line]);
            out_str(o, S("}"));
        }
        out_str(o, S("]"));
    }
    out_str(o, S("}"));
}

/* What changed by more than JUMP_PERCENT from one month to the next, with JUMP_MIN cases or more. */
static void write_alerts(Ctx *c, const Stat *s, const Trend *t)
{
    static const Line watched[] = { LINE_REGISTERED, LINE_ACCEPTED, LINE_CLOSED, LINE_FAILED,
        LINE_COLLECTIVE };
    Look look = { .params = &c->law->params, .region = s->org.region, .day = c->today };
    int64_t jump = param(&look, "JUMP_PERCENT"), min = param(&look, "JUMP_MIN");
    int64_t month = s->from;
    const char *gap = "";
    out_key(&c->out, ",", "alerts");
    out_str(&c->out, S("["));
    for (size_t i = 1; i < t->n; i++, month = period_plus(month, 1)) {
        for (size_t k = 0; k < COUNT(watched) + CAUSE_LINES; k++) {
            int64_t no = k < COUNT(watched) ? watched[k] : LINE_CAUSE_PAY + (int64_t)(k - COUNT(watched));
            int64_t was = t->month[i - 1].n[no], is = t->month[i].n[no];
            int64_t more = is > was ? is - was : was - is;
            if ((was < min && is < min) || more * 100 <= was * jump) continue;
            write_named(&c->out, gap, stat_label(c, no), no);
            out_str(&c->out, S(",\"month\":\""));
            period_write(&c->out, month);
            out_str(&c->out, S("\",\"was\":"));
            out_cell(&c->out, s, was);
            out_str(&c->out, S(",\"now\":"));
            out_cell(&c->out, s, is);
            out_str(&c->out, S("}"));
            gap = ",";
        }
    }
    out_str(&c->out, S("]"));
}

/* Solved by mediation beside what went to arbitration and to court, where that is known. */
static void write_share(Out *o, const Stat *s, const Lines *l)
{
    out_key(o, ",", "share");
    out_str(o, S("{\"solved\":"));
    out_cell(o, s, l->n[LINE_AGREED] + l->n[LINE_SETTLED] + l->n[LINE_AT_ONCE]);
    out_str(o, S(",\"arbitration\":"));
    out_cell(o, s, l->n[LINE_ARBITRATION]);
    out_str(o, S(",\"suits\":"));
    out_cell(o, s, l->n[LINE_SUITS]);
    out_str(o, S("}"));
}

static void write_keywords(Ctx *c, const Stat *s, const Lines *l)
{
    const Keywords *list = &c->law->keywords;
    const char *gap = "";
    out_key(&c->out, ",", "keywords");
    out_str(&c->out, S("["));
    for (size_t i = 0; i < list->n; i++) {
        int64_t line = LINE_KEYWORD + list->row[i].no - 1;
        if (l->n[line] == 0) continue;
        write_named(&c->out, gap, list->row[i].label, line);
        out_str(&c->out, S(",\"n\":"));
        out_cell(&c->out, s, l->n[line]);
        out_str(&c->out, S("}"));
        gap = ",";
    }
    out_str(&c->out, S("]"));
}

/* Accepted by month of the year, year by year: the last SEASONS that end with the months asked for. */
static void write_seasons(Ctx *c, const Stat *s)
{
    enum { SEASONS = 4, MONTHS = 12 };
    int64_t last = s->to / 100, n[SEASONS][MONTHS] = { { 0 } };
    Sum ask = { .kind = s->kind, .path = s->org.path, .from = (last - SEASONS + 1) * 100 + 1,
                .to = last * 100 + MONTHS };
    Rows rows = db_list(c, &q_months, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        const Sum *row = (const Sum *)rows.at + i;
        Lines l = { 0 };
        lines_read(&l, row->lines);
        n[row->month / 100 - (last - SEASONS + 1)][row->month % 100 - 1] = l.n[LINE_ACCEPTED];
    }
    out_key(&c->out, ",", "seasons");
    out_str(&c->out, S("["));
    for (int64_t y = 0; y < SEASONS; y++) {
        out_str(&c->out, y ? S(",{\"year\":") : S("{\"year\":"));
        out_int(&c->out, last - SEASONS + 1 + y);
        out_str(&c->out, S(",\"n\":["));
        small_hide(s, n[y], 1, MONTHS, false);
        for (int m = 0; m < MONTHS; m++) {
            if (m) out_str(&c->out, S(","));
            out_cell(&c->out, s, n[y][m]);
        }
        out_str(&c->out, S("]}"));
    }
    out_str(&c->out, S("]"));
}

static void write_head(Ctx *c, const Stat *s)
{
    Out *o = &c->out;
    out_str(o, S("{\"definition\":\"" REPORT_DEFINITION "\",\"org\":\""));
    out_int(o, s->org.id.n);
    out_str(o, S("\",\"name\":"));
    out_json(o, s->org.name);
    out_str(o, S(",\"from\":\""));
    period_write(o, s->from);
    out_str(o, S("\",\"to\":\""));
    period_write(o, s->to);
    out_str(o, S("\",\"small\":"));
    out_int(o, s->small);
    out_str(o, S(",\"counting\":"));
    out_int(o, tally_waiting(c, s->org.path));
}

static void overview(Ctx *c)
{
    Stat s;
    if (!stat_asked(c, &s)) return;
    Trend *t = NEW(c->mem, Trend, 1);
    stat_trend(c, &s, t);
    if (!ok(c)) return;
    Trend *shown = NEW(c->mem, Trend, 1);
    *shown = *t;
    small_trend(&s, shown);
    small_lines(&s, &shown->all);
    const Lines *l = &shown->all;
    write_head(c, &s);
    out_str(&c->out, S(",\"trend\":"));
    write_trend(&c->out, &s, shown);
    out_str(&c->out, S(",\"lines\":"));
    write_lines(c, &s, l);
    out_str(&c->out, S(",\"rates\":"));
    write_rates(&c->out, &s, &t->all);
    for (size_t i = 0; i < STAT_RUNS; i++) write_run(c, &s, &stat_runs[i], l);
    for (size_t i = 0; i < STAT_CROSSES; i++) write_cross(c, &s, &stat_crosses[i], l);
    write_sources(c, &s, l);
    write_clocks(c, &s, &t->all);
    write_funnels(&c->out, &s, l);
    write_alerts(c, &s, t);
    write_share(&c->out, &s, &t->all);
    write_keywords(c, &s, l);
    write_seasons(c, &s);
    out_str(&c->out, S("}"));
    c->status = 200;
}

static const Route routes[] = {
    { "GET", "/api/v1/statistics", MONTH_READ, overview, "统计分析", "statistics of months and a subtree",
      .query = &stat_ask_form },
};

const Slice statistics_slice = { .name = "statistics", .query = queries, .route = routes, .routes = COUNT(routes) };
