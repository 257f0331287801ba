/*
** What no file may call outside base/, the two database drivers and serve/:
** the build includes this header before every other source (src/meson.build).
** Calls become an error that names the function.  Macros with arguments, so
** that a member or a variable may still be called `time`.
**
** Every library header that declares one of these names stands here first:
** once a name is banned, its own declaration would be an error too.
*/
#ifndef BANNED_H
#define BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(function) function##_is_banned_see_base_banned_h

/* No bound, or one that is easily got wrong: Out, Str and snprintf instead. */
#undef strcpy
#define strcpy(...) BANNED(strcpy)
#undef strcat
#define strcat(...) BANNED(strcat)
#undef strncpy
#define strncpy(...) BANNED(strncpy)
#undef strncat
#define strncat(...) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)

/* Hidden state, or no way to see a fault: str_cut, str_int. */
#undef strtok
#define strtok(...) BANNED(strtok)
#undef atoi
#define atoi(...) BANNED(atoi)
#undef atol
#define atol(...) BANNED(atol)
#undef rand
#define rand(...) BANNED(rand)

/* The clock is read once a request: c->today, c->now; dates by base/date.h. */
#undef time
#define time(...) BANNED(time)
#undef gmtime
#define gmtime(...) BANNED(gmtime)
#undef localtime
#define localtime(...) BANNED(localtime)

/* Memory is the arena's: NEW, str_copy. */
#undef malloc
#define malloc(...) BANNED(malloc)
#undef calloc
#define calloc(...) BANNED(calloc)
#undef realloc
#define realloc(...) BANNED(realloc)
#undef free
#define free(...) BANNED(free)
#undef strdup
#define strdup(...) BANNED(strdup)
#undef strndup
#define strndup(...) BANNED(strndup)

#endif
