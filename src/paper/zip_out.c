#include "paper/zip_out.h"

#include <zip.h>

enum { DATE_2000 = 0x2821 }; /* 2000-01-01, as DOS writes it: no clock in the bytes */

static bool add_all(zip_t *zip, const ZipEntry *entry, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        zip_source_t *from = zip_source_buffer(zip, entry[i].bytes.s, entry[i].bytes.n, 0);
        zip_int64_t at = from ? zip_file_add(zip, entry[i].name, from, ZIP_FL_ENC_UTF_8) : -1;
        if (at < 0 && from) zip_source_free(from);
        if (at < 0 || zip_file_set_dostime(zip, (zip_uint64_t)at, 0, DATE_2000, 0) != 0) return false;
    }
    return true;
}

static bool read_back(Arena *mem, zip_source_t *source, Str *zip)
{
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return false;
    bool good = stat.size < arena_left(mem);
    char *bytes = good ? NEW(mem, char, stat.size + 1) : NULL;
    good = good && zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size;
    (void)zip_source_close(source);
    *zip = (Str){ bytes, good ? stat.size : 0 };
    return good;
}

bool zip_make(Arena *mem, const ZipEntry *entry, size_t n, Str *zip)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!source) return false;
    zip_source_keep(source); /* zip_close() lets go of one */
    zip_t *file = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    bool good = file && add_all(file, entry, n) && zip_close(file) == 0;
    if (file && !good) zip_discard(file);
    good = good && read_back(mem, source, zip);
    zip_source_free(source);
    return good;
}
