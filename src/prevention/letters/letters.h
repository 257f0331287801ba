/*
** Suggestion letters (仲裁建议书, 司法建议书, 工会提示函) and credit commitments
** (信用承诺书): R148, R149.  A letter is written, approved by another person, sent,
** received, answered in time or overdue, and closed; a commitment is signed and then
** kept or broken.  Every step stays.
*/
#ifndef LETTERS_H
#define LETTERS_H

#include "case/8-papers/facts.h"

extern const Slice letters_slice;

typedef struct Letter {
    Id      id, org;
    Str     org_path, kind, no, addressee;
    Id      employer_id, case_id;  /* 0: none */
    Str     problem, facts, law, advice;
    int64_t days;                  /* to answer in; of a commitment none */
    Date    sent_on, due, received_on, replied_on;
    Date    until;                 /* of a commitment: how long it binds */
    Str     reply, adopted, state;
    bool    late;                  /* in answers */
    Id      made_by;
    Time    made_at;
    int64_t version;
} Letter;

extern const Form letter_form;

bool letter_find(Ctx *c, Id id, Letter *l);          /* NOT_FOUND if c's person does not see it */
Rows letter_commitments(Ctx *c, Id case_id);         /* of Letter: a case's, approved or later */

/* What papers say of them (letter_facts.c). */
enum { LETTER_SOURCES = 2 };
extern const FactSource letter_sources[LETTER_SOURCES];

#endif
