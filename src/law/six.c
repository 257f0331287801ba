#include "law/six.h"

#include "law/org_kind.h"

static bool is_word_of(Str words, Str word)
{
    while (words.n) {
        if (str_eq(str_cut(&words, ' '), word)) return true;
    }
    return false;
}

static void check_kinds(Sheet *sheet, Str kinds)
{
    OrgKind kind = ORG__COUNT;
    if (str_eq(kinds, S("*"))) return;
    while (kinds.n) {
        if (!org_kind_of(str_cut(&kinds, ' '), &kind)) {
            sheet_fault(sheet, S("kinds"), "is no kind of organisation");
        }
    }
}

bool six_items_read(SixItems *list, Arena *mem, Str text, Sheet *sheet)
{
    *list = (SixItems){ NEW(mem, SixItem, SIX_ITEM_ROWS), 0 };
    sheet_open(sheet, mem, text, "have item kinds counted least zh en basis from to");
    while (sheet_next(sheet)) {
        SixItem row = {
            .have = sheet_word(sheet, S("have")), .item = sheet_word(sheet, S("item")),
            .kinds = sheet_word(sheet, S("kinds")), .counted = sheet_text(sheet, S("counted")),
            .least = sheet_int(sheet, S("least")), .zh = sheet_word(sheet, S("zh")),
            .en = sheet_word(sheet, S("en")), .basis = sheet_word(sheet, S("basis")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        bool known = row.counted.n == 0 || is_word_of(S("mediators full_time"), row.counted);
        if (!known) sheet_fault(sheet, S("counted"), "is not counted by the register");
        if (haves_read(row.have) == 0) sheet_fault(sheet, S("have"), "is none of the six");
        check_kinds(sheet, row.kinds);
        if (list->n == SIX_ITEM_ROWS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) list->row[list->n++] = row;
    }
    return sheet->fault == NULL;
}

bool six_asked(const SixItem *item, Str kind, Date day)
{
    bool of_kind = str_eq(item->kinds, S("*")) || is_word_of(item->kinds, kind);
    return of_kind && in_force(item->from, item->to, day);
}

const SixItem *six_item(const SixItems *list, Str item, Str kind, Date day)
{
    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(list->row[i].item, item) && six_asked(&list->row[i], kind, day)) return &list->row[i];
    }
    return NULL;
}

uint32_t six_found(const SixItems *list, Str kind, Date day, Str found)
{
    uint32_t set = HAVE__ALL;
    for (size_t i = 0; i < list->n; i++) {
        const SixItem *item = &list->row[i];
        if (six_asked(item, kind, day) && !is_word_of(found, item->item)) set &= ~haves_read(item->have);
    }
    return set;
}
