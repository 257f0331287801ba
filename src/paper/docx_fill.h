/*
** A customer's own DOCX with ${source.field} in it.  Word splits a text into runs
** as it likes, so the runs of a paragraph are joined before the fields are looked
** for.  A table's row with ${each source} is repeated for each of its rows.
*/
#ifndef DOCX_FILL_H
#define DOCX_FILL_H

#include "paper/template.h"

/* Why a file cannot be a template; NULL: it can.  No macros, no DTD, not larger
** unpacked than is sensible. */
const char *docx_refuses(Arena *mem, Str bytes);

/* The file filled, in c->mem; what is missing is in f->lack.  Fails c if it is no
** DOCX or does not fit. */
bool docx_fill(Ctx *c, Str bytes, const Facts *facts, Filled *f, Str *filled);

/* What of it has ${} in it, a line for each paragraph; "@each source" before those of
** a row that is repeated, "@end" behind them.  In c->mem. */
bool docx_texts(Ctx *c, Str bytes, Str *text);

#endif
