#include "command/open.h"

#include "command/command.h"
#include "core/crypto.h"
#include "core/key_check.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/routes.h"
#include "slices.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATH_ROOM = 1024, MEMORY = 64 << 20 };

/* The data are there, the keys are not: new ones would open nothing. */
static bool keys_are_lost(const char *keys, const char *address)
{
    struct stat st;
    Str rest = str_of(address);
    bool file = str_eq(str_cut(&rest, ':'), S("sqlite")) && access(keys, F_OK) != 0;
    return file && stat(rest.s, &st) == 0 && st.st_size > 0;
}

static int open_store(Open *o, const char *folder, const char *address, unsigned node)
{
    char path[PATH_ROOM], keys[PATH_ROOM];
    int n = address ? snprintf(path, PATH_ROOM, "%s", address)
                    : snprintf(path, PATH_ROOM, "sqlite:%s/tiaojie.db", folder);
    int m = snprintf(keys, PATH_ROOM, "%s/keys", folder);
    if (n >= PATH_ROOM || m >= PATH_ROOM) return wrong_use("--folder, --database: too long");
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return refused("%s: %s", folder, os_error());
    if (keys_are_lost(keys, path)) return refused("%s: gone, but the database is there: restore it", keys);
    o->keys = keys_open(keys);
    if (!o->keys) return 1;
    o->store = store_open(path, node);
    store_keys(o->store, o->keys);
    o->db = db_open(o->store);
    return 0;
}

int house_open_raw(Open *o, int argc, char **argv, unsigned node)
{
    const char *folder = option(argc, argv, "--folder", "var");
    *o = (Open){ .block = block_open(MEMORY) };
    int rc = open_store(o, folder, option(argc, argv, "--database", NULL), node);
    o->routes = routes_open(slices);
    o->house = (House){ .slices = slices, .routes = o->routes, .store = o->store, .keys = o->keys,
                        .folder = folder, .origin = option(argc, argv, "--origin", ""), .data = data_path,
                        .demo = option_set(argc, argv, "--demo") };
    return rc;
}

int house_open(Open *o, int argc, char **argv, unsigned node)
{
    int rc = house_open_raw(o, argc, argv, node);
    if (rc == 0 && !web_prepare(o->db, slices)) rc = 1;
    if (rc) return rc;
    house_begin(o, "open");
    if (keys_fit(&o->c, o->keys)) return 0;
    if (!ok(&o->c)) return house_refused(o, "open");
    return refused("%s/keys: not the keys this database was written with", o->house.folder);
}

int house_law(Open *o)
{
    Arena mem = block_arena(&o->block);
    const char *fault = reference_open(&o->house, o->db, &mem);
    return fault ? refused("%s", fault) : 0;
}

int house_signer(Open *o, int argc, char **argv)
{
    const char *why = NULL, *address = option(argc, argv, "--signer", NULL);
    if (!address) return 0;
    const SignerWay way = { .address = address, .secret = option(argc, argv, "--signer-password", NULL),
                            .certificate = option(argc, argv, "--signer-certificate", NULL),
                            .roots = option(argc, argv, "--signer-roots", NULL) };
    if (!signer_open(&o->signer, &way, &why)) {
        return refused("--signer %s: %s", address, why);
    }
    o->house.signer = &o->signer;
    return 0;
}

int house_gateway(Open *o, int argc, char **argv)
{
    const char *why = NULL, *address = option(argc, argv, "--sms", NULL);
    if (!address) return 0;
    const char *secret = option(argc, argv, "--sms-secret", NULL);
    const char *roots = option(argc, argv, "--sms-roots", NULL);
    if (!gateway_open(&o->gateway, address, secret, roots, &why)) {
        return refused("--sms %s: %s", address, why);
    }
    o->house.gateway = &o->gateway;
    return 0;
}

int house_mailer(Open *o, int argc, char **argv)
{
    const char *why = NULL;
    const MailWay way = { .url = option(argc, argv, "--smtp", NULL),
                          .from = option(argc, argv, "--smtp-from", NULL),
                          .secret = option(argc, argv, "--smtp-secret", NULL),
                          .roots = option(argc, argv, "--smtp-roots", NULL) };
    if (!way.url) return 0;
    if (!mailer_open(&o->mailer, &way, &why)) return refused("--smtp %s: %s", way.url, why);
    o->house.mailer = &o->mailer;
    return 0;
}

void house_slim(Open *o)
{
    store_slim(o->store);
    db_close(o->db);
    o->db = db_open(o->store);
}

void house_close(Open *o)
{
    signer_close(&o->signer);
    mailer_close(&o->mailer);
    reference_close(&o->house);
    if (o->db) db_close(o->db);
    if (o->store) store_close(o->store);
    if (o->keys) keys_close(o->keys);
    routes_close(o->routes);
    block_close(&o->block);
}

void house_begin(Open *o, const char *what)
{
    struct timeval t;
    (void)gettimeofday(&t, NULL);
    o->mem = block_arena(&o->block);
    o->c = (Ctx){ .mem = &o->mem, .db = o->db, .method = str_of(what), .who = { .roles = SYSTEM },
                  .now_ms = (int64_t)t.tv_sec * 1000 + t.tv_usec / 1000,
                  .today = time_date((Time){ t.tv_sec }), .status = 204 };
    o->c.out = (Out){ .buf = arena_room(&o->mem, REPLY_MAX), .cap = REPLY_MAX };
    o->c.extra = (Out){ .buf = NEW(&o->mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(&o->c, &o->house);
}

int house_refused(const Open *o, const char *what)
{
    const Ctx *c = &o->c;
    const ErrInfo *e = &err_info[c->err];
    int rc = refused("%s: %s: %.*s", what, e->en, (int)c->why.n, c->why.s ? c->why.s : "");
    for (size_t i = 0; i < c->bads; i++) {
        const BadField *b = &c->bad[i];
        (void)fprintf(stderr, "  %.*s: %s%s%.*s\n", (int)b->path.n, b->path.s, fault_info[b->fault].en,
                      b->say.n ? ": " : "", (int)b->say.n, b->say.n ? b->say.s : "");
    }
    return rc;
}
