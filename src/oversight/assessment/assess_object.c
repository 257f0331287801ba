/* What people add to the numbers, and what happens after they are known: vetoes,
** points by hand, the freeze, objections and answers, what is final. */
#include "core/audit.h"
#include "core/tx.h"
#include "oversight/assessment/assessment.h"
#include "register/mediators/mediator_terms.h"
#include "register/organisations/organisations.h"

typedef struct Hand {
    Id      assessed_id;
    Str     code;
    int64_t points;
    Str     note;
    Id      actor;
    Time    at;
} Hand;
static const Field hand_fields[] = {
    FIELD(Hand, code,   .label = "指标",   .en = "item", .rule = REQUIRED, .max = 40),
    FIELD(Hand, points, .label = "评定分（0至100）", .en = "points, 0 to 100", .rule = REQUIRED, .min = 0, .max = 100),
    FIELD(Hand, note,   .label = "评定依据", .en = "on what ground", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(Hand, actor,  .label = "评定人", .en = "by", .rule = SERVER_SET),
    FIELD(Hand, at,     .label = "评定时间", .en = "at", .rule = SERVER_SET),
    FIELD(Hand, assessed_id, .label = "结果", .en = "result", .rule = HIDDEN),
};
static const Form hand_form = { "AssessHand", sizeof(Hand), hand_fields, COUNT(hand_fields) };

typedef struct Veto {
    Str code, reason, proof;
} Veto;
static Fault check_hash_words(const Ctx *c, Str text)
{
    (void)c;
    while (text.n) {
        if (str_cut(&text, ' ').n != 64) return FAULT_NOT_KNOWN;
    }
    return FAULT_NONE;
}
static const Field veto_fields[] = {
    FIELD(Veto, code,   .label = "一票否决项", .en = "veto", .max = 40,
          .help = "不填为撤销否决", .help_en = "empty: takes the veto back"),
    FIELD(Veto, reason, .label = "事由",       .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(Veto, proof,  .label = "证明材料",   .en = "proof", .rule = MANY, .max = 2000, .check = check_hash_words),
};
static const Form veto_form = { "AssessVeto", sizeof(Veto), veto_fields, COUNT(veto_fields) };

typedef struct Objection {
    Id   id, assessed_id, assessment_id;
    Str  name, text;
    Id   by_id;
    Time at;
    Str  answer;
    bool changed;
    Id   answered_by;
    Time answered_at;
    int64_t before, total;  /* points, 1/10000 */
    Str  grade_before, grade;
} Objection;
static const Field objection_fields[] = {
    FIELD(Objection, id,          .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Objection, assessed_id, .label = "考核结果", .en = "result", .rule = SERVER_SET),
    FIELD(Objection, name,        .label = "对象",     .en = "subject", .rule = SERVER_SET),
    FIELD(Objection, text,        .label = "异议",     .en = "objection", .rule = REQUIRED | PROSE, .min = 4, .max = 1000),
    FIELD(Objection, by_id,       .label = "提出人",   .en = "by", .rule = SERVER_SET),
    FIELD(Objection, at,          .label = "提出时间", .en = "at", .rule = SERVER_SET),
    FIELD(Objection, answer,      .label = "答复",     .en = "answer", .rule = SERVER_SET | PROSE, .max = 1000),
    FIELD(Objection, changed,     .label = "已更正",   .en = "changed", .rule = SERVER_SET),
    FIELD(Objection, answered_by, .label = "答复人",   .en = "answered by", .rule = SERVER_SET),
    FIELD(Objection, answered_at, .label = "答复时间", .en = "answered at", .rule = SERVER_SET),
    FIELD(Objection, before,      .label = "原得分（万分之一分）", .en = "points before, 1/10000", .rule = SERVER_SET),
    FIELD(Objection, total,       .label = "现得分（万分之一分）", .en = "points now, 1/10000", .rule = SERVER_SET),
    FIELD(Objection, grade_before, .label = "原等次",   .en = "grade before", .rule = SERVER_SET),
    FIELD(Objection, grade,       .label = "现等次",   .en = "grade now", .rule = SERVER_SET),
    FIELD(Objection, assessment_id, .label = "考核", .en = "assessment", .rule = HIDDEN),
};
static const Form objection_form = { "AssessObjection", sizeof(Objection), objection_fields, COUNT(objection_fields) };

typedef struct Answer {
    Str  answer;
    bool again;
} Answer;
static const Field answer_fields[] = {
    FIELD(Answer, answer, .label = "答复",     .en = "answer", .rule = REQUIRED | PROSE, .min = 2, .max = 1000),
    FIELD(Answer, again,  .label = "重新评分", .en = "score again"),
};
static const Form answer_form = { "AssessAnswer", sizeof(Answer), answer_fields, COUNT(answer_fields) };

typedef struct Final {
    Id      subject_id;
    Str     subject, grade;
    int64_t year, total;
    Date    from_day, to_day;
} Final;
static const Field final_fields[] = {
    FIELD(Final, subject_id, .label = "对象", .en = "subject"),
    FIELD(Final, subject,    .label = "类别", .en = "kind"),
    FIELD(Final, grade,      .label = "等次", .en = "grade"),
    FIELD(Final, from_day,   .label = "自",   .en = "from"),
    FIELD(Final, to_day,     .label = "至",   .en = "to"),
    FIELD(Final, year,       .label = "年度", .en = "year"),
    FIELD(Final, total,      .label = "得分", .en = "points"),
};
static const Form final_form = { "AssessFinal", sizeof(Final), final_fields, COUNT(final_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE assessed_hand("
      "  assessed_id INTEGER NOT NULL REFERENCES assessed(id),"
      "  code        TEXT NOT NULL,"
      "  points      INTEGER NOT NULL,"
      "  note        TEXT NOT NULL,"
      "  actor       INTEGER NOT NULL,"
      "  at          INTEGER NOT NULL,"
      "  PRIMARY KEY(assessed_id, code)) STRICT;"
      "CREATE TABLE assess_objection("
      "  id            INTEGER PRIMARY KEY,"
      "  assessed_id   INTEGER NOT NULL REFERENCES assessed(id),"
      "  assessment_id INTEGER NOT NULL,"
      "  name          TEXT NOT NULL,"
      "  text          TEXT NOT NULL,"
      "  by_id         INTEGER NOT NULL,"
      "  at            INTEGER NOT NULL,"
      "  answer        TEXT NOT NULL,"
      "  changed       INTEGER NOT NULL,"
      "  answered_by   INTEGER NOT NULL,"
      "  answered_at   INTEGER NOT NULL,"
      "  before        INTEGER NOT NULL,"
      "  total         INTEGER NOT NULL) STRICT;"
      "CREATE INDEX assess_objection_by_assessment ON assess_objection(assessment_id, id);" },
    { 2,
      "ALTER TABLE assess_objection ADD COLUMN grade_before TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE assess_objection ADD COLUMN grade TEXT NOT NULL DEFAULT '';" },
};

static const Query q_hand_set = {
    .name = "assess_object.hand_set", .in = &hand_form,
    .sql = "INSERT INTO assessed_hand(assessed_id, code, points, note, actor, at) VALUES(:assessed_id, :code, :points,"
           " :note, :actor, :at) ON CONFLICT(assessed_id, code) DO UPDATE SET points = :points, note = :note,"
           " actor = :actor, at = :at",
};
static const Query q_hand = {
    .name = "assess_object.hand", .in = &hand_form, .out = &hand_form,
    .sql = "SELECT points FROM assessed_hand WHERE assessed_id = :assessed_id AND code = :code",
};
static const Query q_hands = {
    .name = "assess_object.hands", .in = &hand_form, .out = &hand_form,
    .sql = "SELECT code, points, note, actor, at FROM assessed_hand WHERE assessed_id = :assessed_id ORDER BY code",
};
#define OBJECTION "id, assessed_id, assessment_id, name, text, by_id, at, answer, changed, answered_by, answered_at, before," \
    " total, grade_before, grade"
static const Query q_object = {
    .name = "assess_object.add", .in = &objection_form,
    .sql = "INSERT INTO assess_objection(" OBJECTION ") VALUES(:id, :assessed_id, :assessment_id, :name, :text, :by_id,"
           " :at, '', 0, 0, 0, :before, :total, :grade_before, :grade)",
};
static const Query q_objection = {
    .name = "assess_object.get", .in = &objection_form, .out = &objection_form,
    .sql = "SELECT " OBJECTION " FROM assess_objection WHERE id = :id",
};
static const Query q_answer = {
    .name = "assess_object.answer", .in = &objection_form,
    .sql = "UPDATE assess_objection SET answer = :answer, changed = :changed, answered_by = :answered_by,"
           " answered_at = :answered_at, total = :total, grade = :grade WHERE id = :id AND answered_at = 0",
};
static const Query q_objections = {
    .name = "assess_object.list", .in = &objection_form, .out = &objection_form,
    .sql = "SELECT " OBJECTION " FROM assess_objection WHERE assessment_id = :assessment_id ORDER BY id LIMIT 500",
};
static const Query q_open_count = {
    .name = "assess_object.open", .in = &assessed_form,
    .sql = "UPDATE assessed SET open = open + 1 WHERE id = :id",
};
static const Query q_subjects = {
    .name = "assess_object.subjects", .in = &assessed_form, .out = &assessed_form,
    .sql = "SELECT id, subject_id, name, total, grade, open FROM assessed WHERE assessment_id = :assessment_id"
           " ORDER BY id LIMIT 2000",
};
static const Query q_final = {
    .name = "assess_object.final", .in = &final_form, .out = &final_form,
    .sql = "SELECT x.grade, x.total FROM assessed x JOIN assessment a ON a.id = x.assessment_id"
           " WHERE x.subject_id = :subject_id AND a.subject = :subject AND a.state = 'FINAL' AND a.to_day >= :from_day"
           " AND a.to_day <= :to_day ORDER BY a.id DESC LIMIT 1",
};
static const Query *const queries[] = {
    &q_hand_set, &q_hand, &q_hands, &q_object, &q_objection, &q_answer, &q_objections, &q_open_count,
    &q_subjects, &q_final, NULL,
};

int64_t assess_hand(Ctx *c, Id assessed_id, Str code)
{
    Hand h = { .assessed_id = assessed_id, .code = code };
    return db_find(c, &q_hand, &h, &h) ? h.points : 0;
}

static bool by_hand(const Assessment *a, const SchemeRow *r)
{
    bool item = str_eq(r->scheme, a->scheme) && str_eq(r->kind, S("ITEM"));
    return item && in_force(r->from, r->to, a->to_day) && str_has(r->formula, S("hand"));
}

/* Whoever has not been given points by hand yet has no result: nought is a judgement, not a gap. */
static void need_hands(Ctx *c, const Assessment *a)
{
    Rows rows = db_list(c, &q_subjects, &(Assessed){ .assessment_id = a->id });
    for (size_t i = 0; i < c->law->schemes.n; i++) {
        const SchemeRow *r = &c->law->schemes.row[i];
        for (size_t k = 0; by_hand(a, r) && k < rows.n && ok(c); k++) {
            const Assessed *s = (const Assessed *)rows.at + k;
            Hand h = { .assessed_id = s->id, .code = r->code };
            if (!db_find(c, &q_hand, &h, &h)) fail(c, ERR_BLOCKED, s->name);
        }
    }
}

/* Before the freeze anybody's; after it only of who objected. */
static void need_open(Ctx *c, const Assessment *a, const Assessed *s)
{
    bool open = str_eq(a->state, S("DRAFT")) || str_eq(a->state, S("SCORED"))
        || (str_eq(a->state, S("FROZEN")) && s->open > 0);
    if (ok(c) && !open) fail(c, ERR_BLOCKED, a->state);
}

static const SchemeRow *row_of(const Ctx *c, const Assessment *a, Str code, const char *kind)
{
    for (size_t i = 0; i < c->law->schemes.n; i++) {
        const SchemeRow *r = &c->law->schemes.row[i];
        bool it = str_eq(r->scheme, a->scheme) && str_eq(r->code, code) && str_eq(r->kind, str_of(kind));
        if (it && in_force(r->from, r->to, a->to_day)) return r;
    }
    return NULL;
}

static void hand_set(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    Hand h = { 0 };
    (void)form_read(c, &hand_form, &h);
    tx_begin(c);
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    need_open(c, &a, &s);
    assess_not_own(c, &a, &s);
    const SchemeRow *r = ok(c) ? row_of(c, &a, h.code, "ITEM") : NULL;
    if (ok(c) && !(r && by_hand(&a, r))) fault(c, S("code"), r ? FAULT_NOT_ALLOWED : FAULT_NOT_CODE);
    h.assessed_id = s.id;
    h.actor = c->who.id;
    h.at = now(c);
    audit_about(c, s.id);
    db_change(c, &q_hand_set, &h);
    assessed_score(c, &a, &s);
    reply_row(c, 200, &assessed_form, &s);
    tx_end(c);
}

static void hand_list(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    reply_rows(c, &hand_form, db_list(c, &q_hands, &(Hand){ .assessed_id = s.id }), (Str){ 0 });
}

static void veto(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    Veto v = { 0 };
    (void)form_read(c, &veto_form, &v);
    tx_begin(c);
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    need_open(c, &a, &s);
    assess_not_own(c, &a, &s);
    if (ok(c) && v.code.n && !row_of(c, &a, v.code, "VETO")) fault(c, S("code"), FAULT_NOT_CODE);
    if (ok(c) && v.code.n && v.proof.n == 0) fault(c, S("proof"), FAULT_REQUIRED);
    s.veto = v.code;
    s.veto_reason = v.reason;
    s.veto_proof = v.proof;
    audit_about(c, s.id);
    assessed_score(c, &a, &s);
    reply_row(c, 200, &assessed_form, &s);
    tx_end(c);
}

/* ---- the freeze, objections, the end ------------------------------------------------------- */

static Date after_working_days(const Ctx *c, int64_t n)
{
    Date d = c->today;
    for (; n > 0; n--) d = working_on_or_after(&c->law->calendar, date_plus(d, 1));
    return d;
}

static void freeze(Ctx *c)
{
    Assessment a = { 0 };
    tx_begin(c);
    (void)assessment_get(c, arg_id(c, 0), &a);
    if (ok(c) && !str_eq(a.state, S("SCORED"))) fail(c, ERR_BLOCKED, a.state);
    need_hands(c, &a);
    if (ok(c)) {
        Look look = { .params = &c->law->params, .day = c->today };
        a.state = S("FROZEN");
        a.frozen_on = c->today;
        a.object_until = after_working_days(c, param(&look, "ASSESS_OBJECTION_WD"));
    }
    assessment_keep(c, &a);
    reply_row(c, 200, &assessment_form, &a);
    tx_end(c);
}

/* By the subject, once while the first is open, until the last day. */
static void object(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    Objection o = { 0 };
    (void)form_read(c, &objection_form, &o);
    tx_begin(c);
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    bool in_time = str_eq(a.state, S("FROZEN")) && c->today.day <= a.object_until.day;
    if (ok(c) && (!in_time || s.open)) fail(c, ERR_BLOCKED, a.state);
    o.id = id_next(c);
    o.assessed_id = s.id;
    o.assessment_id = a.id;
    o.name = s.name;
    o.by_id = c->who.id;
    o.at = now(c);
    o.before = o.total = s.total;
    o.grade_before = o.grade = s.grade;
    audit_about(c, s.id);
    db_insert(c, &q_object, &o);
    db_change(c, &q_open_count, &s);
    reply_row(c, 201, &objection_form, &o);
    tx_end(c);
}

static void answer(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    Objection o = { 0 };
    Answer in = { 0 };
    (void)form_read(c, &answer_form, &in);
    tx_begin(c);
    (void)db_get(c, &q_objection, &(Objection){ .id = arg_id(c, 0) }, &o);
    (void)assessed_get(c, o.assessed_id, &s, &a);
    if (ok(c)) org_need(c, a.org_path);
    assess_not_own(c, &a, &s);
    if (ok(c) && o.answered_at.s) fail(c, ERR_BLOCKED, o.answer);
    s.open = 0;
    if (in.again) assessed_score(c, &a, &s);
    else assessed_keep(c, &s);
    o.answer = in.answer;
    o.total = s.total;
    o.grade = s.grade;
    o.changed = s.total != o.before || !str_eq(s.grade, o.grade_before);
    o.answered_by = c->who.id;
    o.answered_at = now(c);
    audit_about(c, s.id);
    db_change(c, &q_answer, &o);
    reply_row(c, 200, &objection_form, &o);
    tx_end(c);
}

static void objection_list(Ctx *c)
{
    Assessment a = { 0 };
    (void)assessment_get(c, arg_id(c, 0), &a);
    Rows rows = db_list(c, &q_objections, &(Objection){ .assessment_id = a.id });
    reply_rows(c, &objection_form, rows, (Str){ 0 });
}

/* After the last day and with every objection answered: the grades count. */
static void finish(Ctx *c)
{
    Assessment a = { 0 };
    tx_begin(c);
    (void)assessment_get(c, arg_id(c, 0), &a);
    bool over = str_eq(a.state, S("FROZEN")) && c->today.day > a.object_until.day;
    if (ok(c) && !over) fail(c, ERR_BLOCKED, a.state);
    Rows rows = db_list(c, &q_subjects, &(Assessed){ .assessment_id = a.id });
    const Assessed *s = rows.at;
    bool mediators = str_eq(a.subject, S("MEDIATOR"));
    for (size_t i = 0; i < rows.n; i++) {
        if (s[i].open) fail(c, ERR_BLOCKED, s[i].name);
        Grade g = { .mediator_id = s[i].subject_id, .year = date_civil(a.to_day).year, .grade = s[i].grade,
                    .points = s[i].total, .assessment_id = a.id };
        if (mediators && g.grade.n && ok(c)) grade_set(c, &g);
    }
    a.state = S("FINAL");
    a.final_on = c->today;
    assessment_keep(c, &a);
    reply_row(c, 200, &assessment_form, &a);
    tx_end(c);
}

bool assessed_grade(Ctx *c, Str subject, Id subject_id, int64_t year, Str *grade)
{
    Final f = { .subject = subject, .subject_id = subject_id, .from_day = date_of((int)year, 1, 1),
                .to_day = date_of((int)year, 12, 31) };
    bool there = db_find(c, &q_final, &f, &f);
    if (there) *grade = f.grade;
    return there;
}

enum { KEEPERS = HR | HEAD, SUBJECTS = ORG_MANAGER | MEDIATORS | MEMBER };

static const Route routes[] = {
    { "POST", "/api/v1/assessed/:id/hand", KEEPERS | CONVENER, hand_set, .zh = "评定得分", .en = "give points by hand",
      .in = &hand_form, .out = &assessed_form },
    { "GET", "/api/v1/assessed/:id/hand", KEEPERS | SUBJECTS | CONVENER, hand_list, .zh = "评定得分记录", .en = "points given by hand",
      .out = &hand_form, .list = true },
    { "POST", "/api/v1/assessed/:id/veto", KEEPERS, veto, .zh = "一票否决", .en = "veto, or take it back",
      .in = &veto_form, .out = &assessed_form },
    { "POST", "/api/v1/assessments/:id/freeze", KEEPERS, freeze, .zh = "冻结并公示", .en = "freeze",
      .out = &assessment_form },
    { "POST", "/api/v1/assessed/:id/objection", SUBJECTS | HEAD, object, .zh = "提出异议", .en = "object",
      .in = &objection_form, .out = &objection_form },
    { "GET", "/api/v1/assessments/:id/objections", KEEPERS, objection_list, .zh = "异议", .en = "objections",
      .out = &objection_form, .list = true },
    { "POST", "/api/v1/objections/:id/answer", KEEPERS, answer, .zh = "答复异议", .en = "answer an objection",
      .in = &answer_form, .out = &objection_form },
    { "POST", "/api/v1/assessments/:id/final", KEEPERS, finish, .zh = "定案", .en = "make it final",
      .out = &assessment_form },
};

const Slice assess_object_slice = {
    .name = "assess_object", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
