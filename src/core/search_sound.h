/*
** Names by their sound: whole syllables (mochouyu), initials (mcy), or both mixed (moCY, mochou),
** with every reading of a character.  In a document's text a name's sound stands beside it in
** letters of their own, U+10F000 and up, which nobody types: 'mo'chou'yu, 'tan|qin'xiu'yu.
*/
#ifndef SEARCH_SOUND_H
#define SEARCH_SOUND_H

#include "core/ctx.h"

enum { SOUND_FIRST = 0x10F000, SOUND_LAST = 0x10F07F, SOUND_PARSES = 8, SOUND_MAX = 24 };

/* One character at s[at], n bytes; text is valid UTF-8. */
uint32_t search_char(Str s, size_t at, size_t *n);

/* For a slice's search(): how the name sounds; nothing of characters without readings. */
void search_sound(Ctx *c, Out *text, Str name);

/* The tokens of a run of such letters, given one by one. */
typedef struct SoundSink {
    void (*add)(void *with, Str token);
    void *with;
} SoundSink;
void sound_tokens(Str run, const SoundSink *sink);

/* What a typed word may mean: for each way to read it the tokens a document must have, with
** blanks between.  Returns how many ways, 0: it is no sound. */
size_t sound_ways(Arena *a, Str word, Str way[static SOUND_PARSES]);

bool sound_fits(Str text, Str word); /* some name in the text sounds so, from some character on */

#endif
