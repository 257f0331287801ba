#include "oversight/month/lines.h"

const char *const cause_lines[CAUSE_LINES] = {
    "pay", "insurance", "injury", "termination", "relation", "contract", "hours", "welfare", "personnel",
    "new_forms", "overage", "other",
};
const char *const industry_lines[INDUSTRY_LINES] = { "C", "E", "F", "G", "H", "" };
const char *const source_lines[SOURCE_LINES] = {
    "SELF", "ARB_ENTRUST", "COURT_ASSIGN", "COURT_ENTRUST", "UNION", "INSP", "PETITION", "GRID", "12333", "REFERRED",
};
const char *const clock_lines[CLOCK_LINES] = {
    "C-ACC", "C-CORR", "C-LINK-ACC", "C-ORG-ACK", "C-MED", "C-LINK-RET", "C-RIGHT15", "C-AREV-D", "C-JCONF-A",
    "C-JCONF-D", "C-FUP", "C-ARCH", "C-RPT", "C-PO-2",
};

static const struct Named { Line line; const char *key; } names[] = {
#define AS_NAME(n, no, key) { LINE_##n, key },
    LINES(AS_NAME)
#undef AS_NAME
};

void lines_add(Lines *to, const Lines *from, int64_t times)
{
    for (size_t i = 0; i < LINE__COUNT; i++) to->n[i] += from->n[i] * times;
}

void lines_read(Lines *to, Str text)
{
    while (text.n) {
        int64_t line = 0, n = 0;
        Str cell = str_cut(&text, ' ');
        Str no = str_cut(&cell, ':');
        bool good = str_int(no, &line) && str_int(cell, &n);
        if (good && line > 0 && line < LINE__COUNT) to->n[line] += n;
    }
}

void lines_write(Out *o, const Lines *lines)
{
    const char *gap = "";
    for (int64_t i = 1; i < LINE__COUNT; i++) {
        if (lines->n[i] == 0) continue;
        out_str(o, str_of(gap));
        out_int(o, i);
        out_str(o, S(":"));
        out_int(o, lines->n[i]);
        gap = " ";
    }
}

Line line_of(Str key)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_eq(str_of(names[i].key), key)) return names[i].line;
    }
    return LINE_NONE;
}

const char *line_key(Line l)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        if (names[i].line == l) return names[i].key;
    }
    return "";
}
