#include "law/param.h"

void params_init(Params *p, Arena *mem, size_t cap)
{
    *p = (Params){ NEW(mem, Param, cap), 0, cap };
}

void params_add(Params *p, Param row)
{
    BUG_IF(p->n == p->cap);
    p->row[p->n++] = row;
}

bool params_read(Params *p, Arena *mem, Str text, Sheet *sheet)
{
    sheet_open(sheet, mem, text, "key region from to value unit basis note");
    while (sheet_next(sheet)) {
        Param row = {
            .key = sheet_word(sheet, S("key")), .region = sheet_word(sheet, S("region")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
            .value = sheet_int(sheet, S("value")), .unit = sheet_word(sheet, S("unit")),
            .basis = sheet_word(sheet, S("basis")), .note = sheet_text(sheet, S("note")),
        };
        if (str_eq(row.region, S("*"))) row.region = (Str){ 0 };
        if (row.from.day == 0) sheet_fault(sheet, S("from"), "must not be empty");
        if (row.to.day && row.to.day < row.from.day) sheet_fault(sheet, S("to"), "is before from");
        if (p->n == p->cap) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) params_add(p, row);
    }
    return sheet->fault == NULL;
}

/* Does the later row `b` win over `a`? */
static bool nearer(const Param *a, const Param *b)
{
    if (!a || a->region.n != b->region.n) return !a || b->region.n > a->region.n;
    return b->from.day >= a->from.day;
}

const Param *param_find(const Params *p, Str key, Str region, Date day)
{
    const Param *best = NULL;
    for (size_t i = 0; i < p->n; i++) {
        const Param *row = &p->row[i];
        bool like = row->key.n == key.n && key.n && row->key.s[key.n - 1] == key.s[key.n - 1];
        if (!like || !str_eq(row->key, key) || !str_starts(region, row->region)) continue;
        if (in_force(row->from, row->to, day) && nearer(best, row)) best = row;
    }
    return best;
}

int64_t param(Look *look, const char *key)
{
    const Param *row = param_find(look->params, str_of(key), look->region, look->day);
    if (!row && look->missing.n == 0) look->missing = str_of(key);
    return row ? row->value : 0;
}

bool param_reached(Look *look, const char *key, int64_t v)
{
    const Param *row = param_find(look->params, str_of(key), look->region, look->day);
    if (!row && look->missing.n == 0) look->missing = str_of(key);
    return row && v >= row->value;
}
