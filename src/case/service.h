/* ServiceTry of papers (送达): every attempt, its way, and how it went. */
#ifndef CASE_SERVICE_H
#define CASE_SERVICE_H

#include "case/paper.h"

typedef struct ServiceTry {
    Id   id, case_id, paper_id;
    Str  way;       /* of service_ways */
    Date sent_on;
    Str  tracking;  /* of the post */
    Str  state;     /* sent, opened, served, failed */
    Time opened_at; /* by the party, of a link */
    Date done_on;
    Str  why, note; /* why it failed */
    Id   by_id;
    Str  org_path, path_end; /* parameters */
} ServiceTry;

extern const Slice service_slice;

Rows services_of(Ctx *c, Id paper_id);
void service_done(Ctx *c, const Paper *p); /* the attempt that was under way succeeded */

#endif
