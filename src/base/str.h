/*
** Str is a view of bytes it does not own: not NUL-terminated, {NULL,0} is "".
** Passed by value; whoever keeps one keeps what it points to.
*/
#ifndef STR_H
#define STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

typedef struct Str {
    const char *s;
    size_t      n;
} Str;

/* The pasted "" refuses anything but a literal at compile time. */
#define S(lit) ((Str){ "" lit "", sizeof(lit) - 1 })

Str  str_of(const char *cstr); /* NULL is "" */
bool str_eq(Str a, Str b);
int  str_cmp(Str a, Str b);    /* by bytes, as strcmp */
bool str_starts(Str s, Str head);
bool str_has(Str s, Str part); /* anywhere; "" is in every text */

/* Splits off the part of *rest before `sep`; *rest becomes what follows. */
Str  str_cut(Str *rest, char sep);
Str  str_trim(Str s); /* without blanks, tabs, CR, LF at either end */

/* Valid UTF-8 without control characters: what both engines store alike.  Nor
** with marks that turn the direction of what follows: a sum or a name with one
** in it looks like another. */
bool str_is_text(Str s);
/* The same, line breaks, tabs and those marks allowed: a narrative in the writer's
** own words, which screens isolate. */
bool str_is_prose(Str s);
bool str_is_digits(Str s);     /* one or more of 0-9 */
char char_upper(char ch);      /* a-z as A-Z, all else as it is */
Str  str_first(Str s, size_t n); /* its first n bytes at most, in whole characters */
size_t str_length(Str s);      /* in characters, of valid UTF-8 */

/* A whole number in plain digits with an optional '-'; false if it is none
** or does not fit. */
bool str_int(Str s, int64_t *v);

/* What the program names rows with (core/id.c makes them); 0 is "none".  A
** string in JSON, because JavaScript's numbers end at 2^53. */
typedef struct Id {
    int64_t n;
} Id;

Id id_parse(Str digits); /* {0} if it is not a positive number in plain digits */

/* Money is fen (分), an integer. */
typedef struct Money {
    int64_t fen;
} Money;

_Noreturn void bug(const char *file, int line, const char *what);
/* The world does not let us go on, before anybody was promised anything: says why, exit code 1. */
_Noreturn void halt(const char *what, const char *why);
/* The same at any time and on any thread: nothing is tidied up, no other thread is waited for. */
_Noreturn void halt_now(const char *what, const char *why);
#define BUG_IF(cond) ((cond) ? bug(__FILE__, __LINE__, #cond) : (void)0)

#endif
