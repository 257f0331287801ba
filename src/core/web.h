/*
** A Route is a row: verb, pattern, who may, what runs.  A Slice is one
** feature's tables.  web_handle() is the whole program as one function
** from request to response; a socket, a test and a fuzzer all call it.
*/
#ifndef WEB_H
#define WEB_H

#include "core/db.h"
#include "law/event.h"

/* In Route.who: without signing in.  No Role has this bit. */
#define ANYBODY (1U << 31)
_Static_assert(ROLE__COUNT < 32, "a bit is left for ANYBODY");

/* In Route.who: everybody who signed in, whatever the role. */
#define SIGNED_IN ((1U << ROLE__COUNT) - 2)

struct Case;

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
    bool        upload;  /* its body is a file, streamed to disk */
    bool        early;   /* also for who must first change a password or add a second factor */
    bool        follow;  /* server-sent events: run again each second while the peer stays */
};

/* What a slice does when any slice's event happens, in its transaction.
** BEFORE may fail(), and then the event does not happen; AFTER follows it. */
typedef enum When { BEFORE, AFTER } When;

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
    const char *daily;  /* "00:00": due every day then; NULL: only when asked for */
    int         every_s; /* due again that long after it ran; 0: not */
} JobKind;

/* What must be computed again when a reference table changes. */
typedef struct Depends {
    const char *file;    /* "calendar/day_overrides.csv" */
    const char *job;     /* asked for when a change is imported */
    int64_t   (*count)(Ctx *c, const Law *next); /* how much would come out otherwise under `next` */
} Depends;

struct Slice {
    const char         *name;
    const Route        *route;
    size_t              routes;
    const Query *const *query; /* NULL-terminated, for db_check() */
    const Hook         *hook;
    size_t              hooks;
    const Migration    *migration;
    size_t              migrations;
    const char *const  *keeps; /* NULL-terminated: tables whose rows only get added */
    const JobKind      *job;
    size_t              jobs;
    const Depends      *depends;
    size_t              depends_n;
    void              (*look)(Ctx *c); /* each process runs it about once a second, outside a transaction */
    /* By what a document is found: text, and tags with blanks between.  Every
    ** slice that knows something of the id adds to both. */
    void              (*search)(Ctx *c, Id id, Out *text, Out *tags);
};

/* Creates and proves all that the slices declare.  At start, once a process.
** False, said why on stderr, if the database belongs to a newer program or a
** released migration was edited. */
bool web_prepare(Db *db, const Slice *const *slices);
/* Prints what web_prepare() would change; changes nothing but its own table. */
bool web_pending(Db *db, const Slice *const *slices, Out *o);

/* The route of a request by its method and path, before its body has come;
** NULL if there is none.  Fills c->route and c->arg, and web_handle() need not
** look again. */
const Route *web_route(Ctx *c);

/* May this request run?  If not, c holds the answer that says why.  For what
** is let in before web_handle(), which asks again: an upload's bytes. */
bool web_admit(Ctx *c);

void web_handle(Ctx *c);

#endif
