/*
** One request to another server, over HTTP/1.0 or HTTPS, with a deadline: for the
** few bodies this program asks something of.  It blocks, so it belongs into the
** thread of the jobs; never into a transaction.
*/
#ifndef HTTP_ASK_H
#define HTTP_ASK_H

#include "base/base.h"

typedef struct HttpAsk {
    Str     url;       /* http://host:port/path, https://… */
    Str     method, body, type;
    Str     header;    /* more lines, each with its CR LF */
    const char *roots; /* PEM of whose certificates are believed; NULL: the system's */
    int64_t wait_ms;   /* for all of it */
    size_t  most;      /* bytes of an answer that are taken */
} HttpAsk;

typedef struct HttpSaid {
    int status;        /* 0: no answer, or none that can be read */
    Str body;          /* in the arena */
    const char *why;   /* without an answer */
} HttpSaid;

/* True: there is an answer, whatever it says. */
bool http_ask(Arena *mem, const HttpAsk *ask, HttpSaid *said);

/* The parts of a URL; false: it is none of ours. */
typedef struct Url {
    bool tls;
    Str  host, port, path; /* path: "/" at least */
} Url;
bool url_parse(Str text, Url *url);

#endif
