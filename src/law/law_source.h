/*
** Where the tables of the law come from: the data folder as shipped, or what an
** administrator imported.
*/
#ifndef LAW_SOURCE_H
#define LAW_SOURCE_H

#include "base/base.h"

/* A table as it was read: its text lies in the law's memory. */
typedef struct LawFile {
    const char *name;    /* "params.csv" */
    Str         text;
    int64_t     version; /* 0: as shipped */
    uint32_t    digest;  /* of the text */
} LawFile;

/* Where the file `name` of the data folder is; false if it cannot be named. */
typedef bool (*LawPath)(const char *name, char *path, size_t cap);
/* A table's text, in the arena; `good` false if there is none. */
typedef struct LawText {
    Str     text;
    int64_t version;
    bool    good;
} LawText;
typedef struct LawSource {
    LawText (*read)(void *from, Arena *mem, const char *name);
    void     *from;
} LawSource;

LawText law_file_text(LawPath path, Arena *mem, const char *name); /* a table as shipped */

#endif
