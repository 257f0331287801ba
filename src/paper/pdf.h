/*
** PDF: A4, the type area of GB/T 9704-2012 (156 mm by 225 mm), page numbers, the
** verification code and its QR on every page.  pango and cairo are global to a
** process, so only the worker (press.h) and single-threaded programs come here.
*/
#ifndef PDF_H
#define PDF_H

#include "paper/doc.h"

/* Families of the text, in the order of preference.  Once a process. */
typedef struct Fonts {
    const char *folder; /* the subset fonts (script/fonts); NULL or without them: the system's */
    const char *own;    /* the customer's own folder: 仿宋_GB2312 …; NULL: none */
} Fonts;

/* False: the subset fonts are not there and the system's are used. */
bool fonts_open(const Fonts *fonts);

typedef struct Pdf {
    Str     bytes;   /* in the arena */
    int64_t pages;
    int64_t seal_page;       /* where the seal goes; 0: nowhere */
    int64_t seal_x, seal_y;  /* its middle, tenths of mm from the upper left */
} Pdf;

/* False if it does not fit into the arena. */
bool pdf_make(Arena *mem, const Doc *doc, Pdf *pdf);

#endif
