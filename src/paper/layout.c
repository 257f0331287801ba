#include "paper/layout.h"

#include "paper/title.h"

#include <string.h>

enum { EM_UP = 880, EM = 1000, WIDTH_ALL = 100, CELL_PAD = 4, ITEMS = 40000, LAYOUTS = 40000,
       AFTER_HEAD = 4 };

/* GB/T 9704-2012: top 37, left 28, type area 156 by 225 mm, 22 lines of 16 points. */
static const Style styles[] = {
    { "letter", 2100, 2970, 280, 260, 370, 350, 160, 289, 220, 120, 190, 4, .letter = true },
    { "deed", 2100, 2970, 280, 260, 330, 330, 140, 245, 220, 115, 175, 4 },
    { "form", 2100, 2970, 240, 240, 280, 320, 120, 205, 190, 115, 180, 7 },
    { "cover", 2100, 2970, 300, 300, 400, 320, 160, 320, 300, 140, 240, 6, .bare = true },
    { "envelope", 2200, 1100, 180, 180, 150, 100, 140, 240, 180, 110, 170, 4, .bare = true },
};

const Style *style_find(Str word)
{
    for (size_t i = 0; i < COUNT(styles); i++) {
        if (str_eq(str_of(styles[i].word), word)) return &styles[i];
    }
    return &styles[1];
}

/* ---- texts ----------------------------------------------------------------------------- */

static const char *const families[] = {
    [FAMILY_TEXT] = "FangSong_GB2312,仿宋_GB2312,仿宋,Tiaojie Song,Noto Serif CJK SC,serif",
    [FAMILY_BOLD] = "Tiaojie Song,Noto Serif CJK SC,serif",
    [FAMILY_BLACK] = "SimHei,黑体,Tiaojie Hei,Noto Sans CJK SC,sans-serif",
    [FAMILY_TITLE] = "方正小标宋简体,FZXiaoBiaoSong-B05S,Tiaojie Song,Noto Serif CJK SC,serif",
};

PangoLayout *layout_text(PangoContext *context, Str text, Family family, int size)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_new();
    bool bold = family == FAMILY_BOLD || family == FAMILY_TITLE || family == FAMILY_BLACK;
    pango_font_description_set_family_static(font, families[family]);
    pango_font_description_set_size(font, size * PANGO_SCALE / 10);
    if (bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList *whole = pango_attr_list_new(); /* a digest broken over two lines has no hyphen in it */
    pango_attr_list_insert(whole, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, whole);
    pango_attr_list_unref(whole);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text.n ? text.s : "", (int)text.n);
    return layout;
}

/* ---- the work -------------------------------------------------------------------------- */

typedef struct Work {
    Arena        *mem;
    PangoContext *context;
    const Doc    *doc;
    const Style  *style;
    Placed       *to;
    int           left, width, top, bottom; /* of the type area */
    int           y, page;
    const DocLine *widths;                  /* of the table we are in; NULL: in none */
    size_t        head, heads;              /* its head rows */
    bool          dry;                      /* only measured */
} Work;

/* A text broken into lines. */
typedef struct Piece {
    PangoLayout *layout;
    int  lines, pitch, em, x;
    bool red;
} Piece;

static Item *add(Work *w, ItemKind kind)
{
    Placed *to = w->to;
    if (to->n == to->cap) to->full = true;
    Item *item = &to->item[to->full ? to->cap - 1 : to->n++];
    *item = (Item){ .kind = kind, .page = w->page };
    return item;
}

static void keep(Work *w, PangoLayout *layout)
{
    Placed *to = w->to;
    if (to->layouts == to->layouts_cap) to->full = true;
    if (to->full) g_object_unref(layout);
    else to->layout[to->layouts++] = layout;
}

static void next_page(Work *w)
{
    w->page++;
    w->y = w->top;
}

/* ---- lines ----------------------------------------------------------------------------- */

static const Look looks[] = {
    { DOC_MARK,   FAMILY_TITLE, PANGO_ALIGN_CENTER, 0,  0,  0,  0, 4 },
    { DOC_TITLE,  FAMILY_TITLE, PANGO_ALIGN_CENTER, 0,  0,  0,  3, 4 },
    { DOC_NUMBER, FAMILY_TEXT,  PANGO_ALIGN_CENTER, 0,  0,  0,  6, 3 },
    { DOC_HEAD,   FAMILY_BLACK, PANGO_ALIGN_LEFT,   20, 0,  2,  0, 2 },
    { DOC_PARA,   FAMILY_TEXT,  PANGO_ALIGN_LEFT,   20, 0,  0,  0, 0 },
    { DOC_FLUSH,  FAMILY_TEXT,  PANGO_ALIGN_LEFT,   0,  0,  0,  0, 0 },
    { DOC_CENTRE, FAMILY_TEXT,  PANGO_ALIGN_CENTER, 0,  0,  0,  0, 0 },
    { DOC_RIGHT,  FAMILY_TEXT,  PANGO_ALIGN_RIGHT,  0,  40, 0,  0, 0 },
    { DOC_NOTE,   FAMILY_TEXT,  PANGO_ALIGN_LEFT,   20, 0,  3,  0, 0 },
};

const Look *look_of(DocKind kind)
{
    for (size_t i = 0; i < COUNT(looks); i++) {
        if (looks[i].kind == kind) return &looks[i];
    }
    return NULL;
}

int look_size(const Style *s, DocKind kind)
{
    if (kind == DOC_MARK) return s->title + 60;
    if (kind == DOC_TITLE) return s->title;
    return kind == DOC_NOTE ? s->cell : s->body;
}

int look_pitch(const Style *s, DocKind kind)
{
    if (kind == DOC_NOTE) return s->cell_pitch;
    return kind == DOC_TITLE || kind == DOC_MARK ? look_size(s, kind) * 14 / 10 : s->pitch;
}

static int pitch_of(const Work *w, DocKind kind)
{
    return UNIT_PT(look_pitch(w->style, kind)) / 10;
}

static void shape(Piece *p, int width, PangoAlignment align, int indent)
{
    pango_layout_set_width(p->layout, width);
    pango_layout_set_alignment(p->layout, align);
    pango_layout_set_indent(p->layout, indent);
    p->lines = pango_layout_get_line_count(p->layout);
}

/* Lines from..from+n of the piece, the first one's box beginning at y. */
static void put(Work *w, const Piece *p, int y, int from, int n)
{
    PangoLayoutIter *at = pango_layout_get_iter(p->layout);
    for (int i = 0; i < from + n; i++) {
        PangoRectangle box;
        if (i >= from) {
            Item *item = add(w, ITEM_LINE);
            pango_layout_iter_get_line_extents(at, NULL, &box);
            item->line = pango_layout_iter_get_line_readonly(at);
            item->x = p->x + box.x;
            item->y = y + (i - from) * p->pitch + (p->pitch - p->em) / 2 + p->em * EM_UP / EM;
            item->red = p->red;
        }
        if (!pango_layout_iter_next_line(at)) break;
    }
    pango_layout_iter_free(at);
}

/* How many of `left` lines go onto this page: not one alone at either end. */
static int fitting(const Work *w, const Piece *p, int left)
{
    int room = (w->bottom - w->y) / p->pitch;
    if (room >= left) return left;
    if (left - room == 1 && room > 1) room--;
    if (room == 1 && left == p->lines && left > 1) room = 0;
    return room > 0 ? room : w->y == w->top;
}

static void flow(Work *w, const Piece *p)
{
    for (int i = 0; i < p->lines;) {
        int n = fitting(w, p, p->lines - i);
        put(w, p, w->y, i, n);
        w->y += n * p->pitch;
        i += n;
        if (i < p->lines) next_page(w);
    }
}

static void put_rule(Work *w, bool red)
{
    Item *item = add(w, ITEM_RULE);
    item->x = w->left;
    item->y = w->y;
    item->w = w->width;
    item->red = red;
}

bool after_mark(const Doc *doc)
{
    return doc->n > 1 && doc->line[0].kind == DOC_MARK;
}

/* What a line's box leaves above its text, and below. */
static int half_lead(const Work *w, DocKind kind)
{
    return (pitch_of(w, kind) - UNIT_PT(look_size(w->style, kind)) / 10) / 2;
}

/* GB/T 9704: the mark 35 mm under the type area's edge, the number two lines below it, the red rule
** 4 mm under the number itself, and a line free between the title and who is written to. */
static void after_letter_head(Work *w, DocKind kind)
{
    const Look *look = look_of(kind);
    bool under_mark = kind == DOC_NUMBER && after_mark(w->doc);
    if (kind == DOC_MARK) w->y += pitch_of(w, DOC_PARA) * 2;
    if (kind == DOC_TITLE && after_mark(w->doc)) w->y += pitch_of(w, DOC_PARA) * (10 - look->after) / 10;
    if (!under_mark) return;
    w->y += UNIT_MM10(40) - pitch_of(w, DOC_PARA) * look->after / 10 - half_lead(w, kind);
    put_rule(w, true);
    w->y += pitch_of(w, DOC_PARA) * 2;
}

static int group_height(const Work *w, size_t from);

/* A short paragraph before a signature block goes with it, if the block alone
** would be all that stands on the next page. */
static bool with_group(const Work *w, const DocLine *line, int height)
{
    size_t next = (size_t)(line - w->doc->line) + 1;
    if (w->dry || next >= w->doc->n || w->doc->line[next].kind != DOC_GROUP) return false;
    int after = group_height(w, next + 1), left = w->bottom - w->y;
    bool moves = height <= left && height + after > left;
    return moves && height + after <= (w->bottom - w->top) * 2 / 3;
}

static void text_block(Work *w, const DocLine *line, const Look *look)
{
    int size = look_size(w->style, line->kind), em = UNIT_PT(size) / 10;
    bool title = line->kind == DOC_TITLE || line->kind == DOC_MARK;
    Str text = title ? title_lines(w->mem, w->style, line->kind, line->text) : line->text;
    Piece p = { .layout = layout_text(w->context, text, look->family, size), .em = em,
                .pitch = pitch_of(w, line->kind), .x = w->left, .red = line->kind == DOC_MARK };
    shape(&p, w->width - look->inset * em / 10, look->align, look->indent * em / 10);
    if (line->kind == DOC_MARK) w->y += UNIT_MM10(350) - half_lead(w, DOC_MARK);
    if (w->y > w->top) w->y += look->before * pitch_of(w, DOC_PARA) / 10;
    bool moves = w->y > w->top && with_group(w, line, p.lines * p.pitch);
    if (moves) next_page(w);
    int least = (look->keep ? p.lines * p.pitch : 0) + look->keep * pitch_of(w, DOC_PARA);
    if (w->y + least > w->bottom && w->y > w->top) next_page(w);
    flow(w, &p);
    w->y += look->after * pitch_of(w, DOC_PARA) / 10;
    keep(w, p.layout);
    after_letter_head(w, line->kind);
}

/* ---- tables ---------------------------------------------------------------------------- */

typedef struct Row {
    Piece  cell[DOC_CELLS];
    int    x[DOC_CELLS + 1];
    int    cells, lines;
} Row;

int column_part(Str width)
{
    int64_t v = 0;
    while (width.n && (width.s[width.n - 1] < '0' || width.s[width.n - 1] > '9')) width.n--;
    return str_int(width, &v) && v > 0 && v <= WIDTH_ALL ? (int)v : 1;
}

static PangoAlignment align_of(const DocLine *row, Str width)
{
    char last = (char)(width.n ? width.s[width.n - 1] : 'l');
    if (row->kind == DOC_HROW || last == 'c') return PANGO_ALIGN_CENTER;
    return last == 'r' ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static int line_height(const Work *w)
{
    return UNIT_PT(w->style->cell_pitch) / 10;
}

/* Halves of a character that fit a line of a cell so wide. */
static int cell_halves(const Work *w, int width)
{
    return (width - 2 * UNIT_PT(CELL_PAD)) * 2 * 10 / UNIT_PT(w->style->cell);
}

static void make_row(Work *w, const DocLine *line, Row *row)
{
    const DocLine *widths = w->widths;
    int all = 0, sum = 0;
    *row = (Row){ .cells = (int)widths->cells, .lines = 1 };
    for (size_t i = 0; i < widths->cells; i++) all += column_part(widths->cell[i]);
    for (int i = 0; i < row->cells; i++) {
        row->x[i] = w->left + w->width * sum / all;
        sum += column_part(widths->cell[i]);
        row->x[i + 1] = w->left + w->width * sum / all;
        Family family = line->kind == DOC_HROW ? FAMILY_BOLD : FAMILY_TEXT;
        Piece *p = &row->cell[i];
        Str text = (size_t)i < line->cells ? line->cell[i] : (Str){ 0 };
        bool label = align_of(line, widths->cell[i]) == PANGO_ALIGN_CENTER;
        if (label) text = word_lines(w->mem, text, cell_halves(w, row->x[i + 1] - row->x[i]));
        *p = (Piece){ .layout = layout_text(w->context, text, family, w->style->cell),
                      .pitch = line_height(w), .em = UNIT_PT(w->style->cell) / 10,
                      .x = row->x[i] + UNIT_PT(CELL_PAD) };
        shape(p, row->x[i + 1] - row->x[i] - 2 * UNIT_PT(CELL_PAD), align_of(line, widths->cell[i]), 0);
        if (p->lines > row->lines) row->lines = p->lines;
    }
}

/* Lines from..from+n of every cell, and the boxes around them. */
static void put_row(Work *w, const Row *row, int from, int n)
{
    int pad = UNIT_PT(w->style->cell_pad), h = n * line_height(w) + 2 * pad;
    for (int i = 0; i < row->cells; i++) {
        const Piece *p = &row->cell[i];
        Item *box = add(w, ITEM_BOX);
        box->x = row->x[i];
        box->y = w->y;
        box->w = row->x[i + 1] - row->x[i];
        box->h = h;
        int left = p->lines - from;
        int lines = left < n ? left : n;
        int down = row->lines == n ? (n - lines) * p->pitch / 2 : 0;
        if (lines > 0) put(w, p, w->y + pad + down, from, lines);
    }
    w->y += h;
}

static void close_row(Work *w, const Row *row)
{
    for (int i = 0; i < row->cells; i++) keep(w, row->cell[i].layout);
}

static void repeat_heads(Work *w)
{
    Row row;
    for (size_t i = w->head; i < w->head + w->heads; i++) {
        make_row(w, &w->doc->line[i], &row);
        put_row(w, &row, 0, row.lines);
        close_row(w, &row);
    }
}

/* A row stays whole unless it is longer than a page. */
static void table_row(Work *w, const DocLine *line)
{
    Row row;
    if (!w->widths) return;
    make_row(w, line, &row);
    int pad = 2 * UNIT_PT(w->style->cell_pad), whole = row.lines * line_height(w) + pad;
    int after = line->kind == DOC_HROW ? AFTER_HEAD : 0; /* a head does not stand alone */
    for (int from = 0; from < row.lines;) {
        int fits = (w->bottom - w->y - pad) / line_height(w);
        bool room = fits >= row.lines - from + after;
        bool moves = !room && w->y > w->top && (whole <= w->bottom - w->top || fits < 2);
        if (moves) {
            next_page(w);
            if (line->kind == DOC_ROW) repeat_heads(w);
            fits = (w->bottom - w->y - pad) / line_height(w);
        }
        int n = fits < row.lines - from ? fits : row.lines - from;
        n = n > 0 ? n : 1;
        put_row(w, &row, from, n);
        from += n;
    }
    close_row(w, &row);
}

/* ---- signatures, groups ---------------------------------------------------------------- */

static void sign_row(Work *w, const DocLine *line)
{
    int half = w->width / 2, size = w->style->body, lines = 1;
    Piece p[2];
    for (int i = 0; i < 2; i++) {
        Str text = (size_t)i < line->cells ? line->cell[i] : (Str){ 0 };
        if (line->cells > 1) text = sign_lines(w->mem, w->style, text);
        p[i] = (Piece){ .layout = layout_text(w->context, text, FAMILY_TEXT, size), .em = UNIT_PT(size) / 10,
                        .pitch = pitch_of(w, DOC_PARA), .x = w->left + i * half };
        shape(&p[i], line->cells == 1 ? w->width : half - UNIT_PT(size) / 10, PANGO_ALIGN_LEFT, 0);
        if (p[i].lines > lines) lines = p[i].lines;
    }
    if (w->y + lines * p[0].pitch > w->bottom) next_page(w);
    for (int i = 0; i < 2; i++) {
        if (p[i].lines && (size_t)i < line->cells) put(w, &p[i], w->y, 0, p[i].lines);
        keep(w, p[i].layout);
    }
    w->y += lines * p[0].pitch;
}

static void picture(Work *w, const DocLine *line)
{
    int64_t mm = 0;
    if (line->cells != 2 || !str_int(line->cell[1], &mm) || mm <= 0 || mm > 200) return;
    int width = UNIT_MM10((int)mm * 10), height = width / 3; /* what a signature is drawn on */
    if (w->y + height > w->bottom) next_page(w);
    Item *item = add(w, ITEM_PICTURE);
    item->path = line->cell[0];
    item->x = w->left;
    item->y = w->y;
    item->w = width;
    item->h = height;
    w->y += height;
}

/* What was drawn under the two columns of a signature block, each below its own; nobody's: no room. */
static void hands(Work *w, const DocLine *line)
{
    int64_t mm = 0;
    if (line->cells != 3 || !str_int(line->cell[2], &mm) || mm <= 0 || mm > 100) return;
    if (line->cell[0].n + line->cell[1].n == 0) return;
    int width = UNIT_MM10((int)mm * 10), height = width / 3;
    if (w->y + height > w->bottom) next_page(w);
    for (int i = 0; i < 2; i++) {
        if (line->cell[i].n == 0) continue;
        Item *item = add(w, ITEM_PICTURE);
        item->path = line->cell[i];
        item->x = w->left + i * w->width / 2 + UNIT_PT(w->style->body) / 10 * 2;
        item->y = w->y;
        item->w = width;
        item->h = height;
    }
    w->y += height;
}

static void seal_here(Work *w)
{
    w->to->seal_page = w->page;
    w->to->seal_x = w->left + w->width * 7 / 10;
    w->to->seal_y = w->y - pitch_of(w, DOC_PARA);
}

static void block(Work *w, size_t at);

/* The height of what stands between GROUP and END, laid out where nobody looks. */
static int group_height(const Work *w, size_t from)
{
    Item item[1];
    PangoLayout *layout[1];
    Placed aside = { .item = item, .cap = 1, .layout = layout, .layouts_cap = 1, .full = true };
    Work dry = *w;
    dry.to = &aside;
    dry.dry = true;
    dry.y = dry.top;
    dry.bottom = INT32_MAX / 2;
    for (size_t i = from; i < w->doc->n && w->doc->line[i].kind != DOC_END; i++) {
        if (w->doc->line[i].kind != DOC_GROUP) block(&dry, i);
    }
    return dry.y - dry.top;
}

static void group(Work *w, size_t at)
{
    int height = group_height(w, at + 1);
    bool fits = w->y + height <= w->bottom || height > w->bottom - w->top;
    if (!fits) next_page(w);
}

static void space(Work *w, const DocLine *line)
{
    int64_t tenths = 0;
    bool good = str_int(line->text, &tenths) && tenths > 0 && tenths < 1000;
    if (good) w->y += (int)tenths * pitch_of(w, DOC_PARA) / 10;
}

static bool is_row(DocKind kind)
{
    return kind == DOC_ROW || kind == DOC_HROW;
}

static void open_table(Work *w, const DocLine *line, size_t at)
{
    bool goes_on = w->widths && at && is_row(w->doc->line[at - 1].kind);
    if (!goes_on && w->y > w->top) w->y += pitch_of(w, DOC_PARA) * 2 / 10;
    w->widths = line;
    w->head = at + 1;
    w->heads = 0;
    while (w->head + w->heads < w->doc->n && w->doc->line[w->head + w->heads].kind == DOC_HROW) w->heads++;
}

static void block(Work *w, size_t at)
{
    const DocLine *line = &w->doc->line[at];
    const Look *look = look_of(line->kind);
    bool stays = is_row(line->kind) || line->kind == DOC_WIDTHS;
    bool left_table = at && is_row(w->doc->line[at - 1].kind) && !stays;
    if (left_table && w->y > w->top) w->y += pitch_of(w, DOC_PARA) * 4 / 10;
    if (look) text_block(w, line, look);
    switch (line->kind) {
    case DOC_WIDTHS:  open_table(w, line, at); break;
    case DOC_HROW: case DOC_ROW: table_row(w, line); break;
    case DOC_SIGN:    sign_row(w, line); break;
    case DOC_GROUP:   group(w, at); break;
    case DOC_SPACE:   space(w, line); break;
    case DOC_PAGE:    next_page(w); break;
    case DOC_SEAL:    seal_here(w); break;
    case DOC_PICTURE: picture(w, line); break;
    case DOC_HANDS:   hands(w, line); break;
    case DOC_RULE:    put_rule(w, false); w->y += pitch_of(w, DOC_PARA) / 2; break;
    default: break;
    }
}

void layout_make(Arena *mem, PangoContext *context, const Doc *doc, Placed *placed)
{
    const Style *s = style_find(doc->info.style);
    *placed = (Placed){ .style = s, .item = NEW(mem, Item, ITEMS), .cap = ITEMS,
                        .layout = NEW(mem, PangoLayout *, LAYOUTS), .layouts_cap = LAYOUTS };
    Work w = {
        .mem = mem, .context = context, .doc = doc, .style = s, .to = placed, .left = UNIT_MM10(s->left),
        .width = UNIT_MM10(s->width - s->left - s->right), .top = UNIT_MM10(s->top),
        .bottom = UNIT_MM10(s->height - s->bottom), .y = UNIT_MM10(s->top), .page = 1,
    };
    for (size_t i = 0; i < doc->n && !placed->full; i++) block(&w, i);
    placed->pages = w.page;
}

void layout_close(Placed *placed)
{
    for (size_t i = 0; i < placed->layouts; i++) g_object_unref(placed->layout[i]);
    placed->layouts = 0;
}
