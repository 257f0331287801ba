/*
** To mediators (T15, T16): who, in which part, why; nobody with a conflict, off
** the roster, away or full; a team that has the tags the causes need, two for a
** collective case, a lead and departments for a complex one.
*/
#include "case/2-dispatch/dispatch.h"

#include "case/task.h"
#include "core/jobs.h"
#include "register/mediators/mediator_terms.h"
#include "register/standing.h"

enum { TEAM_MAX = 10 };

/* ---- what is asked ---------------------------------------------------------------------- */

typedef struct Pick {
    Id  mediator_id;
    Str part;
} Pick;

static const Code part_rows[] = { { "lead", "主持（牵头）", "lead" }, { "mediator", "协助", "mediator" } };
static const Codes parts = { .name = "mediator_part", .row = part_rows, .n = COUNT(part_rows) };

static const Field pick_fields[] = {
    FIELD(Pick, mediator_id, .label = "调解员", .en = "mediator", .rule = REQUIRED),
    FIELD(Pick, part,        .label = "分工", .en = "part", .codes = &parts),
};
static const Form pick_form = FORM(Pick, pick_fields);

typedef struct Team {
    Rows mediators;
    Str  lead;              /* of a complex case: the person in the lead */
    Str  departments;
    bool chosen_by_parties;
    Str  reason;
} Team;

static const Field team_fields[] = {
    FIELD(Team, mediators,   .label = "调解员", .en = "mediators", .min = 1, .max = TEAM_MAX, .child = &pick_form),
    FIELD(Team, lead,        .label = "牵头人", .en = "person in the lead", .max = 50),
    FIELD(Team, departments, .label = "参与部门", .en = "departments", .rule = MANY, .max = 1000),
    FIELD(Team, chosen_by_parties, .label = "双方共同选定", .en = "chosen by both sides"),
    FIELD(Team, reason,      .label = "理由", .en = "reason", .rule = PROSE, .max = 1000),
};
static const Form team_form = FORM(Team, team_fields);

/* ---- rows ---------------------------------------------------------------------------------- */

static const Field fields[] = {
    FIELD(Assigned, id,          .label = "编号", .en = "id"),
    FIELD(Assigned, case_id,     .label = "案件", .en = "case"),
    FIELD(Assigned, mediator_id, .label = "调解员", .en = "mediator"),
    FIELD(Assigned, user_id,     .label = "账号", .en = "account"),
    FIELD(Assigned, name,        .label = "姓名", .en = "name"),
    FIELD(Assigned, work,        .label = "专兼职", .en = "full- or part-time"),
    FIELD(Assigned, part,        .label = "分工", .en = "part", .codes = &parts),
    FIELD(Assigned, chosen,      .label = "双方选定", .en = "chosen by both sides"),
    FIELD(Assigned, reason,      .label = "理由", .en = "reason"),
    FIELD(Assigned, since,       .label = "自", .en = "since"),
    FIELD(Assigned, until,       .label = "至", .en = "until"),
    FIELD(Assigned, why_ended,   .label = "结束原因", .en = "why it ended"),
    FIELD(Assigned, by,          .label = "指派人", .en = "by"),
};
static const Form assigned_form = FORM(Assigned, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE assigned("             /* what D08 says: who mediates, from when to when */
      "  id          INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  mediator_id INTEGER NOT NULL, user_id INTEGER NOT NULL,"
      "  name        TEXT NOT NULL, work TEXT NOT NULL,"
      "  part        TEXT NOT NULL CHECK(part IN ('lead', 'mediator')),"
      "  chosen      INTEGER NOT NULL,"    /* by both sides */
      "  reason      TEXT NOT NULL, since TEXT NOT NULL, until TEXT,"
      "  why_ended   TEXT NOT NULL, by INTEGER NOT NULL) STRICT;"
      "CREATE INDEX assigned_by_case ON assigned(case_id, id);"
      "CREATE INDEX assigned_by_mediator ON assigned(mediator_id, id);" },
};
#define COLUMNS \
    "id, case_id, mediator_id, user_id, name, work, part, chosen, reason, since, until, why_ended, by"

static const Query q_add = {
    .name = "assigned.add", .in = &assigned_form,
    .sql = "INSERT INTO assigned(" COLUMNS ") VALUES(:id, :case_id, :mediator_id, :user_id, :name, :work, :part,"
           " :chosen, :reason, :since, :until, :why_ended, :by)",
};
static const Query q_end = {
    .name = "assigned.end", .in = &assigned_form,
    .sql = "UPDATE assigned SET until = :until, why_ended = :why_ended WHERE id = :id",
};
static const Query q_part = {
    .name = "assigned.part", .in = &assigned_form,
    .sql = "UPDATE assigned SET part = :part WHERE id = :id",
};
static const Query q_list = {
    .name = "assigned.list", .in = &assigned_form, .out = &assigned_form,
    .sql = "SELECT " COLUMNS " FROM assigned WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query q_orphans = { /* the few who left and still have cases */
    .name = "assigned.orphans", .in = &assigned_form, .out = &assigned_form,
    .sql = "SELECT a.id, a.case_id, a.mediator_id, a.name FROM mediator m JOIN assigned a ON a.mediator_id = m.id"
           " WHERE m.active = 0 AND m.open_load > 0 AND a.until IS NULL AND EXISTS(SELECT 1 FROM case_load l"
           " WHERE l.case_id = a.case_id AND l.kind = 'mediator' AND l.holder = m.id)"
           " ORDER BY m.id, a.id LIMIT 1000 /*scan*/",
};
static const Query *const queries[] = { &q_add, &q_end, &q_part, &q_list, &q_orphans, NULL };

Rows assigned_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Assigned){ .case_id = case_id });
}

const Sealed assigned_sealed = { &assigned_form, assigned_of };

bool was_recused(Ctx *c, Id case_id, Id user)
{
    Rows rows = assigned_of(c, case_id);
    for (size_t i = 0; user.n && i < rows.n; i++) {
        const Assigned *a = (const Assigned *)rows.at + i;
        if (a->user_id.n == user.n && str_eq(a->why_ended, S("recused"))) return true;
    }
    return false;
}

static void give(Ctx *c, Case *k, Assigned *a)
{
    a->id = id_next(c);
    a->case_id = k->id;
    db_insert(c, &q_add, a);
    load_take(c, k, S("mediator"), a->mediator_id);
    if (a->user_id.n) case_member(c, k, a->user_id, a->part);
}

void assigned_end(Ctx *c, Case *k, const Assigned *a, Str why)
{
    Assigned end = *a;
    end.until = c->today;
    end.why_ended = why;
    db_change(c, &q_end, &end);
    load_drop(c, k, S("mediator"), a->mediator_id);
    if (a->user_id.n) case_member_end(c, k, a->user_id);
    if (a->user_id.n && k->mediator_id.n == a->user_id.n) k->mediator_id = (Id){ 0 };
}

void assigned_copy(Ctx *c, const Case *from, const Case *to)
{
    Case k = *to;
    Rows rows = assigned_of(c, from->id);
    load_take(c, to, S("org"), rows.n ? to->org : (Id){ 0 });
    for (size_t i = 0; i < rows.n; i++) {
        Assigned a = ((const Assigned *)rows.at)[i];
        if (a.until.day == 0) give(c, &k, &a);
    }
}

/* ---- may they? ------------------------------------------------------------------------------- */

/* The mediator :at, of the case's own organisations, whom nothing bars. */
static void check_one(Ctx *c, const Case *k, const Pick *p, Mediator *m)
{
    if (!ok(c)) return;
    if (!mediator_get(c, p->mediator_id, m)) {
        if (c->err == ERR_NOT_FOUND) c->err = ERR_OK;
        fault(c, S("mediators"), FAULT_NOT_KNOWN);
        return;
    }
    bool ours = str_starts(m->org_path, k->owner_path) || pool_lends(c, m->id, k->owner_path, c->today);
    if (!ours) fault(c, S("mediators"), FAULT_NOT_ALLOWED);
    Findings bars = person_bars(c, k, m);
    findings_block(c, m->name, &bars);
}

/* Together they have the tags that the causes need. */
static void check_tags(Ctx *c, Str needed, const Mediator *team, size_t n)
{
    while (ok(c) && needed.n) {
        Str tag = str_cut(&needed, ' ');
        bool there = false;
        for (size_t i = 0; i < n; i++) there |= has_word(team[i].specialties, tag);
        if (!there) fail(c, ERR_BLOCKED, tag);
    }
}

/* One leads: who is named so, else the first. */
static size_t lead_of(Ctx *c, const Team *t)
{
    size_t lead = 0, n = 0;
    for (size_t i = 0; i < t->mediators.n; i++) {
        const Pick *p = (const Pick *)t->mediators.at + i;
        for (size_t j = 0; j < i; j++) {
            bool twice = ((const Pick *)t->mediators.at)[j].mediator_id.n == p->mediator_id.n;
            if (twice) fault(c, S("mediators"), FAULT_TWICE);
        }
        if (!str_eq(p->part, S("lead"))) continue;
        lead = i;
        n++;
    }
    if (n > 1) fault(c, S("mediators"), FAULT_MISMATCH);
    return lead;
}

static int64_t words_in(Str words)
{
    int64_t n = 0;
    while (words.n) n += str_cut(&words, ' ').n > 0;
    return n;
}

/* What the law asks of the whole team. */
static void check_team(Ctx *c, const Case *k, Team *t, const Mediator *team)
{
    Matter m = matter_of(c, k);
    conference_lead(c, k, &t->lead, &t->departments);
    Assignment a = { .mediators = (int64_t)t->mediators.n, .departments = words_in(t->departments),
                     .lead = t->lead.n > 0 };
    if (!ok(c)) return;
    Findings f = assignment_check(&c->law->params, &m, &a);
    findings_block(c, (Str){ 0 }, &f);
    check_tags(c, m.tags, team, t->mediators.n);
}

/* ---- handlers ------------------------------------------------------------------------------------ */

static Assigned made(Ctx *c, const Team *t, const Mediator *m, bool lead)
{
    return (Assigned){ .mediator_id = m->id, .user_id = m->user_id, .name = m->name, .work = m->work,
                       .part = lead ? S("lead") : S("mediator"), .chosen = t->chosen_by_parties,
                       .reason = t->reason, .since = c->today, .by = c->who.id };
}

/* Who is not in the new team leaves; who stays keeps his row. */
static void change_team(Ctx *c, Case *k, const Team *t, const Mediator *team, size_t lead)
{
    bool stays[TEAM_MAX] = { false };
    Rows rows = assigned_of(c, k->id);
    for (size_t i = 0; i < rows.n; i++) {
        Assigned *a = (Assigned *)rows.at + i;
        size_t at = 0;
        if (a->until.day) continue;
        while (at < t->mediators.n && team[at].id.n != a->mediator_id.n) at++;
        if (at == t->mediators.n) {
            assigned_end(c, k, a, S("replaced"));
            continue;
        }
        stays[at] = true;
        a->part = at == lead ? S("lead") : S("mediator");
        db_change(c, &q_part, a);
        if (a->user_id.n) case_member(c, k, a->user_id, a->part);
    }
    for (size_t i = 0; i < t->mediators.n; i++) {
        Assigned a = made(c, t, &team[i], i == lead);
        if (!stays[i]) give(c, k, &a);
    }
    k->mediator_id = team[lead].user_id;
}

/* A mediator who stays is not barred by the load that this case is. */
static bool is_assigned(Rows rows, Id mediator)
{
    for (size_t i = 0; i < rows.n; i++) {
        const Assigned *a = (const Assigned *)rows.at + i;
        if (a->until.day == 0 && a->mediator_id.n == mediator.n) return true;
    }
    return false;
}

static void need_account(Ctx *c, const Mediator *lead)
{
    const Field *account = form_find(&mediator_form, S("user_id"));
    if (ok(c) && lead->user_id.n == 0) fail(c, ERR_BLOCKED, str_of(account->label));
}

static void set_team(Ctx *c, Event e)
{
    Case k;
    Team t = { 0 };
    Mediator *team = NEW(c->mem, Mediator, TEAM_MAX);
    form_read(c, &team_form, &t);
    size_t lead = lead_of(c, &t);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !flow_find(state_of(k.state), e)) fail(c, ERR_WRONG_STATE, k.state);
    Rows now_on = assigned_of(c, k.id);
    for (size_t i = 0; ok(c) && i < t.mediators.n; i++) {
        const Pick *p = (const Pick *)t.mediators.at + i;
        bool stays = is_assigned(now_on, p->mediator_id) && mediator_get(c, p->mediator_id, &team[i]);
        if (!stays) check_one(c, &k, p, &team[i]);
        else if (!team[i].active) fail(c, ERR_BLOCKED, team[i].status);
    }
    check_team(c, &k, &t, team);
    need_account(c, &team[lead]);
    if (ok(c)) change_team(c, &k, &t, team, lead);
    load_take(c, &k, S("org"), k.org);
    case_fire(c, &k, e, t.reason);
    reply_rows(c, &assigned_form, assigned_of(c, k.id), (Str){ 0 });
    tx_end(c);
}

static void assign(Ctx *c)
{
    set_team(c, EV_ASSIGN);
}

static void reassign(Ctx *c)
{
    set_team(c, EV_REASSIGN);
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &assigned_form, assigned_of(c, k.id), (Str){ 0 });
}

/* ---- what follows ----------------------------------------------------------------------------------- */

static size_t still_on(Ctx *c, const Case *k)
{
    Rows rows = assigned_of(c, k->id);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) n += ((const Assigned *)rows.at)[i].until.day == 0;
    return n;
}

static void assigned_now(Ctx *c, Case *k)
{
    static const char *const done[] = { "dispatch", "confirm", "assign", "org_silent" };
    for (size_t i = 0; i < COUNT(done); i++) task_done(c, k, str_of(done[i]), (Str){ 0 });
    task_add(c, k, S("mediate"), ROLE_MEDIATOR, task_due(c, 1));
}

static void reassigned_now(Ctx *c, Case *k)
{
    task_done(c, k, S("assign"), (Str){ 0 });
    task_done(c, k, S("reassign"), (Str){ 0 });
    bool enough = (int64_t)still_on(c, k) >= case_param(c, k, "COLL_MEDIATORS");
    if (enough) task_done(c, k, S("second_mediator"), (Str){ 0 });
    if (state_of(k->state) == ST_ASSIGNED) {
        task_done(c, k, S("mediate"), (Str){ 0 });
        task_add(c, k, S("mediate"), ROLE_MEDIATOR, task_due(c, 1));
    }
}

/* Cases whose mediator is suspended, was dismissed or has left: somebody else must be named. */
static void find_orphans(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_orphans, &(Assigned){ .part = S("") });
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        Case k;
        bool there = case_get(c, ((const Assigned *)rows.at)[i].case_id, &k);
        if (there && !task_open(c, &k, S("reassign"))) {
            task_add(c, &k, S("reassign"), ROLE_DISPATCHER, task_due(c, 1));
        }
    }
}

static const JobKind jobs[] = { { .word = "mediator_left", .run = find_orphans, .daily = "06:30" } };

/* A case that became collective while one mediator has it needs another (AS-40). */
static void ask_second(Ctx *c, Case *k)
{
    State s = state_of(k->state);
    bool given = s >= ST_ASSIGNED && s <= ST_PENDING_SIGN;
    if (s == ST_DISPATCHED) task_add(c, k, S("dispatch"), ROLE_DISPATCHER, task_due(c, 1));
    if (!given || !flag_set(k, "COLL") || task_open(c, k, S("second_mediator"))) return;
    if ((int64_t)still_on(c, k) >= case_param(c, k, "COLL_MEDIATORS")) return;
    task_add(c, k, S("second_mediator"), ROLE_DISPATCHER, task_due(c, 1));
}

enum { READERS = CLERK | DISPATCHER | HEAD | ORG_MANAGER | HR | MEDIATORS | LAWYER | VISITOR | ARCHIVIST };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/assign", DISPATCHER | ORG_MANAGER, assign, "指派调解员", "assign mediators",
      EV_ASSIGN, .in = &team_form, .out = &assigned_form, .list = true },
    { "POST", "/api/v1/cases/:id/reassign", DISPATCHER | ORG_MANAGER, reassign, "更换、增派调解员",
      "replace or add mediators", EV_REASSIGN, .in = &team_form, .out = &assigned_form, .list = true },
    { "GET", "/api/v1/cases/:id/mediators", READERS | PARTIES, list, "本案调解员", "who mediates", .out = &assigned_form,
      .list = true },
};
static const Hook hooks[] = {
    { AFTER, EV_ASSIGN, assigned_now },
    { AFTER, EV_REASSIGN, reassigned_now },
    { AFTER, EV_FLAG_COLLECTIVE, ask_second },
};

const Slice assign_slice = {
    .name = "assign", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
    .job = jobs, .jobs = COUNT(jobs),
};
