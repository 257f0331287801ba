/*
** Days in columns of their own: 年, 月, 日 beside one another, as in books of
** account.  The year may stand in the title alone; a month that is merged down
** its rows is in each of them.  A blank means nothing but a blank.
*/
#include "case/8-import/import_in.h"
#include "excel/cell.h"

enum { YEAR, MONTH, DAY, NO_PART = -1 };

static const char *const signs[SPLIT_PARTS] = { "年", "月", "日" };

int split_part(Str name)
{
    static const struct { const char *name; int part; } rows[] = {
        { "年", YEAR }, { "年份", YEAR }, { "月", MONTH }, { "月份", MONTH }, { "日", DAY }, { "号", DAY },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq(str_of(rows[i].name), name)) return rows[i].part;
    }
    return NO_PART;
}

/* Its name without what stands over several columns. */
static Str own_name(Arena *a, const Mapping *m, size_t k)
{
    Str name = m->name[k];
    return cell_tight(a, (Str){ name.s + m->over[k], name.n - m->over[k] });
}

/* What a day in columns of its own is, by what stands over them; by nothing, when the case came in. */
static size_t split_field(Arena *a, const Mapping *m, Str over)
{
    size_t field = kind_field(m->kind, S("registered"));
    if (over.n) {
        Str plain = ledger_name_plain(&m->law->hanzi, a, cell_tight(a, over), false);
        field = kind_field(m->kind, ledger_word(&m->law->names, str_of(m->kind->names), plain));
    }
    bool day = field != SIZE_MAX && m->kind->form->field[field].kind == KIND_DATE;
    return day ? field : SIZE_MAX;
}

void split_find(Arena *a, Mapping *m)
{
    m->splits = 0;
    for (size_t k = 1; k < m->columns && m->splits < SPLITS; k++) {
        bool day = split_part(own_name(a, m, k)) == DAY && split_part(own_name(a, m, k - 1)) == MONTH;
        if (!day) continue;
        bool year = k > 1 && split_part(own_name(a, m, k - 2)) == YEAR;
        Str over = { m->name[k].s, m->over[k] };
        size_t field = split_field(a, m, over);
        bool taken = field == SIZE_MAX || m->column[field] >= 0;
        for (size_t i = 0; i < m->splits; i++) taken = taken || m->split[i].field == field;
        if (taken) continue;
        m->split[m->splits++] = (Split){ .day = k, .year = year, .field = field };
    }
}

static Str part_of(Arena *a, const GridRow *row, size_t k)
{
    Str text = k < row->cells ? cell_tight(a, row->cell[k].text) : (Str){ 0 };
    return cell_is_blank(text) ? (Str){ 0 } : text;
}

static void put_part(Out *o, Str text, int part)
{
    Str sign = str_of(signs[part]);
    bool signed_already = text.n > sign.n && str_eq((Str){ text.s + text.n - sign.n, sign.n }, sign);
    out_str(o, text);
    if (!signed_already) out_str(o, sign);
}

Str split_text(Arena *a, const Mapping *m, const Split *s, const GridRow *row)
{
    enum { ROOM = 120 };
    Str month = part_of(a, row, s->day - 1), day = part_of(a, row, s->day);
    Str year = s->year ? part_of(a, row, s->day - 2) : (Str){ 0 };
    Out o = { .buf = NEW(a, char, ROOM), .cap = ROOM };
    if (month.n == 0 || day.n == 0 || (year.n == 0 && m->year == 0)) return (Str){ 0 };
    if (year.n) put_part(&o, year, YEAR);
    put_part(&o, month, MONTH);
    put_part(&o, day, DAY);
    return out_view(&o);
}

/* ---- the year of a title --------------------------------------------------------------------- */

/* 1月5日, behind a year. */
static bool is_day(Str s)
{
    while (s.n && s.s[0] >= '0' && s.s[0] <= '9') s = (Str){ s.s + 1, s.n - 1 };
    Str day = { s.s + S("月").n, s.n - S("月").n };
    return s.n > S("月").n && str_starts(s, S("月")) && day.s[0] >= '0' && day.s[0] <= '9';
}

void split_year(Str text, int *year)
{
    enum { DIGITS = 4, LEAST_YEAR = 1950 };
    for (size_t i = 0; i + DIGITS + S("年").n <= text.n; i++) {
        int64_t n = 0;
        Str rest = { text.s + i + DIGITS, text.n - i - DIGITS };
        bool says = str_is_digits((Str){ text.s + i, DIGITS }) && str_starts(rest, S("年"));
        if (!says || is_day((Str){ rest.s + S("年").n, rest.n - S("年").n })) continue;
        bool good = str_int((Str){ text.s + i, DIGITS }, &n) && n > LEAST_YEAR;
        if (good) *year = *year == 0 || *year == (int)n ? (int)n : -1;
    }
}
