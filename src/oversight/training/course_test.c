/* A course's test: questions with letters to choose from, marked by the program. */
#include "core/audit.h"
#include "core/tx.h"
#include "oversight/training/training.h"

typedef struct Question {
    Id      course_id;
    int64_t no;
    Str     text, choices, answer;
} Question;

/* Some of A to F, rising: one or more right letters. */
static Fault check_answer(const Ctx *c, Str text)
{
    (void)c;
    for (size_t i = 0; i < text.n; i++) {
        bool letter = text.s[i] >= 'A' && text.s[i] <= 'F';
        if (!letter || (i && text.s[i] <= text.s[i - 1])) return FAULT_NOT_CODE;
    }
    return FAULT_NONE;
}

static const Field question_fields[] = {
    FIELD(Question, text,    .label = "题目", .en = "question", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(Question, choices, .label = "选项", .en = "choices", .rule = REQUIRED | PROSE, .min = 2, .max = 1000,
          .help = "每行一个，依次为 A、B、C……", .help_en = "one a line, they become A, B, C …"),
    FIELD(Question, answer,  .label = "答案", .en = "answer", .rule = REQUIRED, .max = 6, .check = check_answer),
    FIELD(Question, no,        .label = "题号", .en = "number", .rule = HIDDEN),
    FIELD(Question, course_id, .label = "课程", .en = "course", .rule = HIDDEN),
};
static const Form question_form = { "CourseQuestion", sizeof(Question), question_fields, COUNT(question_fields) };

/* What is asked, without the answer. */
static const Field asked_fields[] = {
    FIELD(Question, no,      .label = "题号", .en = "number"),
    FIELD(Question, text,    .label = "题目", .en = "question", .rule = PROSE),
    FIELD(Question, choices, .label = "选项", .en = "choices", .rule = PROSE),
};
static const Form asked_form = { "CourseAsked", sizeof(Question), asked_fields, COUNT(asked_fields) };

typedef struct Paper {
    Rows questions;
} Paper;
static const Field paper_fields[] = {
    FIELD(Paper, questions, .label = "试题", .en = "questions", .rule = REQUIRED, .min = 1, .max = 100,
          .child = &question_form),
};
static const Form paper_form = { "CoursePaper", sizeof(Paper), paper_fields, COUNT(paper_fields) };

typedef struct Answers {
    Str answers;
} Answers;
static const Field answers_fields[] = {
    FIELD(Answers, answers, .label = "作答", .en = "answers", .rule = REQUIRED, .max = 1000,
          .help = "按题号顺序，以空格分隔，如 A BC D",
          .help_en = "in the order of the questions with spaces between, such as A BC D"),
};
static const Form answers_form = { "CourseAnswers", sizeof(Answers), answers_fields, COUNT(answers_fields) };

static const Field result_fields[] = {
    FIELD(CoursePerson, points, .label = "得分", .en = "points"),
    FIELD(CoursePerson, passed, .label = "合格", .en = "passed"),
    FIELD(CoursePerson, minutes, .label = "计入学时（分钟）", .en = "minutes that count"),
};
static const Form result_form = { "CourseResult", sizeof(CoursePerson), result_fields, COUNT(result_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE course_question("
      "  course_id INTEGER NOT NULL REFERENCES course(id),"
      "  no        INTEGER NOT NULL,"
      "  text      TEXT NOT NULL,"
      "  choices   TEXT NOT NULL," /* one a line */
      "  answer    TEXT NOT NULL,"
      "  PRIMARY KEY(course_id, no)) STRICT;" },
};
static const Query q_clear = {
    .name = "course_test.clear", .in = &question_form,
    .sql = "DELETE FROM course_question WHERE course_id = :course_id",
};
static const Query q_add = {
    .name = "course_test.add", .in = &question_form,
    .sql = "INSERT INTO course_question(course_id, no, text, choices, answer)"
           " VALUES(:course_id, :no, :text, :choices, :answer)",
};
static const Query q_list = {
    .name = "course_test.list", .in = &question_form, .out = &question_form,
    .sql = "SELECT no, text, choices, answer FROM course_question WHERE course_id = :course_id ORDER BY no LIMIT 100",
};
static const Query *const queries[] = { &q_clear, &q_add, &q_list, NULL };

static Rows questions_of(Ctx *c, Id course_id)
{
    return db_list(c, &q_list, &(Question){ .course_id = course_id });
}

/* Only before the course is open, and only for one with a test. */
static void paper_set(Ctx *c)
{
    Course t = { 0 };
    Paper in = { 0 };
    (void)form_read(c, &paper_form, &in);
    tx_begin(c);
    (void)course_get(c, &t, true);
    bool may = str_eq(t.state, S("PLANNED")) && t.pass_points > 0;
    if (ok(c) && !may) fail(c, ERR_BLOCKED, t.state);
    db_change_any(c, &q_clear, &(Question){ .course_id = t.id });
    Question *q = in.questions.at;
    for (size_t i = 0; ok(c) && i < in.questions.n; i++) {
        q[i].course_id = t.id;
        q[i].no = (int64_t)i + 1;
        db_insert(c, &q_add, &q[i]);
    }
    audit_about(c, t.id);
    reply_rows(c, &asked_form, in.questions, (Str){ 0 });
    if (ok(c)) c->status = 201;
    tx_end(c);
}

static void paper_show(Ctx *c)
{
    Course t = { 0 };
    (void)course_get(c, &t, false);
    bool shown = !str_eq(t.state, S("PLANNED")) || c->who.roles & (HR | HEAD | ORG_MANAGER);
    if (ok(c) && !shown) fail(c, ERR_BLOCKED, t.state);
    reply_rows(c, &asked_form, questions_of(c, t.id), (Str){ 0 });
}

/* Of 100, half up. */
static int64_t mark(Rows rows, Str answers)
{
    const Question *q = rows.at;
    int64_t right = 0, n = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) right += str_eq(str_cut(&answers, ' '), q[i].answer);
    return n ? (right * 200 + n) / (2 * n) : 0;
}

/* May be tried again until it is passed. */
static void paper_answer(Ctx *c)
{
    Course t = { 0 };
    CoursePerson p = { 0 };
    Answers in = { 0 };
    (void)form_read(c, &answers_form, &in);
    tx_begin(c);
    (void)course_get(c, &t, false);
    (void)course_own(c, t.id, &p);
    bool begun = str_eq(t.state, S("OPEN")) || str_eq(t.state, S("CLOSED"));
    if (ok(c) && (!begun || !str_eq(p.state, S("ATTENDED")) || t.pass_points == 0)) {
        fail(c, ERR_BLOCKED, p.state);
    }
    if (ok(c) && p.passed) fail(c, ERR_BLOCKED, S("合格"));
    if (ok(c)) {
        p.points = mark(questions_of(c, t.id), in.answers);
        p.tested = true;
        p.passed = p.points >= t.pass_points;
        course_passed(c, &t, &p);
    }
    reply_row(c, 200, &result_form, &p);
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/courses/:id/test", HR | HEAD | ORG_MANAGER | MEDIATORS, paper_show, .zh = "查看试题",
      .en = "a course's test", .out = &asked_form, .list = true },
    { "POST", "/api/v1/courses/:id/questions", HR | HEAD | ORG_MANAGER, paper_set, .zh = "设置试题",
      .en = "set the questions", .in = &paper_form, .out = &asked_form, .list = true },
    { "POST", "/api/v1/courses/:id/test", MEDIATORS, paper_answer, .zh = "参加测试", .en = "take the test",
      .in = &answers_form, .out = &result_form },
};

const Slice course_test_slice = {
    .name = "course_test", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
