/*
** A row of a ledger, read: values by the kind of each column, numbers by the
** rules of law/identity.h, words by data/ledger_names.csv.  What is certain and
** wrong refuses the row, every reason at once; what is only odd is remarked, and
** the words themselves are kept.
*/
#include "case/8-import/import_in.h"
#include "core/crypto.h"
#include "excel/cell.h"
#include "law/identity.h"

/* ---- values by kind ----------------------------------------------------------------------- */

typedef struct Value {
    RowReader  *r;
    Draft      *d;
    const Field *fd;
    Str         name;   /* of its column, or what we call it */
    Column      column;
    Cell        cell;
    void       *at;
    int64_t     unit;   /* yuan that a bare number counts */
    bool        no;     /* its number in the list, which means nothing */
} Value;

/* Words that are kept where no value could be made of them. */
static void keep_words(Value *v, Str text)
{
    Out o = { .buf = NEW(v->r->c->mem, char, IMPORT_EXTRA), .cap = IMPORT_EXTRA };
    out_str(&o, v->d->row.extra);
    if (o.len) out_str(&o, S("；"));
    out_str(&o, v->name);
    out_str(&o, S("："));
    out_str(&o, text);
    if (!o.full) v->d->row.extra = out_view(&o);
}

/* Dates that only describe may be said in words; those the case lives by may not. */
static bool is_soft(const Field *fd)
{
    static const char *const soft[] = { "perform_by", "mediation_due", "extended_to", "followed_up" };
    for (size_t i = 0; i < COUNT(soft); i++) {
        if (str_eq(str_of(fd->name), str_of(soft[i]))) return true;
    }
    return false;
}

static void read_date(Value *v, Str text)
{
    enum { SERIAL_DIGITS = 5 };
    Date *d = v->at;
    bool bare = v->cell.kind == CELL_NUMBER && v->r->date1904 && text.n == SERIAL_DIGITS;
    if (v->cell.kind == CELL_DATE) *d = date_parse(v->cell.text);
    else if (bare) *d = serial_date(text, true);
    else (void)cell_date(v->r->c->mem, text, d);
    if (d->day) return;
    int year = v->r->map->year; /* a number 5.1 may have been typed as 5.10 */
    if (year && v->cell.kind == CELL_TEXT && cell_day_of(v->r->c->mem, text, year, d)) {
        row_say_number(&v->d->odd, v->column, SAY_BY_TITLE, year);
        return;
    }
    *d = (Date){ 0 };
    if (!is_soft(v->fd)) row_say_text(&v->d->why, v->column, SAY_NO_DATE, text);
    else row_say_text(&v->d->odd, v->column, SAY_DATE_KEPT, text);
    if (is_soft(v->fd)) keep_words(v, text);
}

static void read_money(Value *v, Str text)
{
    if (!cell_money(v->r->c->mem, text, v->unit, v->at)) {
        row_say_text(&v->d->why, v->column, SAY_NO_SUM, text);
    }
}

static void read_int(Value *v, Str text)
{
    bool grade = str_eq(str_of(v->fd->name), S("satisfaction"));
    bool good = grade ? cell_grade(text, v->at) : cell_count(v->r->c->mem, text, v->at);
    if (good || v->no) return;
    if (!grade) row_say_text(&v->d->why, v->column, SAY_NO_NUMBER, text);
    else row_say_text(&v->d->odd, v->column, SAY_NO_GRADE, text);
    if (grade) keep_words(v, text);
}

static void read_bool(Value *v, Str text)
{
    if (cell_yes(text, v->at)) return;
    *(bool *)v->at = str_has(text, S("集体")) || str_has(text, S("重大")) || str_has(text, S("群体"));
    row_say_text(&v->d->odd, v->column, SAY_NO_YES, text);
    keep_words(v, text);
}

/* A number like 2024-3 becomes a day as soon as it is typed into a spreadsheet. */
static void look_at_kind(Value *v)
{
    static const char *const numbers[] = { "ledger_no", "agreement_no", "archive_no" };
    if (v->cell.kind == CELL_NUMBER && str_eq(str_of(v->fd->name), S("applicant_id_masked"))) {
        v->d->digits_only = true;
    }
    for (size_t i = 0; i < COUNT(numbers) && v->cell.kind == CELL_DATE; i++) {
        if (!str_eq(str_of(v->fd->name), str_of(numbers[i]))) continue;
        row_say_text(&v->d->odd, v->column, SAY_BECAME_DATE, v->cell.text);
    }
}

static void read_text(Value *v, Str text)
{
    look_at_kind(v);
    bool lines = v->fd->rule & PROSE;
    if (lines) text = cell_tidy(v->r->c->mem, v->cell.text, true);
    size_t most = v->fd->max ? (size_t)v->fd->max : 200;
    bool noted = lines || str_eq(str_of(v->fd->name), S("remark"));
    if (cell_is_blank(text) && !noted) return;
    *(Str *)v->at = text;
    if (str_length(text) > most) row_say(&v->d->why, v->column, SAY_LONG);
}

/* `text`: the cell's, tidy and in one line. */
static void read_value(Value *v, Str text)
{
    if (v->cell.kind == CELL_EMPTY) return;
    if (cell_is_ditto(text)) {
        if (!v->no) row_say_text(&v->d->why, v->column, SAY_DITTO, text);
        return;
    }
    if (v->cell.kind == CELL_FORMULA || v->cell.kind == CELL_ERROR) {
        bool formula = v->cell.kind == CELL_FORMULA;
        if (!v->no) row_say(&v->d->why, v->column, formula ? SAY_FORMULA : SAY_CELL_ERROR);
        return;
    }
    if (v->fd->kind == KIND_TEXT) {
        read_text(v, text);
        return;
    }
    if (cell_is_blank(text)) return;
    switch (v->fd->kind) {
    case KIND_DATE:  read_date(v, text); break;
    case KIND_MONEY: read_money(v, text); break;
    case KIND_INT:   read_int(v, text); break;
    case KIND_BOOL:  read_bool(v, text); break;
    case KIND_TEXT: case KIND_TIME: case KIND_ID: case KIND_LIST: break;
    }
}

static void draft_splits(RowReader *r, const GridRow *row, Draft *d, void *to)
{
    const Mapping *m = r->map;
    for (size_t i = 0; i < m->splits; i++) {
        const Field *fd = &m->kind->form->field[m->split[i].field];
        Str text = split_text(r->c->mem, m, &m->split[i], row);
        Value v = { .r = r, .d = d, .fd = fd, .name = str_of(fd->label), .at = (char *)to + fd->at,
                    .column = { .key = str_of(fd->name) }, .cell = { CELL_TEXT, text } };
        if (text.n) read_date(&v, text);
    }
}

void draft_values(RowReader *r, const GridRow *row, Draft *d, void *to)
{
    const Mapping *m = r->map;
    draft_splits(r, row, d, to);
    for (size_t i = 0; i < row->cells; i++) {
        Value v = { .r = r, .d = d, .cell = row->cell[i], .name = i < m->columns ? m->name[i] : (Str){ 0 } };
        if (v.cell.kind == CELL_EMPTY) continue;
        v.column.name = v.name;
        Str text = cell_tidy(r->c->mem, v.cell.text, false);
        if (m->field[i] >= 0) {
            v.fd = &m->kind->form->field[m->field[i]];
            v.at = (char *)to + v.fd->at;
            v.no = (size_t)m->field[i] == m->no;
            v.column.key = str_of(v.fd->name);
            v.unit = mapping_unit(m, (size_t)m->field[i]);
            if (v.name.n == 0) v.name = str_of(v.fd->label);
            read_value(&v, text);
        } else if (v.name.n && v.cell.kind == CELL_FORMULA) {
            row_say(&d->odd, v.column, SAY_FORMULA_LEFT);
        } else if (v.name.n && !cell_is_blank(text) && v.cell.kind != CELL_ERROR) {
            keep_words(&v, text); /* a column of theirs */
        }
    }
}

/* ---- numbers ------------------------------------------------------------------------------ */

Column row_column(const RowReader *r, const char *key)
{
    size_t field = kind_field(r->map->kind, str_of(key));
    BUG_IF(field == SIZE_MAX);
    int16_t column = r->map->column[field];
    bool named = column >= 0 && (size_t)column < r->map->columns && r->map->name[column].n;
    return (Column){ str_of(key), named ? r->map->name[column] : (Str){ 0 } };
}

/* The next of several numbers in one cell. */
static Str next_number(Str *text)
{
    for (size_t i = 0; i < text->n; i++) {
        Str rest = { text->s + i, text->n - i };
        bool wide = str_starts(rest, S("、")) || str_starts(rest, S("，")) || str_starts(rest, S("；"));
        bool ends = wide || str_has(S("/,; \n"), (Str){ text->s + i, 1 });
        if (!ends) continue;
        Str one = { text->s, i };
        size_t n = wide ? 3 : 1;
        *text = (Str){ text->s + i + n, text->n - i - n };
        return str_trim(one);
    }
    Str one = *text;
    *text = (Str){ 0 };
    return str_trim(one);
}

static bool valid(const RowReader *r, const char *kind, Str number, Identity *it)
{
    IdentityAsk ask = { .archive = true };
    return identity_check(&r->c->law->identity, str_of(kind), number, &ask, it) && it->valid;
}

static bool is_masked(Str number)
{
    return str_has(number, S("*")) || str_has(number, S("＊")) || str_has(number, S("×"));
}

static bool is_of_number(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || ch == '-';
}

/* The number in "身份证：4502…（复印件）": its one long run of letters and digits. */
static Str number_in(Str s)
{
    enum { LONG = 7 };
    Str found = { 0 };
    if (is_masked(s)) return s;
    for (size_t i = 0, n = 0; i < s.n; i += n + 1) {
        for (n = 0; i + n < s.n && is_of_number(s.s[i + n]); n++) continue;
        if (n < LONG) continue;
        if (found.n) return s; /* two of them: what it says is not for us to choose */
        found = (Str){ s.s + i, n };
    }
    return found.n ? found : s;
}

static void check_identity(RowReader *r, Draft *d)
{
    Identity whole;
    Str rest = d->row.applicant_id_masked, tight = cell_tight(r->c->mem, rest);
    if (valid(r, "id", tight, &whole)) rest = tight; /* 450206 19660715 0065 */
    while (rest.n) {
        Identity it;
        Str one = number_in(cell_tight(r->c->mem, next_number(&rest)));
        if (one.n == 0 || is_masked(one)) continue;
        bool good = valid(r, "id", one, &it) || valid(r, "passport", one, &it) || valid(r, "uscc", one, &it);
        if (good && d->worker_id.n == 0 && !str_eq(it.kind, S("uscc"))) {
            d->worker_id = str_copy(r->c->mem, str_of(it.number));
        }
        if (good) continue;
        bool lost = d->digits_only || cell_is_rounded(one);
        row_say_text(&d->why, row_column(r, "applicant_id_masked"), lost ? SAY_ID_LOST : SAY_ID_BAD, one);
    }
}

/* (0772)7212345 as 0772-7212345, and without what follows 转. */
static Str plain_line(Arena *a, Str tight)
{
    Str rest = { tight.s + 1, tight.n - 1 }, line = tight;
    for (size_t i = 0; i + 3 <= line.n; i++) {
        if (str_starts((Str){ line.s + i, line.n - i }, S("转"))) line.n = i;
    }
    if (line.s[0] != '(') return line;
    Out o = { .buf = NEW(a, char, line.n + 1), .cap = line.n + 1 };
    rest.n = line.n - 1;
    out_str(&o, str_cut(&rest, ')'));
    out_str(&o, S("-"));
    out_str(&o, rest);
    return out_view(&o);
}

/* 0772—7212345 as 0772-7212345. */
static Str plain_dashes(Arena *a, Str s)
{
    static const Str dashes[] = { { "—", 3 }, { "–", 3 }, { "‑", 3 } };
    Out o = { .buf = NEW(a, char, s.n + 1), .cap = s.n + 1 };
    for (size_t at = 0, n; at < s.n; at += n) {
        Str rest = { s.s + at, s.n - at }, put = { s.s + at, n = 1 };
        for (size_t i = 0; i < COUNT(dashes); i++) {
            if (str_starts(rest, dashes[i])) put = S("-"), n = dashes[i].n;
        }
        out_str(&o, put);
    }
    return out_view(&o);
}

/* 138-0772-0031 and +86 13807720031 as 13807720031. */
Str draft_phone(Arena *a, Str text)
{
    Str tight = plain_dashes(a, cell_tight(a, text));
    if (tight.n && (tight.s[0] == '(' || tight.s[0] == '0')) return plain_line(a, tight);
    tight = number_in(tight);
    Out o = { .buf = NEW(a, char, tight.n + 1), .cap = tight.n + 1 };
    if (str_starts(tight, S("+86"))) tight = (Str){ tight.s + 3, tight.n - 3 };
    else if (str_starts(tight, S("86")) && tight.n == 13) tight = (Str){ tight.s + 2, tight.n - 2 };
    if (tight.n == 0 || tight.s[0] != '1') return tight;
    for (size_t i = 0; i < tight.n; i++) {
        if (tight.s[i] != '-') out_str(&o, (Str){ tight.s + i, 1 });
    }
    return out_view(&o);
}

/* Digits that blanks cut in pieces: 138 0772 0031. */
static Str unspaced(Arena *a, Str s)
{
    Str tight = cell_tight(a, s);
    bool one = str_is_digits(tight) && (tight.n == 11 || tight.n == 12);
    return one ? tight : s;
}

static void check_phones(RowReader *r, Draft *d, const char *key, Str *text)
{
    Str rest = unspaced(r->c->mem, *text);
    bool first = true;
    Str whole = rest;
    while (rest.n) {
        Identity it;
        Str one = draft_phone(r->c->mem, next_number(&rest));
        if (one.n == 0 || is_masked(one)) continue;
        if (!valid(r, "mobile", one, &it) && !valid(r, "phone", one, &it)) {
            bool lost = cell_is_rounded(one) || str_has(one, S("E+"));
            row_say_text(&d->why, row_column(r, key), lost ? SAY_PHONE_LOST : SAY_PHONE_BAD, one);
        }
        if (first && rest.n == 0) whole = one;
        first = false;
    }
    *text = whole;
}

static void check_numbers(RowReader *r, Draft *d)
{
    Identity it;
    check_identity(r, d);
    check_phones(r, d, "applicant_phone_masked", &d->row.applicant_phone_masked);
    check_phones(r, d, "respondent_phone", &d->row.respondent_phone);
    Str code = cell_tight(r->c->mem, d->row.uscc);
    if (code.n == 0) return;
    if (valid(r, "uscc", code, &it)) d->row.uscc = str_copy(r->c->mem, str_of(it.number));
    else row_say_text(&d->why, row_column(r, "uscc"), SAY_USCC_BAD, code);
}

/* ---- days in order ------------------------------------------------------------------------ */

static void check_past(RowReader *r, Draft *d, const char *key, Date day)
{
    enum { OLDEST = 1950 }; /* 1900 and 1904: a number that a spreadsheet shows as a day */
    bool old = day.day && day.day < date_of(OLDEST, 1, 1).day;
    if (day.day > r->c->today.day) row_say(&d->why, row_column(r, key), SAY_FUTURE_DAY);
    if (old) row_say(&d->why, row_column(r, key), SAY_OLD_DAY);
}

static void check_order(RowReader *r, Draft *d, const char *later, Date b, Date a)
{
    bool wrong = a.day && b.day && b.day < a.day;
    if (wrong) row_say(&d->why, row_column(r, later), SAY_EARLY);
}

static void check_days(RowReader *r, Draft *d)
{
    OldRow *m = &d->row;
    if (m->registered.day == 0 && m->accepted.day) {
        m->registered = m->accepted;
        row_say(&d->odd, row_column(r, "registered"), SAY_BY_ACCEPTED);
    }
    const struct { const char *key; Date day; } past[] = {
        { "registered", m->registered }, { "accepted", m->accepted }, { "closed", m->closed },
        { "effective", m->effective }, { "archived", m->archived },
    };
    for (size_t i = 0; i < COUNT(past); i++) check_past(r, d, past[i].key, past[i].day);
    Date begun = m->accepted.day ? m->accepted : m->registered;
    check_order(r, d, "accepted", m->accepted, m->registered);
    check_order(r, d, "closed", m->closed, begun);
    check_order(r, d, "effective", m->effective, begun);
    check_order(r, d, "archived", m->archived, m->closed.day ? m->closed : begun);
}

static void need(const RowReader *r, Draft *d, const char *key)
{
    Column column = row_column(r, key);
    bool told = said_of(out_view(&d->why), column); /* why it is none */
    if (!told) row_say_fault(&d->why, column, FAULT_REQUIRED);
}

static void check_required(RowReader *r, Draft *d)
{
    const OldRow *m = &d->row;
    if (m->applicant.n == 0 && !d->unclear) need(r, d, "applicant");
    if (m->respondent.n == 0 && !d->unclear) need(r, d, "respondent");
    if (m->registered.day == 0) need(r, d, "registered");
}

/* ---- the row ------------------------------------------------------------------------------ */

/* The same number of the same organisation, in clear, so that rows in order have keys in order;
** or the same people on the same day, of whom only a digest is kept. */
static Str key_of(RowReader *r, const Draft *d)
{
    enum { ROOM = 1200 };
    char day[11] = "";
    Arena *a = r->c->mem;
    Out o = { .buf = NEW(a, char, ROOM), .cap = ROOM };
    out_int(&o, r->org.id.n);
    if (d->row.ledger_no.n) {
        out_str(&o, S("|n|"));
        out_str(&o, ledger_name_plain(&r->c->law->hanzi, a, d->row.organisation, false));
        out_str(&o, S("|"));
        out_str(&o, cell_tight(a, d->row.ledger_no));
        return out_view(&o);
    }
    Out people = { .buf = NEW(a, char, ROOM), .cap = ROOM };
    out_str(&people, cell_tight(a, d->row.applicant));
    out_str(&people, S("|"));
    out_str(&people, ledger_name_plain(&r->c->law->hanzi, a, d->row.respondent, false));
    if (d->row.registered.day) date_write(d->row.registered, day);
    out_str(&o, S("|p|"));
    out_str(&o, str_of(day));
    out_str(&o, text_digest(a, r->c->house->keys, S("imported"), out_view(&people)));
    return out_view(&o);
}

bool draft_open(RowReader *r, const GridRow *row, Draft *d)
{
    Arena *a = r->c->mem;
    *d = (Draft){ .why = { .buf = NEW(a, char, IMPORT_REASON), .cap = IMPORT_REASON },
                  .odd = { .buf = NEW(a, char, IMPORT_REASON), .cap = IMPORT_REASON } };
    const Say skipped = row_left_out(*a, r->map, row);
    d->row.line = row->line;
    if (skipped) {
        row_say(&d->why, (Column){ 0 }, skipped);
        d->verdict = ROW_SKIPPED;
        return false;
    }
    if (row->hidden) row_say(&d->odd, (Column){ 0 }, SAY_HIDDEN_ROW);
    return true;
}

void draft_read(RowReader *r, const GridRow *row, Draft *d)
{
    if (!draft_open(r, row, d)) return;
    draft_values(r, row, d, &d->row);
    draft_tick(r, row, "outcome", &d->row.outcome);
    draft_tick(r, row, "cause_main", &d->row.cause_main);
    draft_sides(r, d);
    draft_people(r, d);
    check_numbers(r, d);
    check_days(r, d);
    check_required(r, d);
    draft_meaning(r, d);
    d->row.key = key_of(r, d);
    d->verdict = d->why.len || d->why.full ? ROW_BAD : ROW_GOOD;
}
