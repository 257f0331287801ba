/* Which column of a sheet is what, and the guess of it. */
#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include "case/8-import/import.h"

enum { IMPORT_KEYS = 64, SPLITS = 4, SPLIT_PARTS = 3 };

struct RowReader;
struct Draft;
struct Sums;
/* What the rows of a file become: a row of some Slice.import. */
typedef struct ImportKind {
    const char *word, *zh, *en;
    const Form *form;   /* what a column may be */
    const char *names;  /* the field of data/ledger_names.csv with other names for its columns */
    const char *must;   /* words: one of these columns has to be there */
    const char *sides[2]; /* fields: a row without both may be a sum or a note */
    uint32_t    who;    /* who may bring one in */
    /* All NULL: a ledger's rows become cases.  `same`: there is one like it, *what tells which. */
    void (*read)(struct RowReader *r, const GridRow *row, struct Draft *d);
    bool (*same)(struct RowReader *r, struct Draft *d, Str *what);
    void (*make)(Ctx *c, const Batch *b, struct Draft *d);
    bool (*undo)(Ctx *c, Batch *b, int64_t rows); /* false when nothing is left */
} ImportKind;
const ImportKind *import_kind(const Ctx *c, Str word); /* never NULL for a Batch's */
size_t kind_field(const ImportKind *kind, Str key);    /* its place in the form; SIZE_MAX */

/* A day in columns of its own: month and day, and perhaps the year before them. */
typedef struct Split {
    size_t day, field; /* the column of the day; what it is */
    bool   year;
} Split;

typedef struct Mapping {
    const ImportKind *kind;
    int16_t column[IMPORT_KEYS]; /* by the field's place in old_row_form; -1: none */
    char    unit[IMPORT_KEYS];   /* sums in 万元: w; in 千元: q; else 0 */
    Str     name[GRID_COLUMNS];  /* the column names */
    size_t  over[GRID_COLUMNS];  /* bytes of the name that stand over several columns; 0 */
    int16_t field[GRID_COLUMNS]; /* and what they are; -1: nothing of ours */
    Str     plain[GRID_COLUMNS]; /* the same by ledger_name_plain() */
    const Law *law;              /* by which they were made plain */
    size_t  columns;
    Split   split[SPLITS];
    size_t  splits;
    int     year;                /* that the titles above say; 0: none, or several */
    size_t  no, applicant, respondent; /* places of these fields */
} Mapping;

int    split_part(Str name);            /* 0, 1, 2: year, month, day, by what its column is called; -1 */
void   split_find(Arena *a, Mapping *m); /* days in columns of their own */
/* The year that a title says, but for the day on which it was filled in; several: -1. */
void   split_year(Str text, int *year);
size_t import_field(Str key);           /* its place in old_row_form; SIZE_MAX */
int64_t mapping_unit(const Mapping *m, size_t field); /* yuan that a bare number of it counts */
bool   import_is_key(const Field *fd);  /* may a column be mapped to it? */
bool   mapping_read(const ImportKind *kind, Str text, Mapping *m);
Str    mapping_write(Arena *a, const Mapping *m);

typedef struct Guess {
    size_t  sheet;
    int64_t head, heads;
    Mapping map;
    int     score;
} Guess;
/* Both for guess->map.kind.  False: nothing looks like one. */
bool import_guess(Ctx *c, Grid *g, Guess *guess);
bool import_guess_sheet(Ctx *c, Grid *g, size_t sheet, Guess *guess); /* at guess->head; 0: anywhere */
/* Names of columns that stand elsewhere here: the head of another table. */
bool import_other_head(Ctx *c, const Mapping *m, const GridRow *row);
/* What to do with a sheet whose head was not found: a word of batch_whys. */
Str  import_no_head(Ctx *c, Grid *g, const Guess *guess);
void import_names(Ctx *c, Grid *g, const Batch *b, Mapping *m);

#endif
