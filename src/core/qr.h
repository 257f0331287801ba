/* QR codes (GB/T 18284): a text as a square of black and white. */
#ifndef QR_H
#define QR_H

#include "base/base.h"

/* One word of 0 and 1 a line, blanks between; medium correction.  "" if the text
** is too long for a code. */
Str qr_lines(Arena *a, Str text);

#endif
