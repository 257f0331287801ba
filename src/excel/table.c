#include "excel/table.h"

#include "excel/table_row.h"

#include <string.h>
#include <zlib.h>

enum { ROW_ROOM = 1024 * 1024, SQUEEZE = 256 * 1024, PACKED = 128 * 1024, LEVEL = 2 };
static const int64_t RAW_MAX = 4000000000; /* of a ZIP entry without ZIP64 */

struct Table {
    FILE     *to;
    bool      xlsx, broken;
    TablePart part;
    Out       raw;    /* rows not yet squeezed */
    size_t    cell;   /* the next one of the row */
    z_stream  z;
    Bytef    *packed;
};

/* ---- cells ---------------------------------------------------------------------------------- */

bool xml_coded(Str s)
{
    enum { SIZE = 7 };
    if (s.n < SIZE || s.s[0] != '_' || s.s[1] != 'x' || s.s[SIZE - 1] != '_') return false;
    for (size_t i = 2; i < SIZE - 1; i++) {
        if (!strchr("0123456789ABCDEFabcdef", s.s[i]) || !s.s[i]) return false;
    }
    return true;
}

static bool is_plain(Str s)
{
    unsigned char ch = (unsigned char)s.s[0];
    return ch >= ' ' && ch != '<' && ch != '>' && ch != '&' && !(ch == '_' && xml_coded(s));
}

static size_t plain_run(Str s)
{
    size_t n = 0;
    while (n < s.n && is_plain((Str){ s.s + n, s.n - n })) n++;
    return n;
}

static Str entity(char ch)
{
    switch (ch) {
    case '<':  return S("&lt;");
    case '>':  return S("&gt;");
    case '&':  return S("&amp;");
    case '_':  return S("_x005F_"); /* or what follows would be read as a character */
    case '\n': return S("\n");
    case '\t': return S("\t");
    default:   return (Str){ 0 };
    }
}

void xml_text(Out *o, Str s)
{
    while (s.n) {
        size_t n = plain_run(s);
        out_str(o, (Str){ s.s, n });
        if (n < s.n) out_str(o, entity(s.s[n++]));
        s = (Str){ s.s + n, s.n - n };
    }
}

static void open_cell(Out *o, CellAt at)
{
    char letters[2] = { (char)('A' + at.column / 26 - 1), (char)('A' + at.column % 26) };
    bool two = at.column >= 26;
    BUG_IF(at.column >= (size_t)26 * 27);
    out_str(o, S("<c r=\""));
    out_str(o, (Str){ letters + !two, two ? 2 : 1 });
    out_int(o, at.row);
    if (at.style) {
        out_str(o, S("\" s=\""));
        out_int(o, at.style);
    }
}

void xml_cell(Out *o, CellAt at, Str s)
{
    open_cell(o, at);
    out_str(o, S("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
    xml_text(o, s);
    out_str(o, S("</t></is></c>"));
}

void xml_number(Out *o, CellAt at, Str s)
{
    open_cell(o, at);
    out_str(o, S("\"><v>"));
    out_str(o, s);
    out_str(o, S("</v></c>"));
}

bool is_formula(Str s)
{
    if (s.n == 0) return false;
    return str_has(S("=+-@\t\r\n"), (Str){ s.s, 1 }) || str_starts(s, S("＝")) || str_starts(s, S("＋"))
        || str_starts(s, S("－")) || str_starts(s, S("＠"));
}

/* At most so many characters as a cell may have. */
static Str fitting(Str s)
{
    size_t seen = 0;
    if (s.n <= TABLE_CELL_MAX) return s;
    for (size_t i = 0; i < s.n; i++) {
        seen += ((unsigned char)s.s[i] & 0xC0) != 0x80;
        if (seen > TABLE_CELL_MAX) return (Str){ s.s, i };
    }
    return s;
}

void csv_text(Out *o, Str s)
{
    char head[2] = "'";
    if (!is_formula(s)) {
        out_csv(o, s);
        return;
    }
    bool quote = str_has(s, S(",")) || str_has(s, S("\"")) || str_has(s, S("\n"))
              || str_has(s, S("\r"));
    out_str(o, quote ? S("\"") : (Str){ 0 });
    out_str(o, (Str){ head, 1 });
    for (Str rest = s; rest.n;) {
        bool more = str_has(rest, S("\""));
        out_str(o, str_cut(&rest, '"'));
        if (more) out_str(o, S("\"\""));
    }
    out_str(o, quote ? S("\"") : (Str){ 0 });
}

/* Where the next cell goes. */
static CellAt next_cell(Table *t, int style)
{
    if (!t->xlsx && t->cell) out_str(&t->raw, S(","));
    return (CellAt){ t->part.rows + TABLE_TOP + 1, t->cell++, style };
}

void table_text(Table *t, Str s)
{
    CellAt at = next_cell(t, is_formula(s) ? STYLE_QUOTED : STYLE_TEXT);
    if (s.n == 0) return;
    if (t->xlsx) xml_cell(&t->raw, at, fitting(s));
    else csv_text(&t->raw, s);
}

/* Excel's day number: 1900-01-01 is 1, and it knows a 29 February 1900. */
static int64_t serial_of(Date d)
{
    return d.day + (d.day >= 60);
}

static void number(Table *t, int style, int64_t n)
{
    char buf[24];
    Out o = { .buf = buf, .cap = sizeof buf };
    CellAt at = next_cell(t, style);
    out_int(&o, n);
    if (t->xlsx) xml_number(&t->raw, at, out_view(&o));
    else out_str(&t->raw, out_view(&o));
}

static void empty(Table *t)
{
    (void)next_cell(t, STYLE_PLAIN);
}

void table_number(Table *t, int64_t n)
{
    number(t, STYLE_PLAIN, n);
}

void table_int(Table *t, int64_t n)
{
    if (n) number(t, STYLE_PLAIN, n);
    else empty(t);
}

void table_date(Table *t, Date d)
{
    if (d.day == 0) {
        empty(t);
    } else if (t->xlsx) {
        number(t, STYLE_DATE, serial_of(d));
    } else {
        empty(t);
        out_date(&t->raw, d);
    }
}

void table_sum(Table *t, Money m)
{
    char buf[32];
    Out o = { .buf = buf, .cap = sizeof buf };
    CellAt at = next_cell(t, STYLE_MONEY);
    out_yuan(&o, m);
    if (t->xlsx) xml_number(&t->raw, at, out_view(&o));
    else out_str(&t->raw, out_view(&o));
}

void table_fen(Table *t, Money m)
{
    char buf[32];
    Out o = { .buf = buf, .cap = sizeof buf };
    CellAt at = next_cell(t, STYLE_MONEY);
    out_yuan(&o, m);
    if (m.fen && t->xlsx) xml_number(&t->raw, at, out_view(&o));
    else if (!t->xlsx) out_str(&t->raw, out_view(&o));
}

void table_time(Table *t, Time at)
{
    char buf[32];
    Out o = { .buf = buf, .cap = sizeof buf };
    out_time(&o, at);
    table_text(t, out_view(&o));
}

/* ---- the part --------------------------------------------------------------------------------- */

static void keep(Table *t, const void *bytes, size_t n)
{
    t->broken |= fwrite(bytes, 1, n, t->to) != n;
    t->part.packed += (int64_t)n;
}

static void squeeze(Table *t, int flush)
{
    t->z.next_in = (Bytef *)t->raw.buf;
    t->z.avail_in = (uInt)t->raw.len;
    do {
        t->z.next_out = t->packed;
        t->z.avail_out = PACKED;
        t->broken |= deflate(&t->z, flush) == Z_STREAM_ERROR;
        keep(t, t->packed, PACKED - t->z.avail_out);
    } while (t->z.avail_out == 0 && !t->broken);
}

static void pass_on(Table *t, int flush)
{
    t->broken |= t->raw.full;
    t->part.raw += (int64_t)t->raw.len;
    if (t->xlsx) {
        t->part.crc = (int64_t)crc32((uLong)t->part.crc, (Bytef *)t->raw.buf, (uInt)t->raw.len);
        squeeze(t, flush);
    } else {
        keep(t, t->raw.buf, t->raw.len);
    }
    t->raw.len = 0;
}

static void begin_row(Table *t)
{
    t->cell = 0;
    if (!t->xlsx) return;
    out_str(&t->raw, S("<row r=\""));
    out_int(&t->raw, t->part.rows + TABLE_TOP + 1);
    out_str(&t->raw, S("\">"));
}

Table *table_open(Arena *mem, FILE *to, bool xlsx, TablePart from)
{
    Table *t = NEW(mem, Table, 1);
    *t = (Table){ .to = to, .xlsx = xlsx, .part = from };
    t->raw = (Out){ .buf = NEW(mem, char, ROW_ROOM + SQUEEZE), .cap = ROW_ROOM + SQUEEZE };
    t->packed = NEW(mem, Bytef, PACKED);
    if (xlsx) BUG_IF(deflateInit2(&t->z, LEVEL, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK);
    begin_row(t);
    return t;
}

void table_row(Table *t)
{
    out_str(&t->raw, t->xlsx ? S("</row>") : S("\r\n"));
    t->part.rows++;
    if (t->xlsx) t->broken |= t->part.rows > TABLE_ROWS_MAX || t->part.raw > RAW_MAX;
    if (t->raw.len >= SQUEEZE || t->raw.full) pass_on(t, Z_NO_FLUSH);
    begin_row(t);
}

bool table_close(Table *t, TablePart *part)
{
    if (t->xlsx) { /* the row that was begun */
        Str open = S("<row r=\"\">");
        for (int64_t n = t->part.rows + TABLE_TOP + 1; n; n /= 10) t->raw.len--;
        t->raw.len -= open.n;
    }
    pass_on(t, Z_FULL_FLUSH);
    if (t->xlsx) (void)deflateEnd(&t->z);
    t->broken |= fflush(t->to) != 0;
    *part = t->part;
    return !t->broken;
}
