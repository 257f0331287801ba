/*
** Workbooks and CSV on their way in.  grid_make() turns a file, whatever wrote
** it, into rows of our own in another file; everything else reads that, from
** any row on.  So a workbook is parsed once, in constant memory, and a program
** that was killed goes on where it was.
**
** Refused, by name: what is no table, old .xls, encrypted files, macros, DTDs,
** ZIP bombs, too much.  A formula's stored result is never taken for a value:
** the cell says CELL_FORMULA, and its reader must refuse it.
** What a vertically merged cell holds is in every row that it covers.
*/
#ifndef EXCEL_GRID_H
#define EXCEL_GRID_H

#include "base/base.h"

#include <stdio.h>

#define GRID_FAULTS(X)                                                                                      \
    X(UNREADABLE, "unreadable", "文件无法读取或者已经损坏", "the file cannot be read, or is broken")        \
    X(NO_TABLE,   "no_table",   "不是 Excel 工作簿（.xlsx）或者 CSV 文本", "neither a workbook (.xlsx) nor CSV") \
    X(OLD_XLS,    "old_xls",    "是旧版 .xls（或 .et）文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入",       \
      "an old .xls (or .et) file: save it as .xlsx")                                                        \
    X(OTHER_BOOK, "other_book", "是 .xlsb、.ods 或者网页格式的表格，请另存为 .xlsx 后再导入",               \
      "a table of another format (.xlsb, .ods, web page): save it as .xlsx")                                \
    X(ENCRYPTED,  "encrypted",  "文件已加密，请取消密码后另存再导入", "encrypted: take the password off")   \
    X(MACROS,     "macros",     "文件含有宏，请另存为不含宏的 .xlsx 后再导入", "has macros: save it without") \
    X(ENTITIES,   "entities",   "文件含有 DTD 或者实体声明，拒绝读取", "has a DTD or entities: refused")    \
    X(BOMB,       "bomb",       "解压后过大或者压缩比异常，拒绝读取", "expands beyond all measure: refused") \
    X(TOO_MANY,   "too_many",   "超过 1048576 行、256 列或者 64 张工作表", "more than 1048576 rows, 256 columns or 64 sheets") \
    X(QUOTES,     "quotes",     "双引号没有成对，请改正后再导入", "a quotation mark that is not closed")    \
    X(NO_TEXT,    "no_text",    "文本既不是 UTF-8 也不是 GB18030 编码", "the text is neither UTF-8 nor GB18030") \
    X(EMPTY,      "empty",      "文件里没有数据", "there is nothing in it")                                  \
    X(NO_ROOM,    "no_room",    "存储空间不足", "out of storage space")
#define AS_GRID_FAULT(n, word, zh, en) GRID_##n,
typedef enum GridFault { GRID_GOOD, GRID_FAULTS(AS_GRID_FAULT) GRID__COUNT } GridFault;
#undef AS_GRID_FAULT
const char *grid_fault_word(GridFault f);
const char *grid_fault_zh(GridFault f);
const char *grid_fault_en(GridFault f);

enum { GRID_COLUMNS = 256, GRID_SHEETS = 64, GRID_LINES = 1048576, GRID_TOP = 80 };

typedef enum CellKind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_FORMULA, CELL_ERROR } CellKind;

typedef struct Cell {
    CellKind kind;
    Str      text; /* NUMBER: plain decimal; DATE: 2026-05-01; FORMULA: its stored result */
} Cell;

typedef struct GridRow {
    int64_t line;  /* in the sheet, from 1 */
    bool    hidden;
    int64_t at;    /* where it begins: for grid_seek() */
    size_t  cells; /* the last that is not empty, counted */
    Cell    cell[GRID_COLUMNS];
} GridRow;

/* Merged cells that begin in the first GRID_TOP lines: for headings. */
typedef struct GridSpan { uint32_t top, left, bottom, right; } GridSpan; /* lines and columns from 1 */

typedef struct GridSheet {
    Str     name;
    bool    hidden, date1904; /* its day numbers count from 1904 */
    int64_t from, to;   /* its rows in the file */
    int64_t rows, last; /* rows with something in them; the last one's line */
    const GridSpan *span;
    size_t  spans;
} GridSheet;

typedef struct Grid {
    FILE     *file;
    GridSheet sheet[GRID_SHEETS];
    size_t    sheets;
    int64_t   at, end;
    char     *buf;      /* the row last read */
} Grid;

/* Where a file could not be read on; line 0: nowhere in particular. */
typedef struct GridPlace { Str sheet; int64_t line; size_t column; } GridPlace; /* from 1; column 0: none */
/* 工作表“台账”第 5 行 C 列; sheet “台账”, line 5, column C */
void grid_place(Out *o, const GridPlace *at, bool english);

/* Converts `from` into the new file `to`; nothing stays of it after a fault, which is at *at.
** Needs 16 MB of *mem, which may be used again afterwards, but for the sheet's name. */
GridFault grid_make(Arena *mem, const char *from, const char *to, GridPlace *at);

bool grid_open(Grid *g, Arena *mem, const char *path);
void grid_close(Grid *g);
void grid_seek(Grid *g, size_t sheet, int64_t at); /* at 0: the sheet's first row */
bool grid_next(Grid *g, GridRow *row);
    /* false after the sheet's last; views live until the next */

#endif
