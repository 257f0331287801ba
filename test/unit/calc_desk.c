#include "unit/calc_desk.h"
#include "core/calc_read.h"

#include <stdio.h>
#include <string.h>

enum { DESK_SIZE = 96 << 20, FIGURES_SIZE = 4 << 20 };

typedef struct Desk {
    Block    block;
    Arena    start, mem;
    Law      law;
    CalcData data;
    bool     open;
} Desk;

static bool test_path(const char *name, char *path, size_t cap)
{
    int n = snprintf(path, cap, "%s/%s", TEST_DATA, name);
    return n > 0 && (size_t)n < cap;
}

static Desk *desk(void)
{
    static Desk d;
    char path[4096];
    bool good = false;
    if (d.open) return &d;
    d.block = block_open(DESK_SIZE);
    d.mem = block_arena(&d.block);
    check(law_open(&d.law, &d.mem, test_path), "the law opens");
    check(test_path("figures.csv", path, sizeof path), "the figures have a path");
    Str text = file_read(&d.mem, path, FIGURES_SIZE, &good);
    Figures figures = figures_read(&d.mem, text);
    check(good && figures.fault == NULL && figures.n > 300, "the figures are read");
    check(calc_data(&d.data, &figures, &d.law.calendar) == NULL, "the figures are found");
    d.start = d.mem;
    d.open = true;
    return &d;
}

const CalcData *desk_data(void) { return &desk()->data; }

const Law *desk_law(void) { return &desk()->law; }

Arena *desk_mem(void) { return &desk()->mem; }

void desk_new(void) { desk()->mem = desk()->start; }

const CalcResult *desk_run(const char *code, const char *json)
{
    const Calc *calc = calc_find(str_of(code));
    desk_new();
    Reading reading = { .mem = desk_mem(), .english = true };
    Facts *facts = NEW(desk_mem(), Facts, 1);
    json_t *object = read_object(&reading, str_of(json));
    check(calc != NULL && object != NULL, json);
    if (!calc || !object) return NEW(desk_mem(), CalcResult, 1);
    read_facts(&reading, calc, object, facts);
    json_decref(object);
    CalcPlace place = { desk_mem(), true };
    if (!reading.errors) return calc_run(calc, desk_data(), facts, &place);
    CalcResult *result = NEW(desk_mem(), CalcResult, 1);
    for (size_t i = 0; i < reading.errors && i < CALC_ERRORS; i++) {
        const ReadError *e = &reading.error[i];
        result->error[result->errors++] = (CalcError){ str_c(desk_mem(), e->field), e->code, e->message };
    }
    return result;
}

int64_t desk_sum(const char *code, const char *json)
{
    const CalcResult *r = desk_run(code, json);
    return r->errors ? -1 : r->amount_fen;
}

Str desk_value(const CalcResult *r, const char *name)
{
    for (size_t i = 0; i < r->values; i++) {
        if (strcmp(r->value[i].name, name) == 0) return r->value[i].value;
    }
    return (Str){ 0 };
}

bool desk_error(const CalcResult *r, const char *field, const char *code)
{
    for (size_t i = 0; i < r->errors; i++) {
        if (strcmp(r->error[i].field, field) == 0 && strcmp(r->error[i].code, code) == 0) return true;
    }
    return false;
}

void desk_cases(const Case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char what[400];
        (void)snprintf(what, sizeof what, "%s %s", cases[i].code, cases[i].json);
        check_int(desk_sum(cases[i].code, cases[i].json), cases[i].fen, what);
    }
}
