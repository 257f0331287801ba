#include "paper/bind.h"

#include "paper/part.h"

#include <stdio.h>
#include <string.h>

enum {
    MEMORY = 1 << 30,         /* reserved, touched as it is used */
    SCRATCH = 32 << 20,       /* for one document */
    NUMBERS_ROOM = 16 << 10,  /* more than the numbers in a document take */
    PAGES_MAX = 20000, ROUNDS = 4,
    RIGHT = 62, DOWN = 34,    /* of the number, from the upper right corner, points */
};

/* A part as an open PDF. */
typedef struct Source {
    qpdf_data q;
    Str       bytes; /* they must last as long as q */
    size_t    pages;
} Source;

typedef struct Binder {
    Bind     *b;
    Arena     mem, keep;
    qpdf_data q;       /* the volume */
    Source   *source;
    qpdf_oh   font;
    int64_t   number;  /* of the last page that counts */
    int64_t   pages;   /* bound so far */
} Binder;

qpdf_data pdf_new(void)
{
    qpdf_data q = qpdf_init();
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    qpdf_silence_errors(q);
    return q;
}

/* ---- parts as PDFs --------------------------------------------------------------------- */

/* What "p12" or "pages" stands for: 0 of a part that is not bound; -1 of any other word. */
static int64_t number_of(const Binder *w, Str word)
{
    int64_t n = -1;
    if (str_eq(word, S("pages"))) return w->number;
    bool part = str_starts(word, S("p")) && str_int((Str){ word.s + 1, word.n - 1 }, &n);
    return part && n >= 0 && (size_t)n < w->b->n ? w->b->part[n].first : -1;
}

/* "{p12}" and "{pages}" in a document, as numbers. */
static Str numbered(const Binder *w, Arena *mem, Str text)
{
    size_t cap = text.n + NUMBERS_ROOM;
    Out o = { .buf = NEW(mem, char, cap), .cap = cap };
    while (text.n) {
        size_t all = text.n;
        Str before = str_cut(&text, '{'), rest = text, word = str_cut(&rest, '}');
        out_str(&o, before);
        if (before.n == all) break;
        int64_t n = number_of(w, word);
        if (n > 0) out_int(&o, n);
        else if (n == 0) out_str(&o, S("-"));
        else out_str(&o, S("{"));
        if (n >= 0) text = rest;
    }
    BUG_IF(o.full);
    return out_view(&o);
}

static bool open_bytes(Source *s)
{
    s->q = pdf_new();
    if (qpdf_read_memory(s->q, "part", s->bytes.s, s->bytes.n, NULL) & QPDF_ERRORS) return false;
    int n = qpdf_get_num_pages(s->q);
    s->pages = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static bool open_doc(Binder *w, Source *s, Str text)
{
    Doc doc;
    Pdf pdf;
    Arena mem = w->mem; /* what is made of it here is gone when it returns */
    if (!doc_read(&mem, numbered(w, &mem, text), &doc) || !pdf_make(&mem, &doc, &pdf)) return false;
    s->bytes = str_copy(&w->keep, pdf.bytes);
    return open_bytes(s);
}

/* Nobody's password is known here, so what needs one cannot be read. */
static bool open_file(Source *s, const char *path)
{
    s->q = pdf_new();
    if (qpdf_read(s->q, path, NULL) & QPDF_ERRORS || qpdf_is_encrypted(s->q)) return false;
    int n = qpdf_get_num_pages(s->q);
    if (n <= 0 || n > PAGES_MAX) return false;
    s->pages = (size_t)n;
    return (qpdf_push_inherited_attributes_to_page(s->q) & QPDF_ERRORS) == 0;
}

static bool open_picture(Binder *w, Source *s, const char *path)
{
    return picture_page(&w->keep, path, &s->bytes) && open_bytes(s);
}

/* An error that nobody asked for would be told on stderr. */
void pdf_close(qpdf_data *q)
{
    if (*q && qpdf_has_error(*q)) (void)qpdf_get_error(*q);
    if (*q) qpdf_cleanup(q);
}

static void shut(Source *s)
{
    pdf_close(&s->q);
    *s = (Source){ 0 };
}

static bool open_part(Binder *w, BindPart *p, Source *s)
{
    const char *path = str_c(&w->keep, p->source);
    switch (p->kind) {
    case BIND_DOC:     return open_doc(w, s, p->source);
    case BIND_PDF:     return open_file(s, path);
    case BIND_PICTURE: return open_picture(w, s, path);
    }
    return false;
}

/* What cannot be read is told of on a page in its place. */
static bool open_or_tell(Binder *w, size_t i)
{
    BindPart *p = &w->b->part[i];
    if (open_part(w, p, &w->source[i])) return true;
    shut(&w->source[i]);
    p->missing = true;
    w->b->missing++;
    return p->why.n > 0 && open_doc(w, &w->source[i], p->why);
}

/* First pages by what the parts have now; false if one was another before. */
static bool count(Binder *w)
{
    bool same = true;
    w->number = 0;
    for (size_t i = 0; i < w->b->n; i++) {
        BindPart *p = &w->b->part[i];
        int64_t first = p->counted ? w->number + 1 : 0;
        p->pages = (int64_t)w->source[i].pages;
        if (p->counted) w->number += p->pages;
        same = same && first == p->first;
        p->first = first;
    }
    return same;
}

static bool mentions_pages(const BindPart *p)
{
    return p->kind == BIND_DOC && (str_has(p->source, S("{p")));
}

/* Documents that name pages are made again until the numbers stand. */
static bool open_all(Binder *w)
{
    for (size_t i = 0; i < w->b->n; i++) {
        if (!open_or_tell(w, i)) return false;
        if (w->b->progress) w->b->progress(i + 1, 2 * w->b->n);
    }
    for (int round = 0; !count(w) && round < ROUNDS; round++) {
        for (size_t i = 0; i < w->b->n; i++) {
            if (!mentions_pages(&w->b->part[i])) continue;
            shut(&w->source[i]);
            if (!open_doc(w, &w->source[i], w->b->part[i].source)) return false;
        }
    }
    return true;
}

/* ---- pages ----------------------------------------------------------------------------- */

static void set_text(qpdf_data q, qpdf_oh dict, const char *key, const char *value)
{
    qpdf_oh_replace_key(q, dict, key, qpdf_oh_parse(q, value));
}

static qpdf_oh stream_of(qpdf_data q, const char *text)
{
    qpdf_oh stream = qpdf_oh_new_stream(q);
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)text, strlen(text), qpdf_oh_new_null(q),
                                qpdf_oh_new_null(q));
    return stream;
}

/* The page's own box, in whole points. */
static void box_of(qpdf_data q, qpdf_oh page, int box[static 4])
{
    const char *key = qpdf_oh_has_key(q, page, "/CropBox") ? "/CropBox" : "/MediaBox";
    qpdf_oh list = qpdf_oh_get_key(q, page, key);
    const int a4[4] = { 0, 0, 595, 842 };
    bool good = qpdf_oh_is_array(q, list) && qpdf_oh_get_array_n_items(q, list) == 4;
    for (int i = 0; i < 4; i++) {
        box[i] = good ? (int)qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, list, i)) : a4[i];
    }
}

/* The upper right corner as it is seen: which way text runs there, and from where. */
static void corner(const int box[static 4], int turn, int m[static 6])
{
    const int rows[4][6] = {
        { 1, 0, 0, 1, box[2] - RIGHT, box[3] - DOWN },
        { 0, 1, -1, 0, box[0] + DOWN, box[3] - RIGHT },
        { -1, 0, 0, -1, box[0] + RIGHT, box[1] + DOWN },
        { 0, -1, 1, 0, box[2] - DOWN, box[1] + RIGHT },
    };
    memcpy(m, rows[turn], sizeof rows[turn]);
}

static int turn_of(qpdf_data q, qpdf_oh page)
{
    qpdf_oh rotate = qpdf_oh_get_key(q, page, "/Rotate");
    int degrees = qpdf_oh_is_integer(q, rotate) ? qpdf_oh_get_int_value_as_int(q, rotate) : 0;
    return (degrees % 360 + 360) % 360 / 90;
}

/* On a white ground, for a scan may be dark. */
static void stamp(Binder *w, qpdf_oh page)
{
    char text[240];
    int box[4], m[6];
    qpdf_data q = w->q;
    box_of(q, page, box);
    corner(box, turn_of(q, page), m);
    (void)snprintf(text, sizeof text,
                   "\nQ\nq %d %d %d %d %d %d cm 1 g -3 -4 48 18 re f 0 g BT /TjVolume 12 Tf 0 0 Td (%lld) Tj"
                   " ET Q\n", m[0], m[1], m[2], m[3], m[4], m[5], (long long)w->number);
    qpdf_oh old = qpdf_oh_get_key(q, page, "/Contents"), list = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, list, stream_of(q, "q\n"));
    if (qpdf_oh_is_array(q, old)) {
        int n = qpdf_oh_get_array_n_items(q, old);
        for (int i = 0; i < n; i++) qpdf_oh_append_item(q, list, qpdf_oh_get_array_item(q, old, i));
    } else if (qpdf_oh_is_stream(q, old)) {
        qpdf_oh_append_item(q, list, old);
    }
    qpdf_oh_append_item(q, list, stream_of(q, text));
    qpdf_oh_replace_key(q, page, "/Contents", list);
    qpdf_oh resources = qpdf_oh_get_key(q, page, "/Resources");
    if (!qpdf_oh_is_dictionary(q, resources)) {
        qpdf_oh_replace_key(q, page, "/Resources", qpdf_oh_new_dictionary(q));
        resources = qpdf_oh_get_key(q, page, "/Resources");
    }
    if (!qpdf_oh_is_dictionary(q, qpdf_oh_get_key(q, resources, "/Font"))) {
        qpdf_oh_replace_key(q, resources, "/Font", qpdf_oh_new_dictionary(q));
    }
    qpdf_oh_replace_key(q, qpdf_oh_get_key(q, resources, "/Font"), "/TjVolume", w->font);
}

void page_disarm(qpdf_data q, qpdf_oh page)
{
    qpdf_oh notes = qpdf_oh_get_key(q, page, "/Annots");
    qpdf_oh_remove_key(q, page, "/AA");
    int n = qpdf_oh_is_array(q, notes) ? qpdf_oh_get_array_n_items(q, notes) : 0;
    for (int i = 0; i < n; i++) {
        qpdf_oh note = qpdf_oh_get_array_item(q, notes, i);
        if (!qpdf_oh_is_dictionary(q, note)) continue;
        qpdf_oh_remove_key(q, note, "/A");
        qpdf_oh_remove_key(q, note, "/AA");
        qpdf_oh_remove_key(q, note, "/PA");
    }
}

static bool add_pages(Binder *w, size_t i)
{
    Source *s = &w->source[i];
    const BindPart *p = &w->b->part[i];
    for (size_t k = 0; k < s->pages; k++) {
        qpdf_oh from = qpdf_get_page_n(s->q, k);
        page_disarm(s->q, from);
        if (qpdf_add_page(w->q, s->q, from, QPDF_FALSE) & QPDF_ERRORS) return false;
        qpdf_oh page = qpdf_get_page_n(w->q, (size_t)w->pages);
        w->pages++;
        if (!p->counted) continue;
        w->number++;
        stamp(w, page);
    }
    return true;
}

static bool add_all(Binder *w)
{
    w->number = 0;
    for (size_t i = 0; i < w->b->n; i++) {
        if (!add_pages(w, i)) return false;
        if (w->b->progress) w->b->progress(w->b->n + i + 1, 2 * w->b->n);
    }
    return true;
}

/* ---- bookmarks ------------------------------------------------------------------------- */

/* The marks of one level below `parent`, in a row. */
typedef struct Row {
    qpdf_oh parent, last;
    int     n;
} Row;

static qpdf_oh mark(Binder *w, Row *row, Str label, int64_t page)
{
    qpdf_data q = w->q;
    qpdf_oh item = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q)), to = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, to, qpdf_get_page_n(q, (size_t)page));
    qpdf_oh_append_item(q, to, qpdf_oh_new_name(q, "/Fit"));
    qpdf_oh_replace_key(q, item, "/Title", qpdf_oh_new_binary_unicode_string(q, label.s, label.n));
    qpdf_oh_replace_key(q, item, "/Parent", row->parent);
    qpdf_oh_replace_key(q, item, "/Dest", to);
    if (row->n) {
        qpdf_oh_replace_key(q, item, "/Prev", row->last);
        qpdf_oh_replace_key(q, row->last, "/Next", item);
    } else {
        qpdf_oh_replace_key(q, row->parent, "/First", item);
    }
    qpdf_oh_replace_key(q, row->parent, "/Last", item);
    row->last = item;
    row->n++;
    return item;
}

/* Closed: those below are shown when asked for. */
static void end_row(Binder *w, const Row *row)
{
    if (row->n) qpdf_oh_replace_key(w->q, row->parent, "/Count", qpdf_oh_new_integer(w->q, -row->n));
}

static void add_marks(Binder *w)
{
    qpdf_data q = w->q;
    Row top = { .parent = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q)) }, below = { 0 };
    int64_t page = 0;
    for (size_t i = 0; i < w->b->n; i++) {
        const BindPart *p = &w->b->part[i];
        if (p->level == 0) {
            end_row(w, &below);
            below = (Row){ .parent = mark(w, &top, p->label, page) };
        } else if (p->level > 0 && top.n) {
            (void)mark(w, &below, p->label, page);
        }
        page += p->pages;
    }
    end_row(w, &below);
    if (top.n == 0) return;
    qpdf_oh_replace_key(q, top.parent, "/Count", qpdf_oh_new_integer(q, top.n));
    qpdf_oh_replace_key(q, qpdf_get_root(q), "/Outlines", top.parent);
    set_text(q, qpdf_get_root(q), "/PageMode", "/UseOutlines");
}

/* ---- the whole ------------------------------------------------------------------------- */

static bool write_volume(Binder *w, const char *path)
{
    qpdf_data q = w->q;
    qpdf_oh info = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh_replace_key(q, info, "/Title", qpdf_oh_new_unicode_string(q, str_c(&w->keep, w->b->title)));
    qpdf_oh_replace_key(q, info, "/Producer", qpdf_oh_new_string(q, "tiaojie"));
    qpdf_oh_replace_key(q, qpdf_get_trailer(q), "/Info", info);
    if (qpdf_init_write(q, path) & QPDF_ERRORS) return false;
    qpdf_set_object_stream_mode(q, qpdf_o_disable); /* a classic table: it may be signed */
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    return (qpdf_write(q) & QPDF_ERRORS) == 0;
}

static bool make(Binder *w, const char *path)
{
    w->b->why = "a document cannot be laid out";
    if (!open_all(w)) return false;
    w->b->why = "the pages cannot be put together";
    if (qpdf_empty_pdf(w->q) & QPDF_ERRORS) return false;
    w->font = qpdf_make_indirect_object(w->q, qpdf_oh_parse(w->q,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"));
    if (!add_all(w)) return false;
    add_marks(w);
    w->b->pages = w->pages;
    w->b->why = "cannot be written";
    return write_volume(w, path);
}

bool bind_make(Bind *b, const char *path)
{
    Block block = block_open(MEMORY), scratch = block_open(SCRATCH);
    Binder w = { .b = b, .keep = block_arena(&block), .mem = block_arena(&scratch), .q = pdf_new() };
    w.source = NEW(&w.keep, Source, b->n ? b->n : 1);
    bool good = b->n > 0 && make(&w, path);
    for (size_t i = 0; i < b->n; i++) shut(&w.source[i]);
    pdf_close(&w.q);
    block_close(&block);
    block_close(&scratch);
    return good;
}
