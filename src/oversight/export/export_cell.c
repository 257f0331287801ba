/* The cells of an export: labels instead of codes, real dates and sums, masks. */
#include "oversight/export/export.h"

#include "case/1-intake/intake.h"
#include "core/reference.h"
#include "law/threshold.h"

enum { TEXT_ROOM = 8192, NARROW = 12, MEDIUM = 16, WIDE = 30 };

/* ---- words --------------------------------------------------------------------------------- */

static Str label_of(const Codes *codes, Str word)
{
    const Code *code = NULL;
    return codes && word.n && code_find(codes, word, &code) && code ? str_of(code->zh) : word;
}

static const Codes *intake_codes(const char *name)
{
    const Field *fd = form_find(&intake_form, str_of(name));
    return fd ? fd->codes : NULL;
}

static Str say_state(const Ctx *c, Str word)
{
    State s = state_of(word);
    (void)c;
    return s == ST_NONE ? word : str_of(state_zh(s));
}

static Str say_flag(const Ctx *c, Str word)
{
#define FLAG_LABEL(n, zh, en) { #n, zh, en },
    static const Code rows[] = { FLAGS(FLAG_LABEL) };
#undef FLAG_LABEL
    static const Codes codes = { .name = "flags", .row = rows, .n = COUNT(rows) };
    (void)c;
    return label_of(&codes, word);
}

static Str say_channel(const Ctx *c, Str word) { (void)c; return label_of(&case_channels, word); }
static Str say_source(const Ctx *c, Str word) { (void)c; return label_of(intake_codes("source"), word); }
static Str say_mode(const Ctx *c, Str word) { (void)c; return label_of(intake_codes("mode"), word); }
static Str say_side(const Ctx *c, Str word) { (void)c; return label_of(intake_codes("appl_type"), word); }

/* What a field of this name holds, in any list; several words have blanks between. */
static const struct Say { const char *name; Str (*say)(const Ctx *c, Str word); } says[] = {
    { "state", say_state }, { "cause", code_cause }, { "causes", code_cause }, { "region", code_region_path },
    { "region_main", code_region_path }, { "region_performance", code_region_path }, { "industry", code_industry },
    { "flags", say_flag }, { "flag", say_flag }, { "channel", say_channel }, { "source", say_source },
    { "mode", say_mode }, { "appl_type", say_side }, { "territory", code_region_path },
};

static const struct Say *say_of(const Field *fd)
{
    for (size_t i = 0; i < COUNT(says) && !fd->codes; i++) {
        if (str_eq(str_of(says[i].name), str_of(fd->name))) return &says[i];
    }
    return NULL;
}

static Str word_text(Ctx *c, const Field *fd, Str word)
{
    const struct Say *say = say_of(fd);
    if (!say) return label_of(fd->codes, word);
    Str label = say->say(c, word);
    return label.n ? label : word;
}

static bool is_coded(const Field *fd)
{
    return fd->codes || fd->rule & MANY || say_of(fd);
}

/* Each of its words, 、 between. */
static Str words_text(Ctx *c, const Field *fd, Str words)
{
    Out o = { .buf = NEW(c->mem, char, TEXT_ROOM), .cap = TEXT_ROOM };
    bool free = !(fd->rule & MANY) && !fd->codes && str_has(words, S("、")); /* labels already */
    if (free) return words;
    char sep = str_has(words, S(",")) ? ',' : ' '; /* a list's query has commas */
    while (words.n) {
        Str word = str_trim(str_cut(&words, sep));
        if (word.n == 0 || o.full) continue;
        if (o.len) out_str(&o, S("、"));
        out_str(&o, word_text(c, fd, word));
    }
    return out_view(&o);
}

static Str text_of(Ctx *c, const Field *fd, Str s)
{
    if (fd->mask != MASK_NONE && !c->reveal) {
        Out o = { .buf = NEW(c->mem, char, s.n * 2 + 8), .cap = s.n * 2 + 8 };
        text_masked(&o, fd->mask, s);
        return out_view(&o);
    }
    return is_coded(fd) && s.n ? words_text(c, fd, s) : s;
}

Str export_text(Ctx *c, const Field *fd, const void *row)
{
    const void *at = (const char *)row + fd->at;
    Out o = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    switch (fd->kind) {
    case KIND_TEXT:  return text_of(c, fd, *(const Str *)at);
    case KIND_BOOL:  return *(const bool *)at ? S("是") : S("否");
    case KIND_INT:   out_int(&o, *(const int64_t *)at); break;
    case KIND_DATE:  out_date(&o, *(const Date *)at); break;
    case KIND_MONEY: out_yuan(&o, *(const Money *)at); break;
    case KIND_TIME:  out_time(&o, *(const Time *)at); break;
    case KIND_ID:    out_int(&o, ((const Id *)at)->n); break;
    case KIND_LIST:  break;
    }
    return out_view(&o);
}

/* ---- rows ------------------------------------------------------------------------------------ */

void export_row(Ctx *c, Table *t, const ExportColumns *columns, const void *row)
{
    for (size_t i = 0; i < columns->n; i++) {
        const Field *fd = columns->field[i];
        const void *at = (const char *)row + fd->at;
        switch (fd->kind) {
        case KIND_INT:   table_int(t, *(const int64_t *)at); break;
        case KIND_DATE:  table_date(t, *(const Date *)at); break;
        case KIND_MONEY: table_fen(t, *(const Money *)at); break;
        case KIND_TIME:  table_time(t, *(const Time *)at); break;
        case KIND_TEXT: case KIND_BOOL: table_text(t, export_text(c, fd, row)); break;
        case KIND_ID: case KIND_LIST: break;
        }
    }
    table_row(t);
}

static bool listed(const char *list, const char *word)
{
    Str rest = str_of(list);
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), str_of(word))) return true;
    }
    return false;
}

static int width_of(const Field *fd)
{
    if (fd->kind == KIND_INT || fd->kind == KIND_BOOL || fd->kind == KIND_DATE) return NARROW;
    return fd->kind == KIND_TEXT && fd->max == 0 && !is_coded(fd) ? WIDE : MEDIUM;
}

static void add(ExportColumns *columns, const Field *fd, Str label)
{
    BUG_IF(columns->n == EXPORT_COLUMNS);
    columns->head[columns->n] = (TableColumn){ .label = label, .width = width_of(fd) };
    columns->field[columns->n++] = fd;
}

void export_columns(Ctx *c, const ExportKind *kind, const Form *form, ExportColumns *columns)
{
    const Dossier *d = &c->law->dossier;
    columns->n = 0;
    for (size_t i = 0; i < d->columns && kind->ledger; i++) {
        const Field *fd = form_find(form, d->column[i].key);
        BUG_IF(!fd);
        add(columns, fd, d->column[i].label.zh);
    }
    for (size_t i = 0; i < form->n && !kind->ledger; i++) {
        const Field *fd = &form->field[i];
        bool shown = !(fd->rule & HIDDEN) && fd->kind != KIND_ID && fd->kind != KIND_LIST;
        if (shown && !listed(kind->without, fd->name)) add(columns, fd, str_of(fd->label));
    }
}
