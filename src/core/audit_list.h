/*
** Reading the audit record: for the auditor, newest first, and that somebody
** read it is an entry of it.
*/
#ifndef AUDIT_LIST_H
#define AUDIT_LIST_H

#include "core/web.h"

extern const Slice audit_list_slice;

#endif
