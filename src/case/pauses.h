/* When a period stood still, as text: "2026-03-10..2026-04-20 …", first paused day and first one
** that counts again; the last perhaps without its end. */
#ifndef CASE_PAUSES_H
#define CASE_PAUSES_H

#include "law/clock.h"

size_t pauses_read(Str text, Pause pauses[static CLOCK_PAUSES]);
Str    pauses_open(Arena *mem, Str pauses, Date day);  /* one that begins */
Date   pauses_began(Str pauses);                       /* of the one that goes on */
Str    pauses_close(Arena *mem, Str pauses, Date day); /* it ends; one that began that day was none */
Str    with_word(Arena *mem, Str list, Str word);      /* words, blanks between */

#endif
