#include "case/twin.h"

#include "case/case_list.h"
#include "core/jobs.h"

enum { LIKE_MAX = 50, SWEEP = 200, SWEEP_S = 300 };

static const Code same_rows[] = {
    { "person", "同一证件号码", "the same identity number" },
    { "employer", "同一用人单位", "the same employer in the register" },
    { "employer_name", "用人单位名称相同", "the same name of the employer" },
    { "cause", "主要案由相同", "the same main cause" }, { "cause_part", "案由有重合", "causes in common" },
};
static const Codes sames = { .name = "twin_same", .row = same_rows, .n = COUNT(same_rows) };
static const Code state_rows[] = {
    { "open", "待核实", "to be looked at" }, { "linked", "已关联", "linked" },
    { "different", "不是重复", "not a duplicate" }, { "over", "其中一件已结案", "one of them is closed" },
};
const Codes twin_states = { .name = "twin_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Twin, id,               .label = "编号", .en = "id"),
    FIELD(Twin, case_id,          .label = "后收案件", .en = "the later case"),
    FIELD(Twin, other_id,         .label = "先收案件", .en = "the earlier case"),
    FIELD(Twin, same,             .label = "相同之处", .en = "what is the same", .rule = MANY,
          .codes = &sames),
    FIELD(Twin, state,            .label = "处理", .en = "what was said of it", .codes = &twin_states),
    FIELD(Twin, note,             .label = "理由", .en = "reason"),
    FIELD(Twin, by_id,            .label = "处理人", .en = "said by"),
    FIELD(Twin, decided,          .label = "处理时间", .en = "said at"),
    FIELD(Twin, found,            .label = "发现日期", .en = "found on"),
    FIELD(Twin, person,           .label = "同一人", .en = "the person"),
    FIELD(Twin, no,               .label = "案号", .en = "number"),
    FIELD(Twin, applicant,        .label = "申请人", .en = "applicant"),
    FIELD(Twin, respondent,       .label = "被申请人", .en = "respondent"),
    FIELD(Twin, causes,           .label = "案由", .en = "causes"),
    FIELD(Twin, case_state,       .label = "状态", .en = "state"),
    FIELD(Twin, org,              .label = "承办组织", .en = "organisation"),
    FIELD(Twin, filed,            .label = "收件日期", .en = "filing date"),
    FIELD(Twin, amount,           .label = "请求金额", .en = "amount"),
    FIELD(Twin, other_no,         .label = "先收案件案号", .en = "the earlier one's number"),
    FIELD(Twin, other_applicant,  .label = "先收案件申请人", .en = "the earlier one's applicant"),
    FIELD(Twin, other_respondent, .label = "先收案件被申请人", .en = "the earlier one's respondent"),
    FIELD(Twin, other_causes,     .label = "先收案件案由", .en = "the earlier one's causes"),
    FIELD(Twin, other_state,      .label = "先收案件状态", .en = "the earlier one's state"),
    FIELD(Twin, other_org,        .label = "先收案件承办组织", .en = "the earlier one's organisation"),
    FIELD(Twin, other_filed,      .label = "先收案件收件日期", .en = "the earlier one's filing date"),
    FIELD(Twin, other_amount,     .label = "先收案件请求金额", .en = "the earlier one's amount"),
    FIELD(Twin, scope,            .label = "范围", .en = "subtree", .rule = HIDDEN),
    FIELD(Twin, limit,            .label = "条数", .en = "limit", .rule = HIDDEN),
};
const Form twin_form = FORM(Twin, fields);

/* Another open case of one of k's people. */
typedef struct Like {
    Id  case_id, other_id, employer_id;
    Str person, applicant, respondent, appl_type, cause, causes;
} Like;
static const Field like_fields[] = {
    FIELD(Like, case_id), FIELD(Like, other_id), FIELD(Like, employer_id), FIELD(Like, person),
    FIELD(Like, applicant), FIELD(Like, respondent), FIELD(Like, appl_type), FIELD(Like, cause),
    FIELD(Like, causes),
};
static const Form like_form = FORM(Like, like_fields);

/* How far the parties were gone over, and how far the time before. */
typedef struct Reached {
    int64_t one;
    Id      before, upto, edge;
} Reached;
static const Field reached_fields[] = {
    FIELD(Reached, one), FIELD(Reached, before), FIELD(Reached, upto), FIELD(Reached, edge),
};
static const Form reached_form = FORM(Reached, reached_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_twin("           /* two cases that may be one */
      "  id       INTEGER PRIMARY KEY,"
      "  case_id  INTEGER NOT NULL REFERENCES cases,"
      "  other_id INTEGER NOT NULL REFERENCES cases CHECK(other_id < case_id),"
      "  same     TEXT NOT NULL,"         /* words */
      "  person   TEXT NOT NULL,"
      "  state    TEXT NOT NULL, note TEXT NOT NULL,"
      "  by_id    INTEGER NOT NULL, decided INTEGER NOT NULL,"
      "  found    TEXT NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX twin_by_case ON case_twin(case_id, other_id);"
      "CREATE INDEX twin_by_other ON case_twin(other_id);"
      "CREATE TABLE twin_scope("          /* a row for each subtree that both cases lie in */
      "  scope   TEXT NOT NULL, state TEXT NOT NULL,"
      "  twin_id INTEGER NOT NULL REFERENCES case_twin,"
      "  PRIMARY KEY(scope, state, twin_id)) WITHOUT ROWID;"
      "CREATE INDEX twin_scope_of ON twin_scope(twin_id);"
      "CREATE TABLE twin_reached("
      "  one INTEGER PRIMARY KEY CHECK(one = 1), before INTEGER NOT NULL, upto INTEGER NOT NULL) STRICT;" },
};

#define COLUMNS \
    "SELECT t.id, t.case_id, t.other_id, t.same, t.person, t.state, t.note, t.by_id, t.decided, t.found, a.no," \
    " a.applicant, a.respondent, a.causes, a.state AS case_state, a.org, a.filed, a.amount, b.no AS other_no," \
    " b.applicant AS other_applicant, b.respondent AS other_respondent, b.causes AS other_causes," \
    " b.state AS other_state, b.org AS other_org, b.filed AS other_filed, b.amount AS other_amount"
#define BOTH " JOIN cases a ON a.id = t.case_id JOIN cases b ON b.id = t.other_id"

static const Query q_like = {
    .name = "twin.like", .in = &like_form, .out = &like_form,
    .sql = "SELECT k.id AS other_id, k.employer_id, MIN(p.name) AS person, k.applicant, k.respondent, k.appl_type,"
           " k.cause, k.causes FROM case_party p JOIN case_party o ON o.id_digest = p.id_digest"
           " JOIN cases k ON k.id = o.case_id WHERE p.case_id = :case_id AND o.case_id <> :case_id"
           " AND p.id_digest <> '' AND o.id_digest <> '' AND p.kind = 'WORKER' AND p.part = 'PARTY' AND o.kind = 'WORKER'"
           " AND o.part = 'PARTY' AND p.split_on IS NULL AND o.split_on IS NULL"
           " AND k.state NOT IN ('closed', 'archived')"
           " GROUP BY k.id, k.employer_id, k.applicant, k.respondent, k.appl_type, k.cause, k.causes"
           " ORDER BY k.id DESC LIMIT 50",
};
static const Query q_known = {
    .name = "twin.known", .in = &twin_form, .out = &twin_form,
    .sql = "SELECT id FROM case_twin WHERE case_id = :case_id AND other_id = :other_id",
};
static const Query q_add = {
    .name = "twin.add", .in = &twin_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO case_twin(id, case_id, other_id, same, person, state, note, by_id, decided, found)"
           " VALUES(:id, :case_id, :other_id, :same, :person, :state, :note, :by_id, :decided, :found)",
};
static const Query q_get = {
    .name = "twin.get", .in = &twin_form, .out = &twin_form,
    .sql = COLUMNS " FROM case_twin t" BOTH " WHERE t.id = :id",
};
static const Query q_of = {
    .name = "twin.of", .in = &twin_form, .out = &twin_form,
    .sql = COLUMNS " FROM case_twin t" BOTH " WHERE t.case_id = :case_id UNION ALL "
           COLUMNS " FROM case_twin t" BOTH " WHERE t.other_id = :case_id",
};
static const Query q_save = {
    .name = "twin.save", .in = &twin_form,
    .sql = "UPDATE case_twin SET state = :state, note = :note, by_id = :by_id, decided = :decided WHERE id = :id",
};
static const Query q_page = {
    .name = "twin.page", .in = &twin_form, .out = &twin_form,
    .sql = COLUMNS " FROM twin_scope s JOIN case_twin t ON t.id = s.twin_id" BOTH
           " WHERE s.scope = :scope AND s.state = :state AND s.twin_id < :id"
           " ORDER BY s.twin_id DESC LIMIT :limit",
};
static const Query q_place = {
    .name = "twin.place", .in = &twin_form, .quiet = true,
    .sql = "INSERT INTO twin_scope(scope, state, twin_id) VALUES(:scope, :state, :id)",
};
static const Query q_leave = {
    .name = "twin.leave", .in = &twin_form, .quiet = true, .sql = "DELETE FROM twin_scope WHERE twin_id = :id",
};
static const Query q_forget_scope = {
    .name = "twin.forget_scope", .in = &twin_form, .quiet = true,
    .sql = "DELETE FROM twin_scope WHERE twin_id IN (SELECT id FROM case_twin WHERE case_id = :case_id"
           " UNION SELECT id FROM case_twin WHERE other_id = :case_id)",
};
static const Query q_forget = {
    .name = "twin.forget", .in = &twin_form, .quiet = true,
    .sql = "DELETE FROM case_twin WHERE case_id = :case_id OR other_id = :case_id",
};
static const Query q_reached = {
    .name = "twin.reached", .in = &reached_form, .out = &reached_form,
    .sql = "SELECT before, upto FROM twin_reached WHERE one = :one",
};
static const Query q_reach = {
    .name = "twin.reach", .in = &reached_form, .quiet = true,
    .sql = "INSERT INTO twin_reached(one, before, upto) VALUES(:one, :before, :upto)"
           " ON CONFLICT(one) DO UPDATE SET before = :before, upto = :upto",
};
static const Query q_edge = {
    .name = "twin.edge", .in = &reached_form, .out = &reached_form,
    .sql = "SELECT id AS edge FROM case_party WHERE id > :upto ORDER BY id LIMIT 1 OFFSET 199",
};
static const Query q_last = {
    .name = "twin.last", .in = &reached_form, .out = &reached_form,
    .sql = "SELECT id AS edge FROM case_party WHERE id > :upto ORDER BY id DESC LIMIT 1",
};
static const Query q_shared = {
    .name = "twin.shared", .in = &reached_form, .out = &like_form,
    .sql = "SELECT DISTINCT p.case_id FROM case_party p WHERE p.id > :before AND p.id <= :edge AND p.id_digest <> ''"
           " AND p.kind = 'WORKER' AND p.part = 'PARTY' AND EXISTS(SELECT 1 FROM case_party o"
           " WHERE o.id_digest = p.id_digest AND o.id_digest <> '' AND o.case_id <> p.case_id)"
           " ORDER BY p.case_id",
};
static const Query *const queries[] = {
    &q_like, &q_known, &q_add, &q_get, &q_of, &q_save, &q_page, &q_place, &q_leave, &q_forget_scope,
    &q_forget, &q_reached, &q_reach, &q_edge, &q_last, &q_shared, NULL,
};

/* ---- what is the same ------------------------------------------------------------------------ */

static bool word_in(Str list, Str word)
{
    while (list.n) {
        if (str_eq(str_cut(&list, ' '), word)) return true;
    }
    return false;
}

static bool share_a_word(Str a, Str b)
{
    while (a.n) {
        if (word_in(b, str_cut(&a, ' '))) return true;
    }
    return false;
}

static Str employer_named(Str appl_type, Str applicant, Str respondent)
{
    return str_eq(appl_type, S("EMPLOYER")) ? applicant : respondent;
}

/* The words; "" if employer or cause is another. */
static Str what_is_same(Ctx *c, const Case *k, const Like *o)
{
    Out words = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    bool registered = k->employer_id.n && k->employer_id.n == o->employer_id.n;
    bool named = str_eq(employer_named(k->appl_type, k->applicant, k->respondent),
                        employer_named(o->appl_type, o->applicant, o->respondent));
    if (!registered && !named) return (Str){ 0 };
    if (!share_a_word(k->causes, o->causes)) return (Str){ 0 };
    out_str(&words, registered ? S("person employer ") : S("person employer_name "));
    out_str(&words, str_eq(k->cause, o->cause) ? S("cause") : S("cause_part"));
    return out_view(&words);
}

/* ---- where it is shown ------------------------------------------------------------------------- */

/* A row for each subtree that has both. */
static void place(Ctx *c, const Twin *t, const Case *a, const Case *b)
{
    Str of_a[SCOPES_MAX], of_b[SCOPES_MAX];
    size_t n = scopes_of(a->org_path, a->owner_path, of_a), m = scopes_of(b->org_path, b->owner_path, of_b);
    for (size_t i = 0; i < n * m; i++) {
        Twin row = { .id = t->id, .state = t->state, .scope = of_a[i / m] };
        if (str_eq(of_a[i / m], of_b[i % m])) db_insert(c, &q_place, &row);
    }
}

static void place_again(Ctx *c, const Twin *t)
{
    const Id ids[] = { t->case_id, t->other_id };
    db_change_any(c, &q_leave, t);
    Rows both = cases_by_id(c, ids, COUNT(ids));
    if (both.n == COUNT(ids)) place(c, t, (const Case *)both.at, (const Case *)both.at + 1);
}

/* ---- found ----------------------------------------------------------------------------------------- */

Rows twin_look(Ctx *c, const Case *k)
{
    Rows found = { 0 };
    size_t cap = 0;
    Rows like = db_list(c, &q_like, &(Like){ .case_id = k->id });
    for (size_t i = 0; i < like.n && ok(c); i++) {
        const Like *o = (const Like *)like.at + i;
        bool later = k->id.n > o->other_id.n;
        Twin t = { .case_id = later ? k->id : o->other_id, .other_id = later ? o->other_id : k->id,
                   .same = what_is_same(c, k, o), .person = o->person, .state = S("open"),
                   .found = c->today };
        if (t.same.n == 0 || db_find(c, &q_known, &t, &t)) continue;
        t.id = id_next(c);
        db_insert(c, &q_add, &t);
        place_again(c, &t);
        *(Twin *)rows_push(c->mem, &found, &cap, sizeof t) = t;
    }
    return found;
}

static bool is_over(Str state)
{
    return str_eq(state, S("closed")) || str_eq(state, S("archived"));
}

/* Nobody has to look at a pair of which one is closed, until it is opened again. */
static void follow_state(Ctx *c, Twin *t)
{
    bool over = is_over(t->case_state) || is_over(t->other_state);
    Str from = over ? S("open") : S("over"), to = over ? S("over") : S("open");
    if (!str_eq(t->state, from)) return;
    t->state = to;
    db_change(c, &q_save, t);
}

static void saved(Ctx *c, const Case *k)
{
    if (!k->was) return;
    bool moved = !str_eq(k->org_path, k->was->org_path) || !str_eq(k->owner_path, k->was->owner_path);
    bool ended = is_over(k->state) != is_over(k->was->state);
    bool other = !str_eq(k->causes, k->was->causes) || !str_eq(k->respondent, k->was->respondent)
              || !str_eq(k->applicant, k->was->applicant);
    if (other) (void)twin_look(c, k);
    if (!moved && !ended) return;
    Rows pairs = db_list(c, &q_of, &(Twin){ .case_id = k->id });
    for (size_t i = 0; i < pairs.n && ok(c); i++) {
        Twin *t = (Twin *)pairs.at + i;
        follow_state(c, t);
        place_again(c, t);
    }
}

/* All parties once, and from then on the new ones, each twice: what was stored meanwhile
** by another process may have a smaller id. */
static void sweep(Ctx *c, Id arg)
{
    (void)arg;
    Id ids[SWEEP];
    Reached at = { .one = 1 };
    (void)db_find(c, &q_reached, &at, &at);
    bool full = db_find(c, &q_edge, &at, &at);
    if (!full && !db_find(c, &q_last, &at, &at)) at.edge = at.upto;
    Rows shared = db_list(c, &q_shared, &at);
    for (size_t from = 0; from < shared.n && ok(c); from += SWEEP) {
        size_t n = shared.n - from < SWEEP ? shared.n - from : SWEEP;
        for (size_t i = 0; i < n; i++) ids[i] = ((const Like *)shared.at)[from + i].case_id;
        Rows cases = cases_by_id(c, ids, n);
        for (size_t i = 0; i < cases.n && ok(c); i++) {
            const Case *k = (const Case *)cases.at + i;
            if (!is_over(k->state)) (void)twin_look(c, k);
        }
    }
    at.before = at.upto;
    at.upto = at.edge;
    db_insert(c, &q_reach, &at);
    if (full) job_add(c, S("twin_sweep"), (Id){ 0 }, now(c), (Str){ 0 });
}

/* ---- for the desk ------------------------------------------------------------------------------------ */

Rows twin_list(Ctx *c, Str scope, Str state, Id after, int64_t limit)
{
    Twin ask = { .scope = scope, .state = state, .id = after, .limit = limit + 1 };
    if (after.n == 0) ask.id = (Id){ INT64_MAX };
    return db_list(c, &q_page, &ask);
}

bool twin_get(Ctx *c, Id id, Twin *t, Case *k, Case *other)
{
    *t = (Twin){ .id = id };
    if (!ok(c)) return false;
    if (!db_find(c, &q_get, t, t)) return fail(c, ERR_NOT_FOUND, S("twin"));
    return case_get(c, t->case_id, k) && case_get(c, t->other_id, other);
}

void twin_forget(Ctx *c, Id case_id)
{
    Twin t = { .case_id = case_id };
    db_change_any(c, &q_forget_scope, &t);
    db_change_any(c, &q_forget, &t);
}

void twin_decide(Ctx *c, Twin *t, Str state, Str note)
{
    if (!ok(c)) return;
    if (str_eq(t->state, state)) {
        (void)fail(c, ERR_WRONG_STATE, state);
        return;
    }
    t->state = state;
    t->note = note;
    t->by_id = c->who.id;
    t->decided = now(c);
    db_change(c, &q_save, t);
    place_again(c, t);
}

static const JobKind jobs[] = { { .word = "twin_sweep", .run = sweep, .every_s = SWEEP_S } };

const Slice twin_slice = {
    .name = "twin", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .job = jobs,
    .jobs = COUNT(jobs), .saved = saved,
};
