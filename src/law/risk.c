#include "law/risk.h"

#include "law/threshold.h"

static const char *const level_words[RISK__LEVELS] = {
#define AS_WORD(n, zh, en) [RISK_##n] = #n,
    RISK_LEVEL_ROWS(AS_WORD)
#undef AS_WORD
};
static const char *const measure_words[RK__COUNT] = {
#define AS_WORD(n, word) [RK_##n] = (word),
    RISK_MEASURES(AS_WORD)
#undef AS_WORD
};

bool risk_level_of(Str word, RiskLevel *level)
{
    for (unsigned i = 0; i < RISK__LEVELS; i++) {
        if (!str_eq(str_of(level_words[i]), word)) continue;
        *level = (RiskLevel)i;
        return true;
    }
    return false;
}

const char *risk_level_word(RiskLevel level)
{
    BUG_IF(level >= RISK__LEVELS);
    return level_words[level];
}

/* ---- tables ------------------------------------------------------------------------------ */

static RiskMeasure measure_of(Sheet *sheet)
{
    Str word = sheet_word(sheet, S("measure"));
    for (unsigned i = 0; i < RK__COUNT; i++) {
        if (str_eq(str_of(measure_words[i]), word)) return (RiskMeasure)i;
    }
    sheet_fault(sheet, S("measure"), "is not known");
    return RK__COUNT;
}

static Text label_of(Sheet *sheet)
{
    return (Text){ sheet_word(sheet, S("zh")), sheet_word(sheet, S("en")) };
}

static RiskLevel read_level(Sheet *sheet)
{
    RiskLevel level = RISK_BLUE;
    if (!risk_level_of(sheet_word(sheet, S("level")), &level) || level == RISK_BLUE) {
        sheet_fault(sheet, S("level"), "is none of YELLOW, ORANGE and RED");
    }
    return level;
}

bool risk_signs_read(RiskSigns *list, Arena *mem, Str text, Sheet *sheet)
{
    *list = (RiskSigns){ NEW(mem, RiskSign, RISK_ROWS), 0 };
    sheet_open(sheet, mem, text, "code level measure least region zh en basis from to");
    while (sheet_next(sheet)) {
        RiskSign row = {
            .code = sheet_word(sheet, S("code")), .level = read_level(sheet), .measure = measure_of(sheet),
            .least = sheet_int(sheet, S("least")), .region = sheet_word(sheet, S("region")),
            .label = label_of(sheet), .basis = sheet_word(sheet, S("basis")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        if (str_eq(row.region, S("*"))) row.region = (Str){ 0 };
        if (row.least < 1) sheet_fault(sheet, S("least"), "is not 1 or more");
        if (row.from.day == 0) sheet_fault(sheet, S("from"), "must not be empty");
        if (list->n == RISK_ROWS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) list->row[list->n++] = row;
    }
    return sheet->fault == NULL;
}

static bool is_one_of(Str word, Str words)
{
    while (words.n) {
        if (str_eq(str_cut(&words, ' '), word)) return true;
    }
    return false;
}

bool risk_patterns_read(RiskPatterns *list, Arena *mem, Str text, Sheet *sheet)
{
    *list = (RiskPatterns){ NEW(mem, RiskPattern, RISK_ROWS), 0 };
    sheet_open(sheet, mem, text, "code measure least days kind zh en basis from to");
    while (sheet_next(sheet)) {
        RiskPattern row = {
            .code = sheet_word(sheet, S("code")), .measure = sheet_word(sheet, S("measure")),
            .least = sheet_int(sheet, S("least")), .days = sheet_int(sheet, S("days")),
            .kind = sheet_word(sheet, S("kind")), .label = label_of(sheet),
            .basis = sheet_word(sheet, S("basis")),
            .from = sheet_date(sheet, S("from")), .to = sheet_date(sheet, S("to")),
        };
        bool counted = is_one_of(row.measure, S("cases people pay_cases pay_people overdue visits"));
        if (!counted) sheet_fault(sheet, S("measure"), "is not counted");
        if (row.least < 1) sheet_fault(sheet, S("least"), "is not 1 or more");
        if (row.days < 1) sheet_fault(sheet, S("days"), "is not 1 or more");
        if (row.from.day == 0) sheet_fault(sheet, S("from"), "must not be empty");
        if (list->n == RISK_ROWS) sheet_fault(sheet, (Str){ 0 }, "too many rows");
        if (!sheet->fault) list->row[list->n++] = row;
    }
    return sheet->fault == NULL;
}

const RiskPattern *risk_pattern(const RiskPatterns *list, Str code, Date day)
{
    for (size_t i = 0; i < list->n; i++) {
        const RiskPattern *p = &list->row[i];
        if (str_eq(p->code, code) && in_force(p->from, p->to, day)) return p;
    }
    return NULL;
}

/* ---- the score ------------------------------------------------------------------------------ */

/* A region's own row takes the place of the general one. */
static bool replaced(const RiskLaw *law, const RiskSign *row)
{
    for (size_t i = 0; i < law->signs->n; i++) {
        const RiskSign *r = &law->signs->row[i];
        bool same = str_eq(r->code, row->code) && r->level == row->level && r->measure == row->measure;
        bool nearer = r->region.n > row->region.n && str_starts(law->region, r->region);
        if (same && nearer && in_force(r->from, r->to, law->day)) return true;
    }
    return false;
}

static void met(RiskScore *s, const RiskSign *row, int64_t value)
{
    for (size_t i = 0; i < s->n; i++) {
        if (!str_eq(s->hit[i].sign->code, row->code)) continue;
        if (row->level > s->hit[i].sign->level) s->hit[i] = (RiskHit){ row, value };
        return;
    }
    BUG_IF(s->n == RISK_HITS);
    s->hit[s->n++] = (RiskHit){ row, value };
}

static RiskLevel by_sum(Look *look, int64_t points)
{
    if (param_reached(look, "RISK_SUM_RED", points)) return RISK_RED;
    return param_reached(look, "RISK_SUM_ORANGE", points) ? RISK_ORANGE : RISK_BLUE;
}

void risk_score(const RiskLaw *law, const RiskFacts *f, RiskScore *s)
{
    static const char *const points[RISK__LEVELS] = {
        [RISK_YELLOW] = "RISK_POINTS_YELLOW", [RISK_ORANGE] = "RISK_POINTS_ORANGE",
        [RISK_RED] = "RISK_POINTS_RED",
    };
    Look look = { law->params, law->region, law->day, { 0 } };
    *s = (RiskScore){ .level = RISK_BLUE };
    for (size_t i = 0; i < law->signs->n; i++) {
        const RiskSign *row = &law->signs->row[i];
        bool holds = in_force(row->from, row->to, law->day) && str_starts(law->region, row->region);
        int64_t value = f->n[row->measure];
        if (holds && value >= row->least && !replaced(law, row)) met(s, row, value);
    }
    for (size_t i = 0; i < s->n; i++) {
        RiskLevel level = s->hit[i].sign->level;
        s->points += param(&look, points[level]);
        if (level > s->level) s->level = level;
    }
    if (f->focus && s->n) s->points += param(&look, "RISK_FOCUS_POINTS");
    RiskLevel sum = by_sum(&look, s->points);
    if (sum > s->level) s->level = sum;
    s->missing = look.missing;
}

bool risk_layoff(const Params *params, int64_t cut, int64_t staff, Str region, Date day)
{
    Flags f = flags_of(params, &(Extent){ .cut = cut, .staff = staff, .region = region, .day = day });
    return f.flags & FLAG_LAYOFF;
}

int64_t risk_check_days(const Params *params, RiskLevel level, Str region, Date day)
{
    static const char *const keys[RISK__LEVELS] = {
        [RISK_BLUE] = "RISK_CHECK_BLUE_DAYS", [RISK_YELLOW] = "RISK_CHECK_YELLOW_DAYS",
        [RISK_ORANGE] = "RISK_CHECK_ORANGE_DAYS", [RISK_RED] = "RISK_CHECK_RED_DAYS",
    };
    BUG_IF(level >= RISK__LEVELS);
    Look look = { params, region, day, { 0 } };
    return param(&look, keys[level]);
}
