/*
** Standing: whether an organisation or a mediator may work, and since when.
** A small flow of its own, told as a table of Moves; every move is a dated
** entry that nobody edits.  The slice that owns the record keeps its present
** status; the history lies here.
*/
#ifndef STANDING_H
#define STANDING_H

#include "core/web.h"

extern const Slice standing_slice;
extern const Form  standing_form;

typedef struct Standing {
    Id   id;
    Id   subject;  /* the organisation's or the mediator's */
    Str  event;    /* a Move's */
    Str  was;
    Str  status;   /* now */
    Date day;      /* from which it counts; not before the entry before it */
    Str  reason;
    Str  detail;   /* what the check found, as words */
    Id   actor;
    Time at;
} Standing;

typedef struct Move {
    const char *event;
    const char *from;   /* words, blanks between */
    const char *to;     /* "": stays as it is */
    uint32_t    who;
    bool        reason; /* must be given */
} Move;

/* Completes *e (event, was, day, reason given; day 0: today) and adds it.
** Fails: FORBIDDEN, BLOCKED if no Move leaves `was` by the event, or with the
** fault of `day` (before `since`) or of `reason`. */
void standing_move(Ctx *c, const Move *moves, Standing *e, Date since);

/* The newest 200 entries, newest first. */
Rows standing_list(Ctx *c, Id subject);

/* Is the word one of those in the text? */
bool has_word(Str words, Str word);

#endif
