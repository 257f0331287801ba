/* Which column of a sheet is what, and the guess of it. */
#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include "case/8-import/import.h"

enum { IMPORT_KEYS = 64 };

typedef struct Mapping {
    int16_t column[IMPORT_KEYS]; /* by the field's place in old_row_form; -1: none */
    char    unit[IMPORT_KEYS];   /* sums in 万元: w; in 千元: q; else 0 */
    Str     name[GRID_COLUMNS];  /* the column names */
    size_t  over[GRID_COLUMNS];  /* bytes of the name that stand over several columns; 0 */
    int16_t field[GRID_COLUMNS]; /* and what they are; -1: nothing of ours */
    Str     plain[GRID_COLUMNS]; /* the same by ledger_name_plain() */
    size_t  columns;
    size_t  no, applicant, respondent; /* places of these fields */
} Mapping;

size_t import_field(Str key);           /* its place in old_row_form; SIZE_MAX */
int64_t mapping_unit(const Mapping *m, size_t field); /* yuan that a bare number of it counts */
bool   import_is_key(const Field *fd);  /* may a column be mapped to it? */
bool   mapping_read(Arena *a, Str text, Mapping *m);
Str    mapping_write(Arena *a, const Mapping *m);

typedef struct Guess {
    size_t  sheet;
    int64_t head, heads;
    Mapping map;
    int     score;
} Guess;
bool import_guess(Ctx *c, Grid *g, Guess *guess); /* false: nothing looks like a ledger */
bool import_guess_sheet(Ctx *c, Grid *g, size_t sheet, Guess *guess); /* at guess->head; 0: anywhere */
void import_names(Ctx *c, Grid *g, const Batch *b, Mapping *m);

#endif
