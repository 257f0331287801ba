/*
** Who stands in the cells of a row: a name that blanks pull apart (张　三), several
** people in one cell, and numbers that do not belong there.
*/
#include "case/8-import/import_in.h"
#include "excel/cell.h"
#include "law/case_name.h"

enum { DIGITS_MANY = 7, HAN = 3 };

static bool is_han(Str s)
{
    unsigned char lead = (unsigned char)(s.n >= HAN ? s.s[0] : 0);
    return lead >= 0xE4 && lead <= 0xE9;
}

/* One Han character alone between blanks or the ends: 张 三, 王 小明; but not 张三 李四. */
static bool pulled_apart(Str name)
{
    bool single = false, blank = false;
    for (Str rest = name; rest.n;) {
        Str part = str_cut(&rest, ' ');
        if (!is_han(part) || str_length(part) * HAN != part.n) return false;
        single |= part.n == HAN;
        blank |= rest.n > 0;
    }
    return single && blank;
}

/* A number in a name would be shown wherever the name is. */
static bool has_number(Str name)
{
    size_t run = 0;
    for (size_t i = 0; i < name.n && run < DIGITS_MANY; i++) {
        run = name.s[i] >= '0' && name.s[i] <= '9' ? run + 1 : 0;
    }
    return run >= DIGITS_MANY;
}

static void read_name(RowReader *r, Draft *d, const char *key, Str *name)
{
    if (pulled_apart(*name)) *name = cell_tight(r->c->mem, *name);
    if (has_number(*name)) row_say(&d->why, row_column(r, key), SAY_NUMBER_IN);
}

void draft_people(RowReader *r, Draft *d)
{
    OldRow *m = &d->row;
    read_name(r, d, "applicant", &m->applicant);
    read_name(r, d, "respondent", &m->respondent);
    if (pulled_apart(m->legal_rep)) m->legal_rep = cell_tight(r->c->mem, m->legal_rep);
    int64_t n = m->people ? 0 : names_in(m->applicant);
    if (n < 2) return;
    m->people = n;
    row_say_number(&d->odd, row_column(r, "people"), SAY_COUNTED, n);
}
