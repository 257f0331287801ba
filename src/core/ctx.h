/*
** Ctx is one request's world.  Its lifetime is the request's: whatever is
** allocated from `mem` needs no free, whatever fails is in `err`.
**
** THE RULE OF THE STICKY ERROR.  The first fail() wins.  After it, every
** function that takes a Ctx does nothing and returns zero.  So code reads
** straight down, and only a decision that needs the truth asks ok(c).
** Faults of fields (fault()) are collected until something else fails.
**
** A handler may be run again from the start, so its only effect is its
** transaction: no mail, no file, no static variable.
*/
#ifndef CTX_H
#define CTX_H

#include "core/err.h"
#include "core/form.h"
#include "core/request.h"

typedef struct Db Db;
typedef struct House House;
typedef struct Law Law;
typedef struct Route Route;
typedef struct Slice Slice;

typedef struct Ctx {
    Arena *mem;
    Db    *db;
    const House *house;
    const Law   *law;    /* the reference data as this request sees them */
    const Route *route; const Form *asked; /* by which the query string was read; NULL: it was not */
    Str     method, path, query, body;
    Str     key;         /* Idempotency-Key; "" on requests that change nothing */
    Head    head;
    Upload  upload;
    Str     arg[4];      /* what the route's :names matched, in order */
    Actor   who;
    int64_t now_ms;      /* the clock, read once; a test sets both */
    Date    today;
    bool    made_up, trial; /* the demo asks: what it enters is marked so; nothing of it is to be kept */
    bool    reveal, canon; /* form_write() shows masked fields whole; leaves empty LATER fields out */
    Out     out;         /* the answer's body */
    Out     extra;       /* header lines that the handler adds */
    const char *type;    /* the answer's content type; NULL: JSON */
    Download file;
    const struct RowSink *sink; /* of reply_rows(): core/web.h */
    int     status;      /* 0 until reply() or the error writer sets it */
    Err     err;
    Str     why;         /* which record, which condition: shown to the person */
    BadField *bad;
    size_t  bads;
} Ctx;

static inline bool ok(const Ctx *c) { return c->err == ERR_OK; }
static inline Time now(const Ctx *c) { return (Time){ c->now_ms / 1000 }; }

/* Records the request's first error; always returns false. */
bool fail(Ctx *c, Err e, Str why);
/* Adds a bad field (and fails with INVALID); no effect after another error. */
void fault(Ctx *c, Str path, Fault f);
/* The same by the fault's word, with a sentence of its own. */
void fault_say(Ctx *c, Str at, Str word, Str zh), fault_say_both(Ctx *c, Str at, Str word, Str zh, Str en);

/* The route's n-th :name as an id; fails with NOT_FOUND if it is none. */
Id arg_id(Ctx *c, size_t n);

/* Inside a transaction the answer is part of it: see tx.h. */
void reply_row(Ctx *c, int status, const Form *f, const void *row);
/* {"items":[…],"next":"…"}; `next` is "" on the last page: for reply_page() the
** Id that lies `at` bytes into the last of `full` rows. */
void reply_rows(Ctx *c, const Form *f, Rows rows, Str next);
void reply_page(Ctx *c, const Form *f, Rows rows, size_t full, size_t at);
void reply_done(Ctx *c); /* 204 without a body */
void header(Ctx *c, Str name, Str value); /* a header line of the answer */

/* An edit names the version it saw (If-Match: "7"): NEED_MATCH without one, STALE if another. */
void match_version(Ctx *c, int64_t version);
void tag_version(Ctx *c, int64_t version); /* the answer's ETag */

#endif
