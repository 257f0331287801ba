/*
** Binding in a process of its own.  The plan is a file: a head line, then for
** each part a line of numbers and the bytes they count.  The child says how far
** it is on its standard output, a line each: "part DONE ALL", at last "bound
** PAGES MISSING".
*/
#include "paper/bind.h"

#include "paper/helper.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PLAN_MAX = 64 << 20, CPU_S = 600, PARTS_MAX = 20000 };
static const char head[] = "tiaojie volume 1";

/* ---- the plan -------------------------------------------------------------------------- */

static void put_numbers(Out *o, const int64_t *n, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i) out_str(o, S(" "));
        out_int(o, n[i]);
    }
    out_str(o, S("\n"));
}

void bind_write(Out *o, const Bind *b)
{
    const int64_t first[] = { (int64_t)b->n, (int64_t)b->title.n };
    out_str(o, str_of(head));
    out_str(o, S("\n"));
    put_numbers(o, first, COUNT(first));
    out_str(o, b->title);
    for (size_t i = 0; i < b->n; i++) {
        const BindPart *p = &b->part[i];
        const int64_t n[] = { p->kind, p->level, p->counted, (int64_t)p->label.n, (int64_t)p->source.n,
                              (int64_t)p->why.n };
        put_numbers(o, n, COUNT(n));
        out_str(o, p->label);
        out_str(o, p->source);
        out_str(o, p->why);
    }
}

static bool numbers(Str *text, int64_t *n, size_t count)
{
    Str line = str_cut(text, '\n');
    for (size_t i = 0; i < count; i++) {
        if (!str_int(str_cut(&line, ' '), &n[i])) return false;
    }
    return line.n == 0;
}

static bool cut_bytes(Str *text, int64_t n, Str *bytes)
{
    if (n < 0 || (size_t)n > text->n) return false;
    *bytes = (Str){ text->s, (size_t)n };
    *text = (Str){ text->s + n, text->n - (size_t)n };
    return true;
}

static bool read_part(Str *text, BindPart *p)
{
    int64_t n[6];
    if (!numbers(text, n, COUNT(n)) || n[0] < BIND_DOC || n[0] > BIND_PICTURE) return false;
    *p = (BindPart){ .kind = (BindKind)n[0], .level = n[1], .counted = n[2] != 0 };
    return cut_bytes(text, n[3], &p->label) && cut_bytes(text, n[4], &p->source)
        && cut_bytes(text, n[5], &p->why);
}

bool bind_read(Arena *mem, Str text, Bind *b)
{
    int64_t first[2];
    *b = (Bind){ 0 };
    if (!str_eq(str_cut(&text, '\n'), str_of(head)) || !numbers(&text, first, COUNT(first))) return false;
    if (first[0] < 1 || first[0] > PARTS_MAX || !cut_bytes(&text, first[1], &b->title)) return false;
    b->n = (size_t)first[0];
    b->part = NEW(mem, BindPart, b->n);
    for (size_t i = 0; i < b->n; i++) {
        if (!read_part(&text, &b->part[i])) return false;
    }
    return text.n == 0;
}

/* ---- the child ------------------------------------------------------------------------- */

static void tell(size_t done, size_t all)
{
    (void)printf("part %zu %zu\n", done, all);
    (void)fflush(stdout);
}

int bind_serve(const char *plan, const char *path, const Fonts *fonts)
{
    Bind b;
    bool good = false;
    Block block = block_open(PLAN_MAX + (PARTS_MAX + 1) * sizeof(BindPart));
    Arena mem = block_arena(&block);
    Str text = file_read(&mem, plan, PLAN_MAX, &good);
    (void)setrlimit(RLIMIT_CPU, &(struct rlimit){ CPU_S, CPU_S });
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    (void)setrlimit(RLIMIT_AS, &(struct rlimit){ (rlim_t)4 << 30, (rlim_t)4 << 30 });
    (void)fonts_open(fonts);
    good = good && bind_read(&mem, text, &b);
    if (!good) {
        (void)fprintf(stderr, "%s: is no plan of a volume\n", plan);
    } else {
        b.progress = tell;
        good = bind_make(&b, path);
        if (good) (void)printf("bound %lld %lld\n", (long long)b.pages, (long long)b.missing);
        else (void)fprintf(stderr, "%s: %s\n", path, b.why);
    }
    block_close(&block);
    return good ? 0 : 1;
}

/* ---- who starts it --------------------------------------------------------------------- */

/* Whoever waits for a volume, and what was said of it. */
typedef struct Waiting {
    Bind          *b;
    const BindWay *way;
} Waiting;

/* What a line says; "bound" is the last. */
static void hear(void *to, Str line)
{
    int64_t a = 0, b = 0;
    const Waiting *w = to;
    Str word = str_cut(&line, ' ');
    bool two = str_int(str_cut(&line, ' '), &a) && str_int(line, &b);
    if (two && str_eq(word, S("part")) && w->way->progress) w->way->progress(w->way->to, a, b);
    if (two && str_eq(word, S("bound"))) {
        w->b->pages = a;
        w->b->missing = b;
    }
}

static bool write_plan(const Bind *b, const char *path)
{
    Block block = block_open(PLAN_MAX);
    Arena mem = block_arena(&block);
    Out text = { .buf = arena_room(&mem, PLAN_MAX), .cap = PLAN_MAX };
    bind_write(&text, b);
    FILE *f = text.full ? NULL : fopen(path, "wbe");
    bool good = f && fwrite(text.buf, 1, text.len, f) == text.len;
    if (f) good = fclose(f) == 0 && good;
    block_close(&block);
    return good;
}

bool bind_run(Bind *b, const BindWay *way)
{
    char word[] = "volume-worker", plan[] = "--plan", to[] = "--to";
    char fonts[] = "--fonts", own[] = "--own-fonts";
    Waiting w = { .b = b, .way = way };
    b->pages = b->missing = 0;
    if (!way->program) return bind_make(b, way->path);
    char *program = strdupa(way->program), *plan_path = strdupa(way->plan), *path = strdupa(way->path);
    char *folder = strdupa(way->fonts && way->fonts->folder ? way->fonts->folder : "");
    char *theirs = strdupa(way->fonts && way->fonts->own ? way->fonts->own : "");
    char *argv[] = { program, word, plan, plan_path, to, path, fonts, folder, own, theirs, NULL };
    bool good = write_plan(b, way->plan)
        && helper_run(&(Helper){ .argv = argv, .wait_ms = way->wait_ms, .line = hear, .to = &w });
    (void)unlink(way->plan);
    return good && b->pages > 0;
}
