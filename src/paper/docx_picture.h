/* Pictures in a DOCX: what is drawn, and the files of it. */
#ifndef DOCX_PICTURE_H
#define DOCX_PICTURE_H

#include "paper/zip_out.h"

enum { DOCX_PICTURES = 24 };

/* PNG files from which the document draws, in the order of their relationships. */
typedef struct Media {
    Arena *mem;
    struct Still { Str path, bytes; int width, height; } still[DOCX_PICTURES];
    size_t n;
} Media;

/* Its number from 1; 0: it is no PNG, or there are too many. */
size_t media_take(Media *m, Str path);
/* In the line, so many tenths of a millimetre wide and high at most. */
void put_still(Out *o, const Media *m, size_t which, int width, int height);
/* Over the text: its middle, tenths of a millimetre from the margin and from the paragraph. */
typedef struct Spot { int x, y, side; } Spot;
void put_over(Out *o, const Media *m, size_t which, const Spot *at);
/* Relationships, after the first; and entries of the ZIP. */
void put_relations(Out *o, const Media *m);
size_t media_entries(const Media *m, ZipEntry *entry);

#endif
