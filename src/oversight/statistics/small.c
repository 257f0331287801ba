#include "oversight/statistics/small.h"

const Run stat_runs[STAT_RUNS] = {
    { "causes", LINE_CAUSE_PAY, CAUSE_LINES }, { "industries", LINE_INDUSTRY_C, INDUSTRY_LINES },
    { "groups", LINE_GROUP_RURAL, GROUP_LINES }, { "sources", LINE_SOURCE_SELF, SOURCE_LINES },
    { "outcomes", LINE_AGREED, OUTCOME_LINES },
};
const Cross stat_crosses[STAT_CROSSES] = {
    { "cause_by_outcome", LINE_CAUSE_BY_OUTCOME, LINE_CAUSE_PAY, CAUSE_LINES, LINE_AGREED, OUTCOME_LINES },
    { "industry_by_cause", LINE_INDUSTRY_BY_CAUSE, LINE_INDUSTRY_C, INDUSTRY_LINES, LINE_CAUSE_PAY,
      CAUSE_LINES },
};

/* What is no number of cases itself, and the number it is of. */
static const struct Derived { Line line, of; } derived[] = {
    { LINE_CLAIM_FEN, LINE_ACCEPTED }, { LINE_AGREED_FEN, LINE_AGREED }, { LINE_DUE_FEN, LINE_DUE },
    { LINE_PERFORMED_FEN, LINE_PERFORMED }, { LINE_MEAN_DAYS, LINE_CLOSED },
    { LINE_SATISFACTION, LINE_MARKS },
};

static bool is_small(const Stat *s, int64_t n)
{
    return n == CELL_HIDDEN || (n > 0 && n < s->small);
}

/* ---- one alone --------------------------------------------------------------------------- */

/* A row or a column: `step` apart. */
typedef struct Stripe { int64_t *at, n, step; } Stripe;

/* If one alone is hidden, the smallest of the others that is not zero goes with it. */
static bool cover_one(Stripe x)
{
    int64_t hidden = 0, *least = NULL;
    for (int64_t i = 0; i < x.n; i++) {
        int64_t *cell = &x.at[i * x.step];
        hidden += *cell == CELL_HIDDEN;
        if (*cell > 0 && (!least || *cell < *least)) least = cell;
    }
    if (hidden != 1 || !least) return false;
    *least = CELL_HIDDEN;
    return true;
}

static void cover(int64_t *n, int64_t rows, int64_t columns, bool both)
{
    for (bool more = true; more;) {
        more = false;
        for (int64_t i = 0; i < rows; i++) more |= cover_one((Stripe){ n + i * columns, columns, 1 });
        for (int64_t j = 0; both && j < columns; j++) more |= cover_one((Stripe){ n + j, rows, columns });
    }
}

void small_hide(const Stat *s, int64_t *n, int64_t rows, int64_t columns, bool both)
{
    if (s->small == 0) return;
    for (int64_t i = 0; i < rows * columns; i++) {
        if (is_small(s, n[i])) n[i] = CELL_HIDDEN;
    }
    cover(n, rows, columns, both);
}

/* ---- all lines ------------------------------------------------------------------------------ */

static bool is_derived(int64_t line)
{
    for (size_t i = 0; i < COUNT(derived); i++) {
        if (derived[i].line == line) return true;
    }
    return false;
}

static void hide_derived(const Stat *s, const Lines *of, Lines *l)
{
    for (size_t i = 0; i < COUNT(derived); i++) {
        if (is_small(s, of->n[derived[i].of])) l->n[derived[i].line] = CELL_HIDDEN;
    }
}

static void hide_counts(const Stat *s, Lines *l)
{
    for (int64_t i = 0; i < LINE__COUNT; i++) {
        if (!is_derived(i) && is_small(s, l->n[i])) l->n[i] = CELL_HIDDEN;
    }
}

/* The parts of totals that are hidden. */
static void hide_parts(const Cross *x, Lines *l)
{
    for (int64_t i = 0; i < x->rows; i++) {
        for (int64_t j = 0; j < x->columns; j++) {
            bool whole = l->n[x->row + i] == CELL_HIDDEN || l->n[x->column + j] == CELL_HIDDEN;
            int64_t *part = &l->n[x->line + i * x->columns + j];
            if (whole && *part > 0) *part = CELL_HIDDEN;
        }
    }
}

void small_lines(const Stat *s, Lines *l)
{
    if (s->small == 0) return;
    Lines whole = *l;
    hide_counts(s, l);
    for (size_t i = 0; i < STAT_RUNS; i++) cover(&l->n[stat_runs[i].line], 1, stat_runs[i].n, false);
    for (size_t i = 0; i < STAT_CROSSES; i++) {
        const Cross *x = &stat_crosses[i];
        hide_parts(x, l);
        cover(&l->n[x->line], x->rows, x->columns, true);
    }
    cover(&l->n[LINE_SOURCE_BY_CLOSED], 1, SOURCE_LINES, false);
    cover(&l->n[LINE_SOURCE_BY_SOLVED], 1, SOURCE_LINES, false);
    hide_derived(s, &whole, l);
}

/* ---- months ------------------------------------------------------------------------------------ */

void small_trend(const Stat *s, Trend *t)
{
    int64_t n[MONTHS_MAX];
    size_t months = t->n - 1;
    if (s->small == 0) return;
    for (size_t k = 0; k < TREND_LINES; k++) {
        if (is_derived(trend_lines[k])) continue;
        for (size_t i = 0; i < months; i++) n[i] = t->month[i + 1].n[trend_lines[k]];
        small_hide(s, n, 1, (int64_t)months, false);
        for (size_t i = 0; i < months; i++) t->month[i + 1].n[trend_lines[k]] = n[i];
    }
    for (size_t i = 1; i < t->n; i++) {
        Lines *l = &t->month[i];
        hide_derived(s, l, l);
        if (is_small(s, l->n[LINE_CARRIED_OUT])) l->n[LINE_CARRIED_OUT] = CELL_HIDDEN;
        if (is_small(s, l->n[LINE_LATE_OPEN])) l->n[LINE_LATE_OPEN] = CELL_HIDDEN;
    }
}

bool small_rate(const Stat *s, const Rate *r, const Lines *l)
{
    bool fen = str_eq(str_of(r->key), S("performance_fen"));
    int64_t num = fen ? l->n[LINE_PERFORMED] : r->num, den = fen ? l->n[LINE_DUE] : r->den;
    return is_small(s, num) || is_small(s, den) || is_small(s, den - num);
}
