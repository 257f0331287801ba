/*
** sim ADDRESS CASES [SEED]: so many cases over three simulated years, in this
** process.  People do at random what the procedure allows, and now and then
** what it does not; the jobs of each day run; and each month what must always
** be true is looked at (truth.c).  The seed is printed: the same one does the
** same again.  Ends with "N passed, N failed".
*/
#include "sim/sim.h"

#include "sim/move.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DAYS = 1095, FOLLOWED = 60, SQL_ROOM = 400, BODY_ROOM = 8192, ODD_MOVES = 20, DUMPS = 60,
       MOVES_MAX = 40, IDLE_DAYS = 3 };

static uint64_t next(Sim *s)
{
    s->seed ^= s->seed << 13;
    s->seed ^= s->seed >> 7;
    s->seed ^= s->seed << 17;
    return s->seed;
}

static uint64_t below(Sim *s, uint64_t n)
{
    return next(s) % n;
}

void sim_check(Sim *s, bool good, const char *what, const char *more)
{
    if (good) s->passed++;
    else s->failed++;
    if (good) return;
    (void)printf("FAILED seed %llu, day %d: %s %s\n", (unsigned long long)s->first_seed, s->day, what, more);
}

/* ---- one move ----------------------------------------------------------------------- */

static void act_as(Player *p, const char *who)
{
    for (size_t i = 0; i < p->whos; i++) {
        if (strcmp(p->who[i].name, who) == 0) p->as = p->who[i].actor;
    }
}

/* The answer's member, or the one row, becomes $name. */
static void keep(Player *p, const char *member, const char *name)
{
    const char *text = json_string_value(json_object_get(p->answer, member));
    if (text) player_set(p, str_of(name), str_of(text));
}

static bool ask_database(Sim *s, const Ask *a)
{
    Arena mem = block_arena(&s->block);
    Str sql = player_fill(s->player, &mem, str_of(a->path));
    Str value = str_trim(dump_ask(s->dump, &mem, str_c(&mem, sql)));
    player_set(s->player, str_of(a->name), value);
    return value.n > 0;
}

static bool ask(Sim *s, const Ask *a)
{
    Player *p = s->player;
    char path[SQL_ROOM];
    if (strcmp(a->verb, "SQL") == 0) return ask_database(s, a);
    (void)snprintf(path, sizeof path, "%s%s", a->path[0] == '!' ? "" : "/api/v1/cases/$case",
                   a->path + (a->path[0] == '!'));
    act_as(p, a->who);
    player_ask(p, str_of(a->verb), str_of(path), str_of(a->body));
    s->asked++;
    if (p->status >= 500) sim_check(s, false, a->path, p->raw);
    if (p->status >= 300) return false;
    if (a->name[0]) keep(p, "id", a->name);
    keep(p, "digest", "digest");
    return true;
}

static Str state_of_case(Sim *s, Arena *mem, const char *id)
{
    char sql[SQL_ROOM];
    (void)snprintf(sql, sizeof sql, "SELECT state FROM cases WHERE id = %s", id);
    return str_trim(dump_ask(s->dump, mem, sql));
}

/* Any sign that something happened to the case. */
static Str trace_of_case(Sim *s, Arena *mem, const char *id)
{
    char sql[SQL_ROOM];
    (void)snprintf(sql, sizeof sql, "SELECT state || version || ' ' || (SELECT count(*) FROM case_entry e"
                   " WHERE e.case_id = k.id) FROM cases k WHERE id = %s", id);
    return dump_ask(s->dump, mem, sql);
}

/* One that leads nowhere from here: refused, and nothing has changed. */
static void odd_move(Sim *s, const char *id, State state)
{
    Block block = block_open(SIM_MEMORY);
    Arena mem = block_arena(&block);
    const Move *m = &moves[below(s, moves_n)];
    const Ask *last = &m->ask[0];
    for (size_t i = 0; i < ASKS && m->ask[i].verb; i++) last = &m->ask[i];
    Str before = trace_of_case(s, &mem, id);
    if (!flow_find(state, m->event)) {
        bool whole = s->dumps++ < DUMPS;
        if (whole) dump_keep(s->dump);
        bool done = ask(s, last);
        sim_check(s, !done, "done, though it was not its time:", event_word(m->event));
        bool same = str_eq(before, trace_of_case(s, &mem, id));
        sim_check(s, same, "changed by what was refused:", event_word(m->event));
        if (whole) sim_check(s, !dump_changed(s->dump, NULL), "a table changed by a refused", last->path);
    }
    block_close(&block);
}

static uint64_t weight(const Move *m, State state)
{
    return flow_find(state, m->event) ? (uint64_t)m->weight : 0;
}

static const Move *choose(Sim *s, State state)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < moves_n; i++) sum += weight(&moves[i], state);
    if (sum == 0) return NULL;
    uint64_t at = below(s, sum);
    for (size_t i = 0; i < moves_n; i++) {
        uint64_t w = weight(&moves[i], state);
        if (at < w) return &moves[i];
        at -= w;
    }
    return NULL;
}

/* False: nothing can happen to this case any more. */
static bool move(Sim *s, const char *id)
{
    Block block = block_open(SIM_MEMORY);
    Arena mem = block_arena(&block);
    State state = state_of(state_of_case(s, &mem, id));
    const Move *m = choose(s, state);
    player_set(s->player, S("case"), str_of(id));
    bool good = m != NULL;
    if (m && below(s, ODD_MOVES) == 0) odd_move(s, id, state);
    for (size_t i = 0; good && i < ASKS && m->ask[i].verb; i++) good = ask(s, &m->ask[i]);
    if (good) s->done[m->event]++;
    else if (m) (void)snprintf(s->why[m->event], WHY_ROOM, "%d %s", s->player->status, s->player->raw);
    block_close(&block);
    return state != ST_ARCHIVED && state != ST_REFERRED;
}

/* ---- days ------------------------------------------------------------------------------ */

static void file_case(Sim *s)
{
    char body[BODY_ROOM];
    Out o = { .buf = body, .cap = sizeof body };
    Player *p = s->player;
    Block block = block_open(SIM_MEMORY);
    Arena mem = block_arena(&block);
    Made made = { .n = s->filed++, .org = player_fill(p, &mem, S("$mcentre")), .region = S("450222100"),
                  .today = time_date(p->clock) };
    made_case(&o, &made);
    p->as = (Actor){ 0 };
    player_ask(p, S("POST"), S("/api/v1/cases"), out_view(&o));
    sim_check(s, p->status == 201, "an application was not taken:", p->status == 201 ? "" : p->raw);
    const char *id = json_string_value(json_object_get(p->answer, "id"));
    if (id && s->open_n < OPEN_MAX) {
        Alive *a = &s->open[s->open_n++];
        a->moves = 0;
        (void)snprintf(a->id, ID_ROOM, "%s", id);
    }
    if (id) s->done[EV_SUBMIT]++;
    block_close(&block);
}

static void set_day(Sim *s, Date today)
{
    char day[11];
    date_write(today, day);
    player_set(s->player, S("day"), (Str){ day, 10 });
    date_write(date_plus(today, 12), day);
    player_set(s->player, S("soon"), (Str){ day, 10 });
    date_write(date_plus(today, 45), day);
    player_set(s->player, S("later"), (Str){ day, 10 });
    s->player->line = s->day;
}

static void live(Sim *s, Date today, uint64_t cases)
{
    uint64_t want = cases * (uint64_t)(s->day + 1) / (DAYS - FOLLOWED);
    set_day(s, today);
    s->player->clock = time_at(today, 0, 1);
    player_tick(s->player);
    s->player->clock = time_at(today, 10, 0);
    while (s->filed < want && s->filed < cases) file_case(s);
    for (size_t i = 0; i < s->open_n; i++) {
        Alive *a = &s->open[i];
        if (below(s, IDLE_DAYS) != 0 || (a->moves++ < MOVES_MAX && move(s, a->id))) continue;
        *a = s->open[--s->open_n];
    }
    s->player->clock = time_at(today, 23, 50);
    player_tick(s->player);
}

/* How often it happened: by people, by the clock, or by a payment. */
static int64_t times(const Sim *s, Event e)
{
    char sql[SQL_ROOM];
    int64_t n = 0;
    Block block = block_open(SIM_MEMORY);
    Arena mem = block_arena(&block);
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM case_entry WHERE event = '%s'", event_word(e));
    (void)str_int(str_trim(dump_ask(s->dump, &mem, sql)), &n);
    block_close(&block);
    return n;
}

static void tell(const Sim *s)
{
    int kinds = 0;
    for (size_t i = 0; i < moves_n; i++) {
        Event e = moves[i].event;
        if (s->done[e] == 0) (void)printf("  never %s: %s\n", event_word(e), s->why[e]);
    }
    (void)printf("  %llu cases, %lld requests;", (unsigned long long)s->filed, (long long)s->asked);
    for (int e = 1; e < EV__COUNT; e++) {
        int64_t n = times(s, (Event)e);
        if (n == 0) continue;
        kinds++;
        (void)printf(" %s %lld", event_word((Event)e), (long long)n);
    }
    (void)printf("\n  %d kinds of event\n", kinds);
}

/* The organisations and people of the scenarios, and two more. */
static void stage(Sim *s, Db *db, const House *house)
{
    static const char *const files[] = {
        "0-1-organisations", "0-2-mediators", "0-3-employers", "0-4-mediation-county",
    };
    char path[SQL_ROOM];
    s->player = player_open(house, db);
    for (size_t i = 0; i < COUNT(files); i++) {
        (void)snprintf(path, sizeof path, "test/scenario/%s.scn", files[i]);
        sim_check(s, player_run(s->player, path).failed == 0, "cannot be set up:", path);
    }
    Result more = player_run(s->player, "test/sim/people.scn");
    sim_check(s, more.failed == 0 && more.passed > 0, "cannot be set up:", "people.scn");
    s->player->bad = false;
    s->player->file = "sim";
    s->player->title = "";
}

int main(int argc, char **argv)
{
    static Sim sim;
    static Home home;
    int64_t cases = 0, seed = (int64_t)getpid() * 2654435761 % 1000000007;
    if (argc < 3 || !str_int(str_of(argv[2]), &cases) || (argc > 3 && !str_int(str_of(argv[3]), &seed))) {
        bug("sim", 0, "sim ADDRESS CASES [SEED]");
    }
    sim.seed = sim.first_seed = (uint64_t)seed | 1;
    (void)printf("  seed %llu\n", (unsigned long long)sim.first_seed);
    home_open(&home, argv[1]);
    store_hurry(home.store); /* no power is cut here */
    sim.home = &home;
    sim.block = block_open(SIM_MEMORY);
    stage(&sim, home.db, &home.house);
    sim.dump = dump_open(argv[1]);
    Date today = date_of(2026, 3, 2);
    for (sim.day = 0; sim.day < DAYS; sim.day++) {
        live(&sim, date_plus(today, sim.day), (uint64_t)cases);
        if (sim.day % 30 == 29) sim_truths(&sim, sim.day % 180 == 179);
    }
    sim_truths(&sim, true);
    sim_check(&sim, !sim.player->bad, "a job failed", "");
    tell(&sim);
    dump_close(sim.dump);
    player_close(sim.player);
    block_close(&sim.block);
    home_close(&home);
    (void)printf("%d passed, %d failed\n", sim.passed, sim.failed);
    return sim.failed != 0;
}
