/*
** A bounded byte sink.  Once full it stays full: appending is a no-op, and
** `full` is asked once, at the end.
*/
#ifndef OUT_H
#define OUT_H

#include "base/date.h"
#include "base/str.h"

typedef struct Out {
    char  *buf;
    size_t len, cap;
    bool   full;
} Out;

void out_str(Out *o, Str s);
void out_int(Out *o, int64_t v);
void out_pad(Out *o, int64_t v, int width); /* zero-padded; v >= 0 */
void out_date(Out *o, Date d);              /* yyyy-mm-dd; nothing for no date */
void out_time(Out *o, Time t);              /* 2026-05-01T09:30:00+08:00 */
void out_yuan(Out *o, Money m);             /* 1234.50 */
void out_json(Out *o, Str s);               /* quoted and escaped */
void out_csv(Out *o, Str s);                /* a cell, quoted when RFC 4180 asks for it */

static inline Str out_view(const Out *o) { return (Str){ o->buf, o->len }; }

#endif
