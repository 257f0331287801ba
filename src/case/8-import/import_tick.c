/* Ticks (√) that stand for a word: 调解结果 over 成功, 不成功 and 撤回. */
#include "case/8-import/import_in.h"
#include "excel/cell.h"

/* Do both stand below one common head? */
static bool together(const Mapping *m, size_t x, size_t y)
{
    return x != y && m->over[x] && m->over[x] == m->over[y]
        && str_eq((Str){ m->name[x].s, m->over[x] }, (Str){ m->name[y].s, m->over[y] });
}

static bool is_tick(Arena mem, const GridRow *row, size_t column)
{
    bool yes = false;
    Str text = column < row->cells ? cell_tight(&mem, row->cell[column].text) : (Str){ 0 };
    return text.n && cell_yes(text, &yes) && yes;
}

/* A tick under one of several columns below a common head says what the column is called. */
void draft_tick(RowReader *r, const GridRow *row, const char *key, Str *value)
{
    const Mapping *m = r->map;
    int16_t own = m->column[import_field(str_of(key))];
    bool ticked = own >= 0 && is_tick(*r->c->mem, row, (size_t)own);
    if (own < 0 || (value->n && !ticked)) return;
    for (size_t i = 0; i < m->columns; i++) {
        bool below = m->field[i] < 0 && together(m, (size_t)own, i);
        if (!below || !(ticked || is_tick(*r->c->mem, row, i))) continue;
        size_t at = ticked ? (size_t)own : i, n = m->over[at];
        *value = cell_tidy(r->c->mem, (Str){ m->name[at].s + n, m->name[at].n - n }, false);
        return;
    }
}
