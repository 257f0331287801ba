#include "paper/pdf.h"

#include "paper/layout.h"

#include <cairo-pdf.h>
#include <qrencode.h>
#include <string.h>

enum { SEAL_MM10 = 420, QR_MM10 = 160, FOOT_SIZE = 90, CODE_GROUP = 4, DRAFT_SIZE = 640 };

#define POINTS(unit) ((unit) / 1024.0)
#define MM10(unit)   ((unit) / 1024 * 3528 / 1000)

/* ---- bytes ----------------------------------------------------------------------------- */

static cairo_status_t take(void *to, const unsigned char *bytes, unsigned n)
{
    Out *o = to;
    out_str(o, (Str){ (const char *)bytes, n });
    return o->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void say(cairo_surface_t *s, Arena *mem, cairo_pdf_metadata_t what, Str text)
{
    if (text.n) cairo_pdf_surface_set_metadata(s, what, str_c(mem, text));
}

static void set_metadata(cairo_surface_t *s, Arena *mem, const DocInfo *info)
{
    say(s, mem, CAIRO_PDF_METADATA_TITLE, info->title);
    say(s, mem, CAIRO_PDF_METADATA_AUTHOR, info->author);
    say(s, mem, CAIRO_PDF_METADATA_SUBJECT, info->number);
    say(s, mem, CAIRO_PDF_METADATA_CREATOR, S("tiaojie"));
    say(s, mem, CAIRO_PDF_METADATA_CREATE_DATE, info->date.n ? info->date : S("2000-01-01T00:00:00+08:00"));
}

/* ---- the foot of a page ---------------------------------------------------------------- */

typedef struct Page {
    cairo_t      *cr;
    PangoContext *context;
    const Doc    *doc;
    const Placed *placed;
    Arena        *mem;
    int           number;
} Page;

static void draw_text(Page *p, Str text, int x, int y)
{
    PangoLayout *layout = layout_text(p->context, text, FAMILY_TEXT, FOOT_SIZE);
    cairo_move_to(p->cr, POINTS(x), POINTS(y));
    pango_cairo_show_layout(p->cr, layout);
    g_object_unref(layout);
}

/* Runs of black modules as one path of lines a module thick, in modules: sharp at any size, and a
** third of what rectangles take. */
static void draw_qr(Page *p, Str text, int x, int y)
{
    QRcode *qr = QRcode_encodeString(str_c(p->mem, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!qr) return;
    int n = qr->width, side = UNIT_MM10(QR_MM10);
    cairo_save(p->cr);
    cairo_translate(p->cr, POINTS(x), POINTS(y) + POINTS(side) / n / 2);
    cairo_scale(p->cr, POINTS(side) / n, POINTS(side) / n);
    cairo_set_line_width(p->cr, 1);
    for (int row = 0; row < n; row++) {
        for (int from = 0, to; from < n; from = to) {
            bool black = qr->data[row * n + from] & 1;
            for (to = from + 1; to < n && (qr->data[row * n + to] & 1) == black; to++) continue;
            if (!black) continue;
            cairo_move_to(p->cr, from, row);
            cairo_line_to(p->cr, to, row);
        }
    }
    cairo_stroke(p->cr);
    cairo_restore(p->cr);
    QRcode_free(qr);
}

/* 0123 4567 89ab cdef, to be read out over the telephone. */
static void put_code(Out *o, Str code)
{
    for (size_t i = 0; i < code.n; i++) {
        if (i && i % CODE_GROUP == 0) out_str(o, S(" "));
        out_str(o, (Str){ code.s + i, 1 });
    }
}

static void draw_mark(Page *p)
{
    const DocInfo *info = &p->doc->info;
    const Style *s = p->placed->style;
    char text[400];
    Out o = { .buf = text, .cap = sizeof text };
    int x = UNIT_MM10(s->left), y = UNIT_MM10(s->height - (s->letter ? 205 : 230));
    if (info->code.n == 0) return;
    out_str(&o, info->url);
    out_str(&o, S("#"));
    out_int(&o, p->number);
    draw_qr(p, out_view(&o), x, y);
    o.len = 0;
    out_str(&o, foot_words(info, s->letter).code);
    put_code(&o, info->code);
    draw_text(p, out_view(&o), x + UNIT_MM10(QR_MM10 + 25), y + UNIT_MM10(25));
    draw_text(p, info->url, x + UNIT_MM10(QR_MM10 + 25), y + UNIT_MM10(70));
    draw_text(p, info->number, x + UNIT_MM10(QR_MM10 + 25), y + UNIT_MM10(115));
}

static void draw_number(Page *p)
{
    const Style *s = p->placed->style;
    char text[80];
    Out o = { .buf = text, .cap = sizeof text };
    int size = s->letter ? 140 : 105, em = UNIT_PT(size) / 10, y = UNIT_MM10(s->height - s->bottom + 70);
    FootWords words = foot_words(&p->doc->info, s->letter);
    out_str(&o, words.before);
    out_int(&o, p->number);
    out_str(&o, words.between);
    if (words.between.n) out_int(&o, p->placed->pages);
    out_str(&o, words.after);
    PangoLayout *layout = layout_text(p->context, out_view(&o), FAMILY_BOLD, size);
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    bool even = s->letter && p->number % 2 == 0;
    int x = even ? UNIT_MM10(s->left) + em : UNIT_MM10(s->width - s->right) - em - box.width;
    if (!s->letter) x = UNIT_MM10(s->width) / 2 - box.width / 2;
    cairo_move_to(p->cr, POINTS(x), POINTS(y));
    pango_cairo_show_layout(p->cr, layout);
    g_object_unref(layout);
}

/* ---- the pages ------------------------------------------------------------------------- */

/* As large as its box allows, from the upper left corner of it. */
static void draw_picture(Page *p, const Item *item)
{
    cairo_surface_t *png = cairo_image_surface_create_from_png(str_c(p->mem, item->path));
    if (cairo_surface_status(png) == CAIRO_STATUS_SUCCESS) {
        int width = cairo_image_surface_get_width(png), height = cairo_image_surface_get_height(png);
        bool wide = (int64_t)width * item->h > (int64_t)height * item->w;
        cairo_save(p->cr);
        cairo_translate(p->cr, POINTS(item->x), POINTS(item->y));
        if (wide) cairo_scale(p->cr, POINTS(item->w) / width, POINTS(item->w) / width);
        else cairo_scale(p->cr, POINTS(item->h) / height, POINTS(item->h) / height);
        cairo_set_source_surface(p->cr, png, 0, 0);
        cairo_paint(p->cr);
        cairo_restore(p->cr);
    }
    cairo_surface_destroy(png);
}

/* Over the date: 42 mm across (国务院关于国家行政机关和企业事业单位社会团体印章管理的规定 (1999)). */
static void draw_seal(Page *p)
{
    const Placed *at = p->placed;
    int side = UNIT_MM10(SEAL_MM10);
    const Item item = { .kind = ITEM_PICTURE, .path = p->doc->info.seal, .x = at->seal_x - side / 2,
                        .y = at->seal_y - side / 2, .w = side, .h = side };
    if (p->doc->info.seal.n && p->number == at->seal_page) draw_picture(p, &item);
}

/* Under the text, from corner to corner: nobody takes it for a paper. */
static void draw_draft(Page *p)
{
    const Style *s = p->placed->style;
    PangoRectangle box;
    if (p->doc->info.draft.n == 0) return;
    PangoLayout *layout = layout_text(p->context, p->doc->info.draft, FAMILY_BLACK, DRAFT_SIZE);
    pango_layout_get_extents(layout, NULL, &box);
    cairo_save(p->cr);
    cairo_set_source_rgb(p->cr, 0.88, 0.88, 0.88);
    int across = UNIT_MM10(s->width) / 2, down = UNIT_MM10(s->height) / 2;
    int left = box.width / 2, up = box.height / 2;
    cairo_translate(p->cr, POINTS(across), POINTS(down));
    cairo_rotate(p->cr, -0.8);
    cairo_move_to(p->cr, -POINTS(left), -POINTS(up));
    pango_cairo_show_layout(p->cr, layout);
    cairo_restore(p->cr);
    g_object_unref(layout);
}

static void draw_item(Page *p, const Item *item)
{
    cairo_t *cr = p->cr;
    cairo_set_source_rgb(cr, item->red ? 0.86 : 0, 0, 0);
    switch (item->kind) {
    case ITEM_LINE:
        cairo_move_to(cr, POINTS(item->x), POINTS(item->y));
        pango_cairo_show_layout_line(cr, item->line);
        break;
    case ITEM_BOX:
        cairo_set_line_width(cr, 0.6);
        cairo_rectangle(cr, POINTS(item->x), POINTS(item->y), POINTS(item->w), POINTS(item->h));
        cairo_stroke(cr);
        break;
    case ITEM_RULE:
        cairo_set_line_width(cr, item->red ? 1.5 : 0.6);
        cairo_move_to(cr, POINTS(item->x), POINTS(item->y));
        cairo_line_to(cr, POINTS(item->x + item->w), POINTS(item->y));
        cairo_stroke(cr);
        break;
    case ITEM_PICTURE:
        draw_picture(p, item);
        break;
    }
}

static void draw(cairo_t *cr, PangoContext *context, Arena *mem, const Doc *doc, const Placed *placed)
{
    Page p = { .cr = cr, .context = context, .doc = doc, .placed = placed, .mem = mem };
    size_t at = 0;
    for (p.number = 1; p.number <= placed->pages; p.number++) {
        draw_draft(&p);
        for (; at < placed->n && placed->item[at].page == p.number; at++) draw_item(&p, &placed->item[at]);
        cairo_set_source_rgb(cr, 0, 0, 0);
        if (!placed->style->bare) draw_number(&p);
        draw_mark(&p);
        draw_seal(&p);
        cairo_show_page(cr);
    }
}

bool pdf_make(Arena *mem, const Doc *doc, Pdf *pdf)
{
    const Style *s = style_find(doc->info.style);
    size_t room = arena_left(mem) / 2;
    Out o = { .buf = arena_room(mem, room), .cap = room };
    Placed placed;
    int width = UNIT_MM10(s->width), height = UNIT_MM10(s->height);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, &o, POINTS(width), POINTS(height));
    set_metadata(surface, mem, &doc->info);
    cairo_t *cr = cairo_create(surface);
    PangoContext *context = pango_cairo_create_context(cr);
    pango_cairo_context_set_resolution(context, 72); /* a point is a point, not a screen's */
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    layout_make(mem, context, doc, &placed);
    if (!placed.full) draw(cr, context, mem, doc, &placed);
    layout_close(&placed);
    g_object_unref(context);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && !o.full && !placed.full;
    cairo_surface_destroy(surface);
    *pdf = (Pdf){ .bytes = out_view(&o), .pages = placed.pages, .seal_page = placed.seal_page,
                  .seal_x = MM10(placed.seal_x), .seal_y = MM10(placed.seal_y) };
    return good;
}
