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

/* Pools (mediator_pool.c), of the same schema for the same reason. */
#define MEDIATOR_POOL_SCHEMA                                                  \
    "CREATE TABLE pool("                                                     \
    "  id           INTEGER PRIMARY KEY,"                                    \
    "  org_id       INTEGER NOT NULL REFERENCES org(id)," /* in the lead */  \
    "  org_path     TEXT NOT NULL,"                                          \
    "  kind         TEXT NOT NULL,"                                          \
    "  name         TEXT NOT NULL,"                                          \
    "  agreement_no TEXT NOT NULL,"                                          \
    "  from_day     TEXT NOT NULL,"                                          \
    "  to_day       TEXT) STRICT;"                                           \
    "CREATE INDEX pool_by_path ON pool(org_path, id);"                       \
    "CREATE TABLE pool_body("                                                \
    "  id       INTEGER PRIMARY KEY,"                                        \
    "  pool_id  INTEGER NOT NULL REFERENCES pool(id),"                       \
    "  org_id   INTEGER NOT NULL,"                                           \
    "  org_path TEXT NOT NULL,"                                              \
    "  rights   TEXT NOT NULL,"                                              \
    "  from_day TEXT NOT NULL,"                                              \
    "  to_day   TEXT) STRICT;"                                               \
    "CREATE UNIQUE INDEX pool_body_once ON pool_body(pool_id, org_id) WHERE to_day IS NULL;" \
    "CREATE TABLE pool_person("                                              \
    "  id          INTEGER PRIMARY KEY,"                                     \
    "  pool_id     INTEGER NOT NULL REFERENCES pool(id),"                    \
    "  mediator_id INTEGER NOT NULL REFERENCES mediator(id),"                \
    "  expertise   TEXT NOT NULL,"                                           \
    "  from_day    TEXT NOT NULL,"                                           \
    "  to_day      TEXT) STRICT;"                                            \
    "CREATE UNIQUE INDEX pool_person_once ON pool_person(mediator_id, pool_id) WHERE to_day IS NULL;" \
    "CREATE INDEX pool_person_by_pool ON pool_person(pool_id, id);"

/* Of a person x and a body b of pool p: may the office at :path give cases on :on? */
#define MEDIATOR_POOL_LENDS                                                   \
    "x.to_day IS NULL AND b.to_day IS NULL AND x.from_day <= :on AND b.from_day <= :on"      \
    " AND (p.to_day IS NULL OR p.to_day >= :on) AND ' ' || b.rights || ' ' LIKE '% BORROW %'" \
    " AND SUBSTR(:path, 1, LENGTH(b.org_path)) = b.org_path"

/* FORBIDDEN unless it is c's person, or somebody of the organisation over them. */
void mediator_own_or_org(Ctx *c, const Mediator *m);

#endif
