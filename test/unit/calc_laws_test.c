/* What holds for every calculator, whatever its input: properties over
** invented facts from a fixed seed, and slow second opinions. */
#include "unit/calc_desk.h"
#include "unit/suites.h"

#include <stdio.h>

/* A small generator of its own, so that every run sees the same facts. */
typedef struct Dice {
    uint64_t state;
} Dice;

static int64_t roll(Dice *d, int64_t n)
{
    d->state = (d->state ^ (d->state << 13)) & UINT64_MAX;
    d->state ^= d->state >> 7;
    d->state = (d->state ^ (d->state << 17)) & UINT64_MAX;
    return (int64_t)(d->state >> 1) % n;
}

static int64_t invent(Dice *d, const CalcField *f)
{
    int64_t span = f->max - f->min;
    switch (f->kind) {
    case FACT_DATE: return date_of(2004, 1, 1).day + roll(d, 9000);
    case FACT_BOOL: return roll(d, 2);
    case FACT_CODE: return roll(d, 3);
    case FACT_NUMBER: return f->min * FIGURE_SCALE + roll(d, span * FIGURE_SCALE + 1);
    case FACT_MONEY: return f->min + roll(d, roll(d, 4) ? 2000000 : span + 1);
    default: return f->min + roll(d, span + 1);
    }
}

static void invent_list(Dice *d, Facts *f, FieldId id)
{
    const CalcColumns *columns = calc_columns_of(id);
    CalcList *list = facts_list(f, id);
    size_t n = (size_t)roll(d, 6) + 1;
    *list = (CalcList){ NEW(desk_mem(), CalcRow, n), n };
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < columns->n; c++) {
            ColumnId column = columns->column[c];
            list->row[i].given[column] = c < columns->required || roll(d, 2);
            if (list->row[i].given[column]) list->row[i].v[column] = invent(d, &calc_columns[column]);
            if (calc_columns[column].kind == FACT_CODE) list->row[i].v[column] %= 2;
        }
        list->row[i].v[R_WORKED] %= 4 * FIGURE_SCALE;
    }
}

static Facts *invented(Dice *d, const Calc *calc)
{
    static const char *const regions[] = { "33", "330282", "32", "45", "31", "44" };
    Facts *f = NEW(desk_mem(), Facts, 1);
    for (size_t i = 0; i < calc->uses; i++) {
        FieldId id = calc->use[i].field;
        f->given[id] = calc->use[i].required || roll(d, 2);
        if (!f->given[id]) continue;
        if (calc_fields[id].kind == FACT_LIST) invent_list(d, f, id);
        else f->v[id] = invent(d, &calc_fields[id]);
        if (id == F_REGION) f->region = str_of(regions[roll(d, COUNT(regions))]);
    }
    return f;
}

static const CalcResult *computed(const Calc *calc, const Facts *f)
{
    CalcPlace place = { desk_mem(), true };
    return calc_run(calc, desk_data(), f, &place);
}

/* The sum of the lines is the total, nothing is below zero, and the same facts
** give the same answer. */
static bool holds(const Calc *calc, const Facts *f)
{
    const CalcResult *r = computed(calc, f), *again = computed(calc, f);
    int64_t sum = 0;
    bool good =
        r->amount_fen == again->amount_fen && r->errors == again->errors && r->lines.n == again->lines.n;
    for (size_t i = 0; i < r->lines.n; i++) {
        sum += r->lines.line[i].amount_fen;
        good =
            good && r->lines.line[i].amount_fen >= 0 && r->lines.line[i].basis.n && r->lines.line[i].label.n;
    }
    return good && sum == r->amount_fen && (r->errors == 0 || r->lines.n == 0);
}

static void every_calculator(void)
{
    Dice d = { 20260101 };
    for (const Calc *const *c = calculators; *c; c++) {
        int bad = 0, answered = 0;
        for (int i = 0; i < 3000; i++) {
            desk_new();
            const Facts *f = invented(&d, *c);
            bad += !holds(*c, f);
            answered += computed(*c, f)->errors == 0;
        }
        check_int(bad, 0, (*c)->code);
        check(answered > 20, (*c)->code);
    }
}

/* N never falls when the wage or the service grows, away from the cap. */
static void n_grows(void)
{
    Dice d = { 7 };
    const Calc *calc = calc_find(S("B01"));
    int bad = 0;
    for (int i = 0; i < 5000; i++) {
        desk_new();
        Facts *f = NEW(desk_mem(), Facts, 1);
        f->given[F_HIRE] = f->given[F_LAST_DAY] = f->given[F_AVERAGE_FEN] = true;
        f->v[F_HIRE] = date_of(2000, 1, 1).day + roll(&d, 8000);
        f->v[F_LAST_DAY] = f->v[F_HIRE] + roll(&d, 9000);
        f->v[F_AVERAGE_FEN] = roll(&d, 3000000);
        int64_t before = computed(calc, f)->amount_fen;
        f->v[F_LAST_DAY] += roll(&d, 400);
        int64_t longer = computed(calc, f)->amount_fen;
        f->v[F_AVERAGE_FEN] += roll(&d, 1000);
        bad += longer < before || computed(calc, f)->amount_fen < longer;
    }
    check_int(bad, 0, "N grows with wage and service");
}

/* Half months by walking from anniversary to anniversary, day by day. */
static int64_t slow_halves(Date from, Date last)
{
    int64_t halves = 0;
    int months = 0, day = from.day;
    for (;; months += 12) {
        int next = date_plus_months(from, months + 12).day;
        if (next > last.day + 1) break;
        halves += 2;
        day = next;
    }
    if (day == last.day + 1) return halves;
    return halves + (date_plus_months(from, months + 6).day <= last.day + 1 ? 2 : 1);
}

static void second_opinion(void)
{
    Dice d = { 99 };
    const Calc *calc = calc_find(S("B02"));
    int bad = 0;
    for (int i = 0; i < 5000; i++) {
        desk_new();
        Facts *f = NEW(desk_mem(), Facts, 1);
        f->given[F_HIRE] = f->given[F_LAST_DAY] = f->given[F_AVERAGE_FEN] = true;
        Date from = date_plus(date_of(1995, 1, 1), (int)roll(&d, 11000));
        Date last = date_plus(from, (int)roll(&d, 8000));
        if (last.day < date_of(2008, 1, 1).day) continue;    /* no 2N before its statute */
        f->v[F_HIRE] = from.day;
        f->v[F_LAST_DAY] = last.day;
        f->v[F_AVERAGE_FEN] = 100;
        bad += computed(calc, f)->amount_fen != slow_halves(from, last) * 100;
    }
    check_int(bad, 0, "2N against a slow count");
}

/* The order of the days is nothing to the sum. */
static void order_is_nothing(void)
{
    Dice d = { 4711 };
    const Calc *calc = calc_find(S("A02"));
    int bad = 0;
    for (int i = 0; i < 2000; i++) {
        desk_new();
        Facts *f = NEW(desk_mem(), Facts, 1);
        f->given[F_MONTHLY_FEN] = f->given[F_HOURS] = true;
        f->v[F_MONTHLY_FEN] = 1 + roll(&d, 2000000);
        invent_list(&d, f, F_HOURS);
        CalcList *list = facts_list(f, F_HOURS);
        int64_t before = computed(calc, f)->amount_fen;
        for (size_t k = 0; k < list->n / 2; k++) {
            CalcRow row = list->row[k];
            list->row[k] = list->row[list->n - 1 - k];
            list->row[list->n - 1 - k] = row;
        }
        bad += computed(calc, f)->amount_fen != before;
    }
    check_int(bad, 0, "overtime whatever the order of the days");
}

/* Every figure a calculator can ask for is there, but for those that a person
** must give. */
static void figures_complete(void)
{
    int empty = 0;
    for (size_t i = 0; i < P__COUNT; i++) empty += desk_data()->rate[i].n == 0;
    check_int(empty, 1, "only the city's average has no row");
}

static void figures_bad(void)
{
    static const struct Bad { const char *row; bool good; } rows[] = {
        { "k,*,2020-01-01,,1,x,b,verified,\n", true }, { "k@3,33,,2020-01-01,21.75,x,b,stale,\n", true },
        { ",*,,,1,x,b,verified,\n", false },           { "k@x,*,,,1,x,b,verified,\n", false },
        { "k,3x,,,1,x,b,verified,\n", false },         { "k,*,2020-02-30,,1,x,b,verified,\n", false },
        { "k,*,2020-01-02,2020-01-01,1,x,b,verified,\n", false }, { "k,*,,,1.23456,x,b,verified,\n", false },
        { "k,*,,,1.,x,b,verified,\n", false },         { "k,*,,,,x,b,verified,\n", false },
        { "k,*,,,1,x,,verified,\n", false },           { "k,*,,,1,x,b,guessed,\n", false },
        { "k,*,,,1,x,b,verified\n", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[300];
        desk_new();
        (void)snprintf(text, sizeof text, "key,region,from,to,value,unit,basis,status,note\n%s", rows[i].row);
        Figures f = figures_read(desk_mem(), str_of(text));
        check((f.fault == NULL) == rows[i].good, rows[i].row);
    }
}

static void figures_found(void)
{
    desk_new();
    Figures f = figures_read(desk_mem(), S("key,region,from,to,value,unit,basis,status,note\n"
                                           "k,*,,,1,x,b,verified,\nk,33,2020-01-01,2020-12-31,2,x,b,verified,\n"
                                           "k,33,2021-01-01,,3,x,b,verified,\nk,3302,2021-01-01,,4,x,b,verified,\n"
                                           "s@0,*,,,0,x,b,verified,\ns@5,*,,,5,x,b,verified,\n"));
    static const struct Found { const char *region; int year; int64_t value; } found[] = {
        { "", 2021, 1 }, { "45", 2021, 1 }, { "33", 2019, 1 }, { "33", 2020, 2 }, { "330282", 2020, 2 },
        { "330282", 2021, 4 }, { "330100", 2022, 3 },
    };
    for (size_t i = 0; i < COUNT(found); i++) {
        FigureAsk ask = { str_of(found[i].region), date_of(found[i].year, 6, 1), 0 };
        const Figure *row = figure_at(figures_span(&f, S("k")), ask);
        check_int(row ? row->value / FIGURE_SCALE : -1, found[i].value, found[i].region);
    }
    FigureSpan steps = figures_span(&f, S("s"));
    check_int(figure_step(steps, (FigureAsk){ .step = 4 })->value, 0, "below the step");
    check_int(figure_step(steps, (FigureAsk){ .step = 5 })->value, 5 * FIGURE_SCALE, "on the step");
    check(figure_at(steps, (FigureAsk){ .step = 4 }) == NULL, "no such step");
}

void test_calc_laws(void)
{
    every_calculator();
    n_grows();
    second_opinion();
    order_is_nothing();
    figures_complete();
    figures_bad();
    figures_found();
}
