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

/* No answer, too busy, or itself in trouble: worth another try. */
bool http_is_later(int status);

/* What we and another server have agreed on (docs/operate.md). */
typedef struct HttpKey {
    Str url, app, secret;
} HttpKey;
/* A header line that signs a POST of that body now: "POST\n<path>\n<seconds>\n<SHA-256
** of the body>" under the secret. */
Str http_sign(Arena *mem, const HttpKey *key, Str body);
void put_hex(Out *o, const unsigned char *bytes, size_t n);

/* The parts of a URL; false: it is none of ours. */
typedef struct Url {
    bool tls;
    Str  host, port, path; /* path: "/" at least */
} Url;
bool url_parse(Str text, Url *url);

#endif
