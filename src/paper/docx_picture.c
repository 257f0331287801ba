#include "paper/docx_picture.h"

#include <stdio.h>
#include <string.h>

enum { PNG_MOST = 4 << 20, PNG_HEAD = 24, EMU_MM10 = 3600, FIRST_ID = 10, NAME_ROOM = 48 };

#define LIT(o, text) out_str((o), S(text))

static int word_at(Str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.s + at;
    return p[0] > 0 || p[1] > 0 ? 0 : p[2] << 8 | p[3]; /* more than 65535 is no picture of ours */
}

size_t media_take(Media *m, Str path)
{
    bool good = false;
    for (size_t i = 0; i < m->n; i++) {
        if (str_eq(m->still[i].path, path)) return i + 1;
    }
    if (path.n == 0 || m->n == DOCX_PICTURES || arena_left(m->mem) < (size_t)2 * PNG_MOST) return 0;
    Str bytes = file_read(m->mem, str_c(m->mem, path), PNG_MOST, &good);
    good = good && bytes.n > PNG_HEAD && memcmp(bytes.s, "\x89PNG\r\n\x1A\n", 8) == 0;
    if (!good) return 0;
    struct Still still = { path, bytes, word_at(bytes, 16), word_at(bytes, 20) };
    if (still.width == 0 || still.height == 0) return 0;
    m->still[m->n++] = still;
    return m->n;
}

static void put_number(Out *o, const char *name, int64_t v)
{
    LIT(o, " ");
    out_str(o, str_of(name));
    LIT(o, "=\"");
    out_int(o, v);
    LIT(o, "\"");
}

static void put_name(Out *o, size_t which)
{
    LIT(o, "<wp:docPr");
    put_number(o, "id", (int64_t)which + FIRST_ID);
    LIT(o, " name=\"picture");
    out_int(o, (int64_t)which);
    LIT(o, "\"/>");
}

static void put_graphic(Out *o, size_t which, int64_t cx, int64_t cy)
{
    LIT(o, "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
           "<pic:pic><pic:nvPicPr><pic:cNvPr");
    put_number(o, "id", (int64_t)which + FIRST_ID);
    LIT(o, " name=\"picture.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId");
    out_int(o, (int64_t)which + FIRST_ID);
    LIT(o, "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
           "<a:off x=\"0\" y=\"0\"/><a:ext");
    put_number(o, "cx", cx);
    put_number(o, "cy", cy);
    LIT(o, "/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
           "</a:graphic>");
}

/* As large as the box allows, in its own proportions. */
static void fit(const struct Still *s, int width, int height, int64_t size[static 2])
{
    bool wide = (int64_t)s->width * height > (int64_t)s->height * width;
    size[0] = (int64_t)EMU_MM10 * (wide ? width : (int64_t)height * s->width / s->height);
    size[1] = (int64_t)EMU_MM10 * (wide ? (int64_t)width * s->height / s->width : height);
}

void put_still(Out *o, const Media *m, size_t which, int width, int height)
{
    int64_t size[2];
    fit(&m->still[which - 1], width, height, size);
    LIT(o, "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent");
    put_number(o, "cx", size[0]);
    put_number(o, "cy", size[1]);
    LIT(o, "/>");
    put_name(o, which);
    put_graphic(o, which, size[0], size[1]);
    LIT(o, "</wp:inline></w:drawing></w:r>");
}

void put_over(Out *o, const Media *m, size_t which, const Spot *at)
{
    int64_t size[2];
    fit(&m->still[which - 1], at->side, at->side, size);
    LIT(o, "<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\""
           " relativeHeight=\"2\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\">"
           "<wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"margin\"><wp:posOffset>");
    out_int(o, (int64_t)at->x * EMU_MM10 - size[0] / 2);
    LIT(o, "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>");
    out_int(o, (int64_t)at->y * EMU_MM10 - size[1] / 2);
    LIT(o, "</wp:posOffset></wp:positionV><wp:extent");
    put_number(o, "cx", size[0]);
    put_number(o, "cy", size[1]);
    LIT(o, "/><wp:wrapNone/>");
    put_name(o, which);
    put_graphic(o, which, size[0], size[1]);
    LIT(o, "</wp:anchor></w:drawing></w:r>");
}

void put_relations(Out *o, const Media *m)
{
    for (size_t i = 1; i <= m->n; i++) {
        LIT(o, "<Relationship Id=\"rId");
        out_int(o, (int64_t)i + FIRST_ID);
        LIT(o, "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\""
               " Target=\"media/picture");
        out_int(o, (int64_t)i);
        LIT(o, ".png\"/>");
    }
}

size_t media_entries(const Media *m, ZipEntry *entry)
{
    for (size_t i = 0; i < m->n; i++) {
        char *name = NEW(m->mem, char, NAME_ROOM);
        (void)snprintf(name, NAME_ROOM, "word/media/picture%zu.png", i + 1);
        entry[i] = (ZipEntry){ name, m->still[i].bytes };
    }
    return m->n;
}
