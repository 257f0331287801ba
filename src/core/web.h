/*
** web_handle() is the whole program as one function from request to response;
** a socket, a test and a fuzzer all call it.
*/
#ifndef WEB_H
#define WEB_H

#include "core/slice.h"

/* Who takes the rows of a list instead of the answer's body: an export. */
typedef struct RowSink {
    void (*take)(struct Ctx *c, const Form *f, Rows rows, Str next);
    void  *to;
} RowSink;

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
