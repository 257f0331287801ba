#include "people/world.h"

#include "core/crypto.h"
#include "core/limits.h"
#include "core/web.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 16 * 1024 * 1024 };

World *world;

World *world_open(const char *address, const Slice *const *slices)
{
    static World w;
    world = &w;
    (void)snprintf(w.folder, sizeof w.folder, "%s/people-XXXXXX", getenv("TMPDIR")
        ? getenv("TMPDIR") : "/var/tmp");
    BUG_IF(!mkdtemp(w.folder));
    (void)snprintf(w.keys, sizeof w.keys, "%s/keys", w.folder);
    w.house.keys = keys_open(w.keys);
    w.house.store = store_open(address, 1);
    store_keys(w.house.store, w.house.keys);
    w.house.slices = slices;
    w.house.folder = w.folder;
    w.house.origin = "";
    w.db = db_open(w.house.store);
    BUG_IF(!web_prepare(w.db, slices));
    w.block = block_open(MEMORY);
    w.now_s = time_at(date_parse(S("2026-03-02")), 10, 0).s;
    (void)snprintf(w.host, sizeof w.host, "127.0.0.1:8080");
    (void)snprintf(w.peer, sizeof w.peer, "10.0.0.1");
    return &w;
}

int world_close(World *w)
{
    json_decref(w->answer);
    block_close(&w->block);
    db_close(w->db);
    store_close(w->house.store);
    keys_close((Keys *)(uintptr_t)w->house.keys);
    (void)remove(w->keys);
    (void)remove(w->folder);
    (void)printf("%d passed, %d failed\n", w->passed, w->failed);
    return w->failed != 0;
}

static Arena memory;

void world_ctx(World *w, Ctx *c)
{
    memory = block_arena(&w->block);
    *c = (Ctx){ .mem = &memory, .db = w->db, .now_ms = w->now_s * 1000,
        .today = time_date((Time){ w->now_s }) };
    c->method = S("test");
    c->out = (Out){ .buf = NEW(c->mem, char, REPLY_MAX), .cap = REPLY_MAX - 1 };
    c->extra = (Out){ .buf = NEW(c->mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(c, &w->house);
}

/* The cookie that the answer sets, or takes away. */
static void keep_cookie(World *w)
{
    const char *at = strstr(w->head, "Set-Cookie: ");
    if (!at) return;
    size_t n = strcspn(at + 12, ";");
    (void)snprintf(w->cookie, sizeof w->cookie, "%.*s", (int)n, at + 12);
}

static int send(World *w, const char *method, const char *target, const char *body)
{
    char key[32];
    Ctx c;
    world_ctx(w, &c);
    Str rest = str_of(target);
    c.method = str_of(method);
    c.path = str_cut(&rest, '?');
    c.query = rest;
    c.body = str_of(body);
    (void)snprintf(key, sizeof key, "k%lld", (long long)++w->sent);
    if (body) c.key = str_of(key);
    c.who = w->preset;
    c.head = (Head){ .authorization = str_of(w->bearer), .cookie = str_of(w->cookie), .host = str_of(w->host),
                     .peer = str_of(w->peer), .if_match = str_of(w->if_match), .agent = S("test") };
    web_handle(&c);
    w->if_match[0] = 0;
    c.out.buf[c.out.len] = 0;
    w->raw = c.out.buf;
    (void)snprintf(w->head, sizeof w->head, "%.*s", (int)c.extra.len, c.extra.buf);
    keep_cookie(w);
    json_decref(w->answer);
    w->answer = json_loads(w->raw, 0, NULL);
    return w->status = c.status;
}

int ask(World *w, const char *method, const char *path, const char *body, ...)
{
    char text[2000];
    va_list list;
    va_start(list, body);
    (void)vsnprintf(text, sizeof text, body, list);
    va_end(list);
    return send(w, method, path, text);
}

int get(World *w, const char *path, ...)
{
    char text[500];
    va_list list;
    va_start(list, path);
    (void)vsnprintf(text, sizeof text, path, list);
    va_end(list);
    return send(w, "GET", text, NULL);
}

void match(World *w, const char *tag)
{
    (void)snprintf(w->if_match, sizeof w->if_match, "%s", tag);
}

const char *text_at(World *w, const char *member)
{
    const char *text = json_string_value(json_object_get(w->answer, member));
    return text ? text : "";
}

bool is(World *w, const char *member, const char *text)
{
    return strcmp(text_at(w, member), text) == 0;
}

bool is_true(World *w, const char *member)
{
    return json_is_true(json_object_get(w->answer, member));
}

int64_t int_at(World *w, const char *member)
{
    return json_integer_value(json_object_get(w->answer, member));
}

size_t items(World *w)
{
    return json_array_size(json_object_get(w->answer, "items"));
}

/* RFC 6238 once more, so that the program is not its own judge. */
const char *totp_now(World *w, const char *secret)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    static char code[8];
    unsigned char key[64], counter[8], sum[EVP_MAX_MD_SIZE];
    unsigned len = 0, bits = 0, have = 0;
    int n = 0;
    for (const char *s = secret; *s; s++) {
        bits = (bits << 5 | (unsigned)(strchr(alphabet, *s) - alphabet)) & 0xFFFF;
        have += 5;
        if (have < 8) continue;
        have -= 8;
        key[n++] = (unsigned char)(bits >> have & 0xFF);
    }
    uint64_t step = (uint64_t)(w->now_s / 30);
    for (int i = 0; i < 8; i++) counter[i] = (unsigned char)(step >> (56 - 8 * i) & 0xFF);
    (void)HMAC(EVP_sha1(), key, n, counter, 8, sum, &len);
    const unsigned char *at = sum + (sum[19] & 15);
    unsigned v = (at[0] & 127U) << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
    (void)snprintf(code, sizeof code, "%06u", v % 1000000);
    return code;
}

void expect(bool good, const char *format, ...)
{
    va_list list;
    if (good) {
        world->passed++;
        return;
    }
    world->failed++;
    (void)printf("FAILED ");
    va_start(list, format);
    (void)vprintf(format, list);
    va_end(list);
    (void)printf(" (answered %d %s)\n", world->status, world->raw ? world->raw : "");
}
