/*
** What each side may do about an agreement, in JSON: its form, its input with
** every bad field named at once, and its answer.
*/
#ifndef REMEDY_JSON_H
#define REMEDY_JSON_H

#include "core/calc_read.h"
#include "core/law_ref.h"
#include "law/remedy.h"

void read_agreement(Reading *r, json_t *object, Agreement *a);
typedef struct RemedyWrite {
    bool english;
    Cite cite; /* links to the articles, if it has a library */
} RemedyWrite;
void write_remedies(Out *o, const Agreement *a, const Remedies *r, const RemedyWrite *w);
void describe_remedies(Out *o, bool english);

#endif
