#include "law/unit.h"

void units_init(Units *u, Arena *mem, size_t cap)
{
    *u = (Units){ NEW(mem, Unit, cap), 0, cap };
}

bool units_read(Units *u, Arena *mem, Str text, Sheet *sheet)
{
    sheet_open(sheet, mem, text, "code region from to rota zh en duty basis");
    while (sheet_next(sheet)) {
        Str region = sheet_word(sheet, S("region"));
        Unit row = {
            .code = sheet_word(sheet, S("code")),
            .region = str_eq(region, S("*")) ? (Str){ 0 } : region,
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
            .rota = sheet_int(sheet, S("rota")), .zh = sheet_word(sheet, S("zh")),
            .en = sheet_word(sheet, S("en")),
            .duty = sheet_text(sheet, S("duty")), .basis = sheet_word(sheet, S("basis")),
        };
        if (row.rota < 0) sheet_fault(sheet, S("rota"), "is negative");
        if (u->n == u->cap) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) u->row[u->n++] = row;
    }
    return sheet->fault == NULL;
}

static bool holds(const Unit *u, Str region, Date day)
{
    return str_starts(region, u->region) && in_force(u->from, u->to, day);
}

/* Those who convene come first, by their place; the rest stays as it is. */
static bool comes_before(const Unit *a, const Unit *b)
{
    if (a->rota == 0) return false;
    return b->rota == 0 || a->rota < b->rota;
}

static void put(const Unit **list, size_t n, const Unit *u)
{
    size_t i = n;
    while (i > 0 && comes_before(u, list[i - 1])) {
        list[i] = list[i - 1];
        i--;
    }
    list[i] = u;
}

size_t units_of(const Units *u, Str region, Date day, const Unit *list[UNITS_MAX])
{
    size_t longest = 0, n = 0;
    for (size_t i = 0; i < u->n; i++) {
        if (holds(&u->row[i], region, day) && u->row[i].region.n > longest) longest = u->row[i].region.n;
    }
    for (size_t i = 0; i < u->n && n < UNITS_MAX; i++) {
        if (u->row[i].region.n == longest && holds(&u->row[i], region, day)) put(list, n++, &u->row[i]);
    }
    return n;
}

const Unit *unit_find(const Units *u, Str region, Date day, Str code)
{
    const Unit *list[UNITS_MAX];
    size_t n = units_of(u, region, day, list);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(list[i]->code, code)) return list[i];
    }
    return NULL;
}

/* ---- the rota ------------------------------------------------------------------------- */

static size_t conveners(const Unit *const *list, size_t n)
{
    size_t k = 0;
    while (k < n && list[k]->rota > 0) k++;
    return k;
}

const Unit *rota_next(const Unit *const *list, size_t n, const Convened *past, size_t turns)
{
    size_t k = conveners(list, n);
    if (k == 0) return NULL;
    /* Who is no convener any more had the place after the one before. */
    for (size_t turn = 0; turn < turns; turn++) {
        for (size_t i = 0; i < k && !past[turn].cancelled; i++) {
            if (str_eq(list[i]->code, past[turn].unit)) return list[(i + 1) % k];
        }
    }
    return list[0];
}

bool rota_skips(const Unit *const *list, size_t n, const Unit *turn, Str instead, Out *skipped)
{
    size_t k = conveners(list, n), at = 0;
    while (at < k && list[at] != turn) at++;
    for (size_t i = 0; i < k; i++) {
        const Unit *u = list[(at + i) % k];
        if (str_eq(u->code, instead)) return true;
        if (skipped->len) out_str(skipped, S(" "));
        out_str(skipped, u->code);
    }
    return false;
}
