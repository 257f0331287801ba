/*
** Days that follow from an agreement or from closing a case: when an
** instalment is really due, how long a file is kept.
*/
#ifndef DUE_H
#define DUE_H

#include "law/calendar.h"

/* A due day on a rest day moves forward (Civil Code 203), unless the agreement
** says otherwise (204).  *provisional: it rests on a year without a notice. */
Date effective_due(const Calendar *c, Date agreed, bool *provisional);

/* A row of data/retention.csv: how long a kind of file is kept. */
typedef struct Retention {
    Str  code;
    int  years; /* 0 = for ever */
    Date from, to;
    Text matter;
    Str  basis;
} Retention;

enum { RETENTIONS = 64 };

typedef struct Retentions {
    Retention *row;
    size_t     n;
} Retentions;

/* NULL, or a sentence in the arena that names file, line and fault. */
const char *retentions_read(Retentions *r, Arena *mem, const char *file, Str text);
/* The row in force on a day; NULL if there is none. */
const Retention *retention_find(const Retentions *r, Str code, Date on);

/* Kept from 1 January after the day of closing to the last day with it;
** last = {0}: for ever. */
typedef struct Keeping {
    Date first, last;
} Keeping;

Keeping retention_span(const Retention *r, Date closed);

#endif
