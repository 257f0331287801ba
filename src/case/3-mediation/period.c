/*
** The period of mediation: suspended with the head's word (T20), resumed (T21),
** and, when it was not kept, the mediator's reason, without which the case is not
** closed.  Its extension (T22) is extension.c's; the tables are made here.
*/
#include "case/3-mediation/mediation.h"
#include "case/clock.h"
#include "case/task.h"

typedef struct Suspension {
    Id   id, case_id;
    Str  code, note;
    Date day, until;
    Id   by;
} Suspension;

static const Code code_rows[] = {
    { "APPRAISAL", "鉴定、评估期间", "appraisal or assessment" },
    { "INJURY", "等待工伤认定或者劳动能力鉴定结论", "waiting for an injury or grade decision" },
    { "SHAM", "涉嫌虚假调解", "suspected sham mediation" },
    { "SUCCESSOR", "当事人死亡、丧失行为能力，等待承受人或者监护人", "waiting for a successor or guardian" },
    { "FORCE", "不可抗力", "force majeure" },
};
static const Codes codes = { .name = "suspension", .row = code_rows, .n = COUNT(code_rows) };

static const Field suspension_fields[] = {
    FIELD(Suspension, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Suspension, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Suspension, code,    .label = "中止原因", .en = "reason", .rule = REQUIRED, .codes = &codes),
    FIELD(Suspension, note,    .label = "说明", .en = "note", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Suspension, day,     .label = "中止日期", .en = "from", .rule = SERVER_SET),
    FIELD(Suspension, until,   .label = "恢复日期", .en = "resumed on", .rule = SERVER_SET),
    FIELD(Suspension, by,      .label = "经办", .en = "by", .rule = SERVER_SET),
};
static const Form suspension_form = FORM(Suspension, suspension_fields);

static const Field reason_fields[] = {
    FIELD(CaseNote, note, .label = "未按期办结的原因", .en = "why the period was not kept",
          .rule = REQUIRED | PROSE, .min = 5, .max = 2000),
};
static const Form reason_form = { "OverdueReason", sizeof(CaseNote), reason_fields, COUNT(reason_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE suspension("                /* a suspension (D12s) */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  code    TEXT NOT NULL, note TEXT NOT NULL, day TEXT NOT NULL, until TEXT, by INTEGER NOT NULL) STRICT;"
      "CREATE INDEX suspension_by_case ON suspension(case_id, id);"
      "CREATE TABLE extension("           /* D13; append-only */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  days    INTEGER NOT NULL, old_due TEXT NOT NULL, due TEXT NOT NULL, day TEXT NOT NULL,"
      "  outside_trial_limit INTEGER NOT NULL, by INTEGER NOT NULL) STRICT;"
      "CREATE INDEX extension_by_case ON extension(case_id, id);"
      "CREATE TABLE extension_consent("   /* each side's word for it; append-only */
      "  id      INTEGER PRIMARY KEY, extension_id INTEGER NOT NULL REFERENCES extension,"
      "  case_id INTEGER NOT NULL, side TEXT NOT NULL, name TEXT NOT NULL, way TEXT NOT NULL, day TEXT NOT NULL) STRICT;"
      "CREATE INDEX extension_consent_by_case ON extension_consent(case_id, id);" },
};
static const char *const keeps[] = { "extension", "extension_consent", NULL };

static const Query q_suspension = {
    .name = "suspension.add", .in = &suspension_form,
    .sql = "INSERT INTO suspension(id, case_id, code, note, day, until, by) VALUES(:id, :case_id, :code, :note, :day, NULL, :by)",
};
static const Query q_suspension_end = {
    .name = "suspension.end", .in = &suspension_form,
    .sql = "UPDATE suspension SET until = :until WHERE case_id = :case_id AND until IS NULL",
};
static const Query q_suspensions = {
    .name = "suspension.list", .in = &suspension_form, .out = &suspension_form,
    .sql = "SELECT id, case_id, code, note, day, until, by FROM suspension WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query *const queries[] = {
    &q_suspension, &q_suspension_end, &q_suspensions, NULL,
};

static Rows suspensions_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_suspensions, &(Suspension){ .case_id = case_id });
}

const Sealed suspension_sealed = { &suspension_form, suspensions_of };

/* ---- suspected, when it had been agreed already ---------------------------------------------- */

void sham_suspend(Ctx *c, Case *k, Str note)
{
    if (state_of(k->state) != ST_PENDING_SIGN || !ok(c)) return;
    clock_pause(c, k, S("C-MED"));
    db_insert(c, &q_suspension, &(Suspension){ .id = id_next(c), .case_id = k->id, .code = S("SHAM"),
        .note = note, .day = c->today, .by = c->who.id });
}

void sham_resume(Ctx *c, Case *k)
{
    if (state_of(k->state) == ST_SUSPENDED) return; /* its mediator resumes it */
    clock_resume(c, k, S("C-MED"));
    db_change_any(c, &q_suspension_end, &(Suspension){ .case_id = k->id, .until = c->today });
}

/* ---- handlers -------------------------------------------------------------------------------- */

static void suspend(Ctx *c)
{
    Case k;
    Suspension s = { .day = c->today, .by = c->who.id };
    form_read(c, &suspension_form, &s);
    tx_begin(c);
    case_for(c, &k, EV_SUSPEND);
    if (ok(c) && str_eq(s.code, S("SHAM"))) sham_suspect(c, &k, s.note);
    case_fire(c, &k, EV_SUSPEND, s.code);
    s.id = id_next(c);
    s.case_id = k.id;
    db_insert(c, &q_suspension, &s);
    reply_row(c, 201, &suspension_form, &s);
    tx_end(c);
}

/* A suspension for sham mediation ends when the head has cleared the suspicion. */
static void resume(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    case_for(c, &k, EV_RESUME);
    if (sham_open(c, &k)) fail(c, ERR_BLOCKED, str_of(code_rows[2].zh));
    case_fire(c, &k, EV_RESUME, in.note);
    db_change_any(c, &q_suspension_end, &(Suspension){ .case_id = k.id, .until = c->today });
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void list_suspensions(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &suspension_form, suspensions_of(c, k.id), (Str){ 0 });
}

/* ---- overdue -------------------------------------------------------------------------------------- */

static void overdue_reason(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &reason_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (case_unsealed(c, &k) && !task_open(c, &k, S("overdue_reason"))) fail(c, ERR_WRONG_STATE, k.state);
    task_done(c, &k, S("overdue_reason"), in.note);
    case_save(c, &k);
    case_note(c, &k, S("overdue_reason"), in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void reason_given(Ctx *c, Case *k)
{
    if (task_open(c, k, S("overdue_reason"))) fail(c, ERR_BLOCKED, str_of(reason_fields[0].label));
}

enum { READERS = STAFF | PARTIES };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/suspend", MEDIATORS, suspend, "中止调解", "suspend", EV_SUSPEND, .in = &suspension_form,
      .out = &suspension_form },
    { "POST", "/api/v1/cases/:id/resume", MEDIATORS, resume, "恢复调解", "resume", EV_RESUME, .in = &case_note_form,
      .out = &case_form },
    { "GET", "/api/v1/cases/:id/suspensions", READERS, list_suspensions, "中止记录", "its suspensions", .out = &suspension_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/overdue-reason", MEDIATORS | HEAD, overdue_reason, "报告逾期原因",
      "why the period was not kept", .in = &reason_form, .out = &case_form },
};
static const Hook hooks[] = {
    { BEFORE, EV_CLOSE, reason_given },
};

const Slice period_slice = {
    .name = "period", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
