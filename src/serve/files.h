/*
** The built web faces: read into memory at start, so that serving one is a
** look-up and no path of a request ever reaches the file system.  A file may
** have compressed twins beside it, "x.js.br" and "x.js.gz".
*/
#ifndef FILES_H
#define FILES_H

#include "base/base.h"

typedef struct File {
    Str         path;   /* "/assets/x.js" */
    const char *type;
    Str         body, br, gz; /* {NULL,0}: no such twin */
    Str         tag;    /* of the content, quoted: for ETag */
    bool        hashed; /* its name changes with its content: it may be kept for ever */
} File;

typedef struct Files Files;

/* NULL `folder`: one page of our own.  NULL, said why on stderr, if the folder
** cannot be read or holds too much. */
Files *files_open(const char *folder);
void   files_close(Files *f);

/* The file at this path; for a page of an application, which has no file of
** its own, the nearest index.html above it.  NULL if there is neither. */
const File *files_find(const Files *f, Str path);

/* The smallest form that this Accept-Encoding admits; *coding is "" if plain. */
Str files_pick(const File *file, Str accepted, Str *coding);

#endif
