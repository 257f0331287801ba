/*
** How alike two texts are: what share of their runs of five characters they have in
** common (Jaccard), told by 64 least hashes each.  Blanks, punctuation, digits and
** given names do not count, so that another date, sum or party does not hide a copy.
** For padded files (套取补助): a signature is small, and two that are alike share a
** band, by which they are found.  Pure.
*/
#ifndef SHINGLE_H
#define SHINGLE_H

#include "base/base.h"

enum { SHINGLE_HASHES = 64, SHINGLE_BANDS = 16, SHINGLE_LEAST = 40, SHINGLE_HEX = SHINGLE_HASHES * 8 };

typedef struct Shingles {
    uint32_t least[SHINGLE_HASHES];
    size_t   n; /* runs seen; fewer than SHINGLE_LEAST say nothing */
} Shingles;

/* `drop`: names that are left out wherever they stand. */
void shingles_of(Str text, const Str *drop, size_t drops, Shingles *s);
/* 0 to 100; 0 if either says nothing. */
int64_t shingles_alike(const Shingles *a, const Shingles *b);

void shingles_write(Out *o, const Shingles *s);          /* SHINGLE_HEX characters */
bool shingles_read(Str hex, Shingles *s);                /* n becomes SHINGLE_LEAST */
void shingles_band(Out *o, const Shingles *s, size_t i); /* "07" and 16 characters */

#endif
