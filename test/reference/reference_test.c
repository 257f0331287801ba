/*
** reference_test ADDRESS: a new calendar moves running periods and tells their
** owners (AS-57), in this process and in others; whatever fails, nothing is
** half imported.  Ends with "N passed, N failed".
*/
#include "case/clock.h"
#include "command/command.h"
#include "core/jobs.h"
#include "core/reference.h"
#include "people/world.h"
#include "slices.h"

#include <stdio.h>
#include <string.h>

/* A notice that makes Saturday 2027-01-09 a working day. */
#define DAY(day, off) "{\\\"name\\\":\\\"元旦\\\",\\\"date\\\":\\\"" day "\\\",\\\"isOffDay\\\":" off "}"
#define YEAR_2027 \
    "{\\\"year\\\":2027,\\\"days\\\":[" DAY("2027-01-01", "true") "," DAY("2027-01-09", "false") "]}"
#define FIRST "\"due\":\"2027-01-11\""
#define MOVED "\"due\":\"2027-01-09\""
#define CALENDAR "/api/v1/reference/calendar"

static void become(World *w, uint32_t roles)
{
    w->preset.id = (Id){ 77 };
    w->preset.roles = roles;
}

/* The bureau, whose head and cases they are. */
static void settle(World *w)
{
    static char path[64];
    become(w, SYS_ADMIN);
    (void)ask(w, "POST", "/api/v1/orgs",
              "{\"level\":3,\"kind\":\"HRSS\",\"name\":\"柳江区人社局\",\"region\":\"450206\"}");
    expect(w->status == 201, "a bureau");
    (void)snprintf(path, sizeof path, "%s", text_at(w, "path"));
    w->preset.org = id_parse(str_of(text_at(w, "id")));
    w->preset.org_path = str_of(path);
}

static void at(World *w, const char *day)
{
    w->now_s = time_at(date_parse(str_of(day)), 10, 0).s;
}

/* A case that arbitration entrusted: its C-MED runs from today. */
static Id take_in(World *w)
{
    Ctx c;
    const Actor *us = &w->preset;
    Case k = { .org = us->org, .org_path = us->org_path, .owner = us->org, .owner_path = us->org_path,
               .channel = S("LINK"), .source = S("ARB_ENTRUST"), .mode = S("WRITTEN"), .appl_type = S("IND"),
               .applicant = S("张三"), .respondent = S("某厂"), .cause = S("A01"), .causes = S("A01"),
               .region = S("450206"), .industry = S("C13"), .workers = 1, .profile = S("E"),
               .mediator_id = { 78 } };
    world_ctx(w, &c);
    become(w, HEAD);
    c.who = w->preset;
    c.status = 204;
    tx_begin(&c);
    case_new(&c, &k);
    case_fire(&c, &k, EV_TAKE_IN, S("test"));
    tx_end(&c);
    expect(ok(&c), "a case is taken in: %s", err_info[c.err].word);
    return k.id;
}

static void run_jobs(World *w)
{
    Ctx c;
    bool more = true;
    while (more) {
        world_ctx(w, &c);
        more = jobs_step(&c);
        expect(ok(&c), "a job: %s", err_info[c.err].word);
    }
}

/* Does the answer say all of this? */
static bool says(World *w, const char *a, const char *b, const char *c)
{
    return strstr(w->raw, a) && strstr(w->raw, b) && strstr(w->raw, c);
}

static bool clock_is(World *w, Id id, const char *due, const char *provisional)
{
    become(w, HEAD);
    (void)get(w, "/api/v1/cases/%lld/clocks", (long long)id.n);
    return w->status == 200 && says(w, "\"C-MED.E\"", due, provisional);
}

static size_t versions(World *w)
{
    become(w, SYS_ADMIN);
    expect(get(w, CALENDAR "/versions") == 200, "the versions are listed");
    return items(w);
}

/* Whatever statement fails: all or nothing. */
static void sweep(World *w)
{
    int n = 0;
    bool reached = true;
    size_t before = versions(w);
    while (reached && n++ < 40) {
        become(w, SYS_ADMIN);
        (void)db_fail_at(w->db, n);
        int status = ask(w, "POST", CALENDAR, "{\"csv\":\"date,name,is_off,year_of_notice\\n"
                         "2027-%02d-%02d,春节,1,2027\\n\"}", n / 28 + 2, n % 28 + 1);
        reached = db_fail_at(w->db, 0) == 0;
        size_t after = versions(w);
        bool whole = (status == 200) == (after == before + 1);
        expect(whole, "statement %d fails: all or nothing (%d)", n, status);
        expect(status == 200 || status >= 500, "statement %d fails: the world's fault (%d)", n, status);
        before = after;
    }
    expect(n > 4 && !reached, "an import takes some statements: %d", n);
}

/* Another process of the same database, that began before. */
static void follow(World *w, House *other, bool newer)
{
    Ctx c;
    world_ctx(w, &c);
    ctx_begin(&c, other);
    expect(reference_follow(&c) == newer, "another process follows: %d", newer);
    expect(ok(&c) && c.law->edition > 0, "and has what was imported");
    expect(is_working(&c.law->calendar, date_parse(S("2027-01-09"))), "its Saturday is worked");
}

static void dry_run(World *w, Id id)
{
    become(w, SYS_ADMIN);
    (void)ask(w, "POST", CALENDAR "?dry_run=true", "{\"csv\":\"" YEAR_2027 "\"}");
    expect(w->status == 200, "a dry run");
    expect(is_true(w, "dry_run"), "it says so");
    expect(int_at(w, "moved") == 1 && int_at(w, "added") == 2, "and what would be");
    expect(versions(w) == 0, "and stores nothing");
    run_jobs(w);
    expect(clock_is(w, id, FIRST, "\"provisional\":true"), "nor moves anything");
}

static void import(World *w, Id id)
{
    become(w, SYS_ADMIN);
    (void)ask(w, "POST", CALENDAR, "{\"csv\":\"" YEAR_2027 "\",\"note\":\"国办发明电\"}");
    expect(w->status == 200, "the calendar is imported: %s", w->raw);
    expect(int_at(w, "version") == 1 && int_at(w, "moved") == 1, "as version 1");
    run_jobs(w);
    expect(clock_is(w, id, MOVED, "\"provisional\":false"), "the period ends on the worked Saturday");
    (void)get(w, "/api/v1/cases/%lld/tasks", (long long)id.n);
    expect(says(w, "\"clock_moved\"", "\"78\"", ""), "the mediator is told: %s", w->raw);
    (void)get(w, "/api/v1/cases/%lld/entries", (long long)id.n);
    expect(says(w, "\"clock_moved\"", "", ""), "and the record says so: %s", w->raw);
    run_jobs(w);
    become(w, SYS_ADMIN);
    expect(ask(w, "POST", CALENDAR, "{\"csv\":\"" YEAR_2027 "\"}") == 200
           && int_at(w, "version") == 1 && int_at(w, "added") == 0, "the same again is no new version");
}

int main(int argc, char **argv)
{
    BUG_IF(argc != 2);
    World *w = world_open(argv[1], slices);
    Block block = block_open(1 << 20);
    Arena mem = block_arena(&block);
    w->house.data = data_path;
    House other = w->house;
    expect(!reference_open(&w->house, w->db, &mem), "the shipped data");
    expect(!reference_open(&other, w->db, &mem), "in two processes");
    at(w, "2026-12-25");
    settle(w);
    Id id = take_in(w);
    expect(clock_is(w, id, FIRST, "\"provisional\":true"), "AS-57: provisional, %s", w->raw);
    dry_run(w, id);
    import(w, id);
    follow(w, &other, true);
    follow(w, &other, false);
    sweep(w);
    reference_close(&other);
    reference_close(&w->house);
    expect(!reference_open(&w->house, w->db, &mem), "after a restart");
    expect(clock_is(w, id, MOVED, "\"provisional\":false"), "all is as it was");
    reference_close(&w->house);
    block_close(&block);
    return world_close(w);
}
