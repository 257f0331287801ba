/* What strangers send to the calculators and the remedies: the first byte says to which. */
#include "fuzz/fuzz.h"

#include "command/command.h"
#include "core/calc_read.h"
#include "core/calc_write.h"
#include "core/limits.h"
#include "core/remedy_json.h"

static const Law *the_law(void)
{
    static Law law;
    if (law.files) return &law;
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    BUG_IF(!law_open(&law, &mem, data_path));
    return &law;
}

static const Calc *which(uint8_t n)
{
    size_t all = 0;
    while (calculators[all]) all++;
    return calculators[n % (all + 1)]; /* NULL: the remedies */
}

static void roads(Reading *r, json_t *object, Out *o)
{
    Agreement *a = NEW(r->mem, Agreement, 1);
    Remedies *found = NEW(r->mem, Remedies, 1);
    read_agreement(r, object, a);
    if (r->errors) return;
    remedies_find(&(RemedyLaw){ the_law(), &the_law()->figures }, a, r->mem, found);
    Cite cite = { &the_law()->library, r->mem, date_of(2026, 3, 2) };
    write_remedies(o, a, found, &(RemedyWrite){ false, cite });
}

static void sums(Reading *r, const Calc *calc, json_t *object, Out *o)
{
    Facts *facts = NEW(r->mem, Facts, 1);
    read_facts(r, calc, object, facts);
    if (r->errors) return;
    const CalcResult *result = calc_run(calc, &the_law()->figures, facts, &(CalcPlace){ r->mem, false });
    if (result->errors) return;
    write_result(o, calc, result, &(Cite){ &the_law()->library, r->mem, date_of(2026, 3, 2) });
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Block block;
    if (!block.memory) block = block_open(ARENA_MAX);
    if (n == 0 || n > BODY_MAX) return 0;
    Arena mem = block_arena(&block);
    Reading reading = { .mem = &mem };
    Out o = { .buf = NEW(&mem, char, REPLY_MAX), .cap = REPLY_MAX };
    json_t *object = read_object(&reading, (Str){ (const char *)data + 1, n - 1 });
    const Calc *calc = which(data[0]);
    if (object && calc) sums(&reading, calc, object, &o);
    else if (object) roads(&reading, object, &o);
    json_decref(object);
    BUG_IF(o.full); /* would be a 500 */
    LawLinks links;
    law_links(&the_law()->library, (Str){ (const char *)data, n }, date_of(2026, 3, 2), &links);
    return 0;
}
