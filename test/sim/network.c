/*
** network ADDRESS ORGANISATIONS CASES-A-MONTH [SEED]: a year of a province's
** network, month by month, through the same door as people use.  After each
** month the balances must come out at every organisation and level, the sums
** must be what counting the cases gives, every organisation reports, the month
** is closed; and at the end every closed page must come out as the same bytes.
** Ends with "N passed, N failed".
*/
#include "sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ORGS_MAX = 1600, CITIES = 7, MONTHS = 12, FIRST_YEAR = 2026, WAITING_MAX = 20000, SQL_ROOM = 512,
       BODY_ROOM = 8192, SAID = 300 };

/* 县区 of one city: each county's organisations have its code. */
static const char *const counties[] = { "450206", "450222", "450223", "450224", "450225", "450226", "450203" };

typedef struct Node {
    Id      id;
    char    path[40], region[8];
    int     level;
    int64_t open;      /* as the last month left it */
} Node;

typedef struct Waiting {
    char id[ID_ROOM];
    int  org;
} Waiting;

typedef struct Net {
    uint64_t seed;
    Home    *home;
    Player  *p;
    Dump    *dump;
    Node     org[ORGS_MAX];
    int      orgs;
    Waiting  at[WAITING_MAX]; /* cases that something may still happen to */
    int      waiting;
    uint64_t filed;
    int64_t  done[8];
    char    *page[MONTHS];    /* as it was closed */
    int      passed, failed;
} Net;

static uint64_t below(Net *n, uint64_t limit)
{
    n->seed ^= n->seed << 13;
    n->seed ^= n->seed >> 7;
    n->seed ^= n->seed << 17;
    return n->seed % limit;
}

static void check(Net *n, bool good, const char *what, const char *more)
{
    if (good) n->passed++;
    else n->failed++;
    if (!good) (void)printf("FAILED %s %.*s\n", what, SAID, more);
}

/* ---- asking ------------------------------------------------------------------------------ */

static void act(Net *n, uint32_t roles, const Node *at, int64_t who)
{
    n->p->as = (Actor){ .id = { who }, .roles = roles, .org = at ? at->id : (Id){ 0 },
                        .org_path = at ? str_of(at->path) : (Str){ 0 } };
}

static int ask(Net *n, const char *verb, const char *path, const char *body)
{
    player_ask(n->p, str_of(verb), str_of(path), str_of(body));
    return n->p->status;
}

static bool must(Net *n, const char *verb, const char *path, const char *body)
{
    int status = ask(n, verb, path, body);
    if (status >= 300) check(n, false, path, n->p->raw);
    return status < 300;
}

static const char *text_of(Net *n, const char *member)
{
    const char *text = json_string_value(json_object_get(n->p->answer, member));
    return text ? text : "";
}

/* body.lines.KEY or lines.KEY of the last answer. */
static int64_t line(const Net *n, const char *key)
{
    const json_t *body = json_object_get(n->p->answer, "body");
    return json_integer_value(json_object_get(json_object_get(body, "lines"), key));
}

static int64_t asked(Net *n, const char *sql)
{
    Block block = block_open(SIM_MEMORY);
    Arena mem = block_arena(&block);
    int64_t v = 0;
    (void)str_int(str_trim(dump_ask(n->dump, &mem, sql)), &v);
    block_close(&block);
    return v;
}

/* ---- the network ---------------------------------------------------------------------------- */

static void add_org(Net *n, int parent, int level, const char *kind)
{
    char body[BODY_ROOM];
    Node *o = &n->org[n->orgs];
    if (level > 3) memcpy(o->region, n->org[parent].region, sizeof o->region);
    size_t county = level < 3 ? 0 : (size_t)n->orgs % COUNT(counties);
    if (level <= 3) (void)snprintf(o->region, sizeof o->region, "%s", counties[county]);
    const char *region = o->region;
    bool mediates = strcmp(kind, "HRSS") != 0;
    (void)snprintf(body, sizeof body,
        "{\"parent_id\":%s%lld%s,\"level\":%d,\"kind\":\"%s\",\"name\":\"第%d%s\",\"region\":\"%s\","
                   "\"territory\":[\"%s\"]%s}", parent < 0 ? "null" : "\"",
                   parent < 0 ? 0LL : (long long)n->org[parent].id.n, parent < 0 ? "" : "\"", level, kind,
                       n->orgs,
                   mediates ? "调解中心" : "人社局", region, region,
                   mediates ? ",\"scopes\":[\"SC1\",\"SC2\",\"SC3\",\"SC6\"],\"capacity\":99999" : "");
    if (parent < 0) act(n, SYS_ADMIN, NULL, 1);
    else act(n, HR, &n->org[0], 2);
    char *at = strstr(body, "null0,");
    if (at) memmove(at + 4, at + 5, strlen(at + 5) + 1);
    if (!must(n, "POST", "/api/v1/orgs", body)) return;
    o->id = id_parse(str_of(text_of(n, "id")));
    (void)snprintf(o->path, sizeof o->path, "%s", text_of(n, "path"));
    o->level = level;
    n->orgs++;
    if (!mediates) return;
    char path[SQL_ROOM];
    (void)snprintf(path, sizeof path, "/api/v1/orgs/%lld/six", (long long)o->id.n);
    (void)must(n, "POST", path,
        "{\"six\":[\"VENUE\",\"EQUIPMENT\",\"MEDIATORS\",\"FUNDS\",\"SYSTEMS\",\"SIGNAGE\"]}");
    (void)snprintf(path, sizeof path, "/api/v1/orgs/%lld/status", (long long)o->id.n);
    (void)must(n, "POST", path, "{\"event\":\"register\"}");
    (void)must(n, "POST", path, "{\"event\":\"open\"}");
}

/* Five levels: a province, its cities, counties' centres, towns, stations. */
static void build(Net *n, int wanted)
{
    add_org(n, -1, 1, "HRSS");
    for (int i = 0; i < CITIES && n->orgs < wanted; i++) add_org(n, 0, 2, "HRSS");
    int cities = n->orgs - 1, counties_n = wanted / 20 + 1;
    int county = n->orgs;
    for (int i = 0; i < counties_n && n->orgs < wanted; i++) add_org(n, 1 + i % cities, 3, "CENTER");
    int town = n->orgs, towns = wanted / 3;
    for (int i = 0; i < towns && n->orgs < wanted; i++) add_org(n, county + i % (town - county), 4, "TOWN");
    int station = n->orgs;
    for (int i = 0; n->orgs < wanted; i++) add_org(n, town + i % (station - town), 5, "STATION");
}

/* ---- cases ----------------------------------------------------------------------------------- */

static bool case_does(Net *n, const Waiting *w, uint32_t roles, const char *verb, const char *body)
{
    char path[SQL_ROOM];
    (void)snprintf(path, sizeof path, "/api/v1/cases/%s/%s", w->id, verb);
    act(n, roles, &n->org[w->org], 100 + w->org);
    return ask(n, "POST", path, body) < 300;
}

static void file(Net *n)
{
    char body[BODY_ROOM], org[ID_ROOM];
    Out o = { .buf = body, .cap = sizeof body - 1 };
    int at = 1 + CITIES + (int)below(n, (uint64_t)(n->orgs - 1 - CITIES));
    (void)snprintf(org, sizeof org, "%lld", (long long)n->org[at].id.n);
    Made made = { .n = n->filed++, .org = str_of(org), .region = str_of(n->org[at].region),
                  .today = time_date(n->p->clock) };
    made_case(&o, &made);
    body[o.len] = 0;
    n->p->as = (Actor){ 0 };
    if (!must(n, "POST", "/api/v1/cases", body) || n->waiting == WAITING_MAX) return;
    Waiting *w = &n->at[n->waiting++];
    w->org = at;
    (void)snprintf(w->id, sizeof w->id, "%s", text_of(n, "id"));
    (void)case_does(n, w, CLERK, "register", "{}");
    if (below(n, 10)) n->done[0] += case_does(n, w, CLERK, "accept", "{\"agrees\":true}");
}

static bool send_on(Net *n, Waiting *w)
{
    char body[SQL_ROOM];
    int to = 1 + CITIES + (int)below(n, (uint64_t)(n->orgs - 1 - CITIES));
    (void)snprintf(body, sizeof body, "{\"org\":\"%lld\",\"reason\":\"就近办理\"}",
        (long long)n->org[to].id.n);
    if (!case_does(n, w, DISPATCHER, "dispatch", body)) return false;
    w->org = to;
    n->done[1] += case_does(n, w, ORG_MANAGER, "confirm", "{\"note\":\"收到\"}");
    return true;
}

/* True: nothing more happens to it by us; the clocks end what is left. */
static bool go_on(Net *n, Waiting *w)
{
    uint64_t what = below(n, 100);
    if (what < 10) n->done[2] += case_does(n, w, CLERK, "accept", "{\"agrees\":true}");
    else if (what < 25) (void)send_on(n, w);
    else if (what < 40) return n->done[3] += case_does(n, w, CLERK, "withdraw",
        "{\"note\":\"双方已沟通\"}"), true;
    else if (what < 65) return n->done[4] += case_does(n, w, CLERK, "settle", "{\"note\":\"双方已和解\"}"),
        true;
    else if (what < 70) return true;
    return false;
}

static void live(Net *n, Date day, int cases)
{
    n->p->clock = time_at(day, 0, 25);
    player_tick(n->p);
    n->p->clock = time_at(day, 10, 0);
    for (int i = 0; i < cases; i++) file(n);
    for (int i = 0; i < n->waiting; i++) {
        if (below(n, 6) == 0 && go_on(n, &n->at[i])) n->at[i] = n->at[--n->waiting];
    }
}

/* ---- a month is over ---------------------------------------------------------------------------- */

static void path_of(char path[SQL_ROOM], int month, const char *what, const Node *o, bool tree)
{
    (void)snprintf(path, SQL_ROOM, "/api/v1/months/%d-%02d/%s?org=%lld%s", FIRST_YEAR, month, what,
        (long long)o->id.n,
                   tree ? "&scope=tree" : "");
}

static bool comes_out(const Net *n)
{
    const json_t *checks = json_object_get(json_object_get(n->p->answer, "body"), "checks"), *pair;
    const char *key;
    bool good = json_object_size(checks) > 0;
    json_object_foreach((json_t *)(uintptr_t)checks, key, pair) {
        good = good && json_integer_value(json_array_get(pair,
            0)) == json_integer_value(json_array_get(pair, 1));
    }
    return good;
}

static const char *const added[] = {
    "carried_in", "registered", "accepted", "workers", "cause_pay", "source_self", "closed", "settled", "failed",
    "withdrawn", "claim_fen", "on_time", "overdue", "carried_out", "undecided_in", "undecided_out", "moved_in",
    "moved_out", "withdrawn_before",
};

/* Every organisation's sums come out, follow the month before's, and add up to the root's. */
static void balances(Net *n, int month)
{
    char path[SQL_ROOM];
    int64_t sum[COUNT(added)] = { 0 };
    int good = 0, chained = 0;
    act(n, HR, &n->org[0], 2);
    for (int i = 0; i < n->orgs; i++) {
        path_of(path, month, "report", &n->org[i], false);
        if (!must(n, "GET", path, "")) continue;
        good += comes_out(n);
        chained += line(n, "carried_in") == n->org[i].open;
        n->org[i].open = line(n, "carried_out");
        for (size_t k = 0; k < COUNT(added); k++) sum[k] += line(n, added[k]);
    }
    check(n, good == n->orgs, "the sums of some organisations do not come out", "");
    check(n, chained == n->orgs, "some organisations do not begin where the month before ended", "");
    path_of(path, month, "report", &n->org[0], true);
    (void)must(n, "GET", path, "");
    check(n, comes_out(n), "the sums of the whole do not come out", n->p->raw);
    for (size_t k = 0; k < COUNT(added); k++) check(n, line(n, added[k]) == sum[k], "does not add up:",
        added[k]);
}

/* The root's numbers against the cases themselves. */
static void truths(Net *n, int month)
{
    static const struct { const char *key, *sql; } rows[] = {
        { "accepted", "SELECT count(*) FROM cases WHERE accepted >= '%1$s' AND accepted < '%2$s'" },
        { "closed",
            "SELECT count(*) FROM cases WHERE accepted IS NOT NULL AND coalesce(effective, ended) >= '%1$s'"
                    " AND coalesce(effective, ended) < '%2$s'" },
        { "withdrawn_before",
            "SELECT count(*) FROM cases WHERE accepted IS NULL AND no <> '' AND ended >= '%1$s'"
                              " AND ended < '%2$s' AND coalesce(nullif(before, ''), state) IN ('withdrawn', 'settled')" },
        { "carried_out",
            "SELECT count(*) FROM cases WHERE accepted < '%2$s' AND (coalesce(effective, ended) IS NULL"
                         " OR coalesce(effective, ended) >= '%2$s')" },
        { "registered",
            "SELECT count(*) FROM case_entry WHERE event = 'register' AND day >= '%1$s' AND day < '%2$s'" },
    };
    char path[SQL_ROOM], sql[SQL_ROOM], since[11], until[11];
    date_write(date_of(FIRST_YEAR, month, 1), since);
    date_write(date_plus_months(date_of(FIRST_YEAR, month, 1), 1), until);
    act(n, HR, &n->org[0], 2);
    path_of(path, month, "report", &n->org[0], true);
    (void)must(n, "GET", path, "");
    for (size_t i = 0; i < COUNT(rows); i++) {
        Out o = { .buf = sql, .cap = sizeof sql - 1 };
        for (const char *at = rows[i].sql; *at; at++) {
            bool mark = *at == '%';
            if (mark) out_str(&o, (Str){ at[1] == '1' ? since : until, 10 });
            else out_str(&o, (Str){ at, 1 });
            if (mark) at += 3;
        }
        sql[o.len] = 0;
        check(n, line(n, rows[i].key) == asked(n, sql), "is not what the cases say:", rows[i].key);
    }
}

static void close_month(Net *n, int month)
{
    char path[SQL_ROOM];
    int handed = 0;
    for (int i = 1 + CITIES; i < n->orgs; i++) {
        act(n, ORG_MANAGER, &n->org[i], 100 + i);
        (void)snprintf(path, sizeof path, "/api/v1/months/%d-%02d/submit", FIRST_YEAR, month);
        handed += must(n, "POST", path, "{}");
    }
    check(n, handed == n->orgs - 1 - CITIES, "every organisation reports", "");
    act(n, HR, &n->org[0], 2);
    (void)snprintf(path, sizeof path, "/api/v1/months/%d-%02d/close", FIRST_YEAR, month);
    (void)must(n, "POST", path, "{}");
    path_of(path, month, "closing", &n->org[0], false);
    (void)must(n, "GET", path, "");
    check(n, json_is_true(json_object_get(n->p->answer, "rolls_up")), "the closed page adds up", "");
    check(n, json_integer_value(json_object_get(n->p->answer, "broken")) == 0, "no row of it is broken", "");
    n->page[month - 1] = strdup(n->p->raw);
}

static void end_of(Net *n, int month)
{
    n->p->clock = time_at(date_plus_months(date_of(FIRST_YEAR, month, 1), 1), 6, 0);
    player_tick(n->p);
    for (int i = 0; i < 400 && asked(n, "SELECT count(*) FROM month_mark"); i++) player_job(n->p,
        S("month_fold"));
    balances(n, month);
    truths(n, month);
    close_month(n, month);
}

/* What was closed comes out again, whatever happened since. */
static void same_bytes(Net *n)
{
    char path[SQL_ROOM];
    act(n, HR, &n->org[0], 2);
    for (int m = 1; m <= MONTHS; m++) {
        path_of(path, m, "network", &n->org[0], false);
        (void)must(n, "GET", path, "");
        bool same = n->page[m - 1] && strcmp(n->page[m - 1], n->p->raw) == 0;
        check(n, same, "a closed month comes out otherwise:", path);
    }
}

int main(int argc, char **argv)
{
    static Net net;
    static Home home;
    int64_t orgs = 0, cases = 0, seed = (int64_t)getpid() * 2654435761 % 1000000007;
    if (argc < 4 || !str_int(str_of(argv[2]), &orgs) || !str_int(str_of(argv[3]), &cases) || orgs > ORGS_MAX
        || (argc > 4 && !str_int(str_of(argv[4]), &seed))) {
        bug("network", 0, "network ADDRESS ORGANISATIONS CASES-A-MONTH [SEED]");
    }
    net.seed = (uint64_t)seed | 1;
    (void)printf("  seed %llu\n", (unsigned long long)net.seed);
    home_open(&home, argv[1]);
    store_hurry(home.store);
    net.home = &home;
    store_hurry(home.store); /* no power is cut here */
    net.p = player_open(&home.house, home.db);
    net.p->file = "network";
    net.p->title = "";
    net.p->clock = time_at(date_of(FIRST_YEAR, 1, 1), 9, 0);
    net.dump = dump_open(argv[1]);
    build(&net, (int)orgs);
    for (int m = 1; m <= MONTHS; m++) {
        Date first = date_of(FIRST_YEAR, m, 1), end = date_plus_months(first, 1);
        for (Date d = first; d.day < end.day; d = date_plus(d, 3)) live(&net, d, (int)(cases / 10) + 1);
        end_of(&net, m);
    }
    same_bytes(&net);
    check(&net, !net.p->bad, "a job failed", "");
    (void)printf("  %d organisations, %llu cases; accepted %lld, dispatched %lld, withdrawn %lld,"
                 " settled %lld\n",
                 net.orgs, (unsigned long long)net.filed, (long long)(net.done[0] + net.done[2]),
                 (long long)net.done[1], (long long)net.done[3], (long long)net.done[4]);
    check(&net, net.done[1] > 0 && net.done[3] > 0 && net.done[4] > 0,
        "cases went on, ended and were settled", "");
    dump_close(net.dump);
    player_close(net.p);
    home_close(&home);
    for (int m = 0; m < MONTHS; m++) free(net.page[m]);
    (void)printf("%d passed, %d failed\n", net.passed, net.failed);
    return net.failed != 0;
}
