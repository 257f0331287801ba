/*
** Rotation for shift training (R78: 轮流到中心跟班学习): who of the grassroots is
** next, who is with which centre until when, and what it counts as hours.  And
** which arbitrator is linked with which area (R87: 仲裁员分片联系).
*/
#include "core/audit.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediator_words.h"
#include "register/organisations/organisations.h"

static const Code state_rows[] = {
    { "PLANNED", "已安排", "planned" }, { "DONE", "已完成", "done" }, { "CANCELLED", "已取消", "cancelled" },
};
static const Codes states = { "rotation_states", state_rows, COUNT(state_rows), NULL };

typedef struct Rotation {
    Id      id, mediator_id, home_org, host_org;
    Str     name, home_name, host_name, host_path, path, path_end;
    Date    from_day, to_day, last_day;
    Str     state, note;
    int64_t minutes, limit;
    Id      after;
} Rotation;

static const Field fields[] = {
    FIELD(Rotation, id,          .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Rotation, mediator_id, .label = "调解员",   .en = "mediator", .rule = REQUIRED),
    FIELD(Rotation, name,        .label = "姓名",     .en = "name", .rule = SERVER_SET),
    FIELD(Rotation, home_org,    .label = "派出组织", .en = "from", .rule = SERVER_SET),
    FIELD(Rotation, home_name,   .label = "派出组织名称", .en = "from, name", .rule = SERVER_SET),
    FIELD(Rotation, host_org,    .label = "跟班中心", .en = "at", .rule = REQUIRED),
    FIELD(Rotation, host_name,   .label = "跟班中心名称", .en = "at, name", .rule = SERVER_SET),
    FIELD(Rotation, from_day,    .label = "自",       .en = "from", .rule = REQUIRED),
    FIELD(Rotation, to_day,      .label = "至",       .en = "to", .rule = REQUIRED),
    FIELD(Rotation, state,       .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Rotation, minutes,     .label = "计入培训分钟数", .en = "minutes of training", .rule = SERVER_SET),
    FIELD(Rotation, note,        .label = "说明",     .en = "note", .max = 200),
    FIELD(Rotation, last_day,    .label = "上次跟班", .en = "last time", .rule = HIDDEN),
    FIELD(Rotation, host_path,   .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Rotation, path,        .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Rotation, path_end,    .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Rotation, limit,       .label = "条数", .en = "rows", .rule = HIDDEN),
    FIELD(Rotation, after,       .label = "接续", .en = "after", .rule = HIDDEN),
};
static const Form rotation_form = FORM(Rotation, fields);

static const Field find_fields[] = {
    FIELD(Rotation, state, .label = "状态", .en = "state", .codes = &states),
    FIELD(Rotation, after, .label = "接续", .en = "after"),
};
static const Form find_form = { "RotationFind", sizeof(Rotation), find_fields, COUNT(find_fields) };

static const Field next_fields[] = {
    FIELD(Rotation, mediator_id, .label = "调解员",       .en = "mediator"),
    FIELD(Rotation, name,        .label = "姓名",         .en = "name"),
    FIELD(Rotation, home_org,    .label = "所属组织",     .en = "organisation"),
    FIELD(Rotation, home_name,   .label = "所属组织名称", .en = "its name"),
    FIELD(Rotation, last_day,    .label = "上次跟班结束", .en = "last time until"),
};
static const Form next_form = { "RotationNext", sizeof(Rotation), next_fields, COUNT(next_fields) };

static const Field next_find_fields[] = {
    FIELD(Rotation, limit, .label = "人数", .en = "how many", .min = 1, .max = 50),
};
static const Form next_find_form = { "RotationNextFind", sizeof(Rotation), next_find_fields, COUNT(next_find_fields) };

typedef struct RotationEnd {
    bool    done;
    int64_t minutes;
    Str     note;
} RotationEnd;

static const Field end_fields[] = {
    FIELD(RotationEnd, done,    .label = "已完成",         .en = "done", .rule = REQUIRED,
          .help = "否为取消", .help_en = "no: it was cancelled"),
    FIELD(RotationEnd, minutes, .label = "计入培训分钟数", .en = "minutes of training", .max = 100000),
    FIELD(RotationEnd, note,    .label = "说明",           .en = "note", .max = 200),
};
static const Form end_form = FORM(RotationEnd, end_fields);

/* ---- arbitrators' areas --------------------------------------------------------------- */

typedef struct AreaLink {
    Id   id, org_id, user_id, after;
    Str  org_path, path_end, name, phone, areas, region;
    Date from_day, to_day, on;
} AreaLink;

static Fault check_areas(const Ctx *c, Str text)
{
    (void)c;
    while (text.n) {
        Str code = str_cut(&text, ' ');
        bool good = str_is_digits(code) && (code.n == 4 || code.n == 6 || code.n == 9 || code.n == 12);
        if (!good) return FAULT_NOT_CODE;
    }
    return FAULT_NONE;
}

static const Field link_fields[] = {
    FIELD(AreaLink, id,       .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(AreaLink, org_id,   .label = "仲裁机构", .en = "institute", .rule = REQUIRED),
    FIELD(AreaLink, user_id,  .label = "账号",     .en = "account"),
    FIELD(AreaLink, name,     .label = "仲裁员",   .en = "arbitrator", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(AreaLink, phone,    .label = "办公电话", .en = "office phone", .max = 60),
    FIELD(AreaLink, areas,    .label = "联系片区", .en = "areas", .rule = REQUIRED | MANY, .max = 2000,
          .check = check_areas, .help = "行政区划代码", .help_en = "codes of administrative divisions"),
    FIELD(AreaLink, from_day, .label = "起始日期", .en = "from"),
    FIELD(AreaLink, to_day,   .label = "终止日期", .en = "until", .rule = SERVER_SET),
    FIELD(AreaLink, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(AreaLink, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(AreaLink, on,       .label = "今日", .en = "today", .rule = HIDDEN),
    FIELD(AreaLink, region,   .label = "地区", .en = "region", .rule = HIDDEN),
    FIELD(AreaLink, after,    .label = "接续", .en = "after", .rule = HIDDEN),
};
static const Form link_form = FORM(AreaLink, link_fields);

static const Field link_find_fields[] = {
    FIELD(AreaLink, region, .label = "联系何地", .en = "linked with this place", .max = 12),
    FIELD(AreaLink, after,  .label = "接续",     .en = "after"),
};
static const Form link_find_form = { "AreaLinkFind", sizeof(AreaLink), link_find_fields, COUNT(link_find_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE rotation("
      "  id          INTEGER PRIMARY KEY,"
      "  mediator_id INTEGER NOT NULL REFERENCES mediator(id),"
      "  home_org    INTEGER NOT NULL,"
      "  host_org    INTEGER NOT NULL,"
      "  host_path   TEXT NOT NULL,"
      "  from_day    TEXT NOT NULL,"
      "  to_day      TEXT NOT NULL,"
      "  state       TEXT NOT NULL,"
      "  minutes     INTEGER NOT NULL,"
      "  note        TEXT NOT NULL) STRICT;"
      "CREATE INDEX rotation_by_host ON rotation(host_path, id);"
      "CREATE INDEX rotation_by_mediator ON rotation(mediator_id, to_day);"
      "CREATE UNIQUE INDEX rotation_planned ON rotation(mediator_id) WHERE state = 'PLANNED';"
      "CREATE TABLE area_link("
      "  id       INTEGER PRIMARY KEY,"
      "  org_id   INTEGER NOT NULL,"
      "  org_path TEXT NOT NULL,"
      "  user_id  INTEGER NOT NULL,"
      "  name     TEXT NOT NULL,"
      "  phone    TEXT NOT NULL,"
      "  areas    TEXT NOT NULL,"
      "  from_day TEXT NOT NULL,"
      "  to_day   TEXT) STRICT;"
      "CREATE INDEX area_link_by_path ON area_link(org_path, id);" },
};

#define COLUMNS "r.id, r.mediator_id, m.name, r.home_org, h.org_name AS home_name, r.host_org, n.org_name AS host_name," \
    " r.host_path, r.from_day, r.to_day, r.state, r.minutes, r.note"
#define FROM " FROM rotation r JOIN mediator m ON m.id = r.mediator_id JOIN org_name h ON h.org_id = r.home_org" \
    " JOIN org_name n ON n.org_id = r.host_org"
static const Query q_add = {
    .name = "rotation.add", .in = &rotation_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO rotation(id, mediator_id, home_org, host_org, host_path, from_day, to_day, state, minutes, note)"
           " VALUES(:id, :mediator_id, :home_org, :host_org, :host_path, :from_day, :to_day, :state, 0, :note)",
};
static const Query q_get = {
    .name = "rotation.get", .in = &rotation_form, .out = &rotation_form,
    .sql = "SELECT " COLUMNS FROM " WHERE r.id = :id",
};
static const Query q_end = {
    .name = "rotation.end", .in = &rotation_form,
    .sql = "UPDATE rotation SET state = :state, minutes = :minutes, note = :note WHERE id = :id AND state = 'PLANNED'",
};
static const Filter filters[] = { { "state", " AND r.state = :state" } };
static const Query q_list = {
    .name = "rotation.list", .in = &rotation_form, .out = &rotation_form,
    .sql = "SELECT " COLUMNS FROM " WHERE r.host_path >= :path AND r.host_path < :path_end AND r.id > :after",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY r.id LIMIT 200",
};
/* Below the host, not planned yet: who never was, then who was longest ago. */
static const Query q_next = {
    .name = "rotation.next", .in = &rotation_form, .out = &rotation_form,
    .sql = "SELECT m.id AS mediator_id, m.name, m.org_id AS home_org, n.org_name AS home_name,"
           " (SELECT MAX(r.to_day) FROM rotation r WHERE r.mediator_id = m.id AND r.state = 'DONE') AS last_day"
           " FROM mediator m JOIN org_name n ON n.org_id = m.org_id WHERE m.org_path > :path AND m.org_path < :path_end"
           " AND m.active = 1 AND NOT EXISTS(SELECT 1 FROM rotation r WHERE r.mediator_id = m.id AND r.state = 'PLANNED')"
           " ORDER BY COALESCE((SELECT MAX(r.to_day) FROM rotation r WHERE r.mediator_id = m.id AND r.state = 'DONE'), ''),"
           " m.id LIMIT 500",
};
#define LINK_COLUMNS "id, org_id, user_id, name, phone, areas, from_day, to_day"
static const Query q_link_add = {
    .name = "area_link.add", .in = &link_form,
    .sql = "INSERT INTO area_link(" LINK_COLUMNS ", org_path) VALUES(:id, :org_id, :user_id, :name, :phone, :areas,"
           " :from_day, NULL, :org_path)",
};
static const Query q_link_get = {
    .name = "area_link.get", .in = &link_form, .out = &link_form,
    .sql = "SELECT " LINK_COLUMNS ", org_path FROM area_link WHERE id = :id",
};
static const Query q_link_end = {
    .name = "area_link.end", .in = &link_form,
    .sql = "UPDATE area_link SET to_day = :to_day WHERE id = :id AND to_day IS NULL",
};
static const Query q_links = {
    .name = "area_link.list", .in = &link_form, .out = &link_form,
    .sql = "SELECT " LINK_COLUMNS " FROM area_link WHERE org_path >= :org_path AND org_path < :path_end"
           " AND to_day IS NULL AND id > :after ORDER BY id LIMIT 1000",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_end, &q_list, &q_next, &q_link_add, &q_link_get, &q_link_end, &q_links, NULL,
};

/* ---- rotation -------------------------------------------------------------------------------- */

static void rotation_add(Ctx *c)
{
    Mediator m = { 0 };
    Org host = { 0 };
    Rotation r = { .state = S("PLANNED") };
    (void)form_read(c, &rotation_form, &r);
    if (ok(c) && r.to_day.day < r.from_day.day) fault(c, S("to_day"), FAULT_ORDER);
    tx_begin(c);
    if (ok(c) && org_get(c, r.host_org, &host)) org_need(c, host.path);
    if (ok(c) && mediator_get(c, r.mediator_id, &m)) org_need(c, m.org_path);
    if (ok(c) && !m.active) fail(c, ERR_BLOCKED, m.status);
    if (ok(c) && m.org_id.n == host.id.n) fault(c, S("host_org"), FAULT_NOT_ALLOWED);
    r.id = id_next(c);
    r.home_org = m.org_id;
    r.home_name = m.org_name;
    r.host_name = host.name;
    r.host_path = host.path;
    r.name = m.name;
    audit_about(c, m.id);
    db_insert(c, &q_add, &r);
    reply_row(c, 201, &rotation_form, &r);
    tx_end(c);
}

static void rotation_end(Ctx *c)
{
    Rotation r = { 0 };
    RotationEnd in = { 0 };
    (void)form_read(c, &end_form, &in);
    tx_begin(c);
    if (db_get(c, &q_get, &(Rotation){ .id = arg_id(c, 0) }, &r)) org_need(c, r.host_path);
    if (ok(c) && !str_eq(r.state, S("PLANNED"))) fail(c, ERR_BLOCKED, r.state);
    if (ok(c) && in.done && c->today.day < r.from_day.day) fail(c, ERR_BLOCKED, r.state);
    if (ok(c) && in.done && in.minutes == 0) fault(c, S("minutes"), FAULT_REQUIRED);
    r.state = in.done ? S("DONE") : S("CANCELLED");
    r.minutes = in.done ? in.minutes : 0;
    if (in.note.n) r.note = in.note;
    audit_about(c, r.mediator_id);
    db_change(c, &q_end, &r);
    reply_row(c, 200, &rotation_form, &r);
    tx_end(c);
}

static void rotation_list(Ctx *c)
{
    Rotation ask = { 0 };
    (void)form_read_query(c, &find_form, &ask);
    ask.path = c->who.org_path;
    ask.path_end = ask.path.n ? path_end(c->mem, ask.path) : ask.path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &rotation_form, rows, PAGE_MAX, offsetof(Rotation, id));
}

/* One of each organisation, as many as are asked for. */
static void rotation_next(Ctx *c)
{
    enum { USUAL = 5 };
    Rotation ask = { .limit = USUAL };
    (void)form_read_query(c, &next_find_form, &ask);
    ask.path = c->who.org_path;
    ask.path_end = ask.path.n ? path_end(c->mem, ask.path) : ask.path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_next, &ask);
    Rotation *r = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n && (int64_t)n < ask.limit; i++) {
        bool again = false;
        for (size_t k = 0; k < n; k++) again |= r[k].home_org.n == r[i].home_org.n;
        if (!again) r[n++] = r[i];
    }
    reply_rows(c, &next_form, (Rows){ r, n }, (Str){ 0 });
}

/* ---- links -------------------------------------------------------------------------------------- */

static void link_add(Ctx *c)
{
    Org o = { 0 };
    AreaLink l = { .from_day = c->today };
    (void)form_read(c, &link_form, &l);
    tx_begin(c);
    if (ok(c) && org_get(c, l.org_id, &o)) org_need(c, o.path);
    if (ok(c) && !str_eq(o.kind, S("ARB"))) fault(c, S("org_id"), FAULT_NOT_ALLOWED);
    l.id = id_next(c);
    l.org_path = o.path;
    audit_about(c, l.id);
    db_insert(c, &q_link_add, &l);
    reply_row(c, 201, &link_form, &l);
    tx_end(c);
}

static void link_end(Ctx *c)
{
    AreaLink l = { 0 };
    tx_begin(c);
    if (db_get(c, &q_link_get, &(AreaLink){ .id = arg_id(c, 0) }, &l)) org_need(c, l.org_path);
    l.to_day = c->today;
    audit_about(c, l.id);
    db_change(c, &q_link_end, &l);
    reply_done(c);
    tx_end(c);
}

static bool linked(const AreaLink *l, Str region)
{
    for (Str rest = l->areas; rest.n;) {
        if (str_starts(region, str_cut(&rest, ' '))) return true;
    }
    return region.n == 0;
}

static void link_list(Ctx *c)
{
    AreaLink ask = { 0 };
    (void)form_read_query(c, &link_find_form, &ask);
    enum { ROOT = 4 }; /* the arbitrators of the whole tree that c belongs to */
    ask.org_path = c->who.org_path.n ? (Str){ c->who.org_path.s, ROOT } : (Str){ 0 };
    ask.path_end = ask.org_path.n ? path_end(c->mem, ask.org_path) : ask.org_path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_links, &ask);
    AreaLink *l = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (linked(&l[i], ask.region)) l[n++] = l[i];
    }
    reply_rows(c, &link_form, (Rows){ l, n }, (Str){ 0 });
}

/* ---- the slice --------------------------------------------------------------------------------------- */

enum { KEEPERS = HR | HEAD };

static const Route routes[] = {
    { "GET", "/api/v1/rotations", KEEPERS | ORG_MANAGER, rotation_list, .zh = "跟班学习安排", .en = "shift training",
      .query = &find_form, .out = &rotation_form, .list = true },
    { "POST", "/api/v1/rotations", KEEPERS, rotation_add, .zh = "安排跟班学习", .en = "plan shift training",
      .in = &rotation_form, .out = &rotation_form },
    { "POST", "/api/v1/rotations/:id/end", KEEPERS, rotation_end, .zh = "结束或者取消跟班学习",
      .en = "shift training is done or cancelled", .in = &end_form, .out = &rotation_form },
    { "GET", "/api/v1/rotation-next", KEEPERS, rotation_next, .zh = "建议的下一批跟班人员",
      .en = "who is next for shift training", .query = &next_find_form, .out = &next_form, .list = true },
    { "GET", "/api/v1/area-links", STAFF | LINK_ARB, link_list, .zh = "仲裁员分片联系表",
      .en = "arbitrators and their areas", .query = &link_find_form, .out = &link_form, .list = true },
    { "POST", "/api/v1/area-links", KEEPERS, link_add, .zh = "确定仲裁员联系片区", .en = "link an arbitrator with areas",
      .in = &link_form, .out = &link_form },
    { "DELETE", "/api/v1/area-links/:id", KEEPERS, link_end, .zh = "撤销仲裁员联系片区", .en = "end the link" },
};

const Slice mediator_rota_slice = {
    .name = "mediator_rota", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
