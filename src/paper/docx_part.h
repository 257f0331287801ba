/* What the parts of a DOCX are written with: its text, its feet. */
#ifndef DOCX_PART_H
#define DOCX_PART_H

#include "paper/layout.h"

#define LIT(o, text) out_str((o), S(text))
#define NAMESPACES                                                                                   \
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""                      \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""               \
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""           \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""                             \
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATIONSHIPS \
    XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

typedef struct Run {
    Family family;
    int    size; /* tenths of a point */
    bool   red;
} Run;

/* One attribute: ` name="value"`. */
void put_number(Out *o, const char *name, int64_t v);
void open_run(Out *o, const Run *r);
/* U+2028 begins a line. */
void put_run(Out *o, const Run *r, Str text);

/* The foot of a page, in a letter of one on the left or of one on the right; empty: there was no room. */
Str docx_foot(Arena *mem, const Doc *doc, bool even);
/* What its QR shows, a PNG; empty without an address. */
Str docx_qr(Arena *mem, Str text);

#endif
