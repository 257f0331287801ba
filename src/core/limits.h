/* What a stranger may make us hold and for how long.  Every input is bounded
** before it is read, so memory is too. */
#ifndef LIMITS_H
#define LIMITS_H

enum {
    HEAD_MAX   = 16 * 1024,        /* bytes of request line and headers */
    BODY_MAX   = 1024 * 1024,
    UPLOAD_MAX = 512 * 1024 * 1024, /* a streamed file */
    JSON_DEPTH = 8,
    LIST_MAX   = 2000,             /* rows of a child form: a group's roster */
    PAGE_MAX   = 200,              /* rows of a list */
    FAULTS_MAX = 200,              /* bad fields named in one answer */
    ARENA_MAX  = 16 * 1024 * 1024, /* a request's memory: a body and what is read from it */
    REPLY_MAX  = 2 * 1024 * 1024,
    EXTRA_MAX  = 2048,             /* bytes of response headers a handler adds */
    CONNS_MAX  = 4096,
    HELD_MAX   = 256 * 1024 * 1024, /* bodies not yet whole, answers not yet taken: of all peers */
    KEY_MAX    = 64,               /* bytes of an Idempotency-Key */
    TRAIL_MAX  = 256 * 1024,       /* bytes of one transaction in the audit record */
};

#endif
