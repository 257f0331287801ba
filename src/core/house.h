/*
** The house: what one process is made of.  Made at start, constant after,
** but for `law`, which is replaced as a whole when reference data change.
*/
#ifndef HOUSE_H
#define HOUSE_H

#include "core/db.h"

#include <stdatomic.h>

struct Signer;

struct House {
    const Slice *const *slices; /* NULL-terminated, in workflow order */
    const struct Routes *routes; /* of the slices, hashed; NULL: looked for one by one */
    Store      *store;
    const Keys *keys;
    _Atomic(const Law *) law;
    const char *folder;   /* the data folder: files, keys, search index */
    const char *origin;   /* https://… as people type it; "" if not known */
    bool      (*data)(const char *name, char *path, size_t cap); /* LawPath: the shipped tables; NULL: none */
    struct Press *press;  /* paper/press.h: who makes documents; NULL: this process itself */
    const struct Signer *signer; /* of what the office makes; NULL: nobody signs */
    const struct Gateway *gateway; /* core/outbox.h: who sends text messages; NULL: nobody, they wait */
    const struct Mailer *mailer; /* core/outbox.h: who sends mails; NULL: nobody, they wait */
    bool        demo;     /* codes go to the log too; the data are made up */
};

/* A request's beginning: the house's parts, and the clock. */
void ctx_begin(Ctx *c, const House *h);
/* Between two transactions of work that is not a request: c is as it was begun. */
void ctx_again(Ctx *c);

#endif
