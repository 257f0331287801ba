/*
** The incremental update that signs a PDF (ISO 32000-1, 12.8.1): a signature
** dictionary whose /Contents is a gap, an invisible field for it, the catalog
** and the first page again with these two in them, a cross-reference section.
** Then the gap is filled with the CMS over all that is not the gap.
*/
#include "paper/sign.h"

#include <fcntl.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CMS_MAX = 12 * 1024,      /* bytes of a signature with its certificates */
    GAP = 2 * CMS_MAX + 2,    /* in hex, with < and > */
    TAIL = 64,                /* where "startxref N %%EOF" is looked for */
    OBJECTS = 4,              /* the signature, its field, the catalog, the page */
    RANGE_ROOM = 60,          /* of /ByteRange */
};

typedef struct Update {
    qpdf_data q;
    int       fd;
    Out       out;            /* what is appended */
    int64_t   base;           /* bytes before it */
    int64_t   prev, size;     /* of the last cross-reference table; objects */
    int64_t   at[OBJECTS];    /* where each object begins */
    int       number[OBJECTS];
    int64_t   gap, range;     /* in `out` */
} Update;

enum { SIGNATURE, WIDGET, CATALOG, PAGE };

/* ---- reading --------------------------------------------------------------------------- */

/* The number after the last "startxref"; -1 if there is none, or no table stands there. */
static int64_t last_table(int fd, int64_t size)
{
    char tail[TAIL + 1] = "", head[8] = "";
    int64_t from = size > TAIL ? size - TAIL : 0, at = -1;
    ssize_t n = pread(fd, tail, TAIL, from);
    const char *word = n > 0 ? strstr(tail, "startxref") : NULL;
    Str rest = str_of(word ? word + 9 : NULL);
    rest = str_trim(rest);
    if (!str_int(str_trim(str_cut(&rest, '\n')), &at)) return -1;
    bool table = pread(fd, head, 4, at) == 4 && memcmp(head, "xref", 4) == 0;
    return table ? at : -1;
}

static bool read_pdf(Update *u, const char *path, const char **why)
{
    qpdf_set_suppress_warnings(u->q, QPDF_TRUE);
    qpdf_silence_errors(u->q);
    if (qpdf_read(u->q, path, NULL) & QPDF_ERRORS || qpdf_get_num_pages(u->q) < 1) {
        *why = "is no PDF with pages";
        return false;
    }
    qpdf_oh size = qpdf_oh_get_key(u->q, qpdf_get_trailer(u->q), "/Size");
    u->size = qpdf_oh_get_int_value(u->q, size);
    return true;
}

/* ---- writing --------------------------------------------------------------------------- */

static void put(Update *u, const char *text)
{
    out_str(&u->out, str_of(text));
}

static void put_int(Update *u, int64_t v)
{
    out_int(&u->out, v);
}

/* Text as UTF-16 in hex: what PDF reads whatever it says. */
static void put_text(Update *u, const char *key, Str text)
{
    static const char digits[] = "0123456789ABCDEF";
    qpdf_oh string = qpdf_oh_new_binary_unicode_string(u->q, text.s ? text.s : "", text.n);
    size_t n = 0;
    const char *bytes = qpdf_oh_get_binary_string_value(u->q, string, &n);
    if (text.n == 0) return;
    put(u, key);
    put(u, "<");
    for (size_t i = 0; i < n; i++) {
        char hex[3] = { digits[(unsigned char)bytes[i] >> 4], digits[bytes[i] & 15], 0 };
        put(u, hex);
    }
    put(u, ">");
}

/* D:20260508160000+08'00' */
static void put_time(Update *u, Time at)
{
    Civil day = date_civil(time_date(at));
    int minute = time_minute(at);
    char text[40];
    (void)snprintf(text, sizeof text, "/M(D:%04d%02d%02d%02d%02d%02d+08'00')", day.year, day.month, day.day,
                   minute / 60, minute % 60, (int)(at.s % 60));
    put(u, text);
}

static void begin(Update *u, int which)
{
    u->at[which] = u->base + (int64_t)u->out.len;
    put_int(u, u->number[which]);
    put(u, " 0 obj\n");
}

static void put_signature(Update *u, const Signer *s, const SignNote *note)
{
    begin(u, SIGNATURE);
    put(u, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange ");
    u->range = (int64_t)u->out.len;
    for (int i = 0; i < RANGE_ROOM; i++) put(u, " ");
    put(u, "/Contents ");
    u->gap = (int64_t)u->out.len;
    put(u, "<");
    for (int i = 0; i < 2 * CMS_MAX; i++) put(u, "0");
    put(u, ">");
    put_text(u, "/Name", str_of(s->name));
    put_text(u, "/Reason", note->reason);
    put_text(u, "/Location", note->place);
    put_time(u, note->at);
    put(u, ">>\nendobj\n");
}

static void put_widget(Update *u)
{
    begin(u, WIDGET);
    put(u, "<</Type/Annot/Subtype/Widget/FT/Sig/F 132/Rect[0 0 0 0]/T(tiaojie-");
    put_int(u, u->number[WIDGET]);
    put(u, ")/V ");
    put_int(u, u->number[SIGNATURE]);
    put(u, " 0 R/P ");
    put_int(u, u->number[PAGE]);
    put(u, " 0 R>>\nendobj\n");
}

/* The entries of a dictionary but those of two keys. */
static void put_entries(Update *u, qpdf_oh dict, const char *but, const char *nor)
{
    qpdf_oh_begin_dict_key_iter(u->q, dict);
    while (qpdf_oh_dict_more_keys(u->q)) {
        const char *key = qpdf_oh_dict_next_key(u->q);
        qpdf_oh value = qpdf_oh_get_key(u->q, dict, key);
        if (strcmp(key, but) == 0 || strcmp(key, nor) == 0) continue;
        put(u, qpdf_oh_unparse(u->q, qpdf_oh_new_name(u->q, key)));
        put(u, " ");
        put(u, qpdf_oh_unparse(u->q, value));
    }
}

/* The array at `key`, which may be a reference, with our field at its end. */
static void put_list(Update *u, qpdf_oh dict, const char *key)
{
    qpdf_oh old = qpdf_oh_get_key(u->q, dict, key);
    int n = qpdf_oh_is_array(u->q, old) ? qpdf_oh_get_array_n_items(u->q, old) : 0;
    put(u, key);
    put(u, "[");
    for (int i = 0; i < n; i++) {
        put(u, qpdf_oh_unparse(u->q, qpdf_oh_get_array_item(u->q, old, i)));
        put(u, " ");
    }
    put_int(u, u->number[WIDGET]);
    put(u, " 0 R]");
}

static void put_catalog(Update *u)
{
    qpdf_oh root = qpdf_get_root(u->q), form = qpdf_oh_get_key(u->q, root, "/AcroForm");
    bool has = qpdf_oh_is_dictionary(u->q, form);
    if (!has) form = qpdf_oh_new_dictionary(u->q);
    begin(u, CATALOG);
    put(u, "<<");
    put_entries(u, root, "/AcroForm", "");
    put(u, "/AcroForm<<");
    put_entries(u, form, "/Fields", "/SigFlags");
    put_list(u, form, "/Fields");
    put(u, "/SigFlags 3>>>>\nendobj\n");
}

static void put_page(Update *u)
{
    qpdf_oh page = qpdf_get_page_n(u->q, 0);
    begin(u, PAGE);
    put(u, "<<");
    put_entries(u, page, "/Annots", "");
    put_list(u, page, "/Annots");
    put(u, ">>\nendobj\n");
}

static void put_table(Update *u)
{
    char line[48];
    int64_t at = u->base + (int64_t)u->out.len;
    put(u, "xref\n0 1\n0000000000 65535 f \n");
    for (int i = 0; i < OBJECTS; i++) {
        (void)snprintf(line, sizeof line, "%d 1\n%010lld 00000 n \n", u->number[i], (long long)u->at[i]);
        put(u, line);
    }
    qpdf_oh trailer = qpdf_get_trailer(u->q), id = qpdf_oh_get_key(u->q, trailer, "/ID");
    put(u, "trailer\n<</Size ");
    put_int(u, u->size + 2);
    put(u, "/Prev ");
    put_int(u, u->prev);
    put(u, "/Root ");
    put(u, qpdf_oh_unparse(u->q, qpdf_oh_get_key(u->q, trailer, "/Root")));
    if (qpdf_oh_has_key(u->q, trailer, "/Info")) {
        put(u, "/Info ");
        put(u, qpdf_oh_unparse(u->q, qpdf_oh_get_key(u->q, trailer, "/Info")));
    }
    if (qpdf_oh_is_array(u->q, id)) {
        put(u, "/ID ");
        put(u, qpdf_oh_unparse(u->q, id));
    }
    put(u, ">>\nstartxref\n");
    put_int(u, at);
    put(u, "\n%%EOF\n");
}

/* Where the gap is, in the room left for it. */
static void set_range(Update *u, Ranges *r)
{
    char text[RANGE_ROOM + 1];
    int64_t gap = u->base + u->gap;
    r->from[0] = 0;
    r->length[0] = gap;
    r->from[1] = gap + GAP;
    r->length[1] = u->base + (int64_t)u->out.len - r->from[1];
    int n = snprintf(text, sizeof text, "[0 %lld %lld %lld]", (long long)gap, (long long)r->from[1],
                     (long long)r->length[1]);
    BUG_IF(n < 0 || n > RANGE_ROOM);
    memcpy(u->out.buf + u->range, text, (size_t)n);
}

static void make_update(Update *u, const Signer *s, const SignNote *note)
{
    u->number[SIGNATURE] = (int)u->size;
    u->number[WIDGET] = (int)u->size + 1;
    u->number[CATALOG] = qpdf_oh_get_object_id(u->q, qpdf_get_root(u->q));
    u->number[PAGE] = qpdf_oh_get_object_id(u->q, qpdf_get_page_n(u->q, 0));
    put_signature(u, s, note);
    put_widget(u);
    put_catalog(u);
    put_page(u);
    put_table(u);
}

static bool append(const Update *u)
{
    return pwrite(u->fd, u->out.buf, u->out.len, u->base) == (ssize_t)u->out.len;
}

static bool fill_gap(const Update *u, Str der)
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * CMS_MAX];
    for (size_t i = 0; i < der.n; i++) {
        hex[2 * i] = digits[(unsigned char)der.s[i] >> 4];
        hex[2 * i + 1] = digits[der.s[i] & 15];
    }
    return pwrite(u->fd, hex, 2 * der.n, u->base + u->gap + 1) == (ssize_t)(2 * der.n);
}

static SignFate sign_open(Arena *mem, const Signer *s, Update *u, const SignNote *note, Str *why)
{
    enum { ROOM = 1024 * 1024 }; /* a catalog and a page beside the gap */
    Ranges r = { .fd = u->fd };
    Signature said = { 0 };
    u->out = (Out){ .buf = NEW(mem, char, ROOM), .cap = ROOM };
    make_update(u, s, note);
    *why = S("its first page is too large");
    if (u->out.full) return SIGN_REFUSED;
    set_range(u, &r);
    *why = S("cannot be written");
    if (!append(u)) return SIGN_REFUSED;
    s->kind->sign(s, mem, &r, note, &said);
    *why = said.why;
    if (said.fate != SIGN_DONE) return said.fate;
    *why = S("the signature is too long");
    if (said.der.n == 0 || said.der.n > CMS_MAX) return SIGN_REFUSED;
    *why = S("cannot be written");
    return fill_gap(u, said.der) && fsync(u->fd) == 0 ? SIGN_DONE : SIGN_REFUSED;
}

SignFate pdf_sign(Arena *mem, const Signer *s, const char *path, const SignNote *note, Str *why)
{
    Arena scratch = *mem;
    Update u = { .q = qpdf_init(), .fd = open(path, O_RDWR | O_CLOEXEC) };
    struct stat st;
    SignFate fate = SIGN_REFUSED;
    const char *no = "cannot be opened";
    *why = (Str){ 0 };
    if (u.fd < 0 || fstat(u.fd, &st) != 0) goto out;
    u.base = (int64_t)st.st_size;
    u.prev = last_table(u.fd, u.base);
    no = "has no classic cross-reference table";
    if (u.prev < 0 || !read_pdf(&u, path, &no)) goto out;
    no = "its certificate is not valid now"; /* it was when the house was opened, perhaps long ago */
    if (!signer_is_current(s)) goto out;
    no = NULL;
    fate = sign_open(&scratch, s, &u, note, why);
out:
    if (no) *why = str_of(no);
    if (u.fd >= 0) (void)close(u.fd);
    if (qpdf_has_error(u.q)) (void)qpdf_get_error(u.q);
    qpdf_cleanup(&u.q);
    *why = str_copy(mem, *why); /* it may lie where the scratch was */
    return fate;
}
