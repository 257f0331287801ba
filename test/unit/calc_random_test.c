/*
** Whatever is sent to a calculator is answered: sums or named faults, and no
** stop.  Values are drawn from the ends and the middle of what each field
** takes, and a few from outside; the same ones on every run.
*/
#include "core/calc_read.h"
#include "core/calc_write.h"
#include "unit/calc_desk.h"
#include "unit/suites.h"

enum { ROUNDS = 2000, TEXT_MAX = 1 << 20, ROWS = 5, ONE_IN = 12 };

typedef struct Dice {
    uint64_t state;
} Dice;

static uint64_t roll(Dice *d, uint64_t sides)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return d->state % sides;
}

static void put_date(Dice *d, Out *o)
{
    static const char *const days[] = {
        "1950-01-01", "1995-01-01", "2007-12-31", "2008-01-01", "2019-02-28", "2020-02-29", "2024-10-01",
        "2025-08-31", "2026-02-28", "2026-03-01", "2199-12-31",
    };
    out_str(o, S("\""));
    out_str(o, str_of(days[roll(d, COUNT(days))]));
    out_str(o, S("\""));
}

static void put_number(Dice *d, const CalcField *f, Out *o)
{
    int64_t span = f->max - f->min, v = f->min;
    switch (roll(d, 4)) {
    case 0: v = f->max; break;
    case 1: v += (int64_t)roll(d, (uint64_t)span + 1); break;
    case 2: v += span ? (int64_t)roll(d, (uint64_t)(span < 20 ? span : 20) + 1) : 0; break;
    default: break;
    }
    out_int(o, roll(d, ONE_IN * 4) ? v : f->max + 1);
}

static void put_value(Dice *d, const CalcField *f, Out *o)
{
    Str codes = str_of(f->codes), word = { 0 };
    switch (f->kind) {
    case FACT_DATE: put_date(d, o); return;
    case FACT_BOOL: out_str(o, roll(d, 2) ? S("true") : S("false")); return;
    case FACT_CLOCK: out_str(o, roll(d, 2) ? S("\"00:00\"") : S("\"23:59\"")); return;
    case FACT_TEXT: out_str(o, roll(d, 2) ? S("\"450206\"") : S("\"32\"")); return;
    case FACT_CODE:
        for (uint64_t n = roll(d, 20) + 1; n; n--) {
            word = codes.n ? str_cut(&codes, ' ') : word;
        }
        out_json(o, word);
        return;
    default: put_number(d, f, o);
    }
}

static void put_pair(Dice *d, const CalcField *f, Out *o, bool first)
{
    if (!first) out_str(o, S(","));
    out_json(o, str_of(f->name));
    out_str(o, S(":"));
    put_value(d, f, o);
}

static void put_list(Dice *d, FieldId id, Out *o)
{
    const CalcColumns *columns = calc_columns_of(id);
    out_str(o, S("["));
    for (uint64_t n = 0, rows = roll(d, ROWS) + 1; n < rows; n++) {
        bool first = true;
        out_str(o, n ? S(",{") : S("{"));
        for (size_t i = 0; i < columns->n; i++) {
            if (i >= columns->required && roll(d, 2)) continue;
            put_pair(d, &calc_columns[columns->column[i]], o, first);
            first = false;
        }
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

static Str story(Dice *d, const Calc *calc, Out *o)
{
    uint64_t rare = roll(d, 4) + 1;
    bool first = true;
    o->len = 0;
    out_str(o, S("{"));
    for (size_t i = 0; i < calc->uses; i++) {
        FieldId id = calc->use[i].field;
        bool wanted = calc->use[i].required ? roll(d, ONE_IN * 4) > 0 : roll(d, rare + 1) == 0;
        if (!wanted) continue;
        if (calc_fields[id].kind != FACT_LIST) {
            put_pair(d, &calc_fields[id], o, first);
        } else {
            if (!first) out_str(o, S(","));
            out_json(o, str_of(calc_fields[id].name));
            out_str(o, S(":"));
            put_list(d, id, o);
        }
        first = false;
    }
    out_str(o, S("}"));
    return out_view(o);
}

/* True if it is answered with lines that add up, or with faults. */
static bool answered(const Calc *calc, Str text, bool *summed)
{
    Reading reading = { .mem = desk_mem() };
    Facts *facts = NEW(desk_mem(), Facts, 1);
    json_t *object = read_object(&reading, text);
    if (object) read_facts(&reading, calc, object, facts);
    json_decref(object);
    if (reading.errors) return true;
    CalcPlace place = { desk_mem(), false };
    const CalcResult *result = calc_run(calc, desk_data(), facts, &place);
    if (result->errors) return true;
    int64_t sum = 0;
    Out o = { .buf = NEW(desk_mem(), char, TEXT_MAX), .cap = TEXT_MAX };
    for (size_t i = 0; i < result->lines.n; i++) sum += result->lines.line[i].amount_fen;
    write_result(&o, calc, result, &(Cite){ 0 });
    *summed = true;
    return !o.full && sum == result->amount_fen && sum >= 0;
}

void test_calc_random(void)
{
    static char room[TEXT_MAX];
    Dice dice = { 20260101 };
    (void)desk_data();
    for (const Calc *const *c = calculators; *c; c++) {
        bool good = true, summed = false;
        Out o = { .buf = room, .cap = sizeof room };
        for (int i = 0; i < ROUNDS && good; i++) {
            desk_new();
            Str text = story(&dice, *c, &o);
            good = answered(*c, text, &summed);
            if (!good) check_str(text, S(""), (*c)->code);
        }
        check(good, (*c)->code);
        check(summed, (*c)->code);
    }
}
