/*
** Pools (R82, R86): mediators of several bodies built, trained and shared
** together, with the rights that were agreed on, and the province's experts.
** A body sees a pool's people if it may VIEW, and gives them its own cases if it
** may BORROW; a person comes in by their own office.
*/
#include "core/audit.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediator_ties.h"
#include "register/mediators/mediator_words.h"
#include "register/organisations/organisations.h"

static const Code kind_rows[] = {
    { "CO_BUILT", "共建共享调解员库", "co-built and shared" }, { "EXPERT", "专家库", "experts" },
};
static const Codes kinds = { "pool_kinds", kind_rows, COUNT(kind_rows), NULL };

static const Code right_rows[] = {
    { "VIEW",   "查看名录",     "see its people" },
    { "BORROW", "选用办案",     "give them cases" },
    { "TRAIN",  "共同培训",     "train them" },
    { "ASSESS", "参与考核评议", "be heard in their assessment" },
};
static const Codes pool_rights = { "pool_rights", right_rows, COUNT(right_rows), NULL };

typedef struct Pool {
    Id      id, org_id;
    Str     org_path, org_name, kind, name, agreement_no;
    Date    from_day, to_day, on;
    Str     path, path_end;
    int64_t people, bodies;
} Pool;

static const Field pool_fields[] = {
    FIELD(Pool, id,           .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Pool, org_id,       .label = "牵头机构", .en = "organisation in the lead", .rule = SERVER_SET),
    FIELD(Pool, org_name,     .label = "机构名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Pool, kind,         .label = "类别",     .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Pool, name,         .label = "名称",     .en = "name", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Pool, agreement_no, .label = "共建文件", .en = "agreement", .max = 100),
    FIELD(Pool, from_day,     .label = "起始日期", .en = "from"),
    FIELD(Pool, to_day,       .label = "终止日期", .en = "until"),
    FIELD(Pool, people,       .label = "人数",     .en = "people", .rule = SERVER_SET),
    FIELD(Pool, bodies,       .label = "共建单位数", .en = "bodies", .rule = SERVER_SET),
    FIELD(Pool, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Pool, path,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Pool, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Pool, on,       .label = "今日", .en = "today", .rule = HIDDEN),
};
static const Form pool_form = FORM(Pool, pool_fields);

typedef struct PoolBody {
    Id   id, pool_id, org_id;
    Str  org_path, org_name, rights;
    Date from_day, to_day;
} PoolBody;

static const Field body_fields[] = {
    FIELD(PoolBody, id,       .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(PoolBody, org_id,   .label = "共建单位", .en = "body", .rule = REQUIRED),
    FIELD(PoolBody, org_name, .label = "单位名称", .en = "its name", .rule = SERVER_SET),
    FIELD(PoolBody, rights,   .label = "约定权利", .en = "rights agreed on", .rule = REQUIRED | MANY,
          .codes = &pool_rights),
    FIELD(PoolBody, from_day, .label = "起始日期", .en = "from", .rule = NOT_FUTURE),
    FIELD(PoolBody, to_day,   .label = "终止日期", .en = "until", .rule = SERVER_SET),
    FIELD(PoolBody, pool_id,  .label = "调解员库", .en = "pool", .rule = HIDDEN),
    FIELD(PoolBody, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
};
static const Form body_form = FORM(PoolBody, body_fields);

typedef struct PoolPerson {
    Id   id, pool_id, mediator_id;
    Str  name, work, specialties, languages, org_name, path;
    Str  expertise;
    Date from_day, to_day, on;
} PoolPerson;

static const Field person_fields[] = {
    FIELD(PoolPerson, id,          .label = "编号",       .en = "number", .rule = SERVER_SET),
    FIELD(PoolPerson, mediator_id, .label = "调解员",     .en = "mediator", .rule = REQUIRED),
    FIELD(PoolPerson, name,        .label = "姓名",       .en = "name", .rule = SERVER_SET),
    FIELD(PoolPerson, org_name,    .label = "所属机构",   .en = "organisation", .rule = SERVER_SET),
    FIELD(PoolPerson, work,        .label = "专兼职",     .en = "full- or part-time", .rule = SERVER_SET,
          .codes = &mediator_works),
    FIELD(PoolPerson, specialties, .label = "擅长领域",   .en = "specialties", .rule = SERVER_SET | MANY,
          .codes = &mediator_tags),
    FIELD(PoolPerson, languages,   .label = "语言、方言", .en = "languages", .rule = SERVER_SET),
    FIELD(PoolPerson, expertise,   .label = "专长说明",   .en = "expertise", .max = 200),
    FIELD(PoolPerson, from_day,    .label = "入库日期",   .en = "from", .rule = NOT_FUTURE),
    FIELD(PoolPerson, to_day,      .label = "出库日期",   .en = "until", .rule = SERVER_SET),
    FIELD(PoolPerson, pool_id, .label = "调解员库", .en = "pool", .rule = HIDDEN),
    FIELD(PoolPerson, path,    .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(PoolPerson, on,      .label = "今日", .en = "today", .rule = HIDDEN),
};
static const Form person_form = FORM(PoolPerson, person_fields);

#define POOL_COUNTS \
    "(SELECT COUNT(*) FROM pool_person x WHERE x.pool_id = p.id AND x.to_day IS NULL) AS people," \
    " (SELECT COUNT(*) FROM pool_body y WHERE y.pool_id = p.id AND y.to_day IS NULL) AS bodies"
static const Query q_pool_add = {
    .name = "pool.add", .in = &pool_form,
    .sql = "INSERT INTO pool(id, org_id, org_path, kind, name, agreement_no, from_day, to_day)"
           " VALUES(:id, :org_id, :org_path, :kind, :name, :agreement_no, :from_day, :to_day)",
};
static const Query q_pool = {
    .name = "pool.get", .in = &pool_form, .out = &pool_form,
    .sql = "SELECT p.id, p.org_id, n.org_name, p.org_path, p.kind, p.name, p.agreement_no, p.from_day, p.to_day, "
           POOL_COUNTS " FROM pool p JOIN org_name n ON n.org_id = p.org_id WHERE p.id = :id",
};
/* Its own, what lies below, and those it takes part in. */
static const Query q_pools = {
    .name = "pool.list", .in = &pool_form, .out = &pool_form,
    .sql = "SELECT p.id, p.org_id, n.org_name, p.kind, p.name, p.agreement_no, p.from_day, p.to_day, " POOL_COUNTS
           " FROM pool p JOIN org_name n ON n.org_id = p.org_id WHERE (p.org_path >= :path AND p.org_path < :path_end)"
           " OR p.id IN (SELECT b.pool_id FROM pool_body b WHERE b.to_day IS NULL"
           " AND SUBSTR(:path, 1, LENGTH(b.org_path)) = b.org_path) ORDER BY p.id LIMIT 200 /*scan*/",
};
static const Query q_body_add = {
    .name = "pool.body_add", .in = &body_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO pool_body(id, pool_id, org_id, org_path, rights, from_day, to_day)"
           " VALUES(:id, :pool_id, :org_id, :org_path, :rights, :from_day, NULL)",
};
static const Query q_body_end = {
    .name = "pool.body_end", .in = &body_form,
    .sql = "UPDATE pool_body SET to_day = :to_day WHERE id = :id AND pool_id = :pool_id AND to_day IS NULL",
};
static const Query q_bodies = {
    .name = "pool.bodies", .in = &body_form, .out = &body_form,
    .sql = "SELECT b.id, b.org_id, n.org_name, b.org_path, b.rights, b.from_day, b.to_day FROM pool_body b"
           " JOIN org_name n ON n.org_id = b.org_id WHERE b.pool_id = :pool_id AND b.to_day IS NULL"
           " ORDER BY b.id LIMIT 200",
};
static const Query q_person_add = {
    .name = "pool.person_add", .in = &person_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO pool_person(id, pool_id, mediator_id, expertise, from_day, to_day)"
           " VALUES(:id, :pool_id, :mediator_id, :expertise, :from_day, NULL)",
};
static const Query q_person_end = {
    .name = "pool.person_end", .in = &person_form,
    .sql = "UPDATE pool_person SET to_day = :to_day WHERE mediator_id = :mediator_id AND pool_id = :pool_id"
           " AND to_day IS NULL",
};
static const Query q_people = {
    .name = "pool.people", .in = &person_form, .out = &person_form,
    .sql = "SELECT x.id, x.mediator_id, m.name, n.org_name, m.work, m.specialties, m.languages, x.expertise, x.from_day,"
           " x.to_day FROM pool_person x JOIN mediator m ON m.id = x.mediator_id JOIN org_name n ON n.org_id = m.org_id"
           " WHERE x.pool_id = :pool_id AND x.to_day IS NULL ORDER BY x.id LIMIT 1000",
};
static const Query q_lends = {
    .name = "pool.lends", .in = &person_form, .out = &person_form,
    .sql = "SELECT x.id FROM pool_person x JOIN pool_body b ON b.pool_id = x.pool_id JOIN pool p ON p.id = x.pool_id"
           " WHERE x.mediator_id = :mediator_id AND " MEDIATOR_POOL_LENDS " LIMIT 1",
};
static const Query *const queries[] = {
    &q_pool_add, &q_pool, &q_pools, &q_body_add, &q_body_end, &q_bodies, &q_person_add, &q_person_end,
    &q_people, &q_lends, NULL,
};

/* ---- who may ------------------------------------------------------------------------- */

static bool owns(const Ctx *c, const Pool *p)
{
    return c->who.roles & (HR | HEAD) && org_sees(c, p->org_path);
}

/* Does a body above or at c's own office have the right? */
static bool has_right(Ctx *c, const Pool *p, Str right)
{
    Rows rows = db_list(c, &q_bodies, &(PoolBody){ .pool_id = p->id });
    const PoolBody *b = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (str_starts(c->who.org_path, b[i].org_path) && has_word(b[i].rights, right)) return true;
    }
    return false;
}

static void pool_get(Ctx *c, Pool *p, bool keep)
{
    if (!db_get(c, &q_pool, &(Pool){ .id = arg_id(c, 0) }, p)) return;
    bool may = owns(c, p) || (!keep && has_right(c, p, S("VIEW")));
    if (ok(c) && !may) fail(c, ERR_FORBIDDEN, p->name);
}

/* ---- routes ------------------------------------------------------------------------------ */

static void pool_add(Ctx *c)
{
    Org o = { 0 };
    Pool p = { .from_day = c->today };
    (void)form_read(c, &pool_form, &p);
    if (ok(c) && p.to_day.day && p.to_day.day < p.from_day.day) fault(c, S("to_day"), FAULT_ORDER);
    tx_begin(c);
    if (org_get(c, c->who.org, &o)) org_need(c, o.path);
    p.id = id_next(c);
    p.org_id = o.id;
    p.org_name = o.name;
    p.org_path = o.path;
    audit_about(c, p.id);
    db_insert(c, &q_pool_add, &p);
    reply_row(c, 201, &pool_form, &p);
    tx_end(c);
}

static void pool_list(Ctx *c)
{
    Pool ask = { .path = c->who.org_path };
    if (ask.path.n == 0) fail(c, ERR_FORBIDDEN, c->path);
    ask.path_end = path_end(c->mem, ask.path);
    reply_rows(c, &pool_form, db_list(c, &q_pools, &ask), (Str){ 0 });
}

static void body_add(Ctx *c)
{
    Pool p = { 0 };
    Org o = { 0 };
    PoolBody b = { .from_day = c->today };
    (void)form_read(c, &body_form, &b);
    tx_begin(c);
    pool_get(c, &p, true);
    if (ok(c) && !org_find(c, b.org_id, &o)) fault(c, S("org_id"), FAULT_NOT_KNOWN);
    b.id = id_next(c);
    b.pool_id = p.id;
    b.org_path = o.path;
    b.org_name = o.name;
    audit_about(c, p.id);
    db_insert(c, &q_body_add, &b);
    reply_row(c, 201, &body_form, &b);
    tx_end(c);
}

static void body_end(Ctx *c)
{
    Pool p = { 0 };
    tx_begin(c);
    pool_get(c, &p, true);
    audit_about(c, p.id);
    db_change(c, &q_body_end, &(PoolBody){ .id = arg_id(c, 1), .pool_id = p.id, .to_day = c->today });
    reply_done(c);
    tx_end(c);
}

static void body_list(Ctx *c)
{
    Pool p = { 0 };
    pool_get(c, &p, false);
    reply_rows(c, &body_form, db_list(c, &q_bodies, &(PoolBody){ .pool_id = p.id }), (Str){ 0 });
}

/* By the person's own office, which itself takes part or is in the lead. */
static void person_add(Ctx *c)
{
    Pool p = { 0 };
    Mediator m = { 0 };
    PoolPerson x = { .from_day = c->today };
    (void)form_read(c, &person_form, &x);
    tx_begin(c);
    pool_get(c, &p, false);
    bool known = ok(c) && mediator_get(c, x.mediator_id, &m);
    if (known) org_need(c, m.org_path);
    if (ok(c) && !m.active) fail(c, ERR_BLOCKED, m.status);
    x.id = id_next(c);
    x.pool_id = p.id;
    x.name = m.name;
    x.work = m.work;
    x.org_name = m.org_name;
    x.specialties = m.specialties;
    x.languages = m.languages;
    audit_about(c, m.id);
    db_insert(c, &q_person_add, &x);
    reply_row(c, 201, &person_form, &x);
    tx_end(c);
}

static void person_end(Ctx *c)
{
    Pool p = { 0 };
    Mediator m = { 0 };
    tx_begin(c);
    pool_get(c, &p, false);
    if (mediator_get(c, arg_id(c, 1), &m) && !owns(c, &p)) org_need(c, m.org_path);
    audit_about(c, m.id);
    db_change(c, &q_person_end, &(PoolPerson){ .mediator_id = m.id, .pool_id = p.id, .to_day = c->today });
    reply_done(c);
    tx_end(c);
}

static void person_list(Ctx *c)
{
    Pool p = { 0 };
    pool_get(c, &p, false);
    reply_rows(c, &person_form, db_list(c, &q_people, &(PoolPerson){ .pool_id = p.id }), (Str){ 0 });
}

bool pool_lends(Ctx *c, Id mediator_id, Str path, Date on)
{
    PoolPerson ask = { .mediator_id = mediator_id, .path = path, .on = on };
    return db_find(c, &q_lends, &ask, &ask);
}

enum { KEEPERS = HR | HEAD, VIEWERS = KEEPERS | DISPATCHER | CLERK };

static const Route routes[] = {
    { "GET", "/api/v1/pools", VIEWERS, pool_list, .zh = "调解员库", .en = "pools of mediators", .out = &pool_form,
      .list = true },
    { "POST", "/api/v1/pools", KEEPERS, pool_add, .zh = "建立调解员库", .en = "make a pool", .in = &pool_form,
      .out = &pool_form },
    { "GET", "/api/v1/pools/:id/bodies", VIEWERS, body_list, .zh = "共建单位", .en = "the bodies of a pool",
      .out = &body_form, .list = true },
    { "POST", "/api/v1/pools/:id/bodies", KEEPERS, body_add, .zh = "增加共建单位", .en = "let a body take part",
      .in = &body_form, .out = &body_form },
    { "DELETE", "/api/v1/pools/:id/bodies/:body", KEEPERS, body_end, .zh = "退出共建", .en = "a body leaves" },
    { "GET", "/api/v1/pools/:id/mediators", VIEWERS, person_list, .zh = "库内人员", .en = "the people of a pool",
      .out = &person_form, .list = true },
    { "POST", "/api/v1/pools/:id/mediators", KEEPERS, person_add, .zh = "调解员入库", .en = "somebody comes in",
      .in = &person_form, .out = &person_form },
    { "DELETE", "/api/v1/pools/:id/mediators/:mediator", KEEPERS, person_end, .zh = "调解员出库",
      .en = "somebody leaves the pool" },
};

const Slice mediator_pool_slice = {
    .name = "mediator_pool", .route = routes, .routes = COUNT(routes), .query = queries,
};
