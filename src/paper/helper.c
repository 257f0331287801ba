#include "paper/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 256 };

static bool start(const Helper *h, pid_t *pid, int *from)
{
    int pair[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(pair, O_CLOEXEC) != 0) return false;
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    good = good && posix_spawn_file_actions_adddup2(&actions, pair[1], 1) == 0;
    good = good && posix_spawn(pid, h->argv[0], &actions, NULL, h->argv, environ) == 0;
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

/* Until it closes its output; false if it takes too long. */
static bool listen_to(const Helper *h, int fd)
{
    char text[LINE];
    size_t n = 0;
    const int64_t until = now_ms() + h->wait_ms;
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
        while (memchr(rest.s, '\n', rest.n)) h->line(h->to, str_cut(&rest, '\n'));
        if (rest.n == sizeof text) return false;
        memmove(text, rest.s, rest.n);
        n = rest.n;
    }
}

bool helper_run(const Helper *h)
{
    pid_t pid = 0;
    int from = -1, status = 0;
    if (!start(h, &pid, &from)) return false;
    bool good = listen_to(h, from);
    (void)close(from);
    if (!good) (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
