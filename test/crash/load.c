#include "crash/load.h"

#include "made.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BODY_ROOM = 8192, ANSWER_ROOM = 16384, PATIENCE_S = 120, PER_CLIENT = 1000000 };

int64_t load_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void load_nap(int ms)
{
    struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };
    (void)nanosleep(&t, NULL);
}

int64_t load_budget(int64_t ms)
{
    const char *quiet = getenv("QUIET");
    return quiet && strcmp(quiet, "1") == 0 ? ms : PATIENCE_S * 1000;
}

bool load_until(bool (*is)(Load *l, int64_t than), Load *l, int64_t than)
{
    int64_t until = load_ms() + PATIENCE_S * 1000;
    while (!is(l, than) && load_ms() < until) load_nap(10);
    return is(l, than);
}

bool load_acknowledged(Load *l, int64_t than)
{
    return atomic_load(&l->acknowledged) > than;
}

/* ---- the server ---------------------------------------------------------------------- */

static void become_server(const Load *l, int node, int out)
{
    char number[2] = { (char)('0' + node), 0 };
    struct rlimit files = { (rlim_t)l->files, (rlim_t)l->files };
    const char *shim = getenv("SHADOW_DISK");
    BUG_IF(l->shadow && !shim);
    BUG_IF(l->shadow && (setenv("LD_PRELOAD", shim, 1) != 0 || setenv("DISK_SHADOW", l->shadow, 1) != 0));
    BUG_IF(dup2(out, STDOUT_FILENO) < 0 || (l->files && setrlimit(RLIMIT_NOFILE, &files) != 0));
    (void)execl(l->program, l->program, "serve", "--folder", l->folder, "--database", l->address,
                "--port", "0", "--log", "none", "--node", number, l->web ? "--web" : (char *)NULL, l->web, (char *)NULL);
    bug(l->program, 0, "cannot be run");
}

void load_start_one(Load *l, int node)
{
    int pipes[2];
    char line[TEXT_ROOM] = "";
    int64_t begin = load_ms();
    BUG_IF(pipe(pipes) != 0);
    l->server[node] = fork();
    BUG_IF(l->server[node] < 0);
    if (l->server[node] == 0) become_server(l, node, pipes[1]);
    (void)close(pipes[1]);
    FILE *said = fdopen(pipes[0], "r");
    BUG_IF(!said || !fgets(line, sizeof line, said));
    const char *port = strrchr(line, ':');
    int64_t n = 0;
    BUG_IF(!port || !str_int(str_trim(str_of(port + 1)), &n));
    (void)fclose(said);
    l->start_ms = load_ms() - begin;
    atomic_store(&l->port[node], (int)n);
}

void load_start_server(Load *l)
{
    load_start_one(l, 0);
}

void load_end_one(Load *l, int node, int sig)
{
    int status = 0;
    atomic_store(&l->port[node], 0);
    BUG_IF(kill(l->server[node], sig) != 0);
    BUG_IF(waitpid(l->server[node], &status, 0) != l->server[node]);
}

void load_end_server(Load *l, int sig)
{
    load_end_one(l, 0, sig);
}

int load_ended(Load *l, int most_ms)
{
    int status = 0;
    int64_t until = load_ms() + most_ms;
    while (load_ms() < until) {
        if (waitpid(l->server[0], &status, WNOHANG) == l->server[0]) {
            atomic_store(&l->port[0], 0);
            return status;
        }
        load_nap(10);
    }
    load_end_server(l, SIGKILL);
    return -1;
}

/* ---- one request -------------------------------------------------------------------------- */

static int next_port(Load *l)
{
    unsigned first = atomic_fetch_add(&l->dialled, 1);
    int port = 0;
    for (unsigned i = 0; i < SERVERS_MAX && port == 0; i++) {
        port = atomic_load(&l->port[(first + i) % SERVERS_MAX]);
    }
    return port;
}

int load_dial(Load *l)
{
    int port = next_port(l);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct timeval patience = { .tv_sec = PATIENCE_S };
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (port == 0) return -1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    BUG_IF(fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0) return fd;
    (void)close(fd);
    return -1;
}

static bool send_all(int fd, Str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.s, bytes.n, MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes = (Str){ bytes.s + n, bytes.n - (size_t)n };
    }
    return true;
}

/* Reads a head and the body it announces; the answer's length, or 0. */
static size_t read_answer(int fd, char *buf, size_t cap)
{
    size_t n = 0, whole = cap;
    while (n < whole && n + 1 < cap) {
        ssize_t got = recv(fd, buf + n, cap - n - 1, 0);
        if (got <= 0) return 0;
        n += (size_t)got;
        buf[n] = 0;
        const char *body = strstr(buf, "\r\n\r\n");
        const char *length = strcasestr(buf, "content-length:");
        if (body) whole = (size_t)(body + 4 - buf) + (length ? strtoul(length + 15, NULL, 10) : 0);
    }
    return n;
}

/* The status; 0 if the connection broke. */
static int exchange(Load *l, int *fd, Str request, char *answer)
{
    if (*fd < 0) *fd = load_dial(l);
    if (*fd >= 0 && send_all(*fd, request) && read_answer(*fd, answer, ANSWER_ROOM)) {
        int status = (int)strtol(answer + 9, NULL, 10);
        if (strcasestr(answer, "connection: close")) {
            (void)close(*fd);
            *fd = -1;
        }
        return status;
    }
    if (*fd >= 0) (void)close(*fd);
    *fd = -1;
    return 0;
}

static int get(Load *l, const char *path, char answer[static ANSWER_ROOM])
{
    char request[TEXT_ROOM];
    int fd = -1;
    int n = snprintf(request, sizeof request,
                     "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    return exchange(l, &fd, (Str){ request, (size_t)n }, answer);
}

int load_get(Load *l, const char *path)
{
    char answer[ANSWER_ROOM];
    return get(l, path, answer);
}

int64_t load_figure(Load *l, const char *path, const char *name)
{
    static char answer[ANSWER_ROOM];
    char line[TEXT_ROOM];
    int64_t n = -1;
    (void)snprintf(line, sizeof line, "\n%s ", name);
    const char *at = get(l, path, answer) == 200 ? strstr(answer, line) : NULL;
    Str rest = str_of(at ? at + strlen(line) : NULL);
    return str_int(str_cut(&rest, '\n'), &n) ? n : -1;
}

/* Case n, in full. */
static Str request_of(const Load *l, uint64_t n, char *buf, size_t cap)
{
    char body[BODY_ROOM];
    struct timeval now;
    (void)gettimeofday(&now, NULL);
    Out o = { .buf = body, .cap = sizeof body };
    Made made = { .n = n, .org = str_of(l->org), .region = S("450206"),
                  .today = time_date((Time){ now.tv_sec }) };
    made_case(&o, &made);
    int len = snprintf(buf, cap,
        "POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Idempotency-Key: case-%llu\r\nContent-Length: %zu\r\n\r\n%.*s",
        (unsigned long long)n, o.len, (int)o.len, body);
    BUG_IF(len < 0 || (size_t)len >= cap);
    return (Str){ buf, (size_t)len };
}

static int64_t id_in(const char *answer)
{
    int64_t id = 0;
    const char *at = strstr(answer, "{\"id\":\"");
    if (!at) return 0;
    Str text = str_of(at + 7);
    return str_int(str_cut(&text, '"'), &id) ? id : 0;
}

/* ---- the crowd ------------------------------------------------------------------------------ */

static void note(Load *l, int ms)
{
    int slowest = atomic_load(&l->slowest_ms);
    while (ms > slowest && !atomic_compare_exchange_weak(&l->slowest_ms, &slowest, ms)) { /* again */ }
    (void)atomic_fetch_add(&l->acknowledged, 1);
}

/* Until case n is acknowledged; only what says "try again" may come before. */
static bool keep_one(Client *c, uint64_t n)
{
    char request[BODY_ROOM + TEXT_ROOM], answer[ANSWER_ROOM];
    Str text = request_of(c->load, n, request, sizeof request);
    int64_t first = load_ms();
    for (int64_t begun = first; begun - first < 3 * PATIENCE_S * 1000; begun = load_ms()) {
        int status = exchange(c->load, &c->fd, text, answer);
        if (status == 201) {
            note(c->load, (int)(load_ms() - begun));
            c->kept[c->n++] = (Kept){ n, id_in(answer) };
            return true;
        }
        (void)atomic_fetch_add(&c->load->refused[status < 600 ? status : 599], 1);
        if (status && status != 503 && status != 507) {
            if (atomic_exchange(&c->load->told, true)) return false;
            (void)printf("  case %llu: %d %.400s\n", (unsigned long long)n, status,
                         strstr(answer, "\r\n\r\n"));
            return false;
        }
        load_nap(20);
    }
    (void)atomic_fetch_add(&c->load->given_up, 1);
    (void)printf("  case %llu: not kept after all this time\n", (unsigned long long)n);
    return false;
}

static void *work(void *arg)
{
    Client *c = arg;
    bool good = true;
    for (uint64_t i = 0; good && !atomic_load(&c->load->last) && c->n < KEPT_MAX; i++) {
        good = keep_one(c, (uint64_t)c->number * PER_CLIENT + i);
    }
    if (c->fd >= 0) (void)close(c->fd);
    return NULL;
}

void load_begin(Load *l)
{
    atomic_store(&l->last, false);
    for (int i = 0; i < l->clients; i++) {
        l->client[i] = (Client){ .load = l, .number = i, .fd = -1 };
        BUG_IF(pthread_create(&l->client[i].thread, NULL, work, &l->client[i]) != 0);
    }
}

void load_end(Load *l)
{
    atomic_store(&l->last, true);
    for (int i = 0; i < l->clients; i++) BUG_IF(pthread_join(l->client[i].thread, NULL) != 0);
}

int64_t load_next_ms(Load *l)
{
    int64_t begun = load_ms();
    return load_until(load_acknowledged, l, atomic_load(&l->acknowledged)) ? load_ms() - begun : -1;
}

size_t load_kept(const Load *l)
{
    size_t n = 0;
    for (int i = 0; i < l->clients; i++) n += l->client[i].n;
    return n;
}

int load_again(Load *l, size_t every)
{
    char request[BODY_ROOM + TEXT_ROOM], answer[ANSWER_ROOM];
    int fd = -1, wrong = 0;
    for (int i = 0; i < l->clients; i++) {
        for (size_t k = 0; k < l->client[i].n; k += every) {
            const Kept *kept = &l->client[i].kept[k];
            Str text = request_of(l, kept->n, request, sizeof request);
            int status = exchange(l, &fd, text, answer);
            if (status == 201 && id_in(answer) == kept->id) continue;
            if (wrong++ > 0) continue;
            (void)printf("  case %llu again: %.300s\n", (unsigned long long)kept->n, answer);
        }
    }
    if (fd >= 0) (void)close(fd);
    return wrong;
}
