/* The files of an import, in imports/ of the data folder. */
#ifndef IMPORT_FILE_H
#define IMPORT_FILE_H

#include "case/8-import/import.h"

Str  import_path(Ctx *c, Str name, const char *ending);
Str  batch_path(Ctx *c, Id id, const char *ending);
bool import_folder(Ctx *c);

/* What a check found: a line each, appended. */
typedef struct Said { FILE *file; int64_t at; } Said;
bool said_open(Ctx *c, const Batch *b, Said *s);
void said_add(Said *s, int64_t line, char kind, Str text);
bool said_close(Said *s);
/* The next one of the file; false at its end.  `text` lives in `buf`. */
typedef struct SaidLine { int64_t line; char kind; Str text; } SaidLine;
bool said_next(FILE *f, char *buf, size_t cap, SaidLine *line);

/* Keys seen in the file: the line of the first one like this, or 0 and it is noted. */
typedef struct Seen { int fd; uint64_t slots; } Seen;
bool    seen_open(Ctx *c, const Batch *b, bool fresh, Seen *s);
int64_t seen_line(Seen *s, Str key, int64_t line);
void    seen_close(Seen *s);

#endif
