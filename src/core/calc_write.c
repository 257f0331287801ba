#include "core/calc_write.h"

#include "law/calc_default.h"

static const char *const payers[] = { "employer", "fund", "worker", "" };

static const char *const kinds[FACT__COUNT] = {
    [FACT_MONEY] = "money", [FACT_INT] = "integer", [FACT_NUMBER] = "number", [FACT_DATE] = "date",
    [FACT_BOOL] = "bool", [FACT_CODE] = "enum", [FACT_TEXT] = "string", [FACT_CLOCK] = "time",
    [FACT_LIST] = "list",
};

static Str pick(Phrase p, bool english) { return str_of(english ? p.en : p.zh); }

void write_pair(Out *o, const char *name, Str value)
{
    out_str(o, S(","));
    out_json(o, str_of(name));
    out_str(o, S(":"));
    out_json(o, value);
}

static void write_fen(Out *o, const char *name, int64_t fen)
{
    out_str(o, S(","));
    out_json(o, str_of(name));
    out_str(o, S(":\""));
    out_int(o, fen);
    out_str(o, S("\""));
}

static void write_line(Out *o, const CalcLine *line, const Cite *cite)
{
    out_str(o, S("{\"label\":"));
    out_json(o, line->label);
    write_pair(o, "working", line->working);
    write_fen(o, "amount_fen", line->amount_fen);
    write_pair(o, "basis", line->basis);
    write_links(o, cite, line->basis);
    if (*payers[line->payer]) write_pair(o, "payer", str_of(payers[line->payer]));
    if (line->tag.n) write_pair(o, "tag", line->tag);
    if (line->note.n) write_pair(o, "note", line->note);
    out_str(o, S("}"));
}

static void write_lines(Out *o, const char *name, const CalcLine *line, size_t n, const Cite *cite)
{
    out_str(o, S(","));
    out_json(o, str_of(name));
    out_str(o, S(":["));
    for (size_t i = 0; i < n; i++) {
        if (i) out_str(o, S(","));
        write_line(o, &line[i], cite);
    }
    out_str(o, S("]"));
}

static void write_claims(Out *o, const CalcResult *result, const Cite *cite)
{
    out_str(o, S(",\"claims\":["));
    for (size_t i = 0; i < result->claims; i++) {
        const CalcClaim *claim = &result->claim[i];
        out_str(o, i ? S(",{\"code\":") : S("{\"code\":"));
        out_json(o, str_of(claim->calc->code));
        write_fen(o, "amount_fen", claim->amount_fen);
        write_lines(o, "lines", result->lines.line + claim->first, claim->end - claim->first, cite);
        out_str(o, S("}"));
    }
    out_str(o, S("],\"excluded\":["));
    for (size_t i = 0; i < result->excludes; i++) {
        out_str(o, i ? S(",{\"code\":") : S("{\"code\":"));
        out_json(o, str_of(result->excluded[i].calc->code));
        write_pair(o, "why", result->excluded[i].why);
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

void write_result(Out *o, const Calc *calc, const CalcResult *result, const Cite *cite)
{
    out_str(o, S("{\"code\":"));
    out_json(o, str_of(calc->code));
    write_fen(o, "amount_fen", result->amount_fen);
    write_lines(o, "lines", result->lines.line, result->lines.n, cite);
    if (result->claims || result->excludes) write_claims(o, result, cite);
    if (result->also.n) write_lines(o, "also", result->also.line, result->also.n, cite);
    if (result->values) out_str(o, S(",\"values\":{"));
    for (size_t i = 0; i < result->values; i++) {
        if (i) out_str(o, S(","));
        out_json(o, str_of(result->value[i].name));
        out_str(o, S(":"));
        out_json(o, result->value[i].value);
    }
    if (result->values) out_str(o, S("}"));
    out_str(o, S(",\"warnings\":["));
    for (size_t i = 0; i < result->warnings; i++) {
        if (i) out_str(o, S(","));
        out_json(o, result->warning[i]);
    }
    out_str(o, S("]}\n"));
}

/* --- an input that is filled from what is known --- */

static void write_fact(Out *o, const CalcField *field, const Facts *facts, int64_t v)
{
    char iso[11];
    switch (field->kind) {
    case FACT_BOOL: out_str(o, v ? S("true") : S("false")); return;
    case FACT_INT: out_int(o, v); return;
    case FACT_CODE: out_json(o, calc_code_word(field->codes, v)); return;
    case FACT_TEXT: out_json(o, facts->region); return;
    case FACT_DATE:
        date_write((Date){ (int32_t)v }, iso);
        out_json(o, (Str){ iso, 10 });
        return;
    default: break;
    }
    out_str(o, S("\""));
    if (field->kind == FACT_NUMBER) out_decimal(o, v);
    else out_int(o, v);
    out_str(o, S("\""));
}

void write_facts(Out *o, const Calc *calc, const Facts *facts)
{
    bool first = true;
    out_str(o, S("{"));
    for (size_t i = 0; i < calc->uses; i++) {
        FieldId id = calc->use[i].field;
        if (!facts->given[id] || calc_fields[id].kind == FACT_LIST) continue;
        if (!first) out_str(o, S(","));
        first = false;
        out_json(o, str_of(calc_fields[id].name));
        out_str(o, S(":"));
        write_fact(o, &calc_fields[id], facts, facts->v[id]);
    }
    out_str(o, S("}"));
}

/* --- for people --- */

static void report_lines(Out *o, const CalcLine *line, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out_str(o, S("  "));
        out_str(o, line[i].label);
        out_str(o, S("  "));
        out_yuan(o, (Money){ line[i].amount_fen });
        out_str(o, S("\n    "));
        out_str(o, line[i].working);
        out_str(o, S("\n    "));
        out_str(o, line[i].basis);
        if (line[i].note.n) out_str(o, S("\n    "));
        out_str(o, line[i].note);
        out_str(o, S("\n"));
    }
}

void write_report(Out *o, const Calc *calc, const CalcResult *result, bool english)
{
    static const Phrase also = { "供参考（不计入合计）", "for information, not in the sum" };
    out_str(o, str_of(calc->code));
    out_str(o, S("  "));
    out_str(o, pick(calc->title, english));
    out_str(o, S("  "));
    out_yuan(o, (Money){ result->amount_fen });
    out_str(o, S("\n"));
    report_lines(o, result->lines.line, result->lines.n);
    if (result->also.n) {
        out_str(o, pick(also, english));
        out_str(o, S("\n"));
    }
    report_lines(o, result->also.line, result->also.n);
    for (size_t i = 0; i < result->excludes; i++) {
        out_str(o, S("- "));
        out_str(o, str_of(result->excluded[i].calc->code));
        out_str(o, S(": "));
        out_str(o, result->excluded[i].why);
        out_str(o, S("\n"));
    }
    for (size_t i = 0; i < result->warnings; i++) {
        out_str(o, S("! "));
        out_str(o, result->warning[i]);
        out_str(o, S("\n"));
    }
}

/* --- the forms --- */

static void write_codes(Out *o, const char *codes)
{
    Str rest = str_of(codes);
    out_str(o, S(",\"codes\":["));
    for (int i = 0; rest.n; i++) {
        if (i) out_str(o, S(","));
        out_json(o, str_cut(&rest, ' '));
    }
    out_str(o, S("]"));
}

/* Numbers lie between min and max, days between first and last; texts and lists have lengths. */
static void write_limits(Out *o, const CalcField *field)
{
    static const struct { const char *min, *max; } names[FACT__COUNT] = {
        [FACT_MONEY] = { ",\"min\":", ",\"max\":" }, [FACT_INT] = { ",\"min\":", ",\"max\":" },
        [FACT_NUMBER] = { ",\"min\":", ",\"max\":" },
        [FACT_TEXT] = { ",\"min_length\":", ",\"max_length\":" },
        [FACT_LIST] = { ",\"min_items\":", ",\"max_items\":" },
    };
    if (field->kind == FACT_NUMBER) out_str(o, S(",\"decimals\":4"));
    if (field->kind == FACT_DATE) write_pair(o, "first", S(CALC_FIRST_DAY));
    if (field->kind == FACT_DATE) write_pair(o, "last", S(CALC_LAST_DAY));
    if (!names[field->kind].min) return;
    out_str(o, str_of(names[field->kind].min));
    out_int(o, field->min);
    out_str(o, str_of(names[field->kind].max));
    out_int(o, field->max);
}

static void write_default(Out *o, const CalcField *field, bool english)
{
    const CalcDefault *d = calc_default(field);
    if (!d) return;
    if (d->value) write_pair(o, "default", str_of(d->value));
    else write_pair(o, "absent", pick(d->absent, english));
}

void write_field_form(Out *o, const CalcField *field, bool required, bool english)
{
    out_str(o, S("{\"name\":"));
    out_json(o, str_of(field->name));
    write_pair(o, "kind", str_of(kinds[field->kind]));
    out_str(o, required ? S(",\"required\":true") : S(",\"required\":false"));
    write_pair(o, "label", pick(field->label, english));
    write_pair(o, "label_zh", str_of(field->label.zh));
    write_pair(o, "label_en", str_of(field->label.en));
    write_pair(o, "help", calc_kind_help(field->kind, english));
    if (field->kind == FACT_CODE) write_codes(o, field->codes);
    write_limits(o, field);
    if (calc_unit(field).n) write_pair(o, "unit", calc_unit(field));
    if (!required) write_default(o, field, english);
}

static void write_columns(Out *o, FieldId list, bool english)
{
    const CalcColumns *columns = calc_columns_of(list);
    out_str(o, S(",\"columns\":["));
    for (size_t i = 0; i < columns->n; i++) {
        if (i) out_str(o, S(","));
        write_field_form(o, &calc_columns[columns->column[i]], i < columns->required, english);
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

void write_describe(Out *o, const Calc *calc, bool english)
{
    out_str(o, S("{\"code\":"));
    out_json(o, str_of(calc->code));
    write_pair(o, "title", pick(calc->title, english));
    write_pair(o, "formula", pick(calc->formula, english));
    write_pair(o, "basis", str_of(calc->basis));
    out_str(o, S(",\"fields\":["));
    for (size_t i = 0; i < calc->uses; i++) {
        const CalcField *field = &calc_fields[calc->use[i].field];
        if (i) out_str(o, S(","));
        write_field_form(o, field, calc->use[i].required, english);
        if (field->kind == FACT_LIST) write_columns(o, calc->use[i].field, english);
        out_str(o, S("}"));
    }
    out_str(o, S("]}\n"));
}

void write_list(Out *o, bool json, bool english)
{
    if (json) out_str(o, S("["));
    for (const Calc *const *c = calculators; *c; c++) {
        if (!json) {
            out_str(o, str_of((*c)->code));
            out_str(o, S("\t"));
            out_str(o, pick((*c)->title, english));
            out_str(o, S("\n"));
            continue;
        }
        out_str(o, c == calculators ? S("{\"code\":") : S(",{\"code\":"));
        out_json(o, str_of((*c)->code));
        write_pair(o, "title", pick((*c)->title, english));
        out_str(o, S("}"));
    }
    if (json) out_str(o, S("]\n"));
}

void write_titles(Out *o, bool english)
{
    out_str(o, S("["));
    for (const Calc *const *c = calculators; *c; c++) {
        out_str(o, c == calculators ? S("{\"code\":") : S(",{\"code\":"));
        out_json(o, str_of((*c)->code));
        write_pair(o, "title", pick((*c)->title, english));
        write_pair(o, "title_zh", str_of((*c)->title.zh));
        write_pair(o, "title_en", str_of((*c)->title.en));
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

static void guide_field(Out *o, const CalcField *field, bool required, Str before)
{
    out_str(o, S("| "));
    out_str(o, before);
    out_str(o, S("`"));
    out_str(o, str_of(field->name));
    out_str(o, S("` | "));
    out_str(o, str_of(kinds[field->kind]));
    out_str(o, required ? S(" | ✓ | ") : S(" | | "));
    out_str(o, str_of(field->label.zh));
    out_str(o, S(" | "));
    out_str(o, str_of(field->label.en));
    if (field->kind == FACT_CODE) out_str(o, S(": "));
    if (field->kind == FACT_CODE) out_str(o, str_of(field->codes));
    out_str(o, S(" |\n"));
}

static void guide_columns(Out *o, FieldId list)
{
    const CalcColumns *columns = calc_columns_of(list);
    for (size_t i = 0; i < columns->n; i++) {
        guide_field(o, &calc_columns[columns->column[i]], i < columns->required, S("↳ "));
    }
}

void write_guide(Out *o)
{
    for (const Calc *const *c = calculators; *c; c++) {
        out_str(o, S("\n## "));
        out_str(o, str_of((*c)->code));
        out_str(o, S(" "));
        out_str(o, str_of((*c)->title.zh));
        out_str(o, S(" · "));
        out_str(o, str_of((*c)->title.en));
        out_str(o, S("\n\n"));
        out_str(o, str_of((*c)->formula.zh));
        out_str(o, S("\n\n"));
        out_str(o, str_of((*c)->formula.en));
        out_str(o, S("\n\n依据 · Basis: "));
        out_str(o, str_of((*c)->basis));
        out_str(o, S("\n\n| field | kind | required | 说明 | meaning |\n|---|---|---|---|---|\n"));
        for (size_t i = 0; i < (*c)->uses; i++) {
            FieldId id = (*c)->use[i].field;
            guide_field(o, &calc_fields[id], (*c)->use[i].required, S(""));
            if (calc_fields[id].kind == FACT_LIST) guide_columns(o, id);
        }
    }
}
