/*
** What is said of a row, in words: the sentences of said.h in both languages,
** with the number, the doubt or the choices that belong into them.
*/
#include "case/8-import/said_text.h"

#include "core/form.h"
#include "law/case_name.h"
#include "law/phrase.h"

static bool sentence_of(Str code, Phrase *p)
{
    static const struct { const char *word; Phrase text; } rows[] = {
#define SAY_ROW(name, word, zh, en) { (word), { (zh), (en) } },
        IMPORT_SAYS(SAY_ROW)
#undef SAY_ROW
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!str_eq(str_of(rows[i].word), code)) continue;
        *p = rows[i].text;
        return true;
    }
    for (size_t i = FAULT_NONE + 1; i < FAULT__COUNT; i++) {
        if (!str_eq(str_of(fault_info[i].word), code)) continue;
        *p = (Phrase){ fault_info[i].zh, fault_info[i].en };
        return true;
    }
    return false;
}

/* What a column may hold, where that is not much. */
static Text choices(Arena *mem, const Codes *codes)
{
    enum { ROOM = 1000 };
    Out zh = { .buf = NEW(mem, char, ROOM), .cap = ROOM }, en = { .buf = NEW(mem, char, ROOM), .cap = ROOM };
    for (size_t i = 0; codes && i < codes->n; i++) {
        if (i) out_str(&zh, S("、"));
        if (i) out_str(&en, S(", "));
        out_str(&zh, str_of(codes->row[i].zh));
        out_str(&en, str_of(codes->row[i].en));
    }
    return (Text){ out_view(&zh), out_view(&en) };
}

static void say_remark(Arena *mem, const ImportKind *kind, const Remark *m, SaidRow *row)
{
    Phrase p;
    const Field *fd = m->key.n ? form_find(kind->form, m->key) : NULL;
    const Phrase *doubt = case_name_doubt(m->doubt);
    bool may_be = str_eq(m->code, S("no_word_of")) && fd;
    Text args[] = { phrase_number(mem, m->n), { { 0 }, { 0 } } };
    if (doubt) args[1] = phrase_say(mem, doubt, NULL, 0);
    if (may_be) args[1] = choices(mem, fd->codes);
    *row = (SaidRow){ .code = m->code, .field = m->key, .column = m->name, .text = m->text };
    if (fd && m->name.n == 0) row->label = str_of(fd->label);
    if (fd && m->name.n == 0) row->label_en = str_of(fd->en);
    if (!sentence_of(m->code, &p)) return;
    Text both = phrase_say(mem, &p, args, COUNT(args));
    row->message = both.zh;
    row->message_en = both.en;
}

Rows said_rows(Arena *mem, const ImportKind *kind, Str said)
{
    Rows rows = { 0 };
    size_t cap = 0;
    Remark m;
    while (remark_next(&said, &m)) {
        SaidRow *row = rows_push(mem, &rows, &cap, sizeof *row);
        say_remark(mem, kind, &m, row);
    }
    return rows;
}

typedef struct Marks { const char *next, *of, *open, *shut; } Marks;
static const Marks marks[] = { { "；", "：", "“", "”" }, { "; ", ": ", " \"", "\"" } };

Str said_text(Arena *mem, Rows rows, bool english)
{
    const Marks *mark = &marks[english];
    char room[8000];
    Out o = { .buf = room, .cap = sizeof room };
    for (size_t i = 0; i < rows.n; i++) {
        const SaidRow *row = (const SaidRow *)rows.at + i;
        Str name = row->column.n ? row->column : english ? row->label_en : row->label;
        if (i) out_str(&o, str_of(mark->next));
        out_str(&o, name);
        if (name.n) out_str(&o, str_of(mark->of));
        out_str(&o, english ? row->message_en : row->message);
        if (row->text.n == 0) continue;
        out_str(&o, str_of(mark->open));
        out_str(&o, row->text);
        out_str(&o, str_of(mark->shut));
    }
    return str_copy(mem, out_view(&o));
}

static const Field fields[] = {
    FIELD(SaidRow, code,       .label = "代码",     .en = "code"),
    FIELD(SaidRow, field,      .label = "栏目",     .en = "field"),
    FIELD(SaidRow, column,     .label = "原栏目",   .en = "its name in the file"),
    FIELD(SaidRow, label,      .label = "栏目名称", .en = "label, if the file has no such column"),
    FIELD(SaidRow, label_en,   .label = "栏目英文名称", .en = "the same in English"),
    FIELD(SaidRow, text,       .label = "原文",     .en = "what stands there"),
    FIELD(SaidRow, message,    .label = "说明",     .en = "what is said of it", .max = 1000),
    FIELD(SaidRow, message_en, .label = "英文说明", .en = "the same in English", .max = 1000),
};
const Form said_form = { .name = "ImportRemark", .size = sizeof(SaidRow), .field = fields, .n = COUNT(fields) };
