/*
** A mediator's posts (任职记录): at which organisation, full- or part-time, for
** which term, and since when.  What counts mediators of an old month or year asks
** here, and not where they are now.  What was said when the person was entered
** counts from ever; each change from its day on.
*/
#ifndef MEDIATOR_POSTS_H
#define MEDIATOR_POSTS_H

#include "register/mediators/mediators.h"

extern const Slice mediator_posts_slice;

/* Texts of SQL for others' queries.  Is `p` (of mediator_post) the post held at an instant?  `before` is a
** comparison: "< :morrow", "<= k.starts". */
#define MEDIATOR_POST_HELD(p, before) \
    " " p ".since " before " AND NOT EXISTS(SELECT 1 FROM mediator_post z WHERE z.mediator_id = " p ".mediator_id" \
    " AND z.since " before " AND (z.since > " p ".since OR (z.since = " p ".since AND z.id > " p ".id)))"
/* Was that person in office on the day: within a term of theirs, and neither suspended nor gone? */
#define MEDIATOR_SERVED(p, day) \
    " EXISTS(SELECT 1 FROM mediator_post z WHERE z.mediator_id = " p ".mediator_id AND z.from_day <= " day \
    " AND z.to_day >= " day ") AND COALESCE((SELECT z.status FROM standing z WHERE z.subject = " p ".mediator_id" \
    " AND z.day <= " day " ORDER BY z.day DESC, z.id DESC LIMIT 1), '')" \
    " NOT IN ('SUSPENDED', 'DISMISSED', 'RETIRED')"

/* In the caller's transaction, after *m was stored: a post or term other than before counts from today on. */
void post_note(Ctx *c, const Mediator *m);
void post_forget(Ctx *c, Id mediator_id);

#endif
