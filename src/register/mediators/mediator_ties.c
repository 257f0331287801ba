#include "register/mediators/mediator_ties.h"

#include "core/audit.h"
#include "core/tx.h"
#include "register/employers/employers.h"
#include "register/mediators/mediator_words.h"

typedef struct Away {
    Id   id, mediator_id;
    Date from_day, to_day;
    Str  reason;
} Away;

static const Field away_fields[] = {
    FIELD(Away, id,          .label = "编号",   .en = "number", .rule = SERVER_SET),
    FIELD(Away, mediator_id, .label = "调解员", .en = "mediator", .rule = SERVER_SET),
    FIELD(Away, from_day,    .label = "自",     .en = "from", .rule = REQUIRED),
    FIELD(Away, to_day,      .label = "至",     .en = "to", .rule = REQUIRED),
    FIELD(Away, reason,      .label = "事由",   .en = "reason", .rule = REQUIRED),
};
static const Form away_form = FORM(Away, away_fields);

typedef struct Tie {
    Id   id, mediator_id, employer_id;
    Str  name, name_key, relation;
    Date until;
    Str  reason;
    Date on; /* of a question */
} Tie;

static const Field tie_fields[] = {
    FIELD(Tie, id,          .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Tie, mediator_id, .label = "调解员",   .en = "mediator", .rule = SERVER_SET),
    FIELD(Tie, employer_id, .label = "用人单位", .en = "employer"),
    FIELD(Tie, name,        .label = "名称",     .en = "name", .max = 100),
    FIELD(Tie, name_key,    .label = "检索名称", .en = "name for searching", .rule = HIDDEN),
    FIELD(Tie, relation,    .label = "关系",     .en = "relation", .rule = REQUIRED, .codes = &mediator_ties),
    FIELD(Tie, until,       .label = "回避至",   .en = "last day"),
    FIELD(Tie, reason,      .label = "说明",     .en = "remarks"),
    FIELD(Tie, on,          .label = "日期",     .en = "day", .rule = HIDDEN),
};
static const Form tie_form = FORM(Tie, tie_fields);

static const Query q_away_add = {
    .name = "mediators.away_add", .in = &away_form,
    .sql = "INSERT INTO mediator_away(id, mediator_id, from_day, to_day, reason)"
           " VALUES(:id, :mediator_id, :from_day, :to_day, :reason)",
};
static const Query q_away_list = {
    .name = "mediators.away_list", .in = &away_form, .out = &away_form,
    .sql = "SELECT id, mediator_id, from_day, to_day, reason FROM mediator_away"
           " WHERE mediator_id = :mediator_id AND to_day >= :to_day ORDER BY to_day, id LIMIT 200",
};
static const Query q_away_end = {
    .name = "mediators.away_end", .in = &away_form,
    .sql = "DELETE FROM mediator_away WHERE id = :id AND mediator_id = :mediator_id",
};
static const Query q_tie_add = {
    .name = "mediators.tie_add", .in = &tie_form,
    .sql = "INSERT INTO mediator_tie(id, mediator_id, employer_id, name, name_key, relation, until, reason)"
           " VALUES(:id, :mediator_id, :employer_id, :name, :name_key, :relation, :until, :reason)",
};
static const Query q_tie_list = {
    .name = "mediators.tie_list", .in = &tie_form, .out = &tie_form,
    .sql = "SELECT id, mediator_id, employer_id, name, relation, until, reason FROM mediator_tie"
           " WHERE mediator_id = :mediator_id ORDER BY employer_id, id LIMIT 200",
};
static const Query q_tie_end = {
    .name = "mediators.tie_end", .in = &tie_form,
    .sql = "DELETE FROM mediator_tie WHERE id = :id AND mediator_id = :mediator_id",
};
static const Query q_tied = {
    .name = "mediators.tied", .in = &tie_form, .out = &tie_form,
    .sql = "SELECT id FROM mediator_tie WHERE mediator_id = :mediator_id AND (until IS NULL OR until >= :on)"
           " AND ((employer_id = :employer_id AND employer_id <> 0) OR (name_key = :name_key AND name_key <> ''))"
           " LIMIT 1",
};
static const Query *const queries[] = {
    &q_away_add, &q_away_list, &q_away_end, &q_tie_add, &q_tie_list, &q_tie_end, &q_tied, NULL,
};

/* The route's mediator, if c's person may speak for them; 0 if not. */
static Id mediator_id(Ctx *c)
{
    Mediator m = { 0 };
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    audit_about(c, m.id);
    return m.id;
}

/* ---- away ----------------------------------------------------------------------- */

static void away_add(Ctx *c)
{
    Away a = { 0 };
    (void)form_read(c, &away_form, &a);
    if (ok(c) && a.to_day.day < a.from_day.day) fault(c, S("to_day"), FAULT_ORDER);
    if (ok(c) && a.to_day.day < c->today.day) fault(c, S("to_day"), FAULT_PAST);
    tx_begin(c);
    a.mediator_id = mediator_id(c);
    a.id = id_next(c);
    db_insert(c, &q_away_add, &a);
    reply_row(c, 201, &away_form, &a);
    tx_end(c);
}

static void away_list(Ctx *c)
{
    Mediator m = { 0 };
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    Rows rows = db_list(c, &q_away_list, &(Away){ .mediator_id = m.id, .to_day = c->today });
    reply_rows(c, &away_form, rows, (Str){ 0 });
}

static void away_end(Ctx *c)
{
    tx_begin(c);
    Away a = { .mediator_id = mediator_id(c), .id = arg_id(c, 1) };
    db_change(c, &q_away_end, &a);
    reply_done(c);
    tx_end(c);
}

/* ---- ties ------------------------------------------------------------------------- */

static void tie_add(Ctx *c)
{
    Tie t = { 0 };
    (void)form_read(c, &tie_form, &t);
    if (ok(c) && t.employer_id.n == 0 && t.name.n == 0) fault(c, S("name"), FAULT_REQUIRED);
    if (ok(c) && t.until.day && t.until.day < c->today.day) fault(c, S("until"), FAULT_PAST);
    tx_begin(c);
    if (t.employer_id.n) employer_need(c, t.employer_id, S("employer_id"));
    t.mediator_id = mediator_id(c);
    t.id = id_next(c);
    t.name_key = name_key(c->mem, t.name);
    db_insert(c, &q_tie_add, &t);
    reply_row(c, 201, &tie_form, &t);
    tx_end(c);
}

static void tie_list(Ctx *c)
{
    Mediator m = { 0 };
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_own_or_org(c, &m);
    reply_rows(c, &tie_form, db_list(c, &q_tie_list, &(Tie){ .mediator_id = m.id }), (Str){ 0 });
}

static void tie_end(Ctx *c)
{
    tx_begin(c);
    Tie t = { .mediator_id = mediator_id(c), .id = arg_id(c, 1) };
    db_change(c, &q_tie_end, &t);
    reply_done(c);
    tx_end(c);
}

bool mediator_tied(Ctx *c, Id id, const MediatorAsk *ask)
{
    Tie t = { .mediator_id = id, .employer_id = ask->employer_id, .name_key = name_key(c->mem, ask->employer),
              .on = ask->on };
    return db_find(c, &q_tied, &t, &t);
}

/* ---- the slice ------------------------------------------------------------------------ */

/* They say it themselves, or their office does; only the office takes a tie back. */
enum { OFFICE = HEAD | ORG_MANAGER | HR, OWN = MEDIATORS | OFFICE };

static const Route routes[] = {
    { "GET", "/api/v1/mediators/:id/away", OWN | DISPATCHER, away_list, .zh = "不能到岗的日期", .en = "when one is away",
      .out = &away_form, .list = true },
    { "POST", "/api/v1/mediators/:id/away", OWN, away_add, .zh = "登记不能到岗", .en = "say when one is away",
      .in = &away_form, .out = &away_form },
    { "DELETE", "/api/v1/mediators/:id/away/:away", OWN, away_end, .zh = "取消不能到岗", .en = "take it back" },
    { "GET", "/api/v1/mediators/:id/ties", OWN | DISPATCHER, tie_list, .zh = "事先申报的回避关系", .en = "declared ties",
      .out = &tie_form, .list = true },
    { "POST", "/api/v1/mediators/:id/ties", OWN, tie_add, .zh = "申报回避关系", .en = "declare a tie",
      .in = &tie_form, .out = &tie_form },
    { "DELETE", "/api/v1/mediators/:id/ties/:tie", OFFICE, tie_end, .zh = "撤销回避关系", .en = "remove a tie" },
};

const Slice mediator_ties_slice = {
    .name = "mediator_ties", .route = routes, .routes = COUNT(routes), .query = queries,
};
