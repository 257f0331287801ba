/* Evidence and other files of a case (证据): given in, shown, withdrawn. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "case/canon.h"
#include "case/case.h"

typedef struct Evidence {
    Id      id, case_id;
    Str     kind;      /* IDENTITY, CONTRACT, … */
    Str     name;      /* of the file */
    Str     title, origin;
    int64_t pages;
    Str     type;      /* FileType.word */
    int64_t size;
    Str     sha256;
    int64_t side;      /* of the party that gave it in; 0: the office */
    bool    shared;    /* shown to the other side */
    Id      by;
    Time    at;
    Date    withdrawn;
    Str     reason;
    int64_t n;
} Evidence;

extern const Form  evidence_form;
extern const Codes evidence_kinds;
extern const Slice evidence_slice;

/* Every file of the case as Evidence, withdrawn ones too. */
extern const Sealed evidence_sealed;
Rows evidence_of(Ctx *c, Id case_id);
/* In the caller's transaction, who has checked that c's person may: a file that is in
** the store becomes the case's.  BLOCKED if it has as many as it may have. */
void evidence_add(Ctx *c, const Case *k, Evidence *e);
void evidence_withdraw(Ctx *c, const Case *k, Id id, Str note); /* once: then nothing */
bool evidence_has(Ctx *c, Id case_id, Str kind); /* one of that kind, not withdrawn */

#endif
