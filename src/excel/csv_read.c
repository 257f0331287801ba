/*
** CSV as offices save it: UTF-8 with or without its mark, GB18030, UTF-16 with
** its mark; commas, semicolons or tabs.  Read twice: what is it, then its rows.
*/
#include "excel/grid_write.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum { CHUNK = 64 * 1024, TEXT = 4 * CHUNK, LINE_LOOK = 64 * 1024 };

typedef struct CsvReader {
    GridMaker *m;
    char    sep;
    int64_t line;      /* of the sheet: one a row, whatever breaks its cells have */
    size_t  column;
    Out     cell;
    bool    quoted, closed, open; /* in quotes; just after them; the row has begun */
    bool    cr;                   /* the last byte was one */
    bool    broken;               /* the quotes go over a line's end */
} CsvReader;

/* ---- rows ------------------------------------------------------------------------------------- */

/* Longer than a cell may be; with lines in it, it began with quotes that nobody closed. */
static void cell_full(CsvReader *r)
{
    if (!r->m->fault) r->m->place.column = r->column + 1;
    grid_fault(r->m, r->broken ? GRID_QUOTES : GRID_TOO_MANY);
}

static void end_cell(CsvReader *r)
{
    if (r->cell.full) cell_full(r);
    grid_cell(r->m, r->column++, (Cell){ CELL_TEXT, out_view(&r->cell) });
    r->cell.len = 0;
    r->quoted = r->closed = r->broken = false;
}

static void begin_row(CsvReader *r)
{
    if (r->open) return;
    r->open = true;
    r->column = 0;
    grid_row(r->m, ++r->line, false);
}

static void end_row(CsvReader *r)
{
    begin_row(r);
    end_cell(r);
    grid_row_end(r->m);
    r->open = false;
}

/* Rows lie within a pair of quotes that were never meant to be one: none of them is guessed at. */
static void quotes_open(CsvReader *r)
{
    if (!r->m->fault) r->m->place.column = r->column + 1;
    grid_fault(r->m, GRID_QUOTES);
}

static void put(CsvReader *r, char ch)
{
    out_str(&r->cell, (Str){ &ch, 1 });
}

static void take_quoted(CsvReader *r, char ch)
{
    if (ch == '"') {
        r->quoted = false;
        r->closed = true;
    } else {
        r->broken |= ch == '\n' || ch == '\r';
        put(r, ch);
    }
}

static void take(CsvReader *r, char ch)
{
    bool after_cr = r->cr;
    r->cr = ch == '\r';
    if (r->quoted) {
        take_quoted(r, ch);
    } else if (ch == '"' && r->closed) { /* "" within quotes */
        put(r, ch);
        r->quoted = true;
        r->closed = false;
    } else if (ch == '"' && r->cell.len == 0) {
        begin_row(r);
        r->quoted = true;
    } else if (ch == r->sep) {
        begin_row(r);
        end_cell(r);
    } else if (ch == '\n' && after_cr) {
        return;
    } else if (ch == '\n' || ch == '\r') {
        end_row(r);
    } else {
        begin_row(r);
        if (r->closed && r->broken) quotes_open(r); /* they closed what another cell opened */
        put(r, ch);
    }
}

/* ---- which text it is ------------------------------------------------------------------------------ */

/* How many bytes make whole characters: the last may go on in the next chunk. */
static size_t whole_characters(const char *buf, size_t all)
{
    size_t whole = all;
    while (whole && all - whole < 4 && ((unsigned char)buf[whole - 1] & 0xC0) == 0x80) whole--;
    return whole && (unsigned char)buf[whole - 1] >= 0xC0 ? whole - 1 : all;
}

static bool is_utf8(FILE *f, char *buf)
{
    size_t kept = 0, n;
    while ((n = fread(buf + kept, 1, CHUNK, f)) > 0) {
        size_t all = kept + n, whole = whole_characters(buf, all);
        for (size_t i = 0; i < whole; i++) {
            if ((unsigned char)buf[i] < ' ' || buf[i] == 0x7F) buf[i] = ' ';
        }
        if (!str_is_prose((Str){ buf, whole })) return false;
        kept = all - whole;
        memmove(buf, buf + whole, kept);
    }
    return kept == 0;
}

static const char *charset_of(FILE *f, char *buf)
{
    size_t n = fread(buf, 1, 4, f);
    Str head = { buf, n };
    const char *set = NULL;
    if (str_starts(head, S("\xEF\xBB\xBF"))) set = "UTF-8";
    else if (str_starts(head, S("\xFF\xFE"))) set = "UTF-16LE";
    else if (str_starts(head, S("\xFE\xFF"))) set = "UTF-16BE";
    (void)fseeko(f, set ? (set[4] == '8' ? 3 : 2) : 0, SEEK_SET);
    if (set) return set;
    bool utf8 = is_utf8(f, buf);
    (void)fseeko(f, 0, SEEK_SET);
    return utf8 ? "UTF-8" : "GB18030";
}

static char separator_of(Str text)
{
    size_t commas = 0, tabs = 0, semicolons = 0, bars = 0;
    for (size_t i = 0; i < text.n && i < LINE_LOOK; i++) {
        commas += text.s[i] == ',';
        tabs += text.s[i] == '\t';
        semicolons += text.s[i] == ';';
        bars += text.s[i] == '|';
    }
    if (bars > commas * 2 && bars > tabs && bars > semicolons) return '|';
    if (tabs > commas && tabs > semicolons) return '\t';
    return semicolons > commas * 2 ? ';' : ',';
}

/* ---- the file ------------------------------------------------------------------------------------------ */

static void take_all(CsvReader *r, Str text)
{
    if (r->sep == 0) r->sep = separator_of(text);
    for (size_t i = 0; i < text.n && !r->m->fault; i++) {
        if (text.s[i] == 0) grid_fault(r->m, GRID_NO_TABLE);
        else take(r, text.s[i]);
    }
}

static void convert(CsvReader *r, FILE *f, iconv_t cd, char *buf)
{
    char *text = NEW(r->m->mem, char, TEXT);
    size_t kept = 0, n;
    while (!r->m->fault && (n = fread(buf + kept, 1, CHUNK, f)) > 0) {
        char *from = buf, *to = text;
        size_t left = kept + n, room = TEXT;
        size_t done = iconv(cd, &from, &left, &to, &room);
        if (done == (size_t)-1 && errno != EINVAL) grid_fault(r->m, GRID_NO_TEXT); /* EINVAL: cut in two */
        take_all(r, (Str){ text, TEXT - room });
        memmove(buf, from, left);
        kept = left;
    }
    if (kept) grid_fault(r->m, GRID_NO_TEXT);
}

void read_csv(GridMaker *m, const char *path)
{
    CsvReader r = { .m = m };
    char *buf = NEW(m->mem, char, (size_t)2 * CHUNK);
    FILE *f = fopen(path, "rbe");
    r.cell = (Out){ .buf = NEW(m->mem, char, (size_t)4 * GRID_CELL_MAX), .cap = (size_t)4 * GRID_CELL_MAX };
    if (!f) {
        grid_fault(m, GRID_UNREADABLE);
        return;
    }
    grid_sheet(m, S("CSV"), false);
    iconv_t cd = iconv_open("UTF-8", charset_of(f, buf));
    bool known = cd != (iconv_t)-1; // NOLINT(performance-no-int-to-ptr): as POSIX has it
    if (known) convert(&r, f, cd, buf);
    else grid_fault(m, GRID_NO_TEXT);
    if (known) (void)iconv_close(cd);
    if (r.quoted) quotes_open(&r);
    if (r.open || r.cell.len) end_row(&r);
    grid_sheet_end(m);
    (void)fclose(f);
}
