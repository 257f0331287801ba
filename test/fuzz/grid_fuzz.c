/* Any bytes as a workbook or CSV: made into rows of ours, which are read again; or refused. */
#include "fuzz/fuzz.h"

#include "excel/cell.h"
#include "excel/grid.h"

#include <stdlib.h>
#include <unistd.h>

enum { MEMORY = 32 << 20, TEXT_MOST = 1 << 20 };

static void read_cell(Arena mem, const Cell *cell)
{
    Date d;
    Money m;
    int64_t n = 0;
    Str tidy = cell_tidy(&mem, cell->text, true);
    (void)cell_date(&mem, tidy, &d);
    (void)cell_money(&mem, tidy, 1, &m);
    (void)cell_count(&mem, tidy, &n);
}

static void read_all(Arena mem, const char *path)
{
    Grid g;
    BUG_IF(!grid_open(&g, &mem, path));
    GridRow *row = NEW(&mem, GridRow, 1);
    for (size_t i = 0; i < g.sheets; i++) {
        for (grid_seek(&g, i, 0); grid_next(&g, row);) {
            for (size_t k = 0; k < row->cells; k++) read_cell(mem, &row->cell[k]);
        }
    }
    grid_close(&g);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Block block;
    static char from[] = P_tmpdir "/fuzz-grid-XXXXXX", to[sizeof from + 2];
    static int fd = -1;
    if (fd < 0) {
        block = block_open(MEMORY);
        fd = mkstemp(from);
        (void)snprintf(to, sizeof to, "%s.g", from);
    }
    if (n > TEXT_MOST || fd < 0) return 0;
    if (ftruncate(fd, 0) != 0 || pwrite(fd, data, n, 0) != (ssize_t)n) return 0;
    Arena mem = block_arena(&block);
    GridPlace at;
    if (grid_make(&mem, from, to, &at) == GRID_GOOD) read_all(block_arena(&block), to);
    (void)unlink(to);
    return 0;
}
