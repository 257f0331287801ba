#include "case/pauses.h"

enum { OPEN = 12 }; /* bytes of "2026-03-10.." */

size_t pauses_read(Str text, Pause pauses[static CLOCK_PAUSES])
{
    size_t n = 0;
    while (text.n && n < CLOCK_PAUSES) {
        Str word = str_cut(&text, ' ');
        if (word.n < 12) continue;
        pauses[n].from = date_parse((Str){ word.s, 10 });
        pauses[n++].to = date_parse((Str){ word.s + 12, word.n - 12 });
    }
    return n;
}

Str with_word(Arena *mem, Str list, Str word)
{
    Out o = { .buf = NEW(mem, char, list.n + word.n + 1), .cap = list.n + word.n + 1 };
    out_str(&o, list);
    if (list.n) out_str(&o, S(" "));
    out_str(&o, word);
    return out_view(&o);
}

Str pauses_open(Arena *mem, Str pauses, Date day)
{
    char text[OPEN];
    Out o = { .buf = text, .cap = sizeof text };
    out_date(&o, day);
    out_str(&o, S(".."));
    return with_word(mem, pauses, out_view(&o));
}

Date pauses_began(Str pauses)
{
    BUG_IF(pauses.n < OPEN);
    return date_parse((Str){ pauses.s + pauses.n - OPEN, OPEN - 2 });
}

Str pauses_close(Arena *mem, Str pauses, Date day)
{
    Str before = { pauses.s, pauses.n > OPEN ? pauses.n - OPEN - 1 : 0 };
    if (pauses_began(pauses).day == day.day) return before;
    Out o = { .buf = NEW(mem, char, pauses.n + OPEN), .cap = pauses.n + OPEN };
    out_str(&o, pauses);
    out_date(&o, day);
    return out_view(&o);
}
