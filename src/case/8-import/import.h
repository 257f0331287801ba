/*
** Ledgers from before (历史台账): a workbook or CSV of another office becomes
** cases of ours, closed ones, archived ones and those still open.  They have no
** procedure behind them: they are marked as imported, and all that the row said
** is kept beside the case (table `imported`).
**
** Upload, guess, correct the guess, check (nothing is stored), run, and if need
** be undo.  Each step goes a few rows at a time in its own transaction together
** with the place it has come to, so whoever is killed goes on there.  A row is
** imported whole or not at all.
*/
#ifndef IMPORT_H
#define IMPORT_H

#include "case/8-import/old_row.h"
#include "excel/grid.h"

extern const Slice import_slice, imported_slice;

/* An import: one sheet of one file. */
typedef struct Batch {
    Id      id;
    Str     kind;           /* ledger, or another ImportKind */
    Id      org;            /* whose they become */
    Str     org_path, path_end;
    Str     name, sha256;   /* of the file */
    int64_t sheet;          /* from 1 */
    Str     sheet_name;
    int64_t head, heads;    /* line of the column names, and how many lines they take */
    Str     map;            /* "applicant=2 claim_fen=7w …": columns from 1; w: in 万元, q: in 千元 */
    bool    twice;          /* rows of the same people and day are imported, too */
    Str     state;          /* mapped checking checked running done cancelled undoing undone */
    int64_t all;            /* rows of the sheet below its head */
    int64_t place, line;    /* where the step under way has come to */
    int64_t other;          /* the line of another table's head above it; 0: none */
    int64_t good, bad, same, odd, skipped; /* what the check found; odd: good with a remark */
    int64_t made, kept;     /* cases imported; of an undone import: left, because somebody worked on them */
    int64_t said;           /* bytes of what was found that count */
    Str     why;
    Id      by_id;
    Time    at, done_at;
    int64_t was;            /* its place before this step */
} Batch;

extern const Form  batch_form;
extern const Codes batch_states, batch_whys;

/* ---- steps, for the job and the command line ------------------------------------- */

/* Other sheets of the file with the same columns as b's: months, towns; returns how many. */
size_t import_alike(Ctx *c, const Batch *b, int64_t sheet[GRID_SHEETS]);
/* Converts the file and guesses, of b->sheet if that is set; b->map, if it is set, says what the
** columns are.  Stores *b in a transaction of its own. */
bool import_begin(Ctx *c, Batch *b, const char *path);
/* One step of whatever is under way; the caller has the transaction. */
void import_step(Ctx *c, Id id, int64_t rows);
bool import_get(Ctx *c, Id id, Batch *b);
bool import_only_centre(Ctx *c, Id *org); /* false if there is none, or several */
bool import_only_root(Ctx *c, Id *org);
/* Of b's org, sha256 and sheet (0: any), not undone: *b becomes it. */
bool import_unfinished(Ctx *c, Batch *b);
void import_start(Ctx *c, Batch *b, Str state); /* checking, running, undoing */
void import_map(Ctx *c, Batch *b, Str map);     /* "applicant=2 …"; faults field map */
bool import_under_way(const Batch *b);
/* Writes the rows that are refused, with why, as a workbook. */
bool import_errors(Ctx *c, const Batch *b, bool english, FILE *to);
/* Each refused row with why, and what is remarkable of the others, a line each. */
void import_tell(Ctx *c, const Batch *b, bool english, FILE *to);

#endif
