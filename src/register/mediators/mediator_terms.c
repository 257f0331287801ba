#include "register/mediators/mediator_terms.h"

#include "core/audit.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/mediators/mediator_ties.h"
#include "register/mediators/mediator_words.h"
#include "register/organisations/organisations.h"

static const Field term_fields[] = {
    FIELD(Term, id,          .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Term, mediator_id, .label = "调解员",   .en = "mediator", .rule = SERVER_SET),
    FIELD(Term, org_id,      .label = "聘任机构", .en = "organisation", .rule = SERVER_SET),
    FIELD(Term, org_name,    .label = "机构名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Term, name,        .label = "姓名",     .en = "name", .rule = SERVER_SET),
    FIELD(Term, no,          .label = "聘书编号", .en = "number of the letter", .rule = SERVER_SET),
    FIELD(Term, work,        .label = "专兼职",   .en = "full- or part-time", .rule = SERVER_SET, .codes = &mediator_works),
    FIELD(Term, event,       .label = "事项",     .en = "event", .rule = SERVER_SET, .codes = &mediator_events),
    FIELD(Term, from_day,    .label = "聘期起",   .en = "from", .rule = SERVER_SET),
    FIELD(Term, to_day,      .label = "聘期止",   .en = "to", .rule = SERVER_SET),
    FIELD(Term, day,         .label = "聘任日期", .en = "appointed on", .rule = SERVER_SET),
    FIELD(Term, actor,       .label = "经办",     .en = "actor", .rule = SERVER_SET),
    FIELD(Term, text,        .label = "聘书正文", .en = "text of the letter", .rule = SERVER_SET | PROSE, .max = 500),
    FIELD(Term, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Term, year,     .label = "年份", .en = "year", .rule = HIDDEN),
    FIELD(Term, serial,   .label = "序号", .en = "serial number", .rule = HIDDEN),
};
const Form term_form = FORM(Term, term_fields);

static const Code grade_rows[] = {
    { "EXCELLENT", "优秀", "excellent" }, { "QUALIFIED", "合格", "qualified" },
    { "UNQUALIFIED", "不合格", "unqualified" },
};
const Codes mediator_grades = { "mediator_grades", grade_rows, COUNT(grade_rows), NULL };

static const Field grade_fields[] = {
    FIELD(Grade, mediator_id,   .label = "调解员",         .en = "mediator"),
    FIELD(Grade, year,          .label = "年度",           .en = "year"),
    FIELD(Grade, grade,         .label = "等次",           .en = "grade", .codes = &mediator_grades),
    FIELD(Grade, points,        .label = "得分（万分之一分）", .en = "points, 1/10000"),
    FIELD(Grade, assessment_id, .label = "考核",           .en = "assessment"),
};
static const Form grade_form = FORM(Grade, grade_fields);

/* Whose term ends soon. */
typedef struct Ending {
    Id      id, org_id, after;
    Str     name, org_name, org_path, path_end, status, grade;
    Date    appointed_to, from, until;
    int64_t days, within, year;
    bool    may_renew;
} Ending;

static const Field ending_fields[] = {
    FIELD(Ending, id,           .label = "调解员",       .en = "mediator"),
    FIELD(Ending, name,         .label = "姓名",         .en = "name"),
    FIELD(Ending, org_id,       .label = "所属机构",     .en = "organisation"),
    FIELD(Ending, org_name,     .label = "机构名称",     .en = "its name"),
    FIELD(Ending, status,       .label = "状态",         .en = "status", .codes = &mediator_statuses),
    FIELD(Ending, appointed_to, .label = "聘期止",       .en = "term ends"),
    FIELD(Ending, days,         .label = "剩余天数",     .en = "days left"),
    FIELD(Ending, year,         .label = "最近考核年度", .en = "last assessed for"),
    FIELD(Ending, grade,        .label = "最近考核等次", .en = "last grade", .codes = &mediator_grades),
    FIELD(Ending, may_renew,    .label = "可以续聘",     .en = "may be renewed"),
    FIELD(Ending, after,    .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(Ending, within,   .label = "天内", .en = "within", .rule = HIDDEN),
    FIELD(Ending, from,     .label = "自",   .en = "from", .rule = HIDDEN),
    FIELD(Ending, until,    .label = "至",   .en = "until", .rule = HIDDEN),
    FIELD(Ending, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Ending, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
};
static const Form ending_form = FORM(Ending, ending_fields);
static const Field ending_find_fields[] = {
    FIELD(Ending, within, .label = "多少天内到期", .en = "ends within so many days", .min = 0, .max = 400),
    FIELD(Ending, after,  .label = "接续",         .en = "after"),
};
static const Form ending_find_form = {
    "TermEndingFind", sizeof(Ending), ending_find_fields, COUNT(ending_find_fields),
};

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE mediator_term("
      "  id          INTEGER PRIMARY KEY,"
      "  mediator_id INTEGER NOT NULL REFERENCES mediator(id),"
      "  org_id      INTEGER NOT NULL,"
      "  org_path    TEXT NOT NULL,"
      "  no          TEXT NOT NULL,"
      "  work        TEXT NOT NULL,"
      "  event       TEXT NOT NULL,"
      "  from_day    TEXT NOT NULL,"
      "  to_day      TEXT NOT NULL,"
      "  day         TEXT NOT NULL,"
      "  actor       INTEGER NOT NULL,"
      "  year        INTEGER NOT NULL,"
      "  serial      INTEGER NOT NULL) STRICT;"
      "CREATE INDEX mediator_term_by_mediator ON mediator_term(mediator_id, id);"
      "CREATE UNIQUE INDEX mediator_term_by_number ON mediator_term(org_id, year, serial);"
      "CREATE TABLE mediator_grade("
      "  mediator_id   INTEGER NOT NULL REFERENCES mediator(id),"
      "  year          INTEGER NOT NULL,"
      "  grade         TEXT NOT NULL,"
      "  points        INTEGER NOT NULL,"
      "  assessment_id INTEGER NOT NULL,"
      "  PRIMARY KEY(mediator_id, year)) STRICT;" },
};
static const char *const keeps[] = { "mediator_term", NULL };

static const Query q_add = {
    .name = "mediator_terms.add", .in = &term_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO mediator_term(id, mediator_id, org_id, org_path, no, work, event, from_day, to_day, day, actor,"
           " year, serial) VALUES(:id, :mediator_id, :org_id, :org_path, :no, :work, :event, :from_day, :to_day, :day,"
           " :actor, :year, :serial)",
};
static const Query q_last = {
    .name = "mediator_terms.last", .in = &term_form, .out = &term_form,
    .sql = "SELECT serial FROM mediator_term WHERE org_id = :org_id AND year = :year ORDER BY serial DESC LIMIT 1",
};
#define TERM "t.id, t.mediator_id, t.org_id, n.org_name, m.name, t.no, t.work, t.event, t.from_day, t.to_day," \
    " t.day, t.actor"
static const Query q_list = {
    .name = "mediator_terms.list", .in = &term_form, .out = &term_form,
    .sql = "SELECT " TERM " FROM mediator_term t JOIN mediator m ON m.id = t.mediator_id"
           " JOIN org_name n ON n.org_id = t.org_id WHERE t.mediator_id = :mediator_id ORDER BY t.id DESC LIMIT 100",
};
static const Query q_grade_set = {
    .name = "mediator_terms.grade_set", .in = &grade_form,
    .sql = "INSERT INTO mediator_grade(mediator_id, year, grade, points, assessment_id)"
           " VALUES(:mediator_id, :year, :grade, :points, :assessment_id) ON CONFLICT(mediator_id, year)"
           " DO UPDATE SET grade = :grade, points = :points, assessment_id = :assessment_id",
};
static const Query q_grades = {
    .name = "mediator_terms.grades", .in = &grade_form, .out = &grade_form,
    .sql = "SELECT mediator_id, year, grade, points, assessment_id FROM mediator_grade"
           " WHERE mediator_id = :mediator_id ORDER BY year DESC LIMIT 50",
};
#define LAST_GRADE(what) \
    "COALESCE((SELECT g." what " FROM mediator_grade g WHERE g.mediator_id = m.id ORDER BY g.year DESC LIMIT 1), "
static const Query q_ending = {
    .name = "mediator_terms.ending", .in = &ending_form, .out = &ending_form,
    .sql = "SELECT m.id, m.name, m.org_id, n.org_name, m.status, m.appointed_to, " LAST_GRADE("grade") "'') AS grade,"
           " " LAST_GRADE("year") "0) AS year FROM mediator m JOIN org_name n ON n.org_id = m.org_id"
           " WHERE m.org_path >= :org_path AND m.org_path < :path_end AND m.active = 1 AND m.appointed_to <= :until"
           " AND m.id > :after ORDER BY m.id LIMIT 200",
};
static const Query *const queries[] = {
    &q_add, &q_last, &q_list, &q_grade_set, &q_grades, &q_ending, NULL,
};

/* ---- terms and letters ------------------------------------------------------------- */

/* 柳江劳人调聘〔2026〕第003号; without a short name the organisation's whole one. */
static Str letter_no(Ctx *c, const Org *o, const Term *t)
{
    Str head = o->short_name.n ? o->short_name : o->name;
    Out out = { .buf = NEW(c->mem, char, head.n + 60), .cap = head.n + 60 };
    out_str(&out, head);
    out_str(&out, S("聘〔"));
    out_int(&out, t->year);
    out_str(&out, S("〕第"));
    out_pad(&out, t->serial, 3);
    out_str(&out, S("号"));
    return out_view(&out);
}

void term_add(Ctx *c, const Mediator *m, Str event)
{
    Org o = { 0 };
    Term last = { 0 };
    if (!org_get(c, m->org_id, &o)) return;
    Term t = { .id = id_next(c), .mediator_id = m->id, .org_id = m->org_id, .org_path = m->org_path,
        .work = m->work,
               .event = event, .from_day = m->appointed_from, .to_day = m->appointed_to, .day = c->today,
               .actor = c->who.id, .year = date_civil(c->today).year };
    (void)db_find(c, &q_last, &t, &last);
    t.serial = last.serial + 1;
    t.no = letter_no(c, &o, &t);
    db_insert(c, &q_add, &t);
}

/* The letter's sentence, with its blanks. */
static const char *const letter_text[] = { "兹聘任", "同志为", "调解员（", "），聘期自", "起至", "止。" };

static Str letter_of(Ctx *c, const Term *t)
{
    const Code *work = NULL;
    Out out = { .buf = NEW(c->mem, char, 800), .cap = 800 };
    (void)code_find(&mediator_works, t->work, &work);
    out_str(&out, str_of(letter_text[0]));
    out_str(&out, t->name);
    out_str(&out, str_of(letter_text[1]));
    out_str(&out, t->org_name);
    out_str(&out, str_of(letter_text[2]));
    out_str(&out, str_of(work ? work->zh : ""));
    out_str(&out, str_of(letter_text[3]));
    out_date(&out, t->from_day);
    out_str(&out, str_of(letter_text[4]));
    out_date(&out, t->to_day);
    out_str(&out, str_of(letter_text[5]));
    return out_view(&out);
}

bool term_last(Ctx *c, Id mediator_id, Term *t)
{
    Rows rows = db_list(c, &q_list, &(Term){ .mediator_id = mediator_id });
    if (rows.n == 0) return false;
    *t = *(const Term *)rows.at;
    return true;
}

static void term_list(Ctx *c)
{
    Mediator m = { 0 };
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    Rows rows = db_list(c, &q_list, &(Term){ .mediator_id = m.id });
    Term *t = rows.at;
    for (size_t i = 0; i < rows.n; i++) t[i].text = letter_of(c, &t[i]);
    reply_rows(c, &term_form, rows, (Str){ 0 });
}

/* ---- grades ------------------------------------------------------------------------------ */

void grade_set(Ctx *c, const Grade *g)
{
    audit_about(c, g->mediator_id);
    db_change(c, &q_grade_set, g);
}

bool grade_last(Ctx *c, Id mediator_id, Grade *g)
{
    Rows rows = db_list(c, &q_grades, &(Grade){ .mediator_id = mediator_id });
    if (rows.n == 0) return false;
    *g = *(const Grade *)rows.at;
    return true;
}

static void grade_list(Ctx *c)
{
    Mediator m = { 0 };
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    reply_rows(c, &grade_form, db_list(c, &q_grades, &(Grade){ .mediator_id = m.id }), (Str){ 0 });
}

/* ---- terms that end ------------------------------------------------------------------------ */

static void ending_list(Ctx *c)
{
    enum { USUAL_DAYS = 90 };
    Ending ask = { .within = USUAL_DAYS };
    (void)form_read_query(c, &ending_find_form, &ask);
    ask.org_path = c->who.org_path;
    ask.path_end = ask.org_path.n ? range_end(c->mem, ask.org_path) : ask.org_path; /* nobody's: nothing */
    ask.until = date_plus(c->today, (int)ask.within);
    Rows rows = db_list(c, &q_ending, &ask);
    Ending *e = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        e[i].days = e[i].appointed_to.day - c->today.day;
        e[i].may_renew = !str_eq(e[i].grade, S("UNQUALIFIED"));
    }
    reply_page(c, &ending_form, rows, PAGE_MAX, offsetof(Ending, id));
}

/* ---- the slice ------------------------------------------------------------------------------- */

enum { VIEWERS = CLERK | DISPATCHER | HEAD | ORG_MANAGER | HR | MEDIATORS };

static const Route routes[] = {
    { "GET", "/api/v1/mediators/:id/terms", VIEWERS, term_list, .zh = "聘期与聘书", .en = "terms and letters of appointment",
      .out = &term_form, .list = true },
    { "GET", "/api/v1/mediators/:id/grades", VIEWERS, grade_list, .zh = "历年考核等次", .en = "grades of the years",
      .out = &grade_form, .list = true },
    { "GET", "/api/v1/mediator-terms", HEAD | HR | ORG_MANAGER, ending_list, .zh = "聘期将满的调解员",
      .en = "mediators whose term ends soon", .query = &ending_find_form, .out = &ending_form, .list = true },
};

const Slice mediator_terms_slice = {
    .name = "mediator_terms", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations), .keeps = keeps,
};
