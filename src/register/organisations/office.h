/*
** Records that belong to offices: which of them a person may read, and whose a
** new one is.  An office's records lie at its path; a scope is a range of paths
** and one office, and holds what is in either.
*/
#ifndef OFFICE_SCOPE_H
#define OFFICE_SCOPE_H

#include "core/right.h"
#include "register/organisations/organisations.h"

typedef struct OfficeScope {
    Str path, path_end; /* those below; "~": none */
    Id  org;            /* his own; -1: not even that */
} OfficeScope;

/* By the right to read that c's person has. */
OfficeScope office_scope(Ctx *c, Object object);
/* The office of c's person; false after failing c with BLOCKED if there is none. */
bool office_own(Ctx *c, Org *o);
/* The same for one who enters a new record: FORBIDDEN without the right to. */
bool office_enter(Ctx *c, Object object, Org *o);

#endif
