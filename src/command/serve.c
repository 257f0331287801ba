#include "serve/serve.h"

#include "command/command.h"
#include "command/open.h"
#include "command/paper.h"
#include "core/jobs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum { HOSTS_MAX = 16, WORKERS_MAX = 512, NODES = 1024, PORTS = 65536 };

/* What is opened in this order, and closed in the other. */
typedef struct Served {
    Open    open;
    Press  *press;
    Server *server;
    Worker *jobs; /* last: db_check() is over by then */
} Served;

typedef struct Asked {
    Serve       how;
    char        web[PATH_MAX];
    const char *host[HOSTS_MAX + 1];
    int64_t     node;
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

/* Where only this machine asks, a page elsewhere whose name leads here must not. */
static void only_here(Asked *a, int argc, char **argv)
{
    static const char *const here[] = { "127.0.0.1", "localhost", "[::1]", NULL };
    bool loopback = strcmp(a->how.address, here[0]) == 0 || strcmp(a->how.address, "::1") == 0;
    bool named = a->how.hosts || a->how.trust_proxy || option(argc, argv, "--origin", NULL);
    if (loopback && !named) a->how.hosts = here;
}

static int read_options(Asked *a, int argc, char **argv)
{
    *a = (Asked){ .how = serve_defaults };
    const char *address = option(argc, argv, "--address", NULL);
    if (address) a->how.address = address;
    a->how.web = option(argc, argv, "--web", web_path(a->web, sizeof a->web));
    if (a->how.web && strcmp(a->how.web, "none") == 0) a->how.web = NULL;
    a->how.log = option(argc, argv, "--log", NULL);
    a->how.metrics_token = option(argc, argv, "--metrics-token", NULL);
    a->how.trust_proxy = option_set(argc, argv, "--trust-proxy");
    int rc = numbers(a, argc, argv);
    if (rc == 0) rc = hosts(a, argc, argv);
    if (rc == 0) only_here(a, argc, argv);
    return rc;
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

static void shut(Served *s)
{
    if (s->jobs) jobs_stop(s->jobs);
    if (s->server) serve_close(s->server);
    if (s->press) press_close(s->press);
    house_close(&s->open);
}

static int open_all(Served *s, Asked *a, int argc, char **argv)
{
    int rc = house_open(&s->open, argc, argv, (unsigned)a->node);
    if (rc == 0) rc = house_law(&s->open);
    if (rc == 0) rc = house_gateway(&s->open, argc, argv);
    if (rc == 0) rc = house_mailer(&s->open, argc, argv);
    if (rc == 0) rc = house_signer(&s->open, argc, argv);
    if (rc) return rc;
    db_close(s->open.db); /* every thread has its own from here on */
    s->open.db = NULL;
    s->open.house.press = s->press = press_start(argc, argv);
    if (!s->press) return 1;
    a->how.house = &s->open.house;
    s->server = serve_open(&a->how);
    if (s->server) s->jobs = jobs_start(&s->open.house);
    return s->server ? 0 : 1;
}

static int run_serve(int argc, char **argv)
{
    Asked a;
    Served s = { 0 };
    int rc = read_options(&a, argc, argv);
    if (rc) return rc;
    raise_limits();
    rc = open_all(&s, &a, argc, argv);
    if (rc == 0) {
        bool v6 = strchr(a.how.address, ':') != NULL;
        (void)printf("listening on http://%s%s%s:%d\n", v6 ? "[" : "", a.how.address, v6 ? "]" : "",
                     serve_port(s.server));
        (void)fflush(stdout);
        serve_run(s.server);
    }
    shut(&s);
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
        "  --host NAME          a Host to accept; may be repeated (this machine; with --address, --origin\n"
        "                       or --trust-proxy any)\n"
        "  --origin URL         https://… as people type it\n"
        "  --trust-proxy        a proxy of ours says who the client is: the last hop of X-Forwarded-For\n"
        "  --workers N          threads that run requests (32)\n"
        "  --queue N            requests that may wait for one; more are told 503 (1024)\n"
        "  --followers N        streams of events at a time (512)\n"
        "  --web DIR|none       the built web faces (beside the program)\n"
        "  --log FILE|none      the request log, JSON lines (stderr); SIGHUP opens it again\n"
        "  --metrics-token T    opens /metrics to others than this machine\n"
        "  --signer ADDRESS     who signs what the office makes: pkcs12:FILE, seal:https://… (nobody)\n"
        "  --signer-password F  the file with the password of its key; \"APP SECRET\" of a seal platform\n"
        "  --signer-certificate F, --signer-roots F  the seal's certificate; who vouches for the platform\n"
        "  --sms URL            the gateway that sends text messages (nobody: they wait in the outbox)\n"
        "  --sms-secret F, --sms-roots F  the file \"APP SECRET\"; who vouches for the gateway\n"
        "  --smtp URL           the server that sends mails: smtp://… with STARTTLS, smtps://… (nobody: they wait)\n"
        "  --smtp-from ADDRESS  whom they are from\n"
        "  --smtp-secret F, --smtp-roots F  the file \"USER PASSWORD\"; who vouches for the server\n"
        "  --fonts DIR          the fonts of papers, made by script/fonts (beside the program)\n"
        "  --own-fonts DIR      the customer's own: 仿宋_GB2312, 方正小标宋简体 …\n"
        "  --demo               made-up data; codes go to the log too\n\n"
        "SIGTERM or SIGINT: answers what has begun, then ends.",
    .run = run_serve,
};
