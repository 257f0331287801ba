/*
** coverage ADDRESS FOLDER fill EMPLOYERS ORGS | ask N: the board of coverage of a province, on a database
** with tables and nothing else.  Seven organisations in ten are committees of employers; half of the
** employers have 300 people and more, three in ten have changed staff, trade or state since.
*/
#include "bench.h"
#include "core/tx.h"

#include <stdio.h>
#include <string.h>

enum { REQUESTS_MAX = 5000 };

typedef struct Size { int64_t orgs, employers; } Size;
static const Field size_fields[] = { FIELD(Size, orgs), FIELD(Size, employers) };
static const Form size_form = FORM(Size, size_fields);

/* 340102 … 341608, of the i-th. */
#define TWO(n) "substr(CAST(100 + " n " AS TEXT), 2, 2)"
#define REGION "'34' || " TWO("1 + i % 16") " || " TWO("2 + i / 16 % 7")
#define MANY(what) "WITH RECURSIVE many(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < " what ")"
#define MADE(word, text)                                      \
    { .name = "bench." word, .quiet = true, .in = &size_form, \
      .sql = text " AND :orgs > 0 AND :employers > 0 /*scan*/" }

/* Set-based, since making them is not what is measured. */
static const Query steps[] = {
    MADE("employers", "INSERT INTO employer(id, name, name_key, uscc, emp_type, industry, staff, region, region_main,"
         " region_performance, address, legal_rep, phone, has_union, has_committee, committee_id, labour_intensive,"
         " focus, has_party, status, merged_into, version) " MANY(":employers")
         " SELECT 1000000 + i, 'e' || CAST(i AS TEXT), 'e' || CAST(i AS TEXT), '', 'ENT', 'C18', 100 + i % 401, " REGION
         ", '', '', '', '', '', 0, 0, 0, i % 2, 0, 0, 'ACTIVE', 0, 1 FROM many WHERE i > 0"),
    MADE("staff", "INSERT INTO employer_staff(id, employer_id, day, staff) SELECT id, id, '2022-05-01', staff FROM employer"
         " WHERE id % 5 < 4"),
    MADE("grown", "INSERT INTO employer_staff(id, employer_id, day, staff) SELECT id + 5000000, id, '2024-05-01', staff + 50"
         " FROM employer WHERE id % 5 = 0"),
    MADE("closed", "INSERT INTO employer_status(id, employer_id, day, was, status) SELECT id, id, '2024-05-01', 'ACTIVE',"
         " 'CANCELLED' FROM employer WHERE id % 20 = 0"),
    MADE("moved", "INSERT INTO employer_trade(id, employer_id, day, was_industry, industry, was_intensive, intensive,"
         " was_region, region) SELECT id, id, '2024-05-01', 'C13', industry, 0, labour_intensive, '320100', region"
         " FROM employer WHERE id % 20 = 7"),
    MADE("orgs", "INSERT INTO org(id, parent_id, path, level, kind, name, short_name, region, seq3, address, phone, hours,"
         " territory, industries, scopes, status, status_on, six, six_ok, six_on, capacity, open_load, court_invited,"
         " court_name, employer_id, founders, lead_unit, published, takes_cases, version) " MANY(":orgs")
         " SELECT i, 0, CASE i WHEN 1 THEN '0001' ELSE '0001' || substr(CAST(10000 + i AS TEXT), 2, 4) END,"
         " CASE WHEN i = 1 THEN 1 WHEN i % 10 < 2 THEN 3 ELSE 4 END,"
         " CASE WHEN i = 1 THEN 'HRSS' WHEN i % 10 = 0 THEN 'CENTER' WHEN i % 10 = 1 THEN 'ARB'"
         " WHEN i % 10 = 2 THEN 'TOWN' ELSE 'ENT' END, 'o' || CAST(i AS TEXT), '', CASE i WHEN 1 THEN '340000' ELSE " REGION " END,"
         " CAST(i AS TEXT), '', '', '', '', '', '', 'ACTIVE', '2021-01-01', '', 0, NULL, 0, 0, 0, '',"
         " CASE WHEN i % 10 > 2 THEN 1000000 + i * (:employers / :orgs) ELSE 0 END, '', '', 0, 1, 1 FROM many WHERE i > 0"),
    MADE("opened", "INSERT INTO standing(id, subject, event, was, status, day, reason, detail, actor, at)"
         " SELECT id, id, 'open', 'REGISTERED', 'ACTIVE', '2021-05-01', '', '', 1, 1 FROM org WHERE id > 0"),
    MADE("checked", "INSERT INTO standing(id, subject, event, was, status, day, reason, detail, actor, at)"
         " SELECT id + 5000000, id, CASE WHEN id % 3 = 0 THEN 'six_some' ELSE 'six_all' END, 'ACTIVE', 'ACTIVE',"
         " '2022-05-01', '', '', 1, 1 FROM org WHERE id > 0"),
    MADE("areas", "INSERT INTO org_area(id, org_id, area, from_day, to_day) SELECT id, id, region, '2021-05-01', NULL"
         " FROM org WHERE level = 3"),
    MADE("chambers", "INSERT INTO cover_unit(id, kind, name, region, guided, working, org_id, from_day, to_day, version) "
         MANY("200") " SELECT i, 'CHAMBER', 'u' || CAST(i AS TEXT), " REGION ", 1, 1, i * 2, '2021-05-01', NULL, 1"
         " FROM many WHERE i > 0"),
};
static const Query *const own[] = { &steps[0], &steps[1], &steps[2], &steps[3], &steps[4], &steps[5],
                                    &steps[6], &steps[7], &steps[8], &steps[9], NULL };

static const struct Asked { const char *name, *path, *query; } kinds[] = {
    { "board, today", "/api/v1/coverage", "" },
    { "board, a day two years ago", "/api/v1/coverage", "day=2024-04-30" },
    { "board, a county", "/api/v1/coverage", "region=340102" },
    { "each department in the lead", "/api/v1/coverage-leads", "" },
    { "who is missing, a page of 200", "/api/v1/coverage/AH23.ENT/rows", "missing=true" },
};

static Ctx *begin(Bench *b)
{
    enum { DAY_MS = 86400000 };
    return bench_begin(b, 1795564800000 + bench_now_ms() % DAY_MS); /* 2026-11-25 */
}

static void fill(Bench *b, const Size *size)
{
    for (size_t i = 0; i < COUNT(steps); i++) {
        Ctx *c = begin(b);
        tx_begin(c);
        db_change_any(c, &steps[i], size);
        tx_end(c);
        if (!ok(c)) bug(steps[i].name, (int)c->err, "failed");
    }
}

static void run(Bench *b, const struct Asked *k, int64_t n)
{
    static int64_t took[REQUESTS_MAX];
    for (int64_t i = 0; i < n; i++) {
        Ctx *c = begin(b);
        c->method = S("GET");
        c->path = str_of(k->path);
        c->query = str_of(k->query);
        c->head.host = S("127.0.0.1");
        c->who = (Actor){ .id = { 2 }, .roles = HR, .org = { 1 }, .org_path = S("0001") };
        int64_t start = bench_us();
        web_handle(c);
        took[i] = bench_us() - start;
        if (c->status >= 300) bug(k->name, c->status, str_c(&b->mem, out_view(&c->out)));
    }
    (void)printf("%-32s ", k->name);
    bench_tell(took, n);
    (void)printf(", %zu bytes\n", b->c.out.len);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    static Bench b;
    Size size = { 0 };
    int64_t n = 0;
    bool sized = argc == 6 && str_int(str_of(argv[4]), &size.employers);
    sized = sized && str_int(str_of(argv[5]), &size.orgs);
    bool fills = sized && strcmp(argv[3], "fill") == 0;
    bool asks = argc == 5 && strcmp(argv[3], "ask") == 0 && str_int(str_of(argv[4]), &n) && n <= REQUESTS_MAX;
    if (!fills && !asks) return 2;
    bench_open(&b, argv[1], argv[2], own);
    if (fills) fill(&b, &size);
    for (size_t i = 0; n > 0 && i < COUNT(kinds); i++) run(&b, &kinds[i], n);
    bench_close(&b);
    return 0;
}
