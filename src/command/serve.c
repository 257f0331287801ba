#include "serve/serve.h"

#include "command/command.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/jobs.h"
#include "law/law.h"
#include "slices.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { PATH_ROOM = 1024, HOSTS_MAX = 16, WORKERS_MAX = 512, NODES = 1024, PORTS = 65536 };

/* What is opened in this order, and closed in the other. */
typedef struct Open {
    Keys   *keys;
    Store  *store;
    Block   memory;
    Law     law;
    House   house;
    Server *server;
    Worker *jobs; /* last: db_check() is over by then */
} Open;

typedef struct Asked {
    Serve       how;
    const char *host[HOSTS_MAX + 1];
    char        database[PATH_ROOM], keys[PATH_ROOM];
    const char *folder;
    int64_t     node;
    bool        demo;
} Asked;

/* ---- the command line --------------------------------------------------------------- */

static bool number(int argc, char **argv, const char *name, int64_t most, int64_t *v)
{
    const char *text = option(argc, argv, name, NULL);
    if (!text) return true;
    return str_int(str_of(text), v) && *v >= 0 && *v <= most;
}

static int numbers(Asked *a, int argc, char **argv)
{
    int64_t port = a->how.port, workers = a->how.workers, queue = a->how.queue_max;
    int64_t followers = a->how.followers_max;
    if (!number(argc, argv, "--port", PORTS - 1, &port)) return wrong_use("serve: --port is 0 to 65535");
    if (!number(argc, argv, "--workers", WORKERS_MAX, &workers) || workers == 0) {
        return wrong_use("serve: --workers is 1 to %d", WORKERS_MAX);
    }
    if (!number(argc, argv, "--node", NODES - 1, &a->node)) {
        return wrong_use("serve: --node is 0 to %d", NODES - 1);
    }
    if (!number(argc, argv, "--queue", INT32_MAX, &queue)) return wrong_use("serve: --queue is a number");
    if (!number(argc, argv, "--followers", INT32_MAX, &followers)) {
        return wrong_use("serve: --followers is a number");
    }
    a->how.port = (int)port;
    a->how.workers = (int)workers;
    a->how.queue_max = (int)queue;
    a->how.followers_max = (int)followers;
    return 0;
}

/* --host may be given several times. */
static int hosts(Asked *a, int argc, char **argv)
{
    size_t n = 0;
    for (int i = 0; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--host") != 0) continue;
        if (n == HOSTS_MAX) return wrong_use("serve: --host at most %d times", HOSTS_MAX);
        a->host[n++] = argv[i + 1];
    }
    a->how.hosts = n ? a->host : NULL;
    return 0;
}

static int read_options(Asked *a, int argc, char **argv)
{
    *a = (Asked){ .how = serve_defaults, .folder = option(argc, argv, "--folder", "var") };
    const char *database = option(argc, argv, "--database", NULL);
    const char *address = option(argc, argv, "--address", NULL);
    int n = database ? snprintf(a->database, PATH_ROOM, "%s", database)
                     : snprintf(a->database, PATH_ROOM, "sqlite:%s/tiaojie.db", a->folder);
    int m = snprintf(a->keys, PATH_ROOM, "%s/keys", a->folder);
    if (n >= PATH_ROOM || m >= PATH_ROOM) return wrong_use("serve: a path is too long");
    if (address) a->how.address = address;
    a->how.web = option(argc, argv, "--web", NULL);
    a->how.log = option(argc, argv, "--log", NULL);
    a->how.metrics_token = option(argc, argv, "--metrics-token", NULL);
    a->how.trust_proxy = option_set(argc, argv, "--trust-proxy");
    a->demo = option_set(argc, argv, "--demo");
    int rc = numbers(a, argc, argv);
    return rc ? rc : hosts(a, argc, argv);
}

/* ---- opening and closing -------------------------------------------------------------- */

/* As many connections as the system lets us have. */
static void raise_limits(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

static bool prepare(Open *o)
{
    Db *db = db_open(o->store);
    bool good = web_prepare(db, slices);
    db_close(db);
    return good;
}

static void shut(Open *o)
{
    if (o->jobs) jobs_stop(o->jobs);
    if (o->server) serve_close(o->server);
    block_close(&o->memory);
    if (o->store) store_close(o->store);
    if (o->keys) keys_close(o->keys);
}

static int open_all(Open *o, Asked *a, const char *origin)
{
    if (mkdir(a->folder, 0700) != 0 && errno != EEXIST) return refused("%s: %s", a->folder, strerror(errno));
    o->keys = keys_open(a->keys);
    if (!o->keys) return 1;
    o->store = store_open(a->database, (unsigned)a->node);
    store_keys(o->store, o->keys);
    if (!prepare(o)) return 1;
    o->memory = block_open(LAW_MEMORY);
    Arena mem = block_arena(&o->memory);
    if (!law_open(&o->law, &mem, data_path)) return refused("%s", o->law.fault);
    o->house = (House){ .slices = slices, .store = o->store, .keys = o->keys, .folder = a->folder,
                        .origin = origin, .demo = a->demo, .law = &o->law };
    a->how.house = &o->house;
    o->server = serve_open(&a->how);
    if (o->server) o->jobs = jobs_start(&o->house);
    return o->server ? 0 : 1;
}

static int run_serve(int argc, char **argv)
{
    Asked a;
    Open o = { 0 };
    int rc = read_options(&a, argc, argv);
    if (rc) return rc;
    raise_limits();
    rc = open_all(&o, &a, option(argc, argv, "--origin", ""));
    if (rc == 0) {
        bool v6 = strchr(a.how.address, ':') != NULL;
        (void)printf("listening on http://%s%s%s:%d\n", v6 ? "[" : "", a.how.address, v6 ? "]" : "",
                     serve_port(o.server));
        (void)fflush(stdout);
        serve_run(o.server);
    }
    shut(&o);
    return rc;
}

const Command command_serve = {
    .name = "serve", .summary = "runs the server",
    .usage =
        "tiaojie serve [options]\n\n"
        "  --folder DIR         the data folder: keys, files, the database (var)\n"
        "  --database ADDRESS   sqlite:FILE or postgresql://… (sqlite:DIR/tiaojie.db)\n"
        "  --node N             this process's number among all on the database, 0 to 1023 (0)\n"
        "  --address A          to listen on (127.0.0.1)      --port N   0: any free one (8080)\n"
        "  --host NAME          a Host to accept; may be repeated (any)\n"
        "  --origin URL         https://… as people type it\n"
        "  --trust-proxy        a proxy of ours says who the client is: the last hop of X-Forwarded-For\n"
        "  --workers N          threads that run requests (32)\n"
        "  --queue N            requests that may wait for one; more are told 503 (1024)\n"
        "  --followers N        streams of events at a time (512)\n"
        "  --web DIR            the built web faces\n"
        "  --log FILE|none      the request log, JSON lines (stderr); SIGHUP opens it again\n"
        "  --metrics-token T    opens /metrics to others than this machine\n"
        "  --demo               made-up data; codes go to the log too\n\n"
        "SIGTERM or SIGINT: answers what has begun, then ends.",
    .run = run_serve,
};
