/* Power cuts, and a disk that refuses: crash_test power, refused.  With test/crash/shadow_disk.c. */
#ifndef POWER_H
#define POWER_H

#include "crash/slow.h"

/* The plug is pulled again and again under load. */
void power_cuts(Load *l, Check check);

/* A sync of the log, or of the database, fails: the program ends; started again, it loses
** nothing, although what was refused is never told of again; nor does the power cut after that. */
void power_refused(Load *l, Check check);

#endif
