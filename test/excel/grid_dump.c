/* grid_dump FILE: what the reader of tables makes of a file, a cell a line; or the word of its fault. */
#include "excel/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char letters[] = "?tndfe"; /* CellKind */

static void print_row(const GridRow *row)
{
    if (row->hidden) (void)printf("%lld hidden\n", (long long)row->line);
    for (size_t i = 0; i < row->cells; i++) {
        const Cell *cell = &row->cell[i];
        if (cell->kind == CELL_EMPTY) continue;
        (void)printf("%lld:%zu %c ", (long long)row->line, i + 1, letters[cell->kind]);
        for (size_t k = 0; k < cell->text.n; k++) {
            (void)putchar(cell->text.s[k] == '\n' ? '|' : cell->text.s[k]);
        }
        (void)putchar('\n');
    }
}

int main(int argc, char **argv)
{
    char path[] = P_tmpdir "/grid-XXXXXX";
    Block block = block_open((size_t)32 << 20);
    Arena mem = block_arena(&block), again = block_arena(&block);
    Grid g;
    if (argc != 2) return 2;
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0) return 2;
    GridPlace at;
    GridFault f = grid_make(&mem, argv[1], path, &at);
    if (f) {
        char text[200];
        Out o = { .buf = text, .cap = sizeof text };
        grid_place(&o, &at, false);
        (void)printf("refused %s\nat %.*s\n", grid_fault_word(f), (int)o.len, text);
        return 1;
    }
    GridRow *row = NEW(&again, GridRow, 1);
    BUG_IF(!grid_open(&g, &again, path));
    for (size_t i = 0; i < g.sheets; i++) {
        Str name = g.sheet[i].name;
        (void)printf("sheet %.*s%s\n", (int)name.n, name.s, g.sheet[i].hidden ? " hidden" : "");
        for (grid_seek(&g, i, 0); grid_next(&g, row);) print_row(row);
    }
    grid_close(&g);
    (void)unlink(path);
    block_close(&block);
    return 0;
}
