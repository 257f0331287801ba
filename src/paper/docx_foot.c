/* The foot of a DOCX's pages: number, verification code and its QR. */
#include "paper/docx_part.h"

#include <qrencode.h>

enum { QR_SCALE = 6, QR_QUIET = 2, EMU_MM10 = 3600, QR_SIDE = 160, FOOT_SIZE = 90, PAGE_SIZE = 105,
       LETTER_SIZE = 140 };

/* A number that the reader's program fills in, in the look of the text around it. */
static void put_field(Out *o, const Run *r, const char *name)
{
    static const char *const part[] = { "begin", NULL, "separate", "", "end" };
    for (size_t i = 0; i < COUNT(part); i++) {
        open_run(o, r);
        if (!part[i]) {
            LIT(o, "<w:instrText xml:space=\"preserve\"> ");
            out_str(o, str_of(name));
            LIT(o, " </w:instrText>");
        } else if (*part[i]) {
            LIT(o, "<w:fldChar w:fldCharType=\"");
            out_str(o, str_of(part[i]));
            LIT(o, "\"/>");
        } else {
            LIT(o, "<w:t>1</w:t>");
        }
        LIT(o, "</w:r>");
    }
}

static void put_qr(Out *o)
{
    LIT(o, "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent");
    put_number(o, "cx", (int64_t)QR_SIDE * EMU_MM10);
    put_number(o, "cy", (int64_t)QR_SIDE * EMU_MM10);
    LIT(o, "/><wp:docPr id=\"1\" name=\"QR\" descr=\"QR\"/><a:graphic><a:graphicData"
           " uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
           "<pic:cNvPr id=\"1\" name=\"qr.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
           "<a:blip r:embed=\"rId1\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
           "<a:off x=\"0\" y=\"0\"/><a:ext");
    put_number(o, "cx", (int64_t)QR_SIDE * EMU_MM10);
    put_number(o, "cy", (int64_t)QR_SIDE * EMU_MM10);
    LIT(o, "/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
           "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>");
}

/* Of a letter: 14 points, a character from the outer edge, right on odd pages and left on even ones. */
static void put_page(Out *o, const DocInfo *info, bool letter, bool even)
{
    FootWords words = foot_words(info, letter);
    Run run = { FAMILY_BOLD, letter ? LETTER_SIZE : PAGE_SIZE, false };
    LIT(o, "<w:p><w:pPr>");
    if (letter && even) LIT(o, "<w:ind w:leftChars=\"100\" w:left=\"280\"/>");
    if (letter && !even) LIT(o, "<w:ind w:rightChars=\"100\" w:right=\"280\"/>");
    out_str(o, S("<w:jc w:val=\""));
    out_str(o, !letter ? S("center") : even ? S("left") : S("right"));
    LIT(o, "\"/></w:pPr>");
    put_run(o, &run, words.before);
    put_field(o, &run, "PAGE");
    if (words.between.n) put_run(o, &run, words.between);
    if (words.between.n) put_field(o, &run, "NUMPAGES");
    if (words.after.n) put_run(o, &run, words.after);
    LIT(o, "</w:p>");
}

Str docx_foot(Arena *mem, const Doc *doc, bool even)
{
    Out o = { .buf = NEW(mem, char, 8192), .cap = 8192 };
    const DocInfo *info = &doc->info;
    Run run = { FAMILY_TEXT, FOOT_SIZE, false };
    bool letter = style_find(info->style)->letter;
    LIT(&o, XML_HEAD "<w:ftr" NAMESPACES ">");
    put_page(&o, info, letter, even);
    if (info->code.n) {
        LIT(&o, "<w:p>");
        put_qr(&o);
        put_run(&o, &run, S("　"));
        put_run(&o, &run, foot_words(info, letter).code);
        put_run(&o, &run, info->code);
        put_run(&o, &run, S("　"));
        put_run(&o, &run, info->url);
        LIT(&o, "</w:p>");
    }
    LIT(&o, "</w:ftr>");
    return o.full ? (Str){ 0 } : out_view(&o);
}

/* ---- the QR as a picture --------------------------------------------------------------- */

static cairo_status_t take(void *to, const unsigned char *bytes, unsigned n)
{
    out_str(to, (Str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

Str docx_qr(Arena *mem, Str text)
{
    Out o = { .buf = NEW(mem, char, 65536), .cap = 65536 };
    QRcode *qr = text.n ? QRcode_encodeString(str_c(mem, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1) : NULL;
    if (!qr) return (Str){ 0 };
    int n = qr->width, side = (n + 2 * QR_QUIET) * QR_SCALE;
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(picture);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int i = 0; i < n * n; i++) {
        if (!(qr->data[i] & 1)) continue;
        int x = (i % n + QR_QUIET) * QR_SCALE, y = (i / n + QR_QUIET) * QR_SCALE;
        cairo_rectangle(cr, x, y, QR_SCALE, QR_SCALE);
    }
    cairo_fill(cr);
    (void)cairo_surface_write_to_png_stream(picture, take, &o);
    cairo_destroy(cr);
    cairo_surface_destroy(picture);
    QRcode_free(qr);
    return o.full ? (Str){ 0 } : out_view(&o);
}
