/* Clients that are slow on purpose, a thousand of them, beside sixteen that are not. */
#ifndef SLOW_H
#define SLOW_H

#include "crash/load.h"

typedef void (*Check)(bool good, const char *what);

/* Each waits for the server's own deadlines: a little over a minute. */
void slow_clients(Load *l, Check check);
/* More connections than the server may have open files for. */
void slow_crowd(Load *l, Check check);

#endif
