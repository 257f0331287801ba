/*
** `tiaojie law calc`: a calculator from the command line, its form, the list,
** and how many computations a second this machine does.
*/
#include "command/calc.h"
#include "core/calc_read.h"
#include "core/calc_write.h"

#include "law/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DESK_MEMORY = 24 << 20, FIGURES_MAX = 4 << 20, ANSWER_MAX = 2 << 20, BENCH_ANSWER = 8192 };

static const char flags[] = "--json --describe --list --guide";
static const char known[] = "--json --describe --list --guide --lang --data --repeat";

const char *unknown_option(int argc, char **argv, const char *words)
{
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) == 0 && calc_code(words, str_of(argv[i])) < 0) return argv[i];
    }
    return NULL;
}

bool desk_open(CalcDesk *desk, int argc, char **argv)
{
    *desk = (CalcDesk){ .english = strcmp(option(argc, argv, "--lang", "zh"), "en") == 0 };
    desk->block = block_open(LAW_MEMORY + DESK_MEMORY);
    desk->mem = block_arena(&desk->block);
    desk->law = NEW(&desk->mem, Law, 1);
    if (!law_open(desk->law, &desk->mem, data_path)) {
        (void)refused("%s", desk->law->fault);
        return false;
    }
    desk->data = desk->law->figures;
    return true;
}

void desk_close(CalcDesk *desk) { block_close(&desk->block); }

static int print(const Out *o, int code)
{
    if (o->full) return refused("the answer is too long");
    (void)fwrite(o->buf, 1, o->len, stdout);
    return code;
}

static Out answer(Arena *mem)
{
    return (Out){ .buf = NEW(mem, char, ANSWER_MAX), .cap = ANSWER_MAX };
}

bool desk_input(Arena *mem, const char *file, Str *text)
{
    bool piped = !file || strcmp(file, "-") == 0;
    FILE *from = piped ? stdin : fopen(file, "rb");
    char *room = NEW(mem, char, READ_MAX + 1);
    size_t n = from ? fread(room, 1, READ_MAX + 1, from) : 0;
    bool good = from && !ferror(from);
    if (from && !piped) (void)fclose(from);
    *text = (Str){ room, n > READ_MAX ? 0 : n };
    if (!good) (void)refused("%s: cannot be read", piped ? "stdin" : file);
    return good;
}

int desk_refuse(CalcDesk *desk, const Reading *reading, bool json)
{
    Out o = answer(&desk->mem);
    if (json) {
        write_errors(&o, reading->error, reading->errors);
        return print(&o, 1);
    }
    for (size_t i = 0; i < reading->errors; i++) {
        const ReadError *e = &reading->error[i];
        (void)refused("%.*s%s%.*s", (int)e->field.n, e->field.n ? e->field.s : "", e->field.n ? ": " : "",
                      (int)e->message.n, e->message.s);
    }
    return 1;
}

/* What the calculation refused, as if the reading had. */
static int refuse_result(CalcDesk *desk, Reading *reading, const CalcResult *result, bool json)
{
    for (size_t i = 0; i < result->errors; i++) {
        const CalcError *e = &result->error[i];
        read_error(reading, str_of(e->field), e->code, e->message);
    }
    return desk_refuse(desk, reading, json);
}

typedef struct Bench {
    int64_t times;
    bool    json; /* write each answer too, not only the last */
} Bench;

/* The same facts over and over; the last answer is printed. */
static int repeat(CalcDesk *desk, const Calc *calc, const Facts *facts, Bench bench)
{
    Arena start = desk->mem;
    Out o = { 0 };
    for (int64_t i = 0; i < bench.times; i++) {
        desk->mem = start;
        CalcPlace place = { &desk->mem, desk->english };
        const CalcResult *result = calc_run(calc, &desk->data, facts, &place);
        if (!bench.json && i + 1 < bench.times) continue;
        o = (Out){ .buf = NEW(&desk->mem, char, BENCH_ANSWER), .cap = BENCH_ANSWER };
        write_result(&o, calc, result, &(Cite){ 0 });
    }
    return print(&o, 0);
}

static int compute(CalcDesk *desk, const Calc *calc, int argc, char **argv)
{
    Reading reading = { .mem = &desk->mem, .english = desk->english, .places = &desk->law->places };
    Bench bench = { .json = option_set(argc, argv, "--json") };
    const char *word[2] = { NULL, NULL };
    (void)arguments(argc, argv, flags, word, COUNT(word));
    Str text;
    if (!desk_input(&desk->mem, word[1], &text)) return 1;
    json_t *object = read_object(&reading, text);
    Facts *facts = NEW(&desk->mem, Facts, 1);
    if (object) read_facts(&reading, calc, object, facts);
    json_decref(object);
    if (reading.errors) return desk_refuse(desk, &reading, bench.json);
    if (str_int(str_of(option(argc, argv, "--repeat", "")), &bench.times))
        return repeat(desk, calc, facts, bench);
    CalcPlace place = { &desk->mem, desk->english };
    CalcResult *result = calc_run(calc, &desk->data, facts, &place);
    if (result->errors) return refuse_result(desk, &reading, result, bench.json);
    Out o = answer(&desk->mem);
    if (bench.json) write_result(&o, calc, result, &(Cite){ 0 });
    else write_report(&o, calc, result, desk->english);
    return print(&o, 0);
}

static int run_forms(const Calc *calc, int argc, char **argv)
{
    bool english = strcmp(option(argc, argv, "--lang", "zh"), "en") == 0;
    Block block = block_open((size_t)2 * ANSWER_MAX);
    Arena mem = block_arena(&block);
    Out o = answer(&mem);
    if (option_set(argc, argv, "--guide")) write_guide(&o);
    else if (option_set(argc, argv, "--list")) write_list(&o, option_set(argc, argv, "--json"), english);
    else write_describe(&o, calc, english);
    int code = print(&o, 0);
    block_close(&block);
    return code;
}

static int run_calc(int argc, char **argv)
{
    CalcDesk desk;
    const char *word[3] = { NULL, NULL, NULL }, *code;
    size_t words = arguments(argc, argv, flags, word, COUNT(word));
    const char *stranger = unknown_option(argc, argv, known);
    const char *lang = option(argc, argv, "--lang", "zh");
    if (stranger) return wrong_use("law calc: unknown option %s", stranger);
    if (strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
        return wrong_use("--lang is zh or en, not %s", lang);
    if (option_set(argc, argv, "--list") || option_set(argc, argv, "--guide"))
        return run_forms(NULL, argc, argv);
    code = word[0];
    if (!code) return wrong_use("law calc: which calculator? tiaojie law calc --list names them");
    if (words > 2) return wrong_use("law calc: one word too many: %s", word[2]);
    const Calc *calc = calc_find(str_of(code));
    bool two = words == 2 && calc && calc_find(str_of(word[1]));
    if (two) return wrong_use("law calc: one calculator at a time");
    if (!calc) return wrong_use("law calc: no calculator %s; tiaojie law calc --list names them", code);
    if (option_set(argc, argv, "--describe")) return run_forms(calc, argc, argv);
    bool open = desk_open(&desk, argc, argv);
    int result = open ? compute(&desk, calc, argc, argv) : 1;
    desk_close(&desk);
    return result;
}

const Command command_law_calc = {
    .name = "law calc", .summary = "computes a claim (经济补偿, 加班费, 工伤待遇 …) with its working",
    .usage = "tiaojie law calc CODE [--json] [--lang zh|en] [--data DIR] < input.json\n"
             "tiaojie law calc CODE input.json     the same, from a file\n"
             "tiaojie law calc CODE --describe     the input form, as JSON\n"
             "tiaojie law calc --list [--json]     the calculators\n"
             "tiaojie law calc SITUATION < story.json   which claims exist, all computed\n"
             "tiaojie law calc CODE --repeat N     computes N times, for measuring\n\n"
             "Money is integer fen, as a string or an integer; days are YYYY-MM-DD.  A refusal\n"
             "exits with 1 and names every bad field: with --json on stdout, else on stderr.",
    .run = run_calc,
};
