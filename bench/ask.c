/*
** ask ADDRESS FOLDER KIND N [rebuild]: N requests as a person would make them,
** through web_handle() in this process, and how long they took.  KIND is a row
** of the table below; "all" is every row.  For a database of bench-generate.
*/
#include "bench.h"
#include "case/case_search.h"

#include <stdio.h>
#include <string.h>

static const int64_t NOON_MS = 1795600000000; /* 2026-11-25 */

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

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void out_step(Out *o, uint64_t n)
{
    for (int i = 3; i >= 0; i--) {
        uint64_t digit = n;
        for (int k = 0; k < i; k++) digit /= 36;
        out_str(o, (Str){ &"0123456789abcdefghijklmnopqrstuvwxyz"[digit % 36], 1 });
    }
}

static Str path_of(Ctx *c, uint64_t *seed, const char *who)
{
    static const char *const levels[] = { "province", "city", "county", "town" };
    uint64_t town = next(seed) % TOWNS;
    uint64_t step[4] = { 1, town % COUNTIES % CITIES + 1, town % COUNTIES + 1, town + 1 };
    Out o = { .buf = NEW(c->mem, char, 32), .cap = 32 };
    for (size_t i = 0; i < COUNT(levels); i++) {
        out_step(&o, step[i]);
        if (strcmp(levels[i], who) == 0) break;
    }
    return out_view(&o);
}

static void out_char(uint64_t *seed, Out *o, const char *list)
{
    out_str(o, (Str){ list + next(seed) % (strlen(list) / 3) * 3, 3 });
}

static Str query_of(Ctx *c, uint64_t *seed, const char *pattern)
{
    Out o = { .buf = NEW(c->mem, char, 512), .cap = 512 };
    Date day = date_plus(date_of(2021, 12, 1), (int)(next(seed) % DAYS));
    for (const char *at = pattern; *at; at++) {
        if (*at != '$') {
            out_str(&o, (Str){ at, 1 });
            continue;
        }
        at++;
        if (*at == 'd') out_date(&o, day);
        if (*at == 'e') out_date(&o, date_plus(day, 30));
        if (*at == 'n' || *at == 's') out_char(seed, &o, surnames);
        if (*at == 'n') out_char(seed, &o, given);
        if (*at == 'w') out_str(&o, str_of(words[next(seed) % COUNT(words)]));
    }
    return out_view(&o);
}

/* Microseconds; *rows: how often "id" is answered. */
static int64_t ask(Bench *b, const Asked *k, uint64_t *seed, int64_t *rows)
{
    Ctx *c = bench_begin(b, NOON_MS);
    c->method = S("GET");
    c->path = strcmp(k->path, "cases") == 0 ? S("/api/v1/cases") : S("/api/v1/search");
    bool mediator = strcmp(k->who, "mediator") == 0;
    c->who = (Actor){ .id = { (int64_t)(next(seed) % 20000) + 1 }, .roles = mediator ? MEDIATOR : CLERK };
    if (!mediator) c->who.org_path = path_of(c, seed, k->who);
    c->query = query_of(c, seed, k->query);
    int64_t start = bench_us();
    web_handle(c);
    int64_t took = bench_us() - start;
    if (c->status != 200) bug(k->name, c->status, str_c(c->mem, out_view(&c->out)));
    Str rest = out_view(&c->out);
    for (*rows = -1; rest.n; (*rows)++) {
        while (rest.n && !str_starts(rest, S("{\"id\":"))) rest = (Str){ rest.s + 1, rest.n - 1 };
        if (rest.n) rest = (Str){ rest.s + 1, rest.n - 1 };
    }
    return took;
}

static void run(Bench *b, const Asked *k, uint64_t *seed, int64_t n)
{
    static int64_t took[REQUESTS_MAX];
    int64_t sum = 0, rows = 0;
    for (int64_t i = 0; i < n; i++) {
        took[i] = ask(b, k, seed, &rows);
        sum += rows;
    }
    (void)printf("%-22s %5lld rows  ", k->name, (long long)(sum / n));
    bench_tell(took, n);
    (void)printf("\n");
    (void)fflush(stdout);
}

static void rebuild(Bench *b)
{
    Block block = block_open((size_t)256 << 20);
    Arena mem = block_arena(&block);
    Ctx *c = bench_begin(b, NOON_MS);
    c->mem = &mem;
    int64_t start = bench_us(), n = case_search_rebuild(c);
    if (!ok(c)) bug("rebuild", (int)c->err, "failed");
    (void)printf("indexed %lld in %lld s\n", (long long)n, (long long)((bench_us() - start) / 1000000));
    (void)fflush(stdout);
    block_close(&block);
}

int main(int argc, char **argv)
{
    static Bench b;
    static const Query *const none[] = { NULL };
    uint64_t seed = 88172645463325252U;
    int64_t n = 0;
    if (argc < 5 || !str_int(str_of(argv[4]), &n) || n < 1 || n > REQUESTS_MAX) return 2;
    bench_open(&b, argv[1], argv[2], none);
    if (argc > 5) rebuild(&b);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool asked = strcmp(argv[3], "all") == 0 || str_starts(str_of(kinds[i].name), str_of(argv[3]));
        if (asked) run(&b, &kinds[i], &seed, n);
    }
    bench_close(&b);
    return 0;
}
