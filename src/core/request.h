/*
** What a request is made of, besides its path and body.
*/
#ifndef REQUEST_H
#define REQUEST_H

#include "core/fault.h"
#include "law/role.h"

/* Who asks.  All zero: nobody in particular. */
typedef struct Actor {
    Id    id;        /* of a user, a machine, or of the party who opened a case */
    uint32_t roles;  /* a set */
    Id    org;
    Str   org_path;  /* sees what lies below it; "-" for parties: no path begins so */
    Id    case_id;   /* parties: the one case they may see */
    uint32_t sides;  /* parties: where they stand in it, a set of Side */
    Id    session;
    bool  machine;
} Actor;

typedef struct BadField {
    Str   path;      /* "parties[1].id_no" */
    Fault fault;
    Str   say, say_en; /* more about it, in the language asked for, or in both; "" */
} BadField;

/* Headers of the request; "" if absent. */
typedef struct Head {
    Str authorization, cookie, host, origin, fetch_site, if_match, range, last_event, type, agent, peer;
} Head;

/* A body that was streamed to disk instead of memory. */
typedef struct Upload {
    Str     path;     /* of the temporary file; ours to move */
    int64_t size;
    Str     sha256;   /* hex */
} Upload;

/* Bytes of a stored file that follow the head instead of `out`. */
typedef struct Download {
    Str     path;
    int64_t from, length;
} Download;

#endif
