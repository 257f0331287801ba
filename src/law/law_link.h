/*
** From a basis text to the articles it names: "劳动合同法（2012年修正）第四十六、
** 四十七条", "民事诉讼法 205 (2023)", "V:TJZC 14-16", "Labour Contract Law (2012 text)
** art. 46".  A text that names another version than the library has is not
** linked: its numbers stand for other rules.
*/
#ifndef LAW_LINK_H
#define LAW_LINK_H

#include "law/library.h"

enum { LAW_LINKS = 24 };

typedef struct LawLinks {
    const LawArticle *article[LAW_LINKS]; /* each once, in the order named */
    size_t n;
    size_t other; /* laws named in a version that is not here, or articles that are not */
    size_t absent; /* of these, articles that the law in this version has not */
} LawLinks;

/* `on`: the day whose texts are linked to. */
void law_links(const Library *l, Str basis, Date on, LawLinks *links);
/* A law named anywhere, with or without an article; NULL: none. */
const LawHead *law_named(const Library *l, Str text, Date on);

#endif
