/*
** Rows as text that is always the same for the same content: what a signature
** or a seal is taken over.
*/
#ifndef CASE_CANON_H
#define CASE_CANON_H

#include "case/case.h"

/* One row as JSON, every value whole, in the order of the Form; in c->mem. */
Str canon_row(Ctx *c, const Form *f, const void *row);

/* A list as one row a line, appended. */
void canon_rows(Ctx *c, Out *o, const Form *f, Rows rows);

/* An Out that grows in c's arena: room for `cap` bytes. */
Out canon_out(Ctx *c, size_t cap);

/* Rows of a case that a seal is taken over: each step says which are its own. */
typedef struct Sealed {
    const Form *form;
    Rows      (*rows)(Ctx *c, Id case_id);
} Sealed;

/* WRONG_STATE once it is archived: what was sealed is changed only after it was reopened. */
bool case_unsealed(Ctx *c, const Case *k);

/* Field.check: a SHA-256 as 64 lower-case hex characters, the name of a stored file. */
Fault check_sha256(const Ctx *c, Str text);

bool has_id(Str ids, Id id); /* is it one of these words? */

#endif
