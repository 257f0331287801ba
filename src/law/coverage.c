#include "law/coverage.h"

#include "law/org_kind.h"

static const char *const subject_words[COVER__COUNT] = {
#define AS_WORD(n, zh, en) [COVER_##n] = #n,
    COVER_SUBJECTS(AS_WORD)
#undef AS_WORD
};

Str cover_subject_word(CoverSubject s)
{
    BUG_IF(s >= COVER__COUNT);
    return str_of(subject_words[s]);
}

static CoverSubject subject_of(Sheet *sheet)
{
    Str word = sheet_word(sheet, S("subject"));
    for (unsigned s = 0; s < COVER__COUNT; s++) {
        if (str_eq(str_of(subject_words[s]), word)) return (CoverSubject)s;
    }
    sheet_fault(sheet, S("subject"), "is nobody that is covered");
    return COVER__COUNT;
}

static void check_kinds(Sheet *sheet, Str column, Str kinds)
{
    OrgKind kind = ORG__COUNT;
    if (str_eq(kinds, S("*"))) return;
    while (kinds.n) {
        if (!org_kind_of(str_cut(&kinds, ' '), &kind)) {
            sheet_fault(sheet, column, "is no kind of organisation");
        }
    }
}

static void check_target(Sheet *sheet, const Target *t)
{
    static const char *const needs[] = { "", "SIX", "WINDOW", "PILOT", "GUIDED" };
    bool known = false;
    for (size_t i = 0; i < COUNT(needs); i++) known |= str_eq(str_of(needs[i]), t->need);
    if (!known) sheet_fault(sheet, S("need"), "is not known");
    check_kinds(sheet, S("kinds"), t->kinds);
    check_kinds(sheet, S("lead"), t->lead);
    if (t->share < 0 || t->share > SHARE_WHOLE) sheet_fault(sheet, S("share_bp"), "is no share");
    if ((t->share == 0) == (t->least == 0)) {
        sheet_fault(sheet, S("least"), "either a share or a number is asked for");
    }
    if (t->due.day == 0) sheet_fault(sheet, S("due"), "must not be empty");
    if (t->from.day == 0) sheet_fault(sheet, S("from"), "must not be empty");
}

bool targets_read(Targets *list, Arena *mem, Str text, Sheet *sheet)
{
    *list = (Targets){ NEW(mem, Target, TARGET_ROWS), 0 };
    sheet_open(sheet, mem, text,
               "code region due subject staff_min labour_intensive kinds need share_bp least lead zh en basis from to");
    while (sheet_next(sheet)) {
        Target row = {
            .code = sheet_word(sheet, S("code")), .region = sheet_word(sheet, S("region")),
            .due = sheet_date(sheet, S("due")), .subject = subject_of(sheet),
            .staff_min = sheet_int(sheet, S("staff_min")),
            .labour_intensive = sheet_int(sheet, S("labour_intensive")) == 1,
            .kinds = sheet_word(sheet, S("kinds")), .need = sheet_text(sheet, S("need")),
            .share = sheet_int(sheet, S("share_bp")), .least = sheet_int(sheet, S("least")),
            .lead = sheet_word(sheet, S("lead")), .zh = sheet_word(sheet, S("zh")),
            .en = sheet_word(sheet, S("en")),
            .basis = sheet_word(sheet, S("basis")), .from = sheet_date(sheet, S("from")),
            .to = sheet_date(sheet, S("to")),
        };
        if (!sheet->fault) check_target(sheet, &row);
        if (list->n == TARGET_ROWS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) list->row[list->n++] = row;
    }
    return sheet->fault == NULL;
}

const Target *target_find(const Targets *list, Str code, Date day)
{
    for (size_t i = 0; i < list->n; i++) {
        const Target *t = &list->row[i];
        if (str_eq(t->code, code) && in_force(t->from, t->to, day)) return t;
    }
    return NULL;
}

bool target_touches(const Target *t, Str area)
{
    for (Str rest = t->region; rest.n;) {
        Str one = str_cut(&rest, ' ');
        if (str_starts(one, area) || str_starts(area, one)) return true;
    }
    return false;
}

Str target_within(Arena *mem, const Target *t, Str area)
{
    size_t room = t->region.n + area.n + 1;
    Out o = { .buf = NEW(mem, char, room), .cap = room };
    for (Str rest = t->region; rest.n;) {
        Str one = str_cut(&rest, ' ');
        if (str_starts(area, one)) return area;
        if (!str_starts(one, area)) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, one);
    }
    return out_view(&o);
}

int64_t cover_needed(const Target *t, Cover c)
{
    if (t->least) return t->least;
    return (c.of * t->share + SHARE_WHOLE - 1) / SHARE_WHOLE;
}

bool cover_reached(const Target *t, Cover c)
{
    return t->least ? c.met >= t->least : c.met * SHARE_WHOLE >= c.of * t->share;
}

int64_t cover_short(const Target *t, Cover c)
{
    int64_t lacks = cover_needed(t, c) - c.met;
    return lacks > 0 ? lacks : 0;
}

int64_t cover_share(Cover c)
{
    return c.of ? (c.met * SHARE_WHOLE * 2 + c.of) / (c.of * 2) : 0;
}
