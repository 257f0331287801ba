/* What is said of a row, in both languages: for answers, workbooks and the command line. */
#ifndef IMPORT_SAID_TEXT_H
#define IMPORT_SAID_TEXT_H

#include "case/8-import/import_map.h"
#include "case/8-import/said.h"

typedef struct SaidRow {
    Str code, field, column; /* column: as the file calls it */
    Str label, label_en;     /* of the field, where the file has no such column */
    Str text;                /* what stands there */
    Str message, message_en;
} SaidRow;

extern const Form said_form;

Rows said_rows(Arena *mem, const ImportKind *kind, Str said);
Str  said_text(Arena *mem, Rows rows, bool english); /* all of them as one line */

#endif
