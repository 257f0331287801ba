#include "case/task.h"

#include "register/organisations/organisations.h"

static const Code kind_rows[] = {
    { "approve",        "审批",                   "decide on an approval" },
    { "register",       "登记新申请",             "register a new application" },
    { "examine",        "审查受理条件",           "examine an application" },
    { "dispatch",       "分流案件",               "dispatch a case" },
    { "confirm",        "确认接收分流案件",       "confirm a dispatched case" },
    { "assign",         "指派调解员",             "assign a mediator" },
    { "reassign",       "调解员已不在任，请更换", "the mediator is no longer in office: name another" },
    { "second_mediator", "增派第二名调解员",      "name a second mediator" },
    { "representatives", "请劳动者推举三至五名代表人", "ask the workers to elect three to five representatives" },
    { "mediate",        "开始调解",               "open the first session" },
    { "overdue_reason", "报告未按期办结的原因",   "report why the period was not kept" },
    { "extension_refused", "一方不同意延期，请在期限内办结", "a side refused more time: finish within the period" },
    { "org_silent",     "组织逾期未确认，重新分流", "the organisation was silent: dispatch again" },
    { "clock_missed",   "期限已过，请处理",       "a period was missed" },
    { "clock_moved",    "日历更新，截止日有变化", "a new calendar moved a last day" },
    { "tell_right15",   "告知申请人可以申请仲裁", "tell the applicant that arbitration is open" },
    { "recusal",        "决定是否回避",           "decide on a recusal" },
    { "child_labour",   "报告涉嫌使用童工",       "report suspected child labour" },
    { "major_verbal",   "重大争议：口头报告",     "major dispute: verbal report" },
    { "major_first",    "重大争议：书面首报",     "major dispute: first written report" },
    { "major_joint",    "重大争议：启动联合处置", "major dispute: start the joint group" },
    { "major_update",   "重大争议：续报",         "major dispute: continuing report" },
    { "major_final",    "重大争议：终报",         "major dispute: final report" },
    { "union_notice",   "通知地方总工会",         "notify the local general union" },
    { "sham_report",    "报告涉嫌虚假调解",       "report suspected sham mediation" },
    { "sham_court",     "向人民法院报告涉嫌虚假调解", "report suspected sham mediation to the court" },
    { "urge",           "督促履行",               "urge performance" },
    { "cure",           "核实逾期部分是否已补足", "check that the default is cured" },
    { "remedies",       "告知债权人救济途径",     "tell the creditor of the remedies" },
    { "default_report", "报告逾期未履行",         "report a default" },
    { "visit",          "回访",                   "follow-up visit" },
    { "visit_overdue",  "回访已逾期",             "a follow-up visit is overdue" },
    { "feedback",       "反馈办理结果",           "feed the result back" },
    { "close",          "结案",                   "close the case" },
    { "archive",        "归档",                   "archive the file" },
    { "loan",           "催还逾期未还的案卷",     "call back a file that was not returned" },
    { "lend",           "审批案卷借阅",           "decide on lending a file" },
    { "appraise",       "复核期满案卷的鉴定意见", "look at an appraisal of an expired file" },
    { "complaint",      "答复当事人投诉",         "answer a complaint" },
    { "serve_again",    "文书未送达，请改用其他方式", "a paper did not arrive: serve it another way" },
    { "second_look",    "协议金额明显偏低，请复核", "the agreement is far below the computed sum" },
    { "transfer_receipt", "催收移送回执",         "chase the receipt of a referral" },
    { "month_report",   "报送月报",               "hand in the monthly report" },
    { "six_recheck", "复查调解组织六有达标情况", "check an organisation's six haves again" },
    { "risk_confirm",   "确认系统提示的风险",     "confirm a risk that was proposed" },
    { "risk_rate",      "评估风险等级",           "rate a risk" },
    { "risk_plan",      "制定风险应对预案",       "plan how a risk is handled" },
    { "risk_check",     "跟踪风险处置",           "look at a risk again" },
    { "risk_report",    "红色或者升级的风险，请指导处置", "a red or escalated risk: see to it" },
    { "risk_screen",    "开展风险排查",           "screen for risks" },
    { "month_returned", "月报被退回，请修改后重报", "the monthly report was returned" },
};
const Codes task_kinds = { .name = "task_kind", .row = kind_rows, .n = COUNT(kind_rows) };

typedef struct Task {
    Id   id, case_id;
    Str  case_no;
    Str  applicant, respondent; /* of the case, for lists */
    Str  org_path, path_end;
    Str  kind, role;
    Id   user_id;
    Time due;
    Str  state;    /* open, done */
    Id   done_by;
    Time done_at;
    Str  note;
    Id   after;
} Task;

static const Field fields[] = {
    FIELD(Task, id,       .label = "编号",     .en = "id",        .rule = SERVER_SET),
    FIELD(Task, case_id,  .label = "案件",     .en = "case",      .rule = SERVER_SET),
    FIELD(Task, case_no,  .label = "登记号",   .en = "ledger number", .rule = SERVER_SET),
    FIELD(Task, applicant, .label = "申请人",  .en = "applicant", .rule = SERVER_SET),
    FIELD(Task, respondent, .label = "被申请人", .en = "respondent", .rule = SERVER_SET),
    FIELD(Task, org_path, .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Task, path_end, .label = "路径末",   .en = "end of path", .rule = HIDDEN),
    FIELD(Task, kind,     .label = "任务",     .en = "task",      .codes = &task_kinds),
    FIELD(Task, role,     .label = "角色",     .en = "role",      .rule = SERVER_SET),
    FIELD(Task, user_id,  .label = "承办人",   .en = "person",    .rule = SERVER_SET),
    FIELD(Task, due,      .label = "应办时间", .en = "due",       .rule = SERVER_SET),
    FIELD(Task, state,    .label = "状态",     .en = "state",     .rule = SERVER_SET),
    FIELD(Task, done_by,  .label = "办理人",   .en = "done by",   .rule = SERVER_SET),
    FIELD(Task, done_at,  .label = "办理时间", .en = "done at",   .rule = SERVER_SET),
    FIELD(Task, note,     .label = "说明",     .en = "note",      .rule = PROSE, .max = 2000),
    FIELD(Task, after,    .label = "接续",     .en = "after",     .rule = 0),
};
static const Form task_form = FORM(Task, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE task("
      "  id       INTEGER PRIMARY KEY,"
      "  case_id  INTEGER NOT NULL,"
      "  case_no  TEXT NOT NULL,"
      "  org_path TEXT NOT NULL,"      /* where: the office whose workbench shows it */
      "  kind     TEXT NOT NULL,"
      "  role     TEXT NOT NULL,"      /* who, by role */
      "  user_id  INTEGER NOT NULL,"   /* or by name; 0: whoever has the role */
      "  due      INTEGER NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('open', 'done')),"
      "  done_by  INTEGER NOT NULL, done_at INTEGER NOT NULL,"
      "  note     TEXT NOT NULL) STRICT;"
      "CREATE INDEX task_by_case ON task(case_id, kind, state);"
      "CREATE INDEX task_by_role ON task(state, role, org_path, id);"
      "CREATE INDEX task_by_user ON task(state, user_id, id);" },
};

#define COLUMNS "id, case_id, case_no, org_path, kind, role, user_id, due, state, done_by, done_at, note"
#define NAMED COLUMNS \
    ", (SELECT applicant FROM cases WHERE cases.id = case_id) AS applicant," \
    " (SELECT respondent FROM cases WHERE cases.id = case_id) AS respondent"

static const Query q_add = {
    .name = "task.add", .in = &task_form,
    .sql = "INSERT INTO task(" COLUMNS ") VALUES(:id, :case_id, :case_no, :org_path, :kind, :role, :user_id,"
           " :due, 'open', 0, 0, '')",
};
static const Query q_done = {
    .name = "task.done", .in = &task_form,
    .sql = "UPDATE task SET state = 'done', done_by = :done_by, done_at = :done_at, note = :note"
           " WHERE case_id = :case_id AND kind = :kind AND state = 'open'",
};
static const Query q_done_one = {
    .name = "task.done_one", .in = &task_form,
    .sql = "UPDATE task SET state = 'done', done_by = :done_by, done_at = :done_at, note = :note"
           " WHERE id = :id AND state = 'open'",
};
static const Query q_get = {
    .name = "task.get", .in = &task_form, .out = &task_form,
    .sql = "SELECT " COLUMNS " FROM task WHERE id = :id",
};
static const Query q_open = {
    .name = "task.open", .in = &task_form, .out = &task_form,
    .sql = "SELECT id FROM task WHERE case_id = :case_id AND kind = :kind AND state = 'open' LIMIT 1",
};
static const Query q_of_case = {
    .name = "task.of_case", .in = &task_form, .out = &task_form,
    .sql = "SELECT " NAMED " FROM task WHERE case_id = :case_id ORDER BY id LIMIT 500",
};
static const Query q_of_user = {
    .name = "task.of_user", .in = &task_form, .out = &task_form,
    .sql = "SELECT " NAMED " FROM task WHERE state = 'open' AND user_id = :user_id AND id > :after"
           " ORDER BY id LIMIT 200",
};
static const Query q_of_role = {
    .name = "task.of_role", .in = &task_form, .out = &task_form,
    .sql = "SELECT " NAMED " FROM task WHERE state = 'open' AND role = :role AND user_id = 0"
           " AND org_path >= :org_path AND org_path < :path_end ORDER BY org_path, id LIMIT 200",
};
static const Query *const queries[] = {
    &q_add, &q_done, &q_done_one, &q_get, &q_open, &q_of_case, &q_of_user, &q_of_role, NULL,
};

void task_add(Ctx *c, const Case *k, Str kind, Role role, Time due)
{
    BUG_IF(!code_find(&task_kinds, kind, NULL));
    Task t = { .id = id_next(c), .case_id = k->id, .case_no = k->no, .org_path = k->org_path, .kind = kind,
        .role = str_of(role_word(role)), .due = due };
    if (role == ROLE_MEDIATOR) t.user_id = k->mediator_id;
    db_insert(c, &q_add, &t);
}

void task_done(Ctx *c, const Case *k, Str kind, Str note)
{
    db_change_any(c, &q_done, &(Task){ .case_id = k->id, .kind = kind, .done_by = c->who.id,
        .done_at = now(c), .note = note });
}

bool task_open(Ctx *c, const Case *k, Str kind)
{
    Task t = { .case_id = k->id, .kind = kind };
    return db_find(c, &q_open, &t, &t);
}

Time task_due(const Ctx *c, int64_t n)
{
    Date d = c->today;
    while (n > 0) {
        d = working_on_or_after(&c->law->calendar, date_plus(d, 1));
        n--;
    }
    return time_at(d, 23, 59);
}

int64_t case_param(const Ctx *c, const Case *k, const char *key)
{
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    return param(&look, key);
}

/* ---- handlers ----------------------------------------------------------------------- */

/* The tasks of each of the asker's roles, one role after another, then his own. */
static void write_tasks(Ctx *c, Rows rows, bool *first)
{
    for (size_t i = 0; i < rows.n; i++) {
        if (!*first) out_str(&c->out, S(","));
        *first = false;
        form_write(c, &task_form, (const Task *)rows.at + i);
    }
}

static void mine(Ctx *c)
{
    bool first = true;
    Str end = path_end(c->mem, c->who.org_path);
    out_str(&c->out, S("{\"items\":["));
    write_tasks(c, db_list(c, &q_of_user, &(Task){ .user_id = c->who.id }), &first);
    for (unsigned r = 1; r < ROLE__COUNT; r++) {
        if (!(c->who.roles & role_bit((Role)r)) || c->who.org_path.n == 0) continue;
        write_tasks(c, db_list(c, &q_of_role, &(Task){ .role = str_of(role_word((Role)r)),
            .org_path = c->who.org_path, .path_end = end }), &first);
    }
    out_str(&c->out, S("],\"next\":\"\"}"));
    if (ok(c)) c->status = 200;
}

static void of_case(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &task_form, db_list(c, &q_of_case, &(Task){ .case_id = k.id }), (Str){ 0 });
}

/* May c's person do this task?  It is his, or his role's. */
static bool may_do(const Ctx *c, const Task *t)
{
    if (t->user_id.n) return t->user_id.n == c->who.id.n || c->who.roles & HEAD;
    return c->who.roles & (role_bit(role_of(t->role)) | HEAD);
}

static void finish(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    Task t = { .id = arg_id(c, 0) };
    db_get(c, &q_get, &t, &t);
    case_get(c, t.case_id, &k);
    if (ok(c) && !may_do(c, &t)) fail(c, ERR_FORBIDDEN, t.role);
    t.state = S("done");
    t.done_by = c->who.id;
    t.done_at = now(c);
    t.note = in.note;
    db_change(c, &q_done_one, &t);
    case_note(c, &k, t.kind, in.note);
    reply_row(c, 200, &task_form, &t);
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/tasks", STAFF, mine, "我的待办", "my tasks", .out = &task_form, .list = true },
    { "GET", "/api/v1/cases/:id/tasks", STAFF, of_case, "案件任务", "a case's tasks", .out = &task_form,
      .list = true },
    { "POST", "/api/v1/tasks/:id/done", STAFF, finish, "完成任务", "a task is done", .in = &case_note_form,
      .out = &task_form },
};

const Slice case_task_slice = {
    .name = "task", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
