/* What table.c and table_book.c share: the cells of a sheet as XML. */
#ifndef EXCEL_TABLE_ROW_H
#define EXCEL_TABLE_ROW_H

#include "excel/table.h"

/* Rows of `cellXfs` in table_book.c. */
enum { STYLE_PLAIN, STYLE_DATE, STYLE_MONEY, STYLE_TEXT, STYLE_QUOTED, STYLE_NAME, STYLE_TITLE, STYLE_NOTE };

typedef struct CellAt {
    int64_t row;    /* from 1 */
    size_t  column; /* from 0 */
    int     style;
} CellAt;

void xml_text(Out *o, Str s);              /* escaped, without control characters */
bool xml_coded(Str s);                     /* begins with "_x000D_" or the like, one character */
void xml_cell(Out *o, CellAt at, Str s);   /* text */
void xml_number(Out *o, CellAt at, Str s); /* in plain digits */
bool is_formula(Str s);                    /* a spreadsheet would take it for one (CWE-1236) */

#endif
