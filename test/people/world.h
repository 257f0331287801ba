/* A house in a temporary folder, a clock, and requests to it: for tests that
** need to see codes and secrets, which scenarios may not. */
#ifndef WORLD_H
#define WORLD_H

#include "core/house.h"

typedef struct World {
    House   house;
    Db     *db;
    Block   block, copies;
    char    folder[64], keys[80];
    int64_t now_s;
    char    cookie[200], bearer[100], host[40], peer[40], if_match[40];
    Actor   preset;  /* who asks if there is neither cookie nor token */
    int     status;
    char   *raw;     /* the answer's body; its head */
    char    head[2200];
    void   *answer;  /* json_t */
    int64_t sent;
    int     passed, failed;
} World;

World *world_open(const char *address, const Slice *const *slices);
int    world_close(World *w); /* prints the sum; the exit code */

/* A Ctx outside any request, good until the next one. */
void world_ctx(World *w, Ctx *c);

/* Sends a request; a cookie of the answer is kept for the next. */
int ask(World *w, const char *method, const char *path, const char *body, ...)
    __attribute__((format(printf, 4, 5)));
int get(World *w, const char *path, ...) __attribute__((format(printf, 2, 3)));
void match(World *w, const char *tag); /* the next request's If-Match */

bool is(World *w, const char *member, const char *text);
bool is_true(World *w, const char *member);
const char *text_at(World *w, const char *member); /* "" if there is none */
int64_t int_at(World *w, const char *member);
size_t items(World *w);

/* The one-time code of this moment. */
const char *totp_now(World *w, const char *secret);

extern World *world; /* the one there is, for expect() */
void expect(bool good, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
