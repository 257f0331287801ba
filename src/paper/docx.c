#include "paper/docx.h"

#include "paper/docx_part.h"
#include "paper/docx_picture.h"
#include "paper/title.h"

enum { SEAL_SIDE = 420, MM10_PITCH = 3528, ENTRIES = 10, HALF = 2 };

/* Tenths of a millimetre as twentieths of a point. */
#define RULE_SPACE "5" /* points: what the line leaves below its text makes 4 mm of it */
#define TWIPS(mm10) ((mm10) * 5669 / 1000)

typedef struct Work {
    Out         *o;
    const Doc   *doc;
    const Style *style;
    int          width;   /* of the type area, twips */
    bool         group, page_break;
    int          before, after; /* of the next paragraph, twips */
    bool         red_rule;      /* under it */
    const DocLine *widths;
    bool         in_table;
    Media       *media;
} Work;

/* ---- text ------------------------------------------------------------------------------ */

static void put_xml(Out *o, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.s[i];
        if (ch == '&') LIT(o, "&amp;");
        else if (ch == '<') LIT(o, "&lt;");
        else if (ch == '>') LIT(o, "&gt;");
        else if (ch == '"') LIT(o, "&quot;");
        else out_str(o, (Str){ &text.s[i], 1 });
    }
}

void put_number(Out *o, const char *name, int64_t v)
{
    LIT(o, " ");
    out_str(o, str_of(name));
    LIT(o, "=\"");
    out_int(o, v);
    LIT(o, "\"");
}

static const char *const faces[] = {
    [FAMILY_TEXT] = "仿宋_GB2312", [FAMILY_BOLD] = "宋体", [FAMILY_BLACK] = "黑体", [FAMILY_TITLE] = "方正小标宋简体",
};

void open_run(Out *o, const Run *r)
{
    LIT(o, "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"");
    out_str(o, str_of(faces[r->family]));
    LIT(o, "\"/>");
    if (r->family == FAMILY_BOLD) LIT(o, "<w:b/>");
    if (r->red) LIT(o, "<w:color w:val=\"DC0000\"/>");
    LIT(o, "<w:sz");
    put_number(o, "w:val", r->size / 5);
    LIT(o, "/><w:szCs");
    put_number(o, "w:val", r->size / 5);
    LIT(o, "/></w:rPr>");
}

/* The text up to the next U+2028, which *rest loses too. */
static Str cut_line(Str *rest)
{
    for (size_t i = 0; i + 2 < rest->n; i++) {
        if (!str_eq((Str){ rest->s + i, 3 }, S("\xE2\x80\xA8"))) continue;
        Str head = { rest->s, i };
        *rest = (Str){ rest->s + i + 3, rest->n - i - 3 };
        return head;
    }
    Str head = *rest;
    *rest = (Str){ 0 };
    return head;
}

void put_run(Out *o, const Run *r, Str text)
{
    bool first = true;
    open_run(o, r);
    while (text.n) {
        Str part = cut_line(&text);
        if (!first) LIT(o, "<w:br/>");
        LIT(o, "<w:t xml:space=\"preserve\">");
        put_xml(o, part);
        LIT(o, "</w:t>");
        first = false;
    }
    LIT(o, "</w:r>");
}

/* ---- paragraphs ------------------------------------------------------------------------ */

static void open_paragraph(Work *w, bool keep, int pitch)
{
    LIT(w->o, "<w:p><w:pPr>");
    if (keep || w->group) LIT(w->o, "<w:keepNext/><w:keepLines/>");
    if (w->page_break) LIT(w->o, "<w:pageBreakBefore/>");
    w->page_break = false;
    if (w->red_rule) LIT(w->o, "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"" RULE_SPACE "\""
                               " w:color=\"DC0000\"/></w:pBdr>");
    LIT(w->o, "<w:spacing");
    put_number(w->o, "w:before", w->before);
    put_number(w->o, "w:after", w->after);
    put_number(w->o, "w:line", (int64_t)pitch * HALF);
    LIT(w->o, " w:lineRule=\"exact\"/>");
    w->before = w->after = 0;
    w->red_rule = false;
}

/* As after_letter_head() of the layout has it. */
static void letter_head(Work *w, DocKind kind)
{
    int line = w->style->pitch * HALF;
    if (!after_mark(w->doc)) return;
    if (kind == DOC_MARK) w->before = TWIPS(350);
    w->red_rule = kind == DOC_NUMBER;
    if (kind == DOC_MARK || kind == DOC_NUMBER) w->after = line * 2;
    if (kind == DOC_TITLE) w->after = line;
}

static const char *const aligns[] = {
    [PANGO_ALIGN_LEFT] = "left", [PANGO_ALIGN_CENTER] = "center", [PANGO_ALIGN_RIGHT] = "right",
};

static void put_paragraph(Work *w, const DocLine *line, const Look *look)
{
    int size = look_size(w->style, line->kind);
    letter_head(w, line->kind);
    open_paragraph(w, look->keep > 0, look_pitch(w->style, line->kind));
    if (look->indent) {
        LIT(w->o, "<w:ind w:firstLineChars=\"200\"");
        put_number(w->o, "w:firstLine", (int64_t)size * 4);
        LIT(w->o, "/>");
    }
    if (look->inset) {
        LIT(w->o, "<w:ind");
        put_number(w->o, "w:rightChars", (int64_t)look->inset * 10);
        put_number(w->o, "w:right", (int64_t)size * look->inset * HALF / 10);
        LIT(w->o, "/>");
    }
    LIT(w->o, "<w:jc w:val=\"");
    out_str(w->o, str_of(aligns[look->align]));
    LIT(w->o, "\"/></w:pPr>");
    bool title = line->kind == DOC_TITLE || line->kind == DOC_MARK;
    Str text = title ? title_lines(w->media->mem, w->style, line->kind, line->text) : line->text;
    put_run(w->o, &(Run){ look->family, size, line->kind == DOC_MARK }, text);
    LIT(w->o, "</w:p>");
}

static void put_signs(Work *w, Str left, Str right)
{
    Run run = { FAMILY_TEXT, w->style->body, false };
    LIT(w->o, "<w:p><w:pPr>");
    if (w->group) LIT(w->o, "<w:keepNext/><w:keepLines/>");
    LIT(w->o, "<w:tabs><w:tab w:val=\"left\"");
    put_number(w->o, "w:pos", w->width / HALF);
    LIT(w->o, "/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\"");
    put_number(w->o, "w:line", (int64_t)w->style->pitch * HALF);
    LIT(w->o, " w:lineRule=\"exact\"/></w:pPr>");
    put_run(w->o, &run, left);
    if (right.n) {
        LIT(w->o, "<w:r><w:tab/></w:r>");
        put_run(w->o, &run, right);
    }
    LIT(w->o, "</w:p>");
}

/* Line by line, so that what a column goes on with stands below its beginning. */
static void put_sign(Work *w, const DocLine *line)
{
    Str left = line->cells ? line->cell[0] : (Str){ 0 }, right = line->cells > 1 ? line->cell[1] : (Str){ 0 };
    if (line->cells > 1) left = sign_lines(w->media->mem, w->style, left);
    if (line->cells > 1) right = sign_lines(w->media->mem, w->style, right);
    do {
        Str first = cut_line(&left);
        put_signs(w, first, cut_line(&right));
    } while (left.n || right.n);
}

static void put_rule(Work *w)
{
    LIT(w->o, "<w:p><w:pPr><w:pBdr>"
              "<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>"
              "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/></w:pPr></w:p>");
}

static void put_space(Work *w, Str tenths)
{
    int64_t v = 0;
    if (!str_int(tenths, &v) || v <= 0 || v >= 1000) return;
    open_paragraph(w, false, (int)v * w->style->pitch / 10);
    LIT(w->o, "</w:pPr></w:p>");
}

/* What was drawn, as wide as the PDF has it. */
static void put_picture(Work *w, const DocLine *line)
{
    int64_t mm = 0;
    if (line->cells != 2 || !str_int(line->cell[1], &mm) || mm <= 0 || mm > 200) return;
    size_t which = media_take(w->media, line->cell[0]);
    if (which == 0) return;
    LIT(w->o, "<w:p><w:pPr>");
    if (w->group) LIT(w->o, "<w:keepNext/><w:keepLines/>");
    LIT(w->o, "<w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr>");
    put_still(w->o, w->media, which, (int)mm * 10, (int)mm * 10 / 3);
    LIT(w->o, "</w:p>");
}

/* Names drawn under the two columns of a signature block. */
static void put_hands(Work *w, const DocLine *line)
{
    int64_t mm = 0;
    size_t which[2];
    if (line->cells != 3 || !str_int(line->cell[2], &mm) || mm <= 0 || mm > 100) return;
    for (int i = 0; i < 2; i++) which[i] = media_take(w->media, line->cell[i]);
    if (which[0] + which[1] == 0) return;
    LIT(w->o, "<w:p><w:pPr>");
    if (w->group) LIT(w->o, "<w:keepNext/><w:keepLines/>");
    LIT(w->o, "<w:tabs><w:tab w:val=\"left\"");
    put_number(w->o, "w:pos", w->width / HALF + w->style->body * 4);
    LIT(w->o, "/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\"/><w:ind");
    put_number(w->o, "w:left", (int64_t)w->style->body * 4);
    LIT(w->o, "/></w:pPr>");
    if (which[0]) put_still(w->o, w->media, which[0], (int)mm * 10, (int)mm * 10 / 3);
    LIT(w->o, "<w:r><w:tab/></w:r>");
    if (which[1]) put_still(w->o, w->media, which[1], (int)mm * 10, (int)mm * 10 / 3);
    LIT(w->o, "</w:p>");
}

/* Over the line above, seven tenths of the way across, as in the PDF; in a paragraph of no height. */
static void put_seal(Work *w)
{
    size_t which = media_take(w->media, w->doc->info.seal);
    const Style *s = w->style;
    const Spot at = { (s->width - s->left - s->right) * 7 / 10, -s->pitch * MM10_PITCH / 10000, SEAL_SIDE };
    if (which == 0) return;
    LIT(w->o, "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>"
              "</w:pPr>");
    put_over(w->o, w->media, which, &at);
    LIT(w->o, "</w:p>");
}

/* ---- tables ---------------------------------------------------------------------------- */

static int column(const Work *w, size_t i)
{
    int all = 0;
    for (size_t k = 0; k < w->widths->cells; k++) all += column_part(w->widths->cell[k]);
    BUG_IF(all == 0); /* each part counts */
    return w->width * column_part(w->widths->cell[i]) / all;
}

static void open_table(Work *w)
{
    static const char *const edges[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
    LIT(w->o, "<w:tbl><w:tblPr><w:tblW");
    put_number(w->o, "w:w", w->width);
    LIT(w->o, " w:type=\"dxa\"/><w:tblBorders>");
    for (size_t i = 0; i < COUNT(edges); i++) {
        LIT(w->o, "<w:");
        out_str(w->o, str_of(edges[i]));
        LIT(w->o, " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    LIT(w->o, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < w->widths->cells; i++) {
        LIT(w->o, "<w:gridCol");
        put_number(w->o, "w:w", column(w, i));
        LIT(w->o, "/>");
    }
    LIT(w->o, "</w:tblGrid>");
    w->in_table = true;
}

static void close_table(Work *w)
{
    if (w->in_table) LIT(w->o, "</w:tbl>");
    w->in_table = false;
}

static void put_cell(Work *w, const DocLine *line, size_t i)
{
    Str width = w->widths->cell[i];
    char last = (char)(width.n ? width.s[width.n - 1] : 'l');
    bool head = line->kind == DOC_HROW;
    LIT(w->o, "<w:tc><w:tcPr><w:tcW");
    put_number(w->o, "w:w", column(w, i));
    LIT(w->o, " w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>");
    open_paragraph(w, false, w->style->cell_pitch);
    if (head || last == 'c') LIT(w->o, "<w:jc w:val=\"center\"/>");
    else if (last == 'r') LIT(w->o, "<w:jc w:val=\"right\"/>");
    LIT(w->o, "</w:pPr>");
    put_run(w->o, &(Run){ head ? FAMILY_BOLD : FAMILY_TEXT, w->style->cell, false },
            i < line->cells ? line->cell[i] : (Str){ 0 });
    LIT(w->o, "</w:p></w:tc>");
}

static void put_row(Work *w, const DocLine *line)
{
    if (!w->widths) return;
    if (!w->in_table) open_table(w);
    LIT(w->o, "<w:tr><w:trPr><w:cantSplit/>");
    if (line->kind == DOC_HROW) LIT(w->o, "<w:tblHeader/>");
    LIT(w->o, "</w:trPr>");
    for (size_t i = 0; i < w->widths->cells; i++) put_cell(w, line, i);
    LIT(w->o, "</w:tr>");
}

/* ---- the parts ------------------------------------------------------------------------- */

static void put_block(Work *w, const DocLine *line)
{
    const Look *look = look_of(line->kind);
    if (line->kind != DOC_ROW && line->kind != DOC_HROW) close_table(w);
    if (look) put_paragraph(w, line, look);
    switch (line->kind) {
    case DOC_WIDTHS: w->widths = line; break;
    case DOC_HROW: case DOC_ROW: put_row(w, line); break;
    case DOC_SIGN:  put_sign(w, line); break;
    case DOC_GROUP: w->group = true; break;
    case DOC_END:   w->group = false; break;
    case DOC_SPACE: put_space(w, line->text); break;
    case DOC_PAGE:  w->page_break = true; break;
    case DOC_RULE:  put_rule(w); break;
    case DOC_SEAL:  put_seal(w); break;
    case DOC_PICTURE: put_picture(w, line); break;
    case DOC_HANDS: put_hands(w, line); break;
    default: break;
    }
}

static void put_section(Work *w)
{
    const Style *s = w->style;
    LIT(w->o, "<w:sectPr>");
    if (!s->bare) LIT(w->o, "<w:footerReference w:type=\"default\" r:id=\"rFoot\"/>");
    if (!s->bare) LIT(w->o, "<w:footerReference w:type=\"even\" r:id=\"rEven\"/>");
    LIT(w->o, "<w:pgSz");
    put_number(w->o, "w:w", TWIPS(s->width));
    put_number(w->o, "w:h", TWIPS(s->height));
    if (s->width > s->height) LIT(w->o, " w:orient=\"landscape\"");
    LIT(w->o, "/><w:pgMar");
    put_number(w->o, "w:top", TWIPS(s->top));
    put_number(w->o, "w:right", TWIPS(s->right));
    put_number(w->o, "w:bottom", TWIPS(s->bottom));
    put_number(w->o, "w:left", TWIPS(s->left));
    LIT(w->o, " w:header=\"850\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr>");
}

static Str make_body(Arena *mem, const Doc *doc, Media *media)
{
    size_t room = arena_left(mem) / 4;
    Out o = { .buf = arena_room(mem, room), .cap = room };
    const Style *s = style_find(doc->info.style);
    Work w = { .o = &o, .doc = doc, .style = s, .media = media,
               .width = TWIPS(s->width - s->left - s->right) };
    LIT(&o, XML_HEAD "<w:document" NAMESPACES "><w:body>");
    for (size_t i = 0; i < doc->n; i++) put_block(&w, &doc->line[i]);
    bool ends_in_table = w.in_table;
    close_table(&w);
    if (ends_in_table) LIT(&o, "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    put_section(&w);
    LIT(&o, "</w:body></w:document>");
    return o.full ? (Str){ 0 } : out_view(&o);
}

/* Pages on the left have a foot of their own in a letter. */
static Str make_settings(Arena *mem, bool letter)
{
    Out o = { .buf = NEW(mem, char, 1024), .cap = 1024 };
    LIT(&o, XML_HEAD "<w:settings" NAMESPACES ">");
    if (letter) LIT(&o, "<w:evenAndOddHeaders/>");
    LIT(&o, "</w:settings>");
    return out_view(&o);
}

static Str make_relations(Arena *mem, const Media *media)
{
    enum { ROOM = 8192 };
    Out o = { .buf = NEW(mem, char, ROOM), .cap = ROOM };
    LIT(&o, RELATIONSHIPS "<Relationship Id=\"rFoot\" Type=\"" RELATIONS "footer\" Target=\"footer1.xml\"/>"
            "<Relationship Id=\"rEven\" Type=\"" RELATIONS "footer\" Target=\"footer2.xml\"/>"
            "<Relationship Id=\"rSet\" Type=\"" RELATIONS "settings\" Target=\"settings.xml\"/>");
    put_relations(&o, media);
    LIT(&o, "</Relationships>");
    return out_view(&o);
}

#define PART_TYPE(name, kind)                                                                              \
    "<Override PartName=\"/word/" name ".xml\" ContentType="                                              \
    "\"application/vnd.openxmlformats-officedocument.wordprocessingml." kind "+xml\"/>"

bool docx_make(Arena *mem, const Doc *doc, Str *bytes)
{
    Media media = { .mem = mem };
    Str body = make_body(mem, doc, &media), qr = docx_qr(mem, doc->info.url);
    Str foot = docx_foot(mem, doc, false), even = docx_foot(mem, doc, true);
    const Str picture = S(RELATIONSHIPS "<Relationship Id=\"rId1\" Type=\"" RELATIONS "image\""
                          " Target=\"media/qr.png\"/></Relationships>");
    ZipEntry entry[ENTRIES + DOCX_PICTURES] = {
        { "[Content_Types].xml",
          S(XML_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            "<Default Extension=\"png\" ContentType=\"image/png\"/>"
            PART_TYPE("document", "document.main") PART_TYPE("footer1", "footer")
            PART_TYPE("footer2", "footer") PART_TYPE("settings", "settings") "</Types>") },
        { "_rels/.rels",
          S(RELATIONSHIPS "<Relationship Id=\"rId1\" Type=\"" RELATIONS "officeDocument\""
            " Target=\"word/document.xml\"/></Relationships>") },
        { "word/document.xml", body },
        { "word/_rels/document.xml.rels", make_relations(mem, &media) },
        { "word/settings.xml", make_settings(mem, style_find(doc->info.style)->letter) },
        { "word/footer1.xml", foot },
        { "word/footer2.xml", even },
        { "word/_rels/footer1.xml.rels", picture },
        { "word/_rels/footer2.xml.rels", picture },
        { "word/media/qr.png", qr },
    };
    size_t n = ENTRIES - (qr.n > 0 ? 0 : 3);
    n += media_entries(&media, entry + n);
    return body.n && foot.n && even.n && zip_make(mem, entry, n, bytes);
}
