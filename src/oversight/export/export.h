/*
** Lists as files: every row of a list as its viewer has filtered it, as XLSX or
** CSV, with a head block that says how many, of what, when and for whom.
**
** An export asks the list's own route, page by page and as the person who wants
** it, so it has the rows that person sees and no others.  A job makes it, a few
** pages at a time: it may be cancelled, and goes on where it was after a crash.
** Personal columns are masked; whole ones are a matter of right and reason.
*/
#ifndef EXPORT_H
#define EXPORT_H

#include "core/web.h"
#include "excel/table.h"

extern const Slice export_slice;

typedef struct ExportKind {
    const char *word, *zh, *en;
    const char *pattern;  /* of the list's GET route */
    const char *without;  /* fields that are left out, with blanks between */
    bool        ledger;   /* columns and names of data/ledger_columns.csv */
} ExportKind;

extern const ExportKind export_kinds[];
extern const size_t     export_kinds_n;

enum { EXPORT_COLUMNS = 64 };

typedef struct ExportColumns {
    const Field *field[EXPORT_COLUMNS];
    TableColumn  head[EXPORT_COLUMNS];
    size_t       n;
} ExportColumns;

/* The columns of the kind's rows, which are `form`'s. */
void export_columns(Ctx *c, const ExportKind *kind, const Form *form, ExportColumns *columns);
/* A row; masked unless c->reveal. */
void export_row(Ctx *c, Table *t, const ExportColumns *columns, const void *row);
/* A value as people read it: labels instead of codes. */
Str  export_text(Ctx *c, const Field *fd, const void *row);

#endif
