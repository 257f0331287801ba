/*
** Official typical cases (典型案例), as published: data/cases/typical_cases.csv.
** Columns: id,batch,date,publisher,url,title,text_kind,types,causes,law_refs,
** forum,result,claim_yuan,award_yuan,facts,claim,outcome,analysis,worked_check
**   text_kind  official-full, or condensed by this project
**   types      the publisher's kinds: TER OT …; causes: words of data/causes.csv
**   law_refs   law_id-article_no of the library: LDHTF-46 JSE-7
** An office may add to them and correct them (reference typical_cases).
*/
#ifndef TYPICAL_H
#define TYPICAL_H

#include "law/cause.h"

typedef struct TypicalCase {
    Str   id, title, batch, publisher, url;
    Date  date;         /* of publication */
    Str   types, causes, laws; /* words */
    Str   forum, result;
    Str   facts, claim, outcome, analysis, check;
    Money claimed, awarded;
    bool  told_claim, told_award; /* the publication names the sum */
    bool  condensed;
} TypicalCase;

typedef struct TypicalCases {
    TypicalCase *row;
    size_t       n;
} TypicalCases;

/* Texts are views; what is wrong is left in `sheet`.  False if anything is. */
bool typical_read(TypicalCases *t, Arena *mem, Str text, const Causes *causes, Sheet *sheet);

#endif
