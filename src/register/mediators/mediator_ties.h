/*
** When a mediator is away, and the ties they have declared beforehand: to an
** employer that employs or pays them, or where a relative or an interest is.
** A tie keeps them from its cases until its last day (TYTJ 15; none: for good).
*/
#ifndef MEDIATOR_TIES_H
#define MEDIATOR_TIES_H

#include "register/mediators/mediators.h"

extern const Slice mediator_ties_slice;

/* Of the mediators' own schema: their candidates leave these out. */
#define MEDIATOR_TIES_SCHEMA                                                  \
    "CREATE TABLE mediator_away("                                            \
    "  id          INTEGER PRIMARY KEY,"                                     \
    "  mediator_id INTEGER NOT NULL REFERENCES mediator(id),"                \
    "  from_day    TEXT NOT NULL,"                                           \
    "  to_day      TEXT NOT NULL,"                                           \
    "  reason      TEXT NOT NULL) STRICT;"                                   \
    "CREATE INDEX mediator_away_by_day ON mediator_away(mediator_id, to_day);" \
    "CREATE TABLE mediator_tie("                                             \
    "  id          INTEGER PRIMARY KEY,"                                     \
    "  mediator_id INTEGER NOT NULL REFERENCES mediator(id),"                \
    "  employer_id INTEGER NOT NULL," /* 0: only the name is known */        \
    "  name        TEXT NOT NULL,"                                           \
    "  name_key    TEXT NOT NULL,"    /* as name_key() writes it */          \
    "  relation    TEXT NOT NULL,"                                           \
    "  until       TEXT,"             /* its last day; none: for good */     \
    "  reason      TEXT NOT NULL) STRICT;"                                   \
    "CREATE INDEX mediator_tie_by_mediator ON mediator_tie(mediator_id, employer_id);"

/* FORBIDDEN unless it is c's person, or somebody of the organisation over them. */
void mediator_own_or_org(Ctx *c, const Mediator *m);

#endif
