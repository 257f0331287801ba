/*
** A calculator's input: JSON to Facts, with every bad field named at once.
*/
#ifndef CALC_READ_H
#define CALC_READ_H

#include "law/calculator.h"
#include "law/region.h"

#include <jansson.h>

enum { READ_ERRORS = 64, READ_MAX = 1 << 20 };

/* code: unknown, type, range, required, not_code; field may be "hours[2].date". */
typedef struct ReadError {
    Str         field;
    const char *code;
    Str         message;
} ReadError;

typedef struct Reading {
    Arena    *mem;
    bool      english;
    const Places *places; /* a region must be one of them; NULL: is not looked up */
    ReadError error[READ_ERRORS];
    size_t    errors;
} Reading;

void read_error(Reading *r, Str field, const char *code, Str message);

/* "hours[2].date": a key that nobody knows is shown by its beginning. */
typedef struct ReadName {
    char text[160];
} ReadName;
Str  read_name(ReadName *n, const char *list, size_t row, const char *column);

/* One value of a kind; false, and an error, if it is none. */
bool read_value(Reading *r, const CalcField *field, Str name, const json_t *value, int64_t *v);
void read_unknown(Reading *r, const char *key);
/* The message of a code in the language of the reading. */
Str  read_message(const Reading *r, const char *code);

/* The object of a text; NULL, and an error, if it is none. */
json_t *read_object(Reading *r, Str text);

void read_facts(Reading *r, const Calc *calc, json_t *object, Facts *facts);

/* {"error":"invalid","errors":[…]} */
void write_errors(Out *o, const ReadError *error, size_t n);

#endif
