/*
** What a meeting decided, and the tasks divided among departments (R130, R131):
** one object, one board.  The lead unit reports progress and that it is done, with
** evidence; another person of the office confirms.  A job reminds before and after
** the day it is due; what is overdue goes to the next meeting's agenda.
*/
#include "core/jobs.h"
#include "core/outbox.h"
#include "core/right.h"
#include "core/tx.h"
#include "law/law.h"
#include "core/attachment.h"
#include "oversight/meetings/decision.h"
#include "oversight/meetings/meetings.h"
#include "register/standing.h"

static const Code source_rows[] = {
    { "MEETING", "会议议定事项", "a meeting's decision" }, { "DIVISION", "部门任务分工", "division of tasks" },
    { "PLAN", "行动方案", "an action plan" },
};
static const Codes sources = { .name = "decision_source", .row = source_rows, .n = COUNT(source_rows) };
static const Code state_rows[] = {
    { "OPEN", "办理中", "open" }, { "REPORTED", "已报完成待确认", "reported as done" }, { "DONE", "已完成", "done" },
    { "CANCELLED", "已取消", "cancelled" },
};
static const Codes states = { .name = "decision_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(BoardTask, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(BoardTask, org,         .label = "督办机构", .en = "office", .rule = SERVER_SET),
    FIELD(BoardTask, org_path,    .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(BoardTask, source,      .label = "任务来源", .en = "source", .rule = REQUIRED, .codes = &sources),
    FIELD(BoardTask, meeting_id,  .label = "会议", .en = "meeting"),
    FIELD(BoardTask, title,       .label = "任务", .en = "task", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(BoardTask, content,     .label = "具体要求", .en = "what is asked", .rule = PROSE, .max = 4000),
    FIELD(BoardTask, lead_unit,   .label = "牵头单位", .en = "unit in the lead", .max = 12),
    FIELD(BoardTask, lead_body,   .label = "牵头机构", .en = "organisation in the lead",
          .help = "不是成员单位的，填写其机构编号，如乡镇（街道）调解中心",
          .help_en = "of a body that is no member unit, such as a town's centre: its number"),
    FIELD(BoardTask, lead_name,   .label = "牵头单位名称", .en = "name of the lead", .rule = SERVER_SET),
    FIELD(BoardTask, helpers,     .label = "配合单位", .en = "helping units", .rule = MANY, .max = 200),
    FIELD(BoardTask, due,         .label = "完成时限", .en = "due", .rule = REQUIRED),
    FIELD(BoardTask, deliverable, .label = "成果形式", .en = "deliverable", .max = 200),
    FIELD(BoardTask, basis,       .label = "依据", .en = "basis", .max = 200),
    FIELD(BoardTask, state,       .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(BoardTask, late,        .label = "逾期", .en = "late", .rule = SERVER_SET),
    FIELD(BoardTask, done_on,     .label = "完成日期", .en = "done on", .rule = SERVER_SET),
    FIELD(BoardTask, reminded,    .label = "已提醒", .en = "reminders sent", .rule = SERVER_SET),
    FIELD(BoardTask, made_by,     .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(BoardTask, made_at,     .label = "登记时间", .en = "at", .rule = SERVER_SET),
    FIELD(BoardTask, version,     .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(BoardTask, bodies,      .label = "相关机构", .en = "bodies", .rule = HIDDEN),
};
const Form decision_form = FORM(BoardTask, fields);

typedef struct BoardAsk {
    Id   id, after, org, meeting_id, seat;
    Str  lead_unit, state, source, path, path_end, body;
    bool late;
    Date due, today;
} BoardAsk;
static const Field ask_fields[] = {
    FIELD(BoardAsk, lead_unit,  .label = "牵头单位", .en = "unit in the lead", .max = 12),
    FIELD(BoardAsk, state,      .label = "状态", .en = "state", .codes = &states),
    FIELD(BoardAsk, source,     .label = "任务来源", .en = "source", .codes = &sources),
    FIELD(BoardAsk, meeting_id, .label = "会议", .en = "meeting"),
    FIELD(BoardAsk, late,       .label = "只看逾期", .en = "overdue only"),
    FIELD(BoardAsk, after,      .label = "接续", .en = "next of the page before"),
    FIELD(BoardAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(BoardAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(BoardAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(BoardAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(BoardAsk, body,     .label = "机构", .en = "body", .rule = HIDDEN),
    FIELD(BoardAsk, seat,     .label = "参会", .en = "seat", .rule = HIDDEN),
    FIELD(BoardAsk, due,      .label = "时限", .en = "due", .rule = HIDDEN),
    FIELD(BoardAsk, today,    .label = "今天", .en = "today", .rule = HIDDEN),
};
static const Form ask_form = FORM(BoardAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE decision("             /* a meeting's decision, or a divided task */
      "  id          INTEGER PRIMARY KEY,"
      "  org         INTEGER NOT NULL REFERENCES org(id),"
      "  org_path    TEXT NOT NULL,"
      "  source      TEXT NOT NULL, meeting_id INTEGER NOT NULL,"
      "  title       TEXT NOT NULL, content TEXT NOT NULL,"
      "  lead_unit   TEXT NOT NULL,"       /* a code of member_units.csv, or '' */
      "  lead_body   INTEGER NOT NULL,"    /* org.id; 0: the unit has no organisation here */
      "  lead_name   TEXT NOT NULL, helpers TEXT NOT NULL,"
      "  bodies      TEXT NOT NULL,"       /* ' 12 34 ': organisations that see it */
      "  due         TEXT NOT NULL, deliverable TEXT NOT NULL, basis TEXT NOT NULL,"
      "  state       TEXT NOT NULL, done_on TEXT,"
      "  reminded    INTEGER NOT NULL,"    /* the last of the three reminders that was sent */
      "  made_by     INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX decision_by_path ON decision(org_path, id);"
      "CREATE INDEX decision_by_org ON decision(org, state, due);"
      "CREATE INDEX decision_by_meeting ON decision(meeting_id, state);"
      "CREATE INDEX decision_by_due ON decision(state, due);" },
};

#define COLUMNS \
    "id, org, org_path, source, meeting_id, title, content, lead_unit, lead_body, lead_name, helpers, bodies, due," \
    " deliverable, basis, state, done_on, reminded, made_by, made_at, version"
static const Query q_add = {
    .name = "decision.add", .in = &decision_form,
    .sql = "INSERT INTO decision(" COLUMNS ") VALUES(:id, :org, :org_path, :source, :meeting_id, :title, :content,"
           " :lead_unit, :lead_body, :lead_name, :helpers, :bodies, :due, :deliverable, :basis, :state, :done_on,"
           " :reminded, :made_by, :made_at, :version)",
};
static const Query q_save = {
    .name = "decision.save", .in = &decision_form,
    .sql = "UPDATE decision SET due = :due, state = :state, done_on = :done_on, reminded = :reminded, version = :version"
           " WHERE id = :id",
};
#define SEEN \
    " ((org_path >= :path AND org_path < :path_end) OR org = :org OR bodies LIKE :body" \
    " OR meeting_id IN (SELECT s.meeting_id FROM meeting_seat s WHERE s.body = :seat))"
static const Query q_get = {
    .name = "decision.get", .in = &ask_form, .out = &decision_form,
    .sql = "SELECT " COLUMNS " FROM decision WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "lead_unit", " AND lead_unit = :lead_unit" }, { "state", " AND state = :state" },
    { "source", " AND source = :source" }, { "meeting_id", " AND meeting_id = :meeting_id" },
    { "late", " AND state IN ('OPEN', 'REPORTED') AND due < :today" }, { "after", " AND id < :after" },
};
static const Query q_list = { /* an office's tasks of some years: few */
    .name = "decision.list", .in = &ask_form, .out = &decision_form,
    .sql = "SELECT " COLUMNS " FROM decision WHERE" SEEN " /*scan*/",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 200",
};
static const Query q_due = {
    .name = "decision.due", .in = &ask_form, .out = &decision_form,
    .sql = "SELECT " COLUMNS " FROM decision WHERE state = 'OPEN' AND due <= :due AND reminded < 3 ORDER BY due, id LIMIT 500",
};
static const Query q_of = {
    .name = "decision.of", .in = &ask_form, .out = &decision_form,
    .sql = "SELECT " COLUMNS " FROM decision WHERE meeting_id = :meeting_id AND state <> 'CANCELLED' ORDER BY id LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_save, &q_get, &q_list, &q_due, &q_of, NULL };

Rows meeting_decisions(Ctx *c, Id meeting_id)
{
    return db_list(c, &q_of, &(BoardAsk){ .meeting_id = meeting_id });
}

/* ---- who sees it ------------------------------------------------------------------------------ */

static Str like_of(Ctx *c, Id body)
{
    Out o = { .buf = NEW(c->mem, char, 30), .cap = 30 };
    out_str(&o, S("% "));
    out_int(&o, body.n);
    out_str(&o, S(" %"));
    return out_view(&o);
}

static BoardAsk asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_DECISION);
    BoardAsk ask = { .path = s.path, .path_end = s.path_end, .org = s.org, .seat = { -1 },
                     .body = S("-"), .today = c->today };
    bool reads = right_find(OBJ_DECISION, c->who.roles, MAY_READ) && c->who.org_path.n;
    if (reads && c->who.org.n) {
        ask.seat = c->who.org;
        ask.body = like_of(c, c->who.org);
    }
    return ask;
}

static bool is_late(const Ctx *c, const BoardTask *d)
{
    if (str_eq(d->state, S("CANCELLED"))) return false;
    Date day = str_eq(d->state, S("DONE")) ? d->done_on : c->today;
    return day.day > d->due.day;
}

bool decision_get(Ctx *c, Id id, BoardTask *d)
{
    BoardAsk ask = asking(c);
    ask.id = id;
    bool good = db_get(c, &q_get, &ask, d);
    if (good) d->late = is_late(c, d);
    return good;
}

/* The office, and of a meeting's decisions the unit that was in the chair. */
static bool keeps_it(Ctx *c, const BoardTask *d)
{
    Meeting m = { 0 };
    const Right *r = right_find(OBJ_DECISION, c->who.roles, MAY_WRITE);
    if (!r || !ok(c)) return false;
    if (r->reach == REACH_ALL && org_sees(c, d->org_path)) return true;
    if (c->who.roles & ORG_MANAGER && d->org.n == c->who.org.n) return true;
    return d->meeting_id.n && meeting_get(c, d->meeting_id, &m) && meeting_chairs(c, &m);
}

/* The lead's own people report; the office may report what it was told. */
static bool reports(Ctx *c, const BoardTask *d)
{
    return (d->lead_body.n && d->lead_body.n == c->who.org.n) || keeps_it(c, d);
}

/* ---- a new one ----------------------------------------------------------------------------------- */

static void see(Out *bodies, Id body)
{
    if (!body.n) return;
    out_int(bodies, body.n);
    out_str(bodies, S(" "));
}

/* The lead is a member unit or an organisation; helpers are member units. */
static void name_units(Ctx *c, const Org *o, BoardTask *d)
{
    Org lead = { 0 };
    MemberBody b = { 0 };
    Out bodies = { .buf = NEW(c->mem, char, 1024), .cap = 1024 };
    out_str(&bodies, S(" "));
    if ((d->lead_unit.n == 0) == (d->lead_body.n == 0)) fault(c, S("lead_unit"), FAULT_REQUIRED);
    const Unit *u = d->lead_unit.n ? unit_find(&c->law->units, o->region, c->today, d->lead_unit) : NULL;
    if (d->lead_unit.n && !u) fault(c, S("lead_unit"), FAULT_NOT_KNOWN);
    if (d->lead_body.n && !org_find(c, d->lead_body, &lead)) fault(c, S("lead_body"), FAULT_NOT_KNOWN);
    d->lead_name = u ? u->zh : lead.name;
    if (u && member_body(c, o->id, u->code, &b)) d->lead_body = b.body;
    see(&bodies, d->lead_body);
    for (Str rest = d->helpers; rest.n && ok(c);) {
        Str code = str_cut(&rest, ' ');
        if (!unit_find(&c->law->units, o->region, c->today, code)) fault(c, S("helpers"), FAULT_NOT_KNOWN);
        else if (member_body(c, o->id, code, &b)) see(&bodies, b.body);
    }
    d->bodies = out_view(&bodies);
}

static void of_meeting(Ctx *c, BoardTask *d, Org *o)
{
    Meeting m = { 0 };
    if (meeting_get(c, d->meeting_id, &m)) meeting_need(c, &m);
    if (ok(c) && !str_eq(m.state, S("HELD"))) fail(c, ERR_BLOCKED, m.state);
    if (ok(c)) (void)org_get(c, m.org, o);
    meeting_save(c, &m);
}

static void reply_decision(Ctx *c, int status, const BoardTask *d)
{
    tag_version(c, d->version);
    reply_row(c, status, &decision_form, d);
}

static void add(Ctx *c)
{
    Org o = { 0 };
    BoardTask d = { .state = S("OPEN"), .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &decision_form, &d);
    bool meeting = str_eq(d.source, S("MEETING"));
    Fault why = meeting ? FAULT_REQUIRED : FAULT_NOT_ALLOWED;
    if (ok(c) && meeting != (d.meeting_id.n != 0)) fault(c, S("meeting_id"), why);
    if (ok(c) && d.due.day < c->today.day) fault(c, S("due"), FAULT_PAST);
    tx_begin(c);
    if (d.meeting_id.n) of_meeting(c, &d, &o);
    else if (right_need(c, OBJ_DECISION, MAY_CREATE)) (void)office_own(c, &o);
    if (ok(c)) name_units(c, &o, &d);
    d.id = id_next(c);
    d.org = o.id;
    d.org_path = o.path;
    db_insert(c, &q_add, &d);
    reply_decision(c, 201, &d);
    tx_end(c);
}

/* ---- its way --------------------------------------------------------------------------------------- */

enum { KEEPERS = HR | HEAD | CONVENER | ORG_MANAGER, VIEWERS = KEEPERS | MEMBER | LINKS };
static const Code event_rows[] = {
    { "progress", "报告进展", "report progress" },  { "difficulty", "报告困难", "report a difficulty" },
    { "report", "报告完成", "report it done" },     { "confirm", "确认完成", "confirm" },
    { "return", "退回", "send back" },              { "postpone", "调整时限", "move the day it is due" },
    { "cancel", "取消", "cancel" },                 { "remind", "提醒", "remind" },
};
static const Codes events = { .name = "decision_event", .row = event_rows, .n = COUNT(event_rows) };
static const Move moves[] = {
    { "progress",   "OPEN",          "",          VIEWERS, true },
    { "difficulty", "OPEN",          "",          VIEWERS, true },
    { "report",     "OPEN",          "REPORTED",  VIEWERS, true },
    { "confirm",    "REPORTED",      "DONE",      KEEPERS, false },
    { "return",     "REPORTED",      "OPEN",      KEEPERS, true },
    { "postpone",   "OPEN",          "",          KEEPERS, true },
    { "cancel",     "OPEN REPORTED", "CANCELLED", KEEPERS, true },
    { "remind",     "OPEN",          "",          SYSTEM,  false },
    { NULL, NULL, NULL, 0, false },
};

typedef struct BoardMove {
    Str  event, reason;
    Date due;
} BoardMove;
static const Field move_fields[] = {
    FIELD(BoardMove, event,  .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(BoardMove, reason, .label = "说明", .en = "what was done, or why", .rule = PROSE, .max = 1000),
    FIELD(BoardMove, due,    .label = "新时限", .en = "new day",
          .help = "仅调整时限时填写", .help_en = "only when the day is moved"),
};
static const Form move_form = FORM(BoardMove, move_fields);

/* Who reported it done: the newest such entry. */
static Id reporter(Ctx *c, Id id)
{
    Rows rows = standing_list(c, id);
    for (size_t i = 0; i < rows.n; i++) {
        const Standing *e = (const Standing *)rows.at + i;
        if (str_eq(e->event, S("report"))) return e->actor;
    }
    return (Id){ 0 };
}

static void rules(Ctx *c, const BoardTask *d, const BoardMove *in)
{
    bool report = has_word(S("progress difficulty report"), in->event);
    if (!ok(c)) return;
    if (report ? !reports(c, d) : !keeps_it(c, d)) fail(c, ERR_FORBIDDEN, in->event);
    bool done = str_eq(in->event, S("report")), confirms = str_eq(in->event, S("confirm"));
    if (done && !attachment_has(c, d->id, S("EVIDENCE"))) fail(c, ERR_BLOCKED, S("evidence"));
    if (confirms && reporter(c, d->id).n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("same_person"));
    if (!str_eq(in->event, S("postpone"))) return;
    if (in->due.day == 0) fault(c, S("due"), FAULT_REQUIRED);
    else if (in->due.day <= d->due.day) fault(c, S("due"), FAULT_ORDER);
}

static void move(Ctx *c)
{
    BoardTask d = { 0 };
    BoardMove in = { 0 };
    form_read(c, &move_form, &in);
    tx_begin(c);
    (void)decision_get(c, arg_id(c, 0), &d);
    Standing e = { .subject = d.id, .event = in.event, .was = d.state, .reason = in.reason };
    standing_move(c, moves, &e, (Date){ 0 });
    rules(c, &d, &in);
    d.state = e.status;
    if (str_eq(in.event, S("confirm"))) d.done_on = time_date(now(c));
    if (str_eq(in.event, S("postpone"))) {
        d.due = in.due;
        d.reminded = 0;
    }
    d.version++;
    db_change(c, &q_save, &d);
    d.late = is_late(c, &d);
    reply_decision(c, 200, &d);
    tx_end(c);
}

static void list(Ctx *c)
{
    BoardAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    BoardTask *d = rows.at;
    for (size_t i = 0; i < rows.n; i++) d[i].late = is_late(c, &d[i]);
    reply_page(c, &decision_form, rows, 200, offsetof(BoardTask, id));
}

static void show(Ctx *c)
{
    BoardTask d = { 0 };
    (void)decision_get(c, arg_id(c, 0), &d);
    reply_decision(c, 200, &d);
}

static void history(Ctx *c)
{
    BoardTask d = { 0 };
    if (!decision_get(c, arg_id(c, 0), &d)) return;
    reply_rows(c, &standing_form, standing_list(c, d.id), (Str){ 0 });
}

/* ---- evidence --------------------------------------------------------------------------------------- */

static void add_file(Ctx *c)
{
    BoardTask d = { 0 };
    Attachment a;
    attachment_read(c, &a);
    tx_begin(c);
    (void)decision_get(c, arg_id(c, 0), &d);
    if (ok(c) && !reports(c, &d)) fail(c, ERR_FORBIDDEN, S("lead_unit"));
    if (ok(c) && !str_eq(d.state, S("OPEN"))) fail(c, ERR_BLOCKED, d.state);
    attachment_add(c, &a, d.id);
    d.version++;
    db_change(c, &q_save, &d);
    reply_row(c, 201, &attachment_form, &a);
    tx_end(c);
}

static void files(Ctx *c)
{
    BoardTask d = { 0 };
    if (!decision_get(c, arg_id(c, 0), &d)) return;
    reply_rows(c, &attachment_form, attachment_list(c, d.id), (Str){ 0 });
}

static void file(Ctx *c)
{
    BoardTask d = { 0 };
    if (decision_get(c, arg_id(c, 0), &d)) attachment_reply(c, d.id, arg_id(c, 1));
}

/* ---- reminders --------------------------------------------------------------------------------------- */

static int64_t days_of(Ctx *c, Str region, const char *key)
{
    Look look = { .params = &c->law->params, .region = region, .day = c->today };
    return param(&look, key);
}

static const Phrase reminder[] = {
    { "", "" },
    { "【任务提醒】“{0}”应于{1}前完成，请抓紧办理并上传完成凭证。", "Task \"{0}\" is due on {1}." },
    { "【任务提醒】“{0}”明日（{1}）到期，请及时报告完成情况。", "Task \"{0}\" is due tomorrow, {1}." },
    { "【任务逾期】“{0}”应于{1}前完成，现已逾期，请说明原因并尽快办结。", "Task \"{0}\" was due on {1} and is overdue." },
};

static void remind(Ctx *c, BoardTask *d)
{
    Org o = { 0 };
    MemberBody b = { 0 };
    if (!org_get(c, d->org, &o)) return;
    int64_t left_days = d->due.day - c->today.day, stage = 0;
    if (left_days <= days_of(c, o.region, "DECISION_REMIND_FIRST_DAYS")) stage = 1;
    if (left_days <= days_of(c, o.region, "DECISION_REMIND_LAST_DAYS")) stage = 2;
    if (left_days <= -days_of(c, o.region, "DECISION_REMIND_LATE_DAYS")) stage = 3;
    if (stage <= d->reminded) return;
    Text args[] = { same(d->title), phrase_date(c->mem, d->due) };
    Str text = phrase_say(c->mem, &reminder[stage], args, 2).zh;
    Standing e = { .subject = d->id, .event = S("remind"), .was = d->state, .reason = text };
    standing_move(c, moves, &e, (Date){ 0 });
    if (d->lead_unit.n && member_body(c, d->org, d->lead_unit, &b) && b.phone.n) {
        outbox_add(c, &(Message){ .channel = S("SMS"), .to = b.phone, .template = S("decision_reminder"),
            .text = text });
    }
    d->reminded = stage;
    d->version++;
    db_change(c, &q_save, d);
}

static void remind_all(Ctx *c, Id arg)
{
    (void)arg;
    int64_t first = days_of(c, (Str){ 0 }, "DECISION_REMIND_FIRST_DAYS");
    Rows rows = db_list(c, &q_due, &(BoardAsk){ .due = date_plus(c->today, (int)first) });
    for (size_t i = 0; i < rows.n; i++) remind(c, (BoardTask *)rows.at + i);
}

static const JobKind jobs[] = {
    { .word = "decision_remind", .run = remind_all, .daily = "08:30" },
};

static const Route routes[] = {
    { "GET", "/api/v1/decisions", VIEWERS, list, "任务看板", "the task board", .query = &ask_form, .out = &decision_form,
      .list = true },
    { "POST", "/api/v1/decisions", KEEPERS, add, "登记议定事项或任务", "enter a decision or a task", .in = &decision_form,
      .out = &decision_form },
    { "GET", "/api/v1/decisions/:id", VIEWERS, show, "查看任务", "one task", .out = &decision_form },
    { "POST", "/api/v1/decisions/:id/moves", VIEWERS, move, "办理任务", "report, confirm, send back, postpone, cancel",
      .in = &move_form, .out = &decision_form },
    { "GET", "/api/v1/decisions/:id/history", VIEWERS, history, "任务进展记录", "its progress", .out = &standing_form,
      .list = true },
    { "GET", "/api/v1/decisions/:id/files", VIEWERS, files, "任务凭证", "its evidence", .out = &attachment_form,
      .list = true },
    { "POST", "/api/v1/decisions/:id/files", VIEWERS, add_file, "上传完成凭证", "add evidence", .query = &attachment_form,
      .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/decisions/:id/files/:file/content", VIEWERS, file, "查看凭证", "a file's bytes" },
};

const Slice decisions_slice = {
    .name = "decision", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
