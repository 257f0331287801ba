/*
** Messages on their way out: rows of the transaction that causes them, sent
** afterwards by a worker.  So none is sent for what did not happen, and none
** is lost with the process.  Whom to and what are sealed.
*/
#ifndef OUTBOX_H
#define OUTBOX_H

#include "core/web.h"

typedef struct Message {
    Id      id;
    Str     channel;   /* SMS, MAIL, LETTER, IN_APP */
    Str     to;        /* phone, address or a user's id; sealed */
    Str     to_digest; /* by which a person's messages are found again */
    Str     template;  /* a word: what kind of message */
    Str     text;      /* sealed */
    Id      case_id;   /* 0: about no case */
    Str     state;     /* QUEUED, SENT, FAILED, CANCELLED */
    int64_t attempts;
    Time    next_at;   /* not before; 0: at once */
    Time    created;
    Str     verify;    /* 16 hex digits: /v/<verify> says that it is ours */
} Message;

extern const Form  outbox_form;
extern const Codes outbox_channels, outbox_states;
extern const Slice outbox_slice;

/* In the caller's transaction.  The caller fills channel, to, template, text,
** case_id, next_at; the rest is set here. */
void outbox_add(Ctx *c, Message *m);
bool outbox_by_code(Ctx *c, Str verify, Message *m); /* false: none */
/* Up to 100 queued ones whose time has come, oldest first. */
Rows outbox_due(Ctx *c);
/* How sending m went: state, attempts, next_at. */
void outbox_mark(Ctx *c, const Message *m);
/* None that is queued for the case will be sent any more. */
void outbox_cancel(Ctx *c, Id case_id);

#endif
