/*
** serve_test ADDRESS: the server over real sockets, on a fresh database of
** either engine: what it refuses, how long it waits, what it sends, and that
** it stops without losing an answer.  Ends with "N passed, N failed".
*/
#include "core/audit.h"
#include "core/crypto.h"
#include "core/routes.h"
#include "core/tx.h"
#include "serve/client.h"
#include "serve/things.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

static const Slice *const test_slices[] = { &tx_slice, &audit_slice, &things_slice, NULL };

const House *house;
char folder[] = P_tmpdir "/serve-test-XXXXXX";
int port;
static int passed, failed;

void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

void check_str(Str got, Str want, const char *what)
{
    check(str_eq(got, want), what);
    if (!str_eq(got, want)) (void)printf("  got %.*s\n", (int)got.n, got.s ? got.s : "");
}

void check_int(int64_t got, int64_t want, const char *what)
{
    check(got == want, what);
    if (got != want) (void)printf("  got %lld, want %lld\n", (long long)got, (long long)want);
}

/* ---- a folder to serve from ------------------------------------------------------------- */

static void path_of(char *path, const char *name)
{
    (void)snprintf(path, 300, "%s/%s", folder, name);
}

static void make(const char *name, const char *text)
{
    char path[300];
    path_of(path, name);
    if (!text) {
        BUG_IF(mkdir(path, 0700) != 0);
        return;
    }
    FILE *f = fopen(path, "we");
    BUG_IF(!f || fputs(text, f) < 0 || fclose(f) != 0);
}

static void make_folder(void)
{
    static const struct { const char *name, *text; } files[] = {
        { "secret", "hidden" }, { "web", NULL }, { "web/index.html", "portal" }, { "web/.env", "hidden" },
        { "web/console", NULL }, { "web/console/index.html", "console" }, { "web/assets", NULL },
        { "web/assets/app-1a2b.js", "plain();\n" }, { "web/assets/app-1a2b.js.br", "BROTLI" },
        { "web/assets/app-1a2b.js.gz", "GZIP" }, { "incoming", NULL }, { "incoming/old", "old" },
        { "incoming/new", "new" },
    };
    char path[300];
    struct timeval old[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
    BUG_IF(!mkdtemp(folder));
    for (size_t i = 0; i < COUNT(files); i++) make(files[i].name, files[i].text);
    path_of(path, "incoming/old");
    BUG_IF(utimes(path, old) != 0);
    path_of(path, "web/link.txt");
    BUG_IF(symlink("../secret", path) != 0);
}

static void test_cleaning(void)
{
    char path[300];
    check_int((int64_t)incoming(), 1, "what a killed server left behind is removed, what is fresh is not");
    path_of(path, "incoming/new");
    check(unlink(path) == 0, "another process may still be writing it");
}

/* ---- the log ------------------------------------------------------------------------------ */

static size_t read_log(const char *name, char *text, size_t cap)
{
    char path[300];
    path_of(path, name);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, cap - 1, f) : 0;
    text[n] = 0;
    if (f) (void)fclose(f);
    return n;
}

static char text[4 << 20]; /* the log, as it was read */

static bool is_in_log(void *arg)
{
    const char *const *word = arg;
    (void)read_log("log", text, sizeof text);
    return has(text, *word);
}

static bool is_there(void *path)
{
    return access(path, F_OK) == 0;
}

/* Waits until a line with this word is in the log. */
static bool logged(const char *word)
{
    return comes_true(is_in_log, &word);
}

static void test_log(void)
{
    char got[4096], from[300], to[300];
    (void)ask("GET /api/v1/things/42?name=zhangsan HTTP/1.1\r\n" HOST CLOSE
              "X-Forwarded-For: 203.0.113.9\r\n\r\n", got, sizeof got);
    check(logged("\"ids\":[\"42\"]"), "a request is logged");
    check(has(text, "\"route\":\"/api/v1/things/:id\",\"ids\":[\"42\"],\"status\":404,\"ms\":"),
          "the route, its number, the outcome");
    check(has(text, "\"err\":\"not_found\""), "and the error's word");
    check(has(text, "\"peer\":\"203.0.113.9\",\"method\":\"GET\",\"route\":\"/api/v1/things/:id\""),
          "the client behind the proxy");
    check(!has(text, "zhangsan") && !has(text, "name="), "but no value of a query");
    Str rest = str_of(text);
    bool good = rest.n > 0;
    while (rest.n) {
        Str line = str_cut(&rest, '\n');
        good &= str_starts(line, S("{\"ts\":\"")) && line.s[line.n - 1] == '}';
    }
    check(good, "each line is whole");
    path_of(from, "log");
    path_of(to, "log.1");
    BUG_IF(rename(from, to) != 0 || kill(getpid(), SIGHUP) != 0);
    check(comes_true(is_there, from), "after SIGHUP there is a new file");
    (void)ask("GET /api/v1/things/43 HTTP/1.1\r\n" HOST CLOSE "\r\n", got, sizeof got);
    check(logged("\"43\""), "in which the log goes on");
}

/* ---- stopping ------------------------------------------------------------------------------ */

static atomic_int told;
static atomic_bool over;

/* Adds things one after another until the server goes away. */
static void *client(void *arg)
{
    char got[4096];
    int fd = dial();
    (void)arg;
    for (;;) {
        send_all(fd, S(ADD "\r\n" THING));
        if (read_until(fd, got, sizeof got, "\"}") == 0) break;
        if (has(got, " 201 ")) (void)atomic_fetch_add(&told, 1);
    }
    (void)close(fd);
    return NULL;
}

enum { CLIENTS = 32 };

static bool told_some(void *arg)
{
    (void)arg;
    return atomic_load(&told) >= 2 * CLIENTS;
}

static void *run_server(void *arg)
{
    serve_run(arg);
    atomic_store(&over, true);
    return NULL;
}

typedef struct Running {
    Server   *server;
    pthread_t loop;
    int       port;
} Running;

static Running start(const Serve *how)
{
    Running r = { .server = serve_open(how) };
    BUG_IF(!r.server);
    r.port = serve_port(r.server);
    BUG_IF(pthread_create(&r.loop, NULL, run_server, r.server) != 0);
    return r;
}

static void stop(const Running *r)
{
    serve_stop(r->server);
    BUG_IF(pthread_join(r->loop, NULL) != 0);
}

static void test_stop(const Running *r)
{
    pthread_t clients[CLIENTS];
    char got[4096];
    int64_t before = things_count(house);
    int follower = dial();
    send_all(follower, S("GET /api/v1/news HTTP/1.1\r\n" HOST "\r\n"));
    (void)read_until(follower, got, sizeof got, "data: two");
    for (int i = 0; i < CLIENTS; i++) BUG_IF(pthread_create(&clients[i], NULL, client, NULL) != 0);
    check(comes_true(told_some, NULL), "clients are told");
    atomic_store(&over, false);
    stop(r);
    for (int i = 0; i < CLIENTS; i++) BUG_IF(pthread_join(clients[i], NULL) != 0);
    (void)read_until(follower, got, sizeof got, NULL);
    check(over, "it stops, and so do streams");
    (void)close(follower);
    serve_close(r->server);
    int64_t stored = things_count(house) - before;
    check(told > 0 && stored == told, "what was stored was told, and the reverse");
    (void)printf("  stopped under load: %d told, %lld stored\n", told, (long long)stored);
}

static void test_wrong_start(const Serve *how)
{
    Serve bad = *how;
    bad.web = "no such folder";
    check(serve_open(&bad) == NULL, "without its web faces it does not start");
    bad.web = NULL;
    bad.address = "203.0.113.1";
    check(serve_open(&bad) == NULL, "nor where it cannot listen");
}

/* Both serve one house: all is asked of the first, which waits for whoever is slow; how long a server waits
** is asked of the second. */
static Serve patient(char web[static 300], char log[static 300])
{
    static const char *const hosts[] = { "x.test", "z.test", NULL };
    Serve how = serve_defaults;
    path_of(web, "web");
    path_of(log, "log");
    how.house = house;
    how.port = 0;
    how.hosts = hosts;
    how.web = web;
    how.log = log;
    how.metrics_token = "sesame";
    how.trust_proxy = true;
    how.workers = WORKERS;
    how.queue_max = QUEUE;
    how.followers_max = FOLLOWERS;
    how.upload_max = UPLOAD_MOST;
    how.idle_ms = how.head_ms = how.body_ms = how.write_ms = PATIENCE_MS;
    how.follow_ms = 50;
    how.ping_ms = 2000;
    return how;
}

static Serve hasty(const Serve *patient)
{
    Serve how = *patient;
    how.log = "none";
    how.idle_ms = IDLE_MS;
    how.head_ms = HEAD_MS;
    how.body_ms = BODY_MS;
    return how;
}

static void test_all(void)
{
    char web[300], log[300];
    Serve how = patient(web, log), brief = hasty(&how);
    Running r = start(&brief);
    port = r.port;
    test_cleaning();
    test_deadlines();
    test_slow_clients();
    stop(&r);
    serve_close(r.server);
    r = start(&how);
    port = r.port;
    test_probes();
    test_answers();
    test_files();
    test_streams();
    test_overload();
    test_log();
    test_stop(&r);
    test_wrong_start(&how);
}

/* A key kept from an earlier run would be answered for this one's. */
static void must_be_fresh(void)
{
    if (things_count(house) > 0) halt("serve_test", "its database is not a fresh one");
}

int main(int argc, char **argv)
{
    char keys[300], command[400];
    struct rlimit files;
    BUG_IF(argc != 2 || getrlimit(RLIMIT_NOFILE, &files) != 0);
    files.rlim_cur = files.rlim_max;
    BUG_IF(setrlimit(RLIMIT_NOFILE, &files) != 0);
    make_folder();
    path_of(keys, "keys");
    Keys *k = keys_open(keys);
    Store *store = store_open(argv[1], 1);
    store_keys(store, k);
    Db *db = db_open(store);
    BUG_IF(!web_prepare(db, test_slices));
    db_close(db);
    Routes *routes = routes_open(test_slices);
    House here = { .slices = test_slices, .routes = routes, .store = store, .keys = k, .folder = folder,
                   .origin = "" };
    house = &here;
    must_be_fresh();
    test_all();
    store_close(store);
    routes_close(routes);
    keys_close(k);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    BUG_IF(system(command) != 0);
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
