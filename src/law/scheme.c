#include "law/scheme.h"

const AssessName assess_names[AM__COUNT] = {
#define AS_NAME(n, word, zh, en, who) [AM_##n] = { word, zh, en, who },
    ASSESS_MEASURES(AS_NAME)
#undef AS_NAME
};

bool assess_fact(const void *facts, Str name, int64_t *value)
{
    const AssessFacts *f = facts;
    for (unsigned i = 0; i < AM__COUNT; i++) {
        if (!str_eq(str_of(assess_names[i].word), name)) continue;
        *value = f->n[i];
        return true;
    }
    return false;
}

static bool is_one_of(Str word, Str words)
{
    while (words.n) {
        if (str_eq(str_cut(&words, ' '), word)) return true;
    }
    return false;
}

/* A formula is tried with every number 1: what it names and how it is written. */
static const char *formula_fault(Str text)
{
    AssessFacts ones = { .used = 0 };
    for (unsigned i = 0; i < AM__COUNT; i++) ones.n[i] = 1;
    Formula f = { .name = assess_fact, .from = &ones };
    (void)formula_value(&f, text);
    static const char *const say[] = {
        [FORMULA_OK] = NULL, [FORMULA_SYNTAX] = "is not a formula",
        [FORMULA_UNKNOWN] = "names what is not known",
        [FORMULA_TOO_DEEP] = "is nested too deep", [FORMULA_TOO_LARGE] = "has too large a number",
    };
    return say[f.fault];
}

static void check_row(Sheet *sheet, const SchemeRow *r)
{
    bool item = str_eq(r->kind, S("ITEM"));
    if (!is_one_of(r->subject, S("MEDIATOR ORG MEMBER"))) {
        sheet_fault(sheet, S("subject"), "is nobody that is assessed");
    }
    if (!is_one_of(r->kind, S("GROUP ITEM VETO GRADE"))) sheet_fault(sheet, S("kind"), "is not known");
    if (r->weight < 0 || r->weight > 100) sheet_fault(sheet, S("weight"), "is not between 0 and 100");
    if (item && !is_one_of(r->empty, S("FULL ZERO OUT"))) sheet_fault(sheet, S("empty"), "is not known");
    if (r->from.day == 0) sheet_fault(sheet, S("from"), "must not be empty");
    const char *wrong = item ? formula_fault(r->formula) : NULL;
    if (wrong) sheet_fault(sheet, S("formula"), wrong);
    if (!item && r->formula.n) sheet_fault(sheet, S("formula"), "belongs to an item");
}

static int64_t weights_on(const Schemes *list, Str scheme, Date day)
{
    int64_t sum = 0;
    for (size_t i = 0; i < list->n; i++) {
        const SchemeRow *r = &list->row[i];
        if (!str_eq(r->scheme, scheme) || !str_eq(r->kind, S("ITEM"))) continue;
        if (in_force(r->from, r->to, day)) sum += r->weight;
    }
    return sum;
}

static void check_weights(Sheet *sheet, const Schemes *list)
{
    for (size_t i = 0; i < list->n && !sheet->fault; i++) {
        const SchemeRow *r = &list->row[i];
        if (weights_on(list, r->scheme, r->from) != 100) {
            sheet_fault(sheet, r->scheme, "its weights do not add up to 100");
        }
    }
}

bool schemes_read(Schemes *list, Arena *mem, Str text, Sheet *sheet)
{
    *list = (Schemes){ NEW(mem, SchemeRow, SCHEME_ROWS), 0 };
    sheet_open(sheet, mem, text, "scheme code parent subject kind weight formula empty zh en basis from to");
    while (sheet_next(sheet)) {
        SchemeRow row = {
            .scheme = sheet_word(sheet, S("scheme")), .code = sheet_word(sheet, S("code")),
            .parent = sheet_text(sheet, S("parent")), .subject = sheet_word(sheet, S("subject")),
            .kind = sheet_word(sheet, S("kind")), .weight = sheet_int(sheet, S("weight")),
            .formula = sheet_text(sheet, S("formula")), .empty = sheet_text(sheet, S("empty")),
            .zh = sheet_word(sheet, S("zh")), .en = sheet_word(sheet, S("en")),
            .basis = sheet_word(sheet, S("basis")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        if (!sheet->fault) check_row(sheet, &row);
        if (list->n == SCHEME_ROWS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) list->row[list->n++] = row;
    }
    check_weights(sheet, list);
    return sheet->fault == NULL;
}

bool scheme_points(const SchemeRow *row, Ratio value, int64_t *points)
{
    *points = 0;
    if (ratio_none(value)) {
        if (str_eq(row->empty, S("FULL"))) *points = row->weight * POINT;
        return !str_eq(row->empty, S("OUT"));
    }
    if (value.num < 0) value = ratio_of(0, 1);
    if (value.num > value.den) value = ratio_of(1, 1);
    *points = ratio_scaled(value, row->weight * POINT);
    return true;
}

int64_t scheme_total(int64_t points, int64_t weights)
{
    return weights ? (points * 100 * 2 + weights) / (weights * 2) : 0;
}

const SchemeRow *scheme_grade(const Schemes *list, Str scheme, Date day, int64_t total)
{
    const SchemeRow *best = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const SchemeRow *r = &list->row[i];
        bool of_it = str_eq(r->scheme, scheme) && str_eq(r->kind, S("GRADE"))
            && in_force(r->from, r->to, day);
        if (!of_it || total < r->weight * POINT) continue;
        if (!best || r->weight > best->weight) best = r;
    }
    return best;
}
