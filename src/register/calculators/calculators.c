#include "register/calculators/calculators.h"

#include "core/calc_read.h"
#include "core/calc_write.h"
#include "core/remedy_json.h"

static const Code lang_rows[] = { { "zh", "中文", "Chinese" }, { "en", "英文", "English" } };
static const Codes langs = { .name = "lang", .row = lang_rows, .n = COUNT(lang_rows) };
static const Field lang_fields[] = {
    FIELD(AskLang, lang, .label = "语言", .en = "language", .codes = &langs),
};
const Form ask_lang_form = FORM(AskLang, lang_fields);

bool ask_english(Ctx *c)
{
    AskLang ask = { 0 };
    return form_read_query(c, &ask_lang_form, &ask) && str_eq(ask.lang, S("en"));
}

/* ---- forms -------------------------------------------------------------------------------- */

static void list(Ctx *c)
{
    bool english = ask_english(c);
    if (!ok(c)) return;
    c->status = 200;
    out_str(&c->out, S("{\"items\":"));
    write_titles(&c->out, english);
    out_str(&c->out, S(",\"next\":\"\"}"));
}

static const Calc *named(Ctx *c)
{
    const Calc *calc = calc_find(c->arg[0]);
    if (!calc) fail(c, ERR_NOT_FOUND, c->arg[0]);
    return calc;
}

static void describe(Ctx *c)
{
    const Calc *calc = named(c);
    bool english = ask_english(c);
    if (!calc || !ok(c)) return;
    c->status = 200;
    write_describe(&c->out, calc, english);
}

static void describe_roads(Ctx *c)
{
    bool english = ask_english(c);
    if (!ok(c)) return;
    c->status = 200;
    describe_remedies(&c->out, english);
}

/* ---- input -------------------------------------------------------------------------------- */

/* A thousand days of overtime are a third of it; more only costs time. */
enum { INPUT_MAX = 256 * 1024 };

static json_t *input(Ctx *c, Reading *r)
{
    if (c->body.n > INPUT_MAX) fail(c, ERR_TOO_LARGE, (Str){ 0 });
    return ok(c) ? read_object(r, c->body) : NULL;
}

/* What the reading found wrong; a body that is no JSON has no field. */
static void refuse(Ctx *c, const Reading *r)
{
    for (size_t i = 0; i < r->errors; i++) {
        const ReadError *e = &r->error[i];
        if (str_eq(str_of(e->code), S("json"))) fail(c, ERR_BAD_JSON, e->message);
        else fault_say(c, e->field, str_of(e->code), e->message);
    }
}

static void refuse_result(Ctx *c, const CalcResult *result)
{
    for (size_t i = 0; i < result->errors; i++) {
        const CalcError *e = &result->error[i];
        fault_say(c, str_of(e->field), str_of(e->code), e->message);
    }
}

/* ---- answers ------------------------------------------------------------------------------ */

/* Who does not say when the claim is made makes it today: nothing of days to come is counted. */
static void asks_today(const Ctx *c, const Calc *calc, Facts *facts)
{
    bool early = facts->given[F_HIRE] && facts->v[F_HIRE] > c->today.day;
    for (size_t i = 0; i < calc->uses && !early; i++) {
        if (calc->use[i].field != F_ASKED || facts->given[F_ASKED]) continue;
        facts->given[F_ASKED] = true;
        facts->v[F_ASKED] = c->today.day;
    }
}

const CalcResult *calculators_asked(Ctx *c, const Calc *calc, bool english)
{
    Reading reading = { .mem = c->mem, .english = english, .places = &c->law->places };
    Facts *facts = NEW(c->mem, Facts, 1);
    json_t *object = input(c, &reading);
    if (object) read_facts(&reading, calc, object, facts);
    asks_today(c, calc, facts);
    json_decref(object);
    refuse(c, &reading);
    if (!ok(c)) return NULL;
    CalcPlace place = { c->mem, english };
    const CalcResult *result = calc_run(calc, &c->law->figures, facts, &place);
    refuse_result(c, result);
    return ok(c) ? result : NULL;
}

static void compute(Ctx *c)
{
    const Calc *calc = named(c);
    bool english = ask_english(c);
    const CalcResult *result = calc && ok(c) ? calculators_asked(c, calc, english) : NULL;
    if (!result) return;
    c->status = 200;
    write_result(&c->out, calc, result, &(Cite){ &c->law->library, c->mem, c->today });
}

static void find_roads(Ctx *c)
{
    Reading reading = { .mem = c->mem, .english = ask_english(c) };
    if (!ok(c)) return;
    Agreement *a = NEW(c->mem, Agreement, 1);
    Remedies *r = NEW(c->mem, Remedies, 1);
    json_t *object = input(c, &reading);
    if (object) read_agreement(&reading, object, a);
    json_decref(object);
    refuse(c, &reading);
    if (!ok(c)) return;
    remedies_find(&(RemedyLaw){ c->law, &c->law->figures }, a, c->mem, r);
    c->status = 200;
    write_remedies(&c->out, a, r, &(RemedyWrite){ reading.english, { &c->law->library, c->mem, c->today } });
}

static const Route routes[] = {
    { "GET", "/api/v1/calculators", ANYBODY, list, "计算器目录", "the calculators", .query = &ask_lang_form },
    { "GET", "/api/v1/calculators/:code", ANYBODY, describe, "计算器的填写项", "what a calculator asks for",
      .query = &ask_lang_form },
    { "POST", "/api/v1/calculators/:code", ANYBODY, compute, "计算并列明过程和依据",
      "computes, with the working and the articles; nothing is kept", .query = &ask_lang_form, .object = true },
    { "GET", "/api/v1/remedies", ANYBODY, describe_roads, "救济途径的填写项", "what the remedies ask for",
      .query = &ask_lang_form },
    { "POST", "/api/v1/remedies", ANYBODY, find_roads, "协议的救济途径",
      "what each side may do about an agreement, until when; nothing is kept", .query = &ask_lang_form,
      .object = true },
};

const Slice calculators_slice = { .name = "calculators", .route = routes, .routes = COUNT(routes) };
