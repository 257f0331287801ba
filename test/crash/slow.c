#include "crash/slow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OF_EACH = 250, BIG = 8 << 20, BEAT_MS = 500, NORMAL = 16, GRACE_MS = 4000,
       SLOW_ENOUGH_MS = 8000, MEMORY_MAX = 100 << 20, FEW_FILES = 512, WARM_MS = 10000, MANY = 400 };

#define HOST "Host: 127.0.0.1\r\n"

/* What each of a kind sends at first and then now and then, whether it reads
** now and then, and how and when the server ends it. */
static const struct Kind {
    const char *title, *first, *drip, *last;
    bool        reads;
    int         end_ms;
} kinds[] = {
    { "slow heads", "POST /api/v1/cases HTTP/1.1\r\nX: ", "a", " 408 ", false, 10000 },
    { "slow bodies", "POST /api/v1/cases HTTP/1.1\r\n" HOST "Content-Length: 500000\r\n\r\n", " ", " 408 ",
      false, 30000 },
    { "slow readers", "GET /big.bin HTTP/1.1\r\n" HOST "\r\n", "", NULL, true, 30000 },
    { "idle connections", "GET /healthz HTTP/1.1\r\n" HOST "\r\n", "", "", false, 60000 },
};
enum { KINDS = COUNT(kinds), SLOW = KINDS * OF_EACH };

typedef struct Slow {
    int     fd;
    int64_t begun_ms; /* when we dialled */
    int64_t ended_ms; /* since then; 0: not yet */
    bool    told;     /* by what we want to hear */
} Slow;

/* ---- one of them --------------------------------------------------------------------- */

static void say(int fd, const char *text)
{
    (void)send(fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void begin(Load *l, Slow *s, const struct Kind *kind)
{
    int small = 4096;
    s->begun_ms = load_ms();
    s->fd = load_dial(l);
    BUG_IF(s->fd < 0);
    if (kind->reads) BUG_IF(setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small) != 0);
    say(s->fd, kind->first);
}

/* Once in a while: a byte, a look, and whether it is over. */
static void beat(Slow *s, const struct Kind *kind)
{
    char got[1024] = "";
    if (s->ended_ms || s->fd < 0) return;
    if (*kind->drip) say(s->fd, kind->drip);
    ssize_t n = recv(s->fd, got, kind->reads ? 16 : sizeof got - 1, MSG_DONTWAIT);
    bool idle = n > 0 && kind->last && !*kind->last;
    if (n < 0 || idle || kind->reads) return;
    s->ended_ms = load_ms() - s->begun_ms;
    s->told = strstr(got, kind->last) != NULL;
}

/* ---- all of them ---------------------------------------------------------------------- */

static int64_t connections(Load *l)
{
    return load_figure(l, "/metrics", "tiaojie_connections");
}

/* Readers see no end, as what was sent still lies in their socket: the server tells how many are left. */
static bool few_left(Load *l, int64_t most)
{
    int64_t left = connections(l);
    return left >= 0 && left <= most;
}

static void check_ends(const Slow *slow, const struct Kind *kind, Check check)
{
    int told = 0, early = 0, late = 0;
    for (int i = 0; i < OF_EACH; i++) {
        told += slow[i].told;
        early += slow[i].ended_ms && slow[i].ended_ms < kind->end_ms - BEAT_MS;
        late += !slow[i].ended_ms || slow[i].ended_ms > kind->end_ms + load_budget(GRACE_MS);
    }
    check(told == OF_EACH && early == 0 && late == 0, kind->title);
    if (told != OF_EACH || early || late) {
        (void)printf("  %s: %d as wanted, %d too early, %d too late\n", kind->title, told, early, late);
    }
}

static void write_big(const char *folder)
{
    char path[TEXT_ROOM + 16];
    (void)snprintf(path, sizeof path, "%s/index.html", folder);
    FILE *f = fopen(path, "w");
    BUG_IF(!f || fputs("a page", f) < 0 || fclose(f) != 0);
    (void)snprintf(path, sizeof path, "%s/big.bin", folder);
    f = fopen(path, "w");
    BUG_IF(!f || ftruncate(fileno(f), BIG) != 0 || fclose(f) != 0);
}

/* Of its own, in bytes: what it maps of the database does not count. */
static int64_t memory(const Load *l)
{
    char text[TEXT_ROOM];
    int64_t kib = -1;
    (void)snprintf(text, sizeof text, "/proc/%d/status", (int)l->server[0]);
    FILE *f = fopen(text, "r");
    while (f && kib < 0 && fgets(text, sizeof text, f)) {
        Str rest = str_of(text);
        if (str_eq(str_cut(&rest, ':'), S("RssAnon"))) {
            rest = str_trim(rest);
            (void)str_int(str_cut(&rest, ' '), &kib);
        }
    }
    if (f) (void)fclose(f);
    return kib * 1024;
}

static bool all_ended(const Slow *slow)
{
    for (int i = 0; i < SLOW; i++) {
        if (!kinds[i / OF_EACH].reads && !slow[i].ended_ms) return false;
    }
    return true;
}

static void go_on(Load *l, Slow *slow, Check check)
{
    int64_t most = 0, first = memory(l);
    int64_t until = load_ms() + kinds[KINDS - 1].end_ms + load_budget(GRACE_MS);
    while (!all_ended(slow) && load_ms() < until) {
        for (int i = 0; i < SLOW; i++) beat(&slow[i], &kinds[i / OF_EACH]);
        int64_t now = memory(l);
        if (now > most) most = now;
        load_nap(BEAT_MS);
    }
    check(load_until(few_left, l, NORMAL + 8), "slow readers are let go at their deadline");
    check(first > 0 && most - first < MEMORY_MAX, "they do not fill its memory");
    (void)printf("  %d slow clients: %lld to %lld MiB; %d cases meanwhile, the slowest in %d ms\n", SLOW,
                 (long long)(first >> 20), (long long)(most >> 20), atomic_load(&l->acknowledged),
                 atomic_load(&l->slowest_ms));
}

void slow_clients(Load *l, Check check)
{
    static Slow slow[SLOW];
    char web[TEXT_ROOM];
    (void)snprintf(web, sizeof web, "%s/web", l->folder);
    BUG_IF(mkdir(web, 0700) != 0);
    write_big(web);
    l->web = web;
    l->clients = NORMAL;
    load_start_server(l);
    load_begin(l);
    load_nap(WARM_MS); /* the database fills its caches */
    int before = atomic_load(&l->acknowledged);
    for (int i = 0; i < SLOW; i++) begin(l, &slow[i], &kinds[i / OF_EACH]);
    go_on(l, slow, check);
    load_end(l);
    check(atomic_load(&l->acknowledged) > 2 * before, "who is not slow goes on as before");
    check(atomic_load(&l->slowest_ms) < load_budget(SLOW_ENOUGH_MS), "and waits for nobody");
    for (int i = 0; i < KINDS; i++) {
        if (!kinds[i].reads) check_ends(slow + (size_t)i * OF_EACH, &kinds[i], check);
    }
    for (int i = 0; i < SLOW; i++) (void)close(slow[i].fd);
}

/* ---- more than there are files for ------------------------------------------------------ */

static bool healthy(Load *l, int64_t than)
{
    return load_get(l, "/healthz") == 200 && than == 0;
}

static int refused(int fd)
{
    char got[2048] = "";
    struct timeval brief = { .tv_usec = 200000 };
    BUG_IF(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &brief, sizeof brief) != 0);
    ssize_t n = recv(fd, got, sizeof got - 1, 0);
    return n > 0 && strstr(got, " 503 ") && strstr(got, "Retry-After: 1\r\n") && strstr(got, "\"busy\"");
}

static void dial_many(Load *l, int fd[static MANY], const char *text)
{
    for (int i = 0; i < MANY; i++) {
        fd[i] = load_dial(l);
        BUG_IF(fd[i] < 0);
        say(fd[i], text);
    }
}

void slow_crowd(Load *l, Check check)
{
    int fd[MANY], told = 0;
    l->files = FEW_FILES;
    l->clients = NORMAL;
    load_start_server(l);
    load_begin(l);
    dial_many(l, fd, "");
    load_nap(2000); /* then they are no longer fresh */
    int before = atomic_load(&l->acknowledged);
    check(load_until(healthy, l, 0), "idle connections make room for others");
    check(connections(l) < FEW_FILES, "there are fewer connections than files");
    check(load_until(load_acknowledged, l, before + NORMAL), "while they stand, work goes on");
    for (int i = 0; i < MANY; i++) (void)close(fd[i]);
    load_nap(500);
    dial_many(l, fd, "GET /x HTTP/1.1\r\nX: ");
    int64_t until = load_ms() + load_budget(GRACE_MS);
    while (told == 0 && load_ms() < until) {
        for (int i = MANY - 1; i >= 0 && told == 0; i--) told += refused(fd[i]);
    }
    check(told > 0, "who finds no place is told to come again");
    for (int i = 0; i < MANY; i++) (void)close(fd[i]);
    check(load_until(healthy, l, 0), "then there is room again");
    load_end(l);
    check(load_kept(l) > NORMAL, "cases were registered all the while");
}
