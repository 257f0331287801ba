/*
** The press: where documents become files.  pango and cairo are global to a
** process and eat what strangers wrote, so the server has it done by one or two
** children, spoken to over a socket, with limits of time and memory.  A child
** that dies, or does not answer in time, is replaced; the paper fails, nothing
** else does.
*/
#ifndef PRESS_H
#define PRESS_H

#include "core/house.h"
#include "paper/pdf.h"

typedef struct Printed {
    Str     pdf, docx;  /* bytes, in the request's memory */
    int64_t pages, seal_page, seal_x, seal_y; /* see Pdf */
} Printed;

/* NULL if no child can be started (said why on stderr). */
typedef struct Press Press;
typedef struct PressWay {
    const char *program; /* this program's path: runs "paper-worker" */
    Fonts       fonts;
    int         workers;
    int64_t     wait_ms; /* for one document; 0: ten seconds */
} PressWay;
Press *press_open(const PressWay *way);
void   press_close(Press *p);
const PressWay *press_way(const Press *p);

/* Makes both files.  A handler calls it before its transaction.  Without a press
** (commands, tests) it is done in this process.  AGAIN if none is free or it
** did not answer, TOO_LARGE if the document is too long. */
bool press_make(Ctx *c, Str source, Printed *out);

/* What a child does until its socket closes; returns the exit code. */
int press_serve(const Fonts *fonts);

#endif
