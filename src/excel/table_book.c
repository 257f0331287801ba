/*
** The workbook around the rows: a ZIP of a few fixed parts and the sheet, whose
** bytes are its head, the rows as they were squeezed, and its end.  The dates
** in the ZIP are fixed, so the same rows give the same file.
*/
#include "excel/table.h"

#include "excel/table_row.h"

#include <zlib.h>

enum { ENTRIES = 8, HEAD_ROOM = 64 * 1024, COPY = 64 * 1024, STORED = 0, DEFLATED = 8, DAY_1980 = 33 };

typedef struct Entry {
    const char *name;
    uint32_t crc, packed, raw, at;
    unsigned method;
} Entry;

typedef struct Zip {
    FILE    *to;
    Arena   *mem;
    uint32_t at;
    Entry    entry[ENTRIES];
    size_t   n;
    bool     broken;
} Zip;

/* ---- ZIP -------------------------------------------------------------------------------------- */

static void put(Zip *z, const void *bytes, size_t n)
{
    z->broken |= fwrite(bytes, 1, n, z->to) != n || n > UINT32_MAX - z->at;
    z->at += (uint32_t)n;
}

static void put_number(Zip *z, uint32_t v, size_t bytes)
{
    unsigned char b[4] = { v & 0xFF, v >> 8 & 0xFF, v >> 16 & 0xFF, (unsigned char)(v >> 24) };
    put(z, b, bytes);
}

/* What the entry's own head and the directory have in common. */
static void put_entry(Zip *z, const Entry *e)
{
    put_number(z, 20, 2);
    put_number(z, 0, 2);
    put_number(z, e->method, 2);
    put_number(z, 0, 2);
    put_number(z, DAY_1980, 2);
    put_number(z, e->crc, 4);
    put_number(z, e->packed, 4);
    put_number(z, e->raw, 4);
    put_number(z, (uint32_t)str_of(e->name).n, 2);
    put_number(z, 0, 2);
}

static void begin_entry(Zip *z, Entry e)
{
    e.at = z->at;
    put_number(z, 0x04034B50, 4);
    put_entry(z, &e);
    put(z, e.name, str_of(e.name).n);
    z->entry[z->n++] = e;
}

static void put_file(Zip *z, const char *name, Str text)
{
    uint32_t n = (uint32_t)text.n;
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)text.s, n);
    begin_entry(z, (Entry){ .name = name, .crc = crc, .packed = n, .raw = n, .method = STORED });
    put(z, text.s, text.n);
}

static void put_directory(Zip *z)
{
    uint32_t from = z->at;
    for (size_t i = 0; i < z->n; i++) {
        const Entry *e = &z->entry[i];
        put_number(z, 0x02014B50, 4);
        put_number(z, 20, 2);
        put_entry(z, e);
        put_number(z, 0, 4); /* no comment, first disk */
        put_number(z, 0, 2);
        put_number(z, 0, 4);
        put_number(z, e->at, 4);
        put(z, e->name, str_of(e->name).n);
    }
    uint32_t size = z->at - from;
    put_number(z, 0x06054B50, 4);
    put_number(z, 0, 4);
    put_number(z, (uint32_t)z->n, 2);
    put_number(z, (uint32_t)z->n, 2);
    put_number(z, size, 4);
    put_number(z, from, 4);
    put_number(z, 0, 2);
}

static void copy(Zip *z, FILE *from, int64_t n)
{
    char *buf = NEW(z->mem, char, COPY);
    while (n > 0 && !z->broken) {
        size_t want = n < COPY ? (size_t)n : COPY;
        size_t got = fread(buf, 1, want, from);
        z->broken |= got != want;
        put(z, buf, got);
        n -= (int64_t)got;
    }
}

/* ---- the fixed parts ---------------------------------------------------------------------------- */

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct Fixed { const char *name; const char *text; } fixed[] = {
    { "[Content_Types].xml",
      XML "<Types xmlns=\"" PACKAGE "content-types\">"
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEET_TYPE "sheet.main+xml\"/>"
      "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" SHEET_TYPE "worksheet+xml\"/>"
      "<Override PartName=\"/xl/styles.xml\" ContentType=\"" SHEET_TYPE "styles+xml\"/></Types>" },
    { "_rels/.rels",
      XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
      "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
    { "xl/_rels/workbook.xml.rels",
      XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
      "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
      "/styles\" Target=\"styles.xml\"/></Relationships>" },
    { "xl/styles.xml", /* cellXfs in the order of STYLE_… */
      XML "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/>"
      "</numFmts><fonts count=\"4\"><font><sz val=\"10\"/><name val=\"宋体\"/></font><font><b/><sz val=\"10\"/>"
      "<name val=\"宋体\"/></font><font><b/><sz val=\"14\"/><name val=\"宋体\"/></font><font><sz val=\"9\"/>"
      "<color rgb=\"FF666666\"/><name val=\"宋体\"/></font></fonts><fills count=\"3\"><fill><patternFill patternType=\"none\"/>"
      "</fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\">"
      "<fgColor rgb=\"FFEDEDED\"/></patternFill></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/>"
      "<diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
      "</cellStyleXfs><cellXfs count=\"8\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
      "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" quotePrefix=\"1\"/>"
      "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">"
      "<alignment vertical=\"center\" wrapText=\"1\"/></xf>"
      "<xf numFmtId=\"49\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
      "<xf numFmtId=\"49\" fontId=\"3\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>" },
};

static void put_workbook(Zip *z, Str title)
{
    Out o = { .buf = NEW(z->mem, char, 2048), .cap = 2048 };
    out_str(&o, S(XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\""));
    xml_text(&o, title);
    out_str(&o, S("\" sheetId=\"1\" r:id=\"rId1\"/></sheets><definedNames>"
                  "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'"));
    xml_text(&o, title);
    out_str(&o, S("'!$"));
    out_int(&o, TABLE_TOP);
    out_str(&o, S(":$"));
    out_int(&o, TABLE_TOP);
    out_str(&o, S("</definedName></definedNames></workbook>"));
    BUG_IF(o.full);
    put_file(z, "xl/workbook.xml", out_view(&o));
}

/* ---- the sheet ----------------------------------------------------------------------------------- */

static void out_row(Out *o, int64_t row)
{
    out_str(o, S("<row r=\""));
    out_int(o, row);
    out_str(o, S("\">"));
}

static void out_line(Out *o, int64_t row, int style, Str text)
{
    out_row(o, row);
    if (text.n) xml_cell(o, (CellAt){ row, 0, style }, text);
    out_str(o, S("</row>"));
}

static void out_widths(Out *o, const TableHead *head)
{
    out_str(o, S("<cols>"));
    for (size_t i = 0; i < head->columns; i++) {
        int64_t no = (int64_t)i + 1;
        out_str(o, S("<col min=\""));
        out_int(o, no);
        out_str(o, S("\" max=\""));
        out_int(o, no);
        out_str(o, S("\" width=\""));
        out_int(o, head->column[i].width);
        out_str(o, S("\" customWidth=\"1\"/>"));
    }
    out_str(o, S("</cols>"));
}

static Str sheet_head(Arena *mem, const TableHead *head)
{
    Out o = { .buf = NEW(mem, char, HEAD_ROOM), .cap = HEAD_ROOM };
    out_str(&o, S(XML "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\">"
                  "<pane ySplit=\""));
    out_int(&o, TABLE_TOP);
    out_str(&o, S("\" topLeftCell=\"A"));
    out_int(&o, TABLE_TOP + 1);
    out_str(&o, S("\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"));
    out_widths(&o, head);
    out_str(&o, S("<sheetData>"));
    out_line(&o, 1, STYLE_TITLE, head->title);
    for (size_t i = 0; i < COUNT(head->line); i++) out_line(&o, (int64_t)i + 2, STYLE_NOTE, head->line[i]);
    out_line(&o, TABLE_TOP - 1, STYLE_NOTE, head->mark);
    out_row(&o, TABLE_TOP);
    for (size_t i = 0; i < head->columns; i++) {
        xml_cell(&o, (CellAt){ TABLE_TOP, i, STYLE_NAME }, head->column[i].label);
    }
    out_str(&o, S("</row>"));
    BUG_IF(o.full);
    return out_view(&o);
}

/* & begins a code in headers: doubled it is itself. */
static void out_printed(Out *o, Str s)
{
    while (s.n) {
        bool more = str_has(s, S("&"));
        xml_text(o, str_cut(&s, '&'));
        if (more) out_str(o, S("&amp;&amp;"));
    }
}

/* Printed with lines between the cells; what is narrow enough on A4, the rest on A3. */
static Str sheet_tail(Arena *mem, const TableHead *head)
{
    enum { A4_CHARS = 130 };
    size_t chars = 0;
    for (size_t i = 0; i < head->columns; i++) chars += (size_t)head->column[i].width;
    Out o = { .buf = NEW(mem, char, HEAD_ROOM), .cap = HEAD_ROOM };
    out_str(&o, S("</sheetData><printOptions gridLines=\"1\"/><pageMargins left=\"0.4\" right=\"0.4\""
                  " top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\""));
    out_str(&o, chars > A4_CHARS ? S("8") : S("9"));
    out_str(&o, S("\" orientation=\"landscape\"/><headerFooter><oddHeader>&amp;C"));
    out_printed(&o, head->mark);
    out_str(&o, S("</oddHeader><oddFooter>&amp;L"));
    out_printed(&o, head->mark);
    out_str(&o, S("&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"));
    BUG_IF(o.full);
    return out_view(&o);
}

/* A piece of a deflate stream: others may follow it, unless it is the last. */
static Str piece(Arena *mem, Str text, bool last)
{
    z_stream s = { 0 };
    BUG_IF(deflateInit2(&s, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK);
    size_t room = deflateBound(&s, (uLong)text.n) + 64;
    char *buf = NEW(mem, char, room);
    s.next_in = (Bytef *)str_c(mem, text);
    s.avail_in = (uInt)text.n;
    s.next_out = (Bytef *)buf;
    s.avail_out = (uInt)room;
    (void)deflate(&s, last ? Z_FINISH : Z_FULL_FLUSH);
    size_t n = room - s.avail_out;
    (void)deflateEnd(&s);
    return (Str){ buf, n };
}

static uint32_t crc_of(uint32_t crc, Str text)
{
    return (uint32_t)crc32(crc, (const Bytef *)text.s, (uInt)text.n);
}

static bool write_book(Arena *mem, const TableHead *head, const TablePart *part, FILE *rows, FILE *to)
{
    Zip z = { .to = to, .mem = mem };
    for (size_t i = 0; i < COUNT(fixed); i++) put_file(&z, fixed[i].name, str_of(fixed[i].text));
    put_workbook(&z, head->title);
    Str top = sheet_head(mem, head), end = sheet_tail(mem, head);
    Str first = piece(mem, top, false), last = piece(mem, end, true);
    uint32_t crc = (uint32_t)crc32_combine(crc_of(0, top), (uLong)part->crc, (z_off_t)part->raw);
    Entry e = { .name = "xl/worksheets/sheet1.xml", .crc = crc_of(crc, end), .method = DEFLATED,
                .packed = (uint32_t)(first.n + (size_t)part->packed + last.n),
                .raw = (uint32_t)(top.n + (size_t)part->raw + end.n) };
    begin_entry(&z, e);
    put(&z, first.s, first.n);
    copy(&z, rows, part->packed);
    put(&z, last.s, last.n);
    put_directory(&z);
    return !z.broken && fflush(to) == 0;
}

/* ---- CSV ------------------------------------------------------------------------------------------- */

static Str csv_head(Arena *mem, const TableHead *head)
{
    Out o = { .buf = NEW(mem, char, HEAD_ROOM), .cap = HEAD_ROOM };
    if (head->bom) out_str(&o, S("\xEF\xBB\xBF"));
    const Str lines[] = { head->title, head->line[0], head->line[1], head->line[2], head->mark };
    for (size_t i = 0; i < COUNT(lines) && !head->bare; i++) {
        if (lines[i].n == 0) continue;
        out_csv(&o, lines[i]);
        out_str(&o, S("\r\n"));
    }
    for (size_t i = 0; i < head->columns; i++) {
        if (i) out_str(&o, S(","));
        out_csv(&o, head->column[i].label);
    }
    out_str(&o, S("\r\n"));
    BUG_IF(o.full);
    return out_view(&o);
}

bool table_whole(Arena *mem, const TableHead *head, const TablePart *part, FILE *rows, FILE *to)
{
    if (head->xlsx) return write_book(mem, head, part, rows, to);
    Zip z = { .to = to, .mem = mem };
    Str top = csv_head(mem, head);
    z.broken = fwrite(top.s, 1, top.n, to) != top.n;
    copy(&z, rows, part->packed);
    return !z.broken && fflush(to) == 0;
}
