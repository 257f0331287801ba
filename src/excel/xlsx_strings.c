/*
** Shared strings: the first few megabytes in memory, the rest in temporary
** files, read through a window, because writers number strings as they meet
** them and so they are asked for nearly in order.
*/
#include "excel/xlsx.h"

#include <string.h>

enum { KEPT_BYTES = 5 * 1024 * 1024, KEPT = 200 * 1024, WINDOW = 4096, TEXT_WINDOW = 512 * 1024 };

struct Strings {
    Arena   *mem;
    char    *text;     /* of those in memory */
    size_t   used;
    uint32_t *end;
    int64_t  n, kept;
    bool     over;     /* memory is full: the rest goes to the files */
    FILE    *texts, *places;
    int64_t  size;     /* of `texts` */
    int64_t  place[WINDOW + 1], first, places_n; /* of entries first …, counted from `kept` */
    char    *window;
    int64_t  window_at, window_n;
    bool     broken;
};

Strings *strings_open(Arena *mem)
{
    Strings *s = NEW(mem, Strings, 1);
    s->mem = mem;
    s->text = arena_room(mem, KEPT_BYTES);
    s->end = NEW(mem, uint32_t, 1); /* … and as many more, as they are needed */
    (void)arena_room(mem, (KEPT - 1) * sizeof *s->end);
    s->first = -1;
    s->texts = tmpfile(); /* missed only by a book that needs them: spill() */
    s->places = tmpfile();
    return s;
}

void strings_close(Strings *s)
{
    if (s->texts) (void)fclose(s->texts);
    if (s->places) (void)fclose(s->places);
}

bool strings_broken(const Strings *s)
{
    return s->broken;
}

static void spill(Strings *s)
{
    s->over = true;
    s->window = NEW(s->mem, char, TEXT_WINDOW);
    s->broken |= !s->texts || !s->places;
}

void strings_add(Strings *s, Str text)
{
    if (!s->over && (text.n > KEPT_BYTES - s->used || s->n == KEPT)) spill(s);
    if (s->broken) return;
    if (!s->over) {
        if (text.n) memcpy(s->text + s->used, text.s, text.n);
        s->used += text.n;
        s->end[s->n++] = (uint32_t)s->used;
        s->kept = s->n;
        return;
    }
    s->n++;
    s->size += (int64_t)text.n;
    s->broken |= fwrite(text.s, 1, text.n, s->texts) != text.n;
    s->broken |= fwrite(&s->size, sizeof s->size, 1, s->places) != 1; /* where it ends */
}

/* Where entry i (counted from `kept`) begins and ends in `texts`. */
static bool place_of(Strings *s, int64_t i, int64_t *from, int64_t *to)
{
    bool inside = s->first >= 0 && i >= s->first && i < s->first + s->places_n;
    if (!inside) {
        int64_t before = i > 0 ? i - 1 : 0;
        s->place[0] = 0;
        if (fseeko(s->places, before * 8, SEEK_SET) != 0) return false;
        size_t got = fread(s->place + (i == 0), 8, WINDOW, s->places);
        s->first = i;
        s->places_n = (int64_t)got - (i > 0);
        if (s->places_n < 1) return false;
    }
    *from = s->place[i - s->first];
    *to = s->place[i - s->first + 1];
    return *to >= *from;
}

static Str far_text(Strings *s, int64_t i)
{
    int64_t from = 0, to = 0;
    if (!place_of(s, i, &from, &to) || to - from > TEXT_WINDOW) return (Str){ 0 };
    if (from < s->window_at || to > s->window_at + s->window_n) {
        if (fseeko(s->texts, from, SEEK_SET) != 0) return (Str){ 0 };
        s->window_at = from;
        s->window_n = (int64_t)fread(s->window, 1, TEXT_WINDOW, s->texts);
        if (to > from + s->window_n) return (Str){ 0 };
    }
    return (Str){ s->window + (from - s->window_at), (size_t)(to - from) };
}

Str strings_get(Strings *s, int64_t index)
{
    if (index < 0 || index >= s->n || s->broken) return (Str){ 0 };
    if (index >= s->kept) return far_text(s, index - s->kept);
    uint32_t from = index ? s->end[index - 1] : 0;
    return (Str){ s->text + from, s->end[index] - from };
}

/* ---- the part ------------------------------------------------------------------------------------ */

typedef struct StringReader {
    Xlsx *x;
    Out   text;
    bool  inside; /* in a <t> that counts */
    int   phonetic;
} StringReader;

static void on_start(void *data, const char *name, const char **attributes)
{
    StringReader *r = data;
    (void)attributes;
    if (strcmp(name, "si") == 0) r->text.len = 0;
    if (strcmp(name, "rPh") == 0) r->phonetic++;
    r->inside = strcmp(name, "t") == 0 && r->phonetic == 0;
}

static void on_end(void *data, const char *name)
{
    StringReader *r = data;
    r->inside = false;
    if (strcmp(name, "rPh") == 0) r->phonetic--;
    if (strcmp(name, "si") == 0) strings_add(r->x->strings, out_view(&r->text));
    r->text.full = false;
}

static void on_text(void *data, Str text)
{
    StringReader *r = data;
    if (r->inside) out_str(&r->text, text);
}

void xlsx_strings(Xlsx *x, Str part)
{
    enum { ROOM = 4 * GRID_CELL_MAX };
    StringReader r = { .x = x, .text = { .buf = NEW(x->m->mem, char, ROOM), .cap = ROOM } };
    XmlHandlers h = { .data = &r, .start = on_start, .end = on_end, .text = on_text };
    (void)xlsx_part(x, part, &h);
    if (x->strings->over) x->strings->broken |= fflush(x->strings->texts) != 0
        || fflush(x->strings->places) != 0;
}
