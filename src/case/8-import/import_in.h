/* What the files of the import share among themselves. */
#ifndef IMPORT_IN_H
#define IMPORT_IN_H
#include "case/8-import/import.h"
#include "case/party.h"
#include "register/organisations/organisations.h"
enum { IMPORT_KEYS = 64, IMPORT_REASON = 1024, IMPORT_EXTRA = 4000, IMPORT_ORGS = 32, MEMO = 128,
       MEMO_TEXT = 64 };

typedef struct Mapping {
    int16_t column[IMPORT_KEYS]; /* by the field's place in old_row_form; -1: none */
    bool    wan[IMPORT_KEYS];    /* sums in 万元 */
    Str     name[GRID_COLUMNS];  /* the column names */
    size_t  over[GRID_COLUMNS];  /* bytes of the name that stand over several columns; 0 */
    int16_t field[GRID_COLUMNS]; /* and what they are; -1: nothing of ours */
    Str     plain[GRID_COLUMNS]; /* the same by ledger_name_plain() */
    size_t  columns;
    size_t  no, applicant, respondent; /* places of these fields */
} Mapping;

size_t import_field(Str key);           /* its place in old_row_form; SIZE_MAX */
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

/* ---- a row ------------------------------------------------------------------------- */

typedef enum RowVerdict { ROW_GOOD, ROW_BAD, ROW_SAME, ROW_SKIPPED } RowVerdict;

typedef struct Draft {
    OldRow row;
    State    state, before; /* of the case */
    Str      channel, source, cause, causes, emp_type, industry, region, worker_id; /* codes; one number */
    bool     agreed;        /* it ended by an agreement */
    bool     employer_asks; /* the applicant is the employer */
    Org      org;           /* who handled it */
    RowVerdict verdict;
    Out      why, odd;      /* why it is refused; what is remarkable */
} Draft;

typedef struct RowReader {
    Ctx           *c;
    const Batch   *batch;
    const Mapping *map;
    Org            org;     /* of the import */
    Str            region_name, region_code; /* the last one looked up */
    struct { char text[MEMO_TEXT]; size_t n; const char *field; Str word; } memo[MEMO]; /* words looked up */
    struct { Str name; Org org; } seen[IMPORT_ORGS]; /* organisations looked up; id 0: there is none */
    size_t         seen_n;
    Arena          kept;    /* where these lie */
} RowReader;

void draft_read(RowReader *r, const GridRow *row, Draft *d);
void draft_tick(RowReader *r, const GridRow *row, const char *key, Str *value);
void draft_meaning(RowReader *r, Draft *d); /* its words as codes, a state, an organisation */
void draft_say(Out *o, Str column, const char *what);

extern const Query import_place; /* stores where a step has come to */

/* ---- cases --------------------------------------------------------------------------- */

typedef struct Sums Sums;  /* totals of a step, gathered */
Sums *sums_open(Ctx *c);
void  sums_add(Sums *s, const Case *k, const OldRow *row, int sign);
void  sums_store(Ctx *c, Sums *s);
void import_case(Ctx *c, const Batch *b, Draft *d, Sums *sums);
bool import_undo_some(Ctx *c, Batch *b, int64_t rows); /* false when nothing is left */
bool imported_same(Ctx *c, const Draft *d, Str path, Str *no);

#endif
