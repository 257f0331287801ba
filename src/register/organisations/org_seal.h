/*
** The picture of an organisation's seal (印章), drawn over the date of its papers.
** An administrator keeps it; a paper bears it when the head or the manager makes
** it, or when the seal says that whoever may make the paper may use it.
*/
#ifndef ORG_SEAL_H
#define ORG_SEAL_H

#include "register/organisations/organisations.h"

typedef struct OrgSeal {
    Id   id, org_id;
    Str  name;      /* of the file */
    Str  file;      /* SHA-256 of the PNG */
    bool automatic; /* on every paper, whoever makes it */
    Date since, until;
    Id   by_id;
} OrgSeal;

extern const Slice org_seal_slice;

bool org_seal_of(Ctx *c, Id org_id, OrgSeal *s); /* the one in use; false: none */
/* May c's person use it? */
bool org_seal_may(const Ctx *c, const OrgSeal *s);

#endif
