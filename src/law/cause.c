#include "law/cause.h"

typedef struct GroupRow {
    const char *word, *zh, *en;
} GroupRow;

#define GROUP_ROW(n, word, zh, en) [GROUP_##n] = { (word), (zh), (en) },
static const GroupRow groups[GROUP__COUNT] = { STAT_GROUPS(GROUP_ROW) };
#undef GROUP_ROW

static const GroupRow *row_of(StatGroup g)
{
    BUG_IF(g >= GROUP__COUNT);
    return &groups[g];
}

const char *group_word(StatGroup g)
{
    return row_of(g)->word;
}

const char *group_zh(StatGroup g)
{
    return row_of(g)->zh;
}

const char *group_en(StatGroup g)
{
    return row_of(g)->en;
}

bool group_of(Str word, StatGroup *g)
{
    for (unsigned i = 0; i < GROUP__COUNT; i++) {
        if (!str_eq(str_of(groups[i].word), word)) continue;
        *g = (StatGroup)i;
        return true;
    }
    return false;
}

void causes_init(Causes *c, Arena *mem, size_t cap)
{
    *c = (Causes){ NEW(mem, Cause, cap), 0, cap };
}

void causes_add(Causes *c, Cause row)
{
    BUG_IF(c->n == c->cap);
    c->row[c->n++] = row;
}

bool causes_read(Causes *c, Arena *mem, Str text, Sheet *sheet)
{
    sheet_open(sheet, mem, text, "code group zh en item stat ledger final tag route from to");
    while (sheet_next(sheet)) {
        Cause row = {
            .code = sheet_word(sheet, S("code")), .group = sheet_word(sheet, S("group")),
            .zh = sheet_word(sheet, S("zh")), .en = sheet_word(sheet, S("en")),
            .item = sheet_text(sheet, S("item")), .ledger = sheet_word(sheet, S("ledger")),
            .final = sheet_text(sheet, S("final")), .tag = sheet_text(sheet, S("tag")),
            .route = sheet_text(sheet, S("route")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        if (!group_of(sheet_text(sheet, S("stat")), &row.stat)) sheet_fault(sheet, S("stat"), "is no group");
        if (c->n == c->cap) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) causes_add(c, row);
    }
    return sheet->fault == NULL;
}

const Cause *cause_find(const Causes *c, Str code, Date day)
{
    for (size_t i = 0; i < c->n; i++) {
        const Cause *row = &c->row[i];
        if (str_eq(row->code, code) && in_force(row->from, row->to, day)) return row;
    }
    return NULL;
}

uint32_t causes_groups(const Causes *c, Str codes, Date day, Str *unknown)
{
    uint32_t set = 0;
    while (codes.n) {
        Str code = str_cut(&codes, ' ');
        if (code.n == 0) continue;
        const Cause *cause = cause_find(c, code, day);
        if (cause) set |= 1U << cause->stat;
        else if (unknown->n == 0) *unknown = code;
    }
    return set;
}
