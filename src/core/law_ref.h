/*
** Links from what is said to the articles it rests on: rows for answers that
** are Forms, and a member for those that are written by hand.
*/
#ifndef LAW_REF_H
#define LAW_REF_H

#include "core/ctx.h"
#include "law/law.h"

typedef struct LawRef {
    Str law, article; /* ids of the library: LDHTF, 46 */
    Str label;        /* 劳动合同法 第四十六条 */
    Str href;         /* /api/v1/laws/LDHTF/46 */
} LawRef;
extern const Form law_ref_form;

/* The articles that a basis text names, as of c's day. */
Rows law_refs(Ctx *c, Str basis);
LawRef law_ref(Arena *mem, const Library *l, const LawArticle *a, Date on);

/* For whoever writes without a Ctx; `library` NULL: no links. */
typedef struct Cite {
    const Library *library;
    Arena         *mem;
    Date           on;
} Cite;
void write_links(Out *o, const Cite *cite, Str basis); /* ,"links":[…]; nothing if there is none */

#endif
