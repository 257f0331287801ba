/*
** Sentences in both languages.  A template stands in a table of the file that
** says it, with {0} to {9} where its arguments go; the text it makes lives in
** the arena.
*/
#ifndef PHRASE_H
#define PHRASE_H

#include "base/base.h"

typedef struct Phrase {
    const char *zh, *en;
} Phrase;

typedef struct Text {
    Str zh, en;
} Text;

/* An argument that reads the same in both languages. */
static inline Text same(Str s) { return (Text){ s, s }; }

Text phrase_say(Arena *mem, const Phrase *p, const Text *args, size_t n);
Text phrase_date(Arena *mem, Date d);    /* 2026-10-10（星期六） / 2026-10-10 (Sat) */
Text phrase_number(Arena *mem, int64_t v);

/* Why a day, a sum or a refusal is as it is: one sentence a line. */
enum { TRACE_LINES = 64 };

typedef struct Trace {
    Text   line[TRACE_LINES];
    size_t n; /* what does not fit is left out, the last line says so */
} Trace;

void trace_add(Trace *t, Text line);

#endif
