#include "law/emergency.h"

void emergency_init(Emergency *e, Arena *mem, size_t cap)
{
    *e = (Emergency){ NEW(mem, EmergencyStep, cap), 0, cap };
}

void emergency_add(Emergency *e, EmergencyStep row)
{
    BUG_IF(e->n == e->cap);
    e->row[e->n++] = row;
}

static uint32_t actors_of(Sheet *sheet)
{
    Str words = sheet_word(sheet, S("actor"));
    uint32_t set = 0;
    while (words.n) {
        Role role = role_of(str_cut(&words, ' '));
        if (role == ROLE_NONE) sheet_fault(sheet, S("actor"), "is no role");
        set |= role_bit(role);
    }
    return set;
}

bool emergency_read(Emergency *e, Arena *mem, Str text, Sheet *sheet)
{
    sheet_open(sheet, mem, text, "step actor minutes days repeat zh en basis from to");
    while (sheet_next(sheet)) {
        EmergencyStep row = {
            .code = sheet_word(sheet, S("step")), .actors = actors_of(sheet),
            .minutes = sheet_int(sheet, S("minutes")), .working_days = sheet_int(sheet, S("days")),
            .repeat = sheet_int(sheet, S("repeat")), .zh = sheet_word(sheet, S("zh")),
            .en = sheet_word(sheet, S("en")), .basis = sheet_word(sheet, S("basis")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        if (e->n == e->cap) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) emergency_add(e, row);
    }
    return sheet->fault == NULL;
}
