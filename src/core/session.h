/*
** Who asks: from a session's cookie or a token to an Actor.
**
** A session's row holds all that a request needs to know, so that a request
** costs one read by key; whoever changes a user's roles, organisation or
** password ends that user's sessions in the same transaction.  Only the
** SHA-256 of a token is stored.
*/
#ifndef SESSION_H
#define SESSION_H

#include "core/web.h"

typedef struct Session {
    Id      id;
    Str     digest;
    Str     kind;     /* user, machine, party */
    Id      holder;   /* the user, the machine, or the person of the case */
    Str     roles;    /* words with spaces */
    Id      org;
    Str     org_path; /* party: "-" */
    Id      case_id;  /* party: the one case */
    int64_t sides;    /* party: a set of Side */
    Str     duty;     /* "", or what comes first: must_change, must_totp */
    Time    created, seen, expires, ended; /* ended 0: still open */
    int64_t idle_s;   /* ends after so long without a request; 0: never */
    Str     peer, agent;
    Id      after;    /* lists: which page */
    int64_t limit;
} Session;

extern const Form  session_form;
extern const Slice session_slice;

/* Fills c->who from the request's cookie `tj` or bearer token.  Without either
** c->who stays as it is.  A token that is not good (any more) is UNAUTHORISED,
** and nobody on a route for ANYBODY; so is one with a duty, FORBIDDEN with the
** duty as `why`, but for routes marked early. */
void session_find(Ctx *c);

/* All in the caller's transaction.  Opens one and returns its token, which is
** shown once; the caller fills holder, roles, …, expires. */
Str  session_open(Ctx *c, Session *s);
void session_cookie(Ctx *c, Str token);       /* the answer's Set-Cookie; "": take it away */
void session_end(Ctx *c, Id session);         /* no effect if it has ended */
void session_end_all(Ctx *c, Id holder, Id but);
void session_duty(Ctx *c, Id session, Str duty); /* none or one row */
Rows session_list(Ctx *c, Id holder, Id after, int64_t limit); /* open ones, newest first */
bool session_get(Ctx *c, Id session, Session *s); /* or NOT_FOUND */

uint32_t roles_of(Str words); /* a set; unknown words do not count */
Str      roles_text(Arena *a, uint32_t set);

#endif
