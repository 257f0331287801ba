/*
** Which sheet, which line has the column names, and what each column is: a
** guess over the first lines, by data/ledger_names.csv.  A head may take two
** lines (申请人 above 姓名, 电话); titles stand above, page heads repeat below.
*/
#include "case/8-import/import_in.h"
#include "excel/cell.h"

enum { LOOK = 40, EXACT = 100, BARE = 90, PART = 60, ENOUGH = 3, SPLIT_SCORE = 3, NAME_ROOM = 200 };

size_t import_field(Str key)
{
    const Field *fd = form_find(&old_row_form, key);
    return fd ? (size_t)(fd - old_row_form.field) : SIZE_MAX;
}

size_t kind_field(const ImportKind *kind, Str key)
{
    const Field *fd = form_find(kind->form, key);
    return fd ? (size_t)(fd - kind->form->field) : SIZE_MAX;
}

const ImportKind *import_kind(const Ctx *c, Str word)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->imports; i++) {
            if (str_eq(str_of((*s)->import[i].word), word)) return &(*s)->import[i];
        }
    }
    return NULL;
}

bool import_is_key(const Field *fd)
{
    static const char *const ours[] = { "case_id", "import_id", "line", "key", "extra", "after", "version" };
    for (size_t i = 0; i < COUNT(ours); i++) {
        if (str_eq(str_of(fd->name), str_of(ours[i]))) return false;
    }
    return true;
}

/* ---- as text ------------------------------------------------------------------------------ */

static void clear(Mapping *m)
{
    for (size_t i = 0; i < IMPORT_KEYS; i++) m->column[i] = -1;
    for (size_t i = 0; i < GRID_COLUMNS; i++) m->field[i] = -1;
    m->no = kind_field(m->kind, S("no"));
    m->applicant = kind_field(m->kind, str_of(m->kind->sides[0]));
    m->respondent = kind_field(m->kind, str_of(m->kind->sides[1]));
}

static bool is_unit(char ch)
{
    return ch == 'w' || ch == 'q';
}

int64_t mapping_unit(const Mapping *m, size_t field)
{
    return m->unit[field] == 'w' ? 10000 : m->unit[field] == 'q' ? 1000 : 1;
}

bool mapping_read(const ImportKind *kind, Str text, Mapping *m)
{
    m->kind = kind;
    clear(m);
    while (text.n) {
        Str item = str_trim(str_cut(&text, ' '));
        int64_t column = 0;
        if (item.n == 0) continue;
        size_t field = kind_field(kind, str_cut(&item, '='));
        char unit = (char)(item.n && is_unit(item.s[item.n - 1]) ? item.s[item.n - 1] : 0);
        if (unit) item.n--;
        bool good = field != SIZE_MAX && import_is_key(&kind->form->field[field]) && str_int(item, &column)
                 && column >= 1 && column <= GRID_COLUMNS && m->column[field] < 0 && m->field[column - 1] < 0;
        if (!good) return false;
        m->column[field] = (int16_t)(column - 1);
        m->field[column - 1] = (int16_t)field;
        m->unit[field] = unit;
    }
    return true;
}

Str mapping_write(Arena *a, const Mapping *m)
{
    Out o = { .buf = NEW(a, char, 4096), .cap = 4096 };
    for (size_t i = 0; i < m->kind->form->n; i++) {
        if (m->column[i] < 0) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, str_of(m->kind->form->field[i].name));
        out_str(&o, S("="));
        out_int(&o, m->column[i] + 1);
        if (m->unit[i]) out_str(&o, (Str){ &m->unit[i], 1 });
    }
    return out_view(&o);
}

/* ---- one name ----------------------------------------------------------------------------- */

typedef struct Match {
    Str word;
    int score;
} Match;

/* Our own label of a column, or the word itself. */
static Str label_word(const Law *law, Arena *a, Str plain)
{
    const Dossier *d = &law->dossier;
    for (size_t i = 0; i < d->columns; i++) {
        const LedgerColumn *own = &d->column[i];
        bool may = own->label.zh.s[0] == plain.s[0] || own->key.n >= plain.n;
        if (!may) continue;
        bool ours = str_eq(ledger_name_plain(&law->hanzi, a, d->column[i].label.zh, false), plain)
                 || str_eq(ledger_name_plain(&law->hanzi, a, d->column[i].key, false), plain);
        if (ours) return d->column[i].key;
    }
    return (Str){ 0 };
}

/* What we call it ourselves, on the form of that kind. */
static Str form_word(const HanziTable *hanzi, const ImportKind *kind, Arena *a, Str plain)
{
    for (size_t i = 0; i < kind->form->n; i++) {
        const Field *fd = &kind->form->field[i];
        Arena mem = *a;
        bool ours = str_eq(ledger_name_plain(hanzi, &mem, str_of(fd->label), false), plain)
                 || str_eq(ledger_name_plain(hanzi, &mem, str_of(fd->en), false), plain)
                 || str_eq(ledger_name_plain(hanzi, &mem, str_of(fd->name), false), plain);
        if (ours) return str_of(fd->name);
    }
    return (Str){ 0 };
}

/* The longest name that is a part of this one. */
static Match part_of(const LedgerNames *names, Str field, Str plain)
{
    size_t n = 0, best = 0;
    Match m = { 0 };
    const LedgerName *row = ledger_names_of(names, field, &n);
    for (size_t i = 0; i < n; i++) {
        bool longer = row[i].name.n > best && row[i].name.n >= 9 && row[i].name.n * 2 >= plain.n;
        if (!longer || !str_has(plain, row[i].name)) continue;
        best = row[i].name.n;
        m = (Match){ row[i].word, PART + (int)(row[i].name.n * 20 / plain.n) };
    }
    return m;
}

/* Without its Latin letters; "" if it has none of the others, or only those. */
static Str chinese_part(Arena *a, Str plain)
{
    Out o = { .buf = NEW(a, char, plain.n + 1), .cap = plain.n + 1 };
    for (size_t i = 0; i < plain.n; i++) {
        if ((unsigned char)plain.s[i] >= 0x80) out_str(&o, (Str){ plain.s + i, 1 });
    }
    return o.len < plain.n ? out_view(&o) : (Str){ 0 };
}

static Match match(Ctx *c, Arena mem, const ImportKind *kind, Str name)
{
    const Str field = str_of(kind->names);
    const LedgerNames *names = &c->law->names;
    Str plain = ledger_name_plain(&c->law->hanzi, &mem, cell_tight(&mem, name), false);
    Str bare = ledger_name_plain(&c->law->hanzi, &mem, cell_tight(&mem, name), true);
    if (plain.n == 0 || plain.n > NAME_ROOM) return (Match){ 0 };
    Str word = kind->read ? form_word(&c->law->hanzi, kind, &mem, plain) : label_word(c->law, &mem, plain);
    if (word.n == 0) word = ledger_word(names, field, plain);
    if (word.n) return (Match){ word, EXACT };
    if (bare.n) word = ledger_word(names, field, bare);
    if (word.n == 0) word = ledger_word(names, field, chinese_part(&mem, plain)); /* 申请人 Applicant */
    if (word.n) return (Match){ word, BARE };
    return part_of(names, field, plain);
}

/* ---- a line of names ---------------------------------------------------------------------- */

typedef struct Heads {
    Str top[GRID_COLUMNS], low[GRID_COLUMNS];
    size_t n;
} Heads;

/* What of a merged title above lies over this column; else the cell itself. */
static Str covering(const GridSheet *s, const GridRow *row, size_t column)
{
    for (size_t i = 0; i < s->spans && row->cell[column].kind == CELL_EMPTY; i++) {
        const GridSpan *p = &s->span[i];
        bool over = p->top <= row->line && p->bottom >= row->line && p->left <= column + 1
            && p->right > column;
        if (over) return row->cell[p->left - 1].text;
    }
    return row->cell[column].text;
}

static void take_line(Arena *a, const GridSheet *s, const GridRow *row, Str to[GRID_COLUMNS])
{
    for (size_t i = 0; i < GRID_COLUMNS; i++) {
        Str text = covering(s, row, i);
        to[i] = text.n > NAME_ROOM ? (Str){ 0 } : str_copy(a, text);
    }
}

/* A title over several columns stands once, at the left: it goes on until the next. */
static void carry(Heads *h)
{
    for (size_t i = 1; i < h->n; i++) {
        if (h->top[i].n == 0 && h->low[i].n && h->low[i - 1].n) h->top[i] = h->top[i - 1];
    }
}

static Str joined(Arena *a, Str x, Str y)
{
    if (x.n == 0 || str_eq(x, y)) return y;
    if (y.n == 0) return x;
    Out o = { .buf = NEW(a, char, x.n + y.n), .cap = x.n + y.n };
    out_str(&o, x);
    out_str(&o, y);
    return out_view(&o);
}

/* The best reading of a column's name, of one line or two. */
static Match best_of(Ctx *c, const ImportKind *kind, const Heads *h, size_t i, bool two)
{
    Arena mem = *c->mem;
    if (!two) return match(c, mem, kind, h->top[i]);
    if (split_part(cell_tight(&mem, h->low[i])) >= 0) return (Match){ 0 };
    Match whole = match(c, mem, kind, joined(&mem, h->top[i], h->low[i]));
    Match low = h->low[i].n ? match(c, mem, kind, h->low[i]) : (Match){ 0 };
    return low.score > whole.score ? low : whole;
}

/* What a heading says its numbers count; 0: nothing, or yuan. */
static char unit_in(Str name)
{
    static const struct { const char *word; char unit; } words[] = {
        { "万元", 'w' }, { "（万）", 'w' }, { "(万)", 'w' },
        { "千元", 'q' }, { "（千）", 'q' }, { "(千)", 'q' },
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_has(name, str_of(words[i].word))) return words[i].unit;
    }
    return 0;
}

/* What a column is called: both lines of its head. */
static Str name_of(Arena *mem, const Heads *h, size_t i, bool two)
{
    return two ? joined(mem, h->top[i], h->low[i]) : h->top[i];
}

/* 年, 月, 日 say more than the title over them alone, and less than both. */
static int split_score(Ctx *c, const ImportKind *kind, const Heads *h, size_t i, bool two)
{
    bool split = split_part(two ? h->low[i] : h->top[i]) == SPLIT_PARTS - 1;
    bool titled = split && two && match(c, *c->mem, kind, h->top[i]).score >= BARE;
    return split ? SPLIT_SCORE + titled : 0;
}

/* The best scores first, each field and each column once. */
static int assign(Ctx *c, const Heads *h, bool two, Mapping *m)
{
    Match found[GRID_COLUMNS] = { 0 };
    int score = 0;
    clear(m);
    m->columns = h->n;
    for (size_t i = 0; i < h->n; i++) {
        found[i] = best_of(c, m->kind, h, i, two);
        score += split_score(c, m->kind, h, i, two);
        m->name[i] = name_of(c->mem, h, i, two);
    }
    for (int level = EXACT; level >= PART; level--) {
        for (size_t i = 0; i < h->n; i++) {
            size_t field = found[i].score == level ? kind_field(m->kind, found[i].word) : SIZE_MAX;
            if (field == SIZE_MAX || m->column[field] >= 0 || m->field[i] >= 0) continue;
            m->column[field] = (int16_t)i;
            m->field[i] = (int16_t)field;
            m->unit[field] = unit_in(m->name[i]);
            score += level >= BARE ? 2 : 1;
        }
    }
    return score;
}

/* ---- a sheet ------------------------------------------------------------------------------ */

static bool names_people(const Mapping *m)
{
    for (Str who = str_of(m->kind->must); who.n;) {
        if (m->column[kind_field(m->kind, str_cut(&who, ' '))] >= 0) return true;
    }
    return false;
}

static void keep_better(Guess *g, const Guess *other)
{
    if (other->score > g->score && other->score >= ENOUGH && names_people(&other->map)) *g = *other;
}

typedef struct Line {
    int64_t line;
    Str     name[GRID_COLUMNS];
    size_t  cells;
} Line;

static size_t first_lines(Ctx *c, Grid *g, size_t sheet, Line *lines)
{
    size_t n = 0;
    GridRow *row = NEW(c->mem, GridRow, 1);
    for (grid_seek(g, sheet, 0); n < LOOK && grid_next(g, row) && row->line <= GRID_TOP; n++) {
        lines[n].line = row->line;
        lines[n].cells = row->cells;
        take_line(c->mem, &g->sheet[sheet], row, lines[n].name);
    }
    return n;
}

static void take_heads(Heads *h, const Line *line, bool two)
{
    h->n = line[0].cells > line[two].cells ? line[0].cells : line[two].cells;
    for (size_t k = 0; k < GRID_COLUMNS; k++) {
        h->top[k] = line[0].name[k];
        h->low[k] = two ? line[1].name[k] : (Str){ 0 };
    }
    if (two) carry(h);
}

static void try_heads(Ctx *c, const Line *lines, size_t i, bool two, Guess *best)
{
    Heads *h = NEW(c->mem, Heads, 1);
    Guess *try = NEW(c->mem, Guess, 1);
    take_heads(h, &lines[i], two);
    *try = (Guess){ .sheet = best->sheet, .head = lines[i].line, .heads = 1 + two };
    try->map.kind = best->map.kind;
    try->score = assign(c, h, two, &try->map);
    keep_better(best, try);
}

/* A column 编号 holds the numbers of cases, unless it only counts. */
static void look_at_numbers(Ctx *c, Grid *g, Guess *guess)
{
    size_t no = import_field(S("no")), ledger_no = import_field(S("ledger_no"));
    if (guess->map.kind->form != &old_row_form) return;
    int16_t column = guess->map.column[no];
    Arena mem = *c->mem;
    GridRow *row = NEW(c->mem, GridRow, 1);
    int numbers = 0, seen = 0;
    bool may = column >= 0 && guess->map.column[ledger_no] < 0 && str_has(guess->map.name[column], S("编号"));
    if (!may) return;
    grid_seek(g, guess->sheet, 0);
    while (seen < LOOK && grid_next(g, row)) {
        Str text = cell_tight(c->mem, row->cell[column].text);
        if (row->line < guess->head + guess->heads || text.n == 0) continue;
        seen++;
        numbers += !str_is_digits(text) || text.n >= 6;
    }
    *c->mem = mem;
    if (numbers * 2 <= seen) return;
    guess->map.column[ledger_no] = column;
    guess->map.column[no] = -1;
    guess->map.field[column] = (int16_t)ledger_no;
}

/* 单位：万元 above the head holds for sums whose own heads say nothing else. */
static void look_at_titles(const Line *lines, size_t n, Guess *guess)
{
    char unit = 0;
    Mapping *m = &guess->map;
    for (size_t i = 0; i < n && lines[i].line < guess->head; i++) {
        for (size_t k = 0; k < lines[i].cells && unit == 0; k++) {
            Str text = lines[i].name[k];
            bool says = str_has(text, S("单位")) || str_has(text, S("（万")) || str_has(text, S("(万"));
            if (says) unit = unit_in(text);
        }
    }
    for (size_t i = 0; i < m->kind->form->n && unit; i++) {
        int16_t column = m->column[i];
        bool sum = column >= 0 && m->kind->form->field[i].kind == KIND_MONEY;
        if (sum && !str_has(m->name[column], S("元"))) m->unit[i] = unit;
    }
}

bool import_guess_sheet(Ctx *c, Grid *g, size_t sheet, Guess *guess)
{
    Line *lines = NEW(c->mem, Line, LOOK + 1);
    size_t n = first_lines(c, g, sheet, lines);
    int64_t head = guess->head;
    const ImportKind *kind = guess->map.kind;
    *guess = (Guess){ .sheet = sheet };
    guess->map.kind = kind;
    for (size_t i = 0; i < 2 * n; i++) { /* one line for a head, then two, which must say more */
        Arena mem = *c->mem;
        bool two = i >= n;
        size_t at = two ? i - n : i;
        int before = guess->score;
        bool next = at + 1 < n && lines[at + 1].line == lines[at].line + 1;
        if ((head && lines[at].line != head) || (two && !next)) continue;
        try_heads(c, lines, at, two, guess);
        if (guess->score == before) *c->mem = mem; /* nothing of this line is kept */
    }
    if (guess->score > 0) look_at_titles(lines, n, guess);
    if (guess->score > 0) look_at_numbers(c, g, guess);
    return guess->score > 0;
}

bool import_guess(Ctx *c, Grid *g, Guess *guess)
{
    const ImportKind *kind = guess->map.kind;
    *guess = (Guess){ 0 };
    guess->map.kind = kind;
    for (size_t i = 0; i < g->sheets && i < 16; i++) {
        Guess *one = NEW(c->mem, Guess, 1);
        one->map.kind = kind;
        Arena mem = *c->mem;
        if (g->sheet[i].hidden || !import_guess_sheet(c, g, i, one)) {
            *c->mem = mem;
            continue;
        }
        bool larger = one->score == guess->score && g->sheet[i].rows > g->sheet[guess->sheet].rows;
        if (one->score > guess->score || larger) *guess = *one;
    }
    return guess->score > 0;
}

/* Do the names stand one below the other, in the first column? */
static bool on_its_side(Ctx *c, Grid *g, const Guess *guess)
{
    Line *lines = NEW(c->mem, Line, LOOK + 1);
    size_t n = first_lines(c, g, guess->sheet, lines), named = 0;
    for (size_t i = 0; i < n; i++) {
        named += match(c, *c->mem, guess->map.kind, lines[i].name[0]).score >= BARE;
    }
    return named >= ENOUGH;
}

Str import_no_head(Ctx *c, Grid *g, const Guess *guess)
{
    return on_its_side(c, g, guess) ? S("turned") : S("no_head");
}

/* Cells of a head are words, and short; one of them stands where the rows have somebody. */
static bool may_be_head(const Law *law, Arena mem, const Mapping *m, const GridRow *row)
{
    size_t side = m->column[m->respondent] >= 0 ? m->respondent : m->applicant;
    int16_t at = -1;
    if (side < IMPORT_KEYS) at = m->column[side];
    if (at < 0 || (size_t)at >= row->cells || row->cell[at].kind != CELL_TEXT) return false;
    Str text = row->cell[at].text;
    if (text.n == 0 || text.n > NAME_ROOM / 2) return false;
    Str plain = ledger_name_plain(&law->hanzi, &mem, cell_tight(&mem, text), false);
    return ledger_word(&law->names, str_of(m->kind->names), plain).n > 0;
}

bool import_other_head(Ctx *c, const Mapping *m, const GridRow *row)
{
    size_t filled = 0, named = 0, elsewhere = 0;
    if (!may_be_head(c->law, *c->mem, m, row)) return false;
    for (size_t i = 0; i < row->cells; i++) {
        if (row->cell[i].text.n == 0) continue;
        Match found = match(c, *c->mem, m->kind, row->cell[i].text);
        size_t field = found.score >= BARE ? kind_field(m->kind, found.word) : SIZE_MAX;
        filled++;
        named += field != SIZE_MAX;
        elsewhere += field != SIZE_MAX && m->field[i] >= 0 && (size_t)m->field[i] != field;
    }
    return named >= ENOUGH && elsewhere > 0 && named * 10 >= filled * 6;
}

static int year_of_titles(Ctx *c, const GridSheet *s, const Line *lines, size_t n, int64_t head)
{
    int year = 0;
    split_year(cell_tidy(c->mem, s->name, false), &year);
    for (size_t i = 0; i < n && lines[i].line < head; i++) {
        for (size_t k = 0; k < lines[i].cells; k++) {
            split_year(cell_tidy(c->mem, lines[i].name[k], false), &year);
        }
    }
    return year > 0 ? year : 0;
}

void import_names(Ctx *c, Grid *g, const Batch *b, Mapping *m)
{
    Line *lines = NEW(c->mem, Line, LOOK + 1);
    size_t n = first_lines(c, g, (size_t)b->sheet - 1, lines);
    Heads *h = NEW(c->mem, Heads, 1);
    m->year = year_of_titles(c, &g->sheet[b->sheet - 1], lines, n, b->head);
    for (size_t i = 0; i < n; i++) {
        if (lines[i].line != b->head) continue;
        bool two = b->heads == 2 && i + 1 < n;
        take_heads(h, &lines[i], two);
        m->columns = h->n;
        m->law = c->law;
        for (size_t k = 0; k < h->n; k++) {
            m->name[k] = name_of(c->mem, h, k, two);
            bool over = two && m->name[k].n > h->top[k].n && m->name[k].n > h->low[k].n;
            m->over[k] = over ? h->top[k].n : 0;
            m->plain[k] = ledger_name_plain(&c->law->hanzi, c->mem, cell_tight(c->mem, m->name[k]), false);
        }
        split_find(c->mem, m);
    }
}
