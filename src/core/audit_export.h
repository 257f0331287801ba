/*
** The audit record as text that any small program can verify (tools/audit-check):
** one JSON array a line, entries by lane and number, then the seals.
**
**   ["entry", lane, seq, at_ms, actor, session, subject,
**    "org_path", "action", "reason", "detail", "prev", "hash"]
**   ["seal", number, at_ms, "heads", "prev", "hash"]
**
** An entry's hash is the SHA-256 of its values but the hash, each with a line
** break after it, in this order; a seal's of number, line break, at_ms, line
** break, heads, prev.  The first `prev` of a lane and of the seals is 64 zeros;
** each further one is the hash before it.  `heads` has a line "lane seq hash"
** for each lane written to since the seal before.
*/
#ifndef AUDIT_EXPORT_H
#define AUDIT_EXPORT_H

#include "core/web.h"

extern const Slice audit_export_slice;

/* Calls line() for each; `to` is handed through. */
void audit_export(Ctx *c, void (*line)(void *to, Str text), void *to);

#endif
