#include "case/6-followup/opinion.h"
#include "case/task.h"

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code opinion_kind_rows[] = {
    { "RATING", "评价", "rating" }, { "COMPLAINT", "投诉", "complaint" }, { "SUGGESTION", "建议", "suggestion" },
};
static const Codes opinion_kind = CODES(opinion_kind);

static const Field fields[] = {
    FIELD(Opinion, id,          .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Opinion, case_id,     .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Opinion, kind,        .label = "类型",     .en = "kind", .rule = REQUIRED, .codes = &opinion_kind),
    FIELD(Opinion, stars,       .label = "满意度（1至5）", .en = "satisfaction, 1 to 5", .min = 1, .max = 5),
    FIELD(Opinion, text,        .label = "内容",     .en = "text", .rule = PROSE, .max = 2000),
    FIELD(Opinion, side,        .label = "提出方",   .en = "side", .rule = SERVER_SET),
    FIELD(Opinion, by_id,       .label = "提出人",   .en = "by", .rule = SERVER_SET),
    FIELD(Opinion, at,          .label = "提出时间", .en = "at", .rule = SERVER_SET),
    FIELD(Opinion, answer,      .label = "答复",     .en = "answer", .rule = SERVER_SET | PROSE),
    FIELD(Opinion, answered_by, .label = "答复人",   .en = "answered by", .rule = SERVER_SET),
    FIELD(Opinion, answered_at, .label = "答复时间", .en = "answered at", .rule = SERVER_SET),
};
const Form opinion_form = FORM(Opinion, fields);

typedef struct Answer { Str answer; } Answer;
static const Field answer_fields[] = {
    FIELD(Answer, answer, .label = "答复", .en = "answer", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form answer_form = { .name = "OpinionAnswer", .size = sizeof(Answer), .field = answer_fields,
                                  .n = COUNT(answer_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE opinion("
      "  id       INTEGER PRIMARY KEY,"
      "  case_id  INTEGER NOT NULL REFERENCES cases,"
      "  kind     TEXT NOT NULL, stars INTEGER NOT NULL CHECK(stars BETWEEN 0 AND 5),"
      "  text     TEXT NOT NULL,"
      "  side     TEXT NOT NULL, by_id INTEGER NOT NULL,"  /* the party who said it */
      "  at       INTEGER NOT NULL,"
      "  answer   TEXT NOT NULL, answered_by INTEGER NOT NULL, answered_at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX opinion_by_case ON opinion(case_id, id);" },
};

#define COLUMNS "id, case_id, kind, stars, text, side, by_id, at, answer, answered_by, answered_at"

static const Query q_add = {
    .name = "opinion.add", .in = &opinion_form,
    .sql = "INSERT INTO opinion(" COLUMNS ") VALUES(:id, :case_id, :kind, :stars, :text, :side, :by_id, :at, '', 0, 0)",
};
static const Query q_list = {
    .name = "opinion.list", .in = &opinion_form, .out = &opinion_form,
    .sql = "SELECT " COLUMNS " FROM opinion WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query q_get = {
    .name = "opinion.get", .in = &opinion_form, .out = &opinion_form,
    .sql = "SELECT " COLUMNS " FROM opinion WHERE id = :id",
};
static const Query q_answer = {
    .name = "opinion.answer", .in = &opinion_form,
    .sql = "UPDATE opinion SET answer = :answer, answered_by = :answered_by, answered_at = :answered_at"
           " WHERE id = :id AND answer = ''",
};
static const Query *const queries[] = { &q_add, &q_list, &q_get, &q_answer, NULL };

static void rule_says_something(Ctx *c, const Opinion *o)
{
    bool rating = str_eq(o->kind, S("RATING"));
    if (rating && o->stars == 0) fault(c, S("stars"), FAULT_REQUIRED);
    if (!rating && o->text.n == 0) fault(c, S("text"), FAULT_REQUIRED);
    if (!rating && o->stars) fault(c, S("stars"), FAULT_NOT_ALLOWED);
}

static void say(Ctx *c)
{
    Case k;
    Opinion o = { 0 };
    form_read(c, &opinion_form, &o);
    rule_says_something(c, &o);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    o.id = id_next(c);
    o.case_id = k.id;
    o.by_id = c->who.id;
    o.side = c->who.sides & RESPONDENT ? S("RESP") : c->who.sides & THIRD_PARTY ? S("THIRD") : S("APPL");
    o.at = now(c);
    db_insert(c, &q_add, &o);
    case_note(c, &k, S("opinion"), o.kind);
    if (str_eq(o.kind, S("COMPLAINT"))) {
        task_add(c, &k, S("complaint"), ROLE_HEAD, task_due(c, case_param(c, &k, "COMPLAINT_ANSWER_WD")));
    }
    reply_row(c, 201, &opinion_form, &o);
    tx_end(c);
}

/* A party sees what its own side has said; the office sees all. */
static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows all = db_list(c, &q_list, &(Opinion){ .case_id = k.id });
    bool party = (c->who.roles & (uint32_t)PARTIES) != 0;
    Opinion *mine = NEW(c->mem, Opinion, all.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const Opinion *o = (const Opinion *)all.at + i;
        if (!party || o->by_id.n == c->who.id.n) mine[n++] = *o;
    }
    reply_rows(c, &opinion_form, (Rows){ mine, n }, (Str){ 0 });
}

static void answer(Ctx *c)
{
    Case k;
    Answer in = { 0 };
    form_read(c, &answer_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    Opinion o = { .id = arg_id(c, 1) };
    db_get(c, &q_get, &o, &o);
    if (ok(c) && o.case_id.n != k.id.n) fail(c, ERR_NOT_FOUND, S("opinion"));
    if (ok(c) && o.answer.n) fail(c, ERR_CLASH, S("opinion"));
    o.answer = in.answer;
    o.answered_by = c->who.id;
    o.answered_at = now(c);
    db_change(c, &q_answer, &o);
    if (str_eq(o.kind, S("COMPLAINT"))) task_done(c, &k, S("complaint"), in.answer);
    case_note(c, &k, S("opinion_answered"), o.kind);
    reply_row(c, 200, &opinion_form, &o);
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/opinions", PARTIES, say, "评价、投诉、建议", "rate, complain, suggest",
      .in = &opinion_form, .out = &opinion_form },
    { "GET", "/api/v1/cases/:id/opinions", PARTIES | STAFF, list, "评价、投诉、建议", "ratings, complaints, suggestions",
      .out = &opinion_form, .list = true },
    { "POST", "/api/v1/cases/:id/opinions/:opinion/answer", HEAD, answer, "答复评价、投诉、建议",
      "answer a rating, complaint or suggestion", .in = &answer_form, .out = &opinion_form },
};

const Slice opinion_slice = {
    .name = "opinion", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
