/*
** What every file needs.  Nothing in base/ knows about HTTP, SQL or the law.
*/
#ifndef BASE_H
#define BASE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/out.h"
#include "base/str.h"

#endif
