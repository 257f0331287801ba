#include "demo/client.h"

#include "command/command.h"
#include "core/crypto.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "register/people/people.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { DEMO_NODE = 1021, KEPT = 256 << 20, PATH_ROOM = 512, SECONDS = 1, MS = 1000, BODY_ROOM = 256 * 1024 };

int demo_open(Demo *d, int argc, char **argv)
{
    int64_t seed = 1;
    *d = (Demo){ .block = block_open(KEPT) };
    d->keep = block_arena(&d->block);
    d->reply = NEW(&d->keep, char, REPLY_MAX);
    d->extra = NEW(&d->keep, char, EXTRA_MAX);
    d->body = NEW(&d->keep, char, BODY_ROOM);
    if (!str_int(str_of(option(argc, argv, "--seed", "1")), &seed))
        return wrong_use("demo: --seed is a number");
    d->dice = dice_of((uint64_t)seed);
    int rc = house_open(&d->open, argc, argv, DEMO_NODE);
    if (rc == 0) rc = house_law(&d->open);
    if (rc == 0) store_hurry(d->open.store);
    return rc ? rc : house_law(&d->open);
}

void demo_close(Demo *d)
{
    json_decref(d->answer);
    house_close(&d->open);
    block_close(&d->block);
}

/* As house_begin(), with rooms that are made once: clearing them for each of a
** hundred thousand requests took most of the time. */
Ctx *demo_begin(Demo *d, const char *method)
{
    Open *o = &d->open;
    o->mem = block_arena(&o->block);
    o->c = (Ctx){ .mem = &o->mem,
                  .db = o->db,
                  .method = str_of(method),
                  .who = { .roles = SYSTEM },
                  .status = 204,
                  .now_ms = d->clock.s * MS,
                  .today = time_date(d->clock) };
    o->c.out = (Out){ .buf = d->reply, .cap = REPLY_MAX };
    o->c.extra = (Out){ .buf = d->extra, .cap = EXTRA_MAX };
    ctx_begin(&o->c, &o->house);
    return &o->c;
}

/* Each request has its own second: a day that is played again, because the
** program was killed in it, asks the same under the same keys. */
static Str request_key(const Demo *d, Arena *mem)
{
    Out o = { .buf = NEW(mem, char, KEY_MAX), .cap = KEY_MAX };
    out_str(&o, S("demo-"));
    out_int(&o, d->clock.s);
    return out_view(&o);
}

static void complain(Demo *d, const Ctx *c, Str body)
{
    (void)fprintf(stderr, "demo: %.*s %.*s: %d %.*s\n", (int)c->method.n, c->method.s, (int)c->path.n,
                  c->path.s, c->status, (int)c->out.len, c->out.buf);
    if (body.n) (void)fprintf(stderr, "      %.*s\n", (int)body.n, body.s);
    d->refusals++;
}

static int append(const char *text, size_t n, void *out)
{
    out_str((Out *)out, (Str){ text, n });
    return 0;
}

static Str body_text(Demo *d, const json_t *body)
{
    Out o = { .buf = d->body, .cap = BODY_ROOM };
    if (body) (void)json_dump_callback(body, append, &o, JSON_COMPACT);
    BUG_IF(o.full);
    return out_view(&o);
}

/* As the server would have streamed it: a temporary file of the store's. */
static void put_file(Demo *d, Ctx *c)
{
    char path[PATH_ROOM];
    if (d->file.n == 0) return;
    (void)snprintf(path, sizeof path, "%s/demo.upload", c->house->folder);
    FILE *f = fopen(path, "wb");
    bool good = f && fwrite(d->file.s, 1, d->file.n, f) == d->file.n;
    if (f && fclose(f) != 0) good = false;
    BUG_IF(!good);
    c->upload = (Upload){ .path = str_copy(c->mem, str_of(path)), .size = (int64_t)d->file.n,
                          .sha256 = sha256_hex(c->mem, d->file) };
    d->file = (Str){ 0 };
}

static json_t *ask(Demo *d, const Actor *who, const char *method, json_t *body, char *path)
{
    enum { REFUSED = 400 };
    Ctx *c = demo_begin(d, method);
    Str rest = str_of(path);
    c->path = str_cut(&rest, '?');
    c->query = rest;
    c->who = who ? *who : (Actor){ 0 };
    c->made_up = d->made_up;
    c->status = 0;
    c->head = (Head){ .host = S("127.0.0.1"), .if_match = d->match };
    c->body = body_text(d, body);
    put_file(d, c);
    if (!str_eq(c->method, S("GET"))) c->key = request_key(d, c->mem);
    web_handle(c);
    d->clock.s += SECONDS;
    json_decref(d->answer);
    d->answer = c->out.len ? json_loadb(c->out.buf, c->out.len, JSON_DECODE_ANY, NULL) : NULL;
    d->status = c->status;
    d->match = (Str){ 0 };
    if (c->status >= REFUSED && !d->quiet) complain(d, c, c->body);
    json_decref(body);
    return c->status < REFUSED ? d->answer : NULL;
}

/* The path as printf() makes it. */
#define PATH(room, format) \
    do { \
        va_list list; \
        va_start(list, format); \
        BUG_IF(vsnprintf((room), sizeof(room), (format), list) >= (int)sizeof(room)); \
        va_end(list); \
    } while (0)

json_t *demo_get(Demo *d, const Actor *who, const char *path, ...)
{
    char room[PATH_ROOM];
    PATH(room, path);
    return ask(d, who, "GET", NULL, room);
}

json_t *demo_post(Demo *d, const Actor *who, json_t *body, const char *path, ...)
{
    char room[PATH_ROOM];
    PATH(room, path);
    return ask(d, who, "POST", body, room);
}

json_t *demo_upload(Demo *d, const Actor *who, Str bytes, const char *path, ...)
{
    char room[PATH_ROOM];
    PATH(room, path);
    d->file = bytes;
    return ask(d, who, "POST", NULL, room);
}

json_t *demo_put(Demo *d, const Actor *who, json_t *body, const char *path, ...)
{
    char room[PATH_ROOM];
    PATH(room, path);
    return ask(d, who, "PUT", body, room);
}

void demo_jobs(Demo *d)
{
    Ctx *c = demo_begin(d, "job");
    jobs_schedule(c);
    bool more = ok(c);
    while (more) {
        c = demo_begin(d, "job");
        more = jobs_step(c);
        if (!ok(c)) complain(d, c, (Str){ 0 });
    }
}

Actor demo_actor(Demo *d, Id user)
{
    Ctx *c = demo_begin(d, "demo");
    BUG_IF(!actor_load(c, user));
    Actor who = c->who;
    who.org_path = str_copy(&d->keep, who.org_path);
    return who;
}

const char *demo_text(Demo *d, const json_t *answer, const char *name)
{
    const char *s = json_string_value(json_object_get(answer, name));
    return s ? str_c(&d->keep, str_of(s)) : "";
}

Id demo_id(const json_t *answer, const char *name)
{
    return id_parse(str_of(json_string_value(json_object_get(answer, name))));
}
