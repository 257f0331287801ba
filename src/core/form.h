/*
** A Form describes one C struct: the same rows read its JSON, check it, bind
** it to SQL, fetch it back, print it, and describe its screen and its API.
** One name serves as JSON key, SQL column and :parameter.
*/
#ifndef FORM_H
#define FORM_H

#include "core/field.h"

/* Appends an empty row of that size; `cap` begins as 0 and is rows_push's own. */
void *rows_push(Arena *a, Rows *rows, size_t *cap, size_t size);

const Field *form_find(const Form *f, Str name);
bool code_find(const Codes *codes, Str word, const Code **found);
bool field_is_set(const Field *fd, const void *row); /* not 0, "" or none */

/* Reads c's JSON body into *row, child rows too.  Reports every bad field in
** c->fault, not the first. */
bool form_read(struct Ctx *c, const Form *f, void *row);
/* The same from c's query string: what a list is asked for. */
bool form_read_query(struct Ctx *c, const Form *f, void *row);

Str  url_decode(Arena *a, Str text); /* %41 and + */

/* What others see of a text with this mask. */
void text_masked(Out *o, Mask mask, Str s);
/* Appends *row as one JSON object; masked unless c->reveal. */
void form_write(struct Ctx *c, const Form *f, const void *row);

/* Appends the Form itself: names, kinds, labels, limits, codes; for screens. */
void form_describe(Out *o, const Form *f);
/* Appends the Form as a JSON schema, for OpenAPI; `input`: as a body. */
void form_schema(Out *o, const Form *f, bool input);
/* The same of one field that a query string asks for: what is left empty is not asked. */
void field_query_schema(Out *o, const Field *fd);

#endif
