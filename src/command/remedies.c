/* `tiaojie law remedies`: what each side may do about an agreement on a day. */
#include "command/calc.h"
#include "core/calc_read.h"
#include "core/remedy_json.h"

#include <stdio.h>
#include <string.h>

enum { REMEDIES_MAX = 1 << 20 };

static const char flags[] = "--json --describe";
static const char known[] = "--json --describe --lang --data";

static Str pick(Text t, bool english) { return english ? t.en : t.zh; }

/* For people: open roads first, then why not the others. */
static void report(Out *o, const Remedies *r, bool english)
{
    static const char *const marks[] = { "-", "+", "~", "x" };
    out_str(o, str_of(r->state));
    out_str(o, S("\n"));
    for (size_t i = 0; i < RM__COUNT; i++) {
        const Remedy *m = &r->remedy[i];
        out_str(o, str_of(marks[m->status]));
        out_str(o, S(" "));
        out_str(o, str_of(english ? remedy_rows[i].title.en : remedy_rows[i].title.zh));
        out_str(o, m->until.day ? S("  ≤ ") : S(""));
        out_date(o, m->until);
        for (size_t w = 0; w < m->whys; w++) {
            out_str(o, S("\n    "));
            out_str(o, pick(remedy_word(m->why[w]), english));
        }
        out_str(o, S("\n    "));
        out_str(o, pick(m->basis, english));
        out_str(o, S("\n"));
    }
    for (size_t i = 0; i < r->warnings; i++) {
        out_str(o, S("! "));
        out_str(o, pick(remedy_word(r->warning[i]), english));
        out_str(o, S("\n"));
    }
}

/* --- the command --- */

static int print(const Out *o, int code)
{
    if (o->full) return refused("the answer is too long");
    (void)fwrite(o->buf, 1, o->len, stdout);
    return code;
}

static int find_remedies(CalcDesk *desk, Out *o, const char *file, bool json)
{
    Reading reading = { .mem = &desk->mem, .english = desk->english };
    Str text;
    if (!desk_input(&desk->mem, file, &text)) return 1;
    json_t *object = read_object(&reading, text);
    Agreement *a = NEW(&desk->mem, Agreement, 1);
    Remedies *r = NEW(&desk->mem, Remedies, 1);
    if (object) read_agreement(&reading, object, a);
    json_decref(object);
    if (reading.errors) return desk_refuse(desk, &reading, json);
    RemedyLaw law = { desk->law, &desk->data };
    remedies_find(&law, a, &desk->mem, r);
    if (json) write_remedies(o, a, r, &(RemedyWrite){ .english = desk->english });
    else report(o, r, desk->english);
    return print(o, 0);
}

static int run_remedies(int argc, char **argv)
{
    CalcDesk desk;
    const char *stranger = unknown_option(argc, argv, known), *word[2] = { NULL, NULL };
    size_t words = arguments(argc, argv, flags, word, COUNT(word));
    const char *lang = option(argc, argv, "--lang", "zh");
    if (stranger) return wrong_use("law remedies: unknown option %s", stranger);
    if (words > 1) return wrong_use("law remedies: one word too many: %s", word[1]);
    if (strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
        return wrong_use("--lang is zh or en, not %s", lang);
    bool open = desk_open(&desk, argc, argv);
    Out o = { .cap = REMEDIES_MAX };
    int code = 1;
    if (open) {
        o.buf = NEW(&desk.mem, char, REMEDIES_MAX);
        if (option_set(argc, argv, "--describe")) {
            describe_remedies(&o, desk.english);
            code = print(&o, 0);
        } else {
            code = find_remedies(&desk, &o, word[0], option_set(argc, argv, "--json"));
        }
    }
    desk_close(&desk);
    return code;
}

const Command command_law_remedies = {
    .name = "law remedies", .summary = "what each side may do about an agreement: until when, with which paper",
    .usage = "tiaojie law remedies [--json] [--lang zh|en] [--data DIR] < agreement.json\n"
             "tiaojie law remedies agreement.json  the same, from a file\n"
             "tiaojie law remedies --describe     the input form, as JSON\n\n"
             "{\"today\":\"2026-02-03\",\"effective\":\"2026-01-10\",\"terms\":[{\"kind\":\"pay\",\"due\":\"2026-01-31\","
             "\"amount_fen\":\"1200000\"}]}",
    .run = run_remedies,
};
