/*
** A client inside the process, for the demo: each call is one request to
** web_handle(), with the rights of the person named and the clock given, since
** the demo's cases lie in the past.  What may not be done through the API, the
** demo cannot do.
*/
#ifndef DEMO_CLIENT_H
#define DEMO_CLIENT_H

#include "command/open.h"
#include "demo/dice.h"

#include <jansson.h>

typedef struct Demo {
    Open    open;
    Arena   keep;      /* as long as the demo runs */
    Block   block;
    char   *reply, *extra, *body; /* rooms for the request at hand */
    Dice    dice;
    Time    clock;
    Str     match;     /* If-Match of the next request */
    int     status;    /* of the last answer */
    json_t *answer;    /* the last one's; NULL: no body */
    bool    made_up;   /* what is entered is marked as made up */
    bool    quiet;     /* a refusal is not printed */
    Str     file;      /* of the next request: the bytes of its upload */
    int64_t refusals;
} Demo;

/* 0, or the exit code.  `options` as in house_open(); --seed. */
int  demo_open(Demo *d, int argc, char **argv);
void demo_close(Demo *d);

/* A request by `who`; NULL: nobody in particular.  `body` is given away; NULL:
** none.  The answer is the client's until the next request; NULL if it was
** refused, which is printed and counted unless `quiet`. */
json_t *demo_get(Demo *d, const Actor *who, const char *path, ...) __attribute__((format(printf, 3, 4)));
json_t *demo_post(Demo *d, const Actor *who, json_t *body, const char *path, ...)
    __attribute__((format(printf, 4, 5)));
json_t *demo_put(Demo *d, const Actor *who, json_t *body, const char *path, ...)
    __attribute__((format(printf, 4, 5)));
/* A request whose body is a file of these bytes. */
json_t *demo_upload(Demo *d, const Actor *who, Str bytes, const char *path, ...)
    __attribute__((format(printf, 4, 5)));

/* d->open.c as the system's own request, at the demo's time. */
Ctx *demo_begin(Demo *d, const char *method);

/* All jobs that are due by the clock. */
void demo_jobs(Demo *d);

/* The actor that this account is. */
Actor demo_actor(Demo *d, Id user);

/* A member of an answer; "" and 0 if there is none.  The text is copied. */
const char *demo_text(Demo *d, const json_t *answer, const char *name);
Id          demo_id(const json_t *answer, const char *name);

#endif
