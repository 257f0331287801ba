/*
** Styles, of which only one thing matters: does a number shown so mean a day?
** And the sheets: rows of cells, whatever kind of text each has.
*/
#include "excel/cell.h"
#include "excel/table_row.h"
#include "excel/xlsx.h"

#include <stdlib.h>
#include <string.h>

/* ---- number formats ------------------------------------------------------------------------------ */

/* Without "quoted" and [bracketed] parts and \x, is there a letter of days? */
bool is_date_format(Str code)
{
    bool quoted = false, bracket = false;
    for (size_t i = 0; i < code.n; i++) {
        char ch = code.s[i];
        if (ch == '"') quoted = !quoted;
        else if (quoted) continue;
        else if (ch == '\\' || ch == '_' || ch == '*') i++;
        else if (ch == '[') bracket = true;
        else if (ch == ']') bracket = false;
        else if (ch == ';') return false; /* later sections say nothing new */
        else if (!bracket && (ch == 'y' || ch == 'd' || ch == 'Y' || ch == 'D')) return true;
    }
    return false;
}

/* Built-in formats that show a day: Western, and those of Chinese programs. */
static bool is_date_number(int64_t id)
{
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54)
        || id == 57 || id == 58;
}

enum { CUSTOM = 4096 };
typedef struct StyleReader {
    Xlsx   *x;
    bool    cells; /* within cellXfs */
    int64_t custom[CUSTOM]; /* ids of date formats */
    size_t  customs;
} StyleReader;

static bool is_date_id(const StyleReader *r, int64_t id)
{
    for (size_t i = 0; i < r->customs; i++) {
        if (r->custom[i] == id) return true;
    }
    return id < 164 && is_date_number(id);
}

static int64_t number_of(Str s)
{
    int64_t v = 0;
    return str_int(s, &v) ? v : -1;
}

static void on_style(void *data, const char *name, const char **attributes)
{
    StyleReader *r = data;
    Xlsx *x = r->x;
    int64_t id = number_of(xml_attribute(attributes, "numFmtId"));
    if (strcmp(name, "cellXfs") == 0) r->cells = true;
    if (strcmp(name, "numFmt") == 0 && r->customs < CUSTOM && is_date_format(xml_attribute(attributes,
        "formatCode"))) {
        r->custom[r->customs++] = id;
    }
    if (strcmp(name, "xf") != 0 || !r->cells || x->styles == XLSX_STYLES) return;
    if (is_date_id(r, id)) x->date[x->styles / 8] |= (unsigned char)(1U << x->styles % 8);
    x->styles++;
}

static void on_style_end(void *data, const char *name)
{
    if (strcmp(name, "cellXfs") == 0) ((StyleReader *)data)->cells = false;
}

void xlsx_styles(Xlsx *x, Str part)
{
    StyleReader *r = NEW(x->m->mem, StyleReader, 1);
    r->x = x;
    (void)xlsx_part(x, part, &(XmlHandlers){ .data = r, .start = on_style, .end = on_style_end });
}

/* ---- a sheet ----------------------------------------------------------------------------------------- */

typedef struct SheetReader {
    Xlsx   *x;
    int64_t line;
    size_t  column;   /* of the next cell */
    char    type[16]; /* of the cell */
    int64_t style;
    bool    formula, inside, inside_f;
    Out     said;     /* by a short formula */
    char    text_f[16];
    int     phonetic;
    Out     value, decoded;
    char    iso[16];
    Out     plain;    /* a number without exponent */
    char    digits[64];
} SheetReader;

/* "BC12": column 54 (from 0); its line to *line. */
static size_t cell_place(Str ref, int64_t *line)
{
    size_t column = 0, i = 0;
    for (; i < ref.n && ref.s[i] >= 'A' && ref.s[i] <= 'Z' && column < 20000; i++) {
        column = column * 26 + (size_t)(ref.s[i] - 'A') + 1;
    }
    *line = number_of((Str){ ref.s + i, ref.n - i });
    return column ? column - 1 : 0;
}

static void begin_cell(SheetReader *r, const char **attributes)
{
    int64_t line = 0;
    Str ref = xml_attribute(attributes, "r"), type = xml_attribute(attributes, "t");
    if (ref.n) r->column = cell_place(ref, &line);
    r->style = number_of(xml_attribute(attributes, "s"));
    r->formula = false;
    r->said = (Out){ .buf = r->text_f, .cap = sizeof r->text_f };
    r->value.len = 0;
    r->value.full = false;
    r->type[0] = 0;
    if (type.n && type.n < sizeof r->type) memcpy(r->type, type.s, type.n);
    r->type[type.n < sizeof r->type ? type.n : 0] = 0;
}

static bool type_is(const SheetReader *r, const char *type)
{
    return strcmp(r->type, type) == 0;
}

static bool shows_date(const SheetReader *r)
{
    size_t style = r->style < 0 ? 0 : (size_t)r->style;
    return style < r->x->styles && r->x->date[style / 8] >> style % 8 & 1;
}

static Cell number_cell(SheetReader *r, Str value)
{
    r->plain = (Out){ .buf = r->digits, .cap = sizeof r->digits };
    if (!number_plain(&r->plain, value)) return (Cell){ CELL_TEXT, value };
    Str plain = out_view(&r->plain);
    Date d = shows_date(r) ? serial_date(plain, r->x->date1904) : (Date){ 0 };
    if (d.day == 0) return (Cell){ CELL_NUMBER, plain };
    date_write(d, r->iso);
    return (Cell){ CELL_DATE, { r->iso, 10 } };
}

/* "_x000D_" is how workbooks write what XML has no sign for; above ASCII nobody writes so. */
static Str decoded(SheetReader *r, Str s)
{
    enum { SIZE = 7, ASCII = 0x80, BASE = 16 };
    if (s.n > r->decoded.cap || !str_has(s, S("_x"))) return s;
    r->decoded.len = 0;
    while (s.n) {
        long code = xml_coded(s) ? strtol(s.s + 2, NULL, BASE) : ASCII;
        char ch = (char)code;
        bool coded = code > 0 && code < ASCII;
        size_t n = coded ? SIZE : 1;
        out_str(&r->decoded, coded ? (Str){ &ch, 1 } : (Str){ s.s, 1 });
        s = (Str){ s.s + n, s.n - n };
    }
    return out_view(&r->decoded);
}

/* How some programs write yes and no: =TRUE(). */
static bool is_word(const SheetReader *r)
{
    Str f = out_view(&r->said);
    return type_is(r, "b") && !r->said.full && (str_eq(f, S("TRUE()")) || str_eq(f, S("FALSE()")));
}

static Cell cell_of(SheetReader *r)
{
    Str value = out_view(&r->value);
    if (type_is(r, "s")) value = strings_get(r->x->strings, number_of(value));
    value = decoded(r, value);
    if (r->formula && !is_word(r)) return (Cell){ CELL_FORMULA, value };
    if (type_is(r, "e")) return (Cell){ CELL_ERROR, value };
    if (type_is(r, "b")) return (Cell){ CELL_TEXT, str_eq(value, S("1")) ? S("是") : S("否") };
    if (type_is(r, "d")) return (Cell){ CELL_TEXT, value };
    bool number = (type_is(r, "") || type_is(r, "n")) && value.n;
    return number ? number_cell(r, value) : (Cell){ value.n ? CELL_TEXT : CELL_EMPTY, value };
}

static void add_span(SheetReader *r, Str ref)
{
    int64_t top = 0, bottom = 0;
    Str first = str_cut(&ref, ':');
    size_t left = cell_place(first, &top), right = cell_place(ref, &bottom);
    bool good = top > 0 && bottom > 0 && top <= GRID_LINES && bottom <= GRID_LINES;
    if (good) grid_span(r->x->m, (GridSpan){ (uint32_t)top, (uint32_t)left + 1, (uint32_t)bottom,
        (uint32_t)right + 1 });
}

static bool is_true(Str s)
{
    return str_eq(s, S("1")) || str_eq(s, S("true"));
}

static void on_start(void *data, const char *name, const char **attributes)
{
    SheetReader *r = data;
    if (strcmp(name, "row") == 0) {
        int64_t line = number_of(xml_attribute(attributes, "r"));
        r->line = line > r->line ? line : r->line + 1;
        r->column = 0;
        grid_row(r->x->m, r->line, is_true(xml_attribute(attributes, "hidden")));
    } else if (strcmp(name, "c") == 0) {
        begin_cell(r, attributes);
    } else if (strcmp(name, "mergeCell") == 0) {
        add_span(r, xml_attribute(attributes, "ref"));
    }
    if (strcmp(name, "f") == 0) r->formula = true;
    if (strcmp(name, "rPh") == 0) r->phonetic++;
    r->inside_f = strcmp(name, "f") == 0;
    r->inside = (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) && r->phonetic == 0;
}

static void on_end(void *data, const char *name)
{
    SheetReader *r = data;
    r->inside = r->inside_f = false;
    if (strcmp(name, "rPh") == 0) r->phonetic--;
    if (strcmp(name, "row") == 0) grid_row_end(r->x->m);
    if (strcmp(name, "c") == 0) grid_cell(r->x->m, r->column++, cell_of(r));
}

static void on_text(void *data, Str text)
{
    SheetReader *r = data;
    if (r->inside) out_str(&r->value, text);
    if (r->inside_f) out_str(&r->said, text);
}

void xlsx_sheet(Xlsx *x, Str part)
{
    enum { ROOM = 4 * GRID_CELL_MAX };
    Arena mem = *x->m->mem;
    SheetReader *r = NEW(x->m->mem, SheetReader, 1);
    r->x = x;
    r->value = (Out){ .buf = NEW(x->m->mem, char, ROOM), .cap = ROOM };
    r->decoded = (Out){ .buf = NEW(x->m->mem, char, ROOM), .cap = ROOM };
    XmlHandlers h = { .data = r, .start = on_start, .end = on_end, .text = on_text };
    if (!xlsx_part(x, part, &h)) grid_fault(x->m, GRID_UNREADABLE);
    *x->m->mem = mem;
}
