/* The inside of ${…}: parsed, looked up, written. */
#ifndef TEMPLATE_VALUE_H
#define TEMPLATE_VALUE_H

#include "paper/template.h"

enum { LOOPS_MAX = 4 };

/* The row that @each is at. */
typedef struct Loop {
    Str         source;
    const Form *form;
    const void *row;
    int64_t     number;
} Loop;

typedef struct Scope {
    Ctx         *c;
    const Facts *facts;
    Filled      *filled;  /* NULL: nothing is mandatory */
    Loop         loop[LOOPS_MAX];
    size_t       loops;
} Scope;

typedef struct Expression {
    Str  source, field, format, otherwise;
    bool must;
} Expression;

/* Splits off the text up to the next ${…} and that; false: none follows. */
bool expression_next(Str *text, Str *plain, Expression *e);
/* Is the format one that a value of this field may have? */
bool format_known(const Facts *facts, Str format);

/* Appends the text with its values. */
void value_text(Scope *s, Str text, Out *o);
/* The source's rows; inside @each of it the one row. */
Rows value_rows(Scope *s, Str source, const Form **form);
/* What `source.field` is, as a word to compare with. */
Str  value_word(Scope *s, Str name);
bool value_is_set(Scope *s, Str name);

#endif
