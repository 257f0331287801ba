/*
** Appraisal of a file whose period is over (鉴定), and its destruction
** (档案法实施条例 24 (2024)): one person proposes to destroy it or to keep it
** longer, another agrees or not; what is destroyed is destroyed under the eyes
** of two more and stays on the list of what was.  Nothing goes by itself.
**
** The record of the case stays: it says that there was one, and who decided.
** What goes are the bytes of its files, unless another case holds the same.
*/
#include "case/7-archive/volume.h"
#include "case/evidence.h"
#include "case/made.h"
#include "case/task.h"

#include "core/files.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "register/organisations/organisations.h"

typedef struct Appraisal {
    Id      id, case_id;
    Str     case_no, archive_no, org_path, path_end;
    Str     state, decision, reason;
    Date    last, until;    /* of the span as it was; kept longer until */
    Date    proposed_on, decided_on, destroyed_on;
    Id      by_id, second_id;
    Str     note;           /* of the second */
    Str     method, place, witness, other_witness;
    Id      destroyed_by;
    int64_t files;          /* whose bytes went */
    Id      after;
} Appraisal;

#define CODES(list) { .name = "appraisal_" #list, .row = list##_rows, .n = COUNT(list##_rows) }
static const Code state_rows[] = {
    { "proposed", "待复核", "proposed" }, { "agreed", "已同意", "agreed" }, { "refused", "不同意", "refused" },
    { "destroyed", "已销毁", "destroyed" },
};
static const Codes state = CODES(state);
static const Code decision_rows[] = { { "DESTROY", "销毁", "destroy" }, { "KEEP", "延长保管", "keep longer" } };
static const Codes decision = CODES(decision);
static const Code method_rows[] = {
    { "SHRED", "粉碎", "shredded" }, { "PULP", "化浆", "pulped" }, { "BURN", "焚毁", "burnt" },
    { "ERASE", "仅有电子档案，删除", "electronic only: erased" },
};
static const Codes method = CODES(method);

static const Field fields[] = {
    FIELD(Appraisal, id,            .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Appraisal, case_id,       .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Appraisal, case_no,       .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(Appraisal, archive_no,    .label = "归档号", .en = "archive number", .rule = SERVER_SET),
    FIELD(Appraisal, org_path,      .rule = HIDDEN),
    FIELD(Appraisal, path_end,      .rule = HIDDEN),
    FIELD(Appraisal, state,         .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &state),
    FIELD(Appraisal, decision,      .label = "鉴定结论", .en = "decision", .rule = REQUIRED, .codes = &decision),
    FIELD(Appraisal, reason,        .label = "鉴定意见", .en = "why", .rule = REQUIRED | PROSE, .min = 2,
          .max = 1000),
    FIELD(Appraisal, last,          .label = "保管期止", .en = "kept until", .rule = SERVER_SET),
    FIELD(Appraisal, until,         .label = "延长保管至", .en = "keep it until"),
    FIELD(Appraisal, proposed_on,   .label = "提出日期", .en = "proposed on", .rule = SERVER_SET),
    FIELD(Appraisal, decided_on,    .label = "复核日期", .en = "decided on", .rule = SERVER_SET),
    FIELD(Appraisal, destroyed_on,  .label = "销毁日期", .en = "destroyed on", .rule = SERVER_SET),
    FIELD(Appraisal, by_id,         .label = "鉴定人", .en = "proposed by", .rule = SERVER_SET),
    FIELD(Appraisal, second_id,     .label = "复核人", .en = "decided by", .rule = SERVER_SET),
    FIELD(Appraisal, note,          .label = "复核意见", .en = "what the second says", .rule = SERVER_SET),
    FIELD(Appraisal, method,        .label = "销毁方式", .en = "how", .rule = SERVER_SET, .codes = &method),
    FIELD(Appraisal, place,         .label = "销毁地点", .en = "where", .rule = SERVER_SET),
    FIELD(Appraisal, witness,       .label = "监销人", .en = "witness", .rule = SERVER_SET),
    FIELD(Appraisal, other_witness, .label = "监销人二", .en = "second witness", .rule = SERVER_SET),
    FIELD(Appraisal, destroyed_by,  .label = "销毁经办", .en = "destroyed by", .rule = SERVER_SET),
    FIELD(Appraisal, files,         .label = "销毁电子文件数", .en = "files erased", .rule = SERVER_SET),
    FIELD(Appraisal, after,         .rule = HIDDEN),
};
static const Form appraisal_form = FORM(Appraisal, fields);

typedef struct SecondLook { bool agreed; Str note; } SecondLook;
static const Field second_fields[] = {
    FIELD(SecondLook, agreed, .label = "同意", .en = "agreed", .rule = REQUIRED),
    FIELD(SecondLook, note,   .label = "意见", .en = "note", .rule = PROSE, .max = 500),
};
static const Form second_form = FORM(SecondLook, second_fields);

typedef struct Destruction { Str method, place, witness, other_witness; } Destruction;
static const Field destruction_fields[] = {
    FIELD(Destruction, method,        .label = "销毁方式", .en = "how", .rule = REQUIRED, .codes = &method),
    FIELD(Destruction, place,         .label = "销毁地点", .en = "where", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Destruction, witness,       .label = "监销人", .en = "witness", .rule = REQUIRED, .min = 2, .max = 60),
    FIELD(Destruction, other_witness, .label = "监销人二", .en = "second witness", .rule = REQUIRED, .min = 2,
          .max = 60),
};
static const Form destruction_form = FORM(Destruction, destruction_fields);

typedef struct AppraisalAsk { Str state; Id after; } AppraisalAsk;
static const Field ask_fields[] = {
    FIELD(AppraisalAsk, state, .label = "状态", .en = "state", .codes = &state),
    FIELD(AppraisalAsk, after, .label = "接续", .en = "after"),
};
static const Form ask_form = FORM(AppraisalAsk, ask_fields);

/* A file whose period is over. */
typedef struct DueFile {
    Id   case_id;
    Str  case_no, archive_no, org_path, path_end, state;
    Str  applicant, respondent, cause;
    Date closed, last, today, after_last;
    Id   after;
} DueFile;
static const Field due_fields[] = {
    FIELD(DueFile, case_id,    .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(DueFile, case_no,    .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(DueFile, archive_no, .label = "归档号", .en = "archive number", .rule = SERVER_SET),
    FIELD(DueFile, org_path,   .rule = HIDDEN),
    FIELD(DueFile, path_end,   .rule = HIDDEN),
    FIELD(DueFile, applicant,  .label = "申请人", .en = "applicant", .rule = SERVER_SET),
    FIELD(DueFile, respondent, .label = "被申请人", .en = "respondent", .rule = SERVER_SET),
    FIELD(DueFile, cause,      .label = "案由", .en = "cause", .rule = SERVER_SET),
    FIELD(DueFile, closed,     .label = "结案日期", .en = "closed on", .rule = SERVER_SET),
    FIELD(DueFile, last,       .label = "保管期止", .en = "kept until", .rule = SERVER_SET),
    FIELD(DueFile, state,      .label = "鉴定状态", .en = "appraisal", .rule = SERVER_SET),
    FIELD(DueFile, today,      .rule = HIDDEN),
    FIELD(DueFile, after_last, .label = "接续日期", .en = "after the day"),
    FIELD(DueFile, after,      .label = "接续", .en = "after"),
};
static const Form due_form = FORM(DueFile, due_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE appraisal("
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  case_no  TEXT NOT NULL, archive_no TEXT NOT NULL, org_path TEXT NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('proposed', 'agreed', 'refused', 'destroyed')),"
      "  decision TEXT NOT NULL CHECK(decision IN ('DESTROY', 'KEEP')), reason TEXT NOT NULL,"
      "  last     TEXT NOT NULL, until TEXT,"
      "  proposed_on TEXT NOT NULL, decided_on TEXT, destroyed_on TEXT,"
      "  by_id    INTEGER NOT NULL, second_id INTEGER NOT NULL, note TEXT NOT NULL,"
      "  method   TEXT NOT NULL, place TEXT NOT NULL, witness TEXT NOT NULL, other_witness TEXT NOT NULL,"
      "  destroyed_by INTEGER NOT NULL, files INTEGER NOT NULL) STRICT;"
      "CREATE INDEX appraisal_by_case ON appraisal(case_id, id);"
      "CREATE UNIQUE INDEX appraisal_open ON appraisal(case_id) WHERE state = 'proposed';"
      "CREATE INDEX appraisal_by_state ON appraisal(state, id);" },
};

#define COLUMNS \
    "id, case_id, case_no, archive_no, org_path, state, decision, reason, last, until, proposed_on, decided_on," \
    " destroyed_on, by_id, second_id, note, method, place, witness, other_witness, destroyed_by, files"

static const Query q_add = {
    .name = "appraisal.add", .in = &appraisal_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO appraisal(" COLUMNS ") VALUES(:id, :case_id, :case_no, :archive_no, :org_path, :state,"
           " :decision, :reason, :last, :until, :proposed_on, :decided_on, :destroyed_on, :by_id, :second_id,"
           " :note, :method, :place, :witness, :other_witness, :destroyed_by, :files)",
};
static const Query q_get = {
    .name = "appraisal.get", .in = &appraisal_form, .out = &appraisal_form,
    .sql = "SELECT " COLUMNS " FROM appraisal WHERE id = :id",
};
static const Query q_decide = {
    .name = "appraisal.decide", .in = &appraisal_form,
    .sql = "UPDATE appraisal SET state = :state, decided_on = :decided_on, second_id = :second_id, note = :note"
           " WHERE id = :id AND state = 'proposed'",
};
static const Query q_destroy = {
    .name = "appraisal.destroy", .in = &appraisal_form,
    .sql = "UPDATE appraisal SET state = 'destroyed', destroyed_on = :destroyed_on, method = :method,"
           " place = :place, witness = :witness, other_witness = :other_witness, destroyed_by = :destroyed_by"
           " WHERE id = :id AND state = 'agreed' AND decision = 'DESTROY'",
};
static const Query q_files = {
    .name = "appraisal.files", .in = &appraisal_form,
    .sql = "UPDATE appraisal SET files = :files WHERE id = :id AND state = 'destroyed'",
};
static const Query q_of_case = {
    .name = "appraisal.list", .in = &appraisal_form, .out = &appraisal_form,
    .sql = "SELECT " COLUMNS " FROM appraisal WHERE case_id = :case_id ORDER BY case_id, id LIMIT 100",
};
static const Filter log_filters[] = { { "state", " AND state = :state" } };
static const Query q_log = { /* few: files whose period is over */
    .name = "appraisal.log", .in = &appraisal_form, .out = &appraisal_form,
    .sql = "SELECT " COLUMNS " FROM appraisal WHERE id > :after AND org_path >= :org_path AND org_path < :path_end",
    .filter = log_filters, .filters = COUNT(log_filters), .tail = " ORDER BY id LIMIT 100",
};
static const Query q_due = {
    .name = "appraisal.due", .in = &due_form, .out = &due_form,
    .sql = "SELECT k.case_id, c.no AS case_no, coalesce((SELECT s.no FROM case_seal s"
           " WHERE s.case_id = k.case_id ORDER BY s.id DESC LIMIT 1), '') AS archive_no, c.applicant, c.respondent, c.cause,"
           " c.closed, k.last,"
           " coalesce((SELECT max(a.state) FROM appraisal a WHERE a.case_id = k.case_id"
           " AND (a.state = 'proposed' OR (a.state = 'agreed' AND a.decision = 'DESTROY'"
           " AND a.last = k.last))), '') AS state"
           " FROM case_keep k JOIN cases c ON c.id = k.case_id"
           " WHERE k.last < :today AND (k.last, k.case_id) > (coalesce(:after_last, '0000'), :after)"
           " AND k.destroyed_on IS NULL AND c.archived IS NOT NULL"
           " AND c.org_path >= :org_path AND c.org_path < :path_end ORDER BY k.last, k.case_id LIMIT 100",
};
static const Query q_elsewhere = { /* a case that was not destroyed holds the same bytes, given in or made */
    .name = "appraisal.elsewhere", .in = &evidence_form, .out = &evidence_form,
    .sql = "SELECT h.case_id FROM (SELECT case_id FROM evidence WHERE sha256 = :sha256"
           " UNION ALL SELECT case_id FROM made WHERE file = :sha256"
           " UNION ALL SELECT case_id FROM made WHERE docx = :sha256) h"
           " LEFT JOIN case_keep k ON k.case_id = h.case_id"
           " WHERE h.case_id <> :case_id AND k.destroyed_on IS NULL LIMIT 1",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_decide, &q_destroy, &q_files, &q_of_case, &q_log, &q_due, &q_elsewhere, NULL,
};

/* ---- proposing and deciding ------------------------------------------------------------------ */

static void check_until(Ctx *c, const Appraisal *a)
{
    bool keep = str_eq(a->decision, S("KEEP"));
    if (!keep && a->until.day) fault(c, S("until"), FAULT_NOT_ALLOWED);
    if (keep && a->until.day == 0) fault(c, S("until"), FAULT_REQUIRED);
    if (keep && a->until.day && a->until.day <= c->today.day) fault(c, S("until"), FAULT_PAST);
}

/* After the period only: before it there is nothing to appraise. */
static void propose(Ctx *c)
{
    Case k;
    Keep p;
    Appraisal a = { .state = S("proposed"), .proposed_on = c->today, .by_id = c->who.id };
    form_read(c, &appraisal_form, &a);
    check_until(c, &a);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && state_of(k.state) != ST_ARCHIVED) fail(c, ERR_WRONG_STATE, k.state);
    keep_of(c, &k, &p);
    if (ok(c) && !str_eq(p.why, S("appraisal"))) fail(c, ERR_BLOCKED, p.why.n ? p.why : S("decided"));
    a.id = id_next(c);
    a.case_id = k.id;
    a.case_no = k.no;
    a.archive_no = seal_number(c, k.id);
    a.org_path = k.org_path;
    a.last = p.last;
    db_insert(c, &q_add, &a);
    task_add(c, &k, S("appraise"), ROLE_HEAD, task_due(c, 10));
    reply_row(c, 201, &appraisal_form, &a);
    tx_end(c);
}

/* The appraisal :appraisal of case :id, with its case. */
static bool find(Ctx *c, Case *k, Appraisal *a)
{
    *a = (Appraisal){ .id = arg_id(c, 1) };
    if (!case_get(c, arg_id(c, 0), k) || !db_get(c, &q_get, a, a)) return false;
    return a->case_id.n == k->id.n || fail(c, ERR_NOT_FOUND, S("appraisal"));
}

static void settle(Ctx *c, const Case *k, const Appraisal *a)
{
    Keep p;
    keep_of(c, k, &p);
    if (ok(c) && p.last.day != a->last.day) fail(c, ERR_BLOCKED, S("span"));
    p.decision = a->decision;
    p.appraisal = a->reason;
    p.appraised_on = c->today;
    p.appraised_by = c->who.id;
    if (a->until.day) p.until = a->until;
    keep_save(c, k, &p);
}

static void decide(Ctx *c)
{
    Case k;
    Appraisal a;
    SecondLook in = { 0 };
    form_read(c, &second_form, &in);
    if (ok(c) && !in.agreed && str_length(in.note) < 2) fault(c, S("note"), FAULT_REQUIRED);
    tx_begin(c);
    bool found = find(c, &k, &a);
    if (found && !str_eq(a.state, S("proposed"))) fail(c, ERR_CLASH, a.state);
    if (found && a.by_id.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("by_id"));
    a.state = in.agreed ? S("agreed") : S("refused");
    a.decided_on = c->today;
    a.second_id = c->who.id;
    a.note = in.note;
    db_change(c, &q_decide, &a);
    if (in.agreed) settle(c, &k, &a);
    task_done(c, &k, S("appraise"), a.state);
    reply_row(c, 200, &appraisal_form, &a);
    tx_end(c);
}

/* ---- destroying ---------------------------------------------------------------------------------- */

static void destroy(Ctx *c)
{
    Case k;
    Keep p;
    Appraisal a;
    Destruction in = { 0 };
    form_read(c, &destruction_form, &in);
    if (ok(c) && str_eq(in.witness, in.other_witness)) fault(c, S("other_witness"), FAULT_NOT_ALLOWED);
    tx_begin(c);
    bool found = find(c, &k, &a);
    keep_of(c, &k, &p);
    if (found && !str_eq(a.state, S("agreed"))) fail(c, ERR_CLASH, a.state);
    if (found && !p.destroyable) fail(c, ERR_BLOCKED, p.why);
    if (found && loan_out(c, k.id)) fail(c, ERR_BLOCKED, S("lent"));
    a.state = S("destroyed");
    a.destroyed_on = p.destroyed_on = c->today;
    a.destroyed_by = c->who.id;
    a.method = in.method;
    a.place = in.place;
    a.witness = in.witness;
    a.other_witness = in.other_witness;
    db_change(c, &q_destroy, &a);
    keep_save(c, &k, &p);
    job_add(c, S("destroy_files"), a.id, now(c), (Str){ 0 });
    reply_row(c, 200, &appraisal_form, &a);
    tx_end(c);
}

static void destroy_file(Ctx *c, Appraisal *a, Str sha256)
{
    Evidence held = { .case_id = a->case_id, .sha256 = sha256 };
    if (sha256.n == 0 || db_find(c, &q_elsewhere, &held, &held)) return;
    file_remove(c, sha256);
    a->files++;
}

/* Their bytes, those that were given in and those that were made; a second run finds them gone. */
static void destroy_files(Ctx *c, Id arg)
{
    Appraisal a = { .id = arg };
    if (!db_get(c, &q_get, &a, &a) || a.destroyed_on.day == 0) return;
    Rows files = evidence_of(c, a.case_id), papers = made_of(c, a.case_id);
    a.files = 0;
    for (size_t i = 0; i < files.n && ok(c); i++) destroy_file(c, &a, ((const Evidence *)files.at)[i].sha256);
    for (size_t i = 0; i < papers.n && ok(c); i++) {
        const Made *m = (const Made *)papers.at + i;
        destroy_file(c, &a, m->file);
        destroy_file(c, &a, m->docx);
    }
    volumes_destroy(c, a.case_id);
    db_change(c, &q_files, &a);
}

/* ---- answers ---------------------------------------------------------------------------------------- */

static void show_case(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &appraisal_form, db_list(c, &q_of_case, &(Appraisal){ .case_id = k.id }), (Str){ 0 });
}

static void show_log(Ctx *c)
{
    enum { PAGE = 100 };
    AppraisalAsk in = { 0 };
    if (!form_read_query(c, &ask_form, &in)) return;
    Rows rows = db_list(c, &q_log, &(Appraisal){ .state = in.state, .after = in.after,
        .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) });
    reply_page(c, &appraisal_form, rows, PAGE, offsetof(Appraisal, id));
}

/* Files whose period is over, the oldest first: ?after_last=, ?after= are the last row's. */
static void show_due(Ctx *c)
{
    DueFile ask = { 0 };
    if (!form_read_query(c, &due_form, &ask)) return;
    ask.today = c->today;
    ask.org_path = c->who.org_path;
    ask.path_end = path_end(c->mem, c->who.org_path);
    reply_rows(c, &due_form, db_list(c, &q_due, &ask), (Str){ 0 });
}

static const JobKind jobs[] = {
    { .word = "destroy_files", .run = destroy_files },
};

static const Route routes[] = {
    { "GET", "/api/v1/archive/due", ARCHIVIST | HEAD, show_due, "期满待鉴定案卷", "files whose period is over",
      .query = &due_form, .out = &due_form, .list = true },
    { "GET", "/api/v1/appraisals", ARCHIVIST | HEAD, show_log, "鉴定和销毁清册", "appraisals, and what was destroyed",
      .query = &ask_form, .out = &appraisal_form, .list = true },
    { "GET", "/api/v1/cases/:id/appraisals", ARCHIVIST | HEAD, show_case, "鉴定记录", "its appraisals",
      .out = &appraisal_form, .list = true },
    { "POST", "/api/v1/cases/:id/appraisal", ARCHIVIST, propose, "期满鉴定", "appraise after the period",
      .in = &appraisal_form, .out = &appraisal_form },
    { "POST", "/api/v1/cases/:id/appraisals/:appraisal/decide", HEAD, decide, "复核鉴定意见", "agree, or not",
      .in = &second_form, .out = &appraisal_form },
    { "POST", "/api/v1/cases/:id/appraisals/:appraisal/destroy", ARCHIVIST, destroy, "登记销毁", "it was destroyed",
      .in = &destruction_form, .out = &appraisal_form },
};

const Slice appraisal_slice = {
    .name = "appraisal", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
