#include "paper/press.h"

#include "paper/press_make.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN_MAX = 8, WAIT_MS = 10000, PAPERS_MAX = 5000, ANSWER_MAX = 8 << 20, MEMORY_MAX = 1 << 30 };

typedef struct Child {
    pid_t pid;    /* 0: not running */
    int   socket;
    int   made;   /* renewed now and then: libraries leak */
    bool  busy;
} Child;

struct Press {
    Block           block;
    PressWay        way;
    pthread_mutex_t lock;
    pthread_cond_t  freed;
    Child           child[CHILDREN_MAX];
    int             n;
};

/* ---- children -------------------------------------------------------------------------- */

static bool start(const Press *p, Child *child)
{
    int pair[2];
    char fonts[] = "--fonts", own[] = "--own-fonts", word[] = "paper-worker";
    char *program = p->way.program ? strdupa(p->way.program) : NULL;
    char *folder = strdupa(p->way.fonts.folder ? p->way.fonts.folder : "");
    char *theirs = strdupa(p->way.fonts.own ? p->way.fonts.own : "");
    char *argv[] = { program, word, fonts, folder, own, theirs, NULL };
    posix_spawn_file_actions_t actions;
    *child = (Child){ .socket = -1 };
    if (!program || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    good = good && posix_spawn_file_actions_adddup2(&actions, pair[1], 0) == 0;
    good = good && posix_spawn_file_actions_adddup2(&actions, pair[1], 1) == 0;
    good = good && posix_spawn(&child->pid, program, &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(pair[1]);
    if (good) child->socket = pair[0];
    else (void)close(pair[0]);
    if (!good) child->pid = 0;
    return good;
}

static void stop(Child *child)
{
    if (child->pid == 0) return;
    (void)close(child->socket);
    (void)kill(child->pid, SIGKILL);
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR) continue;
    child->pid = 0;
    child->socket = -1;
}

Press *press_open(const PressWay *way)
{
    Block block = block_open(sizeof(Press) + 64);
    Arena mem = block_arena(&block);
    Press *p = NEW(&mem, Press, 1);
    p->block = block;
    p->way = *way;
    p->n = way->workers > 0 && way->workers < CHILDREN_MAX ? way->workers : 1;
    if (p->way.wait_ms == 0) p->way.wait_ms = WAIT_MS;
    BUG_IF(pthread_mutex_init(&p->lock, NULL) != 0 || pthread_cond_init(&p->freed, NULL) != 0);
    bool good = true;
    for (int i = 0; i < p->n; i++) good = start(p, &p->child[i]) && good;
    if (good) return p;
    const char *program = way->program ? way->program : "?";
    (void)fprintf(stderr, "paper: %s cannot be started: %s\n", program, os_error());
    press_close(p);
    return NULL;
}

void press_close(Press *p)
{
    for (int i = 0; i < p->n; i++) stop(&p->child[i]);
    (void)pthread_cond_destroy(&p->freed);
    (void)pthread_mutex_destroy(&p->lock);
    Block block = p->block;
    block_close(&block);
}

const PressWay *press_way(const Press *p)
{
    return &p->way;
}

static int64_t now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A child of one's own until give(); NULL if none became free in time. */
static Child *take(Press *p, int64_t until)
{
    Child *child = NULL;
    (void)pthread_mutex_lock(&p->lock);
    while (!child && now_ms() < until) {
        for (int i = 0; i < p->n && !child; i++) child = p->child[i].busy ? NULL : &p->child[i];
        struct timespec t;
        (void)clock_gettime(CLOCK_REALTIME, &t);
        t.tv_sec++;
        if (!child) (void)pthread_cond_timedwait(&p->freed, &p->lock, &t);
    }
    if (child) child->busy = true;
    (void)pthread_mutex_unlock(&p->lock);
    return child;
}

static void give(Press *p, Child *child)
{
    (void)pthread_mutex_lock(&p->lock);
    child->busy = false;
    (void)pthread_cond_signal(&p->freed);
    (void)pthread_mutex_unlock(&p->lock);
}

/* ---- the conversation: "<bytes>\n" and the document; six numbers and two files --------- */

static bool ready(int fd, short what, int64_t until)
{
    for (;;) {
        int64_t left = until - now_ms();
        struct pollfd at = { .fd = fd, .events = what };
        int n = left > 0 ? poll(&at, 1, (int)left) : 0;
        if (n > 0) return true;
        if (n == 0 || errno != EINTR) return false;
    }
}

static bool send_all(int fd, Str bytes, int64_t until)
{
    while (bytes.n) {
        if (!ready(fd, POLLOUT, until)) return false;
        ssize_t n = send(fd, bytes.s, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (n > 0) bytes = (Str){ bytes.s + n, bytes.n - (size_t)n };
    }
    return true;
}

static bool take_all(int fd, char *to, size_t n, int64_t until)
{
    while (n) {
        if (!ready(fd, POLLIN, until)) return false;
        ssize_t got = recv(fd, to, n, 0);
        if (got == 0 || (got < 0 && errno != EINTR)) return false;
        if (got > 0) n -= (size_t)got;
        if (got > 0) to += got;
    }
    return true;
}

/* The answer's head: blanks around the numbers, always as long. */
typedef struct PressHead {
    int64_t pdf, docx, pages, seal_page, seal_x, seal_y;
} PressHead;

static bool read_head(Str text, PressHead *h)
{
    int64_t *const to[] = { &h->pdf, &h->docx, &h->pages, &h->seal_page, &h->seal_x, &h->seal_y };
    text = str_trim(text);
    for (size_t i = 0; i < COUNT(to); i++) {
        if (!str_int(str_cut(&text, ' '), to[i])) return false;
    }
    return h->pdf >= 0 && h->docx >= 0 && h->pdf <= ANSWER_MAX && h->docx <= ANSWER_MAX;
}

static bool ask(Ctx *c, const Child *child, Str source, Printed *out, int64_t until)
{
    char head[PRESS_HEAD];
    PressHead h = { 0 };
    Out o = { .buf = head, .cap = sizeof head };
    out_int(&o, (int64_t)source.n);
    while (o.len < PRESS_HEAD) out_str(&o, S(" "));
    bool sent = send_all(child->socket, out_view(&o), until) && send_all(child->socket, source, until);
    if (!sent) return false;
    if (!take_all(child->socket, head, PRESS_HEAD, until)) return false;
    if (!read_head((Str){ head, PRESS_HEAD }, &h)) return false;
    size_t all = (size_t)(h.pdf + h.docx);
    if (all + (1 << 20) > arena_left(c->mem)) return false;
    char *bytes = NEW(c->mem, char, all + 1);
    if (!take_all(child->socket, bytes, all, until)) return false;
    *out = (Printed){ { bytes, (size_t)h.pdf }, { bytes + h.pdf, (size_t)h.docx }, h.pages,
                      h.seal_page, h.seal_x, h.seal_y };
    return true;
}

static bool make_here(Ctx *c, Str source, Printed *out)
{
    Block block = block_open(PRESS_MEMORY);
    Arena mem = block_arena(&block);
    bool good = print_both(&mem, source, out);
    if (good) out->pdf = str_copy(c->mem, out->pdf);
    if (good) out->docx = str_copy(c->mem, out->docx);
    block_close(&block);
    return good || fail(c, ERR_TOO_LARGE, S("paper"));
}

bool press_make(Ctx *c, Str source, Printed *out)
{
    Press *p = c->house->press;
    *out = (Printed){ 0 };
    if (!ok(c)) return false;
    if (!p) return make_here(c, source, out);
    int64_t until = now_ms() + p->way.wait_ms;
    Child *child = take(p, until);
    if (!child) return fail(c, ERR_AGAIN, S("paper"));
    if (child->pid == 0) (void)start(p, child);
    bool answered = child->pid && ask(c, child, source, out, until);
    if (!answered || ++child->made == PAPERS_MAX) stop(child);
    give(p, child);
    if (!answered) return fail(c, ERR_INTERNAL, S("paper"));
    return out->pdf.n || fail(c, ERR_TOO_LARGE, S("paper"));
}

/* ---- the child ------------------------------------------------------------------------- */

static bool read_all(char *to, size_t n)
{
    while (n) {
        ssize_t got = read(STDIN_FILENO, to, n);
        if (got <= 0) return false;
        to += got;
        n -= (size_t)got;
    }
    return true;
}

static bool write_all(Str bytes)
{
    while (bytes.n) {
        ssize_t n = write(STDOUT_FILENO, bytes.s, bytes.n);
        if (n <= 0) return false;
        bytes = (Str){ bytes.s + n, bytes.n - (size_t)n };
    }
    return true;
}

static bool answer(const Printed *made)
{
    char head[PRESS_HEAD];
    const int64_t numbers[] = { (int64_t)made->pdf.n, (int64_t)made->docx.n, made->pages,
                                made->seal_page, made->seal_x, made->seal_y };
    Out o = { .buf = head, .cap = sizeof head };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        if (i) out_str(&o, S(" "));
        out_int(&o, numbers[i]);
    }
    while (o.len < PRESS_HEAD) out_str(&o, S(" "));
    return write_all(out_view(&o)) && write_all(made->pdf) && write_all(made->docx);
}

static bool serve_one(void)
{
    char head[PRESS_HEAD];
    int64_t n = 0;
    Printed made;
    if (!read_all(head, PRESS_HEAD)) return false;
    Str text = str_trim((Str){ head, PRESS_HEAD });
    if (!str_int(text, &n) || n < 0 || n > DOC_MAX) return false;
    Block block = block_open(PRESS_MEMORY);
    Arena mem = block_arena(&block);
    char *source = NEW(&mem, char, (size_t)n + 1);
    bool good = read_all(source, (size_t)n);
    if (good && !print_both(&mem, (Str){ source, (size_t)n }, &made)) made = (Printed){ 0 };
    good = good && answer(&made);
    block_close(&block);
    return good;
}

static const char no_fonts[] = "paper: no fonts of our own (script/fonts makes them); the system's serve\n";

int press_serve(const Fonts *fonts)
{
    struct rlimit memory = { MEMORY_MAX, MEMORY_MAX };
    (void)setrlimit(RLIMIT_AS, &memory);
    if (!fonts_open(fonts)) (void)fprintf(stderr, "%s", no_fonts);
    while (serve_one()) continue;
    return 0;
}
