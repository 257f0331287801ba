/*
** Two years of the demo office: the official cases as they were published, and
** made-up ones, day by day, with the daily jobs of each day.
*/
#ifndef DEMO_CASES_H
#define DEMO_CASES_H

#include "demo/life.h"

typedef struct Span {
    Date    from, to;
    int64_t synthetic;   /* how many */
    bool    official;    /* with the published cases */
    const char *folder;  /* where it is written how far it came */
} Span;

/* 0, or the exit code.  Stops after a whole day when interrupted, and goes on there. */
int cases_run(World *w, const Span *span);

/* ---- official.c ---- */
/* The typical cases of the data folder in the arena; 0 rows and *fault: a sentence. */
size_t official_read(const World *w, const Official **list, const char **fault);

#endif
