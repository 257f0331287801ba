/*
** Full-text search.  A document is what the slices say of one id: its text, and
** tags (organisations, month, people) by which a search stays in its scope
** without looking at rows.  The index lies beside the database (SQLite: the
** file search.db of the data folder), is filled behind the writers by a job,
** and can be rebuilt at any time.  What waits to be indexed is matched
** directly, so who writes finds it at once.
**
** An index may lag behind and two texts may share their bigrams: whoever asks
** must look at the row of every hit, and at whether its reader may see it.
*/
#ifndef SEARCH_H
#define SEARCH_H

#include "core/search_sound.h"
#include "core/web.h"

extern const Slice search_slice;

enum { SEARCH_TEXT_MAX = 64 * 1024, SEARCH_TAGS_MAX = 2048, SEARCH_WORDS = 6, SEARCH_HITS = 200 };

/* In the caller's transaction: this document's text has changed. */
void search_queue(Ctx *c, Id id);

/* Text as it is indexed and compared: small letters, half width, variants as the common character. */
Str search_plain(const Ctx *c, Arena *a, Str text);

/* For a slice's search(): the last four characters of a number that nobody may
** read here, as a keyed digest.  `number` shorter than four: nothing. */
void search_secret(Ctx *c, Out *text, Str number);

typedef struct SearchAsk {
    Str    word[SEARCH_WORDS];   /* plain; a text fits if it has all of them */
    Str    secret[SEARCH_WORDS]; /* or, of a word that may be such an end, its digest */
    Str    sound[SEARCH_WORDS][SOUND_PARSES]; /* or, of letters, the tokens of what they may sound like */
    size_t ways[SEARCH_WORDS];   /* so many; 0: no sound */
    size_t words;
    Str    tag[SEARCH_WORDS];    /* the document has all of these; "a|b": either */
    size_t tags;
    Id     before;               /* older ids only */
} SearchAsk;

/* Splits what a person typed; false if there is nothing to look for. */
bool search_words(Ctx *c, Str typed, SearchAsk *ask);
void search_tag(Ctx *c, SearchAsk *ask, Str head, Str value);

/* The newest documents that fit, at most `max` (<= SEARCH_HITS), newest first. */
size_t search_find(Ctx *c, const SearchAsk *ask, Id *hit, size_t max);

/* Everything again: the index emptied, and every id that `next` names after
** *after (Rows of Id, at most a thousand) indexed.  Returns how many. */
typedef Rows (*SearchIds)(Ctx *c, Id after);
int64_t search_rebuild(Ctx *c, SearchIds next);

#endif
