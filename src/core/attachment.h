/*
** Files that belong to a record outside a case: the evidence of a decision, the
** proof of an expense, a contract, a reply.  Their bytes are in the store
** (core/files.h); a row is never changed.
*/
#ifndef ATTACHMENT_H
#define ATTACHMENT_H

#include "core/web.h"

typedef struct Attachment {
    Id      id, subject;
    Str     kind;   /* what for: of attachment_kinds */
    Str     name;
    Str     type;   /* FileType.word */
    int64_t size;
    Str     sha256;
    Id      by;
    Time    at;
} Attachment;

extern const Form  attachment_form;
extern const Slice attachment_slice;

/* Before tx_begin(): the query string, and the body moved to the store. */
void attachment_read(Ctx *c, Attachment *a);
/* In the transaction, once the caller has checked who adds to what. */
void attachment_add(Ctx *c, Attachment *a, Id subject);
Rows attachment_list(Ctx *c, Id subject);
bool attachment_has(Ctx *c, Id subject, Str kind);
/* The bytes of one of the subject's files, or NOT_FOUND. */
void attachment_reply(Ctx *c, Id subject, Id id);

#endif
