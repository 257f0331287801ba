/*
** The latest safe day to apply for arbitration, from what began and restarted
** limitation: reference only, nothing is decided by it (domain.md 2.10).
*/
#ifndef INTAKE_LIMITATION_H
#define INTAKE_LIMITATION_H

#include "case/case.h"
#include "law/limitation.h"

/* Fills the request's answer; `ask->events` are LimitEvents in any order. */
void limitation_reply(Ctx *c, const LimitAsk *ask);

extern const Form  safe_day_form;
extern const Slice limitation_slice;

#endif
