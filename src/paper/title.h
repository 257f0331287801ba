/*
** Titles are broken between words, lines of about the same length (GB/T 9704-2012,
** 7.3.1: 词意完整，排列对称), and so are the long names of offices that sign; the same
** in PDF and DOCX.
*/
#ifndef TITLE_H
#define TITLE_H

#include "paper/layout.h"

/* `text` with U+2028 where its lines end, if it takes more than one; a text that has
** its own breaks is left alone.  `kind`: DOC_TITLE or DOC_MARK. */
Str title_lines(Arena *mem, const Style *s, DocKind kind, Str text);

/* Between words, at most `limit` halves of a character a line. */
Str word_lines(Arena *mem, Str text, int limit);

/* The same for one column of a signature block: 某区劳动人事争议 | 多元调解中心（印章）. */
Str sign_lines(Arena *mem, const Style *s, Str text);

#endif
