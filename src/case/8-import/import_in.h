/* What the files of the import share among themselves. */
#ifndef IMPORT_IN_H
#define IMPORT_IN_H

#include "case/8-import/import_map.h"
#include "case/8-import/said.h"
#include "case/party.h"
#include "register/organisations/organisations.h"

enum { IMPORT_REASON = 1024, IMPORT_EXTRA = 4000, IMPORT_ORGS = 32, MEMO = 1024, MEMO_TEXT = 64 };

/* ---- a row ------------------------------------------------------------------------- */

typedef enum RowVerdict { ROW_GOOD, ROW_BAD, ROW_SAME, ROW_SKIPPED } RowVerdict;

typedef struct Draft {
    OldRow row;
    State    state, before; /* of the case */
    Str      channel, source, cause, causes, emp_type, industry, region, worker_id; /* codes; one number */
    bool     agreed;        /* it ended by an agreement */
    bool     employer_asks; /* the applicant is the employer */
    Org      org;           /* who handled it */
    Str      matter;        /* what the name of the case says it is about */
    bool     unclear;       /* … and not who the two sides are */
    bool     digits_only;  /* the identity number was kept as a number */
    RowVerdict verdict;
    Out      why, odd;      /* why it is refused; what is remarkable */
    void    *other;         /* a roster's row, as its kind reads it */
} Draft;

typedef struct RowReader {
    Ctx           *c;
    const Batch   *batch;
    const Mapping *map;
    bool           date1904; /* days of the sheet count from 1904 */
    Org            org;     /* of the import */
    Str            region_name, region_code; /* the last one looked up */
    struct { char text[MEMO_TEXT]; size_t n; const char *field; Str word; } memo[MEMO]; /* words looked up */
    struct { Str name; Org org; } seen[IMPORT_ORGS]; /* organisations looked up; id 0: there is none */
    size_t         seen_n;
    Arena          kept;    /* where these lie */
} RowReader;

void draft_read(RowReader *r, const GridRow *row, Draft *d);
/* Its parts, for rows of any kind: what is left out is no row (false); values by the kinds of the form,
** into `to`; words and numbers as people write them. */
bool draft_open(RowReader *r, const GridRow *row, Draft *d);
void draft_values(RowReader *r, const GridRow *row, Draft *d, void *to);
Str  draft_phone(Arena *a, Str text);
Str  draft_industry(RowReader *r, Str text); /* C13, C or "" */
Say  row_left_out(Arena mem, const Mapping *m, const GridRow *row); /* SAY_NONE, or why it is no case */
bool row_is_head(Arena mem, const Mapping *m, const GridRow *row); /* its cells are the columns' names */
void draft_tick(RowReader *r, const GridRow *row, const char *key, Str *value);
void draft_sides(RowReader *r, Draft *d);   /* out of the name of the case */
void draft_people(RowReader *r, Draft *d);  /* names as people write them, and how many */
void draft_meaning(RowReader *r, Draft *d); /* its words as codes, a state, an organisation */
Column row_column(const RowReader *r, const char *key); /* the column of that field */

/* Days in columns of their own. */
Str  split_text(Arena *a, const Mapping *m, const Split *s, const GridRow *row); /* ""; a part is missing */

extern const Query import_place; /* stores where a step has come to */

/* ---- cases --------------------------------------------------------------------------- */

typedef struct Sums Sums;  /* totals of a step, gathered */
Sums *sums_open(Ctx *c);
void  sums_add(Ctx *c, Sums *s, const Case *k, const OldRow *row, int sign);
void  sums_store(Ctx *c, Sums *s);
void import_case(Ctx *c, const Batch *b, Draft *d, Sums *sums);
bool import_undo_some(Ctx *c, Batch *b, int64_t rows); /* false when nothing is left */
bool imported_same(Ctx *c, const Draft *d, Str path, Str *no);

#endif
