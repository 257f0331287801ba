/* What the child and the single-threaded programs share. */
#ifndef PRESS_MAKE_H
#define PRESS_MAKE_H

#include "paper/press.h"

enum { PRESS_MEMORY = 96 << 20, PRESS_HEAD = 128 };

/* False: no document, or too long. */
bool print_both(Arena *mem, Str source, Printed *out);

#endif
