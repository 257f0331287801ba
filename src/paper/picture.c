/*
** A picture as a page of A4.  A JPEG goes in as it is, byte for byte; only its
** head is read here, for its size and how the camera was held (Exif, tag 0x0112).
*/
#include "paper/bind.h"

#include <cairo-pdf.h>
#include <string.h>

enum {
    PAGE_W = 595, PAGE_H = 842, MARGIN = 34, JPEG_MAX = 64 << 20, OVERHEAD = 256 * 1024, SIDE_MAX = 30000,
    ORIENTATION = 0x0112,
};

typedef struct Jpeg {
    int width, height;
    int turn; /* Exif: 1, or 3, 6, 8 (others mirror and are shown as they are) */
} Jpeg;

static int byte_at(Str s, size_t i)
{
    return i < s.n ? (unsigned char)s.s[i] : 0;
}

static int word_at(Str s, size_t i, bool little)
{
    int a = byte_at(s, i), b = byte_at(s, i + 1);
    return little ? b << 8 | a : a << 8 | b;
}

static Str part(Str s, size_t from, size_t n)
{
    if (from > s.n) return (Str){ 0 };
    return (Str){ s.s + from, n < s.n - from ? n : s.n - from };
}

/* "Exif\0\0" and a TIFF whose first directory may say how it was held. */
static int orientation(Str segment)
{
    Str tiff = part(segment, 6, segment.n);
    if (segment.n < 14 || memcmp(segment.s, "Exif\0", 6) != 0) return 1;
    bool little = byte_at(tiff, 0) == 'I';
    size_t at = (size_t)word_at(tiff, little ? 4 : 6, little); /* the low half is enough */
    int rows = word_at(tiff, at, little);
    for (int i = 0; i < rows && i < 200; i++) {
        size_t row = at + 2 + (size_t)i * 12;
        if (word_at(tiff, row, little) == ORIENTATION) return word_at(tiff, row + 8, little);
    }
    return 1;
}

/* SOF0 … SOF15 but those that are tables. */
static bool is_frame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool jpeg_read(Str s, Jpeg *j)
{
    size_t at = 2;
    *j = (Jpeg){ .turn = 1 };
    if (byte_at(s, 0) != 0xFF || byte_at(s, 1) != 0xD8) return false;
    while (at + 4 < s.n && byte_at(s, at) == 0xFF) {
        int marker = byte_at(s, at + 1), length = word_at(s, at + 2, false);
        if (marker == 0xFF) {
            at++;
            continue;
        }
        if (marker == 0xE1) j->turn = orientation(part(s, at + 4, (size_t)length));
        if (is_frame(marker)) {
            j->height = word_at(s, at + 5, false);
            j->width = word_at(s, at + 7, false);
            return j->width > 0 && j->height > 0 && j->width <= SIDE_MAX && j->height <= SIDE_MAX;
        }
        at += 2 + (size_t)length;
    }
    return false;
}

static cairo_status_t take(void *to, const unsigned char *bytes, unsigned n)
{
    Out *o = to;
    out_str(o, (Str){ (const char *)bytes, n });
    return o->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* As large as the page allows, in the middle of it, turned. */
static void draw(cairo_t *cr, cairo_surface_t *image, int turn)
{
    int w = cairo_image_surface_get_width(image), h = cairo_image_surface_get_height(image);
    bool side = turn == 6 || turn == 8;
    int shown_w = side ? h : w, shown_h = side ? w : h;
    int room_w = PAGE_W - 2 * MARGIN, room_h = PAGE_H - 2 * MARGIN;
    bool wide = (int64_t)shown_w * room_h > (int64_t)shown_h * room_w;
    int across = PAGE_W / 2, down = PAGE_H / 2;
    cairo_translate(cr, across, down);
    if (wide) cairo_scale(cr, room_w * 1.0 / shown_w, room_w * 1.0 / shown_w);
    else cairo_scale(cr, room_h * 1.0 / shown_h, room_h * 1.0 / shown_h);
    if (turn == 3) cairo_rotate(cr, 3.14159265358979);
    if (turn == 6) cairo_rotate(cr, 1.57079632679490);
    if (turn == 8) cairo_rotate(cr, -1.57079632679490);
    cairo_set_source_surface(cr, image, -w / 2.0, -h / 2.0);
    cairo_paint(cr);
}

static bool draw_page(Out *o, cairo_surface_t *image, int turn)
{
    cairo_surface_t *page = cairo_pdf_surface_create_for_stream(take, o, PAGE_W, PAGE_H);
    cairo_pdf_surface_set_metadata(page, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00+08:00");
    cairo_t *cr = cairo_create(page);
    draw(cr, image, turn);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(page);
    bool good = cairo_surface_status(page) == CAIRO_STATUS_SUCCESS && !o->full;
    cairo_surface_destroy(page);
    return good;
}

/* Its bytes are the surface's MIME data; the pixels stay empty and are never used. */
static cairo_surface_t *jpeg_surface(Str bytes, const Jpeg *j)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, j->width, j->height);
    const unsigned char *data = (const unsigned char *)bytes.s;
    (void)cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, data, bytes.n, NULL, NULL);
    return image;
}

/* Room for its page: what a JPEG is, or at most what the pixels are. */
static size_t room_for(cairo_surface_t *image, Str bytes, bool jpeg)
{
    size_t width = (size_t)cairo_image_surface_get_width(image);
    size_t height = (size_t)cairo_image_surface_get_height(image);
    return (jpeg ? bytes.n : 4 * width * height) + OVERHEAD;
}

bool picture_page(Arena *keep, const char *path, Str *pdf)
{
    Jpeg j = { .turn = 1 };
    bool read = false, good = false;
    Block block = block_open(JPEG_MAX + 4096);
    Arena mem = block_arena(&block);
    Str bytes = file_read(&mem, path, JPEG_MAX, &read);
    cairo_surface_t *image = NULL;
    bool jpeg = read && jpeg_read(bytes, &j);
    if (jpeg) image = jpeg_surface(bytes, &j);
    else if (read) image = cairo_image_surface_create_from_png(path);
    bool whole = image && cairo_surface_status(image) == CAIRO_STATUS_SUCCESS;
    size_t room = whole ? room_for(image, bytes, jpeg) : 0;
    if (whole && room < arena_left(keep)) {
        Out o = { .buf = NEW(keep, char, room), .cap = room };
        good = draw_page(&o, image, j.turn);
        *pdf = out_view(&o);
    }
    cairo_surface_destroy(image);
    block_close(&block);
    return good;
}
