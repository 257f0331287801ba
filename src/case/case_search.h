/* Finding cases by words, within what the searcher may see: see core/search.h. */
#ifndef CASE_SEARCH_H
#define CASE_SEARCH_H

#include "case/case.h"

extern const Slice case_search_slice;

/* For case_save(): asks for the index where what it holds has changed. */
void case_search_save(Ctx *c, const Case *k);

/* The whole index again, from the rows; returns how many cases it holds. */
int64_t case_search_rebuild(Ctx *c);

#endif
