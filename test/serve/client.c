#include "serve/client.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int64_t now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void nap_ms(int ms)
{
    struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };
    (void)nanosleep(&t, NULL);
}

bool comes_true(bool (*is_so)(void *), void *arg)
{
    for (int64_t end = now_ms() + PATIENCE_MS; !is_so(arg); nap_ms(10)) {
        if (now_ms() > end) return false;
    }
    return true;
}

int dial(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BUG_IF(fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof at) != 0);
    BUG_IF(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0);
    return fd;
}

void send_all(int fd, Str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.s, bytes.n, MSG_NOSIGNAL);
        if (n <= 0) return;
        bytes = (Str){ bytes.s + n, bytes.n - (size_t)n };
    }
}

size_t read_until(int fd, char *buf, size_t cap, const char *text)
{
    size_t n = 0;
    buf[0] = 0;
    while (n + 1 < cap && !(text && strstr(buf, text))) {
        ssize_t got = recv(fd, buf + n, cap - n - 1, 0);
        if (got <= 0) break;
        n += (size_t)got;
        buf[n] = 0;
    }
    return n;
}

size_t ask(const char *bytes, char *got, size_t cap)
{
    int fd = dial();
    send_all(fd, str_of(bytes));
    size_t n = read_until(fd, got, cap, NULL);
    (void)close(fd);
    return n;
}

const char *body_of(const char *answer)
{
    const char *at = strstr(answer, "\r\n\r\n");
    return at ? at + 4 : "";
}

int count_of(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) n++;
    return n;
}

bool has(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

size_t incoming(void)
{
    char path[300];
    size_t n = 0;
    (void)snprintf(path, sizeof path, "%s/incoming", folder);
    DIR *dir = opendir(path);
    BUG_IF(!dir);
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir)) n += e->d_name[0] != '.';
    (void)closedir(dir);
    return n;
}

/* The server removes a file just after its answer. */
static bool none_incoming(void *arg)
{
    (void)arg;
    return incoming() == 0;
}

void wait_for_no_incoming(const char *what)
{
    (void)comes_true(none_incoming, NULL);
    check_int((int64_t)incoming(), 0, what);
}
