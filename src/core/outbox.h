/*
** Messages on their way out: rows of the transaction that causes them, sent
** afterwards by a worker.  So none is sent for what did not happen, and none
** is lost with the process.  Whom to and what are sealed.
*/
#ifndef OUTBOX_H
#define OUTBOX_H

#include "core/secret.h"
#include "core/web.h"

typedef struct Message {
    Id      id;
    Str     channel;   /* SMS, MAIL, LETTER, IN_APP */
    Str     to;        /* phone, address or a user's id; sealed */
    Str     to_digest; /* by which a person's messages are found again */
    Str     template;  /* a word: what kind of message */
    Str     subject;   /* of a mail; names nobody */
    Str     text;      /* sealed */
    Id      case_id;   /* 0: about no case */
    Id      party_id;  /* of the case: who is told; 0: none of them */
    Str     state;     /* QUEUED, SENT, FAILED, CANCELLED */
    int64_t attempts;
    Time    next_at;   /* not before; 0: at once */
    Time    created;
    Str     verify;    /* 16 hex digits: /v/<verify> says that it is ours */
    Str     why;       /* how the last try went wrong */
} Message;

extern const Form  outbox_form;
extern const Codes outbox_channels, outbox_states;
extern const Slice outbox_slice;

/* In the caller's transaction.  The caller fills channel, to, template, subject,
** text, case_id, next_at; the rest is set here. */
void outbox_add(Ctx *c, Message *m);
bool outbox_by_code(Ctx *c, Str verify, Message *m); /* false: none */
/* Up to 100 queued ones of a channel ("": any) whose time has come, oldest first. */
Rows outbox_due(Ctx *c, Str channel);
/* In a transaction: m is this process's until then; NOT_FOUND: another has it. */
void outbox_claim(Ctx *c, const Message *m, Time until);
/* How sending m went: state, attempts, next_at, why. */
void outbox_mark(Ctx *c, const Message *m);
/* Up to 200 to a party, not on the desk yet, that failed, should have gone by `due`, or
** were tried so often. */
Rows outbox_unreached(Ctx *c, Time due, int64_t tries);
void outbox_on_desk(Ctx *c, Id id);
/* None that is queued for the case will be sent any more. */
void outbox_cancel(Ctx *c, Id case_id);

/* A text message gateway (短信网关): whom the SMS are given to.  How it is asked: docs/operate.md. */
typedef struct Gateway {
    char   url[512], roots[512];
    Secret key;
} Gateway;

/* `secret`: a file that says "APP SECRET"; `roots`: a PEM file or NULL.  False: *why says what is wrong. */
bool gateway_open(Gateway *g, const char *url, const char *secret, const char *roots, const char **why);

/* A mail server: whom the mails are given to. */
typedef struct Mailer {
    char   url[512], from[256], roots[512];
    Secret key;   /* no name: it asks for none */
    bool   plain; /* on this very machine: goes without TLS if it offers none */
} Mailer;

/* `url`: smtp://host:port (with STARTTLS) or smtps://host:port; `secret`: a file that says
** "USER PASSWORD", or NULL; `roots` as above.  Once, before there are threads. */
typedef struct MailWay { const char *url, *from, *secret, *roots; } MailWay;
bool mailer_open(Mailer *m, const MailWay *way, const char **why);
void mailer_close(Mailer *m);
/* An address somebody may have; nothing else passes it, no line break and no bracket either. */
Fault mail_check(const Ctx *c, Str address);

extern const Slice outbox_send_slice;

#endif
