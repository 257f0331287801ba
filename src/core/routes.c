/*
** A pattern's shape is how many segments it has and which of them are :names.
** There are few shapes, so a path is tried in each of its length: the hash of
** its method and of the segments that are no names there finds the route.
*/
#include "core/routes.h"

enum { SEGMENTS_MAX = 16, SHAPES_MAX = 64 };

typedef struct Shape {
    size_t   n;
    uint32_t names; /* bit i: segment i is a :name */
} Shape;

typedef struct Slot {
    const Route *route; /* NULL: empty */
    uint64_t     hash;
    size_t       order;
} Slot;

struct Routes {
    Block  block; /* that it lies in */
    Shape  shape[SHAPES_MAX];
    size_t shapes;
    Slot  *slot;
    size_t slots; /* a power of two */
};

bool route_matches(Ctx *c, Str pattern)
{
    Str path = c->path;
    size_t n = 0;
    while (pattern.n || path.n) {
        Str want = str_cut(&pattern, '/');
        Str have = str_cut(&path, '/');
        bool name = want.n && want.s[0] == ':';
        if (name && have.n && n < COUNT(c->arg)) c->arg[n++] = have;
        else if (!str_eq(want, have)) return false;
    }
    return true;
}

/* FNV-1a */
static const uint64_t hash_start = 0xCBF29CE484222325U;

static uint64_t hash_of(uint64_t h, Str s)
{
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 0x100000001B3U;
    return (h ^ '/') * 0x100000001B3U;
}

/* How many segments; 0: more than any route has. */
static size_t split(Str path, Str segment[static SEGMENTS_MAX])
{
    size_t n = 0;
    while (path.n) {
        if (n == SEGMENTS_MAX) return 0;
        segment[n++] = str_cut(&path, '/');
    }
    return n;
}

static uint64_t hash_in(const Shape *shape, Str method, const Str *segment)
{
    uint64_t h = hash_of(hash_start, method);
    for (size_t i = 0; i < shape->n; i++) h = hash_of(h, shape->names >> i & 1 ? S(":") : segment[i]);
    return h;
}

static Shape shape_of(const Str *segment, size_t n)
{
    Shape shape = { .n = n };
    for (size_t i = 0; i < n; i++) {
        if (segment[i].n && segment[i].s[0] == ':') shape.names |= 1U << i;
    }
    return shape;
}

static void note_shape(Routes *r, Shape shape)
{
    for (size_t i = 0; i < r->shapes; i++) {
        if (r->shape[i].n == shape.n && r->shape[i].names == shape.names) return;
    }
    BUG_IF(r->shapes == SHAPES_MAX);
    r->shape[r->shapes++] = shape;
}

static void add(Routes *r, const Route *route, size_t order)
{
    Str segment[SEGMENTS_MAX];
    size_t n = split(str_of(route->pattern), segment);
    Shape shape = shape_of(segment, n);
    BUG_IF(n == 0 && route->pattern[0]);
    note_shape(r, shape);
    uint64_t hash = hash_in(&shape, str_of(route->method), segment);
    size_t i = hash & (r->slots - 1);
    while (r->slot[i].route) i = (i + 1) & (r->slots - 1);
    r->slot[i] = (Slot){ .route = route, .hash = hash, .order = order };
}

Routes *routes_open(const Slice *const *slices)
{
    size_t n = 0, slots = 64;
    for (const Slice *const *s = slices; *s; s++) n += (*s)->routes;
    while (slots < 4 * n) slots *= 2;
    Block block = block_open(sizeof(Routes) + slots * sizeof(Slot) + _Alignof(Slot));
    Arena mem = block_arena(&block);
    Routes *r = NEW(&mem, Routes, 1);
    *r = (Routes){ .block = block, .slots = slots, .slot = NEW(&mem, Slot, slots) };
    n = 0;
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) add(r, &(*s)->route[i], n++);
    }
    return r;
}

void routes_close(Routes *r)
{
    if (!r) return;
    Block block = r->block;
    block_close(&block);
}

/* The first route of that hash and before `best` whose pattern fits, or `best`. */
static const Slot *look(const Routes *r, Ctx *c, uint64_t hash, const Slot *best)
{
    for (size_t i = hash & (r->slots - 1); r->slot[i].route; i = (i + 1) & (r->slots - 1)) {
        const Slot *s = &r->slot[i];
        bool wanted = s->hash == hash && (!best || s->order < best->order)
                   && str_eq(str_of(s->route->method), c->method);
        if (wanted && route_matches(c, str_of(s->route->pattern))) best = s;
    }
    return best;
}

const Route *routes_find(const Routes *r, Ctx *c)
{
    Str segment[SEGMENTS_MAX];
    const Slot *best = NULL;
    size_t n = split(c->path, segment);
    for (size_t i = 0; i < r->shapes; i++) {
        if (r->shape[i].n == n) best = look(r, c, hash_in(&r->shape[i], c->method, segment), best);
    }
    if (!best) return NULL;
    for (size_t i = 0; i < COUNT(c->arg); i++) c->arg[i] = (Str){ 0 };
    BUG_IF(!route_matches(c, str_of(best->route->pattern))); /* others have tried since: its args */
    return best->route;
}
