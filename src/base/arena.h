/*
** Memory with one lifetime.  Exhaustion is a bug, because every input is
** bounded before it is read (core/limits.h), so it aborts instead of failing.
*/
#ifndef ARENA_H
#define ARENA_H

#include "base/str.h"

typedef struct Arena {
    char *at;
    char *end;
} Arena;

/* Zeroed; never NULL. */
void *arena_alloc(Arena *a, size_t count, size_t size, size_t align);
#define NEW(a, T, n) ((T *)arena_alloc((a), (n), sizeof(T), _Alignof(T)))

/* n bytes as they are, not zeroed: for a large buffer that is mostly not used. */
char  *arena_room(Arena *a, size_t n);
size_t arena_left(const Arena *a);
Str    str_copy(Arena *a, Str from);
char  *str_c(Arena *a, Str from); /* NUL-terminated, for the edges */

/* The end of the range of texts that begin with `head`: head <= t < range_end.
** Valid UTF-8; for "" above every text. */
Str    range_end(Arena *a, Str head);

/* A block of the system's, for what outlives a request: reserved at once,
** touched as it is used. */
typedef struct Block {
    char  *memory;
    size_t size;
} Block;

Block block_open(size_t size);
void  block_close(Block *b);
Arena block_arena(const Block *b);

/* A whole file, in the arena.  {NULL,0} with *good false if it cannot be read
** or is longer than `max`. */
Str file_read(Arena *a, const char *path, size_t max, bool *good);

#endif
