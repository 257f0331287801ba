/*
** Binding in a process of its own.  The plan is a file: a head line, then for
** each part a line of numbers and the bytes they count.  The child says how far
** it is on its standard output, a line each: "part DONE ALL", at last "bound
** PAGES MISSING".
*/
#include "paper/bind.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PLAN_MAX = 64 << 20, CPU_S = 600, PARTS_MAX = 20000, LINE = 256 };
static const char head[] = "tiaojie volume 1";

extern char **environ;

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

static bool start(const BindWay *way, pid_t *pid, int *from)
{
    int pair[2];
    char word[] = "volume-worker", plan[] = "--plan", to[] = "--to";
    char fonts[] = "--fonts", own[] = "--own-fonts";
    char *program = strdupa(way->program), *plan_path = strdupa(way->plan), *path = strdupa(way->path);
    char *folder = strdupa(way->fonts && way->fonts->folder ? way->fonts->folder : "");
    char *theirs = strdupa(way->fonts && way->fonts->own ? way->fonts->own : "");
    char *argv[] = { program, word, plan, plan_path, to, path, fonts, folder, own, theirs, NULL };
    posix_spawn_file_actions_t actions;
    if (pipe2(pair, O_CLOEXEC) != 0) return false;
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    good = good && posix_spawn_file_actions_adddup2(&actions, pair[1], 1) == 0;
    good = good && posix_spawn(pid, program, &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(pair[1]);
    *from = pair[0];
    if (!good) (void)close(pair[0]);
    return good;
}

static int64_t now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What a line says; "bound" is the last. */
static void hear(const BindWay *way, Str line, int64_t *pages, int64_t *missing)
{
    int64_t a = 0, b = 0;
    Str word = str_cut(&line, ' ');
    bool two = str_int(str_cut(&line, ' '), &a) && str_int(line, &b);
    if (two && str_eq(word, S("part")) && way->progress) way->progress(way->to, a, b);
    if (two && str_eq(word, S("bound"))) {
        *pages = a;
        *missing = b;
    }
}

/* Until the child closes its output; false if it takes too long. */
static bool listen_to(const BindWay *way, int fd, int64_t *pages, int64_t *missing)
{
    char text[LINE];
    size_t n = 0;
    const int64_t until = now_ms() + way->wait_ms;
    for (;;) {
        const int64_t left = until - now_ms();
        struct pollfd at = { .fd = fd, .events = POLLIN };
        if (left <= 0 || poll(&at, 1, (int)left) == 0) return false;
        ssize_t got = read(fd, text + n, sizeof text - n);
        if (got == 0) return true;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        n += (size_t)got;
        Str rest = { text, n };
        while (memchr(rest.s, '\n', rest.n)) hear(way, str_cut(&rest, '\n'), pages, missing);
        if (rest.n == sizeof text) return false;
        memmove(text, rest.s, rest.n);
        n = rest.n;
    }
}

bool bind_run(const BindWay *way, int64_t *pages, int64_t *missing)
{
    pid_t pid = 0;
    int from = -1, status = 0;
    *pages = *missing = 0;
    if (!start(way, &pid, &from)) return false;
    bool good = listen_to(way, from, pages, missing);
    (void)close(from);
    if (!good) (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return good && WIFEXITED(status) && WEXITSTATUS(status) == 0 && *pages > 0;
}
