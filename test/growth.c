/*
** growth FOLDER: what is asked often must not cost more because there are more
** cases.  Makes some thousand cases through the program itself, asks every hot
** question and every question about one case, makes as many again, and asks
** again: the steps of SQLite's machine may not grow with the cases.  What a new
** calendar makes the program compute again may grow as they do, and no more.  And
** while the text index is filled, others can write.  No clock is looked at, so a
** busy machine changes nothing.
*/
#include "bench.h"
#include "case/case_search.h"
#include "core/db.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "made.h"
#include "slices.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* More than the longest window that a list looks through. */
enum { CASES = 4000, ASKED_MAX = 256, SLACK = 2000, TENTHS = 15, PATH_ROOM = 512, SLICES_MAX = 256 };

static int passed, failed;

void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

typedef struct Centre { Id id; Str path; } Centre;
static const Field place_fields[] = { FIELD(Centre, id), FIELD(Centre, path) };
static const Form place_form = FORM(Centre, place_fields);
static const Query q_org = {
    .name = "growth.org", .quiet = true, .in = &place_form,
    .sql = "INSERT INTO org(id, parent_id, path, level, kind, name, short_name, region, seq3, address, phone, hours,"
           " territory, industries, scopes, status, status_on, six, six_ok, six_on, capacity, open_load, court_invited,"
           " court_name, employer_id, founders, lead_unit, published, takes_cases, version)"
           " VALUES(:id, 0, :path, 3, 'CENTER', 'growth', '', '450206', '1', '', '', '', '450206', '', 'SC1 SC2 SC3 SC6',"
           " 'ACTIVE', '2021-01-01', '', 1, '2021-01-01', 0, 0, 0, '', 0, '', '', 0, 1, 1)",
};
static const Query q_calendar = { /* as if the calendar had been another one */
    .name = "growth.calendar", .quiet = true, .in = &place_form,
    .sql = "UPDATE clock SET calendar = 'before' WHERE ended IS NULL AND id > :id /*scan*/",
};
static const Query q_stale = {
    .name = "growth.stale", .in = &place_form, .out = &place_form,
    .sql = "SELECT count(*) AS id FROM clock WHERE calendar = 'before' AND id > :id /*scan*/",
};
static const Query q_write = {
    .name = "growth.write", .quiet = true, .in = &place_form,
    .sql = "UPDATE org SET version = version + 1 WHERE id = :id",
};
static const Query *const own[] = { &q_org, &q_calendar, &q_stale, &q_write, NULL };
static const Centre centre = { { 77 }, { "000100010001", 12 } };

static const struct Hot { const char *path, *query; } hot[] = {
    { "/api/v1/cases", "" },
    { "/api/v1/cases", "state=submitted" },
    { "/api/v1/cases", "state=submitted&from=2020-01-01&to=2099-12-31" },
    { "/api/v1/cases", "state=submitted&cause=A01&channel=VISIT" },
    { "/api/v1/cases", "cause=B09" },
    { "/api/v1/cases", "late=true" },
    { "/api/v1/search", "q=公司" },
    { "/api/v1/search", "q=魑魅" },
    { "/api/v1/tasks", "" },
    { "/api/v1/approvals", "" },
    { "/api/v1/totals", "from=2026-01-01&to=2026-12-31" },
    { "/api/v1/statistics", "from=2026-01&to=2026-12" },
    { "/api/v1/statistics/places", "from=2026-01&to=2026-12" },
    { "/api/v1/employers", "" },
    { "/api/v1/audit", "" },
};

/* One question, and what it took with some cases and with twice as many. */
typedef struct Asked {
    char    path[PATH_ROOM];
    Str     query;
    int64_t before, after;
    int     status;
} Asked;

typedef struct Test {
    Bench   b;
    int64_t now_ms;
    char    id[24]; /* of a case */
    Asked   asked[ASKED_MAX];
    size_t  n;
} Test;

static Ctx *begin(Test *t, uint32_t roles)
{
    t->now_ms += 5;
    Ctx *c = bench_begin(&t->b, t->now_ms);
    c->who = (Actor){ .id = { 5 }, .roles = roles, .org = centre.id, .org_path = centre.path };
    return c;
}

static void make_centre(Test *t)
{
    Ctx *c = begin(t, SYSTEM);
    tx_begin(c);
    db_insert(c, &q_org, &centre);
    tx_end(c);
    check(ok(c), "there is a centre");
}

static void submit(Test *t, uint64_t n)
{
    enum { BODY = 16384 };
    Ctx *c = begin(t, CLERK);
    Out body = { .buf = NEW(c->mem, char, BODY), .cap = BODY };
    made_case(&body, &(Made){ n, S("77"), S("450206"), c->today });
    c->method = S("POST");
    c->path = S("/api/v1/cases");
    c->body = out_view(&body);
    c->head.host = S("127.0.0.1");
    web_handle(c);
    if (c->status != 201) bug("submit", c->status, str_c(c->mem, out_view(&c->out)));
    Str answer = out_view(&c->out);
    (void)str_cut(&answer, ':');
    (void)str_cut(&answer, '"');
    Str id = str_cut(&answer, '"');
    BUG_IF(id.n >= sizeof t->id);
    memcpy(t->id, id.s, id.n);
    t->id[id.n] = 0;
}

/* ---- the text index and the pen ---------------------------------------------------------- */

/* A document is being made for the index: by a job's thread, `filling`, or by who searches.  Somebody
** else has a Db of his own; he may not have to wait until the index is filled. */
static struct Peek { Test *t; Db *other; int64_t made, inside, written; } peek;

static void write_beside(const Ctx *c)
{
    Ctx own_c = { .mem = c->mem, .db = peek.other, .now_ms = c->now_ms, .today = c->today, .house = c->house,
                  .law = c->law, .method = S("growth"), .who = { .roles = SYSTEM }, .status = 204 };
    tx_begin(&own_c);
    db_change(&own_c, &q_write, &centre);
    tx_end(&own_c);
    peek.written += ok(&own_c);
}

static void describe(Ctx *c, Id id, Out *text, Out *tags)
{
    (void)id, (void)text, (void)tags;
    if (!peek.other) return;
    peek.made++;
    if (db_in_tx(c->db)) peek.inside++; /* its thread has the pen: to write now would be to wait for ever */
    else if (peek.made % 100 == 1) write_beside(c);
}

static const Slice peek_slice = { .name = "peek", .search = describe };

/* The program's slices, and ours. */
static void look_on(Test *t)
{
    static const Slice *all[SLICES_MAX];
    size_t n = 0;
    for (; slices[n]; n++) all[n] = slices[n];
    BUG_IF(n + 2 > SLICES_MAX);
    all[n] = &peek_slice;
    t->b.house.slices = all;
}

/* ---- what is done behind the requests ------------------------------------------------------ */

/* What the program does behind the requests: counts, totals, the text index. */
static void work_off(Test *t)
{
    bool more = true;
    t->now_ms += 10000;
    jobs_schedule(begin(t, SYSTEM));
    for (int i = 0; more && i < 100000; i++) more = jobs_step(begin(t, SYSTEM));
    check(!more, "what is to be done behind the requests comes to its end");
}

static void fill_index(Test *t, int64_t documents)
{
    char what[160];
    peek = (struct Peek){ .t = t, .other = db_open(t->b.store) };
    work_off(t);
    (void)snprintf(what, sizeof what, "of %lld documents for the index %lld were made with the pen in hand",
                   (long long)peek.made, (long long)peek.inside);
    check(peek.made >= documents && peek.inside == 0, what);
    (void)snprintf(what, sizeof what, "others wrote %lld times while the index was filled, of %lld",
                   (long long)peek.written, (long long)(peek.made + 99) / 100);
    check(peek.written > 0 && peek.written == (peek.made + 99) / 100, what);
    db_close(peek.other);
    peek.other = NULL;
}

/* Steps that it takes to compute all running periods again after a new calendar. */
static int64_t new_calendar(Test *t, int64_t least)
{
    Centre left = { 0 };
    bool more = true;
    Ctx *c = begin(t, SYSTEM);
    tx_begin(c);
    db_change_any(c, &q_calendar, &(Centre){ .id = { 0 } });
    (void)db_find(c, &q_stale, &(Centre){ .id = { 0 } }, &left);
    job_add(c, S("clocks_recompute"), (Id){ 0 }, now(c), (Str){ 0 });
    tx_end(c);
    check(ok(c) && left.id.n >= least, "there are periods that run");
    int64_t before = db_steps(t->b.db);
    while (more) more = jobs_step(begin(t, SYSTEM));
    int64_t steps = db_steps(t->b.db) - before;
    check(db_find(begin(t, SYSTEM), &q_stale, &(Centre){ .id = { 0 } }, &left) && left.id.n == 0,
          "all running periods are computed again under a new calendar");
    return steps;
}

/* Twice as many, twice the steps, and a little. */
static void compare_calendars(int64_t half, int64_t whole)
{
    enum { PERCENT = 215 };
    char what[160];
    (void)snprintf(what, sizeof what, "a new calendar: %lld steps with %d cases, %lld with %d",
                   (long long)half, CASES, (long long)whole, 2 * CASES);
    (void)printf("# %s\n", what);
    check(half > 0 && whole <= half * PERCENT / 100 + SLACK, what);
}

/* Steps of one request, the second of two alike: the first prepares. */
static int64_t ask(Test *t, Asked *a)
{
    int64_t before = 0;
    for (int i = 0; i < 2; i++) {
        Ctx *c = begin(t, SIGNED_IN & ~(uint32_t)(PARTIES | SYSTEM));
        c->method = S("GET");
        c->path = str_of(a->path);
        c->query = a->query;
        before = db_steps(t->b.db);
        web_handle(c);
        a->status = c->status;
    }
    return db_steps(t->b.db) - before;
}

static void add(Test *t, const char *path, const char *query)
{
    BUG_IF(t->n == ASKED_MAX);
    Asked *a = &t->asked[t->n++];
    (void)snprintf(a->path, sizeof a->path, "%s", path);
    a->query = str_of(query);
    a->before = ask(t, a);
    if (a->status == 200) return;
    t->n--; /* asks for more than it was given */
}

/* "/api/v1/cases/:id/clocks" and whatever else a slice answers about one case. */
static void add_about_case(Test *t)
{
    static const char head[] = "/api/v1/cases/:id";
    char path[PATH_ROOM];
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            bool about = strcmp(r->method, "GET") == 0 && strncmp(r->pattern, head, sizeof head - 1) == 0;
            if (!about || r->follow || strchr(r->pattern + sizeof head - 1, ':')) continue;
            (void)snprintf(path, sizeof path, "/api/v1/cases/%s%s", t->id, r->pattern + sizeof head - 1);
            add(t, path, "");
        }
    }
}

static void compare(Test *t)
{
    for (size_t i = 0; i < t->n; i++) {
        Asked *a = &t->asked[i];
        char what[PATH_ROOM + 200];
        a->after = ask(t, a);
        int64_t most = a->before * TENTHS / 10 + SLACK;
        (void)snprintf(what, sizeof what, "%s?%.*s: %lld steps with %d cases, %lld with %d", a->path,
                       (int)a->query.n, a->query.n ? a->query.s : "", (long long)a->before, CASES,
                       (long long)a->after, 2 * CASES);
        check(a->status == 200 && a->after <= most, what);
    }
}

int main(int argc, char **argv)
{
    static Test t;
    char address[PATH_ROOM];
    if (argc != 2) return 2;
    (void)snprintf(address, sizeof address, "sqlite:%s/growth.db", argv[1]);
    bench_open(&t.b, address, argv[1], own);
    store_hurry(t.b.store);
    t.now_ms = bench_now_ms();
    look_on(&t);
    make_centre(&t);
    for (uint64_t i = 0; i < CASES; i++) submit(&t, i);
    fill_index(&t, CASES);
    int64_t half = new_calendar(&t, CASES);
    for (size_t i = 0; i < COUNT(hot); i++) add(&t, hot[i].path, hot[i].query);
    size_t lists = t.n;
    add_about_case(&t);
    check(lists == COUNT(hot), "every hot question is answered");
    check(t.n > lists + 40, "and most of those about one case");
    for (uint64_t i = CASES; i < 2 * (uint64_t)CASES; i++) submit(&t, i);
    work_off(&t);
    compare(&t);
    compare_calendars(half, new_calendar(&t, 2 * (int64_t)CASES));
    bench_close(&t.b);
    (void)printf("# %zu questions\n%d passed, %d failed\n", t.n, passed, failed);
    return failed != 0;
}
