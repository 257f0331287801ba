/*
** The law library: laws, articles, search, and the official typical cases.  All
** from memory, for everybody.
*/
#ifndef REGISTER_LIBRARY_H
#define REGISTER_LIBRARY_H

#include "core/law_ref.h"
#include "core/slice.h"

extern const Slice library_slice;

/* A published case that shows how a question is decided. */
typedef struct Typical {
    Str   id, title, batch, publisher, url;
    Date  date;
    Str   causes;      /* words of data/causes.csv */
    Str   facts, claim, outcome, analysis, forum, result, check;
    Money claimed, awarded;
    bool  condensed;   /* shortened by this project */
    Rows  links;       /* of LawRef */
    int64_t likeness;  /* in cases_like() */
} Typical;
extern const Form typical_form, typical_head_form; /* the second without the long texts */

Rows typical_cases(Ctx *c); /* of Typical, as in the table */

/* What a case is about: its causes as words, the articles it names, its story. */
typedef struct Likeness {
    Str      causes, story;
    LawLinks laws;
} Likeness;
/* The typical cases that share something with it, most alike and newest first. */
Rows typical_like(Ctx *c, const Likeness *like, size_t max);

/* Handlers of library_search.c and typical.c. */
extern const Form law_find_form, law_hit_form, typical_find_form;
void law_search(Ctx *c);
void typical_list(Ctx *c);
void typical_show(Ctx *c);

/* ?on= and pages of the texts. */
typedef struct LawAsk {
    Date    on;
    int64_t limit, after;
} LawAsk;
Date law_day(const Ctx *c, Date on); /* today, if none is asked for */
Str  page_next(Ctx *c, int64_t next, bool more);

#endif
