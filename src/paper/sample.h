/*
** Values where there is no case: each field of a source shows its own label, so
** that whoever reviews a template sees what will stand where.
*/
#ifndef SAMPLE_H
#define SAMPLE_H

#include "paper/template.h"

/* Two rows of the Form: texts are labels, days and sums plausible ones. */
Rows sample_rows(Ctx *c, const Form *f);

#endif
