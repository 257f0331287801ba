/*
** What each side may do about an agreement, in JSON: its form, its input with
** every bad field named at once, and its answer.
*/
#ifndef REMEDY_JSON_H
#define REMEDY_JSON_H

#include "core/calc_read.h"
#include "law/remedy.h"

void read_agreement(Reading *r, json_t *object, Agreement *a);
void write_remedies(Out *o, const Agreement *a, const Remedies *r, bool english);
void describe_remedies(Out *o, bool english);

#endif
