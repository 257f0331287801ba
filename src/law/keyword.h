/*
** What disputes are about, in the words of those who have them: a closed list of
** keywords, each with the terms by which it is found (data/keywords.csv, dated rows:
** no,zh,en,terms,from,to,basis).  Only whether one was said is counted, so nobody can
** be told from it.  A number is stored with the counts: append, never renumber.
*/
#ifndef KEYWORD_H
#define KEYWORD_H

#include "law/phrase.h"
#include "law/sheet.h"

enum { KEYWORDS_MAX = 30 };

typedef struct Keyword {
    int64_t no;     /* 1 to KEYWORDS_MAX */
    Text    label;
    Str     terms;  /* blanks between */
    Date    from, to;
} Keyword;

typedef struct Keywords {
    Keyword row[KEYWORDS_MAX];
    size_t  n;
} Keywords;

/* False, said why in `sheet`, if a cell is wrong. */
bool keywords_read(Keywords *list, Arena *mem, Str text, Sheet *sheet);

/* Which were said in the text, on the day: bit no - 1. */
uint64_t keywords_said(const Keywords *list, Str text, Date day);

#endif
