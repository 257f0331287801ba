/*
** The six haves (六有) in detail: what a check looks for in each of them, for
** which kinds of organisation.  data/six_items.csv, dated rows:
** have,item,kinds,counted,least,zh,en,basis,from,to.  An item that is counted
** ("mediators", "full_time") is taken from the register, never ticked.
*/
#ifndef SIX_H
#define SIX_H

#include "law/sheet.h"

enum { SIX_ITEM_ROWS = 200 };

typedef struct SixItem {
    Str     have;    /* VENUE … */
    Str     item;    /* a word of its own among all items */
    Str     kinds;   /* words of organisation kinds; "*": all that mediate */
    Str     counted; /* "", "mediators" or "full_time" */
    int64_t least;   /* of what is counted */
    Str     zh, en, basis;
    Date    from, to;
} SixItem;

typedef struct SixItems {
    SixItem *row;
    size_t   n;
} SixItems;

/* False, said why in `sheet`, if a cell is wrong. */
bool six_items_read(SixItems *list, Arena *mem, Str text, Sheet *sheet);

/* Is the item asked of such an organisation on the day? */
bool six_asked(const SixItem *item, Str kind, Date day);
const SixItem *six_item(const SixItems *list, Str item, Str kind, Date day); /* NULL: not asked */

/* The haves all of whose items are among `found` (words); a have of which
** nothing is asked is there. */
uint32_t six_found(const SixItems *list, Str kind, Date day, Str found);

#endif
