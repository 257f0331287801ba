/*
** A bound volume (正卷、副卷): the file of an archived case as one PDF in the
** order of data/archive_checklist.csv, and the same as a ZIP that anybody can
** verify (tools/volume-check).  Made after the archiving by each process when
** it has time, outside any transaction; a volume that was made is a row nobody
** changes, so its digests are in the audit record.
*/
#ifndef VOLUME_H
#define VOLUME_H

#include "case/7-archive/archive.h"

#include "paper/bind.h"

/* Asked for, being made, made. */
typedef struct VolumeAsk {
    Id      id, case_id;
    Str     kind;      /* main, sub */
    Str     format;    /* PDF, ZIP */
    Str     state;     /* asked, made, failed */
    int64_t done, whole; /* how far it is */
    int64_t attempts;
    Time    asked_at, lease;
    Id      holder;    /* who has it, proved by this */
    int64_t node;      /* a parameter: of the process that asks for its own back */
    Id      by_id;
    Str     error;
} VolumeAsk;

typedef struct Volume {
    Id      id, case_id;
    Id      seal_id;   /* of which archiving */
    Str     kind, format;
    Str     sha256, sm3;
    int64_t size, pages;
    int64_t missing;   /* parts that could not be read */
    Str     verify;    /* 16 hex digits: /v/<verify> */
    Str     signer, certificate; /* whose electronic signature it bears; "": none */
    Time    made_at;
    Id      ask_id;
} Volume;

extern const Form   volume_form;
extern const Codes  volume_kinds, volume_formats, volume_states;
extern const Slice  volume_slice, volume_open_slice, archive_verify_slice;

/* The sub-volume is for few. */
bool volume_sees(const Ctx *c, Str kind);

Rows volumes_of(Ctx *c, Id case_id);                      /* of Volume */
bool volume_by_code(Ctx *c, Str verify, Volume *v);       /* false: none */
bool volume_last(Ctx *c, Id case_id, Str kind, Str format, Volume *v); /* of its last archiving */
void volumes_destroy(Ctx *c, Id case_id);                 /* their bytes */

/* volume_parts.c: what it is bound of, in c's memory. */
void volume_parts(Ctx *c, const Case *k, const Seal *s, const Volume *v, Bind *b);
/* volume_zip.c: false, with *why. */
bool volume_zip(Ctx *c, const Case *k, const Volume *pdf, const char *path, const char **why);
/* archive_verify.c: every archived case, or one: rows, files, volumes.  `say`
** is told of every fault.  Returns how many; *cases: looked at. */
typedef void (*VerifySay)(void *to, Str case_no, Str what);
typedef struct Verifier { VerifySay say; void *to; Id only; int64_t cases, files, faults; } Verifier;
void archive_verify(Ctx *c, Verifier *v);

#endif
