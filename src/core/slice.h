/*
** A Route is a row: verb, pattern, who may, what runs.  A Slice is one feature's
** tables: routes, queries, hooks, steps of the schema, jobs.
*/
#ifndef SLICE_H
#define SLICE_H

#include "core/db.h"
#include "law/event.h"

#define ANYBODY (1U << 31) /* in Route.who: without signing in.  No Role has this bit. */
_Static_assert(ROLE__COUNT < 32, "a bit is left for ANYBODY");
#define SIGNED_IN ((1U << ROLE__COUNT) - 2) /* everybody who signed in, whatever the role */
struct Case; struct DateBook;
struct Route {
    const char *method;
    const char *pattern; /* "/api/v1/cases/:id"; each :name fills c->arg[] */
    uint32_t    who;     /* set of roles; 0 admits nobody, so none is forgotten */
    void      (*run)(Ctx *c);
    const char *zh, *en; /* what it does, for its documentation */
    Event       fires;   /* EV__NONE, or the event that run() brings about */
    const Form *in;      /* its body; NULL: none */
    const Form *query;   /* its query string; NULL: none */
    const Form *out;     /* its answer; NULL: none, or not JSON */
    bool        list;    /* the answer is a page of `out` */
    bool        quick;   /* a read by key or two, no more: the network thread may run it */
    bool        object;  /* its body is a JSON object that describes itself elsewhere: no Form */
    bool        upload; int64_t most; /* its body is a file, streamed to disk; at most so many bytes */
    bool        early;   /* also for who must first change a password or add a second factor */
    bool        follow;  /* server-sent events: run again each second while the peer stays */
};

typedef enum When { BEFORE, AFTER } When;

/* What a slice does when any slice's event happens, in its transaction.
** BEFORE may fail(), and then the event does not happen; AFTER follows it. */
typedef struct Hook {
    When   when;
    Event  on;
    void (*run)(Ctx *c, struct Case *k);
} Hook;

/* A step of the schema, numbered within its slice; never edited once released. */
typedef struct Migration {
    int         number;
    const char *sql;
} Migration;

/* Work that is not a request: a word of the job table and what runs. */
typedef struct JobKind {
    const char *word;
    void      (*run)(Ctx *c, Id arg); /* in the transaction that marks it done */
    const char *daily;   /* "00:00": due every day then; NULL: only when asked for */
    int every_s; bool begins; /* due again that long after it ran, or 0; it begins the transaction itself */
} JobKind;

typedef struct Depends { /* what must be computed again when a reference table changes */
    const char *file, *job; /* "clocks.csv"; the job an import asks for */
    int64_t   (*count)(Ctx *c, const Law *next); /* how much would come out otherwise under `next` */
} Depends;

struct Slice {
    const char  *name;
    const Route *route;
    const Query *const *query; /* NULL-terminated, for db_check() */
    const char *const  *keeps; /* NULL-terminated: tables whose rows only get added */
    const Hook      *hook;
    const Migration *migration;
    const JobKind   *job;
    const Depends   *depends;
    const struct FactSource *fact; /* what papers may say of its rows: case/8-papers/facts.h */
    const struct ImportKind *import; /* what of it comes in from Excel: case/8-import/import_map.h */
    size_t routes, hooks, migrations, jobs, depends_n, facts, imports;
    void (*saved)(Ctx *c, const struct Case *k); /* a case was stored, in its transaction */
    void (*start)(Ctx *c), (*look)(Ctx *c); /* each process, outside a transaction: once; each second or so */
    void (*search)(Ctx *c, Id id, Out *text, Out *tags); /* adds what a document is found by */
    void (*calendar)(Ctx *c, struct DateBook *all); /* adds what it has then: register/roster/roster.h */
};

#endif
