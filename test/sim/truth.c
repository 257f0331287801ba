#include "sim/sim.h"

#include "case/clock.h"
#include "core/limits.h"
#include "slices.h"

#include <stdio.h>
#include <string.h>

enum { NOTE_ROOM = 200 };

/* ---- a case's state is what its entries lead to ---------------------------------------- */

typedef struct Replay {
    Sim    *s;
    int64_t case_id, entries;
    State   state, before; /* before: the state it was closed in */
    char    wrong[NOTE_ROOM];
} Replay;

static void note_wrong(Replay *r, const char *what, const char *line)
{
    if (r->wrong[0] == 0) (void)snprintf(r->wrong, sizeof r->wrong, "%s %s", what, line);
}

static bool follows(const Replay *r, const Step *step, State to)
{
    if (step->to == ST__SAME) return to == r->state;
    if (step->to == ST__BEFORE) return to == r->before || to == r->state;
    return to == step->to;
}

/* "case event from to", a case's in their order, its final state at the end as "=". */
static void replay_entry(Dump *d, const char *line, void *to)
{
    Replay *r = to;
    int64_t id = 0;
    Str rest = str_of(line);
    (void)d;
    (void)str_int(str_cut(&rest, ' '), &id);
    Str word = str_cut(&rest, ' ');
    State from = state_of(str_cut(&rest, ' ')), target = state_of(rest);
    if (id != r->case_id) *r = (Replay){ .s = r->s, .case_id = id, .entries = r->entries };
    if (str_eq(word, S("="))) {
        if (target != r->state) note_wrong(r, "is not where its entries lead:", line);
    } else if (event_of(word) != EV__NONE) {
        const Step *step = flow_find(from, event_of(word));
        if (from != r->state) note_wrong(r, "begins elsewhere:", line);
        else if (!step || !follows(r, step, target)) note_wrong(r, "leads nowhere:", line);
        if (target == ST_CLOSED) r->before = from;
        r->state = target;
        r->entries++;
    }
    if (r->wrong[0]) sim_check(r->s, false, "an entry", r->wrong);
    r->wrong[0] = 0;
}

static void entries_lead_to_states(Sim *s)
{
    Replay r = { .s = s };
    dump_each(s->dump, "SELECT line FROM (SELECT case_id, id, case_id || ' ' || event || ' ' || from_state"
              " || ' ' || to_state AS line FROM case_entry UNION ALL SELECT id, 9223372036854775807, id || ' =  ' || state"
              " FROM cases) AS lines ORDER BY case_id, id", replay_entry, &r);
    sim_check(s, r.entries >= (int64_t)s->filed, "there are entries", "");
}

/* ---- periods end when they would end if computed now ------------------------------------- */

static void periods_stand(Sim *s)
{
    Block block = block_open(ARENA_MAX);
    int64_t moved = 0;
    Id last = { 0 };
    dump_do(s->dump, "UPDATE clock SET calendar = '' WHERE status = 'running'");
    do {
        Arena mem = block_arena(&block);
        Ctx c = { .mem = &mem, .db = s->home->db, .who = { .roles = SYSTEM }, .method = S("sim"),
                  .now_ms = s->player->clock.s * 1000, .status = 204 };
        c.today = time_date(s->player->clock);
        ctx_begin(&c, &s->home->house);
        tx_begin(&c);
        moved += clocks_recompute(&c, last, &last);
        tx_end(&c);
        sim_check(s, ok(&c), "periods are computed again", "");
    } while (last.n);
    sim_check(s, moved == 0, "a period ends on another day when computed again", "");
    block_close(&block);
}

/* ---- what can be counted ------------------------------------------------------------------- */

static const struct None { const char *what, *sql; } nones[] = {
    { "a case in mediation without its period",
      "SELECT count(*) FROM cases k WHERE k.state IN ('accepted', 'dispatched', 'assigned', 'mediating', 'suspended',"
      " 'pending_sign') AND NOT EXISTS (SELECT 1 FROM clock c WHERE c.case_id = k.id AND c.code LIKE 'C-MED%'"
      " AND c.status IN ('running', 'paused'))" },
    { "a case that left with its period running",
      "SELECT count(*) FROM cases k WHERE k.state IN ('rejected', 'referred', 'effective', 'failed', 'withdrawn',"
      " 'settled', 'closed', 'archived') AND EXISTS (SELECT 1 FROM clock c WHERE c.case_id = k.id"
      " AND c.code LIKE 'C-MED%' AND c.status IN ('running', 'paused'))" },
    { "a paused period of a case that is not suspended",
      "SELECT count(*) FROM clock c JOIN cases k ON k.id = c.case_id WHERE c.code LIKE 'C-MED%'"
      " AND c.status = 'paused' AND k.state <> 'suspended'" },
    { "a job failed", "SELECT count(*) FROM job WHERE state = 'given_up' OR error <> ''" },
    { "a job twice", "SELECT count(*) - count(DISTINCT key) FROM job" },
    { "two cases with one number",
      "SELECT count(*) - count(DISTINCT no) FROM cases WHERE no <> ''" },
    { "a case without an entry in the audit record",
      "SELECT count(*) FROM cases k WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = k.id)" },
};

static void nothing_of(Sim *s)
{
    for (size_t i = 0; i < COUNT(nones); i++) {
        Arena mem = block_arena(&s->block);
        Str n = str_trim(dump_ask(s->dump, &mem, nones[i].sql));
        sim_check(s, str_eq(n, S("0")), nones[i].what, str_c(&mem, n));
    }
}

static void only_added_to(Sim *s)
{
    size_t n = 0;
    for (const Slice *const *slice = slices; *slice; slice++) {
        for (const char *const *t = (*slice)->keeps; t && *t; t++, n++) {
            BUG_IF(n == KEPT_TABLES);
            int64_t rows = dump_rows(s->dump, *t);
            sim_check(s, rows >= s->rows[n], "rows are gone from", *t);
            s->rows[n] = rows;
        }
    }
}

void sim_truths(Sim *s, bool audit)
{
    int64_t entries = 0;
    entries_lead_to_states(s);
    periods_stand(s);
    nothing_of(s);
    only_added_to(s);
    if (audit) sim_check(s, home_verify(s->home, &entries) == 0 && entries > 0, "the audit record holds", "");
}
