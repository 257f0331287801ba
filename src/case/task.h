/*
** Tasks: what somebody has to do next, shown on the workbench.  A task is for a
** role at an organisation, or for one person.
*/
#ifndef CASE_TASK_H
#define CASE_TASK_H

#include "case/case.h"

extern const Codes task_kinds;
extern const Slice task_remind_slice, late_mail_slice;

/* `kind`: a word of task_kinds.  For whoever has the role at the case's
** organisation; what the mediator has to do is for the case's own, if there is one. */
void task_add(Ctx *c, const Case *k, Str kind, Role role, Time due);
/* All open tasks of that kind are done; none is fine. */
void task_done(Ctx *c, const Case *k, Str kind, Str note);
bool task_open(Ctx *c, const Case *k, Str kind);

/* The end of the n-th working day from today; n = 0: of today. */
Time task_due(const Ctx *c, int64_t n);
/* A number that a statute or an office sets, for the case's place, today; 0 if
** there is none. */
int64_t case_param(const Ctx *c, const Case *k, const char *key);

#endif
