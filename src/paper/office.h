/*
** A DOCX as a PDF, by LibreOffice where it is installed: for what an office wrote
** itself, which our own layout does not know.  It runs as a program of its own with
** limits of time and memory, a profile of its own, and nothing of it is left.
*/
#ifndef OFFICE_H
#define OFFICE_H

#include "base/base.h"

bool office_able(void);

/* The bytes in `mem`, {NULL,0} if it cannot or takes too long.  `program`: this one's
** path; `folder`: does not exist yet, and does not exist afterwards. */
typedef struct OfficePdf { Str bytes; int64_t pages; } OfficePdf;
bool office_pdf(Arena *mem, const char *program, const char *folder, Str docx, OfficePdf *out);

/* What that program does: it becomes LibreOffice.  Returns only if it cannot. */
int office_serve(const char *folder);

#endif
