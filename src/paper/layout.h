/*
** Where everything of a document stands: its lines broken, its tables and
** groups kept together, page by page.  Lengths are units of 1/1024 point.
*/
#ifndef LAYOUT_H
#define LAYOUT_H

#include "paper/doc.h"

#include <pango/pangocairo.h>

#define UNIT_MM10(x) ((x) * 7257 / 25) /* tenths of a millimetre */
#define UNIT_PT(x)   ((x) * 1024)

typedef struct Style {
    const char *word;
    int width, height;             /* of the paper, tenths of mm */
    int left, right, top, bottom;  /* margins */
    int body, pitch;               /* size of the text and from line to line, tenths of a point */
    int title, cell, cell_pitch;
    int cell_pad;                  /* above and below a cell's text, points */
    bool letter;                   /* page numbers as GB/T 9704 has them */
    bool bare;                     /* no foot at all */
} Style;

typedef enum ItemKind { ITEM_LINE, ITEM_BOX, ITEM_RULE, ITEM_PICTURE } ItemKind;

typedef struct Item {
    ItemKind kind;
    int page, x, y, w, h;   /* of a line: its beginning on the baseline */
    PangoLayoutLine *line;
    bool red;
    Str  path;
} Item;

typedef struct Placed {
    const Style *style;
    Item  *item;
    size_t n, cap;
    int    pages;
    int    seal_page, seal_x, seal_y;
    PangoLayout **layout;  /* all that were made, for layout_close() */
    size_t layouts, layouts_cap;
    bool   full;           /* more than there is room for */
} Placed;

const Style *style_find(Str word);

/* How a kind of block is set; lengths in tenths of the text's size. */
typedef enum Family { FAMILY_TEXT, FAMILY_BOLD, FAMILY_BLACK, FAMILY_TITLE } Family;
typedef struct Look {
    DocKind kind;
    Family  family;
    PangoAlignment align;
    int     indent, inset; /* of the first line; of every line from the right */
    int     before, after; /* tenths of a line */
    int     keep;          /* lines that must follow on the page */
} Look;

const Look *look_of(DocKind kind); /* NULL: it is no text */
int look_size(const Style *s, DocKind kind);  /* tenths of a point */
int look_pitch(const Style *s, DocKind kind);
/* A letter that begins with its office's mark, set as GB/T 9704 has it. */
bool after_mark(const Doc *doc);
int column_part(Str width);                   /* 20 of "20c" */

void layout_make(Arena *mem, PangoContext *context, const Doc *doc, Placed *placed);
void layout_close(Placed *placed);

/* A text of `size` tenths of a point. */
PangoLayout *layout_text(PangoContext *context, Str text, Family family, int size);

#endif
