/* One field of one struct: what form*.c share. */
#ifndef FORM_VALUE_H
#define FORM_VALUE_H

#include "core/ctx.h"

/* Is the value what its Field allows?  REQUIRED is asked of text only. */
Fault field_check(const Ctx *c, const Field *fd, const void *row);

/* Sets the value from plain text; the row keeps a view of it. */
Fault field_parse(const Field *fd, Str text, void *row);

#endif
