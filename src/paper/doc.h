/*
** A document before it has a format: lines of text, each a block of one kind.
** The form and the case are forgotten here; PDF and DOCX are made from the same
** lines.  A line is the kind's letter, a blank, and its text; cells stand between
** tabs; U+2028 breaks a line inside a block.  So it can be sent to another
** process as it is, and two equal texts make two equal files.
*/
#ifndef DOC_H
#define DOC_H

#include "base/base.h"

#define DOC_KINDS(X)                                                                                  \
    X(INFO,    'I') /* name\tvalue: see DocInfo */                                                    \
    X(MARK,    'M') /* 发文机关标志: the office's name in red above the red rule */                     \
    X(TITLE,   'T') /* centred, may be broken by U+2028 */                                            \
    X(NUMBER,  'N') /* under the title, centred; under a mark, above the rule */                      \
    X(HEAD,    'H') /* a heading of the text; stays with what follows */                              \
    X(PARA,    'P') /* first line indented by two characters */                                       \
    X(FLUSH,   'F') /* not indented: 主送, the parties */                                             \
    X(CENTRE,  'C')                                                                                   \
    X(RIGHT,   'R') /* ends four characters before the margin: signature and date of a letter */      \
    X(NOTE,    'K') /* small: the law it rests on */                                                  \
    X(WIDTHS,  'W') /* of a table's columns, parts of a hundred, l c r behind each: "20c\t50\t30r" */ \
    X(HROW,    'A') /* a head row: repeated where the table goes over to the next page */             \
    X(ROW,     'B') /* kept whole */                                                                  \
    X(SIGN,    'S') /* left\tright: two columns of a signature block */                               \
    X(GROUP,   'G') /* what follows stays on one page until … */                                      \
    X(END,     'E') /* … here */                                                                      \
    X(SPACE,   'V') /* so many tenths of a line */                                                    \
    X(RULE,    'L')                                                                                   \
    X(PAGE,    'X') /* what follows begins a page */                                                  \
    X(SEAL,    'Z') /* where the organisation's seal goes: over the line above */                     \
    X(PICTURE, 'J') /* path of a PNG\twidth in mm */                                                  \
    X(HANDS,   'D') /* path\tpath\twidth in mm: names drawn below the columns of a SIGN line */

#define AS_DOC(name, letter) DOC_##name = (letter),
typedef enum DocKind { DOC_KINDS(AS_DOC) DOC__NONE = 0 } DocKind;
#undef AS_DOC

enum { DOC_CELLS = 12, DOC_LINES = 20000, DOC_MAX = 1 << 20 };

/* I lines.  Without a code there is no QR. */
typedef struct DocInfo {
    Str  style;      /* letter (GB/T 9704), deed, form, envelope */
    Str  title, author, number;
    Str  date;       /* 2026-05-01T09:30:00+08:00: of the file; so its bytes are always the same */
    Str  code, url;  /* what the QR says; the page a person types */
    Str  seal;       /* path of the picture of the organisation's seal; "": none is drawn */
    Str  draft;      /* stands large across each page; "": it is no draft */
    Str  lang;       /* en: the foot speaks English, as the page does */
} DocInfo;

typedef struct DocLine {
    DocKind kind;
    Str     text;
    Str     cell[DOC_CELLS]; /* of rows, widths, signatures */
    size_t  cells;
} DocLine;

typedef struct Doc {
    DocInfo  info;
    DocLine *line;
    size_t   n;
} Doc;

/* Appends a line.  Tabs and other control characters in `text` become blanks,
** line breaks U+2028. */
void doc_line(Out *o, DocKind kind, Str text);
void doc_row(Out *o, DocKind kind, const Str *cell, size_t n);
void doc_info(Out *o, const char *name, Str value);

/* What stands around the number of a page and before the code, in the page's language. */
typedef struct FootWords { Str before, between, after, code; } FootWords;
FootWords foot_words(const DocInfo *info, bool letter);

/* False if it is no document: an unknown kind, too many lines or cells. */
bool doc_read(Arena *mem, Str source, Doc *doc);

#endif
