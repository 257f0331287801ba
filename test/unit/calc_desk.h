/* The calculators with the project's own data, asked in JSON. */
#ifndef CALC_DESK_H
#define CALC_DESK_H

#include "law/calculator.h"
#include "law/law.h"
#include "law/remedy.h"
#include "test.h"

/* Opened once for all suites that compute. */
const CalcData *desk_data(void);
const Law      *desk_law(void);
Arena          *desk_mem(void); /* what one test makes; forgotten at the next desk_new */
void            desk_new(void);

/* Computes; the result lives until the next desk_new.  Errors of reading are
** errors of the result. */
const CalcResult *desk_run(const char *code, const char *json);
/* The sum, or -1 if the input was refused. */
int64_t desk_sum(const char *code, const char *json);
Str     desk_value(const CalcResult *r, const char *name);
/* Is the field among the errors, with this code? */
bool    desk_error(const CalcResult *r, const char *field, const char *code);

typedef struct Case {
    const char *code, *json;
    int64_t     fen; /* -1: refused */
} Case;

void desk_cases(const Case *cases, size_t n);

#endif
