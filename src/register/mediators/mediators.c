#include "register/mediators/mediators.h"

#include "core/audit.h"
#include "core/check.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "core/right.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/employers/employers.h"
#include "register/mediators/mediator_account.h"
#include "register/mediators/mediator_posts.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediator_ties.h"
#include "register/mediators/mediator_words.h"
#include "register/organisations/organisations.h"

static const Field fields[] = {
    FIELD(Mediator, id,             .label = "编号",         .en = "number", .rule = SERVER_SET),
    FIELD(Mediator, user_id,        .label = "账号",         .en = "account"),
    FIELD(Mediator, org_id,         .label = "所属机构",     .en = "organisation", .rule = REQUIRED),
    FIELD(Mediator, org_path,       .label = "机构路径",     .en = "path", .rule = SERVER_SET),
    FIELD(Mediator, org_name,       .label = "机构名称",     .en = "name of the organisation", .rule = SERVER_SET),
    FIELD(Mediator, name,           .label = "姓名",         .en = "name", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Mediator, sex,            .label = "性别",         .en = "sex", .rule = REQUIRED, .codes = &mediator_sexes),
    FIELD(Mediator, id_no,          .label = "公民身份号码", .en = "identity number", .rule = SEALED, .mask = MASK_ID_NO,
          .check = check_id_no),
    FIELD(Mediator, phone,          .label = "电话",         .en = "phone", .rule = REQUIRED | SEALED, .mask = MASK_PHONE,
          .check = check_phone),
    FIELD(Mediator, photo,          .label = "照片",         .en = "photograph", .rule = SERVER_SET),
    FIELD(Mediator, work,           .label = "专兼职",       .en = "full- or part-time", .rule = REQUIRED,
          .codes = &mediator_works),
    FIELD(Mediator, unit,           .label = "工作单位",     .en = "unit", .max = 100),
    FIELD(Mediator, source,         .label = "来源",         .en = "source", .rule = REQUIRED, .codes = &mediator_sources),
    FIELD(Mediator, criteria,       .label = "选聘条件",     .en = "criteria met", .rule = MANY, .codes = &mediator_criteria),
    FIELD(Mediator, certificate_no, .label = "证书编号",     .en = "certificate", .max = 40),
    FIELD(Mediator, appointed_from, .label = "聘期起",       .en = "appointed from", .rule = SERVER_SET),
    FIELD(Mediator, appointed_to,   .label = "聘期止",       .en = "appointed to", .rule = SERVER_SET),
    FIELD(Mediator, specialties,    .label = "擅长领域",     .en = "specialties", .rule = MANY, .codes = &mediator_tags),
    FIELD(Mediator, languages,      .label = "语言、方言",   .en = "languages and dialects", .max = 100),
    FIELD(Mediator, court_invited,  .label = "特邀调解员",   .en = "invited by a court"),
    FIELD(Mediator, capacity,       .label = "在办容量",     .en = "capacity", .rule = REQUIRED, .min = 1, .max = 10000),
    FIELD(Mediator, open_load,      .label = "在办件数",     .en = "open cases", .rule = SERVER_SET),
    FIELD(Mediator, last_assigned,  .label = "最近指派时间", .en = "last assigned", .rule = SERVER_SET),
    FIELD(Mediator, status,         .label = "状态",         .en = "status", .rule = SERVER_SET, .codes = &mediator_statuses),
    FIELD(Mediator, status_on,      .label = "状态起始日期", .en = "status since", .rule = SERVER_SET),
    FIELD(Mediator, active,         .label = "在任",         .en = "in office", .rule = SERVER_SET),
    FIELD(Mediator, published,      .label = "对外公布",     .en = "published"),
    FIELD(Mediator, version,        .label = "版本",         .en = "version", .rule = SERVER_SET),
};
const Form mediator_form = FORM(Mediator, fields);

/* What anybody may read, and no more (domain.md 12.4). */
static const Field public_fields[] = {
    FIELD(Mediator, id,          .label = "编号",       .en = "number"),
    FIELD(Mediator, name,        .label = "姓名",       .en = "name"),
    FIELD(Mediator, photo,       .label = "照片",       .en = "photograph"),
    FIELD(Mediator, work,        .label = "专兼职",     .en = "full- or part-time", .codes = &mediator_works),
    FIELD(Mediator, specialties, .label = "擅长领域",   .en = "specialties", .rule = MANY, .codes = &mediator_tags),
    FIELD(Mediator, languages,   .label = "语言、方言", .en = "languages and dialects"),
    FIELD(Mediator, org_id,      .label = "所属机构",   .en = "organisation"),
    FIELD(Mediator, org_name,    .label = "机构名称",   .en = "name of the organisation"),
};
static const Form public_form = { "PublicMediator", sizeof(Mediator), public_fields, COUNT(public_fields) };

typedef struct MediatorFind {
    Id      id, after, org_id, user_id, employer_id;
    Str     status, work, name, name_end, path, path_end, tag, name_key;
    int64_t limit, more;
    Date    on;
    Time    at;
} MediatorFind;

static const Field find_fields[] = {
    FIELD(MediatorFind, org_id, .label = "所属机构", .en = "organisation"),
    FIELD(MediatorFind, status, .label = "状态",     .en = "status", .codes = &mediator_statuses),
    FIELD(MediatorFind, work,   .label = "专兼职",   .en = "full- or part-time", .codes = &mediator_works),
    FIELD(MediatorFind, name,   .label = "姓名开头", .en = "beginning of the name", .max = 50),
    FIELD(MediatorFind, after,  .label = "接着",     .en = "the page before's next"),
    FIELD(MediatorFind, limit,  .label = "条数",     .en = "rows", .min = 1, .max = PAGE_MAX),
    FIELD(MediatorFind, id,          .label = "编号",     .en = "number", .rule = HIDDEN),
    FIELD(MediatorFind, user_id,     .label = "账号",     .en = "account", .rule = HIDDEN),
    FIELD(MediatorFind, employer_id, .label = "用人单位", .en = "employer", .rule = HIDDEN),
    FIELD(MediatorFind, name_end,    .label = "姓名",     .en = "name", .rule = HIDDEN),
    FIELD(MediatorFind, name_key,    .label = "单位名称", .en = "employer's name", .rule = HIDDEN),
    FIELD(MediatorFind, path,        .label = "范围",     .en = "scope", .rule = HIDDEN),
    FIELD(MediatorFind, path_end,    .label = "范围",     .en = "scope", .rule = HIDDEN),
    FIELD(MediatorFind, more,        .label = "增减",     .en = "more", .rule = HIDDEN),
    FIELD(MediatorFind, on,          .label = "日期",     .en = "day", .rule = HIDDEN),
    FIELD(MediatorFind, at,          .label = "时刻",     .en = "instant", .rule = HIDDEN),
};
static const Form find_form = FORM(MediatorFind, find_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE mediator("
      "  id             INTEGER PRIMARY KEY,"
      "  user_id        INTEGER NOT NULL," /* 0: no account */
      "  org_id         INTEGER NOT NULL REFERENCES org(id),"
      "  org_path       TEXT NOT NULL,"
      "  name           TEXT NOT NULL,"
      "  sex            TEXT NOT NULL,"
      "  id_no          TEXT NOT NULL,"    /* sealed */
      "  phone          TEXT NOT NULL,"    /* sealed */
      "  photo          TEXT NOT NULL,"    /* of a file: SHA-256 */
      "  work           TEXT NOT NULL,"    /* FT PT */
      "  unit           TEXT NOT NULL,"
      "  source         TEXT NOT NULL,"
      "  criteria       TEXT NOT NULL,"
      "  certificate_no TEXT NOT NULL,"
      "  appointed_from TEXT,"             /* the present or last term */
      "  appointed_to   TEXT,"
      "  specialties    TEXT NOT NULL,"
      "  languages      TEXT NOT NULL,"
      "  court_invited  INTEGER NOT NULL,"
      "  capacity       INTEGER NOT NULL CHECK(capacity > 0),"
      "  open_load      INTEGER NOT NULL," /* open cases, counted by the case */
      "  last_assigned  INTEGER NOT NULL,"
      "  status         TEXT NOT NULL,"
      "  status_on      TEXT NOT NULL,"
      "  active         INTEGER NOT NULL," /* APPOINTED or RENEWED */
      "  published      INTEGER NOT NULL,"
      "  version        INTEGER NOT NULL) STRICT;"
      "CREATE INDEX mediator_by_path ON mediator(org_path, id);"
      "CREATE INDEX mediator_by_org ON mediator(org_id, id);"
      "CREATE UNIQUE INDEX mediator_by_user ON mediator(user_id) WHERE user_id <> 0;"
      "CREATE UNIQUE INDEX mediator_by_certificate ON mediator(certificate_no) WHERE certificate_no <> '';" },
    { 2, MEDIATOR_TIES_SCHEMA },
    { 3, MEDIATOR_POOL_SCHEMA },
};

#define COLUMNS "id, user_id, mediator.org_id, org_path, name, sex, id_no, phone, photo, work, unit, source, criteria," \
    " certificate_no, appointed_from, appointed_to, specialties, languages, court_invited, capacity, open_load," \
    " last_assigned, status, status_on, active, published, version, org_name"
#define FROM " FROM mediator JOIN org_name ON org_name.org_id = mediator.org_id"

static const Query q_add = {
    .name = "mediators.add", .in = &mediator_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO mediator(id, user_id, org_id, org_path, name, sex, id_no, phone, photo, work, unit, source,"
           " criteria, certificate_no, appointed_from, appointed_to, specialties, languages, court_invited, capacity,"
           " open_load, last_assigned, status, status_on, active, published, version)"
           " VALUES(:id, :user_id, :org_id, :org_path, :name, :sex, :id_no, :phone, :photo, :work, :unit, :source,"
           " :criteria, :certificate_no, :appointed_from, :appointed_to, :specialties, :languages, :court_invited,"
           " :capacity, :open_load, :last_assigned, :status, :status_on, :active, :published, :version)",
};
static const Query q_edit = {
    .name = "mediators.edit", .in = &mediator_form, .clash = ERR_CLASH,
    .sql = "UPDATE mediator SET user_id = :user_id, org_id = :org_id, org_path = :org_path, name = :name, sex = :sex,"
           " id_no = :id_no, phone = :phone, photo = :photo, work = :work, unit = :unit, source = :source,"
           " criteria = :criteria, certificate_no = :certificate_no, appointed_from = :appointed_from,"
           " appointed_to = :appointed_to, specialties = :specialties, languages = :languages,"
           " court_invited = :court_invited, capacity = :capacity, status = :status, status_on = :status_on,"
           " active = :active, published = :published, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "mediators.get", .in = &find_form, .out = &mediator_form,
    .sql = "SELECT " COLUMNS FROM " WHERE id = :id",
};
static const Query q_of_user = {
    .name = "mediators.of_user", .in = &find_form, .out = &mediator_form,
    .sql = "SELECT " COLUMNS FROM " WHERE user_id = :user_id AND user_id <> 0",
};
static const Filter list_filters[] = {
    { "org_id", " AND mediator.org_id = :org_id" },
    { "status", " AND status = :status" },
    { "work",   " AND work = :work" },
    { "name",   " AND name >= :name AND name < :name_end" },
};
static const Query q_list = {
    .name = "mediators.list", .in = &find_form, .out = &mediator_form,
    .sql = "SELECT " COLUMNS FROM " WHERE org_path >= :path AND org_path < :path_end AND id > :after",
    .filter = list_filters, .filters = COUNT(list_filters), .tail = " ORDER BY id LIMIT :limit",
};
#define IN_OFFICE " active = 1 AND appointed_from <= :on AND appointed_to >= :on"
static const Filter public_filters[] = { { "org_id", " AND mediator.org_id = :org_id" } };
static const Query q_public = {
    .name = "mediators.public", .in = &find_form, .out = &mediator_form,
    .sql = "SELECT id, name, photo, work, specialties, languages, mediator.org_id, org_name" FROM
           " WHERE id > :after AND published = 1 AND" IN_OFFICE,
    .filter = public_filters, .filters = COUNT(public_filters), .tail = " ORDER BY id LIMIT :limit",
};
static const Filter candidate_filters[] = {
    { "org_id",      " AND mediator.org_id = :org_id" },
    { "employer_id", " AND NOT EXISTS(SELECT 1 FROM mediator_tie t WHERE t.mediator_id = mediator.id"
                     " AND t.employer_id = :employer_id AND (t.until IS NULL OR t.until >= :on))" },
    { "name_key",    " AND NOT EXISTS(SELECT 1 FROM mediator_tie t WHERE t.mediator_id = mediator.id"
                     " AND t.name_key = :name_key AND (t.until IS NULL OR t.until >= :on))" },
};
static const Query q_candidates = {
    .name = "mediators.candidates", .in = &find_form, .out = &mediator_form,
    .sql = "SELECT " COLUMNS FROM " WHERE ((org_path >= :path AND org_path < :path_end)"
           " OR id IN (SELECT x.mediator_id FROM pool_person x JOIN pool_body b ON b.pool_id = x.pool_id"
           " JOIN pool p ON p.id = x.pool_id WHERE " MEDIATOR_POOL_LENDS ")) AND" IN_OFFICE
           " AND NOT EXISTS(SELECT 1 FROM mediator_away a WHERE a.mediator_id = mediator.id"
           " AND a.from_day <= :on AND a.to_day >= :on)",
    .filter = candidate_filters, .filters = COUNT(candidate_filters),
    .tail = " ORDER BY open_load * 1000 / capacity, last_assigned, id LIMIT 1000",
};
static const Field count_fields[] = {
    FIELD(MediatorCount, in_office, .label = "在任", .en = "in office"),
    FIELD(MediatorCount, full_time, .label = "专职", .en = "full-time"),
};
static const Form count_form = FORM(MediatorCount, count_fields);
static const Query q_count = {
    .name = "mediators.count", .in = &find_form, .out = &count_form,
    .sql = "SELECT COUNT(*) AS in_office,"
           " CAST(COALESCE(SUM(CASE WHEN work = 'FT' THEN 1 ELSE 0 END), 0) AS BIGINT)"
           " AS full_time FROM mediator WHERE org_id = :org_id AND" IN_OFFICE,
};
static const Query q_forget = {
    .name = "mediators.forget", .in = &find_form,
    .sql = "DELETE FROM mediator WHERE id = :id /*scan*/", /* of what might name it */
};
static const Query q_load_in = {
    .name = "mediators.load_in", .in = &find_form, .quiet = true,
    .sql = "UPDATE mediator SET open_load = open_load + :more, last_assigned = :at WHERE id = :id",
};
static const Query q_load_out = {
    .name = "mediators.load_out", .in = &find_form, .quiet = true,
    .sql = "UPDATE mediator SET open_load = open_load + :more WHERE id = :id",
};
static const Query *const queries[] = {
    &q_add, &q_edit, &q_get, &q_of_user, &q_list, &q_public, &q_candidates, &q_count, &q_load_in, &q_forget,
    &q_load_out, NULL,
};

/* ---- who may ------------------------------------------------------------------------ */

/* The manager of a grassroots organisation: of that one only. */
void mediator_need_org(Ctx *c, Id org_id, Str path)
{
    bool wide = (c->who.roles & (HR | HEAD | CLERK | DISPATCHER)) != 0;
    if (c->who.roles & SYSTEM) return; /* an import: who asked for it was looked at */
    if (wide) org_need(c, path);
    else if (ok(c) && org_id.n != c->who.org.n) fail(c, ERR_FORBIDDEN, path);
}

void mediator_own_or_org(Ctx *c, const Mediator *m)
{
    bool own = m->user_id.n != 0 && m->user_id.n == c->who.id.n && !c->who.machine;
    if (!own) mediator_need_org(c, m->org_id, m->org_path);
}

/* ---- keeping ---------------------------------------------------------------------------- */

static void take_org(Ctx *c, Mediator *m)
{
    Org org = { 0 };
    if (!ok(c)) return;
    if (!org_find(c, m->org_id, &org)) fault(c, S("org_id"), FAULT_NOT_KNOWN);
    m->org_path = org.path;
    m->org_name = org.name;
    mediator_need_org(c, m->org_id, m->org_path);
}

void mediator_keep(Ctx *c, Mediator *m)
{
    m->active = str_eq(m->status, S("APPOINTED")) || str_eq(m->status, S("RENEWED"));
    m->version++;
    audit_about(c, m->id);
    db_change(c, &q_edit, m);
    post_note(c, m);
}

static void reply_mediator(Ctx *c, int status, const Mediator *m)
{
    tag_version(c, m->version);
    reply_row(c, status, &mediator_form, m);
}

/* ---- routes -------------------------------------------------------------------------------- */

void mediator_enter(Ctx *c, Mediator *m)
{
    take_org(c, m);
    mediator_account_check(c, m->user_id);
    m->id = id_next(c);
    m->status = S("CANDIDATE");
    m->status_on = c->today;
    m->version = 1;
    audit_about(c, m->id);
    db_insert(c, &q_add, m);
    post_note(c, m);
}

void mediator_forget(Ctx *c, Id id)
{
    audit_about(c, id);
    post_forget(c, id);
    db_change(c, &q_forget, &(MediatorFind){ .id = id });
}

static void mediator_add(Ctx *c)
{
    Mediator m = { .published = true };
    (void)form_read(c, &mediator_form, &m);
    tx_begin(c);
    mediator_enter(c, &m);
    reply_mediator(c, 201, &m);
    tx_end(c);
}

static void mediator_edit(Ctx *c)
{
    Mediator m = { 0 };
    tx_begin(c);
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_need_org(c, m.org_id, m.org_path);
    match_version(c, m.version);
    Id was = m.org_id, account = m.user_id;
    (void)form_read(c, &mediator_form, &m);
    if (m.org_id.n != was.n) take_org(c, &m);
    if (m.user_id.n != account.n) mediator_account_check(c, m.user_id);
    mediator_keep(c, &m);
    reply_mediator(c, 200, &m);
    tx_end(c);
}

/* With a reason the answer is not masked, and the record tells who looked. */
static void mediator_show(Ctx *c)
{
    Mediator m = { 0 };
    Str reason = look_reason(c);
    if (reason.n) tx_begin(c); /* only a look is written */
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    if (reason.n) (void)reveal_for(c, S("mediator"), m.id, reason);
    reply_mediator(c, 200, &m);
    tx_end(c);
}

static void mediator_list(Ctx *c)
{
    MediatorFind f = { .limit = 50 };
    (void)form_read_query(c, &find_form, &f);
    bool wide = (c->who.roles & (HR | HEAD | CLERK | DISPATCHER)) != 0;
    if (!wide) f.org_id = c->who.org;
    if (!wide && c->who.org.n == 0) fail(c, ERR_FORBIDDEN, c->path);
    f.name_end = range_end(c->mem, f.name);
    f.path = c->who.org_path;
    f.path_end = f.path.n ? path_end(c->mem, f.path) : f.path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_list, &f);
    reply_page(c, &mediator_form, rows, (size_t)f.limit, offsetof(Mediator, id));
}

static const Field public_find_fields[] = {
    FIELD(MediatorFind, org_id, .label = "所属机构", .en = "organisation"),
    FIELD(MediatorFind, after,  .label = "接着",     .en = "the page before's next"),
    FIELD(MediatorFind, limit,  .label = "条数",     .en = "rows", .min = 1, .max = PAGE_MAX),
};
static const Form public_find_form = {
    "RosterFind", sizeof(MediatorFind), public_find_fields, COUNT(public_find_fields),
};

static void mediator_public(Ctx *c)
{
    MediatorFind f = { .limit = 50, .on = c->today };
    (void)form_read_query(c, &public_find_form, &f);
    Rows rows = db_list(c, &q_public, &f);
    reply_page(c, &public_form, rows, (size_t)f.limit, offsetof(Mediator, id));
}

/* ---- status ------------------------------------------------------------------------------------ */

typedef struct MediatorMove {
    Str  event, ground;
    Date day;
    Str  reason;
    Date appointed_from, appointed_to;
} MediatorMove;

static const Field move_fields[] = {
    FIELD(MediatorMove, event,  .label = "事项",     .en = "event", .rule = REQUIRED, .codes = &mediator_events),
    FIELD(MediatorMove, day,    .label = "生效日期", .en = "from", .rule = NOT_FUTURE),
    FIELD(MediatorMove, reason, .label = "理由",     .en = "reason", .rule = PROSE, .max = 1000),
    FIELD(MediatorMove, ground, .label = "解聘事由", .en = "ground of dismissal", .codes = &mediator_grounds),
    FIELD(MediatorMove, appointed_from, .label = "聘期起", .en = "appointed from"),
    FIELD(MediatorMove, appointed_to,   .label = "聘期止", .en = "appointed to"),
};
static const Form move_form = FORM(MediatorMove, move_fields);

static bool begins_term(const MediatorMove *v)
{
    return str_eq(v->event, S("appoint")) || str_eq(v->event, S("renew"));
}

/* Years from a parameter, for where and when the term begins; 0 if there is none. */
static int years(Ctx *c, const char *key, const Org *org, Date from)
{
    if (!c->law) return 0;
    Look look = { .params = &c->law->params, .region = org->region, .day = from };
    return (int)param(&look, key);
}

static Date term_end(Date from, int years)
{
    return years ? date_plus(date_plus_months(from, 12 * years), -1) : (Date){ 0 };
}

/* What was not said: from today on, for the usual number of years. */
static void fill_term(Ctx *c, const Org *org, MediatorMove *v)
{
    if (v->appointed_from.day == 0) v->appointed_from = v->day.day ? v->day : c->today;
    if (v->appointed_to.day) return;
    v->appointed_to = term_end(v->appointed_from, years(c, "MEDIATOR_TERM_YEARS", org, v->appointed_from));
}

/* Who is appointed or renewed is so for a term, of the usual length if none is
** given; in an enterprise's committee for a least one (L17 19). */
static void rule_term(Ctx *c, const Mediator *m, MediatorMove *v)
{
    Org org = { 0 };
    if (!ok(c)) return;
    if (!begins_term(v)) {
        if (v->appointed_from.day) fault(c, S("appointed_from"), FAULT_NOT_ALLOWED);
        if (v->appointed_to.day) fault(c, S("appointed_to"), FAULT_NOT_ALLOWED);
        return;
    }
    if (!org_get(c, m->org_id, &org)) return;
    fill_term(c, &org, v);
    bool committee = str_eq(org.kind, S("ENT"));
    int least = committee ? years(c, "ENT_MEDIATOR_TERM_YEARS", &org, v->appointed_from) : 0;
    Fault f = v->appointed_to.day == 0 ? FAULT_REQUIRED
            : v->appointed_to.day < v->appointed_from.day ? FAULT_ORDER
            : v->appointed_to.day < term_end(v->appointed_from, least).day ? FAULT_TOO_SMALL : FAULT_NONE;
    if (f != FAULT_NONE) fault(c, S("appointed_to"), f);
}

/* All criteria are met (R83, TJZC 11), and who is full-time was trained (R79). */
static void rule_fit(Ctx *c, const Mediator *m, const MediatorMove *v)
{
    if (!ok(c) || !begins_term(v)) return;
    bool untrained = str_eq(m->work, S("FT")) && str_eq(m->status, S("CANDIDATE"));
    bool met = true;
    for (size_t i = 0; i < mediator_criteria.n; i++) {
        met &= has_word(m->criteria, str_of(mediator_criteria.row[i].word));
    }
    if (!met) fail(c, ERR_BLOCKED, str_of(form_find(&mediator_form, S("criteria"))->label));
    if (untrained) fail(c, ERR_BLOCKED, str_of(mediator_statuses.row[1].zh));
}

/* Who was found unqualified last is not renewed (R76). */
static void rule_grade(Ctx *c, const Mediator *m, const MediatorMove *v)
{
    Grade g = { 0 };
    bool dismissal = str_eq(v->event, S("dismiss"));
    if (ok(c) && v->ground.n && !dismissal) fault(c, S("ground"), FAULT_NOT_ALLOWED);
    if (!ok(c) || !str_eq(v->event, S("renew"))) return;
    bool bad = grade_last(c, m->id, &g) && str_eq(g.grade, S("UNQUALIFIED"));
    if (bad) fail(c, ERR_BLOCKED, g.grade);
}

static void mediator_move(Ctx *c)
{
    Mediator m = { 0 };
    MediatorMove v = { 0 };
    (void)form_read(c, &move_form, &v);
    tx_begin(c);
    if (mediator_get(c, arg_id(c, 0), &m)) org_need(c, m.org_path);
    rule_term(c, &m, &v);
    rule_fit(c, &m, &v);
    rule_grade(c, &m, &v);
    Standing e = { .subject = m.id, .event = v.event, .was = m.status, .day = v.day, .reason = v.reason };
    e.detail = v.ground;
    standing_move(c, mediator_moves, &e, m.status_on);
    m.status = e.status;
    m.status_on = e.day;
    if (begins_term(&v)) m.appointed_from = v.appointed_from;
    if (begins_term(&v)) m.appointed_to = v.appointed_to;
    mediator_keep(c, &m);
    if (begins_term(&v)) term_add(c, &m, v.event);
    if (!m.active && m.open_load) job_add(c, S("mediator_left"), m.id, now(c), (Str){ 0 });
    reply_mediator(c, 200, &m);
    tx_end(c);
}

static void mediator_history(Ctx *c)
{
    Mediator m = { 0 };
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    reply_rows(c, &standing_form, standing_list(c, m.id), (Str){ 0 });
}

/* ---- for others ---------------------------------------------------------------------------------- */

bool mediator_get(Ctx *c, Id id, Mediator *m)
{
    return db_get(c, &q_get, &(MediatorFind){ .id = id }, m);
}

bool mediator_of_user(Ctx *c, Id user_id, Mediator *m)
{
    return db_find(c, &q_of_user, &(MediatorFind){ .user_id = user_id }, m);
}

Rows mediator_candidates(Ctx *c, const MediatorAsk *ask)
{
    MediatorFind f = { .org_id = ask->org_id, .employer_id = ask->employer_id, .on = ask->on };
    f.path = ask->path;
    f.path_end = path_end(c->mem, ask->path);
    f.name_key = name_key(c->mem, ask->employer);
    Rows all = db_list(c, &q_candidates, &f);
    Mediator *row = all.at;
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (ask->tag.n == 0 || has_word(row[i].specialties, ask->tag)) row[n++] = row[i];
    }
    return (Rows){ row, n };
}

MediatorCount mediator_count(Ctx *c, Id org_id)
{
    MediatorCount n = { 0 };
    (void)db_find(c, &q_count, &(MediatorFind){ .org_id = org_id, .on = c->today }, &n);
    return n;
}

void mediator_load(Ctx *c, Id id, int64_t more)
{
    MediatorFind f = { .id = id, .more = more, .at = now(c) };
    db_change(c, more > 0 ? &q_load_in : &q_load_out, &f);
}

/* ---- the slice -------------------------------------------------------------------------------------- */

enum {
    VIEWERS = CLERK | DISPATCHER | HEAD | ORG_MANAGER | HR,
    KEEPERS = HEAD | ORG_MANAGER | HR,
};

static const Route routes[] = {
    { "GET", "/api/v1/mediators", VIEWERS, mediator_list, .zh = "调解员名录", .en = "the mediators in one's scope",
      .query = &find_form, .out = &mediator_form, .list = true },
    { "POST", "/api/v1/mediators", KEEPERS, mediator_add, .zh = "登记调解员", .en = "enter a mediator",
      .in = &mediator_form, .out = &mediator_form },
    { "GET", "/api/v1/mediators/:id", VIEWERS | MEDIATORS, mediator_show, .zh = "查看调解员", .en = "one mediator",
      .query = &look_query, .out = &mediator_form },
    { "PATCH", "/api/v1/mediators/:id", KEEPERS, mediator_edit, .zh = "修改调解员", .en = "change a mediator",
      .in = &mediator_form, .out = &mediator_form },
    { "POST", "/api/v1/mediators/:id/status", HEAD | HR, mediator_move, .zh = "聘任、解聘调解员",
      .en = "appoint or dismiss a mediator", .in = &move_form, .out = &mediator_form },
    { "GET", "/api/v1/mediators/:id/history", VIEWERS | MEDIATORS, mediator_history, .zh = "调解员状态记录",
      .en = "a mediator's history", .out = &standing_form, .list = true },
    { "GET", "/api/v1/public/mediators", ANYBODY, mediator_public, .zh = "调解员名册", .en = "the published roster",
      .query = &public_find_form, .out = &public_form, .list = true },
};

const Slice mediators_slice = {
    .name = "mediators", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations),
};
