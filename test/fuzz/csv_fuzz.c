/* Any text as CSV: every cell lies in the text or in the arena. */
#include "fuzz/fuzz.h"

#include "base/csv.h"

enum { MEMORY = 4 << 20, TEXT_MOST = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Block block;
    if (!block.memory) block = block_open(MEMORY);
    if (n > TEXT_MOST) return 0;
    Arena mem = block_arena(&block);
    Csv csv;
    size_t bytes = 0;
    csv_open(&csv, &mem, (Str){ (const char *)data, n });
    while (csv_next(&csv)) {
        BUG_IF(csv.cells > CSV_COLUMNS);
        for (size_t i = 0; i < csv.cells; i++) {
            for (size_t k = 0; k < csv.cell[i].n; k++) bytes += (unsigned char)csv.cell[i].s[k];
        }
    }
    if (csv.columns) (void)csv_cell(&csv, csv.head[0]);
    BUG_IF(bytes > n * 255);
    return 0;
}
