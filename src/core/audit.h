/*
** The audit record: every change and every look at a sensitive value, append
** only, each entry bound to the one before it by SHA-256.  Entries lie in
** lanes, one a writer, so that no two writers wait for one chain head; a seal
** binds the heads of all lanes (audit_seal job, every hour).
**
** A transaction is one entry.  What it changed is noted by db.c itself, so no
** slice can forget it: query names with the values they stored, sealed values
** as keyed digests, long text as its SHA-256.
*/
#ifndef AUDIT_H
#define AUDIT_H

#include "core/web.h"

extern const Slice audit_slice;

typedef struct Lane Lane;
struct Plan;

Lane *lane_open(void);
void  lane_close(Lane *lane);

/* For tx.c and db.c: a transaction's beginning, each change, its entry, its end. */
void audit_begin(Ctx *c);
void audit_note(Ctx *c, const struct Plan *p, const void *in);
void audit_write(Ctx *c);
void audit_end(Ctx *c);

/* What this transaction is about, and why somebody looks: for the entry. */
void audit_about(Ctx *c, Id subject);
void audit_look(Ctx *c, Str what, Str reason);

/* Walks all lanes and seals; writes what is wrong, and where, to `o`.  Returns
** the number of faults; *entries is how many were read. */
int64_t audit_verify(Ctx *c, Out *o, int64_t *entries);

/* Does the record say this of what was done within an hour of that time? */
bool audit_says(Ctx *c, Time at, Str text);

/* The last seal, to be written down elsewhere; false: there is none yet. */
typedef struct AuditHead { int64_t number, at_ms; Str hash; } AuditHead;
bool audit_head(Ctx *c, AuditHead *head);

#endif
