#include "oversight/assessment/assessment.h"

#include "core/audit.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/mediators/mediator_posts.h"
#include "register/organisations/organisations.h"

static const Code subject_rows[] = {
    { "MEDIATOR", "调解员", "mediators" }, { "ORG", "调解组织", "organisations" }, { "MEMBER", "成员单位", "member units" },
};
static const Codes subjects = { "assess_subjects", subject_rows, COUNT(subject_rows), NULL };

static const Code state_rows[] = {
    { "DRAFT", "已建立", "set up" }, { "SCORED", "已评分", "scored" }, { "FROZEN", "已冻结，公示异议", "frozen" },
    { "FINAL", "已定案", "final" },
};
static const Codes states = { "assess_states", state_rows, COUNT(state_rows), NULL };

static const Field fields[] = {
    FIELD(Assessment, id,       .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Assessment, org_id,   .label = "考核机构", .en = "organisation", .rule = SERVER_SET),
    FIELD(Assessment, org_name, .label = "机构名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Assessment, scheme,   .label = "方案",     .en = "scheme", .rule = REQUIRED, .max = 20),
    FIELD(Assessment, subject,  .label = "考核对象", .en = "subjects", .rule = SERVER_SET, .codes = &subjects),
    FIELD(Assessment, title,    .label = "名称",     .en = "title", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Assessment, edition,  .label = "方案版本", .en = "edition of the scheme", .rule = SERVER_SET),
    FIELD(Assessment, from_day, .label = "考核期起", .en = "from", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Assessment, to_day,   .label = "考核期止", .en = "to", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Assessment, state,    .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Assessment, frozen_on,    .label = "冻结日期", .en = "frozen on", .rule = SERVER_SET),
    FIELD(Assessment, object_until, .label = "异议期止", .en = "objections until", .rule = SERVER_SET),
    FIELD(Assessment, final_on,     .label = "定案日期", .en = "final on", .rule = SERVER_SET),
    FIELD(Assessment, subjects,     .label = "对象数",   .en = "subjects", .rule = SERVER_SET),
    FIELD(Assessment, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Assessment, path,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Assessment, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Assessment, after,    .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(Assessment, morrow,   .label = "次日", .en = "morrow", .rule = HIDDEN),
};
const Form assessment_form = FORM(Assessment, fields);

static const Field assessed_fields[] = {
    FIELD(Assessed, id,            .label = "编号",       .en = "number"),
    FIELD(Assessed, assessment_id, .label = "考核",       .en = "assessment"),
    FIELD(Assessed, subject_id,    .label = "对象",       .en = "subject"),
    FIELD(Assessed, name,          .label = "名称",       .en = "name"),
    FIELD(Assessed, org_name,      .label = "所属机构",   .en = "organisation"),
    FIELD(Assessed, kind,          .label = "类别",       .en = "kind"),
    FIELD(Assessed, total,         .label = "得分（万分之一分）", .en = "points, 1/10000"),
    FIELD(Assessed, grade,         .label = "等次",       .en = "grade"),
    FIELD(Assessed, veto,          .label = "一票否决",   .en = "veto"),
    FIELD(Assessed, veto_reason,   .label = "否决事由",   .en = "why"),
    FIELD(Assessed, veto_proof,    .label = "否决证明",   .en = "proof", .rule = MANY, .max = 2000),
    FIELD(Assessed, open,          .label = "待答复异议", .en = "objections open"),
    FIELD(Assessed, rank,          .label = "名次",       .en = "rank"),
    FIELD(Assessed, round,         .label = "评分次",     .en = "round"),
    FIELD(Assessed, at,            .label = "评分时间",   .en = "at"),
    FIELD(Assessed, by_id,         .label = "评分人",     .en = "by"),
    FIELD(Assessed, user_id,  .label = "账号", .en = "account", .rule = HIDDEN),
    FIELD(Assessed, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Assessed, after,    .label = "接续", .en = "after", .rule = HIDDEN),
};
const Form assessed_form = FORM(Assessed, assessed_fields);

static const Field item_fields[] = {
    FIELD(AssessedItem, no,      .label = "序号",     .en = "number"),
    FIELD(AssessedItem, code,    .label = "指标",     .en = "item"),
    FIELD(AssessedItem, parent,  .label = "上级指标", .en = "group"),
    FIELD(AssessedItem, zh,      .label = "内容",     .en = "what it is"),
    FIELD(AssessedItem, en,      .label = "英文",     .en = "in English"),
    FIELD(AssessedItem, weight,  .label = "权重",     .en = "weight"),
    FIELD(AssessedItem, formula, .label = "公式",     .en = "formula"),
    FIELD(AssessedItem, facts,   .label = "数据",     .en = "numbers", .rule = MANY),
    FIELD(AssessedItem, num,     .label = "分子",     .en = "numerator"),
    FIELD(AssessedItem, den,     .label = "分母",     .en = "denominator"),
    FIELD(AssessedItem, points,  .label = "得分（万分之一分）", .en = "points, 1/10000"),
    FIELD(AssessedItem, counts,  .label = "计入总分", .en = "counts"),
    FIELD(AssessedItem, assessed_id, .label = "结果", .en = "result", .rule = HIDDEN),
    FIELD(AssessedItem, round, .label = "评分次", .en = "round", .rule = HIDDEN),
};
static const Form item_form = { "AssessedItem", sizeof(AssessedItem), item_fields, COUNT(item_fields) };
static const Field item_find_fields[] = {
    FIELD(AssessedItem, round, .label = "评分次（冻结后重新评分的，从1起为原评分）",
          .en = "round: from 1, as it was before it was scored again", .min = 0, .max = 1000),
};
static const Form item_find_form = { "AssessedItemFind", sizeof(AssessedItem), item_find_fields, 1 };

/* The rows of the schemes in force, for screens. */
typedef struct SchemeLine {
    Str     scheme, code, parent, subject, kind, formula, empty, zh, en, basis;
    int64_t weight;
    Date    from;
} SchemeLine;
static const Field scheme_fields[] = {
    FIELD(SchemeLine, scheme,  .label = "方案",     .en = "scheme"),
    FIELD(SchemeLine, code,    .label = "代码",     .en = "code"),
    FIELD(SchemeLine, parent,  .label = "上级指标", .en = "group"),
    FIELD(SchemeLine, subject, .label = "考核对象", .en = "subjects", .codes = &subjects),
    FIELD(SchemeLine, kind,    .label = "类别",     .en = "kind"),
    FIELD(SchemeLine, weight,  .label = "权重、起分", .en = "weight, or from how many points"),
    FIELD(SchemeLine, formula, .label = "公式",     .en = "formula"),
    FIELD(SchemeLine, empty,   .label = "无数据时", .en = "without a value"),
    FIELD(SchemeLine, zh,      .label = "内容",     .en = "what it is"),
    FIELD(SchemeLine, en,      .label = "英文",     .en = "in English"),
    FIELD(SchemeLine, from,    .label = "自",       .en = "from"),
    FIELD(SchemeLine, basis,   .label = "依据",     .en = "basis"),
};
static const Form scheme_form = FORM(SchemeLine, scheme_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE assessment("
      "  id           INTEGER PRIMARY KEY,"
      "  org_id       INTEGER NOT NULL,"
      "  org_path     TEXT NOT NULL,"
      "  scheme       TEXT NOT NULL,"
      "  subject      TEXT NOT NULL,"
      "  title        TEXT NOT NULL,"
      "  edition      TEXT NOT NULL,"   /* which rows of the scheme */
      "  from_day     TEXT NOT NULL,"
      "  to_day       TEXT NOT NULL,"
      "  state        TEXT NOT NULL,"
      "  frozen_on    TEXT,"
      "  object_until TEXT,"
      "  final_on     TEXT) STRICT;"
      "CREATE INDEX assessment_by_path ON assessment(org_path, id);"
      "CREATE TABLE assessed("
      "  id            INTEGER PRIMARY KEY,"
      "  assessment_id INTEGER NOT NULL REFERENCES assessment(id),"
      "  subject_id    INTEGER NOT NULL,"
      "  user_id       INTEGER NOT NULL,"  /* of a mediator */
      "  name          TEXT NOT NULL,"
      "  org_name      TEXT NOT NULL,"
      "  org_path      TEXT NOT NULL,"
      "  kind          TEXT NOT NULL,"     /* of an organisation */
      "  total         INTEGER NOT NULL,"  /* 1/10000 points */
      "  grade         TEXT NOT NULL,"
      "  veto          TEXT NOT NULL,"
      "  veto_reason   TEXT NOT NULL,"
      "  veto_proof    TEXT NOT NULL,"
      "  open          INTEGER NOT NULL,"  /* objections not yet answered */
      "  UNIQUE(assessment_id, subject_id)) STRICT;"
      "CREATE INDEX assessed_by_subject ON assessed(subject_id, id);"
      "CREATE TABLE assessed_item("
      "  assessed_id INTEGER NOT NULL REFERENCES assessed(id),"
      "  no          INTEGER NOT NULL,"
      "  code        TEXT NOT NULL,"
      "  parent      TEXT NOT NULL,"
      "  zh          TEXT NOT NULL,"
      "  en          TEXT NOT NULL,"
      "  weight      INTEGER NOT NULL,"
      "  formula     TEXT NOT NULL,"
      "  facts       TEXT NOT NULL,"
      "  num         INTEGER NOT NULL,"
      "  den         INTEGER NOT NULL,"
      "  points      INTEGER NOT NULL,"
      "  counts      INTEGER NOT NULL,"
      "  PRIMARY KEY(assessed_id, no)) STRICT;" },
    { 2,
      "CREATE TABLE assessed_past("      /* a result as it was frozen, before it was scored again; append-only */
      "  id     INTEGER NOT NULL REFERENCES assessed(id), round INTEGER NOT NULL,"
      "  total  INTEGER NOT NULL, grade TEXT NOT NULL, veto TEXT NOT NULL, veto_reason TEXT NOT NULL,"
      "  at     INTEGER NOT NULL, by_id INTEGER NOT NULL, PRIMARY KEY(id, round)) STRICT;"
      "CREATE TABLE assessed_item_past(" /* its items; append-only */
      "  assessed_id INTEGER NOT NULL, round INTEGER NOT NULL, no INTEGER NOT NULL,"
      "  code TEXT NOT NULL, parent TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, weight INTEGER NOT NULL,"
      "  formula TEXT NOT NULL, facts TEXT NOT NULL, num INTEGER NOT NULL, den INTEGER NOT NULL,"
      "  points INTEGER NOT NULL, counts INTEGER NOT NULL, PRIMARY KEY(assessed_id, round, no)) STRICT;" },
};
static const char *const keeps[] = { "assessed_past", "assessed_item_past", NULL };

#define COLUMNS "a.id, a.org_id, n.org_name, a.org_path, a.scheme, a.subject, a.title, a.edition, a.from_day, a.to_day," \
    " a.state, a.frozen_on, a.object_until, a.final_on," \
    " (SELECT COUNT(*) FROM assessed x WHERE x.assessment_id = a.id) AS subjects" \
    " FROM assessment a JOIN org_name n ON n.org_id = a.org_id"
static const Query q_add = {
    .name = "assessment.add", .in = &assessment_form,
    .sql = "INSERT INTO assessment(id, org_id, org_path, scheme, subject, title, edition, from_day, to_day, state,"
           " frozen_on, object_until, final_on) VALUES(:id, :org_id, :org_path, :scheme, :subject, :title, :edition,"
           " :from_day, :to_day, :state, NULL, NULL, NULL)",
};
static const Query q_keep = {
    .name = "assessment.keep", .in = &assessment_form,
    .sql = "UPDATE assessment SET state = :state, edition = :edition, frozen_on = :frozen_on,"
           " object_until = :object_until, final_on = :final_on WHERE id = :id",
};
/* Of member units, for whoever convenes them. */
static const Query q_convened = {
    .name = "assessment.convened", .in = &assessment_form, .out = &assessment_form,
    .sql = "SELECT " COLUMNS " WHERE a.subject = 'MEMBER' AND :path LIKE a.org_path || '%' ORDER BY a.id DESC LIMIT 200"
           " /*scan*/", /* few */
};
static const Query q_get = {
    .name = "assessment.get", .in = &assessment_form, .out = &assessment_form,
    .sql = "SELECT " COLUMNS " WHERE a.id = :id",
};
static const Query q_list = {
    .name = "assessment.list", .in = &assessment_form, .out = &assessment_form,
    .sql = "SELECT " COLUMNS " WHERE a.org_path >= :path AND a.org_path < :path_end ORDER BY a.id DESC LIMIT 200",
};
#define ASSESSED "id, assessment_id, subject_id, user_id, name, org_name, org_path, kind, total, grade, veto, veto_reason," \
    " veto_proof, open"
static const Query q_subject_add = {
    .name = "assessment.subject_add", .in = &assessed_form,
    .sql = "INSERT INTO assessed(" ASSESSED ") VALUES(:id, :assessment_id, :subject_id, :user_id, :name, :org_name,"
           " :org_path, :kind, 0, '', '', '', '', 0)",
};
static const Query q_subject_keep = {
    .name = "assessment.subject_keep", .in = &assessed_form,
    .sql = "UPDATE assessed SET total = :total, grade = :grade, veto = :veto, veto_reason = :veto_reason,"
           " veto_proof = :veto_proof, open = :open WHERE id = :id",
};
static const Query q_subject = {
    .name = "assessment.subject", .in = &assessed_form, .out = &assessed_form,
    .sql = "SELECT " ASSESSED " FROM assessed WHERE id = :id",
};
static const Query q_subjects = {
    .name = "assessment.subjects", .in = &assessed_form, .out = &assessed_form,
    .sql = "SELECT " ASSESSED " FROM assessed WHERE assessment_id = :assessment_id"
           " ORDER BY CASE WHEN veto = '' AND grade <> '' THEN 0 ELSE 1 END, total DESC, id LIMIT 2000",
};
static const Query q_own = {
    .name = "assessment.own", .in = &assessed_form, .out = &assessed_form,
    .sql = "SELECT x.id, x.assessment_id, x.subject_id, x.name, x.org_name, x.kind, x.total, x.grade, x.veto,"
           " x.veto_reason, x.open FROM assessed x JOIN assessment a ON a.id = x.assessment_id"
           " WHERE x.subject_id = :subject_id AND a.state IN ('FROZEN', 'FINAL') ORDER BY x.id DESC LIMIT 50",
};
static const Query q_items_clear = {
    .name = "assessment.items_clear", .in = &item_form,
    .sql = "DELETE FROM assessed_item WHERE assessed_id = :assessed_id",
};
static const Query q_item_add = {
    .name = "assessment.item_add", .in = &item_form,
    .sql = "INSERT INTO assessed_item(assessed_id, no, code, parent, zh, en, weight, formula, facts, num, den, points,"
           " counts) VALUES(:assessed_id, :no, :code, :parent, :zh, :en, :weight, :formula, :facts, :num, :den, :points,"
           " :counts)",
};
static const Query q_items = {
    .name = "assessment.items", .in = &item_form, .out = &item_form,
    .sql = "SELECT no, code, parent, zh, en, weight, formula, facts, num, den, points, counts FROM assessed_item"
           " WHERE assessed_id = :assessed_id ORDER BY no",
};
#define PAST_ITEM "no, code, parent, zh, en, weight, formula, facts, num, den, points, counts"
static const Query q_past = {
    .name = "assessment.past", .in = &assessed_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO assessed_past(id, round, total, grade, veto, veto_reason, at, by_id)"
           " SELECT id, :round, total, grade, veto, veto_reason, :at, :by_id FROM assessed WHERE id = :id",
};
static const Query q_past_items = {
    .name = "assessment.past_items", .in = &item_form,
    .sql = "INSERT INTO assessed_item_past(assessed_id, round, " PAST_ITEM ")"
           " SELECT assessed_id, :round, " PAST_ITEM " FROM assessed_item WHERE assessed_id = :assessed_id",
};
static const Query q_rounds = {
    .name = "assessment.rounds", .in = &assessed_form, .out = &assessed_form,
    .sql = "SELECT id, round, total, grade, veto, veto_reason, at, by_id FROM assessed_past WHERE id = :id"
           " ORDER BY round LIMIT 1000",
};
static const Query q_items_then = {
    .name = "assessment.items_then", .in = &item_form, .out = &item_form,
    .sql = "SELECT " PAST_ITEM " FROM assessed_item_past WHERE assessed_id = :assessed_id AND round = :round"
           " ORDER BY no",
};
/* Who is assessed: as they stood on the last day, wherever they are now. */
static const Query q_mediators = {
    .name = "assessment.mediators", .in = &assessment_form, .out = &assessed_form,
    .sql = "SELECT m.id AS subject_id, m.user_id, m.name, n.org_name, p.org_path, p.work AS kind FROM mediator_post p"
           " JOIN mediator m ON m.id = p.mediator_id JOIN org_name n ON n.org_id = p.org_id"
           " WHERE p.org_path >= :path AND p.org_path < :path_end"
           " AND" MEDIATOR_POST_HELD("p", "< :morrow") " AND" MEDIATOR_SERVED("p", ":to_day")
           " ORDER BY m.id LIMIT 2000",
};
static const Query q_orgs = {
    .name = "assessment.orgs", .in = &assessment_form, .out = &assessed_form,
    .sql = "SELECT o.id AS subject_id, o.name, o.name AS org_name, o.path AS org_path, o.kind FROM org o"
           " WHERE o.path >= :path AND o.path < :path_end AND (o.takes_cases = 1 OR o.six_on IS NOT NULL)"
           " AND COALESCE((SELECT s.status FROM standing s WHERE s.subject = o.id AND s.day <= :to_day"
           " ORDER BY s.day DESC, s.id DESC LIMIT 1), '') IN ('ACTIVE', 'GOLD') ORDER BY o.id LIMIT 2000",
};
static const Query q_members = {
    .name = "assessment.members", .in = &assessment_form, .out = &assessed_form,
    .sql = "SELECT o.id AS subject_id, o.name, o.name AS org_name, o.path AS org_path, o.kind FROM org o"
           " WHERE o.path >= :path AND o.path < :path_end AND o.kind IN ('HRSS', 'PLC', 'COURT', 'PROC', 'JUST', 'FIN',"
           " 'MIIT', 'GU', 'FIC', 'EC', 'LINSP', 'LAID') ORDER BY o.id LIMIT 2000",
};
static const Query *const queries[] = {
    &q_add, &q_keep, &q_get, &q_list, &q_subject_add, &q_subject_keep, &q_subject, &q_subjects, &q_own,
    &q_items_clear, &q_item_add, &q_items, &q_mediators, &q_orgs, &q_members, &q_past, &q_past_items,
    &q_rounds, &q_items_then, &q_convened, NULL,
};

enum { KEEPERS = HR | HEAD, SUBJECTS_MAX = 2000 };

/* ---- reading ------------------------------------------------------------------------- */

/* The joint meeting scores its member units: whoever convenes it, from below the office that assesses. */
static bool convenes(const Ctx *c, const Assessment *a)
{
    bool members = str_eq(a->subject, S("MEMBER")) && (c->who.roles & CONVENER);
    return members && a->org_path.n && str_starts(c->who.org_path, a->org_path);
}

bool assessment_get(Ctx *c, Id id, Assessment *a)
{
    bool there = db_get(c, &q_get, &(Assessment){ .id = id }, a);
    if (there && !convenes(c, a)) org_need(c, a->org_path);
    return ok(c);
}

void assess_not_own(Ctx *c, const Assessment *a, const Assessed *s)
{
    bool mediator = str_eq(a->subject, S("MEDIATOR"));
    bool own = mediator ? s->user_id.n && s->user_id.n == c->who.id.n : s->subject_id.n == c->who.org.n;
    if (ok(c) && own) fail(c, ERR_FORBIDDEN, S("own"));
}

/* The mediator themself, or the organisation's own manager. */
static bool is_subject(const Ctx *c, const Assessment *a, const Assessed *s)
{
    if (c->who.machine) return false;
    if (str_eq(a->subject, S("MEDIATOR"))) return s->user_id.n && s->user_id.n == c->who.id.n;
    return c->who.roles & (ORG_MANAGER | MEMBER | HEAD) && s->subject_id.n == c->who.org.n;
}

bool assessed_get(Ctx *c, Id id, Assessed *s, Assessment *a)
{
    if (!db_get(c, &q_subject, &(Assessed){ .id = id }, s)) return false;
    if (!db_get(c, &q_get, &(Assessment){ .id = s->assessment_id }, a)) return false;
    bool told = str_eq(a->state, S("FROZEN")) || str_eq(a->state, S("FINAL"));
    bool keeps_it = c->who.roles & KEEPERS && org_sees(c, a->org_path);
    bool may = keeps_it || convenes(c, a) || (told && is_subject(c, a, s));
    if (!may) fail(c, ERR_FORBIDDEN, s->name);
    return ok(c);
}

Rows assessed_items(Ctx *c, Id assessed_id)
{
    return db_list(c, &q_items, &(AssessedItem){ .assessed_id = assessed_id });
}

void assessment_keep(Ctx *c, const Assessment *a)
{
    audit_about(c, a->id);
    db_change(c, &q_keep, a);
}

void assessed_keep(Ctx *c, const Assessed *s)
{
    db_change(c, &q_subject_keep, s);
}

/* ---- scoring ---------------------------------------------------------------------------- */

/* The last division on the outside splits a formula; false: there is none. */
static bool split(Str formula, Str *num, Str *den)
{
    int depth = 0;
    size_t at = 0;
    for (size_t i = 0; i < formula.n; i++) {
        char ch = formula.s[i];
        depth += (ch == '(') - (ch == ')');
        if (depth == 0 && (ch == '+' || ch == '-')) return false;
        if (depth == 0 && ch == '/') at = i;
    }
    *num = (Str){ formula.s, at };
    *den = (Str){ formula.s + at + 1, formula.n - at - 1 };
    return at > 0;
}

static bool whole(Formula *f, Str text, int64_t *n)
{
    Ratio r = formula_value(f, text);
    *n = r.num;
    return f->fault == FORMULA_OK && r.den == 1;
}

/* Numerator and denominator as they are counted, not in lowest terms. */
static void print_share(Formula *f, AssessedItem *it, Ratio value)
{
    Str num, den;
    bool plain = split(it->formula, &num, &den) && whole(f, num, &it->num) && whole(f, den, &it->den);
    if (plain) return;
    it->num = value.num;
    it->den = value.den;
}

/* The numbers whose names stand in the formula. */
static Str facts_of(Ctx *c, Str formula, const AssessFacts *f)
{
    Out o = { .buf = NEW(c->mem, char, 1000), .cap = 1000 };
    for (size_t i = 0; i < formula.n;) {
        size_t from = i;
        while (i < formula.n && ((formula.s[i] >= 'a' && formula.s[i] <= 'z') || formula.s[i] == '_')) i++;
        int64_t n = 0;
        Str name = { formula.s + from, i - from };
        if (i == from) i++;
        if (name.n == 0 || !assess_fact(f, name, &n)) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, name);
        out_str(&o, S("="));
        out_int(&o, n);
    }
    return out_view(&o);
}

static bool in_scheme(const SchemeRow *r, const Assessment *a, const char *kind)
{
    return str_eq(r->scheme, a->scheme) && str_eq(r->kind, str_of(kind))
        && in_force(r->from, r->to, a->to_day);
}

static void score_item(Ctx *c, const SchemeRow *r, AssessFacts *facts, AssessedItem *it)
{
    facts->n[AM_HAND] = assess_hand(c, it->assessed_id, r->code);
    Formula f = { .name = assess_fact, .from = facts };
    Ratio value = formula_value(&f, r->formula);
    it->code = r->code;
    it->parent = r->parent;
    it->zh = r->zh;
    it->en = r->en;
    it->weight = r->weight;
    it->formula = r->formula;
    it->facts = facts_of(c, r->formula, facts);
    print_share(&f, it, value);
    it->counts = scheme_points(r, value, &it->points);
    db_insert(c, &q_item_add, it);
}

/* A veto gives the lowest grade. */
static const SchemeRow *grade_of(Ctx *c, const Assessment *a, const Assessed *s)
{
    return scheme_grade(&c->law->schemes, a->scheme, a->to_day, s->veto.n ? 0 : s->total);
}

/* FNV-1a. */
static uint64_t mixed(uint64_t h, Str text)
{
    for (size_t i = 0; i < text.n; i++) h = (h ^ (unsigned char)text.s[i]) * 16777619U & UINT32_MAX;
    return h;
}

/* MED@2024-01-01#1a2b3c4d: the scheme, its newest row in force, a digest of all rows. */
static Str edition_of(Ctx *c, const Assessment *a)
{
    static const char hex[] = "0123456789abcdef";
    uint64_t h = 2166136261U;
    Date newest = { 0 };
    for (size_t i = 0; i < c->law->schemes.n; i++) {
        const SchemeRow *r = &c->law->schemes.row[i];
        if (!str_eq(r->scheme, a->scheme) || !in_force(r->from, r->to, a->to_day)) continue;
        if (r->from.day > newest.day) newest = r->from;
        h = mixed(mixed(mixed(mixed(h, r->code), r->kind), r->formula), r->empty);
        h = (h ^ (uint64_t)r->weight) * 16777619U & UINT32_MAX;
    }
    Out o = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    out_str(&o, a->scheme);
    out_str(&o, S("@"));
    out_date(&o, newest);
    out_str(&o, S("#"));
    for (int shift = 28; shift >= 0; shift -= 4) out_str(&o, (Str){ &hex[h >> shift & 15], 1 });
    return out_view(&o);
}

static Rows rounds_of(Ctx *c, Id id)
{
    return db_list(c, &q_rounds, &(Assessed){ .id = id });
}

/* After the freeze the rows of the scheme must be those that were frozen, and what was frozen is kept. */
static void keep_past(Ctx *c, const Assessment *a, const Assessed *s)
{
    if (!str_eq(a->state, S("FROZEN"))) return;
    if (!str_eq(edition_of(c, a), a->edition)) fail(c, ERR_BLOCKED, a->edition);
    Assessed past = { .id = s->id, .at = now(c), .by_id = c->who.id };
    past.round = (int64_t)rounds_of(c, s->id).n + 1;
    if (!ok(c)) return;
    db_insert(c, &q_past, &past);
    db_change_any(c, &q_past_items, &(AssessedItem){ .assessed_id = s->id, .round = past.round });
}

void assessed_score(Ctx *c, const Assessment *a, Assessed *s)
{
    if (!ok(c)) return;
    keep_past(c, a, s);
    AssessFacts facts = assess_facts(c, a, s);
    int64_t points = 0, weights = 0, no = 0;
    db_change_any(c, &q_items_clear, &(AssessedItem){ .assessed_id = s->id });
    for (size_t i = 0; ok(c) && i < c->law->schemes.n; i++) {
        const SchemeRow *r = &c->law->schemes.row[i];
        if (!in_scheme(r, a, "ITEM")) continue;
        AssessedItem it = { .assessed_id = s->id, .no = ++no };
        score_item(c, r, &facts, &it);
        if (!it.counts) continue;
        points += it.points;
        weights += it.weight;
    }
    s->total = scheme_total(points, weights);
    const SchemeRow *grade = weights || s->veto.n ? grade_of(c, a, s) : NULL; /* nothing that counts: none */
    s->grade = grade ? grade->code : (Str){ 0 };
    assessed_keep(c, s);
}

/* ---- routes ------------------------------------------------------------------------------ */

static Str subject_of(const Ctx *c, const Assessment *a)
{
    for (size_t i = 0; i < c->law->schemes.n; i++) {
        if (in_scheme(&c->law->schemes.row[i], a, "ITEM")) return c->law->schemes.row[i].subject;
    }
    return (Str){ 0 };
}

static void add_subjects(Ctx *c, Assessment *a)
{
    bool mediators = str_eq(a->subject, S("MEDIATOR")), orgs = str_eq(a->subject, S("ORG"));
    const Query *q = mediators ? &q_mediators : orgs ? &q_orgs : &q_members;
    a->path = a->org_path;
    a->path_end = path_end(c->mem, a->path);
    a->morrow = time_at(date_plus(a->to_day, 1), 0, 0);
    Rows rows = db_list(c, q, a);
    Assessed *s = rows.at;
    if (ok(c) && rows.n == SUBJECTS_MAX) fail(c, ERR_TOO_LARGE, S("subjects"));
    for (size_t i = 0; i < rows.n; i++) {
        s[i].id = id_next(c);
        s[i].assessment_id = a->id;
        db_insert(c, &q_subject_add, &s[i]);
    }
    a->subjects = (int64_t)rows.n;
}

static void assessment_add(Ctx *c)
{
    Org o = { 0 };
    Assessment a = { .state = S("DRAFT") };
    (void)form_read(c, &assessment_form, &a);
    if (ok(c) && a.to_day.day < a.from_day.day) fault(c, S("to_day"), FAULT_ORDER);
    if (ok(c)) a.subject = subject_of(c, &a);
    if (ok(c) && a.subject.n == 0) fault(c, S("scheme"), FAULT_NOT_KNOWN);
    tx_begin(c);
    if (ok(c) && org_get(c, c->who.org, &o)) org_need(c, o.path);
    if (ok(c)) {
        a.id = id_next(c);
        a.org_id = o.id;
        a.org_path = o.path;
        a.org_name = o.name;
        a.edition = edition_of(c, &a);
        audit_about(c, a.id);
        db_insert(c, &q_add, &a);
        add_subjects(c, &a);
    }
    reply_row(c, 201, &assessment_form, &a);
    tx_end(c);
}

static void assessment_list(Ctx *c)
{
    Assessment ask = { .path = c->who.org_path };
    ask.path_end = ask.path.n ? path_end(c->mem, ask.path) : ask.path; /* nobody's: nothing */
    bool keeps_them = (c->who.roles & (KEEPERS | STATISTICIAN)) != 0;
    reply_rows(c, &assessment_form, db_list(c, keeps_them ? &q_list : &q_convened, &ask), (Str){ 0 });
}

static void assessment_show(Ctx *c)
{
    Assessment a = { 0 };
    (void)assessment_get(c, arg_id(c, 0), &a);
    reply_row(c, 200, &assessment_form, &a);
}

static Rows subjects_of(Ctx *c, Id id)
{
    return db_list(c, &q_subjects, &(Assessed){ .assessment_id = id });
}

/* Equal points, equal rank, and the next one after them all: 1, 1, 3. */
static void rank(Rows rows)
{
    Assessed *s = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        bool none = s[i].veto.n || s[i].grade.n == 0;
        bool tied = i > 0 && s[i - 1].total == s[i].total;
        s[i].rank = none ? 0 : tied ? s[i - 1].rank : (int64_t)i + 1;
    }
}

/* Statisticians see no names of people. */
static void result_list(Ctx *c)
{
    Assessment a = { 0 };
    (void)assessment_get(c, arg_id(c, 0), &a);
    Rows rows = subjects_of(c, a.id);
    Assessed *s = rows.at;
    rank(rows);
    bool named = c->who.roles & (KEEPERS | CONVENER) || !str_eq(a.subject, S("MEDIATOR"));
    for (size_t i = 0; !named && i < rows.n; i++) {
        s[i].name = s[i].veto_reason = s[i].org_name = (Str){ 0 };
        s[i].subject_id = (Id){ 0 };
    }
    reply_rows(c, &assessed_form, rows, (Str){ 0 });
}

static void assessment_score(Ctx *c)
{
    Assessment a = { 0 };
    tx_begin(c);
    (void)assessment_get(c, arg_id(c, 0), &a);
    bool may = str_eq(a.state, S("DRAFT")) || str_eq(a.state, S("SCORED"));
    if (ok(c) && !may) fail(c, ERR_BLOCKED, a.state);
    Rows rows = subjects_of(c, a.id);
    for (size_t i = 0; i < rows.n; i++) assessed_score(c, &a, (Assessed *)rows.at + i);
    a.state = S("SCORED");
    if (ok(c)) a.edition = edition_of(c, &a);
    assessment_keep(c, &a);
    reply_row(c, 200, &assessment_form, &a);
    tx_end(c);
}

static void item_list(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    AssessedItem ask = { 0 };
    (void)form_read_query(c, &item_find_form, &ask);
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    ask.assessed_id = s.id;
    reply_rows(c, &item_form, db_list(c, ask.round ? &q_items_then : &q_items, &ask), (Str){ 0 });
}

static void round_list(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    reply_rows(c, &assessed_form, rounds_of(c, s.id), (Str){ 0 });
}

/* Mine: a mediator's own results, or those of the organisation one manages. */
static void own_list(Ctx *c)
{
    Mediator m = { 0 };
    bool mediator = mediator_of_user(c, c->who.id, &m);
    Id id = mediator ? m.id : c->who.org;
    reply_rows(c, &assessed_form, db_list(c, &q_own, &(Assessed){ .subject_id = id }), (Str){ 0 });
}

static void scheme_list(Ctx *c)
{
    Rows rows = { 0 };
    size_t cap = 0;
    for (size_t i = 0; i < c->law->schemes.n; i++) {
        const SchemeRow *r = &c->law->schemes.row[i];
        if (!in_force(r->from, r->to, c->today)) continue;
        *(SchemeLine *)rows_push(c->mem, &rows, &cap, sizeof(SchemeLine)) =
            (SchemeLine){ .scheme = r->scheme, .code = r->code, .parent = r->parent, .subject = r->subject,
                          .kind = r->kind, .formula = r->formula, .empty = r->empty, .zh = r->zh, .en = r->en,
                          .basis = r->basis, .weight = r->weight, .from = r->from };
    }
    reply_rows(c, &scheme_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/schemes", STAFF | CONVENER | MEMBER | STATISTICIAN, scheme_list, .zh = "考核方案",
      .en = "schemes of assessment", .out = &scheme_form, .list = true },
    { "GET", "/api/v1/assessments", KEEPERS | STATISTICIAN | CONVENER, assessment_list, .zh = "考核", .en = "assessments",
      .out = &assessment_form, .list = true },
    { "POST", "/api/v1/assessments", KEEPERS, assessment_add, .zh = "建立考核", .en = "set up an assessment",
      .in = &assessment_form, .out = &assessment_form },
    { "GET", "/api/v1/assessments/:id", KEEPERS | STATISTICIAN | CONVENER, assessment_show, .zh = "查看考核", .en = "one assessment",
      .out = &assessment_form },
    { "POST", "/api/v1/assessments/:id/score", KEEPERS, assessment_score, .zh = "评分", .en = "score all subjects",
      .out = &assessment_form },
    { "GET", "/api/v1/assessments/:id/results", KEEPERS | STATISTICIAN | CONVENER, result_list, .zh = "考核结果", .en = "the results",
      .out = &assessed_form, .list = true },
    { "GET", "/api/v1/assessed/:id/items", KEEPERS | ORG_MANAGER | MEDIATORS | MEMBER | CONVENER, item_list,
      .zh = "考核得分明细", .en = "the items of a result", .query = &item_find_form, .out = &item_form, .list = true },
    { "GET", "/api/v1/assessed/:id/rounds", KEEPERS | ORG_MANAGER | MEDIATORS | MEMBER | CONVENER, round_list,
      .zh = "冻结后重新评分的原结果", .en = "a result as it was before it was scored again", .out = &assessed_form,
      .list = true },
    { "GET", "/api/v1/assessed-own", ORG_MANAGER | MEDIATORS | MEMBER, own_list, .zh = "我的考核结果",
      .en = "one's own results", .out = &assessed_form, .list = true },
};

const Slice assessment_slice = {
    .name = "assessment", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations), .keeps = keeps,
};
