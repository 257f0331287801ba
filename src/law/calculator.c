/* The vocabulary, the list of calculators, and running one of them. */
#include "law/calculator.h"
#include "law/calc_list.h"

#include <string.h>

#define CALC_FIELD_ROW(id, name, kind, min, max, codes, zh, en) \
    { #name, FACT_##kind, min, max, codes, { zh, en } },

const CalcField calc_fields[F__COUNT] = { CALC_FIELDS(CALC_FIELD_ROW) };
const CalcField calc_columns[R__COUNT] = { CALC_COLUMNS(CALC_FIELD_ROW) };

#define CALC_WORD_ROW(id, zh, en) { zh, en },
const Phrase calc_words[W__COUNT] = { CALC_WORDS(CALC_WORD_ROW) };
const Phrase calc_cites[C__COUNT] = { CALC_CITES(CALC_WORD_ROW) };

static const ColumnId hours_columns[] = { R_DATE, R_WORKED, R_START, R_RESTED, R_REST_DAY, R_OVERTIME };
static const ColumnId periods_columns[] = {
    R_PERIOD,       R_DUE_FEN,   R_WITHHELD, R_LOSS,   R_PAID,
    R_OVERTIME_PAY, R_ALLOWANCE, R_WELFARE,  R_NORMAL, R_MINIMUM,
};
static const ColumnId relatives_columns[] = { R_KIN, R_LONE };
static const ColumnId items_columns[] = { R_AMOUNT, R_NAME, R_KIND, R_DUE };

static const CalcColumns lists[CALC_LISTS] = {
    { F_HOURS, hours_columns, COUNT(hours_columns), 2 },
    { F_PERIODS, periods_columns, COUNT(periods_columns), 0 },
    { F_RELATIVES, relatives_columns, COUNT(relatives_columns), 1 },
    { F_ITEMS, items_columns, COUNT(items_columns), 1 },
};

static size_t list_index(FieldId id)
{
    size_t i = 0;
    while (i < CALC_LISTS && lists[i].list != id) i++;
    BUG_IF(i == CALC_LISTS);
    return i;
}

const CalcColumns *calc_columns_of(FieldId list) { return &lists[list_index(list)]; }

CalcList *facts_list(Facts *f, FieldId id) { return &f->list[list_index(id)]; }

const CalcList *facts_rows(const Facts *f, FieldId id) { return &f->list[list_index(id)]; }

int calc_code(const char *codes, Str word)
{
    Str rest = str_of(codes);
    for (int i = 0; rest.n; i++) {
        if (str_eq(str_cut(&rest, ' '), word)) return i;
    }
    return -1;
}

Str calc_code_word(const char *codes, int64_t index)
{
    Str rest = str_of(codes), word = { 0 };
    for (int64_t i = 0; i <= index && rest.n; i++) word = str_cut(&rest, ' ');
    return word;
}

const Calc *const calculators[] = {
    &calc_a01, &calc_a02, &calc_a04, &calc_a05, &calc_a06, &calc_a07, &calc_a08, &calc_a09, &calc_b01,
    &calc_b02, &calc_b03, &calc_b07, &calc_b08, &calc_d03, &calc_g, &calc_g04, &calc_g05, &calc_k01,
    &calc_inst, &calc_final, &calc_crim, &calc_waiver, &calc_situation, NULL,
};

static bool same_code(Str a, Str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        if (char_upper(a.s[i]) != char_upper(b.s[i])) return false;
    }
    return true;
}

const Calc *calc_find(Str code)
{
    Str rest = code, head = str_cut(&rest, '-');
    if (rest.n && same_code(head, S("CALC"))) code = rest;
    for (const Calc *const *c = calculators; *c; c++) {
        if (same_code(str_of((*c)->code), code)) return *c;
    }
    return NULL;
}

bool ordered(Run *r, FieldId first, FieldId second)
{
    if (day(r, second).day < day(r, first).day) must(r, second, "order", W_ORDER);
    return !failed(r);
}

static void required(Run *r, const Calc *calc)
{
    for (size_t i = 0; i < calc->uses; i++) {
        if (calc->use[i].required && !has(r, calc->use[i].field)) {
            must(r, calc->use[i].field, "required", W_REQUIRED);
        }
    }
}

CalcResult *calc_run(const Calc *calc, const CalcData *data, const Facts *facts, const CalcPlace *place)
{
    Run r = { .data = data, .facts = facts, .mem = place->mem, .english = place->english,
              .result = NEW(place->mem, CalcResult, 1) };
    required(&r, calc);
    if (!failed(&r)) calc->run(&r);
    if (!failed(&r)) return r.result;
    r.result->lines.n = r.result->also.n = 0;
    r.result->claims = r.result->excludes = r.result->warnings = r.result->values = 0;
    r.result->amount_fen = 0;
    return r.result;
}
