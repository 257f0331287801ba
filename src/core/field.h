/*
** The rows of a Form: what one member of a struct is called, may hold, and how
** it is shown.
*/
#ifndef FIELD_H
#define FIELD_H

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
    LATER      = 128, /* came after seals were taken: while empty it is no part of the canonical text */
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
    const char *help, *help_en; /* what else there is to know, for the screen; NULL: nothing */
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

/* The member's C type picks the kind, so the two cannot disagree. */
#define KIND_OF(x)                                                                      \
    _Generic((x), int64_t: KIND_INT, bool: KIND_BOOL, Str: KIND_TEXT, Date: KIND_DATE,  \
             Time: KIND_TIME, Money: KIND_MONEY, Id: KIND_ID, Rows: KIND_LIST)
#define FIELD(T, m, ...) \
    { .name = #m, .kind = KIND_OF(((T *)0)->m), .at = offsetof(T, m), __VA_ARGS__ }
#define FORM(T, fields) { .name = #T, .size = sizeof(T), .field = (fields), .n = COUNT(fields) }

#endif
