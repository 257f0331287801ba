/*
** What hangs at an organisation's door and on its wall: windows and who staffs
** them, honours (金牌, 试点, 特邀) with their papers, and the information card
** (信息公示卡) with the code that leads to the application.
*/
#include "core/audit.h"
#include "core/qr.h"
#include "core/tx.h"
#include "core/reference.h"
#include "register/organisations/org_check.h"
#include "register/organisations/org_words.h"

/* ---- windows ------------------------------------------------------------------- */

typedef struct Window {
    Id   id, org_id;
    Str  name, address, phone, hours;
    Str  keeper;    /* who staffs it; "": nobody */
    Date from_day, to_day;
} Window;

static const Field window_fields[] = {
    FIELD(Window, id,       .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Window, org_id,   .label = "机构",     .en = "organisation", .rule = SERVER_SET),
    FIELD(Window, name,     .label = "窗口名称", .en = "name", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Window, address,  .label = "地址",     .en = "address"),
    FIELD(Window, phone,    .label = "电话",     .en = "phone", .max = 60),
    FIELD(Window, hours,    .label = "工作时间", .en = "opening hours"),
    FIELD(Window, keeper,   .label = "负责人员", .en = "staffed by", .max = 50,
          .help = "不填为无专人负责", .help_en = "empty: nobody in particular"),
    FIELD(Window, from_day, .label = "启用日期", .en = "open since", .rule = NOT_FUTURE),
    FIELD(Window, to_day,   .label = "停用日期", .en = "closed on", .rule = SERVER_SET),
};
static const Form window_form = FORM(Window, window_fields);

/* ---- honours ---------------------------------------------------------------------- */

static const Code honour_kind_rows[] = {
    { "GOLD",    "金牌调解组织",     "gold-medal organisation" },
    { "PILOT",   "争议多元化解试点", "pilot" },
    { "INVITED", "特邀调解组织",     "invited by a court" },
    { "MODEL",   "先进集体",         "model" },
};
static const Codes honour_kinds = { "honour_kinds", honour_kind_rows, COUNT(honour_kind_rows), NULL };

static const Code honour_level_rows[] = {
    { "NATIONAL", "国家级", "national" }, { "PROVINCE", "省级", "of the province" },
    { "CITY", "市级", "of the city" }, { "COUNTY", "县级", "of the county" },
};
static const Codes honour_levels = { "honour_levels", honour_level_rows, COUNT(honour_level_rows), NULL };

typedef struct Honour {
    Id   id, org_id;
    Str  org_name, org_path, path_end;
    Str  kind, level;
    Str  by_unit, doc_no, proof, reason;
    Date from_day, to_day, on;
    Id   after;
} Honour;

static const Field honour_fields[] = {
    FIELD(Honour, id,       .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Honour, org_id,   .label = "机构",     .en = "organisation", .rule = SERVER_SET),
    FIELD(Honour, org_name, .label = "机构名称", .en = "name", .rule = SERVER_SET),
    FIELD(Honour, kind,     .label = "称号",     .en = "honour", .rule = REQUIRED, .codes = &honour_kinds),
    FIELD(Honour, level,    .label = "级别",     .en = "level", .rule = REQUIRED, .codes = &honour_levels),
    FIELD(Honour, by_unit,  .label = "授予单位", .en = "given by", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Honour, doc_no,   .label = "文号",     .en = "document", .max = 60),
    FIELD(Honour, proof,    .label = "证明材料", .en = "proof", .rule = MANY, .max = 2000, .check = check_hashes),
    FIELD(Honour, from_day, .label = "授予日期", .en = "since", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Honour, to_day,   .label = "终止日期", .en = "until", .rule = SERVER_SET),
    FIELD(Honour, reason,   .label = "终止理由", .en = "why it ended", .rule = SERVER_SET),
    FIELD(Honour, org_path, .label = "路径",     .en = "path", .rule = HIDDEN),
    FIELD(Honour, path_end, .label = "路径末",   .en = "end of path", .rule = HIDDEN),
    FIELD(Honour, on,       .label = "今日",     .en = "today", .rule = HIDDEN),
    FIELD(Honour, after,    .label = "接续",     .en = "after", .rule = HIDDEN),
};
static const Form honour_form = FORM(Honour, honour_fields);

static const Field honour_find_fields[] = {
    FIELD(Honour, kind,  .label = "称号", .en = "honour", .rule = REQUIRED, .codes = &honour_kinds),
    FIELD(Honour, after, .label = "接续", .en = "after"),
};
static const Form honour_find_form = { "HonourFind", sizeof(Honour), honour_find_fields, COUNT(honour_find_fields) };

typedef struct HonourEnd {
    Date day;
    Str  reason;
} HonourEnd;

static const Field end_fields[] = {
    FIELD(HonourEnd, day,    .label = "终止日期", .en = "until", .rule = NOT_FUTURE),
    FIELD(HonourEnd, reason, .label = "理由",     .en = "reason", .rule = REQUIRED, .max = 200),
};
static const Form end_form = FORM(HonourEnd, end_fields);

/* ---- the card ----------------------------------------------------------------------- */

typedef struct Card {
    Id   id;
    Str  name, kind, place, address, phone, hours, scopes, honours;
    Rows windows;
    Str  address_web, qr;
    Date printed;
} Card;

static const Field card_fields[] = {
    FIELD(Card, id,      .label = "编号",     .en = "number"),
    FIELD(Card, name,    .label = "名称",     .en = "name"),
    FIELD(Card, kind,    .label = "机构类别", .en = "kind", .codes = &org_kinds),
    FIELD(Card, place,   .label = "服务区域", .en = "area served"),
    FIELD(Card, address, .label = "地址",     .en = "address"),
    FIELD(Card, phone,   .label = "电话",     .en = "phone"),
    FIELD(Card, hours,   .label = "工作时间", .en = "opening hours"),
    FIELD(Card, scopes,  .label = "受理范围", .en = "what it accepts", .rule = MANY, .codes = &scope_classes),
    FIELD(Card, honours, .label = "称号",     .en = "honours", .rule = MANY, .codes = &honour_kinds),
    FIELD(Card, windows, .label = "接待窗口", .en = "windows", .child = &window_form),
    FIELD(Card, address_web, .label = "网上申请地址", .en = "apply at"),
    FIELD(Card, qr,      .label = "二维码",   .en = "QR code", .rule = MANY,
          .help = "每行一个由 0、1 组成的字符串，1 为黑",
          .help_en = "a line of 0 and 1 for each row, 1 is black"),
    FIELD(Card, printed, .label = "制卡日期", .en = "as of"),
};
static const Form card_form = FORM(Card, card_fields);

/* ---- tables ---------------------------------------------------------------------------- */

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE org_window("
      "  id       INTEGER PRIMARY KEY,"
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  name     TEXT NOT NULL,"
      "  address  TEXT NOT NULL,"
      "  phone    TEXT NOT NULL,"
      "  hours    TEXT NOT NULL,"
      "  keeper   TEXT NOT NULL,"    /* '': nobody staffs it */
      "  from_day TEXT NOT NULL,"
      "  to_day   TEXT) STRICT;"
      "CREATE INDEX org_window_by_org ON org_window(org_id, id);"
      "CREATE TABLE org_honour("
      "  id       INTEGER PRIMARY KEY,"
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  org_path TEXT NOT NULL,"
      "  kind     TEXT NOT NULL,"
      "  level    TEXT NOT NULL,"
      "  by_unit  TEXT NOT NULL,"
      "  doc_no   TEXT NOT NULL,"
      "  proof    TEXT NOT NULL,"
      "  from_day TEXT NOT NULL,"
      "  to_day   TEXT,"
      "  reason   TEXT NOT NULL) STRICT;" /* why it ended */
      "CREATE INDEX org_honour_by_org ON org_honour(org_id, id);"
      "CREATE INDEX org_honour_by_kind ON org_honour(kind, org_path, id);" },
};

static const Query q_window_add = {
    .name = "org_card.window_add", .in = &window_form,
    .sql = "INSERT INTO org_window(id, org_id, name, address, phone, hours, keeper, from_day, to_day)"
           " VALUES(:id, :org_id, :name, :address, :phone, :hours, :keeper, :from_day, NULL)",
};
static const Query q_window_end = {
    .name = "org_card.window_end", .in = &window_form,
    .sql = "UPDATE org_window SET to_day = :to_day WHERE id = :id AND org_id = :org_id AND to_day IS NULL",
};
static const Query q_windows = {
    .name = "org_card.windows", .in = &window_form, .out = &window_form,
    .sql = "SELECT id, org_id, name, address, phone, hours, keeper, from_day, to_day FROM org_window"
           " WHERE org_id = :org_id AND to_day IS NULL ORDER BY id LIMIT 100",
};
static const Query q_honour_add = {
    .name = "org_card.honour_add", .in = &honour_form,
    .sql = "INSERT INTO org_honour(id, org_id, org_path, kind, level, by_unit, doc_no, proof, from_day, to_day,"
           " reason)"
           " VALUES(:id, :org_id, :org_path, :kind, :level, :by_unit, :doc_no, :proof, :from_day, NULL, '')",
};
#define HONOUR "h.id, h.org_id, h.kind, h.level, h.by_unit, h.doc_no, h.proof, h.from_day, h.to_day, h.reason"
static const Query q_honour_end = {
    .name = "org_card.honour_end", .in = &honour_form,
    .sql = "UPDATE org_honour SET to_day = :to_day, reason = :reason WHERE id = :id AND to_day IS NULL",
};
static const Query q_honour = {
    .name = "org_card.honour", .in = &honour_form, .out = &honour_form,
    .sql = "SELECT " HONOUR " FROM org_honour h WHERE h.id = :id AND h.org_id = :org_id",
};
static const Query q_honours = {
    .name = "org_card.honours", .in = &honour_form, .out = &honour_form,
    .sql = "SELECT " HONOUR " FROM org_honour h WHERE h.org_id = :org_id ORDER BY h.id DESC LIMIT 100",
};
static const Query q_honours_all = {
    .name = "org_card.honours_all", .in = &honour_form, .out = &honour_form,
    .sql = "SELECT " HONOUR ", n.org_name FROM org_honour h JOIN org_name n ON n.org_id = h.org_id"
           " WHERE h.kind = :kind AND h.org_path >= :org_path AND h.org_path < :path_end AND h.to_day IS NULL"
           " AND h.id > :after ORDER BY h.id LIMIT 200",
};
static const Query *const queries[] = {
    &q_window_add, &q_window_end, &q_windows, &q_honour_add, &q_honour_end, &q_honour, &q_honours,
    &q_honours_all, NULL,
};

/* ---- windows -------------------------------------------------------------------------------- */

/* The organisation's own manager may, within it; so may who keeps its record. */
static void need_keep(Ctx *c, const Org *o)
{
    bool own = (c->who.roles & ORG_MANAGER) && c->who.org.n == o->id.n;
    if (!own) org_need_edit(c, o);
}

static void window_add(Ctx *c)
{
    Org o = { 0 };
    Window w = { .from_day = c->today };
    (void)form_read(c, &window_form, &w);
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) need_keep(c, &o);
    w.id = id_next(c);
    w.org_id = o.id;
    if (w.address.n == 0) w.address = o.address;
    if (w.phone.n == 0) w.phone = o.phone;
    if (w.hours.n == 0) w.hours = o.hours;
    audit_about(c, o.id);
    db_insert(c, &q_window_add, &w);
    reply_row(c, 201, &window_form, &w);
    tx_end(c);
}

static void window_end(Ctx *c)
{
    Org o = { 0 };
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) need_keep(c, &o);
    audit_about(c, o.id);
    db_change(c, &q_window_end, &(Window){ .id = arg_id(c, 1), .org_id = o.id, .to_day = c->today });
    reply_done(c);
    tx_end(c);
}

static void window_list(Ctx *c)
{
    Org o = { 0 };
    if (org_get(c, arg_id(c, 0), &o)) org_need_view(c, &o);
    reply_rows(c, &window_form, db_list(c, &q_windows, &(Window){ .org_id = o.id }), (Str){ 0 });
}

/* ---- honours --------------------------------------------------------------------------------- */

/* What an honour means for the record: the medal moves the status (2.11). */
static void take_effect(Ctx *c, Org *o, const Honour *h, bool begins)
{
    bool gold = str_eq(h->kind, S("GOLD"));
    bool moves = gold && str_eq(o->status, begins ? S("ACTIVE") : S("GOLD"));
    if (begins && gold && !o->six_ok) fail(c, ERR_BLOCKED, S("六有达标"));
    if (moves) {
        Standing e = { .subject = o->id, .event = begins ? S("gold") : S("ungold"), .was = o->status,
                       .day = begins ? h->from_day : h->to_day, .reason = begins ? h->by_unit : h->reason };
        standing_move(c, org_moves, &e, o->status_on);
        o->status = e.status;
        o->status_on = e.day;
    }
    if (str_eq(h->kind, S("PILOT"))) o->pilot = begins;
    if (str_eq(h->kind, S("INVITED"))) {
        o->court_invited = begins;
        o->court_name = begins ? h->by_unit : (Str){ 0 };
    }
    org_keep(c, o);
}

static void honour_add(Ctx *c)
{
    Org o = { 0 };
    Honour h = { 0 };
    (void)form_read(c, &honour_form, &h);
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) org_need(c, o.path);
    if (ok(c) && !o.takes_cases) fail(c, ERR_BLOCKED, o.status);
    h.id = id_next(c);
    h.org_id = o.id;
    h.org_path = o.path;
    h.org_name = o.name;
    take_effect(c, &o, &h, true);
    db_insert(c, &q_honour_add, &h);
    reply_row(c, 201, &honour_form, &h);
    tx_end(c);
}

static void honour_end(Ctx *c)
{
    Org o = { 0 };
    Honour h = { 0 };
    HonourEnd in = { .day = c->today };
    (void)form_read(c, &end_form, &in);
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) org_need(c, o.path);
    (void)db_get(c, &q_honour, &(Honour){ .id = arg_id(c, 1), .org_id = o.id }, &h);
    if (ok(c) && h.to_day.day) fail(c, ERR_BLOCKED, h.reason);
    if (ok(c) && in.day.day < h.from_day.day) fault(c, S("day"), FAULT_ORDER);
    h.to_day = in.day;
    h.reason = in.reason;
    take_effect(c, &o, &h, false);
    db_change(c, &q_honour_end, &h);
    reply_row(c, 200, &honour_form, &h);
    tx_end(c);
}

static void honour_list(Ctx *c)
{
    Org o = { 0 };
    if (org_get(c, arg_id(c, 0), &o)) org_need_view(c, &o);
    reply_rows(c, &honour_form, db_list(c, &q_honours, &(Honour){ .org_id = o.id }), (Str){ 0 });
}

static void honour_all(Ctx *c)
{
    enum { PAGE = 200 };
    Honour ask = { 0 };
    (void)form_read_query(c, &honour_find_form, &ask);
    ask.org_path = c->who.org_path;
    ask.path_end = ask.org_path.n ? path_end(c->mem, ask.org_path) : ask.org_path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_honours_all, &ask);
    reply_page(c, &honour_form, rows, PAGE, offsetof(Honour, id));
}

/* ---- the card ------------------------------------------------------------------------------------ */

static Str places_of(Ctx *c, const Org *o)
{
    enum { ROOM = 4000 };
    Out out = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    for (Str rest = o->territory; rest.n;) {
        Str name = code_region_path(c, str_cut(&rest, ' '));
        if (name.n == 0) continue;
        if (out.len) out_str(&out, S("、"));
        out_str(&out, name);
    }
    return out.full ? (Str){ 0 } : out_view(&out);
}

static Str honours_now(Ctx *c, Id org_id)
{
    Rows rows = db_list(c, &q_honours, &(Honour){ .org_id = org_id });
    Out out = { .buf = NEW(c->mem, char, 200), .cap = 200 };
    for (size_t i = 0; i < rows.n; i++) {
        const Honour *h = (const Honour *)rows.at + i;
        if (h->to_day.day || has_word(out_view(&out), h->kind)) continue;
        if (out.len) out_str(&out, S(" "));
        out_str(&out, h->kind);
    }
    return out_view(&out);
}

/* Where a worker begins: the portal's page of applying, with this organisation. */
static Str apply_at(Ctx *c, Id org_id)
{
    Str origin = str_of(c->house->origin);
    Out out = { .buf = NEW(c->mem, char, origin.n + 64), .cap = origin.n + 64 };
    out_str(&out, origin);
    out_str(&out, S("/apply?org="));
    out_int(&out, org_id.n);
    return out_view(&out);
}

static void card_reply(Ctx *c, const Org *o)
{
    if (!ok(c)) return;
    Card card = { .id = o->id, .name = o->name, .kind = o->kind, .address = o->address, .phone = o->phone,
                  .hours = o->hours, .scopes = o->scopes, .printed = c->today };
    card.place = places_of(c, o);
    card.honours = honours_now(c, o->id);
    card.windows = db_list(c, &q_windows, &(Window){ .org_id = o->id });
    card.address_web = apply_at(c, o->id);
    card.qr = qr_lines(c->mem, card.address_web);
    reply_row(c, 200, &card_form, &card);
}

static void card(Ctx *c)
{
    Org o = { 0 };
    if (org_get(c, arg_id(c, 0), &o)) org_need_view(c, &o);
    card_reply(c, &o);
}

/* Anybody may read the card of who is published and works. */
static void card_public(Ctx *c)
{
    Org o = { 0 };
    bool there = org_get(c, arg_id(c, 0), &o) && o.published && o.takes_cases;
    if (ok(c) && !there) fail(c, ERR_NOT_FOUND, c->path);
    card_reply(c, &o);
}

/* ---- the slice ----------------------------------------------------------------------------------- */

enum { VIEWERS = STAFF | LINKS | CONVENER | MEMBER | SYS_ADMIN, KEEPERS = HR | HEAD | ORG_MANAGER };

static const Route routes[] = {
    { "GET", "/api/v1/orgs/:id/windows", VIEWERS, window_list, .zh = "接待窗口", .en = "an organisation's windows",
      .out = &window_form, .list = true },
    { "POST", "/api/v1/orgs/:id/windows", KEEPERS, window_add, .zh = "设立接待窗口", .en = "open a window",
      .in = &window_form, .out = &window_form },
    { "DELETE", "/api/v1/orgs/:id/windows/:window", KEEPERS, window_end, .zh = "停用接待窗口",
      .en = "close a window" },
    { "GET", "/api/v1/orgs/:id/honours", VIEWERS, honour_list, .zh = "机构称号", .en = "an organisation's honours",
      .out = &honour_form, .list = true },
    { "POST", "/api/v1/orgs/:id/honours", HR, honour_add, .zh = "授予称号", .en = "give an honour",
      .in = &honour_form, .out = &honour_form },
    { "POST", "/api/v1/orgs/:id/honours/:honour/end", HR, honour_end, .zh = "终止称号", .en = "end an honour",
      .in = &end_form, .out = &honour_form },
    { "GET", "/api/v1/org-honours", VIEWERS, honour_all, .zh = "称号名录", .en = "who has an honour",
      .query = &honour_find_form, .out = &honour_form, .list = true },
    { "GET", "/api/v1/orgs/:id/card", VIEWERS, card, .zh = "信息公示卡", .en = "an organisation's card",
      .out = &card_form },
    { "GET", "/api/v1/public/orgs/:id/card", ANYBODY, card_public, .zh = "查看信息公示卡",
      .en = "an organisation's card, for anybody", .out = &card_form },
};

const Slice org_card_slice = {
    .name = "org_card", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
