#include "oversight/training/training.h"

#include "core/audit.h"
#include "core/crypto.h"
#include "core/limits.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/mediators/mediator_ties.h"
#include "register/organisations/organisations.h"
#include "register/standing.h"

static const Code form_rows[] = {
    { "FOLLOW",  "跟班学习", "following a shift" }, { "LECTURE", "专题讲座", "lecture" },
    { "HEARING", "庭审观摩", "watching a hearing" }, { "CASES",   "案例分析", "analysis of cases" },
};
const Codes course_forms = { "course_forms", form_rows, COUNT(form_rows), NULL };

/* The topics are the specialties, and what every mediator must know. */
static const Code topic_rows[] = {
    { "WAGE", "劳动报酬", "pay" }, { "INJURY", "工伤", "work injury" }, { "INSURANCE", "社会保险", "social insurance" },
    { "ENDING", "解除、终止与经济补偿", "ending and compensation" }, { "RELATION", "劳动关系确认", "existence of the relation" },
    { "CONTRACT", "订立、变更、履行合同", "contracts" }, { "HOURS", "工时休假", "hours and leave" },
    { "WELFARE", "福利、培训与劳动保护", "welfare, training, protection" }, { "PERSONNEL", "人事争议", "personnel disputes" },
    { "NEF", "新就业形态与超龄用工", "new forms and over-age work" }, { "COLLECTIVE", "集体争议", "collective disputes" },
    { "SKILL", "调解技巧", "skills of mediation" }, { "DEADLINES", "期限与流程", "periods and procedure" },
    { "FILES", "案卷与归档", "files" }, { "CONDUCT", "职业纪律与保密", "conduct and secrecy" }, { "OTHER", "其他", "other" },
};
const Codes course_topics = { "course_topics", topic_rows, COUNT(topic_rows), NULL };

static const Code state_rows[] = {
    { "PLANNED", "已计划", "planned" }, { "OPEN", "进行中", "open" }, { "CLOSED", "已结束", "closed" },
    { "CANCELLED", "已取消", "cancelled" },
};
static const Codes states = { "course_states", state_rows, COUNT(state_rows), NULL };

static const Code person_state_rows[] = {
    { "ENROLLED", "已报名", "enrolled" }, { "ATTENDED", "已签到", "attended" }, { "ABSENT", "缺席", "absent" },
};
static const Codes person_states = { "course_person_states", person_state_rows, COUNT(person_state_rows), NULL };

static Fault check_hash_words(const Ctx *c, Str text)
{
    (void)c;
    while (text.n) {
        if (str_cut(&text, ' ').n != 64) return FAULT_NOT_KNOWN;
    }
    return FAULT_NONE;
}

static const Field course_fields[] = {
    FIELD(Course, id,          .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Course, org_id,      .label = "举办机构", .en = "organisation", .rule = SERVER_SET),
    FIELD(Course, org_name,    .label = "机构名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Course, form,        .label = "形式",     .en = "form", .rule = REQUIRED, .codes = &course_forms),
    FIELD(Course, topic,       .label = "主题",     .en = "topic", .rule = REQUIRED, .codes = &course_topics),
    FIELD(Course, title,       .label = "课程名称", .en = "title", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Course, starts,      .label = "开始时间", .en = "starts", .rule = REQUIRED),
    FIELD(Course, ends,        .label = "结束时间", .en = "ends", .rule = REQUIRED),
    FIELD(Course, minutes,     .label = "计入学时（分钟）", .en = "minutes that count", .rule = REQUIRED, .min = 10,
          .max = 10000),
    FIELD(Course, place,       .label = "地点",     .en = "place", .max = 100),
    FIELD(Course, teacher,     .label = "授课人",   .en = "teacher", .max = 60),
    FIELD(Course, seats,       .label = "名额",     .en = "seats", .max = 10000,
          .help = "0 为不限", .help_en = "0: no limit"),
    FIELD(Course, materials,   .label = "培训材料", .en = "materials", .rule = MANY, .max = 2000,
          .check = check_hash_words),
    FIELD(Course, pass_points, .label = "测试合格分", .en = "points to pass", .max = 100,
          .help = "0 为不测试", .help_en = "0: no test"),
    FIELD(Course, state,       .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Course, code,        .label = "签到码",   .en = "code of attendance", .rule = SERVER_SET),
    FIELD(Course, enrolled,    .label = "报名人数", .en = "enrolled", .rule = SERVER_SET),
    FIELD(Course, attended,    .label = "签到人数", .en = "attended", .rule = SERVER_SET),
    FIELD(Course, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Course, path,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Course, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Course, after,    .label = "接续", .en = "after", .rule = HIDDEN),
};
const Form course_form = FORM(Course, course_fields);

static const Field find_fields[] = {
    FIELD(Course, state, .label = "状态", .en = "state", .codes = &states),
    FIELD(Course, after, .label = "接续", .en = "after"),
};
static const Form find_form = { "CourseFind", sizeof(Course), find_fields, COUNT(find_fields) };

static const Field person_fields[] = {
    FIELD(CoursePerson, id,          .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(CoursePerson, mediator_id, .label = "调解员",   .en = "mediator",
          .help = "本人报名不填", .help_en = "empty: you enrol yourself"),
    FIELD(CoursePerson, name,        .label = "姓名",     .en = "name", .rule = SERVER_SET),
    FIELD(CoursePerson, org_name,    .label = "所属机构", .en = "organisation", .rule = SERVER_SET),
    FIELD(CoursePerson, state,       .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &person_states),
    FIELD(CoursePerson, attended,    .label = "签到时间", .en = "attended at", .rule = SERVER_SET),
    FIELD(CoursePerson, minutes,     .label = "计入学时（分钟）", .en = "minutes that count", .rule = SERVER_SET),
    FIELD(CoursePerson, tested,      .label = "已测试",   .en = "tested", .rule = SERVER_SET),
    FIELD(CoursePerson, points,      .label = "测试得分", .en = "points", .rule = SERVER_SET),
    FIELD(CoursePerson, passed,      .label = "测试合格", .en = "passed", .rule = SERVER_SET),
    FIELD(CoursePerson, course_id, .label = "课程", .en = "course", .rule = HIDDEN),
};
const Form course_person_form = FORM(CoursePerson, person_fields);

typedef struct Attend {
    Str code;
} Attend;
static const Field attend_fields[] = {
    FIELD(Attend, code, .label = "签到码", .en = "code", .rule = REQUIRED, .min = 4, .max = 12),
};
static const Form attend_form = { "CourseAttend", sizeof(Attend), attend_fields, COUNT(attend_fields) };

/* ---- hours of a year ------------------------------------------------------------------ */

typedef struct Hours {
    Id      mediator_id, org_id, after;
    Str     name, org_name, source, path, path_end;
    int64_t year, minutes, need, lacking;
    Date    from, to;
    Time    from_at, to_at;
} Hours;

static const Field hours_fields[] = {
    FIELD(Hours, mediator_id, .label = "调解员",       .en = "mediator"),
    FIELD(Hours, name,        .label = "姓名",         .en = "name"),
    FIELD(Hours, org_name,    .label = "所属机构",     .en = "organisation"),
    FIELD(Hours, minutes,     .label = "已培训（分钟）", .en = "minutes done"),
    FIELD(Hours, need,        .label = "应培训（分钟）", .en = "minutes due"),
    FIELD(Hours, lacking,     .label = "尚缺（分钟）", .en = "minutes lacking"),
    FIELD(Hours, org_id,   .label = "机构", .en = "organisation", .rule = HIDDEN),
    FIELD(Hours, source,   .label = "来源", .en = "source", .rule = HIDDEN),
    FIELD(Hours, year,     .label = "年度", .en = "year", .rule = HIDDEN),
    FIELD(Hours, after,    .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(Hours, path,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Hours, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Hours, from,     .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(Hours, to,       .label = "至", .en = "to", .rule = HIDDEN),
    FIELD(Hours, from_at,  .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(Hours, to_at,    .label = "至", .en = "to", .rule = HIDDEN),
};
static const Form hours_form = { "TrainingHours", sizeof(Hours), hours_fields, COUNT(hours_fields) };
static const Field hours_find_fields[] = {
    FIELD(Hours, year,  .label = "年度", .en = "year", .min = 2000, .max = 2200),
    FIELD(Hours, after, .label = "接续", .en = "after"),
};
static const Form hours_find_form = { "TrainingHoursFind", sizeof(Hours), hours_find_fields, COUNT(hours_find_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE course("
      "  id          INTEGER PRIMARY KEY,"
      "  org_id      INTEGER NOT NULL,"
      "  org_path    TEXT NOT NULL,"
      "  form        TEXT NOT NULL,"
      "  topic       TEXT NOT NULL,"
      "  title       TEXT NOT NULL,"
      "  starts      INTEGER NOT NULL,"
      "  ends        INTEGER NOT NULL,"
      "  minutes     INTEGER NOT NULL,"
      "  place       TEXT NOT NULL,"
      "  teacher     TEXT NOT NULL,"
      "  seats       INTEGER NOT NULL,"
      "  materials   TEXT NOT NULL,"   /* SHA-256 of files */
      "  pass_points INTEGER NOT NULL," /* 0: no test */
      "  state       TEXT NOT NULL,"
      "  code        TEXT NOT NULL) STRICT;"
      "CREATE INDEX course_by_path ON course(org_path, id);"
      "CREATE TABLE course_person("
      "  id          INTEGER PRIMARY KEY,"
      "  course_id   INTEGER NOT NULL REFERENCES course(id),"
      "  mediator_id INTEGER NOT NULL,"
      "  state       TEXT NOT NULL,"
      "  attended    INTEGER NOT NULL,"
      "  minutes     INTEGER NOT NULL," /* that count; 0 until all is done */
      "  tested      INTEGER NOT NULL,"
      "  points      INTEGER NOT NULL,"
      "  passed      INTEGER NOT NULL,"
      "  UNIQUE(course_id, mediator_id)) STRICT;"
      "CREATE INDEX course_person_by_mediator ON course_person(mediator_id, attended);" },
};

#define COLUMNS "t.id, t.org_id, n.org_name, t.org_path, t.form, t.topic, t.title, t.starts, t.ends, t.minutes, t.place," \
    " t.teacher, t.seats, t.materials, t.pass_points, t.state, t.code," \
    " (SELECT COUNT(*) FROM course_person x WHERE x.course_id = t.id) AS enrolled," \
    " (SELECT COUNT(*) FROM course_person x WHERE x.course_id = t.id AND x.state = 'ATTENDED') AS attended"
#define FROM " FROM course t JOIN org_name n ON n.org_id = t.org_id"
static const Query q_add = {
    .name = "training.add", .in = &course_form,
    .sql = "INSERT INTO course(id, org_id, org_path, form, topic, title, starts, ends, minutes, place, teacher, seats,"
           " materials, pass_points, state, code) VALUES(:id, :org_id, :org_path, :form, :topic, :title, :starts, :ends,"
           " :minutes, :place, :teacher, :seats, :materials, :pass_points, :state, '')",
};
static const Query q_get = {
    .name = "training.get", .in = &course_form, .out = &course_form,
    .sql = "SELECT " COLUMNS FROM " WHERE t.id = :id",
};
static const Query q_state = {
    .name = "training.state", .in = &course_form,
    .sql = "UPDATE course SET state = :state, code = :code WHERE id = :id",
};
/* Of its own subtree, and of the offices above. */
static const Filter filters[] = { { "state", " AND t.state = :state" } };
static const Query q_list = {
    .name = "training.list", .in = &course_form, .out = &course_form,
    .sql = "SELECT " COLUMNS FROM " WHERE ((t.org_path >= :path AND t.org_path < :path_end)"
           " OR SUBSTR(:path, 1, LENGTH(t.org_path)) = t.org_path) AND t.id > :after",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY t.id LIMIT 200",
};
static const Query q_person_add = {
    .name = "training.person_add", .in = &course_person_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO course_person(id, course_id, mediator_id, state, attended, minutes, tested, points, passed)"
           " VALUES(:id, :course_id, :mediator_id, 'ENROLLED', 0, 0, 0, 0, 0)",
};
#define PERSON "p.id, p.course_id, p.mediator_id, m.name, n.org_name, p.state, p.attended, p.minutes, p.tested, p.points," \
    " p.passed FROM course_person p JOIN mediator m ON m.id = p.mediator_id JOIN org_name n ON n.org_id = m.org_id"
static const Query q_person = {
    .name = "training.person", .in = &course_person_form, .out = &course_person_form,
    .sql = "SELECT " PERSON " WHERE p.course_id = :course_id AND p.mediator_id = :mediator_id",
};
static const Query q_people = {
    .name = "training.people", .in = &course_person_form, .out = &course_person_form,
    .sql = "SELECT " PERSON " WHERE p.course_id = :course_id ORDER BY p.id LIMIT 1000",
};
static const Query q_person_keep = {
    .name = "training.person_keep", .in = &course_person_form,
    .sql = "UPDATE course_person SET state = :state, attended = :attended, minutes = :minutes, tested = :tested,"
           " points = :points, passed = :passed WHERE id = :id",
};
static const Query q_absent = {
    .name = "training.absent", .in = &course_person_form,
    .sql = "UPDATE course_person SET state = 'ABSENT' WHERE course_id = :course_id AND state = 'ENROLLED'",
};
static const Query q_void = { /* of a course that was called off nobody has hours */
    .name = "training.void", .in = &course_person_form,
    .sql = "UPDATE course_person SET state = 'ENROLLED', attended = 0, minutes = 0 WHERE course_id = :course_id",
};
/* Minutes of a mediator `m` between :from_at and :to_at, shift training by its last day. */
#define MINUTES_OF_M \
    " CAST(COALESCE((SELECT SUM(p.minutes) FROM course_person p WHERE p.mediator_id = m.id AND p.attended >= :from_at" \
    " AND p.attended < :to_at), 0) + COALESCE((SELECT SUM(r.minutes) FROM rotation r WHERE r.mediator_id = m.id" \
    " AND r.state = 'DONE' AND r.to_day >= :from AND r.to_day <= :to), 0) AS BIGINT) AS minutes"
static const Query q_hours = {
    .name = "training.hours", .in = &hours_form, .out = &hours_form,
    .sql = "SELECT m.id AS mediator_id, m.name, n.org_name, m.source," MINUTES_OF_M
           " FROM mediator m JOIN org_name n ON n.org_id = m.org_id WHERE m.org_path >= :path AND m.org_path < :path_end"
           " AND m.active = 1 AND m.id > :after ORDER BY m.id LIMIT 200",
};
static const Query q_hours_one = {
    .name = "training.hours_one", .in = &hours_form, .out = &hours_form,
    .sql = "SELECT m.source," MINUTES_OF_M " FROM mediator m WHERE m.id = :mediator_id",
};
static const Query q_hours_org = {
    .name = "training.hours_org", .in = &hours_form, .out = &hours_form,
    .sql = "SELECT m.source," MINUTES_OF_M " FROM mediator m WHERE m.org_id = :org_id AND m.active = 1 ORDER BY m.id"
           " LIMIT 1000",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_state, &q_list, &q_person_add, &q_person, &q_people, &q_person_keep, &q_absent,
    &q_void,
    &q_hours,
    &q_hours_one, &q_hours_org, NULL,
};

/* ---- courses ---------------------------------------------------------------------------- */

enum { KEEPERS = HR | HEAD | ORG_MANAGER };

static bool keeps_course(const Ctx *c, const Course *t)
{
    return c->who.roles & KEEPERS && org_sees(c, t->org_path);
}

bool course_find(Ctx *c, Id id, Course *t, bool keep)
{
    if (!db_get(c, &q_get, &(Course){ .id = id }, t)) return false;
    bool sees = org_sees(c, t->org_path) || str_starts(c->who.org_path, t->org_path);
    if (!(keep ? keeps_course(c, t) : sees)) fail(c, ERR_FORBIDDEN, t->title);
    return ok(c);
}

bool course_get(Ctx *c, Course *t, bool keep)
{
    return course_find(c, arg_id(c, 0), t, keep);
}

Rows course_people(Ctx *c, Id course_id)
{
    return db_list(c, &q_people, &(CoursePerson){ .course_id = course_id });
}

/* The code is for the room, not for the list. */
static void hide_code(const Ctx *c, Course *t)
{
    if (!keeps_course(c, t)) t->code = (Str){ 0 };
}

static void course_add(Ctx *c)
{
    Org o = { 0 };
    Course t = { .state = S("PLANNED") };
    (void)form_read(c, &course_form, &t);
    if (ok(c) && t.ends.s <= t.starts.s) fault(c, S("ends"), FAULT_ORDER);
    tx_begin(c);
    if (org_get(c, c->who.org, &o)) org_need(c, o.path);
    t.id = id_next(c);
    t.org_id = o.id;
    t.org_name = o.name;
    t.org_path = o.path;
    audit_about(c, t.id);
    db_insert(c, &q_add, &t);
    reply_row(c, 201, &course_form, &t);
    tx_end(c);
}

static void course_list(Ctx *c)
{
    Course ask = { 0 };
    (void)form_read_query(c, &find_form, &ask);
    ask.path = c->who.org_path;
    if (ask.path.n == 0) fail(c, ERR_FORBIDDEN, c->path);
    ask.path_end = path_end(c->mem, ask.path);
    Rows rows = db_list(c, &q_list, &ask);
    Course *t = rows.at;
    for (size_t i = 0; i < rows.n; i++) hide_code(c, &t[i]);
    reply_page(c, &course_form, rows, PAGE_MAX, offsetof(Course, id));
}

typedef struct CourseMove {
    Str event;
} CourseMove;
static const Code move_rows[] = {
    { "open", "开课并生成签到码", "open" }, { "close", "结束", "close" }, { "cancel", "取消", "cancel" },
};
static const Codes course_moves = { "course_moves", move_rows, COUNT(move_rows), NULL };
static const Field move_fields[] = {
    FIELD(CourseMove, event, .label = "事项", .en = "event", .rule = REQUIRED, .codes = &course_moves),
};
static const Form move_form = FORM(CourseMove, move_fields);

static const struct { const char *event, *from, *to; } way[] = {
    { "open", "PLANNED", "OPEN" }, { "close", "OPEN", "CLOSED" }, { "cancel", "PLANNED", "CANCELLED" },
    { "cancel", "OPEN", "CANCELLED" },
};

static void course_move(Ctx *c)
{
    enum { CODE = 6 };
    Course t = { 0 };
    CourseMove in = { 0 };
    (void)form_read(c, &move_form, &in);
    tx_begin(c);
    Str was = course_get(c, &t, true) ? t.state : (Str){ 0 };
    bool moved = false;
    for (size_t i = 0; ok(c) && i < COUNT(way); i++) {
        if (!str_eq(str_of(way[i].event), in.event) || !str_eq(str_of(way[i].from), was)) continue;
        t.state = str_of(way[i].to);
        moved = true;
    }
    if (ok(c) && !moved) fail(c, ERR_BLOCKED, was);
    if (str_eq(in.event, S("open")) && ok(c)) t.code = digits_new(c->mem, CODE);
    if (str_eq(in.event, S("cancel"))) t.attended = 0;
    if (str_eq(in.event, S("cancel"))) db_change_any(c, &q_void, &(CoursePerson){ .course_id = t.id });
    if (str_eq(in.event, S("close"))) db_change_any(c, &q_absent, &(CoursePerson){ .course_id = t.id });
    audit_about(c, t.id);
    db_change(c, &q_state, &t);
    reply_row(c, 200, &course_form, &t);
    tx_end(c);
}

/* ---- people -------------------------------------------------------------------------------- */

/* Whom the body names, by their office; else c's own mediator. */
static void who_comes(Ctx *c, const CoursePerson *p, Mediator *m)
{
    if (!ok(c)) return;
    bool self = p->mediator_id.n == 0;
    bool there = self ? mediator_of_user(c, c->who.id, m) : mediator_get(c, p->mediator_id, m);
    if (ok(c) && !there) fault(c, S("mediator_id"), FAULT_REQUIRED);
    if (ok(c) && !self && !(c->who.roles & KEEPERS)) fail(c, ERR_FORBIDDEN, m->name);
    if (ok(c) && !self) org_need(c, m->org_path);
}

static void person_add(Ctx *c)
{
    Course t = { 0 };
    CoursePerson p = { 0 };
    Mediator m = { 0 };
    (void)form_read(c, &course_person_form, &p);
    tx_begin(c);
    (void)course_get(c, &t, false);
    who_comes(c, &p, &m);
    bool takes = str_eq(t.state, S("PLANNED")) || str_eq(t.state, S("OPEN"));
    if (ok(c) && !takes) fail(c, ERR_BLOCKED, t.state);
    if (ok(c) && t.seats && t.enrolled >= t.seats) fail(c, ERR_BLOCKED, S("名额已满"));
    p.id = id_next(c);
    p.course_id = t.id;
    p.mediator_id = m.id;
    p.name = m.name;
    p.org_name = m.org_name;
    p.state = S("ENROLLED");
    audit_about(c, t.id);
    db_insert(c, &q_person_add, &p);
    db_change(c, &q_state, &t); /* so that two cannot both take the last seat */
    reply_row(c, 201, &course_person_form, &p);
    tx_end(c);
}

static void person_list(Ctx *c)
{
    Course t = { 0 };
    (void)course_get(c, &t, true);
    reply_rows(c, &course_person_form, course_people(c, t.id), (Str){ 0 });
}

bool course_own(Ctx *c, Id course_id, CoursePerson *p)
{
    Mediator m = { 0 };
    bool own = ok(c) && mediator_of_user(c, c->who.id, &m);
    *p = (CoursePerson){ .course_id = course_id, .mediator_id = m.id };
    bool there = own && db_find(c, &q_person, p, p);
    if (ok(c) && !there) fail(c, ERR_BLOCKED, S("未报名"));
    return there;
}

/* Minutes count when one was there and, if there is a test, passed it. */
static void count_minutes(const Course *t, CoursePerson *p)
{
    bool there = str_eq(p->state, S("ATTENDED"));
    p->minutes = there && (t->pass_points == 0 || p->passed) ? t->minutes : 0;
}

void course_passed(Ctx *c, const Course *t, CoursePerson *p)
{
    count_minutes(t, p);
    audit_about(c, t->id);
    db_change(c, &q_person_keep, p);
}

static void attend(Ctx *c)
{
    Course t = { 0 };
    CoursePerson p = { 0 };
    Attend in = { 0 };
    (void)form_read(c, &attend_form, &in);
    tx_begin(c);
    (void)course_get(c, &t, false);
    (void)course_own(c, t.id, &p);
    if (ok(c) && !str_eq(t.state, S("OPEN"))) fail(c, ERR_BLOCKED, t.state);
    if (ok(c) && !str_eq(t.code, in.code)) fault(c, S("code"), FAULT_MISMATCH);
    if (str_eq(p.state, S("ENROLLED"))) p.attended = now(c);
    p.state = S("ATTENDED");
    count_minutes(&t, &p);
    audit_about(c, t.id);
    db_change(c, &q_person_keep, &p);
    reply_row(c, 200, &course_person_form, &p);
    tx_end(c);
}

/* ---- hours --------------------------------------------------------------------------------- */

static Hours between(const TrainingAsk *ask)
{
    return (Hours){ .mediator_id = ask->mediator_id, .org_id = ask->org_id, .from = ask->from, .to = ask->to,
                    .from_at = time_at(ask->from, 0, 0), .to_at = time_at(date_plus(ask->to, 1), 0, 0) };
}

/* Minutes due from day to day, by the year's hours. */
static int64_t due_minutes(const Ctx *c, Str source, Date from, Date to)
{
    enum { HOUR = 60, YEAR = 365 };
    if (!c->law) return 0;
    Look look = { .params = &c->law->params, .day = to };
    bool arbitrator = str_eq(source, S("ARBITRATOR"));
    int64_t hours = param(&look, arbitrator ? "TRAINING_HOURS_ARBITRATOR" : "TRAINING_HOURS_YEAR");
    int64_t days = to.day - from.day + 1;
    return days >= YEAR ? hours * HOUR : hours * HOUR * days / YEAR;
}

static Rows hours_of(Ctx *c, const TrainingAsk *ask)
{
    Hours f = between(ask);
    return db_list(c, ask->mediator_id.n ? &q_hours_one : &q_hours_org, &f);
}

int64_t training_done(Ctx *c, const TrainingAsk *ask)
{
    Rows rows = hours_of(c, ask);
    int64_t sum = 0;
    for (size_t i = 0; i < rows.n; i++) sum += ((const Hours *)rows.at)[i].minutes;
    return sum;
}

int64_t training_need(Ctx *c, const TrainingAsk *ask)
{
    Rows rows = hours_of(c, ask);
    int64_t sum = 0;
    for (size_t i = 0; i < rows.n; i++) {
        sum += due_minutes(c, ((const Hours *)rows.at)[i].source, ask->from, ask->to);
    }
    return sum;
}

static void hours_list(Ctx *c)
{
    Hours ask = { .year = date_civil(c->today).year };
    (void)form_read_query(c, &hours_find_form, &ask);
    Date from = date_of((int)ask.year, 1, 1), to = date_of((int)ask.year, 12, 31);
    Hours f = between(&(TrainingAsk){ .from = from, .to = to });
    f.after = ask.after;
    f.path = c->who.org_path;
    f.path_end = f.path.n ? path_end(c->mem, f.path) : f.path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_hours, &f);
    Hours *h = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        h[i].need = due_minutes(c, h[i].source, from, to);
        h[i].lacking = h[i].need > h[i].minutes ? h[i].need - h[i].minutes : 0;
    }
    reply_page(c, &hours_form, rows, PAGE_MAX, offsetof(Hours, mediator_id));
}

/* ---- the slice ---------------------------------------------------------------------------------- */

static const Route routes[] = {
    { "GET", "/api/v1/courses", STAFF, course_list, .zh = "培训课程", .en = "courses", .query = &find_form,
      .out = &course_form, .list = true },
    { "POST", "/api/v1/courses", KEEPERS, course_add, .zh = "安排培训", .en = "plan a course", .in = &course_form,
      .out = &course_form },
    { "POST", "/api/v1/courses/:id/status", KEEPERS, course_move, .zh = "开课、结束或者取消", .en = "open, close or cancel",
      .in = &move_form, .out = &course_form },
    { "GET", "/api/v1/courses/:id/people", KEEPERS, person_list, .zh = "培训人员", .en = "who takes part",
      .out = &course_person_form, .list = true },
    { "POST", "/api/v1/courses/:id/people", KEEPERS | MEDIATORS, person_add, .zh = "培训报名", .en = "enrol",
      .in = &course_person_form, .out = &course_person_form },
    { "POST", "/api/v1/courses/:id/attend", MEDIATORS, attend, .zh = "培训签到", .en = "attend, by the code",
      .in = &attend_form, .out = &course_person_form },
    { "GET", "/api/v1/training-hours", KEEPERS, hours_list, .zh = "年度学时", .en = "hours of the year",
      .query = &hours_find_form, .out = &hours_form, .list = true },
};

const Slice training_slice = {
    .name = "training", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
