/* The real tables of data/ for the suites of src/law. */
#ifndef LAW_DATA_H
#define LAW_DATA_H

#include "law/law.h"

typedef struct LawData {
    Block block;
    Arena mem;
    Law   law;
} LawData;

/* Opens the law with room to work in; a failure is counted and printed. */
bool law_data_open(LawData *d);
void law_data_close(LawData *d);

/* Where the tables of the source tree are: a LawPath. */
bool test_data_path(const char *name, char *path, size_t cap);

/* "2026-02-24"; the text lives in the arena. */
Str day_text(Arena *mem, Date d);
/* The same row of numbers for the same seed: 0 <= result < below. */
int seeded(uint64_t *seed, int below);

#endif
