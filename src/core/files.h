/*
** Stored files: named by the SHA-256 of their bytes, under files/ of the data
** folder, never in the database.  The same bytes are stored once.  What a file
** is, is read from its bytes; its name must agree.
*/
#ifndef FILES_H
#define FILES_H

#include "core/house.h"

typedef struct FileType {
    const char *word;     /* "pdf": also the ending of its name */
    const char *mime;
    const char *endings;  /* names that it may have, with blanks between */
    const char *head;     /* bytes at `at` */
    size_t      head_n, at;
    const char *also;     /* bytes at also_at; NULL: none */
    size_t      also_n, also_at;
} FileType;

/* The type of c's upload; NULL after BAD_TYPE if it is none of those we take,
** or not what `name` says. */
const FileType *file_type(Ctx *c, Str name);
bool file_named(Ctx *c, Str name, const char *endings); /* "csv xlsx"; else BAD_TYPE */
const FileType *file_type_of(Str word); /* NULL if unknown */

/* Moves c's upload to where its digest says.  May be done again: the second
** time finds it there.  FULL or INTERNAL if it cannot be. */
void file_keep(Ctx *c);

bool file_write(const char *path, Str bytes); /* a new file, on disk when it returns */
/* Stores bytes made here; returns their digest.  May be done again, as above. */
Str file_put(Ctx *c, Str bytes);

/* Where the file with this digest is. */
Str file_path(Ctx *c, Str sha256);

bool file_there(Ctx *c, Str sha256);
bool file_size(Ctx *c, Str sha256, int64_t *size); /* false: not there */
bool file_is(Ctx *c, Str sha256, const char *word); /* it is there, and of that FileType by its bytes */
void file_remove(Ctx *c, Str sha256); /* from the store; that it is not there is fine */

/* Files that belong to nothing yet: beside the store, by a number of their own, so that to
** forget one never takes bytes which something else rests on.  files_held.c */
void file_hold(Ctx *c, Id id);              /* c's upload; FULL or INTERNAL if it cannot be */
Str  file_held(Ctx *c, Id id);              /* where it is; "" if it is not there */
void file_adopt(Ctx *c, Id id, Str sha256); /* stored from now on; may be done again */
void file_let_go(Ctx *c, Id id);            /* that it is not there is fine */
/* Those older than a day which nothing knows of any more. */
void files_held_sweep(Ctx *c, bool (*known)(Ctx *c, Id id));

#endif
