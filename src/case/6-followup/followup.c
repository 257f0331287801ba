#include "case/6-followup/followup.h"
#include "case/4-agreement/pursuit.h"
#include "case/canon.h"
#include "case/clock.h"
#include "case/task.h"

#include "law/param.h"

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code stage_rows[] = {
    { "FIRST", "首次回访", "first" }, { "FINAL", "末次回访", "final" }, { "EXTRA", "补充回访", "additional" },
};
static const Codes visit_stage = CODES(stage);
static const Code way_rows[] = {
    { "PERSON", "上门或者当面", "in person" }, { "PHONE", "电话", "telephone" }, { "VIDEO", "视频", "video" },
    { "ONLINE", "网络", "online" },
};
static const Codes visit_way = CODES(way);
static const Code feedback_way_rows[] = {
    { "PAPER", "书面", "on paper" }, { "LINK", "系统对接", "by exchange" }, { "PHONE", "电话", "telephone" },
};
static const Codes feedback_way = CODES(feedback_way);

static const Field visit_fields[] = {
    FIELD(Visit, id,           .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Visit, case_id,      .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Visit, no,           .label = "回访次数", .en = "number", .rule = SERVER_SET),
    FIELD(Visit, stage,        .label = "回访类型", .en = "stage", .rule = REQUIRED, .codes = &visit_stage),
    FIELD(Visit, day,          .label = "回访日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Visit, way,          .label = "回访方式", .en = "way", .rule = REQUIRED, .codes = &visit_way),
    FIELD(Visit, who,          .label = "回访对象", .en = "whom", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Visit, performed,    .label = "是否履行", .en = "performed", .rule = REQUIRED),
    FIELD(Visit, amount,       .label = "已履行金额（分）", .en = "paid, fen", .max = 1000000000000),
    FIELD(Visit, problems,     .label = "存在问题", .en = "problems", .rule = PROSE, .max = 2000),
    FIELD(Visit, opinions,     .label = "对结果和服务的意见", .en = "opinions", .rule = PROSE, .max = 2000),
    FIELD(Visit, satisfaction, .label = "满意度（1至5）", .en = "satisfaction, 1 to 5", .min = 1, .max = 5),
    FIELD(Visit, new_risk,     .label = "有新的风险", .en = "new risk"),
    FIELD(Visit, handling,     .label = "处理情况", .en = "handling", .rule = PROSE, .max = 2000),
    FIELD(Visit, file,         .label = "记录文件摘要", .en = "digest of the record", .check = check_sha256),
    FIELD(Visit, visitor_id,   .label = "回访人",   .en = "visitor", .rule = SERVER_SET),
    FIELD(Visit, at,           .label = "登记时间", .en = "recorded at", .rule = SERVER_SET),
};
const Form visit_form = FORM(Visit, visit_fields);

static const Field feedback_fields[] = {
    FIELD(Feedback, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Feedback, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Feedback, addressee, .label = "反馈对象", .en = "to whom", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Feedback, way,       .label = "方式", .en = "way", .rule = REQUIRED, .codes = &feedback_way),
    FIELD(Feedback, day,       .label = "日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Feedback, content,   .label = "反馈内容", .en = "content", .rule = REQUIRED | PROSE, .min = 2, .max = 3000),
    FIELD(Feedback, number,    .label = "文号", .en = "number", .max = 100),
    FIELD(Feedback, file,      .label = "文件摘要", .en = "digest of the paper", .check = check_sha256),
    FIELD(Feedback, by_id,     .label = "经办", .en = "by", .rule = SERVER_SET),
    FIELD(Feedback, at,        .label = "登记时间", .en = "recorded at", .rule = SERVER_SET),
};
const Form feedback_form = FORM(Feedback, feedback_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE visit("                  /* D34; append-only */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  no        INTEGER NOT NULL, stage TEXT NOT NULL, day TEXT NOT NULL, way TEXT NOT NULL, who TEXT NOT NULL,"
      "  performed INTEGER NOT NULL, amount INTEGER NOT NULL, problems TEXT NOT NULL, opinions TEXT NOT NULL,"
      "  satisfaction INTEGER NOT NULL CHECK(satisfaction BETWEEN 0 AND 5), new_risk INTEGER NOT NULL,"
      "  handling  TEXT NOT NULL, file TEXT NOT NULL, visitor_id INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  UNIQUE(case_id, no)) STRICT;"
      "CREATE TABLE feedback("               /* append-only */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  addressee TEXT NOT NULL, way TEXT NOT NULL, day TEXT NOT NULL, content TEXT NOT NULL,"
      "  number    TEXT NOT NULL, file TEXT NOT NULL, by_id INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX feedback_by_case ON feedback(case_id, id);" },
};
static const char *const keeps[] = { "visit", "feedback", NULL };

#define VISIT                                                                                          \
    "id, case_id, no, stage, day, way, who, performed, amount, problems, opinions, satisfaction, new_risk," \
    " handling, file, visitor_id, at"

static const Query q_visit = {
    .name = "visit.add", .in = &visit_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO visit(" VISIT ") VALUES(:id, :case_id, :no, :stage, :day, :way, :who, :performed, :amount,"
           " :problems, :opinions, :satisfaction, :new_risk, :handling, :file, :visitor_id, :at)",
};
static const Query q_visits = {
    .name = "visit.list", .in = &visit_form, .out = &visit_form,
    .sql = "SELECT " VISIT " FROM visit WHERE case_id = :case_id ORDER BY case_id, no LIMIT 500",
};
static const Query q_feedback = {
    .name = "feedback.add", .in = &feedback_form,
    .sql = "INSERT INTO feedback(id, case_id, addressee, way, day, content, number, file, by_id, at)"
           " VALUES(:id, :case_id, :addressee, :way, :day, :content, :number, :file, :by_id, :at)",
};
static const Query q_feedbacks = {
    .name = "feedback.list", .in = &feedback_form, .out = &feedback_form,
    .sql = "SELECT id, case_id, addressee, way, day, content, number, file, by_id, at FROM feedback"
           " WHERE case_id = :case_id ORDER BY case_id, id LIMIT 100",
};
static const Query *const queries[] = { &q_visit, &q_visits, &q_feedback, &q_feedbacks, NULL };

Rows visits_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_visits, &(Visit){ .case_id = case_id });
}

Rows feedbacks_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_feedbacks, &(Feedback){ .case_id = case_id });
}

bool feedback_needed(const Case *k)
{
    return k->source.n && !str_eq(k->source, S("SELF"));
}

/* ---- the plan ------------------------------------------------------------------------------ */

static Date first_due(const Accord *a)
{
    Date first = { 0 };
    for (size_t i = 0; i < a->obligations.n; i++) {
        Date due = ((const Commitment *)a->obligations.at)[i].due;
        if (due.day && (first.day == 0 || due.day < first.day)) first = due;
    }
    return first.day ? first : a->effective;
}

static void plan(Ctx *c, Case *k)
{
    Accord a;
    if (!accord_of(c, k->id, &a)) return;
    Date first = clock_begin(c, k, S("C-FUP.FIRST"), first_due(&a));
    Date last = clock_begin(c, k, S("C-FUP.FINAL"), accord_last_due(&a));
    task_add(c, k, S("visit"), ROLE_VISITOR, time_at(first, 18, 0));
    task_add(c, k, S("visit"), ROLE_VISITOR, time_at(last, 18, 0));
    case_save(c, k);
}

/* The result goes back to whoever sent the case, within the days of the parameter. */
static void ask_feedback(Ctx *c, Case *k)
{
    const Param *days = param_find(&c->law->params, S("FEEDBACK_WD"), k->region, c->today);
    if (!feedback_needed(k) || task_open(c, k, S("feedback"))) return;
    Date due = c->today;
    for (int64_t n = days ? days->value : 1; n > 0; n--) {
        due = working_on_or_after(&c->law->calendar, date_plus(due, 1));
    }
    task_add(c, k, S("feedback"), ROLE_MEDIATOR, time_at(due, 18, 0));
}

/* ---- a visit --------------------------------------------------------------------------------- */

/* Who mediated asks nobody how it was. */
static void check_visitor(Ctx *c, const Case *k)
{
    bool mediated = k->mediator_id.n == c->who.id.n || case_is_member(c, k->id, c->who.id);
    if (ok(c) && mediated) fail(c, ERR_BLOCKED, S("visitor"));
}

static const char *clock_of(Str stage)
{
    if (str_eq(stage, S("FIRST"))) return "C-FUP.FIRST";
    return str_eq(stage, S("FINAL")) ? "C-FUP.FINAL" : NULL;
}

static void visit(Ctx *c)
{
    Case k;
    Accord a;
    Visit v = { 0 };
    form_read(c, &visit_form, &v);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    bool bound = ok(c) && accord_of(c, k.id, &a) && accord_in_force(&a);
    if (ok(c) && (!bound || state_of(k.state) == ST_ARCHIVED)) fail(c, ERR_WRONG_STATE, k.state);
    check_visitor(c, &k);
    if (bound && v.day.day < a.effective.day) fault(c, S("day"), FAULT_PAST);
    if (v.new_risk && v.handling.n == 0) fault(c, S("handling"), FAULT_REQUIRED);
    v.id = id_next(c);
    v.case_id = k.id;
    v.no = (int64_t)visits_of(c, k.id).n + 1;
    v.visitor_id = c->who.id;
    v.at = now(c);
    db_insert(c, &q_visit, &v);
    if (clock_of(v.stage)) clock_finish(c, &k, str_of(clock_of(v.stage)), CLOCK_MET);
    if (clock_of(v.stage)) task_done(c, &k, S("visit_overdue"), v.stage);
    if (str_eq(v.stage, S("FINAL")) || v.performed) task_done(c, &k, S("visit"), v.stage);
    case_note(c, &k, S("visited"), v.stage);
    case_save(c, &k);
    reply_row(c, 201, &visit_form, &v);
    tx_end(c);
}

static void show_visits(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &visit_form, visits_of(c, k.id), (Str){ 0 });
}

/* ---- feedback ----------------------------------------------------------------------------------- */

static void feed_back(Ctx *c)
{
    Case k;
    Feedback f = { 0 };
    form_read(c, &feedback_form, &f);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    (void)case_unsealed(c, &k);
    f.id = id_next(c);
    f.case_id = k.id;
    f.by_id = c->who.id;
    f.at = now(c);
    db_insert(c, &q_feedback, &f);
    task_done(c, &k, S("feedback"), f.number);
    clock_finish(c, &k, S("C-LINK-RET"), CLOCK_MET);
    case_note(c, &k, S("fed_back"), f.addressee);
    case_save(c, &k);
    reply_row(c, 201, &feedback_form, &f);
    tx_end(c);
}

static void show_feedback(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &feedback_form, feedbacks_of(c, k.id), (Str){ 0 });
}

static const Hook hooks[] = {
    { AFTER, EV_SIGN, plan },
    { AFTER, EV_SIGN, ask_feedback }, /* of the other endings mediation asks */
};

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/visits", VISITOR | CLERK | HEAD, visit, "回访", "a follow-up visit",
      .in = &visit_form, .out = &visit_form },
    { "GET", "/api/v1/cases/:id/visits", STAFF, show_visits, "回访记录", "follow-up visits", .out = &visit_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/feedback", MEDIATORS | CLERK | HEAD, feed_back, "结果反馈",
      "the result, to whoever sent the case", .in = &feedback_form, .out = &feedback_form },
    { "GET", "/api/v1/cases/:id/feedback", STAFF, show_feedback, "反馈记录", "results fed back",
      .out = &feedback_form, .list = true },
};

const Slice followup_slice = {
    .name = "followup", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
};
