/*
** months ADDRESS FOLDER network | count | sums N | ask N: the month's end and statistics
** on a database of bench-generate.  `sums` puts in place of the sums of months those of N
** cases over five years, as counting them would leave them.  `network` makes its organisations (and a fifth
** level of stations), whose reports of last month are handed in; `count` counts
** every case; `ask` asks N times each.
*/
#include "bench.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/period.h"
#include "oversight/month/tally.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <string.h>

enum { REQUESTS_MAX = 5000, STATIONS = 100 };

/* Made with set-based statements, since a thousand offices are not what is measured. */
typedef struct Nothing { int64_t n; } Nothing;
static const Field nothing_fields[] = { FIELD(Nothing, n) };
static const Form nothing_form = FORM(Nothing, nothing_fields);
static const Query steps[] = {
    { .name = "bench.orgs", .quiet = true, .in = &nothing_form,
      .sql = "INSERT INTO org(id, parent_id, path, level, kind, name, short_name, region, seq3, address, phone, hours,"
             " territory, industries, scopes, status, status_on, six, six_ok, six_on, capacity, open_load, court_invited,"
             " court_name, employer_id, founders, lead_unit, published, takes_cases, version)"
             " SELECT row_number() OVER (ORDER BY scope), 0, scope, length(scope) / 4,"
             " CASE length(scope) / 4 WHEN 1 THEN 'HRSS' WHEN 2 THEN 'HRSS' WHEN 3 THEN 'CENTER' ELSE 'TOWN' END,"
             " 'o' || scope, '', '450000', CAST(row_number() OVER (ORDER BY scope) AS TEXT), '', '', '', '', '', '',"
             " 'ACTIVE', '2021-01-01', '', 0, NULL, 0, 0, 0, '', 0, '', '', 0,"
             " CASE WHEN length(scope) > 8 THEN 1 ELSE 0 END, 1 FROM case_scope WHERE :n = :n GROUP BY scope /*scan*/" },
    { .name = "bench.stations", .quiet = true, .in = &nothing_form,
      .sql = "INSERT INTO org(id, parent_id, path, level, kind, name, short_name, region, seq3, address, phone, hours,"
             " territory, industries, scopes, status, status_on, six, six_ok, six_on, capacity, open_load, court_invited,"
             " court_name, employer_id, founders, lead_unit, published, takes_cases, version)"
             " SELECT id + 100000, 0, path || '0001', 5, 'STATION', name, '', region, 's' || seq3, '', '', '', '', '',"
             " '', 'ACTIVE', '2021-01-01', '', 0, NULL, 0, 0, 0, '', 0, '', '', 0, 1, 1 FROM org WHERE level = 4"
             " ORDER BY id LIMIT :n /*scan*/" },
    { .name = "bench.parents", .quiet = true, .in = &nothing_form,
      .sql = "UPDATE org SET parent_id = coalesce((SELECT p.id FROM org p WHERE p.path = substr(org.path, 1,"
             " length(org.path) - 4)), 0) WHERE :n = :n /*scan*/" },
    { .name = "bench.reports", .quiet = true, .in = &nothing_form,
      .sql = "INSERT INTO month_report(id, org_id, path, month, state, version, digest, locked, lines, handed,"
             " analysis, reason, by_id, at, locked_at) SELECT id, id, path, 202610, 'submitted', 1, '', 0, '', '', '',"
             " '', 1, 1, 0 FROM org WHERE takes_cases = 1 AND :n = :n /*scan*/" },
};
static const Query marks = {
    .name = "bench.marks", .quiet = true, .in = &nothing_form,
    .sql = "INSERT INTO month_mark(id, case_id, path) SELECT id, id, org_path FROM cases WHERE :n = :n /*scan*/",
};

static const Query put_sum = {
    .name = "bench.sum", .quiet = true, .in = &sum_form,
    .sql = "INSERT INTO month_sum(kind, path, month, lines, open, undecided, late)"
           " VALUES(:kind, :path, :month, :lines, :open, :undecided, :late) ON CONFLICT(kind, path, month)"
           " DO UPDATE SET lines = excluded.lines, open = excluded.open, undecided = excluded.undecided,"
           " late = excluded.late",
};
static const Query all_places = {
    .name = "bench.places", .in = &nothing_form, .out = &sum_form,
    .sql = "SELECT path FROM org WHERE :n = :n ORDER BY path /*scan*/",
};
static const Query *const own[] = {
    &steps[0], &steps[1], &steps[2], &steps[3], &marks, &put_sum, &all_places, NULL,
};

typedef struct Asked { const char *name, *method, *path, *query; size_t depth; } Asked;
static const Asked kinds[] = {
    { "statistics, province, a year", "GET", "/api/v1/statistics", "from=2025-12&to=2026-11", 1 },
    { "statistics, province, five years", "GET", "/api/v1/statistics", "from=2021-12&to=2026-11", 1 },
    { "places of the province, a year", "GET", "/api/v1/statistics/places", "from=2025-12&to=2026-11", 1 },
    { "places of a city, a year", "GET", "/api/v1/statistics/places", "from=2025-12&to=2026-11", 2 },
    { "mediators of a city, a month", "GET", "/api/v1/statistics/mediators", "from=2026-10&to=2026-10", 2 },
    { "report of the province", "GET", "/api/v1/months/2026-10/report", "scope=tree", 1 },
    { "board of the province, 200", "GET", "/api/v1/months/2026-10/board", "", 1 },
    { "cases of a number, province", "GET", "/api/v1/months/2026-10/cases", "scope=tree&line=accepted", 1 },
    { "cases of a cell, province", "GET", "/api/v1/months/2026-10/cases", "scope=tree&line=174", 1 },
    { "cases of a number, city, a year", "GET", "/api/v1/months/2025-12/cases", "to=2026-11&scope=tree&line=closed", 2 },
    { "cases of a rare number, province, a year", "GET", "/api/v1/months/2025-12/cases",
      "to=2026-11&scope=tree&line=payment_orders", 1 },
    { "cases of a number, province, a year", "GET", "/api/v1/months/2025-12/cases",
      "to=2026-11&scope=tree&line=closed", 1 },
    { "open at the end, province", "GET", "/api/v1/months/2026-10/cases", "scope=tree&line=carried_out", 1 },
    { "open at the end, city", "GET", "/api/v1/months/2026-10/cases", "scope=tree&line=carried_out", 2 },
    { "the network's month, computed", "GET", "/api/v1/months/2026-10/network", "", 1 },
    { "the network's month, closed", "POST", "/api/v1/months/2026-10/close", "", 1 },
};

/* In the month after the one asked for, at an hour no earlier run had: no two runs make the same ids. */
static Ctx *begin(Bench *b)
{
    enum { DAY_MS = 86400000 };
    return bench_begin(b, 1795564800000 + bench_now_ms() % DAY_MS); /* 2026-11-25 */
}

static void run_steps(Bench *b, const Query *q, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Ctx *c = begin(b);
        tx_begin(c);
        db_change_any(c, &q[i], &(Nothing){ STATIONS });
        tx_end(c);
        if (!ok(c)) bug(q[i].name, (int)c->err, "failed");
    }
}

static void count(Bench *b)
{
    int64_t start = bench_us(), n = 0;
    run_steps(b, &marks, 1);
    Ctx *c = begin(b);
    tx_begin(c);
    job_add(c, S("month_fold"), (Id){ 0 }, (Time){ 1 }, (Str){ 0 });
    tx_end(c);
    while (jobs_step(begin(b))) {
        bool tell = ++n % 2000 == 0;
        if (tell) (void)fprintf(stderr, "%lld00 cases, %lld s\n", (long long)n,
            (long long)((bench_us() - start) / 1000000));
    }
    (void)printf("counted in %lld s\n", (long long)((bench_us() - start) / 1000000));
}

/* ---- the sums of many cases -------------------------------------------------------------------- */

enum { MONTHS = 60, FIRST_MONTH = 202112, PLACES = 4000 };

static int64_t dice(uint64_t *seed, int64_t sides)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return sides > 0 ? (int64_t)((*seed >> 33) % (uint64_t)sides) : 0;
}

/* n spread over a run of lines: most on the first. */
static void spread_run(Lines *l, int64_t line, int64_t runs, int64_t n, uint64_t *seed)
{
    for (int64_t i = 0; i < runs && n > 0; i++) {
        int64_t part = i + 1 == runs ? n : n * (25 + dice(seed, 20)) / 100;
        l->n[line + i] += part;
        n -= part;
    }
}

/* A month of an organisation with so many accepted cases, every line that counting fills. */
static void one_month(Lines *l, int64_t n, uint64_t *seed)
{
    static const int64_t whole[] = { LINE_REGISTERED, LINE_ACCEPTED, LINE_CLOSED, LINE_ON_TIME, LINE_DUE,
        LINE_VISITS_DUE, LINE_MARKS };
    static const int64_t few[] = { LINE_REFUSED, LINE_REFERRED, LINE_COLLECTIVE, LINE_MAJOR,
        LINE_REVIEW_APPLIED, LINE_REVIEW_PASSED, LINE_CONFIRM_APPLIED, LINE_CONFIRM_PASSED,
        LINE_PAYMENT_ORDERS, LINE_ELIGIBLE, LINE_APPLIED, LINE_PASSED, LINE_LATE_CLOSED, LINE_RETURNED };
    for (size_t i = 0; i < COUNT(whole); i++) l->n[whole[i]] += n;
    for (size_t i = 0; i < COUNT(few); i++) l->n[few[i]] += n / 20 + dice(seed, 2);
    l->n[LINE_WORKERS] += n * 2;
    l->n[LINE_CLAIM_FEN] += n * 2500000;
    l->n[LINE_AGREED_FEN] += n * 1500000;
    l->n[LINE_MEAN_DAYS] += n * 12;
    l->n[LINE_PERFORMED] += n * 9 / 10;
    l->n[LINE_SATISFACTION] += n * 4;
    spread_run(l, LINE_CAUSE_PAY, CAUSE_LINES, n, seed);
    spread_run(l, LINE_INDUSTRY_C, INDUSTRY_LINES, n, seed);
    spread_run(l, LINE_GROUP_RURAL, GROUP_LINES, n / 2, seed);
    spread_run(l, LINE_SOURCE_SELF, SOURCE_LINES, n, seed);
    spread_run(l, LINE_AGREED, OUTCOME_LINES, n, seed);
    spread_run(l, LINE_CLOCK_MET, CLOCK_LINES, n * 5, seed);
    spread_run(l, LINE_CLOCK_MISSED, CLOCK_LINES, n / 10, seed);
    spread_run(l, LINE_CAUSE_BY_OUTCOME, CAUSE_LINES * OUTCOME_LINES, n, seed);
    spread_run(l, LINE_INDUSTRY_BY_CAUSE, INDUSTRY_LINES * CAUSE_LINES, n, seed);
    spread_run(l, LINE_KEYWORD, KEYWORD_LINES, n * 2, seed);
}

static void put_lines(Ctx *c, int64_t kind, Str path, int64_t month, const Lines *l)
{
    char text[LINES_TEXT];
    Out o = { .buf = text, .cap = sizeof text };
    lines_write(&o, l);
    db_insert(c, &put_sum, &(Sum){ .kind = kind, .path = path, .month = month, .lines = out_view(&o),
        .open = l->n[LINE_ACCEPTED] - l->n[LINE_CLOSED] });
}

/* One month of all: the organisation's own, two mediators', and every level above. */
static void put_month(Bench *b, int64_t month, int64_t each, uint64_t *seed)
{
    Ctx *c = begin(b);
    Rows places = db_list(c, &all_places, &(Nothing){ 1 });
    Lines *tree = NEW(c->mem, Lines, places.n), own_lines;
    const Sum *at = places.at;
    BUG_IF(places.n > PLACES);
    tx_begin(c);
    for (size_t i = 0; i < places.n; i++) {
        char path[80];
        own_lines = (Lines){ 0 };
        one_month(&own_lines, each / 2 + dice(seed, each + 1), seed);
        put_lines(c, SUM_OWN, at[i].path, month, &own_lines);
        for (int m = 0; m < 2; m++) {
            (void)snprintf(path, sizeof path, "%.*s@%zu", (int)at[i].path.n, at[i].path.s,
                           i * 2 + (size_t)m + 1);
            put_lines(c, SUM_MEDIATOR, str_of(path), month, &own_lines);
        }
        for (size_t k = i + 1; k-- > 0;) { /* those above come before it */
            if (str_starts(at[i].path, at[k].path)) lines_add(&tree[k], &own_lines, 1);
            if (at[k].path.n == PATH_STEP) break;
        }
    }
    for (size_t i = 0; i < places.n; i++) put_lines(c, SUM_TREE, at[i].path, month, &tree[i]);
    tx_end(c);
    if (!ok(c)) bug("bench.sum", (int)c->err, "failed");
}

static void fill_sums(Bench *b, int64_t cases)
{
    uint64_t seed = 1;
    Ctx *c = begin(b);
    int64_t places = (int64_t)db_list(c, &all_places, &(Nothing){ 1 }).n;
    int64_t each = cases / (MONTHS * (places ? places : 1)), month = FIRST_MONTH;
    for (int i = 0; i < MONTHS; i++, month = period_plus(month, 1)) put_month(b, month, each, &seed);
    (void)printf("%lld organisations, %d months, about %lld cases\n", (long long)places, MONTHS,
                 (long long)(each * MONTHS * places));
}

static int64_t ask(Bench *b, const Asked *k, int64_t i)
{
    char key[40];
    Ctx *c = begin(b);
    (void)snprintf(key, sizeof key, "bench-%lld-%lld", (long long)bench_us(), (long long)i);
    c->method = str_of(k->method);
    c->path = str_of(k->path);
    c->query = str_of(k->query);
    c->body = S("{}");
    c->key = str_of(key);
    c->head.host = S("127.0.0.1");
    c->who = (Actor){ .id = { 2 }, .roles = HR, .org = { k->depth == 1 ? 1 : 2 } };
    c->who.org_path = k->depth == 1 ? S("0001") : S("00010001");
    int64_t start = bench_us();
    web_handle(c);
    int64_t took = bench_us() - start;
    if (c->status >= 300) bug(k->name, c->status, str_c(&b->mem, out_view(&c->out)));
    return took;
}

static void run(Bench *b, const Asked *k, int64_t n)
{
    static int64_t took[REQUESTS_MAX];
    for (int64_t i = 0; i < n; i++) took[i] = ask(b, k, i);
    (void)printf("%-36s ", k->name);
    bench_tell(took, n);
    (void)printf(", %zu bytes\n", b->c.out.len);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    static Bench b;
    int64_t n = 0;
    if (argc < 4 || (argc > 4 && (!str_int(str_of(argv[4]), &n) || n < 1))) return 2;
    if (strcmp(argv[3], "ask") == 0 && n > REQUESTS_MAX) return 2;
    bench_open(&b, argv[1], argv[2], own);
    if (strcmp(argv[3], "count") == 0 || strcmp(argv[3], "sums") == 0) store_hurry(b.store);
    if (strcmp(argv[3], "network") == 0) run_steps(&b, steps, COUNT(steps));
    if (strcmp(argv[3], "count") == 0) count(&b);
    if (strcmp(argv[3], "sums") == 0) fill_sums(&b, n), n = 0;
    for (size_t i = 0; n && i < COUNT(kinds); i++) run(&b, &kinds[i], n);
    bench_close(&b);
    return 0;
}
