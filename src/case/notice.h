/*
** What a party is told of its case.  One door, so that nobody who could not be told is
** forgotten: whoever has no telephone, or whom a message did not reach, stands on the desk
** of those to call and, if that fails, to write to (联系不上).
*/
#ifndef CASE_NOTICE_H
#define CASE_NOTICE_H

#include "case/party.h"

typedef struct Unreached {
    Id      id, case_id, party_id, message_id;
    Str     template, name, mobile;
    Str     applicant, respondent, no;
    Str     step;       /* call, write, posted, reached, lost */
    Str     why;        /* NO_PHONE, NOT_SENT */
    int64_t messages;   /* that did not reach him */
    int64_t calls;
    Str     tracking;
    Date    sent_on;
    Str     way;        /* by which he was reached */
    Str     note;
    Time    opened, closed;
    Id      by_id;
    Str     org_path, path_end;
} Unreached;

extern const Form  unreached_form;
extern const Slice notice_slice;

/* In a transaction: a text message, or the desk. */
void notice_party(Ctx *c, const Case *k, const Party *p, Str template, Str text);

/* Still open, and of a case c may see; or NOT_FOUND, WRONG_STATE. */
bool unreached_get(Ctx *c, Id id, Unreached *u);
void unreached_save(Ctx *c, const Unreached *u);
/* 201 at most, of c's organisation and below; "": all that are open. */
Rows unreached_list(Ctx *c, Str step, Id after);

#endif
