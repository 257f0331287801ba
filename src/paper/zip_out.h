/* A ZIP in memory whose bytes depend on its entries alone. */
#ifndef ZIP_OUT_H
#define ZIP_OUT_H

#include "base/base.h"

typedef struct ZipEntry {
    const char *name;
    Str         bytes;
} ZipEntry;

/* In the arena; false if libzip cannot, or it does not fit. */
bool zip_make(Arena *mem, const ZipEntry *entry, size_t n, Str *zip);

#endif
