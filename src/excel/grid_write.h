/* A grid's file while it is made: what the readers of XLSX and CSV call. */
#ifndef EXCEL_GRID_WRITE_H
#define EXCEL_GRID_WRITE_H

#include "excel/grid.h"

enum { GRID_ROW_ROOM = 1024 * 1024, GRID_SPANS = 200000, GRID_CELL_MAX = 32767 };

typedef struct GridMaker {
    Arena    *mem;
    const char *path;
    FILE     *file;
    GridFault fault;
    GridSheet sheet[GRID_SHEETS];
    size_t    sheets;
    Out       row;       /* the row being made */
    GridPlace place;     /* of the cell being made; of the first fault */
    int64_t   at;        /* bytes written */
    GridSpan *span;      /* of the sheet being made */
    size_t    spans;
} GridMaker;

/* Each does nothing after a fault; the first one stays. */
void grid_fault(GridMaker *m, GridFault f);
void grid_sheet(GridMaker *m, Str name, bool hidden);
void grid_row(GridMaker *m, int64_t line, bool hidden);   /* begins a row */
void grid_cell(GridMaker *m, size_t column, Cell cell);   /* from 0; empty ones may be left out */
void grid_row_end(GridMaker *m);                          /* kept if it has a cell */
void grid_span(GridMaker *m, GridSpan span);
void grid_sheet_end(GridMaker *m);

void read_xlsx(GridMaker *m, const char *path);
void read_csv(GridMaker *m, const char *path);

#endif
