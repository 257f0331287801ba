#include "law/calc_run.h"

#include <string.h>

bool has(const Run *r, FieldId id) { return r->facts->given[id]; }

int64_t val(const Run *r, FieldId id) { return has(r, id) ? r->facts->v[id] : 0; }

bool fact_is(const Run *r, FieldId id) { return val(r, id) != 0; }

Date day(const Run *r, FieldId id) { return (Date){ (int32_t)val(r, id) }; }

bool failed(const Run *r) { return r->result->errors > 0; }

Date later(Date a, Date b) { return a.day > b.day ? a : b; }

Date earlier(Date a, Date b) { return a.day < b.day ? a : b; }

int64_t fen_round(Wide num, Wide den)
{
    BUG_IF(den <= 0 || num < 0);
    return (int64_t)((2 * num + den) / (2 * den));
}

int months_between(Date a, Date b)
{
    if (b.day <= a.day) return 0;
    Civil from = date_civil(a), to = date_civil(b);
    int n = (to.year - from.year) * 12 + to.month - from.month;
    return date_plus_months(a, n).day <= b.day ? n : n - 1;
}

int working_days(const Run *r, Date a, Date b)
{
    if (b.day < a.day) return 0;
    return working_days_between(r->data->calendar, date_plus(a, -1), b);
}

Span span_of(const Run *r, Date a, Date b)
{
    Span s = { .rest = a };
    if (b.day < a.day) return s;
    s.months = months_between(a, date_plus(b, 1));
    s.rest = date_plus_months(a, (int)s.months);
    s.days = working_days(r, s.rest, b);
    return s;
}

Span span_after(const Run *r, Date anchor, Date from, Date end)
{
    Span s = { .rest = from };
    if (end.day < from.day) return s;
    int lead = months_between(anchor, from);
    s.months = months_between(anchor, date_plus(end, 1)) - lead;
    s.rest = date_plus_months(anchor, lead + (int)s.months);
    s.days = working_days(r, s.rest, end);
    return s;
}

Span span_paid(Run *r, Span s)
{
    if (s.days * FIGURE_SCALE <= rate(r, P_PAY_DAYS)) return s;
    s.months++;
    s.days = 0;
    return s;
}

Date law_from(Run *r)
{
    int64_t ymd = whole(r, P_SPLIT);
    return date_of((int)(ymd / 10000), (int)(ymd / 100 % 100), (int)(ymd % 100));
}

/* --- words --- */

static void put_arg(Out *o, char shape, int64_t v)
{
    switch (shape) {
    case 'y': out_yuan(o, (Money){ v }); break;
    case 'n': out_decimal(o, v); break;
    case 'i': out_int(o, v); break;
    case 'd': out_date(o, (Date){ (int32_t)v }); break;
    default: BUG_IF(true);
    }
}

/* The template with its arguments, straight into the arena. */
static Str fill(Arena *mem, const char *shape, Args args)
{
    Out o = { .buf = mem->at, .cap = arena_left(mem) };
    while (*shape) {
        size_t n = strcspn(shape, "%");
        out_str(&o, (Str){ shape, n });
        shape += n;
        if (!*shape) break;
        if (shape[1] == '%') out_str(&o, S("%"));
        else put_arg(&o, shape[1], *args++); // NOLINT(clang-analyzer-core.CallAndMessage): one a %
        shape += 2;
    }
    BUG_IF(o.full);
    mem->at += o.len;
    return out_view(&o);
}

static const char *words_of(const Run *r, WordId word)
{
    return r->english ? calc_words[word].en : calc_words[word].zh;
}

Str work(Run *r, const char *shape, Args args) { return fill(r->mem, shape, args); }

Str say(Run *r, WordId word, Args args)
{
    const char *text = words_of(r, word);
    return args ? fill(r->mem, text, args) : str_of(text);
}

Str cite(const Run *r, CiteId id)
{
    return str_of(r->english ? calc_cites[id].en : calc_cites[id].zh);
}

static bool warned(const CalcResult *result, Str text)
{
    for (size_t i = 0; i < result->warnings; i++) {
        if (str_eq(result->warning[i], text)) return true;
    }
    return false;
}

void warn(Run *r, WordId word, Args args)
{
    CalcResult *result = r->result;
    Str text = say(r, word, args);
    if (result->warnings < CALC_NOTES && !warned(result, text)) result->warning[result->warnings++] = text;
}

static void value_put(Run *r, CalcValue v)
{
    CalcResult *result = r->result;
    for (size_t i = 0; i < result->values; i++) {
        if (strcmp(result->value[i].name, v.name) == 0) return;
    }
    if (result->values < CALC_VALUES) result->value[result->values++] = v;
}

void value(Run *r, const char *name, Str text) { value_put(r, (CalcValue){ name, text }); }

void value_n(Run *r, const char *name, int64_t scaled) { value(r, name, work(r, "%n", ARGS(scaled))); }

void value_i(Run *r, const char *name, int64_t n) { value(r, name, work(r, "%i", ARGS(n))); }

void value_d(Run *r, const char *name, Date d)
{
    if (d.day) value(r, name, work(r, "%d", ARGS(d.day)));
}

void provisional_said(Run *r, Span s, Date last)
{
    bool rests = s.days && !is_official_span(r->data->calendar, s.rest, last);
    if (rests) warn(r, W_PROVISIONAL, ARGS(date_civil(last).year));
}

/* --- errors --- */

static void error_put(Run *r, CalcError e)
{
    CalcResult *result = r->result;
    for (size_t i = 0; i < result->errors; i++) {
        if (strcmp(result->error[i].field, e.field) == 0) return;
    }
    if (result->errors < CALC_ERRORS) result->error[result->errors++] = e;
}

void must(Run *r, FieldId id, const char *code, WordId word)
{
    error_put(r, (CalcError){ calc_fields[id].name, code, say(r, word, NULL) });
}

/* --- parameters --- */

#define CALC_RATE_KEY(id, key) key,
static const char *const rate_keys[] = { CALC_RATES(CALC_RATE_KEY) };

const char *calc_data(CalcData *data, const Figures *figures, const Calendar *calendar)
{
    data->calendar = calendar;
    for (size_t i = 0; i < P__COUNT; i++) {
        data->rate[i] = figures_span(figures, str_of(rate_keys[i]));
    }
    return figures->n ? NULL : "no rows";
}

/* A doubtful row is used, and said to be doubtful, once. */
static void doubt(Run *r, RateId id, const Figure *p)
{
    if (p->status != FIGURE_UNVERIFIED && p->status != FIGURE_STALE) return;
    if (r->told[id]) return;
    r->told[id] = 1;
    WordId word = p->status == FIGURE_STALE ? W_STALE : W_UNVERIFIED;
    Str head = say(r, word, NULL);
    Out o = { .buf = NEW(r->mem, char, 400), .cap = 400 };
    out_str(&o, head);
    out_str(&o, p->key);
    out_str(&o, S(" = "));
    if (str_eq(p->unit, S("fen"))) out_yuan(&o, (Money){ p->value / FIGURE_SCALE });
    else out_decimal(&o, p->value);
    out_str(&o, S(" ("));
    out_str(&o, p->basis);
    out_str(&o, S(")"));
    CalcResult *result = r->result;
    if (result->warnings < CALC_NOTES) result->warning[result->warnings++] = out_view(&o);
}

static const Figure *ask(Run *r, RateId id, FigureAsk a, bool below)
{
    FigureSpan span = r->data->rate[id];
    const Figure *p = below ? figure_step(span, a) : figure_at(span, a);
    if (p) doubt(r, id, p);
    return p;
}

static int64_t rate_asked(Run *r, RateId id, int64_t step, bool below)
{
    FigureAsk a = { .region = r->facts->region, .day = r->when, .step = step };
    const Figure *p = ask(r, id, a, below);
    if (p) return p->value;
    error_put(r, (CalcError){ rate_keys[id], "missing_parameter", say(r, W_NO_PARAMETER, NULL) });
    return FIGURE_SCALE;
}

int64_t rate(Run *r, RateId id) { return rate_asked(r, id, 0, false); }

int64_t rate_exact(Run *r, RateId id, int64_t step) { return rate_asked(r, id, step, false); }

int64_t rate_below(Run *r, RateId id, int64_t step) { return rate_asked(r, id, step, true); }

int64_t whole(Run *r, RateId id) { return rate(r, id) / FIGURE_SCALE; }

bool money_of(Run *r, FieldId id, RateId rate_id, int64_t *fen)
{
    *fen = val(r, id);
    if (has(r, id)) return true;
    FigureAsk a = { .region = r->facts->region, .day = r->when };
    const Figure *p = ask(r, rate_id, a, false);
    if (p) *fen = p->value / FIGURE_SCALE;
    return p != NULL;
}

/* The minimum wage of the region's class; without a class, of its only one.  A
** class that the region itself has not is none of the province's either. */
bool minimum_of(Run *r, RateId id, int64_t *fen)
{
    FigureSpan span = r->data->rate[id];
    FigureAsk a = { .region = r->facts->region, .day = r->when };
    if (a.region.n == 0) return false;
    a.step = has(r, F_WAGE_CLASS) ? val(r, F_WAGE_CLASS) : 1;
    const Figure *p = figure_at(span, a);
    a.step = 2;
    const Figure *second = figure_at(span, a);
    bool several = second && p && second->region.n == p->region.n;
    a.step = 1;
    const Figure *own = figure_at(span, a);
    if (p && own && own->region.n > p->region.n) return false;
    if (!p || (several && !has(r, F_WAGE_CLASS))) return false;
    doubt(r, id, p);
    *fen = p->value / FIGURE_SCALE;
    return true;
}

bool minimum_wage(Run *r, bool needed, int64_t *fen)
{
    *fen = val(r, F_MINIMUM_FEN);
    if (has(r, F_MINIMUM_FEN) || minimum_of(r, P_MINIMUM_MONTH, fen)) return true;
    if (needed) must(r, F_MINIMUM_FEN, "missing_parameter", W_NEED_MINIMUM);
    else warn(r, W_NO_MINIMUM, NULL);
    return false;
}

/* --- lines --- */

static CalcLine *line_add(Run *r, CalcLines *lines)
{
    if (lines->n == lines->cap) {
        size_t cap = lines->cap ? lines->cap * 4 : 8;
        CalcLine *more = NEW(r->mem, CalcLine, cap);
        if (lines->n) memcpy(more, lines->line, lines->n * sizeof *more);
        *lines = (CalcLines){ more, lines->n, cap };
    }
    return &lines->line[lines->n++];
}

CalcLine *item(Run *r, WordId label, CiteId basis, int64_t fen)
{
    BUG_IF(fen < 0);
    CalcLine *line = line_add(r, &r->result->lines);
    *line = (CalcLine){ .label = say(r, label, NULL), .basis = cite(r, basis), .amount_fen = fen };
    r->result->amount_fen += fen;
    return line;
}

CalcLine *aside(Run *r, WordId label, CiteId basis, int64_t fen)
{
    CalcLine *line = line_add(r, &r->result->also);
    *line = (CalcLine){ .label = say(r, label, NULL), .basis = cite(r, basis), .amount_fen = fen };
    return line;
}
