/*
** Papers (文书) of a case and their service (送达): what is due by the procedure,
** what was issued, and whom it reached how and when.  The texts themselves are
** made elsewhere; here is the record.
*/
#ifndef CASE_PAPER_H
#define CASE_PAPER_H

#include "case/case.h"

typedef struct Paper {
    Id   id, case_id;
    Str  code;       /* D03 of data/papers.csv */
    Str  label;      /* in answers */
    Str  event;      /* that made it due; "": issued of itself */
    Str  state;      /* due, issued, served */
    Date due_on, issued_on, served_on;
    Id   party_id;   /* to whom; 0: see addressee */
    Str  addressee;
    Str  way;        /* PERSON LINK POST NOTICE */
    Str  number, file, proof; /* SHA-256 of the paper and of the proof of service */
    Str  note;
    Id   by_id;
} Paper;

extern const Form  paper_form;
extern const Codes service_ways;
extern const Slice paper_slice;

Rows papers_of(Ctx *c, Id case_id);
/* A paper that is to be made and served; once while it is due. */
void paper_want(Ctx *c, Id case_id, Str code, Str event);
/* It was made: the one that was due is that one, else a new record.  The caller
** fills code, to whom, number, file; in its transaction. */
void paper_issued(Ctx *c, const Case *k, Paper *p);
/* It reached whom it is for; p->way, proof and note are the caller's.  In its transaction. */
void paper_served(Ctx *c, const Case *k, Paper *p, Date day);
/* The one record; false (NOT_FOUND) if it is none of the case's. */
bool paper_get(Ctx *c, const Case *k, Id id, Paper *p);

#endif
