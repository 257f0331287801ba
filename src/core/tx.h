/*
** A transaction holds everything a request does, its answer and its entry in
** the audit record included: a handler replies before tx_end(), and tx_end()
** stores all of it or nothing.
**
** So a request may be sent, or run, any number of times: the second time its
** key clashes and the first answer is given again.  That is what makes a lost
** connection during COMMIT harmless: run it again and see.
*/
#ifndef TX_H
#define TX_H

#include "core/web.h"

extern const Slice tx_slice;

void tx_begin(Ctx *c);
/* The same, cheaper where writers take turns, for what reads little and that before it
** writes: its turn comes in tx_end(), and if what it read is not so any more, AGAIN. */
void tx_begin_late(Ctx *c);
void tx_end(Ctx *c); /* commits if ok(c), else rolls back */

/* If this request was done before: its answer, in place of c's error. */
bool tx_recall(Ctx *c);

#endif
