/*
** Papers as they were made (文书): one row a document, never changed.  A wrong
** one is replaced by a new one or revoked, each with a reason, and stays.  Who
** received it and how is case/paper.h; how it is made is case/8-papers.
*/
#ifndef CASE_MADE_H
#define CASE_MADE_H

#include "case/canon.h"
#include "case/case.h"

typedef struct Made {
    Id      id, case_id;  /* case 0: a paper of the office, about no case */
    Str     code, variant; /* D09, decision */
    Str     label;        /* its name, as it was */
    Str     number;       /* 柳江劳人调受字〔2026〕第0123号 */
    int64_t seq;          /* of this code and variant in this case, of a letter in its year, from 1 */
    int64_t version;      /* of the template, and its place: "*" or a region */
    Str     region;
    Str     file, sm3;    /* the PDF: SHA-256, its name in the store, and SM3; "": DOCX only */
    int64_t size, pages;
    Str     docx, docx_sm3;
    int64_t docx_size;
    Str     verify;       /* 16 hex digits: /v/<verify> */
    int64_t sides;        /* for whom, a set of Side: these parties may see it */
    Str     volume;       /* main, sub, "" */
    Str     parties;      /* names as they were, for the public page, which masks them */
    int64_t seal_page, seal_x, seal_y; /* where the seal goes: see Pdf */
    Id      replaces;     /* 0: nothing */
    Str     reason;       /* why */
    Str     org_path;     /* of the office that made it */
    Id      by_id;
    Time    at;
    Date    day;
    Str     state;        /* in answers: valid, replaced, revoked */
    Date    ended_on;
    Str     why_ended;
    Id      party_id;     /* the one party it is for; 0: its sides */
    Id      about_id;     /* the record it was made from: a meeting, a letter; 0: none */
    Str     path_end;     /* a parameter */
} Made;

extern const Form   made_form;
extern const Codes  made_state;
extern const Slice  made_slice;
extern const Sealed made_sealed;

Rows made_of(Ctx *c, Id case_id);               /* of Made, oldest first, ended ones too */
bool made_get(Ctx *c, Id id, Made *m);          /* or NOT_FOUND */
bool made_by_code(Ctx *c, Str verify, Made *m); /* for the public page; false: none */
/* How many papers of the office, about no case, have a number that begins so. */
int64_t made_numbered(Ctx *c, Str number);
Rows made_on(Ctx *c, Str org_path, Date day);   /* at or below, that day, valid ones */
/* In the caller's transaction. */
void made_wait(Ctx *c, const Made *m);          /* it is none yet: a seal is waited for */
bool made_waiting(Ctx *c, Id id, Made *m);
void made_add(Ctx *c, const Made *m);           /* and ends what it replaces */

#endif
