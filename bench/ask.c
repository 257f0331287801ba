/*
** ask ADDRESS FOLDER KIND N [rebuild]: N requests as a person would make them,
** through web_handle() in this process, and how long they took.  KIND is a row
** of the table below; "all" is every row.  For a database of bench-generate.
*/
#include "case/case_search.h"
#include "command/command.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "slices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TOWNS = 1250, COUNTIES = 111, CITIES = 14, DAYS = 1820, REQUESTS_MAX = 20000 };

typedef struct Asked {
    const char *name, *path;
    const char *who;     /* which subtree: town county city province; or mediator */
    const char *query;   /* $d and $e: two days 30 apart; $n: a name; $w: a word of an employer's */
} Asked;

static const Asked kinds[] = {
    { "list-town",        "cases",  "town",     "state=archived&from=$d&to=$e" },
    { "list-county",      "cases",  "county",   "state=archived&from=$d&to=$e" },
    { "list-city",        "cases",  "city",     "state=archived&from=$d&to=$e" },
    { "list-province",    "cases",  "province", "state=archived&from=$d&to=$e" },
    { "list-mediator",    "cases",  "mediator", "state=archived&from=$d&to=$e" },
    { "list-all-states",  "cases",  "province", "" },
    { "list-open-county", "cases",  "county",   "state=registered,accepted,dispatched,assigned,mediating" },
    { "list-late",        "cases",  "county",   "late=true" },
    { "list-cause",       "cases",  "city",     "state=archived&cause=A04&channel=ARB" },
    { "list-rare",        "cases",  "province", "cause=B09" },
    { "search-name-town", "search", "town",     "q=$n" },
    { "search-name-county", "search", "county", "q=$n" },
    { "search-name-province", "search", "province", "q=$n" },
    { "search-word-city", "search", "city",     "q=$w" },
    { "search-word-province", "search", "province", "q=$w" },
    { "search-common",    "search", "province", "q=有限公司" },
    { "search-common-town", "search", "town",   "q=有限公司" },
    { "search-surname",   "search", "county",   "q=$s" },
    { "search-filtered",  "search", "county",   "q=$w&state=archived&from=$d&to=$e" },
    { "search-two-words", "search", "province", "q=$n+$w" },
    { "search-nothing",   "search", "province", "q=魑魅" },
    { "search-mediator",  "search", "mediator", "q=$w" },
};

static const char surnames[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾";
static const char given[] = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华红建国志海燕波宁云";
static const char *const words[] = { "宏达", "鑫源", "华泰", "柳江鑫", "嘉禾", "众诚", "服装制造", "锦程", "家政", "启明" };

typedef struct Bench {
    const House *house;
    Db     *db;
    Block   block;
    uint64_t seed;
} Bench;

static uint64_t next(Bench *b)
{
    b->seed ^= b->seed << 13;
    b->seed ^= b->seed >> 7;
    b->seed ^= b->seed << 17;
    return b->seed;
}

static int64_t now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void out_step(Out *o, uint64_t n)
{
    for (int i = 3; i >= 0; i--) {
        uint64_t digit = n;
        for (int k = 0; k < i; k++) digit /= 36;
        out_str(o, (Str){ &"0123456789abcdefghijklmnopqrstuvwxyz"[digit % 36], 1 });
    }
}

static Str path_of(Bench *b, Ctx *c, const char *who)
{
    static const char *const levels[] = { "province", "city", "county", "town" };
    uint64_t town = next(b) % TOWNS;
    uint64_t step[4] = { 1, town % COUNTIES % CITIES + 1, town % COUNTIES + 1, town + 1 };
    Out o = { .buf = NEW(c->mem, char, 32), .cap = 32 };
    for (size_t i = 0; i < COUNT(levels); i++) {
        out_step(&o, step[i]);
        if (strcmp(levels[i], who) == 0) break;
    }
    return out_view(&o);
}

static void out_char(Bench *b, Out *o, const char *list)
{
    out_str(o, (Str){ list + next(b) % (strlen(list) / 3) * 3, 3 });
}

static Str query_of(Bench *b, Ctx *c, const char *pattern)
{
    Out o = { .buf = NEW(c->mem, char, 512), .cap = 512 };
    Date day = date_plus(date_of(2021, 12, 1), (int)(next(b) % DAYS));
    for (const char *at = pattern; *at; at++) {
        if (*at != '$') {
            out_str(&o, (Str){ at, 1 });
            continue;
        }
        at++;
        if (*at == 'd') out_date(&o, day);
        if (*at == 'e') out_date(&o, date_plus(day, 30));
        if (*at == 'n' || *at == 's') out_char(b, &o, surnames);
        if (*at == 'n') out_char(b, &o, given);
        if (*at == 'w') out_str(&o, str_of(words[next(b) % COUNT(words)]));
    }
    return out_view(&o);
}

/* Microseconds; *rows: how often "id" is answered. */
static int64_t ask(Bench *b, const Asked *k, int64_t *rows)
{
    Arena mem = block_arena(&b->block);
    Ctx c = { .mem = &mem, .db = b->db, .method = S("GET"), .now_ms = 1795600000000 };
    c.today = time_date((Time){ c.now_ms / 1000 });
    c.path = strcmp(k->path, "cases") == 0 ? S("/api/v1/cases") : S("/api/v1/search");
    c.out = (Out){ .buf = NEW(&mem, char, REPLY_MAX), .cap = REPLY_MAX };
    c.extra = (Out){ .buf = NEW(&mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    bool mediator = strcmp(k->who, "mediator") == 0;
    c.who = (Actor){ .id = { (int64_t)(next(b) % 20000) + 1 }, .roles = mediator ? MEDIATOR : CLERK };
    if (!mediator) c.who.org_path = path_of(b, &c, k->who);
    c.query = query_of(b, &c, k->query);
    ctx_begin(&c, b->house);
    int64_t start = now_us();
    web_handle(&c);
    int64_t took = now_us() - start;
    if (c.status != 200) bug(k->name, c.status, str_c(&mem, out_view(&c.out)));
    Str rest = out_view(&c.out);
    for (*rows = -1; rest.n; (*rows)++) {
        while (rest.n && !str_starts(rest, S("{\"id\":"))) rest = (Str){ rest.s + 1, rest.n - 1 };
        if (rest.n) rest = (Str){ rest.s + 1, rest.n - 1 };
    }
    return took;
}

static int up(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void run(Bench *b, const Asked *k, int64_t n)
{
    static int64_t took[REQUESTS_MAX];
    int64_t sum = 0, rows = 0;
    for (int64_t i = 0; i < n; i++) {
        took[i] = ask(b, k, &rows);
        sum += rows;
    }
    qsort(took, (size_t)n, sizeof *took, up);
    (void)printf("%-22s %5lld rows  p50 %8lld us  p99 %8lld us  max %8lld us\n", k->name,
                 (long long)(sum / n), (long long)took[n / 2], (long long)took[n * 99 / 100],
                 (long long)took[n - 1]);
    (void)fflush(stdout);
}

static void rebuild(Bench *b)
{
    Block block = block_open((size_t)256 << 20);
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .db = b->db, .now_ms = 1795600000000, .who = { .roles = SYSTEM } };
    ctx_begin(&c, b->house);
    int64_t start = now_us(), n = case_search_rebuild(&c);
    if (!ok(&c)) bug("rebuild", (int)c.err, "failed");
    (void)printf("indexed %lld in %lld s\n", (long long)n, (long long)((now_us() - start) / 1000000));
    (void)fflush(stdout);
    block_close(&block);
}

int main(int argc, char **argv)
{
    char path[1024];
    int64_t n = 0;
    if (argc < 5 || !str_int(str_of(argv[4]), &n) || n < 1 || n > REQUESTS_MAX) return 2;
    (void)snprintf(path, sizeof path, "%s/keys", argv[2]);
    Keys *keys = keys_open(path);
    Store *store = store_open(argv[1], 1);
    store_keys(store, keys);
    Db *db = db_open(store);
    if (!keys || !web_prepare(db, slices)) return 1;
    House house = { .slices = slices, .store = store, .keys = keys, .folder = argv[2], .origin = "" };
    Bench b = { .house = &house, .db = db, .seed = 88172645463325252U };
    b.block = block_open(ARENA_MAX + REPLY_MAX + EXTRA_MAX);
    if (argc > 5) rebuild(&b);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool asked = strcmp(argv[3], "all") == 0 || str_starts(str_of(kinds[i].name), str_of(argv[3]));
        if (asked) run(&b, &kinds[i], n);
    }
    block_close(&b.block);
    db_close(db);
    store_close(store);
    keys_close(keys);
    return 0;
}
