/*
** Where an organisation lay and whom it served, by the day: what a report or a
** snapshot of an old period asks.  Its place in the tree is given once for all
** (parent_id and path never change), so that only these need a history: org_seat
** has a row a move, org_area one for each area with its days.  What was said
** when it was entered counts from ever.
*/
#ifndef ORG_DATED_H
#define ORG_DATED_H

#include "law/period.h"
#include "register/organisations/organisations.h"

extern const Slice org_dated_slice;

/* The region of an organisation `o` on a day: texts of SQL for others' queries. */
#define ORG_SEAT(o, day) \
    "COALESCE((SELECT z.region FROM org_seat z WHERE z.org_id = " o ".id AND z.day <= " day \
    " ORDER BY z.day DESC, z.id DESC LIMIT 1), (SELECT z.was FROM org_seat z WHERE z.org_id = " o ".id" \
    " ORDER BY z.day, z.id LIMIT 1), " o ".region)"
/* Those that may have lain between :region and :region_end on some day. */
#define ORG_EVER_IN(o) \
    " " o ".id IN (SELECT z.id FROM org z WHERE z.region >= :region AND z.region < :region_end UNION" \
    " SELECT z.org_id FROM org_seat z WHERE z.was >= :region AND z.was < :region_end" \
    " UNION SELECT z.org_id FROM org_seat z WHERE z.region >= :region AND z.region < :region_end)"
/* Did the area `r` (of org_area) count on :day? */
#define ORG_AREA_HELD(r) " " r ".from_day <= :day AND (" r ".to_day IS NULL OR " r ".to_day > :day)"

/* In the caller's transaction, after *org was stored: its seat and areas from today on. */
void org_moved(Ctx *c, const Org *org, Str region_before);
void org_areas(Ctx *c, const Org *org);
void org_dated_forget(Ctx *c, Id id);

/* Where it lay, for its months. */
Seats org_seats(Ctx *c, const Org *org);

#endif
