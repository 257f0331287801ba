#include "law/phrase.h"

/* Room for one sentence; templates and arguments are bounded far below it. */
enum { SENTENCE = 1600 };

/* {0} to {9} */
static bool is_slot(const char *p)
{
    return p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}';
}

static Str fill(Arena *mem, const char *template, const Text *args, size_t n, bool zh)
{
    char room[SENTENCE];
    Out o = { .buf = room, .cap = sizeof room };
    while (*template) {
        bool open = is_slot(template);
        size_t i = open ? (size_t)(template[1] - '0') : 0;
        BUG_IF(open && i >= n);
        if (open) out_str(&o, zh ? args[i].zh : args[i].en);
        else out_str(&o, (Str){ template, 1 });
        template += open ? 3 : 1;
    }
    BUG_IF(o.full);
    return str_copy(mem, out_view(&o));
}

Text phrase_say(Arena *mem, const Phrase *p, const Text *args, size_t n)
{
    return (Text){ fill(mem, p->zh, args, n, true), fill(mem, p->en, args, n, false) };
}

Text phrase_date(Arena *mem, Date d)
{
    static const Phrase days[] = {
        { "{0}（星期一）", "{0} (Mon)" }, { "{0}（星期二）", "{0} (Tue)" }, { "{0}（星期三）", "{0} (Wed)" },
        { "{0}（星期四）", "{0} (Thu)" }, { "{0}（星期五）", "{0} (Fri)" }, { "{0}（星期六）", "{0} (Sat)" },
        { "{0}（星期日）", "{0} (Sun)" },
    };
    char iso[11];
    date_write(d, iso);
    return phrase_say(mem, &days[date_weekday(d)], &(Text){ str_of(iso), str_of(iso) }, 1);
}

Text phrase_number(Arena *mem, int64_t v)
{
    char digits[24];
    Out o = { .buf = digits, .cap = sizeof digits };
    out_int(&o, v);
    return same(str_copy(mem, out_view(&o)));
}

void trace_add(Trace *t, Text line)
{
    static const Text more = { { "……", sizeof "……" - 1 }, { "...", 3 } };
    if (t->n == TRACE_LINES) t->line[TRACE_LINES - 1] = more;
    else t->line[t->n++] = line;
}
