/*
** The program as it is installed, and a crowd that registers cases with it over
** HTTP: each client one case after the other, each under a key of its own, and
** the same one again until it is told that the case is kept.
*/
#ifndef LOAD_H
#define LOAD_H

#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

enum { CLIENTS_MAX = 64, KEPT_MAX = 4000, TEXT_ROOM = 300, SERVERS_MAX = 3 };

/* A case that was acknowledged: its number is its key too. */
typedef struct Kept { uint64_t n; int64_t id; } Kept;

typedef struct Load Load;

typedef struct Client {
    Load     *load;
    pthread_t thread;
    int       number, fd;
    Kept      kept[KEPT_MAX];
    size_t    n;
} Client;

struct Load {
    const char *program, *address, *folder; /* how the server is started */
    char        org[24];
    pid_t       server[SERVERS_MAX]; /* number 0 alone, or several on one database */
    atomic_int  port[SERVERS_MAX];   /* 0: it is not to be asked */
    atomic_uint dialled;      /* connections so far: they go to one server after the other */
    int64_t     start_ms;     /* how long the last start took */
    atomic_bool last;         /* clients end with the case they are at */
    atomic_bool told;         /* a wrong answer was shown */
    atomic_int  refused[600]; /* answers by status, connections that broke at 0 */
    atomic_int given_up;       /* clients that were told to wait for good */
    atomic_int  acknowledged; /* so far */
    atomic_int  slowest_ms;   /* of the answers 201 */
    int         clients;      /* at most CLIENTS_MAX */
    int         files;        /* how many the server may have open; 0: as many as we */
    const char *web;          /* its web faces; NULL: none */
    const char *shadow;       /* where the disk's shadow lies: shadow_disk.c; NULL: none */
    Client      client[CLIENTS_MAX];
};

/* The server of number 0; the others are for tests with several. */
void load_start_server(Load *l);
void load_end_server(Load *l, int signal); /* SIGKILL, SIGTERM; waits for its end */
void load_start_one(Load *l, int node);
void load_end_one(Load *l, int node, int signal);
/* Waits until it has ended by itself: what waitpid() says of it; -1: it goes on, and is killed. */
int  load_ended(Load *l, int most_ms);

void load_begin(Load *l);
void load_end(Load *l);                    /* every case begun is acknowledged */
/* Waits until one more case is acknowledged: how long that took; -1: too long. */
int64_t load_next_ms(Load *l);
size_t load_kept(const Load *l);           /* not before load_end() */
/* Asks for kept cases once more: each answer must be the first one; one in `every`. */
int  load_again(Load *l, size_t every);

/* Waits until it is true, as long as a hung run may take; whether it became so. */
bool    load_until(bool (*is)(Load *l, int64_t than), Load *l, int64_t than);
bool    load_acknowledged(Load *l, int64_t than); /* more cases than that are */
/* The limit of plan.md where the machine is ours alone (QUIET=1), else one that only ends a hung run. */
int64_t load_budget(int64_t ms);

int64_t load_ms(void);
void    load_nap(int ms);
/* GET of a path: its status; 0 if the connection broke. */
int  load_get(Load *l, const char *path);
/* The same, and the number on the line that begins with `name`; -1: there is none. */
int64_t load_figure(Load *l, const char *path, const char *name);
int  load_dial(Load *l); /* the next server that is to be asked; -1: nobody listens */

#endif
