/* Rows of the record as a document: what was entered on a screen, on paper. */
#ifndef VOLUME_SHEET_H
#define VOLUME_SHEET_H

#include "core/ctx.h"
#include "paper/doc.h"

/* The beginning of every sheet. */
void sheet_begin(Out *o, Str style, Str title, Str number);
/* A row as a table of names and values; what is empty is left out. */
void sheet_record(Ctx *c, Out *o, const Form *f, const void *row);
void sheet_records(Ctx *c, Out *o, const Form *f, Rows rows);
/* Two columns by hand: begin with sheet_pairs(). */
void sheet_pairs(Out *o);
void sheet_pair(Out *o, Str name, Str value);

#endif
