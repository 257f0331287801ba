/* A house in this process, on a database of bench-generate or another: what the measurements in C share. */
#ifndef BENCH_H
#define BENCH_H

#include "core/house.h"
#include "core/web.h"

typedef struct Bench {
    Keys  *keys;
    Store *store;
    Db    *db;
    struct Routes *routes;
    House  house;
    Block  block, law;
    Arena  mem;
    Ctx    c; /* of the last bench_begin() */
} Bench;

/* `own`: Queries of the measurement, proved too.  What is wrong ends the program, said why. */
void bench_open(Bench *b, const char *address, const char *folder, const Query *const *own);
void bench_close(Bench *b);

/* b->c as the system's next request, at that instant: its ids are made of it,
** so two runs need two. */
Ctx *bench_begin(Bench *b, int64_t now_ms);

int64_t bench_now_ms(void);
int64_t bench_us(void); /* microseconds that only go up */

/* Sorts the n times and prints the middle, the 99th hundredth and the worst. */
void bench_tell(int64_t *us, int64_t n);

#endif
