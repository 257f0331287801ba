/*
** A Form describes one C struct: the same rows read its JSON, check it, bind
** it to SQL, fetch it back, print it, and describe its screen and its API.
** One name serves as JSON key, SQL column and :parameter.
*/
#ifndef FORM_H
#define FORM_H

#include "base/base.h"
#include "core/fault.h"

struct Ctx;

typedef enum Kind {
    KIND_INT, KIND_BOOL, KIND_TEXT, KIND_DATE, KIND_TIME, KIND_MONEY, KIND_ID, KIND_LIST
} Kind;

/* Field.rule bits. */
enum {
    REQUIRED   = 1,
    SERVER_SET = 2,  /* never read from a body; written in answers */
    HIDDEN     = 4,  /* neither read nor written: a column for us alone */
    SEALED     = 8,  /* KIND_TEXT: encrypted in its column */
    PROSE      = 16, /* KIND_TEXT: may have line breaks */
    MANY       = 32, /* KIND_TEXT with codes: a JSON array, stored as words with spaces */
    NOT_FUTURE = 64, /* KIND_DATE, KIND_TIME */
};

/* How much of a value is shown to those who may not see it whole (PIPL 6, 28). */
typedef enum Mask { MASK_NONE, MASK_NAME, MASK_ID_NO, MASK_PHONE, MASK_ALL } Mask;

typedef struct Code {
    const char *word, *zh, *en;
} Code;

/* A closed list: its own rows, or those of the reference data. */
typedef struct Codes {
    const char *name;
    const Code *row;
    size_t      n;
    bool      (*known)(const struct Ctx *c, Str word); /* instead of rows */
} Codes;

typedef struct Form Form;

typedef struct Field {
    const char *name;
    const char *label;  /* what the person filling it in reads */
    const char *en;
    const char *help;   /* Chinese, for the screen; NULL: none */
    Kind        kind;
    size_t      at;     /* offset in the struct */
    unsigned    rule;
    int64_t     min;    /* INT, MONEY: value; TEXT: characters; LIST: rows */
    int64_t     max;    /* 0: no limit for INT and MONEY, 200 for TEXT */
    Mask        mask;
    const Codes *codes; /* KIND_TEXT */
    const Form  *child; /* KIND_LIST */
    Fault     (*check)(const struct Ctx *c, Str text); /* KIND_TEXT, if not "" */
} Field;

struct Form {
    const char  *name;
    size_t       size; /* of the struct */
    const Field *field;
    size_t       n;
};

/* The rows of a child form, or of a list: n structs of its Form's size. */
typedef struct Rows {
    void  *at;
    size_t n;
} Rows;

/* Appends an empty row of that size; `cap` begins as 0 and is rows_push's own. */
void *rows_push(Arena *a, Rows *rows, size_t *cap, size_t size);

/* The member's C type picks the kind, so the two cannot disagree. */
#define KIND_OF(x)                                                                      \
    _Generic((x), int64_t: KIND_INT, bool: KIND_BOOL, Str: KIND_TEXT, Date: KIND_DATE,  \
             Time: KIND_TIME, Money: KIND_MONEY, Id: KIND_ID, Rows: KIND_LIST)
#define FIELD(T, m, ...) \
    { .name = #m, .kind = KIND_OF(((T *)0)->m), .at = offsetof(T, m), __VA_ARGS__ }
#define FORM(T, fields) { .name = #T, .size = sizeof(T), .field = (fields), .n = COUNT(fields) }

const Field *form_find(const Form *f, Str name);
bool code_find(const Codes *codes, Str word, const Code **found);
bool field_is_set(const Field *fd, const void *row); /* not 0, "" or none */

/* Reads c's JSON body into *row, child rows too.  Reports every bad field in
** c->fault, not the first. */
bool form_read(struct Ctx *c, const Form *f, void *row);
/* The same from c's query string: what a list is asked for. */
bool form_read_query(struct Ctx *c, const Form *f, void *row);

Str  url_decode(Arena *a, Str text); /* %41 and + */

/* Appends *row as one JSON object; masked unless c->reveal. */
void form_write(struct Ctx *c, const Form *f, const void *row);

/* Appends the Form itself: names, kinds, labels, limits, codes; for screens. */
void form_describe(Out *o, const Form *f);
/* Appends the Form as a JSON schema, for OpenAPI; `input`: as a body. */
void form_schema(Out *o, const Form *f, bool input);

#endif
