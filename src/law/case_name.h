/*
** The two sides of a dispute out of the name of its case: 张三与某公司劳动争议,
** 张三诉某公司追索劳动报酬纠纷案.  The words that part the sides (field "versus"),
** that say who is who ("role") and that begin what it is about ("tail") are rows
** of data/ledger_names.csv.  What is not clear is said, never guessed.
*/
#ifndef CASE_NAME_H
#define CASE_NAME_H

#include "law/ledger_name.h"
#include "law/phrase.h"

typedef struct CaseName {
    bool split;                        /* false: who they are is not clear; `doubt` says why */
    Str  applicant, respondent;        /* views of the text */
    Str  matter;                       /* what it is about, or "" */
    const char *doubt;                 /* a word; of one that was split: what to look at; NULL: nothing */
} CaseName;

/* `text` is tidy (excel/cell.h): half-width signs, no line breaks. */
void case_name_read(const LedgerNames *names, Str text, CaseName *n);

/* What such a word says; NULL for any other. */
const Phrase *case_name_doubt(Str word);

/* People that a cell names: 张三、李四 are two, 张三等12人 are twelve; 0: it names no people. */
int64_t names_in(Str text);

/* Is this an employer's name, by how it ends? */
bool name_is_firm(Str name);

#endif
