/*
** A case's periods.  What is stored is what they are computed from; `due` and
** `natural_end` are the result under the calendar named beside them.  When a
** period is over, its rule's word says what follows (expiries[]).
*/
#include "case/clock.h"

#include "case/pauses.h"
#include "case/task.h"
#include "core/jobs.h"
#include "core/law_ref.h"
#include "core/reference.h"

enum { EXPIRED_MAX = 5000, TRACE = 8192 }; /* the first as in q_expired */
enum { FORECAST_PAGES = 20 }; /* of q_forecast: how many periods are looked at before an import */

typedef struct Clock {
    Id      id, case_id;
    Str     org_path;
    Str     code;
    Date    start;
    Time    start_at;    /* clocks in hours */
    int64_t length;      /* agreed; 0: the rule's */
    Str     pauses;      /* "2026-03-10..2026-04-20 …", the last perhaps without its end */
    Str     extensions;  /* "15 10": granted days */
    Date    natural_end, due;
    Time    due_at;
    Str     status;
    bool    provisional;
    Str     calendar;    /* its version */
    Str     on_expiry;
    Date    ended;
    Str     label, label_en, basis, basis_en, trace, trace_en; /* in answers; a line a step in English */
    Rows    links;       /* of LawRef */
    Str     region;      /* the case's, in q_forecast */
    Date    day;         /* parameters */
    Time    at;
} Clock;

static const Field fields[] = {
    FIELD(Clock, id,          .label = "编号",     .en = "id"),
    FIELD(Clock, case_id,     .label = "案件",     .en = "case"),
    FIELD(Clock, org_path,    .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Clock, code,        .label = "期限",     .en = "clock"),
    FIELD(Clock, start,       .label = "起算日",   .en = "start"),
    FIELD(Clock, start_at,    .label = "起算时刻", .en = "start instant"),
    FIELD(Clock, length,      .label = "约定长度", .en = "agreed length"),
    FIELD(Clock, pauses,      .label = "中止",     .en = "pauses"),
    FIELD(Clock, extensions,  .label = "延长",     .en = "extensions"),
    FIELD(Clock, natural_end, .label = "期满日",   .en = "natural end"),
    FIELD(Clock, due,         .label = "截止日",   .en = "last day"),
    FIELD(Clock, due_at,      .label = "截止时刻", .en = "last instant"),
    FIELD(Clock, status,      .label = "状态",     .en = "status"),
    FIELD(Clock, provisional, .label = "暂定",     .en = "provisional"),
    FIELD(Clock, calendar,    .label = "日历版本", .en = "calendar version"),
    FIELD(Clock, on_expiry,   .label = "届满后果", .en = "on expiry"),
    FIELD(Clock, ended,       .label = "结束日",   .en = "ended"),
    FIELD(Clock, label,       .label = "期限名称", .en = "its name"),
    FIELD(Clock, label_en,    .label = "期限名称（英文）", .en = "its name in English"),
    FIELD(Clock, basis,       .label = "依据",     .en = "basis"),
    FIELD(Clock, basis_en,    .label = "依据（英文）", .en = "basis in English"),
    FIELD(Clock, links,       .label = "条文",     .en = "its articles", .child = &law_ref_form),
    FIELD(Clock, trace,       .label = "推算过程", .en = "why this day"),
    FIELD(Clock, trace_en,    .label = "推算过程（英文）", .en = "why this day, in English"),
    FIELD(Clock, region,      .label = "履行地",   .en = "region", .rule = HIDDEN),
    FIELD(Clock, day,         .label = "日",       .en = "day", .rule = HIDDEN),
    FIELD(Clock, at,          .label = "时",       .en = "at", .rule = HIDDEN),
};
static const Form clock_form = FORM(Clock, fields);

static const Field limit_fields[] = {
    FIELD(Limit, id,      .label = "编号", .en = "id"),
    FIELD(Limit, case_id, .label = "案件", .en = "case"),
    FIELD(Limit, kind,    .label = "事由", .en = "kind"),
    FIELD(Limit, day,     .label = "日期", .en = "day"),
};
static const Form limit_form = FORM(Limit, limit_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE clock("
      "  id          INTEGER PRIMARY KEY,"
      "  case_id     INTEGER NOT NULL REFERENCES cases,"
      "  org_path    TEXT NOT NULL,"
      "  code        TEXT NOT NULL,"      /* of data/clocks.csv, with profile */
      "  start       TEXT NOT NULL,"      /* the day of the event; itself not counted */
      "  start_at    INTEGER NOT NULL,"   /* the instant, for clocks in hours */
      "  length      INTEGER NOT NULL,"   /* agreed; 0: the rule's */
      "  pauses      TEXT NOT NULL, extensions TEXT NOT NULL,"
      "  natural_end TEXT NOT NULL,"
      "  due         TEXT NOT NULL,"      /* rolled */
      "  due_at      INTEGER NOT NULL,"
      "  status      TEXT NOT NULL CHECK(status IN ('running', 'paused', 'met', 'missed', 'cancelled')),"
      "  provisional INTEGER NOT NULL,"
      "  calendar    TEXT NOT NULL,"      /* the version it was computed with */
      "  on_expiry   TEXT NOT NULL,"
      "  ended       TEXT) STRICT;"
      "CREATE INDEX clock_by_case ON clock(case_id, code, status);"
      "CREATE INDEX clock_by_due ON clock(status, due, id);"
      "CREATE INDEX clock_by_instant ON clock(due_at, status) WHERE due_at > 0;"
      "CREATE TABLE limit_event("         /* what restarts limitation (仲裁时效) */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  kind    TEXT NOT NULL, day TEXT NOT NULL) STRICT;"
      "CREATE INDEX limit_by_case ON limit_event(case_id, id);" },
    { 2, "CREATE INDEX clock_not_over ON clock(ended, id) WHERE ended IS NULL;" },
};
static const char *const keeps[] = { "limit_event", NULL };

#define CLOCK_COLUMNS                                                                             \
    "id, case_id, org_path, code, start, start_at, length, pauses, extensions, natural_end, due, due_at," \
    " status, provisional, calendar, on_expiry, ended"

static const Query q_add = {
    .name = "clock.add", .in = &clock_form,
    .sql = "INSERT INTO clock(" CLOCK_COLUMNS ") VALUES(:id, :case_id, :org_path, :code, :start, :start_at,"
           " :length, :pauses, :extensions, :natural_end, :due, :due_at, :status, :provisional, :calendar,"
           " :on_expiry, :ended)",
};
static const Query q_set = {
    .name = "clock.set", .in = &clock_form,
    .sql = "UPDATE clock SET start = :start, start_at = :start_at, pauses = :pauses,"
           " extensions = :extensions, natural_end = :natural_end, due = :due, due_at = :due_at,"
           " status = :status, provisional = :provisional, calendar = :calendar, ended = :ended WHERE id = :id",
};
static const Query q_confirm = { /* computed again, and the last day is the same */
    .name = "clock.confirm", .in = &clock_form,
    .sql = "UPDATE clock SET natural_end = :natural_end, provisional = :provisional, calendar = :calendar WHERE id = :id",
};
static const Query q_open = {
    .name = "clock.open", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT " CLOCK_COLUMNS " FROM clock WHERE case_id = :case_id AND code = :code"
           " AND status IN ('running', 'paused') LIMIT 1",
};
static const Query q_get = {
    .name = "clock.get", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT " CLOCK_COLUMNS " FROM clock WHERE id = :id",
};
static const Query q_list = {
    .name = "clock.list", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT " CLOCK_COLUMNS " FROM clock WHERE case_id = :case_id ORDER BY id",
};
static const Query q_close = {
    .name = "clock.close", .in = &clock_form,
    .sql = "UPDATE clock SET status = :status, ended = :ended WHERE case_id = :case_id AND code = :code"
           " AND status IN ('running', 'paused')",
};
static const Query q_expired = {
    .name = "clock.expired", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT id, due FROM clock WHERE status = 'running' AND due < :day AND due_at = 0"
           " ORDER BY status, due, id LIMIT 5000",
};
static const Query q_expired_hours = {
    .name = "clock.expired_hours", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT id, due FROM clock WHERE due_at > 0 AND due_at < :at AND status = 'running'"
           " ORDER BY due_at LIMIT 500",
};
static const Query q_running = {
    .name = "clock.running", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT " CLOCK_COLUMNS ", (SELECT region FROM cases WHERE cases.id = clock.case_id) AS region"
           " FROM clock WHERE ended IS NULL AND id > :id AND calendar <> :calendar ORDER BY id LIMIT 1000",
};
static const Query q_forecast = {
    .name = "clock.forecast", .in = &clock_form, .out = &clock_form,
    .sql = "SELECT " CLOCK_COLUMNS ", (SELECT region FROM cases WHERE cases.id = clock.case_id) AS region"
           " FROM clock WHERE ended IS NULL AND id > :id ORDER BY id LIMIT 1000",
};
static const Query q_limit_add = {
    .name = "limit.add", .in = &limit_form,
    .sql = "INSERT INTO limit_event(id, case_id, kind, day) VALUES(:id, :case_id, :kind, :day)",
};
static const Query q_limits = {
    .name = "limit.list", .in = &limit_form, .out = &limit_form,
    .sql = "SELECT id, case_id, kind, day FROM limit_event WHERE case_id = :case_id ORDER BY id",
};
static const Query *const queries[] = {
    &q_add, &q_set, &q_confirm, &q_open, &q_get, &q_list, &q_close, &q_expired, &q_expired_hours, &q_running,
    &q_forecast,    &q_limit_add, &q_limits, NULL,
};

/* ---- computing ------------------------------------------------------------------------ */

/* "2026-03-10..2026-04-20 2026-05-06.." ; one without an end lasts. */

static size_t extensions_read(Str text, int days[static CLOCK_EXTENSIONS])
{
    size_t n = 0;
    while (text.n && n < CLOCK_EXTENSIONS) {
        int64_t v = 0;
        if (str_int(str_cut(&text, ' '), &v)) days[n++] = (int)v;
    }
    return n;
}

/* The clock's days under c's law, `told`: with their trace; false if it refuses, *due says why. */
static bool compute(Ctx *c, Clock *k, Str region, bool told, ClockDue *due)
{
    Pause pauses[CLOCK_PAUSES];
    int days[CLOCK_EXTENSIONS];
    ClockAsk ask = { .code = k->code, .region = region, .start = k->start, .start_at = k->start_at,
                     .length = (int)k->length, .pauses = pauses, .extensions = days, .quiet = !told };
    ask.pauses_n = pauses_read(k->pauses, pauses);
    ask.extensions_n = extensions_read(k->extensions, days);
    if (k->start_at.s) ask.start = (Date){ 0 };
    if (!clock_due(&c->law->clocks, &c->law->calendar, &ask, c->mem, due)) return false;
    Out version = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    calendar_version(&c->law->calendar, &version);
    k->natural_end = due->natural_end;
    k->due = due->due;
    k->due_at = due->due_at;
    k->provisional = due->provisional;
    k->calendar = out_view(&version);
    k->on_expiry = due->rule->on_expiry;
    return true;
}

/* The case's own variant of a code: its profile of C-MED, the hours of a major case. */
static Str code_of(Ctx *c, const Case *k, Str code)
{
    Out o = { .buf = NEW(c->mem, char, code.n + 8), .cap = code.n + 8 };
    out_str(&o, code);
    if (str_eq(code, S("C-MED"))) {
        out_str(&o, S("."));
        out_str(&o, k->profile);
    } else if (str_eq(code, S("C-ORG-ACK")) && flag_set(k, "MAJOR")) {
        out_str(&o, S(".M"));
    }
    return out_view(&o);
}

static bool is_med(Str code)
{
    return str_starts(code, S("C-MED"));
}

/* ---- starting and ending ------------------------------------------------------------------ */

static void remember_due(Case *k, const Clock *t)
{
    if (is_med(t->code)) k->due = t->due;
    if (str_eq(t->code, S("C-ACC"))) k->answer_by = t->due;
}

Date clock_begin(Ctx *c, Case *k, Str code, Date start)
{
    ClockDue due;
    Clock t = { .case_id = k->id, .org_path = k->org_path, .code = code_of(c, k, code), .start = start };
    if (!ok(c)) return (Date){ 0 };
    bool known = false;
    const ClockRule *rule = clock_rule_find(&c->law->clocks, t.code, k->region, start, &known);
    if (rule && rule->unit == UNIT_HOUR) t.start_at = now(c);
    if (!compute(c, &t, k->region, false, &due)) {
        fail(c, ERR_BLOCKED, due.reason.zh);
        return (Date){ 0 };
    }
    t.status = clock_state_word(CLOCK_RUNNING);
    bool may_run = k->version > 1; /* before its second event nothing does */
    if (may_run) clock_finish(c, k, code, CLOCK_CANCELLED); /* a restart */
    t.id = id_next(c);
    db_insert(c, &q_add, &t);
    remember_due(k, &t);
    return t.due;
}

void clock_finish(Ctx *c, Case *k, Str code, ClockState how)
{
    db_change_any(c, &q_close, &(Clock){ .case_id = k->id, .code = code_of(c, k, code),
        .status = clock_state_word(how), .ended = c->today });
}

static bool clock_find(Ctx *c, const Case *k, Str code, Clock *t)
{
    *t = (Clock){ .case_id = k->id, .code = code_of(c, k, code) };
    return db_find(c, &q_open, t, t);
}

Date clock_last(Ctx *c, const Case *k, Str code)
{
    Clock t;
    return clock_find(c, k, code, &t) ? t.due : (Date){ 0 };
}

/* Computes again after a change and stores; what the law refuses is BLOCKED. */
static void store(Ctx *c, Case *k, Clock *t)
{
    ClockDue due;
    if (!ok(c)) return;
    if (!compute(c, t, k->region, false, &due)) {
        fail(c, ERR_BLOCKED, due.reason.zh);
        return;
    }
    db_change(c, &q_set, t);
    remember_due(k, t);
}

/* The list with one more word. */

/* While paused no end is known: the stored days stay those before the pause. */
void clock_pause(Ctx *c, Case *k, Str code)
{
    Clock t;
    if (!clock_find(c, k, code, &t) || !str_eq(t.status, S("running"))) return;
    t.pauses = pauses_open(c->mem, t.pauses, c->today);
    t.status = clock_state_word(CLOCK_PAUSED);
    db_change(c, &q_set, &t);
}

int64_t clock_left(Ctx *c, const Case *k, Str code)
{
    Clock t;
    if (!clock_find(c, k, code, &t) || !str_eq(t.status, S("paused"))) return 0;
    return t.natural_end.day - pauses_began(t.pauses).day + 1;
}

void clock_resume(Ctx *c, Case *k, Str code)
{
    Clock t;
    if (!clock_find(c, k, code, &t) || !str_eq(t.status, S("paused"))) return;
    t.pauses = pauses_close(c->mem, t.pauses, c->today);
    t.status = clock_state_word(CLOCK_RUNNING);
    store(c, k, &t);
}

/* The clock with so many more days, not computed yet; false: BLOCKED, none runs. */
static bool longer(Ctx *c, const Case *k, Str code, int days, Clock *t)
{
    Out n = { .buf = NEW(c->mem, char, 16), .cap = 16 };
    if (!clock_find(c, k, code, t)) return fail(c, ERR_BLOCKED, code);
    out_int(&n, days);
    t->extensions = with_word(c->mem, t->extensions, out_view(&n));
    return true;
}

void clock_extend(Ctx *c, Case *k, Str code, int days)
{
    Clock t;
    if (longer(c, k, code, days, &t)) store(c, k, &t);
}

Date clock_if_extended(Ctx *c, const Case *k, Str code, int days)
{
    Clock t;
    ClockDue due;
    if (!ok(c) || !longer(c, k, code, days, &t)) return (Date){ 0 };
    if (!compute(c, &t, k->region, false, &due)) fail(c, ERR_BLOCKED, due.reason.zh);
    return t.due;
}

void limit_note(Ctx *c, const Case *k, Str kind, Date day)
{
    db_insert(c, &q_limit_add, &(Limit){ .id = id_next(c), .case_id = k->id, .kind = kind, .day = day });
}

Rows limit_events(Ctx *c, Id case_id)
{
    return db_list(c, &q_limits, &(Limit){ .case_id = case_id });
}

void clocks_copy(Ctx *c, const Case *from, const Case *to)
{
    Rows clocks = db_list(c, &q_list, &(Clock){ .case_id = from->id });
    Rows limits = limit_events(c, from->id);
    for (size_t i = 0; i < clocks.n; i++) {
        Clock t = ((const Clock *)clocks.at)[i];
        t.id = id_next(c);
        t.case_id = to->id;
        db_insert(c, &q_add, &t);
    }
    for (size_t i = 0; i < limits.n; i++) {
        const Limit *l = (const Limit *)limits.at + i;
        limit_note(c, to, l->kind, l->day);
    }
}

/* ---- what a step says ------------------------------------------------------------------------ */

/* Some clocks are started by the slice that knows their first day, or run only
** in cases that came from a court or a tribunal. */
static bool starts_here(const Case *k, Str code)
{
    bool linked = str_eq(k->source, S("COURT_ASSIGN")) || str_eq(k->source, S("COURT_ENTRUST"))
               || str_eq(k->source, S("ARB_ENTRUST"));
    if (str_eq(code, S("C-LINK-RET"))) return linked;
    return !str_eq(code, S("C-FUP"));
}

static Date start_of(Ctx *c, const Case *k, Str code)
{
    bool known = false;
    Str own = code_of(c, k, code);
    const ClockRule *rule = clock_rule_find(&c->law->clocks, own, k->region, c->today, &known);
    if (k->start.day) return k->start;
    return rule && str_eq(rule->start_event, S("received")) ? k->filed : c->today;
}

void case_clocks(Ctx *c, Case *k, const Step *s)
{
    Str starts = str_of(s->starts), stops = str_of(s->stops);
    Str pauses = str_of(s->pauses), resumes = str_of(s->resumes);
    ClockState how = s->event == EV_TIME_OUT || s->event == EV_CORRECTION_LAPSE || s->event == EV_ORG_SILENT
                   ? CLOCK_MISSED : CLOCK_MET;
    while (stops.n) clock_finish(c, k, str_cut(&stops, ' '), how);
    while (pauses.n) clock_pause(c, k, str_cut(&pauses, ' '));
    while (resumes.n) clock_resume(c, k, str_cut(&resumes, ' '));
    while (starts.n) {
        Str code = str_cut(&starts, ' ');
        if (starts_here(k, code)) (void)clock_begin(c, k, code, start_of(c, k, code));
    }
}

/* ---- the end of a period ------------------------------------------------------------------------ */

/* What an expiry word of data/clocks.csv brings about. */
static const struct Expiry { const char *word, *task; Event event; Role role; } expiries[] = {
    { "T28",     "overdue_reason",  EV_TIME_OUT,         ROLE_MEDIATOR },
    { "return",  "overdue_reason",  EV_TIME_OUT,         ROLE_MEDIATOR },
    { "T6",      NULL,              EV_CORRECTION_LAPSE, ROLE_NONE },
    { "T14",     "org_silent",      EV_ORG_SILENT,       ROLE_DISPATCHER },
    { "alarm",   "clock_missed",    EV__NONE,            ROLE_HEAD },
    { "inform",  "tell_right15",    EV__NONE,            ROLE_CLERK },
    { "chase",   "clock_missed",    EV__NONE,            ROLE_ARCHIVIST },
    { "overdue", "visit_overdue",   EV__NONE,            ROLE_VISITOR },
};

static const struct Expiry *expiry_of(Str word)
{
    for (size_t i = 0; i < COUNT(expiries); i++) {
        if (str_eq(str_of(expiries[i].word), word)) return &expiries[i];
    }
    return NULL;
}

static bool is_over(const Ctx *c, const Clock *t)
{
    bool running = str_eq(t->status, S("running"));
    return running && (t->due_at.s ? t->due_at.s < now(c).s : t->due.day < c->today.day);
}

/* One clock, in a transaction of its own; it may have been met meanwhile. */
static void expire(Ctx *c, Id id)
{
    Case k;
    Clock t = { .id = id };
    db_get(c, &q_get, &t, &t);
    if (!ok(c) || !is_over(c, &t) || !case_get(c, t.case_id, &k)) return;
    const struct Expiry *x = expiry_of(t.on_expiry);
    t.status = clock_state_word(CLOCK_MISSED);
    t.ended = c->today;
    db_change(c, &q_set, &t);
    bool moves = x && x->event != EV__NONE && flow_find(state_of(k.state), x->event);
    if (moves && is_med(t.code)) k.ending = str_of(ending_code(END_TIME));
    if (moves) case_fire(c, &k, x->event, t.code);
    else case_note(c, &k, S("clock_missed"), t.code);
    if (x && x->task) task_add(c, &k, str_of(x->task), x->role, (Time){ now(c).s + 86400 });
}

/* "clock:" id ":" its last day: one expiry of one end. */
static Str expiry_key(Ctx *c, const Clock *t)
{
    Out o = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    out_str(&o, S("clock:"));
    out_int(&o, t->id.n);
    out_str(&o, S(":"));
    out_int(&o, t->due.day);
    out_str(&o, S(":"));
    out_int(&o, c->today.day); /* a clock whose expiry was given up is tried again next day */
    return out_view(&o);
}

static void ask_expiries(Ctx *c, Rows rows)
{
    for (size_t i = 0; i < rows.n; i++) {
        const Clock *t = (const Clock *)rows.at + i;
        job_add(c, S("clock_expire"), t->id, now(c), expiry_key(c, t));
    }
}

/* What did not fit is looked for again when these are done. */
static void look_days(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_expired, &(Clock){ .day = c->today });
    ask_expiries(c, rows);
    if (rows.n == EXPIRED_MAX) job_add(c, S("clocks_due"), (Id){ 0 }, (Time){ now(c).s + 10 }, (Str){ 0 });
}

static void look_hours(Ctx *c, Id arg)
{
    (void)arg;
    ask_expiries(c, db_list(c, &q_expired_hours, &(Clock){ .at = now(c) }));
}

/* ---- a new calendar ------------------------------------------------------------------------------- */

static bool compute_again(Ctx *c, Clock *t)
{
    Case k;
    ClockDue due;
    Date before = t->due;
    Time before_at = t->due_at;
    if (!compute(c, t, t->region, false, &due)) return false;
    bool moved = t->due.day != before.day;
    db_change(c, moved || t->due_at.s != before_at.s ? &q_set : &q_confirm, t);
    if (!moved || !case_get(c, t->case_id, &k)) return false;
    remember_due(&k, t);
    case_save(c, &k);
    case_note(c, &k, S("clock_moved"), t->code);
    task_add(c, &k, S("clock_moved"), ROLE_MEDIATOR, (Time){ now(c).s + 86400 });
    return true;
}

int64_t clocks_recompute(Ctx *c, Id after, Id *last)
{
    int64_t moved = 0;
    Out version = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    calendar_version(&c->law->calendar, &version);
    Rows rows = db_list(c, &q_running, &(Clock){ .id = after, .calendar = out_view(&version) });
    *last = (Id){ 0 };
    for (size_t i = 0; i < rows.n; i++) {
        Clock *t = (Clock *)rows.at + i;
        moved += compute_again(c, t);
        *last = t->id;
    }
    return moved;
}

static void recompute(Ctx *c, Id after)
{
    Id last;
    reference_current(c); /* another process may have imported what this is about */
    (void)clocks_recompute(c, after, &last);
    if (last.n) job_add(c, S("clocks_recompute"), last, now(c), (Str){ 0 });
}

/* How many running periods end on another day under `next`, of the first
** twenty thousand: asked before a calendar is imported. */
static int64_t forecast(Ctx *c, const Law *next)
{
    int64_t moved = 0;
    Arena mark = *c->mem;
    Rows rows = { .n = 1 };
    Id after = { 0 };
    for (int page = 0; page < FORECAST_PAGES && rows.n; page++) {
        *c->mem = mark;
        rows = db_list(c, &q_forecast, &(Clock){ .id = after });
        Ctx then = *c;
        then.law = next;
        for (size_t i = 0; i < rows.n; i++) {
            Clock *t = (Clock *)rows.at + i, again = *t;
            ClockDue due;
            moved += compute(&then, &again, t->region, false, &due) && again.due.day != t->due.day;
            after = t->id;
        }
    }
    *c->mem = mark;
    return moved;
}

/* ---- answers ---------------------------------------------------------------------------------------- */

static void explain(Ctx *c, Clock *t, Str region)
{
    ClockDue due;
    Clock copy = *t;
    if (!compute(c, &copy, region, true, &due)) return;
    Out zh = { .buf = NEW(c->mem, char, TRACE), .cap = TRACE };
    Out en = { .buf = NEW(c->mem, char, TRACE), .cap = TRACE };
    for (size_t i = 0; i < due.trace.n; i++) {
        out_str(&zh, due.trace.line[i].zh);
        out_str(&en, i ? S("\n") : S(""));
        out_str(&en, due.trace.line[i].en);
    }
    t->label = due.rule->label.zh;
    t->label_en = due.rule->label.en;
    t->basis = due.rule->basis.zh;
    t->basis_en = due.rule->basis.en;
    t->links = law_refs(c, t->basis);
    t->trace = out_view(&zh);
    t->trace_en = out_view(&en);
}

static void show_clocks(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = db_list(c, &q_list, &(Clock){ .case_id = k.id });
    for (size_t i = 0; i < rows.n; i++) explain(c, (Clock *)rows.at + i, k.region);
    reply_rows(c, &clock_form, rows, (Str){ 0 });
}

static void show_limits(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &limit_form, limit_events(c, k.id), (Str){ 0 });
}

enum { READERS = PARTIES | STAFF };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/clocks", READERS, show_clocks, "期限", "its periods and why they end when they do",
      .out = &clock_form, .list = true },
    { "GET", "/api/v1/cases/:id/limitation", READERS, show_limits, "时效事由", "what restarted limitation",
      .out = &limit_form, .list = true },
};
static const JobKind jobs[] = {
    { .word = "clocks_due", .run = look_days, .daily = "00:00" },
    { .word = "clocks_due_hours", .run = look_hours, .every_s = 60 },
    { .word = "clock_expire", .run = expire },
    { .word = "clocks_recompute", .run = recompute },
};

static const Depends depends[] = {
    { "calendar/day_overrides.csv", "clocks_recompute", forecast },
    { "calendar/statutory_holidays.csv", "clocks_recompute", forecast },
};

const Slice case_clock_slice = {
    .name = "clock", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
    .depends = depends, .depends_n = COUNT(depends),
};
