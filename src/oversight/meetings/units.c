/*
** The member units as this office has them: the list is data (member_units.csv),
** the office says which organisation each is and whom to call.
*/
#include "core/tx.h"
#include "law/law.h"
#include "oversight/meetings/meetings.h"
#include "register/organisations/organisations.h"

static const Field fields[] = {
    FIELD(MemberBody, id,     .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(MemberBody, org,    .label = "机构",     .en = "office", .rule = SERVER_SET),
    FIELD(MemberBody, unit,   .label = "成员单位", .en = "member unit", .rule = SERVER_SET),
    FIELD(MemberBody, name,   .label = "单位名称", .en = "name", .rule = SERVER_SET),
    FIELD(MemberBody, rota,   .label = "轮值次序", .en = "place in the rota", .rule = SERVER_SET),
    FIELD(MemberBody, duty,   .label = "职责",     .en = "what it is for", .rule = SERVER_SET),
    FIELD(MemberBody, basis,  .label = "依据",     .en = "basis", .rule = SERVER_SET),
    FIELD(MemberBody, body,   .label = "对应机构", .en = "its organisation",
          .help = "该单位在机构目录中的编号；登记后其账号可以看到受邀的会议和牵头的任务",
          .help_en = "its number among the organisations; its accounts then see the meetings and tasks that are theirs"),
    FIELD(MemberBody, body_name, .label = "对应机构名称", .en = "name of its organisation", .rule = SERVER_SET),
    FIELD(MemberBody, person, .label = "联络员",   .en = "contact", .max = 50),
    FIELD(MemberBody, phone,  .label = "联络电话", .en = "telephone", .rule = SEALED, .max = 40, .mask = MASK_PHONE),
};
static const Form body_form = FORM(MemberBody, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE member_body("          /* a member unit of an office's joint meeting */
      "  id     INTEGER PRIMARY KEY,"
      "  org    INTEGER NOT NULL REFERENCES org(id),"
      "  unit   TEXT NOT NULL,"            /* a code of member_units.csv */
      "  body   INTEGER NOT NULL,"         /* org.id; 0: not in the register */
      "  person TEXT NOT NULL,"
      "  phone  TEXT NOT NULL,"            /* sealed */
      "  UNIQUE(org, unit)) STRICT;" },
};
static const Query q_put = {
    .name = "member_body.put", .in = &body_form,
    .sql = "INSERT INTO member_body(id, org, unit, body, person, phone) VALUES(:id, :org, :unit, :body, :person, :phone)"
           " ON CONFLICT(org, unit) DO UPDATE SET body = excluded.body, person = excluded.person,"
           " phone = excluded.phone",
};
static const Query q_get = {
    .name = "member_body.get", .in = &body_form, .out = &body_form,
    .sql = "SELECT b.id, b.org, b.unit, b.body, b.person, b.phone, COALESCE(n.org_name, '') AS body_name"
           " FROM member_body b LEFT JOIN org_name n ON n.org_id = b.body WHERE b.org = :org AND b.unit = :unit",
};
static const Query *const queries[] = { &q_put, &q_get, NULL };

Str unit_name(const Ctx *c, Str region, Str code)
{
    const Unit *u = unit_find(&c->law->units, region, c->today, code);
    return u ? u->zh : code;
}

bool member_body(Ctx *c, Id org, Str unit, MemberBody *b)
{
    *b = (MemberBody){ .org = org, .unit = unit };
    return db_find(c, &q_get, b, b);
}

static void complete(MemberBody *b, const Unit *u)
{
    b->name = u->zh;
    b->rota = u->rota;
    b->duty = u->duty;
    b->basis = u->basis;
}

static void list(Ctx *c)
{
    Org o = { 0 };
    const Unit *unit[UNITS_MAX];
    if (!office_own(c, &o)) return;
    size_t n = units_of(&c->law->units, o.region, c->today, unit);
    MemberBody *row = NEW(c->mem, MemberBody, n + 1);
    for (size_t i = 0; i < n; i++) {
        Str code = unit[i]->code;
        if (!member_body(c, o.id, code, &row[i])) row[i] = (MemberBody){ .org = o.id, .unit = code };
        complete(&row[i], unit[i]);
    }
    reply_rows(c, &body_form, (Rows){ row, n }, (Str){ 0 });
}

static void put(Ctx *c)
{
    Org o = { 0 }, body = { 0 };
    MemberBody b = { 0 };
    form_read(c, &body_form, &b);
    tx_begin(c);
    (void)office_own(c, &o);
    const Unit *u = unit_find(&c->law->units, o.region, c->today, c->arg[0]);
    if (ok(c) && !u) fail(c, ERR_NOT_FOUND, c->arg[0]);
    if (ok(c) && b.body.n && !org_find(c, b.body, &body)) fault(c, S("body"), FAULT_NOT_KNOWN);
    b.id = id_next(c);
    b.org = o.id;
    b.unit = c->arg[0];
    b.body_name = body.name;
    db_insert(c, &q_put, &b);
    if (ok(c) && u) complete(&b, u);
    reply_row(c, 200, &body_form, &b);
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/member-units", HR | HEAD | CONVENER | MEMBER | ORG_MANAGER, list, "联席会议成员单位",
      "the member units of the joint meeting", .out = &body_form, .list = true },
    { "PUT", "/api/v1/member-units/:unit", HR | HEAD, put, "登记成员单位", "which organisation a member unit is",
      .in = &body_form, .out = &body_form },
};

const Slice units_slice = {
    .name = "member_unit", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
