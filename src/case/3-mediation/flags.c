/*
** What kind of dispute it is (T18, T19): law/threshold.h asked with what the
** application says and what staff saw on the spot.  Flags are only added by the
** numbers; a new collective or major flag fires its event by itself.
*/
#include "case/3-mediation/mediation.h"
#include "case/task.h"
#include "register/standing.h"

typedef struct Seen {
    Id      case_id;
    Str     signals;
    int64_t departments, cut, staff;
    bool    undisputed, collective_contract;
    Str     note;
    Id      by;
    Time    at;
} Seen;

#define SIGNAL_CODE(n, zh, en) { #n, zh, en },
static const Code signal_rows[] = { SIGNALS(SIGNAL_CODE) };
static const Codes signals = { .name = "signal", .row = signal_rows, .n = COUNT(signal_rows) };

static const Field seen_fields[] = {
    FIELD(Seen, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Seen, signals,     .label = "紧急情形", .en = "urgent signs", .rule = MANY, .codes = &signals),
    FIELD(Seen, departments, .label = "需要参与的部门数", .en = "departments needed", .max = 100),
    FIELD(Seen, cut,         .label = "裁减人数", .en = "workers to go", .max = 1000000),
    FIELD(Seen, staff,       .label = "职工总数", .en = "staff", .max = 10000000),
    FIELD(Seen, undisputed,  .label = "事实无争议", .en = "facts undisputed"),
    FIELD(Seen, collective_contract, .label = "因履行集体合同", .en = "on a collective contract"),
    FIELD(Seen, note,        .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
    FIELD(Seen, by,          .label = "填报人", .en = "by", .rule = SERVER_SET),
    FIELD(Seen, at,          .label = "填报时间", .en = "at", .rule = SERVER_SET),
};
static const Form seen_form = FORM(Seen, seen_fields);

typedef struct Grave {
    int64_t level;
    Str     note;
} Grave;
static const Field grave_fields[] = {
    FIELD(Grave, level, .label = "应急等级", .en = "emergency level, 1 the gravest", .rule = REQUIRED, .min = 1, .max = 4),
    FIELD(Grave, note,  .label = "理由", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form grave_form = FORM(Grave, grave_fields);

static const Field why_fields[] = {
    FIELD(CaseNote, note, .label = "理由", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form why_form = { "FlagReason", sizeof(CaseNote), why_fields, COUNT(why_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_seen("           /* what staff saw or learnt; the last word */
      "  case_id     INTEGER PRIMARY KEY REFERENCES cases,"
      "  signals     TEXT NOT NULL, departments INTEGER NOT NULL, cut INTEGER NOT NULL, staff INTEGER NOT NULL,"
      "  undisputed  INTEGER NOT NULL, collective_contract INTEGER NOT NULL, note TEXT NOT NULL,"
      "  by          INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;" },
};
#define COLUMNS "case_id, signals, departments, cut, staff, undisputed, collective_contract, note, by, at"
static const Query q_set = {
    .name = "seen.set", .in = &seen_form,
    .sql = "INSERT INTO case_seen(" COLUMNS ") VALUES(:case_id, :signals, :departments, :cut, :staff, :undisputed,"
           " :collective_contract, :note, :by, :at) ON CONFLICT(case_id) DO UPDATE SET signals = excluded.signals,"
           " departments = excluded.departments, cut = excluded.cut, staff = excluded.staff,"
           " undisputed = excluded.undisputed, collective_contract = excluded.collective_contract,"
           " note = excluded.note, by = excluded.by, at = excluded.at",
};
static const Query q_get = {
    .name = "seen.get", .in = &seen_form, .out = &seen_form,
    .sql = "SELECT " COLUMNS " FROM case_seen WHERE case_id = :case_id",
};
static const Query *const queries[] = { &q_set, &q_get, NULL };

/* ---- for every file of this step ------------------------------------------------------- */

void states_only(Ctx *c, const Case *k, uint32_t states)
{
    if (ok(c) && !(states & 1U << state_of(k->state))) fail(c, ERR_WRONG_STATE, k->state);
}

void case_for(Ctx *c, Case *k, Event e)
{
    case_get(c, arg_id(c, 0), k);
    if (ok(c) && !flow_find(state_of(k->state), e)) fail(c, ERR_WRONG_STATE, k->state);
}

void fire_by_system(Ctx *c, Case *k, Event e, Str note)
{
    uint32_t roles = c->who.roles;
    c->who.roles = SYSTEM;
    case_fire(c, k, e, note);
    c->who.roles = roles;
}

/* ---- what is known ------------------------------------------------------------------------ */

static void extent_of_parties(Extent *e, Rows parties)
{
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (!str_eq(p->kind, S("EMPLOYER")) || !str_eq(p->part, S("PARTY"))) continue;
        e->employers++;
        if (str_eq(p->emp_type, S("PLATFORM"))) e->platform = true;
        if (p->staff > e->staff) e->staff = p->staff;
    }
}

/* A case just taken in has no application yet: its row is what is known. */
static Extent extent_of(Ctx *c, const Case *k, bool application)
{
    Intake in = { 0 };
    Str unknown = { 0 };
    Seen seen = { .case_id = k->id };
    Extent e = { .workers = k->workers, .common = k->workers, .claim_fen = k->amount.fen, .region = k->region,
                 .day = c->today };
    e.groups = causes_groups(&c->law->causes, k->causes, c->today, &unknown);
    if (application && intake_of(c, k, &in)) {
        e.signals = signals_read(in.urgent);
        e.claims = (int64_t)in.claims.n;
        extent_of_parties(&e, in.parties);
    }
    if (k->told || !db_find(c, &q_get, &seen, &seen)) return e;
    e.signals |= signals_read(seen.signals);
    e.departments = seen.departments;
    e.cut = seen.cut;
    if (seen.staff) e.staff = seen.staff;
    e.undisputed = seen.undisputed;
    e.collective_contract = seen.collective_contract;
    return e;
}

/* ---- what it makes of the case ---------------------------------------------------------------- */

/* Where a province's own law tells the union (not the product's default for everywhere). */
static void tell_union(Ctx *c, const Case *k)
{
    const Param *p = param_find(&c->law->params, S("COLL50_WORKERS"), k->region, c->today);
    if (p && p->region.n) task_add(c, k, S("union_notice"), ROLE_HEAD, task_due(c, 0));
}

static Str words_of(Ctx *c, uint32_t set)
{
    Out o = { .buf = NEW(c->mem, char, 128), .cap = 128 };
    flags_write(&o, set);
    return out_view(&o);
}

/* Flags that other rules set stay. */
static void take_flags(Ctx *c, Case *k, uint32_t set, int level)
{
    Str rest = k->flags;
    k->flags = words_of(c, set);
    while (rest.n) {
        Str word = str_cut(&rest, ' ');
        if (flags_read(word) == 0) flag_add(c, k, word);
    }
    if (level && (k->level == 0 || level < k->level)) k->level = level;
}

static void refresh(Ctx *c, Case *k, bool application)
{
    Extent e = extent_of(c, k, application);
    if (!ok(c)) return;
    Flags f = flags_of(&c->law->params, &e);
    uint32_t before = flags_read(k->flags), kept = before & ~(uint32_t)FLAG_SIMPLE;
    uint32_t set = kept | (f.flags & ~(uint32_t)FLAG_SIMPLE);
    if (set == 0) set = f.flags & FLAG_SIMPLE;
    uint32_t added = set & ~before;
    bool graver = f.level && (k->level == 0 || f.level < k->level);
    if (set == before && !graver) return;
    take_flags(c, k, set, f.level);
    Str why = findings_zh(c, &f.reasons);
    if (added & FLAG_COLL) fire_by_system(c, k, EV_FLAG_COLLECTIVE, why);
    if (added & (FLAG_MAJOR | FLAG_MASS)) fire_by_system(c, k, EV_FLAG_MAJOR, why);
    if (added & FLAG_COLL50) tell_union(c, k);
    if (added & (FLAG_COLL | FLAG_MAJOR | FLAG_MASS)) return;
    case_save(c, k);
    case_note(c, k, S("flags"), why);
}

void flags_refresh(Ctx *c, Case *k)
{
    refresh(c, k, true);
}

static void taken_in(Ctx *c, Case *k)
{
    refresh(c, k, false);
}

/* ---- handlers -------------------------------------------------------------------------------------- */

/* While T19 may still be: after that the case is what it was. */
enum { OPEN = SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, PENDING_SIGN) };

static void see(Ctx *c)
{
    Case k;
    Seen s = { .by = c->who.id, .at = now(c) };
    form_read(c, &seen_form, &s);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, OPEN);
    s.case_id = k.id;
    db_insert(c, &q_set, &s);
    case_save(c, &k);
    case_note(c, &k, S("seen"), s.signals);
    flags_refresh(c, &k);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void show_seen(Ctx *c)
{
    Case k;
    Seen s = { 0 };
    if (!case_get(c, arg_id(c, 0), &k)) return;
    s.case_id = k.id;
    (void)db_find(c, &q_get, &s, &s);
    s.case_id = k.id;
    reply_row(c, 200, &seen_form, &s);
}

static void flag_collective(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &why_form, &in);
    tx_begin(c);
    case_for(c, &k, EV_FLAG_COLLECTIVE);
    if (ok(c) && flag_set(&k, "COLL")) fail(c, ERR_CLASH, S("COLL"));
    if (ok(c)) take_flags(c, &k, (flags_read(k.flags) & ~(uint32_t)FLAG_SIMPLE) | FLAG_COLL, 0);
    case_fire(c, &k, EV_FLAG_COLLECTIVE, in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void flag_major(Ctx *c)
{
    Case k;
    Grave in = { 0 };
    form_read(c, &grave_form, &in);
    tx_begin(c);
    case_for(c, &k, EV_FLAG_MAJOR);
    if (ok(c) && flag_set(&k, "MAJOR") && k.level <= in.level) fail(c, ERR_CLASH, S("MAJOR"));
    if (ok(c)) take_flags(c, &k, (flags_read(k.flags) & ~(uint32_t)FLAG_SIMPLE) | FLAG_MAJOR, (int)in.level);
    case_fire(c, &k, EV_FLAG_MAJOR, in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/seen", STAFF, see, "现场情况", "what was seen: flags follow", .in = &seen_form,
      .out = &case_form },
    { "GET", "/api/v1/cases/:id/seen", STAFF, show_seen, "现场情况", "what was seen", .out = &seen_form },
    { "POST", "/api/v1/cases/:id/flag-collective", STAFF, flag_collective, "标记集体争议", "flag as collective",
      EV_FLAG_COLLECTIVE, .in = &why_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/flag-major", STAFF, flag_major, "标记重大、群体性", "flag as major",
      EV_FLAG_MAJOR, .in = &grave_form, .out = &case_form },
};
static const Hook hooks[] = {
    { AFTER, EV_SUBMIT, flags_refresh },
    { AFTER, EV_REGISTER, flags_refresh },
    { AFTER, EV_TAKE_IN, taken_in },
};

const Slice flags_slice = {
    .name = "flags", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
