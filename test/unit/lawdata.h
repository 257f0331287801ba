/* The reference data of the law, read once a suite from the source's data folder. */
#ifndef LAWDATA_H
#define LAWDATA_H

#include "law/emergency.h"
#include "law/scope.h"

typedef struct LawData {
    Block     block;
    Params    params;
    Causes    causes;
    Refusals    routes;
    Emergency emergency;
} LawData;

void lawdata_open(LawData *d); /* checks that every file reads without fault */
void lawdata_close(LawData *d);

#endif
