/*
** The emergency sub-process of a major or mass dispute: data/emergency.csv,
** rows in order: step,actor,minutes,days,repeat,zh,en,basis,from,to.  A county's
** own plan overrides the file.
*/
#ifndef EMERGENCY_H
#define EMERGENCY_H

#include "law/role.h"
#include "law/sheet.h"

typedef struct EmergencyStep {
    Str      code;        /* E1 */
    uint32_t actors;      /* roles */
    int64_t  minutes;     /* from the flag; 0: no time is set, or `working_days` */
    int64_t  working_days; /* from the settlement, for the last report; else 0 */
    int64_t  repeat;      /* again every so many minutes; 0: once */
    Str      zh, en, basis;
    Date     from, to;
} EmergencyStep;

typedef struct Emergency {
    EmergencyStep *row;
    size_t n, cap;
} Emergency;

void emergency_init(Emergency *e, Arena *mem, size_t cap);
void emergency_add(Emergency *e, EmergencyStep row);
bool emergency_read(Emergency *e, Arena *mem, Str text, Sheet *sheet);

#endif
