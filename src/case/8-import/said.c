/*
** What is said of a row, as it is kept: remarks parted by RS, in each the word of
** the sentence, the field, the column's name, what stands there, a doubt and a
** number, parted by US.
*/
#include "case/8-import/said.h"

#define US "\x1f"
#define RS "\x1e"

enum { TEXT_SHOWN = 200 };

static const char *word_of(Say what)
{
    static const char *const words[SAY__COUNT] = {
        [SAY_NONE] = "",
#define SAY_WORD(name, word, zh, en) [SAY_##name] = (word),
        IMPORT_SAYS(SAY_WORD)
#undef SAY_WORD
    };
    BUG_IF(what >= SAY__COUNT);
    return words[what];
}

/* Without what parts remarks; of a long one nothing. */
static void put(Out *o, Str text)
{
    for (size_t i = 0; i < text.n && text.n <= TEXT_SHOWN; i++) {
        bool control = (unsigned char)text.s[i] < ' ';
        out_str(o, control ? S(" ") : (Str){ text.s + i, 1 });
    }
}

static void add(Out *o, const Remark *m)
{
    char room[2048];
    Out one = { .buf = room, .cap = sizeof room };
    const Str parts[] = { m->code, m->key, m->name, m->text, m->doubt };
    if (o->len) out_str(&one, S(RS));
    for (size_t i = 0; i < COUNT(parts); i++) {
        put(&one, parts[i]);
        out_str(&one, S(US));
    }
    out_int(&one, m->n);
    out_str(o, out_view(&one)); /* whole, or not at all */
}

void row_say(Out *o, Column column, Say what)
{
    add(o, &(Remark){ .code = str_of(word_of(what)), .key = column.key, .name = column.name });
}

void row_say_text(Out *o, Column column, Say what, Str text)
{
    row_say_doubt(o, column, what, (Str){ 0 }, text);
}

void row_say_number(Out *o, Column column, Say what, int64_t n)
{
    add(o, &(Remark){ .code = str_of(word_of(what)), .key = column.key, .name = column.name, .n = n });
}

void row_say_doubt(Out *o, Column column, Say what, Str doubt, Str text)
{
    add(o, &(Remark){ .code = str_of(word_of(what)), .key = column.key, .name = column.name, .text = text,
                      .doubt = doubt });
}

void row_say_fault(Out *o, Column column, Fault f)
{
    add(o, &(Remark){ .code = str_of(fault_info[f].word), .key = column.key, .name = column.name });
}

bool remark_next(Str *all, Remark *m)
{
    if (all->n == 0) return false;
    Str rest = str_cut(all, RS[0]);
    m->code = str_cut(&rest, US[0]);
    m->key = str_cut(&rest, US[0]);
    m->name = str_cut(&rest, US[0]);
    m->text = str_cut(&rest, US[0]);
    m->doubt = str_cut(&rest, US[0]);
    if (!str_int(rest, &m->n)) m->n = 0;
    return true;
}

bool said_of(Str all, Column column)
{
    Remark m;
    while (remark_next(&all, &m)) {
        if (str_eq(m.key, column.key) && str_eq(m.name, column.name)) return true;
    }
    return false;
}
