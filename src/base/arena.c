#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *arena_alloc(Arena *a, size_t count, size_t size, size_t align)
{
    size_t pad = (align - (uintptr_t)a->at % align) % align;
    size_t room = (size_t)(a->end - a->at);
    BUG_IF(pad > room || count > (room - pad) / size);
    char *p = a->at + pad;
    a->at = p + count * size;
    return memset(p, 0, count * size);
}

Str str_copy(Arena *a, Str from)
{
    if (from.n == 0) return (Str){ 0 };
    char *p = NEW(a, char, from.n);
    memcpy(p, from.s, from.n);
    return (Str){ p, from.n };
}

char *arena_room(Arena *a, size_t n)
{
    BUG_IF(n > (size_t)(a->end - a->at));
    char *p = a->at;
    a->at += n;
    return p;
}

size_t arena_left(const Arena *a)
{
    return (size_t)(a->end - a->at);
}

Str range_end(Arena *a, Str head)
{
    static const char last[] = "\xF4\x8F\xBF\xBF"; /* U+10FFFF, which no text has */
    char *p = NEW(a, char, head.n + sizeof last);
    if (head.n) memcpy(p, head.s, head.n);
    memcpy(p + head.n, last, sizeof last);
    return (Str){ p, head.n + sizeof last - 1 };
}

char *str_c(Arena *a, Str from)
{
    char *p = NEW(a, char, from.n + 1);
    if (from.n) memcpy(p, from.s, from.n);
    return p;
}

Block block_open(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    BUG_IF(p == MAP_FAILED);
    return (Block){ .memory = p, .size = size };
}

void block_close(Block *b)
{
    if (b->memory) BUG_IF(munmap(b->memory, b->size) != 0);
    *b = (Block){ 0 };
}

Arena block_arena(const Block *b)
{
    return (Arena){ b->memory, b->memory + b->size };
}

static long file_size(FILE *f)
{
    if (fseek(f, 0, SEEK_END) != 0) return -1;
    long size = ftell(f);
    return fseek(f, 0, SEEK_SET) == 0 ? size : -1;
}

Str file_read(Arena *a, const char *path, size_t max, bool *good)
{
    Str text = { 0 };
    *good = false;
    FILE *f = fopen(path, "rbe");
    if (!f) return text;
    long size = file_size(f);
    if (size >= 0 && (size_t)size <= max) {
        char *p = NEW(a, char, (size_t)size + 1);
        text = (Str){ p, fread(p, 1, (size_t)size, f) };
        *good = text.n == (size_t)size;
    }
    (void)fclose(f);
    return *good ? text : (Str){ 0 };
}
