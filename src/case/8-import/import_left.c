/* Rows that are no case: blank ones, heads repeated, sums, notes. */
#include "case/8-import/import_in.h"
#include "excel/cell.h"

enum { MANY_HEADS = 2 };

#define WORD(text) { (text), sizeof(text) - 1 }

static bool begins_with(Str s, const Str *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_starts(s, list[i])) return true;
    }
    return false;
}

static bool is_total(Str s)
{
    static const Str words[] = {
        WORD("合计"), WORD("小计"), WORD("总计"), WORD("共计"), WORD("累计"), WORD("本页"), WORD("本月"),
        WORD("本季"), WORD("本年"), WORD("以上共"), WORD("总数"),
    };
    return begins_with(s, words, COUNT(words)) && str_length(s) <= 20;
}

/* Of a row without both sides: 一季度小计, 1月合计, 共12件. */
static bool sums_up(Str s)
{
    static const Str ends[] = { WORD("合计"), WORD("小计"), WORD("总计"), WORD("累计") };
    bool some = str_starts(s, S("共")) && (str_has(s, S("件")) || str_has(s, S("人")));
    for (size_t i = 0; i < COUNT(ends) && !some; i++) some = str_has(s, ends[i]);
    return str_length(s) <= 20 && (some || is_total(s));
}

static bool is_note(Str s)
{
    static const Str words[] = {
        WORD("填表"), WORD("制表"), WORD("审核"), WORD("填报"), WORD("负责人："), WORD("负责人:"),
        WORD("注："), WORD("注:"), WORD("备注："), WORD("备注:"), WORD("说明："), WORD("说明:"),
        WORD("单位："), WORD("单位:"), WORD("统计"), WORD("报送"), WORD("复核"), WORD("联系人"),
        WORD("经办人："), WORD("经办人:"), WORD("制单"), WORD("校对"), WORD("主管"), WORD("领导"),
        WORD("盖章"), WORD("（盖章"),
        WORD("打印"), WORD("（续"), WORD("续表"),
    };
    bool page = str_starts(s, S("第")) && str_has(s, S("页"));
    return page || begins_with(s, words, COUNT(words));
}

static Str cell_at(const GridRow *row, const Mapping *m, size_t field)
{
    return m->column[field] < 0 ? (Str){ 0 } : row->cell[m->column[field]].text;
}

/* A page's head once more: its cells say what the columns are called. */
static bool is_head(Arena mem, const Mapping *m, const GridRow *row, size_t filled)
{
    size_t same = 0;
    for (size_t i = 0; i < m->columns && i < row->cells; i++) {
        Str text = row->cell[i].text, name = m->plain[i];
        bool may = text.n && text.n <= name.n + 16 && row->cell[i].kind == CELL_TEXT;
        if (!may) continue;
        text = ledger_name_plain(&m->law->hanzi, &mem, cell_tight(&mem, text), false);
        same += text.n && (str_eq(text, name) || (text.n >= 6 && str_has(name, text)));
        if (i == 6 && same == 0) return false; /* seven columns in, a head would have shown */
    }
    return same > MANY_HEADS && same * 10 >= filled * 6;
}

bool row_is_head(Arena mem, const Mapping *m, const GridRow *row)
{
    size_t filled = 0;
    for (size_t i = 0; i < row->cells; i++) filled += row->cell[i].text.n > 0;
    return is_head(mem, m, row, filled);
}

/* 1, 2, 3 … below the names of the columns: (栏次) */
static bool counts_columns(Arena *mem, const GridRow *row)
{
    int64_t last = 0;
    for (size_t i = 0; i < row->cells; i++) {
        int64_t n = 0;
        Str text = cell_tight(mem, row->cell[i].text);
        if (text.n == 0 || str_eq(text, S("栏次"))) continue;
        bool bracketed = str_starts(text, S("（")) && text.n > S("（）").n;
        if (bracketed) text = (Str){ text.s + S("（").n, text.n - S("（）").n };
        if (!str_is_digits(text) || !str_int(text, &n) || n != last + 1) return false;
        last = n;
    }
    return last > MANY_HEADS;
}

typedef struct RowLook {
    size_t filled, ours; /* cells with a text; those of columns that we know, the number apart */
    Str    first;        /* the first text, or what stands in the number's place */
    bool   note, sum;    /* where the number stands otherwise */
} RowLook;

static RowLook look_at_row(Arena *mem, const Mapping *m, const GridRow *row)
{
    RowLook look = { 0 };
    for (size_t i = 0; i < row->cells; i++) {
        Str text = cell_tight(mem, row->cell[i].text);
        if (text.n == 0) continue;
        bool number = m->field[i] >= 0 && (size_t)m->field[i] == m->no;
        if (!number && look.first.n == 0) look.first = text;
        look.filled++;
        look.ours += m->field[i] >= 0 && !number;
        if (number && (sums_up(text) || is_note(text))) look.first = text;
        look.note |= number && is_note(text);
        look.sum |= number && sums_up(text);
    }
    return look;
}

Say row_left_out(Arena mem, const Mapping *m, const GridRow *row)
{
    RowLook look = look_at_row(&mem, m, row);
    Str applicant = cell_tight(&mem, cell_at(row, m, m->applicant));
    Str respondent = cell_tight(&mem, cell_at(row, m, m->respondent));
    bool people = applicant.n && respondent.n && !is_total(applicant);
    if (look.ours == 0 && (look.filled == 0 || look.first.n == 0)) return SAY_BLANK;
    if (is_head(mem, m, row, look.filled) || counts_columns(&mem, row)) return SAY_HEAD_AGAIN;
    bool of_roster = look.sum && m->applicant == m->respondent; /* one name a row: it may count them */
    if (of_roster || (!people && (sums_up(look.first) || sums_up(applicant)))) return SAY_SUM_ROW;
    if (look.note || (!people && (look.ours <= 1 || is_note(look.first)))) return SAY_NOTE_ROW;
    return SAY_NONE;
}
