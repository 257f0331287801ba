#include "register/organisations/org_check.h"

#include "core/attachment.h"
#include "core/audit.h"
#include "core/tx.h"
#include "law/law.h"
#include "law/org_kind.h"
#include "register/mediators/mediators.h"
#include "register/organisations/org_words.h"

/* One item as it was found last; what a check says of it. */
typedef struct CheckItem {
    Id      id, check_id, org_id;
    Str     have, item, zh, en;
    bool    found;
    Str     proof;    /* words: SHA-256 of photographs and papers */
    Str     remark;
    Date    day;      /* found on; none: never looked at */
    int64_t least, counted; /* of what the register counts */
} CheckItem;

static const Field item_fields[] = {
    FIELD(CheckItem, have,    .label = "六有",     .en = "have", .rule = SERVER_SET, .codes = &six_haves),
    FIELD(CheckItem, item,    .label = "细目",     .en = "item", .rule = REQUIRED, .max = 40),
    FIELD(CheckItem, zh,      .label = "内容",     .en = "what it is", .rule = SERVER_SET),
    FIELD(CheckItem, en,      .label = "英文",     .en = "in English", .rule = SERVER_SET),
    FIELD(CheckItem, found,   .label = "具备",     .en = "found"),
    FIELD(CheckItem, proof,   .label = "证明材料", .en = "proof", .rule = MANY, .max = 2000, .check = check_hashes),
    FIELD(CheckItem, remark,  .label = "备注",     .en = "remark", .max = 200),
    FIELD(CheckItem, day,     .label = "核查日期", .en = "looked at on", .rule = SERVER_SET),
    FIELD(CheckItem, least,   .label = "至少",     .en = "at least", .rule = SERVER_SET),
    FIELD(CheckItem, counted, .label = "登记在册", .en = "in the register", .rule = SERVER_SET),
    FIELD(CheckItem, id,       .label = "编号", .en = "number", .rule = HIDDEN),
    FIELD(CheckItem, check_id, .label = "核查", .en = "check", .rule = HIDDEN),
    FIELD(CheckItem, org_id,   .label = "机构", .en = "organisation", .rule = HIDDEN),
};
static const Form item_form = FORM(CheckItem, item_fields);

typedef struct OrgCheck {
    Date day;
    Rows items;
    Str  reason;
} OrgCheck;

static const Field check_fields[] = {
    FIELD(OrgCheck, day,    .label = "核查日期", .en = "checked on", .rule = NOT_FUTURE),
    FIELD(OrgCheck, items,  .label = "细目",     .en = "items", .rule = REQUIRED, .min = 1, .max = 100, .child = &item_form),
    FIELD(OrgCheck, reason, .label = "说明",     .en = "remarks", .rule = PROSE, .max = 1000),
};
static const Form check_form = FORM(OrgCheck, check_fields);

/* A check that is due again. */
typedef struct Recheck {
    Id   org_id;
    Str  org_name, org_path, path_end;
    Date due, opened, done;
    bool late;
    Date on, until; /* asked for: today; due by then */
    Id   after;
} Recheck;

static const Field recheck_fields[] = {
    FIELD(Recheck, org_id,   .label = "机构",     .en = "organisation", .rule = SERVER_SET),
    FIELD(Recheck, org_name, .label = "机构名称", .en = "name", .rule = SERVER_SET),
    FIELD(Recheck, due,      .label = "核查期限", .en = "due", .rule = SERVER_SET),
    FIELD(Recheck, opened,   .label = "列入日期", .en = "on the list since", .rule = SERVER_SET),
    FIELD(Recheck, late,     .label = "已逾期",   .en = "overdue", .rule = SERVER_SET),
    FIELD(Recheck, after,    .label = "接续",     .en = "after"),
    FIELD(Recheck, done,     .label = "完成日期", .en = "done", .rule = HIDDEN),
    FIELD(Recheck, org_path, .label = "路径",     .en = "path", .rule = HIDDEN),
    FIELD(Recheck, path_end, .label = "路径末",   .en = "end of path", .rule = HIDDEN),
    FIELD(Recheck, on,       .label = "今日",     .en = "today", .rule = HIDDEN),
    FIELD(Recheck, until,    .label = "截至",     .en = "until", .rule = HIDDEN),
};
static const Form recheck_form = FORM(Recheck, recheck_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE org_item("          /* what a check found of one item */
      "  id       INTEGER PRIMARY KEY,"
      "  check_id INTEGER NOT NULL,"
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  item     TEXT NOT NULL,"
      "  found    INTEGER NOT NULL,"
      "  proof    TEXT NOT NULL,"
      "  remark   TEXT NOT NULL,"
      "  day      TEXT NOT NULL) STRICT;"
      "CREATE INDEX org_item_by_org ON org_item(org_id, check_id);"
      "CREATE TABLE org_recheck("       /* a check that falls due again */
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  org_path TEXT NOT NULL,"
      "  due      TEXT NOT NULL,"
      "  opened   TEXT NOT NULL,"
      "  done     TEXT,"
      "  PRIMARY KEY(org_id, due)) STRICT;"
      "CREATE INDEX org_recheck_by_path ON org_recheck(org_path, org_id) WHERE done IS NULL;" },
};
static const char *const keeps[] = { "org_item", NULL };

static const Query q_item_add = {
    .name = "org_check.item_add", .in = &item_form,
    .sql = "INSERT INTO org_item(id, check_id, org_id, item, found, proof, remark, day)"
           " VALUES(:id, :check_id, :org_id, :item, :found, :proof, :remark, :day)",
};
static const Query q_items = {
    .name = "org_check.items", .in = &item_form, .out = &item_form,
    .sql = "SELECT item, found, proof, remark, day FROM org_item WHERE org_id = :org_id"
           " AND check_id = (SELECT MAX(check_id) FROM org_item WHERE org_id = :org_id)",
};
static const Query q_due = {
    .name = "org_check.due", .in = &recheck_form, .out = &recheck_form,
    .sql = "SELECT o.id AS org_id, o.path AS org_path, o.six_due AS due FROM org o WHERE o.six_due <= :until"
           " AND o.status <> 'SUSPENDED' AND NOT EXISTS(SELECT 1 FROM org_recheck r WHERE r.org_id = o.id"
           " AND r.due = o.six_due) ORDER BY o.six_due, o.id LIMIT 1000",
};
static const Query q_open = {
    .name = "org_check.open", .in = &recheck_form,
    .sql = "INSERT INTO org_recheck(org_id, org_path, due, opened, done)"
           " VALUES(:org_id, :org_path, :due, :opened, NULL)",
};
static const Query q_done = {
    .name = "org_check.done", .in = &recheck_form,
    .sql = "UPDATE org_recheck SET done = :done WHERE org_id = :org_id AND done IS NULL",
};
static const Query q_list = {
    .name = "org_check.list", .in = &recheck_form, .out = &recheck_form,
    .sql = "SELECT r.org_id, n.org_name, r.due, r.opened, CAST(CASE WHEN r.due < :on THEN 1 ELSE 0 END AS BIGINT)"
           " AS late"
           " FROM org_recheck r JOIN org_name n ON n.org_id = r.org_id WHERE r.done IS NULL"
           " AND r.org_path >= :org_path AND r.org_path < :path_end AND r.org_id > :after"
           " ORDER BY r.org_id LIMIT 200",
};
static const Query *const queries[] = { &q_item_add, &q_items, &q_due, &q_open, &q_done, &q_list, NULL };

/* ---- the list of what is looked for ---------------------------------------------- */

static int64_t counted(const MediatorCount *n, Str what)
{
    if (str_eq(what, S("mediators"))) return n->in_office;
    return str_eq(what, S("full_time")) ? n->full_time : 0;
}

static const CheckItem *found_before(Rows rows, Str item)
{
    for (size_t i = 0; i < rows.n; i++) {
        const CheckItem *it = (const CheckItem *)rows.at + i;
        if (str_eq(it->item, item)) return it;
    }
    return NULL;
}

/* All items that are asked of it, as the last check found them. */
static Rows items_of(Ctx *c, const Org *o)
{
    const SixItems *list = &c->law->six_items;
    Rows before = db_list(c, &q_items, &(CheckItem){ .org_id = o->id }), all = { 0 };
    MediatorCount n = mediator_count(c, o->id);
    size_t cap = 0;
    for (size_t i = 0; i < list->n; i++) {
        const SixItem *s = &list->row[i];
        if (!six_asked(s, o->kind, c->today)) continue;
        CheckItem *it = rows_push(c->mem, &all, &cap, sizeof *it);
        const CheckItem *was = found_before(before, s->item);
        if (was) *it = *was;
        it->have = s->have;
        it->item = s->item;
        it->zh = s->zh;
        it->en = s->en;
        it->least = s->least;
        it->counted = counted(&n, s->counted);
        if (s->counted.n) it->found = it->counted >= s->least;
    }
    return all;
}

static void check_show(Ctx *c)
{
    Org o = { 0 };
    if (org_get(c, arg_id(c, 0), &o)) org_need_view(c, &o);
    if (ok(c) && !kind_mediates(o.kind)) fail(c, ERR_BLOCKED, o.kind);
    if (!ok(c)) return;
    reply_rows(c, &item_form, items_of(c, &o), (Str){ 0 });
}

/* ---- a check ------------------------------------------------------------------------ */

static Str at_item(Ctx *c, size_t i, Str member)
{
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_str(&o, S("items["));
    out_int(&o, (int64_t)i);
    out_str(&o, S("]."));
    out_str(&o, member);
    return out_view(&o);
}

static Fault item_fault(const SixItem *s, const CheckItem *it, size_t i)
{
    if (!s) return FAULT_NOT_CODE;
    if (s->counted.n) return FAULT_NOT_ALLOWED;
    for (size_t k = 0; k < i; k++) {
        if (str_eq(it[k].item, it[i].item)) return FAULT_TWICE;
    }
    return FAULT_NONE;
}

/* Each item once, one that is asked for, not one that is counted; and what is
** there is proved. */
static void rule_items(Ctx *c, const Org *o, const OrgCheck *in)
{
    const CheckItem *it = in->items.at;
    if (!ok(c)) return;
    for (size_t i = 0; i < in->items.n; i++) {
        const SixItem *s = six_item(&c->law->six_items, it[i].item, o->kind, in->day);
        Fault f = item_fault(s, it, i);
        if (f != FAULT_NONE) fault(c, at_item(c, i, S("item")), f);
        else if (it[i].found && it[i].proof.n == 0) fault(c, at_item(c, i, S("proof")), FAULT_REQUIRED);
    }
}

static void add_word(Out *o, Str word)
{
    if (word.n == 0) return;
    if (o->len) out_str(o, S(" "));
    out_str(o, word);
}

/* The items that are there: ticked with proof, or enough in the register. */
static Str found_words(Ctx *c, const Org *o, const OrgCheck *in)
{
    enum { ROOM = 8000 };
    const SixItems *list = &c->law->six_items;
    MediatorCount n = mediator_count(c, o->id);
    Out words = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    for (size_t i = 0; i < list->n; i++) {
        const SixItem *s = &list->row[i];
        const CheckItem *it = found_before(in->items, s->item);
        bool there = s->counted.n ? counted(&n, s->counted) >= s->least : it && it->found;
        if (there && six_asked(s, o->kind, in->day)) add_word(&words, s->item);
    }
    return out_view(&words);
}

static Str have_words(Ctx *c, uint32_t set)
{
    Out words = { .buf = NEW(c->mem, char, 100), .cap = 100 };
    for (size_t i = 0; i < six_haves.n; i++) {
        Str word = str_of(six_haves.row[i].word);
        if (set & haves_read(word)) add_word(&words, word);
    }
    return out_view(&words);
}

static void keep_items(Ctx *c, const Org *o, const OrgCheck *in)
{
    Id check = id_next(c);
    CheckItem *it = in->items.at;
    for (size_t i = 0; i < in->items.n; i++) {
        it[i].id = id_next(c);
        it[i].check_id = check;
        it[i].org_id = o->id;
        it[i].day = in->day;
        db_insert(c, &q_item_add, &it[i]);
    }
}

static void check_add(Ctx *c)
{
    Org o = { 0 };
    OrgCheck in = { .day = c->today };
    (void)form_read(c, &check_form, &in);
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) org_need(c, o.path);
    rule_items(c, &o, &in);
    if (ok(c)) {
        SixCheck s = { .day = in.day, .reason = in.reason };
        s.six = have_words(c, six_found(&c->law->six_items, o.kind, in.day, found_words(c, &o, &in)));
        org_checked(c, &o, &s);
        keep_items(c, &o, &in);
    }
    tag_version(c, o.version);
    reply_row(c, 200, &org_form, &o);
    tx_end(c);
}

/* ---- due again ------------------------------------------------------------------------ */

void org_recheck_done(Ctx *c, const Org *o)
{
    db_change_any(c, &q_done, &(Recheck){ .org_id = o->id, .done = o->six_on });
}

/* Every day: whose check is due within the time of notice falls on the list. */
static void open_rechecks(Ctx *c, Id arg)
{
    (void)arg;
    if (!c->law) return;
    Look look = { .params = &c->law->params, .day = c->today };
    Recheck ask = { .until = date_plus(c->today, (int)param(&look, "SIX_RECHECK_NOTICE_DAYS")) };
    Rows rows = db_list(c, &q_due, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        Recheck r = ((const Recheck *)rows.at)[i];
        r.opened = c->today;
        audit_about(c, r.org_id);
        db_insert(c, &q_open, &r);
    }
}

static void recheck_list(Ctx *c)
{
    enum { PAGE = 200 };
    Recheck ask = { 0 };
    (void)form_read_query(c, &recheck_form, &ask);
    ask.org_path = c->who.org_path;
    ask.path_end = ask.org_path.n ? path_end(c->mem, ask.org_path) : ask.org_path; /* nobody's: nothing */
    ask.on = c->today;
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &recheck_form, rows, PAGE, offsetof(Recheck, org_id));
}

/* ---- photographs and papers that prove it; an item names them by digest --------------------- */

static bool take_org(Ctx *c, Org *o)
{
    if (org_get(c, arg_id(c, 0), o)) org_need_view(c, o);
    return ok(c);
}

static void file_add(Ctx *c)
{
    Org o = { 0 };
    Attachment f;
    attachment_read(c, &f);
    tx_begin(c);
    (void)take_org(c, &o);
    attachment_add(c, &f, o.id);
    reply_row(c, 201, &attachment_form, &f);
    tx_end(c);
}

static void file_list(Ctx *c)
{
    Org o = { 0 };
    if (take_org(c, &o)) reply_rows(c, &attachment_form, attachment_list(c, o.id), (Str){ 0 });
}

static void file_show(Ctx *c)
{
    Org o = { 0 };
    if (take_org(c, &o)) attachment_reply(c, o.id, arg_id(c, 1));
}

/* ---- the slice ---------------------------------------------------------------------------- */

static const Route routes[] = {
    { "GET", "/api/v1/orgs/:id/check", STAFF | LINKS, check_show, .zh = "六有核查细目",
      .en = "the items of the six haves", .out = &item_form, .list = true },
    { "POST", "/api/v1/orgs/:id/check", HR | HEAD, check_add, .zh = "逐项核查六有",
      .en = "check the six haves item by item", .in = &check_form, .out = &org_form },
    { "GET", "/api/v1/orgs/:id/files", HR | HEAD | ORG_MANAGER, file_list, .zh = "六有证明材料",
      .en = "proof of the six haves", .out = &attachment_form, .list = true },
    { "POST", "/api/v1/orgs/:id/files", HR | HEAD | ORG_MANAGER, file_add, .zh = "上传六有证明材料",
      .en = "add a proof of the six haves", .query = &attachment_form, .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/orgs/:id/files/:file/content", HR | HEAD | ORG_MANAGER, file_show, .zh = "查看六有证明材料",
      .en = "a proof's bytes" },
    { "GET", "/api/v1/org-rechecks", HR | HEAD | ORG_MANAGER, recheck_list, .zh = "待复查的调解组织",
      .en = "organisations to be checked again", .query = &recheck_form, .out = &recheck_form, .list = true },
};

static const JobKind jobs[] = {
    { .word = "org_recheck", .run = open_rechecks, .daily = "01:10" },
};

const Slice org_check_slice = {
    .name = "org_check", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations), .keeps = keeps, .job = jobs, .jobs = COUNT(jobs),
};
