/*
** The emergency sub-process of a major or mass dispute (domain 2.8): who must do
** what until when are rows of data/emergency.csv; reports are rows that stay.
*/
#include "case/3-mediation/mediation.h"
#include "case/task.h"

/* ---- its state ---------------------------------------------------------------------------- */

typedef struct Alarm {
    Id      case_id;
    int64_t level;
    Time    opened, closed;
    Str     lead_unit, lead, members; /* of the joint group */
    Str     summary;                  /* on closing */
} Alarm;

static const Field alarm_fields[] = {
    FIELD(Alarm, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Alarm, level,     .label = "应急等级", .en = "level", .rule = SERVER_SET),
    FIELD(Alarm, opened,    .label = "启动时间", .en = "opened", .rule = SERVER_SET),
    FIELD(Alarm, closed,    .label = "结束时间", .en = "closed", .rule = SERVER_SET),
    FIELD(Alarm, lead_unit, .label = "牵头单位", .en = "lead unit", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Alarm, lead,      .label = "现场负责人", .en = "on-site lead", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Alarm, members,   .label = "成员单位", .en = "member units", .rule = REQUIRED | MANY, .max = 1000),
    FIELD(Alarm, summary,   .label = "复盘情况", .en = "review", .rule = SERVER_SET),
};
static const Form alarm_form = FORM(Alarm, alarm_fields);

typedef struct Report {
    Id      id, case_id;
    int64_t no;
    Str     kind;
    Str     place, acts, risk, measures, lead, needs, next;
    int64_t level, workers; /* as they stood */
    Money   amount;
    Str     employer, causes;
    Id      by;
    Time    at;
} Report;

static const Code report_rows[] = {
    { "FIRST", "首报", "first" }, { "CONT", "续报", "continuing" }, { "FINAL", "终报", "final" },
};
static const Codes report_kinds = { .name = "major_report", .row = report_rows, .n = COUNT(report_rows) };

static const Field report_fields[] = {
    FIELD(Report, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Report, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Report, no,       .label = "次序", .en = "number", .rule = SERVER_SET),
    FIELD(Report, kind,     .label = "报告类型", .en = "kind", .rule = REQUIRED, .codes = &report_kinds),
    FIELD(Report, level,    .label = "应急等级", .en = "level", .rule = SERVER_SET),
    FIELD(Report, place,    .label = "地点", .en = "place", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Report, employer, .label = "用人单位", .en = "employer", .rule = SERVER_SET),
    FIELD(Report, causes,   .label = "案由", .en = "causes", .rule = SERVER_SET),
    FIELD(Report, workers,  .label = "涉及人数", .en = "workers", .rule = SERVER_SET),
    FIELD(Report, amount,   .label = "请求金额（分）", .en = "amount, fen", .rule = SERVER_SET),
    FIELD(Report, acts,     .label = "行为表现", .en = "acts", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Report, risk,     .label = "风险评估", .en = "risk", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Report, measures, .label = "已采取措施", .en = "measures", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(Report, lead,     .label = "负责人", .en = "lead", .max = 50),
    FIELD(Report, needs,    .label = "需协调事项", .en = "needs", .rule = PROSE, .max = 2000),
    FIELD(Report, next,     .label = "下一步工作", .en = "next", .rule = PROSE, .max = 2000),
    FIELD(Report, by,       .label = "报告人", .en = "by", .rule = SERVER_SET),
    FIELD(Report, at,       .label = "报告时间", .en = "at", .rule = SERVER_SET),
};
static const Form report_form = FORM(Report, report_fields);

static const Field close_fields[] = {
    FIELD(CaseNote, note, .label = "复盘情况", .en = "review", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
};
static const Form close_form = { "AlarmClose", sizeof(CaseNote), close_fields, COUNT(close_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE alarm("             /* a case's emergency */
      "  case_id   INTEGER PRIMARY KEY REFERENCES cases,"
      "  level     INTEGER NOT NULL, opened INTEGER NOT NULL, closed INTEGER NOT NULL,"
      "  lead_unit TEXT NOT NULL, lead TEXT NOT NULL, members TEXT NOT NULL, summary TEXT NOT NULL) STRICT;"
      "CREATE TABLE major_report("      /* D33; append-only */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  no        INTEGER NOT NULL, kind TEXT NOT NULL, level INTEGER NOT NULL, place TEXT NOT NULL,"
      "  employer  TEXT NOT NULL, causes TEXT NOT NULL, workers INTEGER NOT NULL, amount INTEGER NOT NULL,"
      "  acts      TEXT NOT NULL, risk TEXT NOT NULL, measures TEXT NOT NULL, lead TEXT NOT NULL,"
      "  needs     TEXT NOT NULL, next TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  UNIQUE(case_id, no)) STRICT;" },
};
static const char *const keeps[] = { "major_report", NULL };

#define ALARM "case_id, level, opened, closed, lead_unit, lead, members, summary"
#define REPORT \
    "id, case_id, no, kind, level, place, employer, causes, workers, amount, acts, risk, measures, lead, needs, next," \
    " by, at"
static const Query q_open = {
    .name = "alarm.open", .in = &alarm_form,
    .sql = "INSERT INTO alarm(" ALARM ") VALUES(:case_id, :level, :opened, 0, '', '', '', '')",
};
static const Query q_get = {
    .name = "alarm.get", .in = &alarm_form, .out = &alarm_form,
    .sql = "SELECT " ALARM " FROM alarm WHERE case_id = :case_id",
};
static const Query q_set = {
    .name = "alarm.set", .in = &alarm_form,
    .sql = "UPDATE alarm SET level = :level, closed = :closed, lead_unit = :lead_unit, lead = :lead,"
           " members = :members, summary = :summary WHERE case_id = :case_id",
};
static const Query q_report = {
    .name = "major_report.add", .in = &report_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO major_report(" REPORT ") VALUES(:id, :case_id, :no, :kind, :level, :place, :employer,"
           " :causes, :workers, :amount, :acts, :risk, :measures, :lead, :needs, :next, :by, :at)",
};
static const Query q_reports = {
    .name = "major_report.list", .in = &report_form, .out = &report_form,
    .sql = "SELECT " REPORT " FROM major_report WHERE case_id = :case_id ORDER BY case_id, no",
};
static const Query *const queries[] = { &q_open, &q_get, &q_set, &q_report, &q_reports, NULL };

static Rows reports_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_reports, &(Report){ .case_id = case_id });
}

const Sealed report_sealed = { &report_form, reports_of };

/* ---- steps as tasks --------------------------------------------------------------------------- */

/* Which of the file's steps is a task here, and whose; the rest is work in the case itself. */
static const struct StepTask { const char *step, *task; Role role; } step_tasks[] = {
    { "E2", "major_verbal", ROLE_CLERK },
    { "E3", "major_first",  ROLE_HEAD },
    { "E4", "major_joint",  ROLE_HR },
    { "E6", "major_update", ROLE_HEAD },
    { "E9", "major_final",  ROLE_HR },
};

static const EmergencyStep *step_of(const Ctx *c, const char *code)
{
    const Emergency *e = &c->law->emergency;
    for (size_t i = 0; i < e->n; i++) {
        const EmergencyStep *s = &e->row[i];
        bool in_force = s->from.day <= c->today.day && (s->to.day == 0 || s->to.day >= c->today.day);
        if (in_force && str_eq(s->code, str_of(code))) return s;
    }
    return NULL;
}

static void step_task(Ctx *c, const Case *k, const struct StepTask *t)
{
    const EmergencyStep *s = step_of(c, t->step);
    if (!s || task_open(c, k, str_of(t->task))) return;
    Time due = s->minutes ? (Time){ now(c).s + s->minutes * 60 } : task_due(c, s->working_days);
    task_add(c, k, str_of(t->task), t->role, due);
}

static void step_again(Ctx *c, const Case *k, const char *step)
{
    for (size_t i = 0; i < COUNT(step_tasks); i++) {
        if (str_eq(str_of(step_tasks[i].step), str_of(step))) step_task(c, k, &step_tasks[i]);
    }
}

/* The level may rise; the tasks are given once. */
static void begin(Ctx *c, Case *k)
{
    Alarm a = { .case_id = k->id };
    if (db_find(c, &q_get, &a, &a)) {
        a.level = k->level;
        db_change(c, &q_set, &a);
        return;
    }
    db_insert(c, &q_open, &(Alarm){ .case_id = k->id, .level = k->level, .opened = now(c) });
    step_again(c, k, "E2");
    step_again(c, k, "E3");
    step_again(c, k, "E4");
}

/* It is settled or over: the final report is due. */
static void ask_final(Ctx *c, Case *k)
{
    Alarm a = { .case_id = k->id };
    if (db_find(c, &q_get, &a, &a) && a.closed.s == 0) step_again(c, k, "E9");
}

/* ---- handlers ------------------------------------------------------------------------------------- */

static void open_alarm(Ctx *c, Case *k, Alarm *a)
{
    if (!case_get(c, arg_id(c, 0), k) || !case_unsealed(c, k)) return;
    *a = (Alarm){ .case_id = k->id };
    if (db_get(c, &q_get, a, a) && a->closed.s) fail(c, ERR_CLASH, S("closed"));
}

static void join(Ctx *c)
{
    Case k;
    Alarm in = { 0 }, a;
    form_read(c, &alarm_form, &in);
    tx_begin(c);
    open_alarm(c, &k, &a);
    a.lead_unit = in.lead_unit;
    a.lead = in.lead;
    a.members = in.members;
    db_change(c, &q_set, &a);
    task_done(c, &k, S("major_joint"), in.lead_unit);
    case_save(c, &k);
    case_note(c, &k, S("major_joint"), in.lead_unit);
    reply_row(c, 200, &alarm_form, &a);
    tx_end(c);
}

static int64_t reports_so_far(Ctx *c, const Case *k, bool *first)
{
    Rows rows = reports_of(c, k->id);
    *first = rows.n == 0;
    return (int64_t)rows.n;
}

static void after_report(Ctx *c, const Case *k, Str kind)
{
    bool final = str_eq(kind, S("FINAL"));
    task_done(c, k, S("major_verbal"), kind); /* said in writing, it need not be said */
    task_done(c, k, S("major_first"), kind);
    task_done(c, k, S("major_update"), kind);
    if (final) task_done(c, k, S("major_final"), kind);
    else step_again(c, k, "E6");
}

static void report(Ctx *c)
{
    Case k;
    Alarm a;
    bool none = false;
    Report r = { .by = c->who.id, .at = now(c) };
    form_read(c, &report_form, &r);
    tx_begin(c);
    open_alarm(c, &k, &a);
    r.no = reports_so_far(c, &k, &none) + 1;
    bool first = str_eq(r.kind, S("FIRST"));
    if (ok(c) && none != first) fault(c, S("kind"), FAULT_ORDER);
    r.id = id_next(c);
    r.case_id = k.id;
    r.level = k.level;
    r.employer = case_employer(&k);
    r.causes = k.causes;
    r.workers = k.workers;
    r.amount = k.amount;
    db_insert(c, &q_report, &r);
    after_report(c, &k, r.kind);
    case_save(c, &k);
    case_note(c, &k, S("major_report"), r.kind);
    reply_row(c, 201, &report_form, &r);
    tx_end(c);
}

static bool has_final(Ctx *c, const Case *k)
{
    Rows rows = reports_of(c, k->id);
    return rows.n && str_eq(((const Report *)rows.at)[rows.n - 1].kind, S("FINAL"));
}

static void finish(Ctx *c)
{
    Case k;
    Alarm a;
    CaseNote in = { 0 };
    form_read(c, &close_form, &in);
    tx_begin(c);
    open_alarm(c, &k, &a);
    if (ok(c) && !has_final(c, &k)) fail(c, ERR_BLOCKED, str_of(report_rows[2].zh));
    a.closed = now(c);
    a.summary = in.note;
    db_change(c, &q_set, &a);
    task_done(c, &k, S("major_joint"), in.note);
    case_save(c, &k);
    case_note(c, &k, S("major_closed"), in.note);
    reply_row(c, 200, &alarm_form, &a);
    tx_end(c);
}

static void show(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Alarm a = { .case_id = k.id };
    db_get(c, &q_get, &a, &a);
    reply_row(c, 200, &alarm_form, &a);
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &report_form, reports_of(c, k.id), (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/emergency", STAFF, show, "应急处置", "its emergency", .out = &alarm_form },
    { "POST", "/api/v1/cases/:id/emergency/group", HR | HEAD, join, "启动联合处置", "start the joint group",
      .in = &alarm_form, .out = &alarm_form },
    { "POST", "/api/v1/cases/:id/emergency/reports", HEAD | MEDIATORS | CLERK | HR, report, "重大争议呈报（首、续、终）",
      "a report: first, continuing, final", .in = &report_form, .out = &report_form },
    { "GET", "/api/v1/cases/:id/emergency/reports", STAFF, list, "重大争议呈报", "its reports", .out = &report_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/emergency/close", HR | HEAD, finish, "结束应急处置", "the emergency is over",
      .in = &close_form, .out = &alarm_form },
};
static const Hook hooks[] = {
    { AFTER, EV_FLAG_MAJOR, begin },
    { AFTER, EV_SIGN, ask_final },     { AFTER, EV_PERFORM_ON_SPOT, ask_final },
    { AFTER, EV_FAIL, ask_final },     { AFTER, EV_TIME_OUT, ask_final },
    { AFTER, EV_WITHDRAW, ask_final }, { AFTER, EV_SETTLE, ask_final },
};

const Slice emergency_slice = {
    .name = "emergency", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
