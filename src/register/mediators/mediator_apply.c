/*
** How one becomes a candidate (R79: 招募、遴选后聘任): anybody applies, once while
** the application is open; the office decides, and who is accepted is entered as
** a candidate and waits for training or appointment.
*/
#include "core/audit.h"
#include "core/check.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediator_words.h"
#include "register/organisations/organisations.h"

static const Code state_rows[] = {
    { "RECEIVED", "待审核", "received" }, { "ACCEPTED", "已入选", "accepted" }, { "REFUSED", "未入选", "refused" },
};
static const Codes states = { "mediator_application_states", state_rows, COUNT(state_rows), NULL };

typedef struct Apply {
    Id   id, org_id;
    Str  org_path, path_end;
    Str  name, sex, phone, phone_digest, unit, source, specialties, languages, statement;
    Str  state, reason;
    Date received, decided;
    Id   decided_by, mediator_id, after;
} Apply;

static const Field fields[] = {
    FIELD(Apply, id,          .label = "编号",       .en = "number", .rule = SERVER_SET),
    FIELD(Apply, org_id,      .label = "申请加入机构", .en = "organisation", .rule = REQUIRED),
    FIELD(Apply, name,        .label = "姓名",       .en = "name", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Apply, sex,         .label = "性别",       .en = "sex", .rule = REQUIRED, .codes = &mediator_sexes),
    FIELD(Apply, phone,       .label = "电话",       .en = "phone", .rule = REQUIRED | SEALED, .mask = MASK_PHONE,
          .check = check_mobile),
    FIELD(Apply, unit,        .label = "工作单位",   .en = "unit", .max = 100),
    FIELD(Apply, source,      .label = "来源",       .en = "source", .rule = REQUIRED, .codes = &mediator_sources),
    FIELD(Apply, specialties, .label = "擅长领域",   .en = "specialties", .rule = MANY, .codes = &mediator_tags),
    FIELD(Apply, languages,   .label = "语言、方言", .en = "languages and dialects", .max = 100),
    FIELD(Apply, statement,   .label = "个人简历与申请理由", .en = "about oneself", .rule = REQUIRED | PROSE, .min = 10,
          .max = 1000),
    FIELD(Apply, state,       .label = "状态",       .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Apply, reason,      .label = "审核意见",   .en = "reason", .rule = SERVER_SET),
    FIELD(Apply, received,    .label = "收到日期",   .en = "received on", .rule = SERVER_SET),
    FIELD(Apply, decided,     .label = "审核日期",   .en = "decided on", .rule = SERVER_SET),
    FIELD(Apply, decided_by,  .label = "审核人",     .en = "decided by", .rule = SERVER_SET),
    FIELD(Apply, mediator_id, .label = "调解员",     .en = "mediator", .rule = SERVER_SET),
    FIELD(Apply, org_path,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Apply, path_end,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(Apply, phone_digest, .label = "电话摘要", .en = "digest of the phone", .rule = HIDDEN),
    FIELD(Apply, after,        .label = "接续", .en = "after", .rule = HIDDEN),
};
static const Form apply_form = { "MediatorApplication", sizeof(Apply), fields, COUNT(fields) };

/* What the applicant is told. */
static const Field receipt_fields[] = {
    FIELD(Apply, id,       .label = "编号",     .en = "number"),
    FIELD(Apply, state,    .label = "状态",     .en = "state", .codes = &states),
    FIELD(Apply, received, .label = "收到日期", .en = "received on"),
};
static const Form receipt_form = { "MediatorApplicationReceipt", sizeof(Apply), receipt_fields, COUNT(receipt_fields) };

static const Field find_fields[] = {
    FIELD(Apply, state, .label = "状态", .en = "state", .codes = &states),
    FIELD(Apply, after, .label = "接续", .en = "after"),
};
static const Form find_form = { "MediatorApplicationFind", sizeof(Apply), find_fields, COUNT(find_fields) };

typedef struct Decide {
    bool    accept;
    Str     work, reason;
    int64_t capacity;
} Decide;

static const Field decide_fields[] = {
    FIELD(Decide, accept,   .label = "入选",     .en = "accept", .rule = REQUIRED),
    FIELD(Decide, work,     .label = "专兼职",   .en = "full- or part-time", .codes = &mediator_works),
    FIELD(Decide, capacity, .label = "在办容量", .en = "capacity", .min = 1, .max = 10000),
    FIELD(Decide, reason,   .label = "审核意见", .en = "reason", .max = 200),
};
static const Form decide_form = { "MediatorDecision", sizeof(Decide), decide_fields, COUNT(decide_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE mediator_application("
      "  id           INTEGER PRIMARY KEY,"
      "  org_id       INTEGER NOT NULL,"
      "  org_path     TEXT NOT NULL,"
      "  name         TEXT NOT NULL,"
      "  sex          TEXT NOT NULL,"
      "  phone        TEXT NOT NULL,"  /* sealed */
      "  phone_digest TEXT NOT NULL,"
      "  unit         TEXT NOT NULL,"
      "  source       TEXT NOT NULL,"
      "  specialties  TEXT NOT NULL,"
      "  languages    TEXT NOT NULL,"
      "  statement    TEXT NOT NULL,"
      "  state        TEXT NOT NULL,"
      "  reason       TEXT NOT NULL,"
      "  received     TEXT NOT NULL,"
      "  decided      TEXT,"
      "  decided_by   INTEGER NOT NULL,"
      "  mediator_id  INTEGER NOT NULL) STRICT;"
      "CREATE INDEX mediator_application_by_path ON mediator_application(org_path, id);"
      "CREATE UNIQUE INDEX mediator_application_open ON mediator_application(phone_digest)"
      " WHERE state = 'RECEIVED';" },
};

#define COLUMNS "id, org_id, org_path, name, sex, phone, unit, source, specialties, languages, statement, state, reason," \
    " received, decided, decided_by, mediator_id"
static const Query q_add = {
    .name = "mediator_apply.add", .in = &apply_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO mediator_application(" COLUMNS ", phone_digest) VALUES(:id, :org_id, :org_path, :name, :sex,"
           " :phone, :unit, :source, :specialties, :languages, :statement, :state, '', :received, NULL, 0, 0,"
           " :phone_digest)",
};
static const Query q_get = {
    .name = "mediator_apply.get", .in = &apply_form, .out = &apply_form,
    .sql = "SELECT " COLUMNS " FROM mediator_application WHERE id = :id",
};
static const Query q_decide = {
    .name = "mediator_apply.decide", .in = &apply_form,
    .sql = "UPDATE mediator_application SET state = :state, reason = :reason, decided = :decided,"
           " decided_by = :decided_by, mediator_id = :mediator_id WHERE id = :id AND state = 'RECEIVED'",
};
static const Filter filters[] = { { "state", " AND state = :state" } };
static const Query q_list = {
    .name = "mediator_apply.list", .in = &apply_form, .out = &apply_form,
    .sql = "SELECT " COLUMNS " FROM mediator_application WHERE org_path >= :org_path AND org_path < :path_end"
           " AND id > :after",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_get, &q_decide, &q_list, NULL };

static void apply(Ctx *c)
{
    Org o = { 0 };
    Apply a = { .state = S("RECEIVED"), .received = c->today };
    (void)form_read(c, &apply_form, &a);
    tx_begin(c);
    bool open = ok(c) && org_find(c, a.org_id, &o) && o.published && o.takes_cases;
    if (ok(c) && !open) fault(c, S("org_id"), FAULT_NOT_KNOWN);
    if (ok(c)) {
        a.id = id_next(c);
        a.org_path = o.path;
        a.phone_digest = text_digest(c->mem, c->house->keys, S("mediator.apply"), a.phone);
        audit_about(c, a.id);
        db_insert(c, &q_add, &a);
    }
    reply_row(c, 201, &receipt_form, &a);
    tx_end(c);
}

static void apply_list(Ctx *c)
{
    Apply ask = { 0 };
    (void)form_read_query(c, &find_form, &ask);
    ask.org_path = c->who.org_path;
    ask.path_end = ask.org_path.n ? path_end(c->mem, ask.org_path) : ask.org_path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &apply_form, rows, PAGE_MAX, offsetof(Apply, id));
}

static void decide(Ctx *c)
{
    enum { USUAL_CAPACITY = 10 };
    Apply a = { 0 };
    Decide in = { .work = S("PT"), .capacity = USUAL_CAPACITY };
    (void)form_read(c, &decide_form, &in);
    tx_begin(c);
    if (db_get(c, &q_get, &(Apply){ .id = arg_id(c, 0) }, &a)) org_need(c, a.org_path);
    if (ok(c) && !str_eq(a.state, S("RECEIVED"))) fail(c, ERR_BLOCKED, a.state);
    if (ok(c) && !in.accept && in.reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
    if (ok(c) && in.accept) {
        Mediator m = { .org_id = a.org_id, .name = a.name, .sex = a.sex, .phone = a.phone, .work = in.work,
                       .unit = a.unit, .source = a.source, .specialties = a.specialties,
                       .languages = a.languages,
                       .capacity = in.capacity };
        mediator_enter(c, &m);
        a.mediator_id = m.id;
    }
    a.state = in.accept ? S("ACCEPTED") : S("REFUSED");
    a.reason = in.reason;
    a.decided = c->today;
    a.decided_by = c->who.id;
    db_change(c, &q_decide, &a);
    reply_row(c, 200, &apply_form, &a);
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/public/mediator-applications", ANYBODY, apply, .zh = "申请担任调解员",
      .en = "apply to become a mediator", .in = &apply_form, .out = &receipt_form },
    { "GET", "/api/v1/mediator-applications", HEAD | HR, apply_list, .zh = "担任调解员的申请",
      .en = "applications to become a mediator", .query = &find_form, .out = &apply_form, .list = true },
    { "POST", "/api/v1/mediator-applications/:id/decide", HEAD | HR, decide, .zh = "遴选调解员",
      .en = "decide on an application", .in = &decide_form, .out = &apply_form },
};

const Slice mediator_apply_slice = {
    .name = "mediator_apply", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
