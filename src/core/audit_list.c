#include "core/audit_list.h"

#include "core/audit.h"
#include "core/tx.h"

#include <stdint.h>

typedef struct Item {
    Id      lane;
    int64_t seq;
    int64_t at_ms;
    Time    at;
    Id      actor, session;
    Str     org_path, action;
    Id      subject;
    Str     reason, detail, hash;
} Item;

static const Field fields[] = {
    FIELD(Item, lane,     .label = "链",     .en = "lane"),
    FIELD(Item, seq,      .label = "序号",   .en = "number"),
    FIELD(Item, at_ms,    .label = "毫秒",   .en = "milliseconds since 1970"),
    FIELD(Item, at,       .label = "时间",   .en = "at"),
    FIELD(Item, actor,    .label = "经办",   .en = "actor"),
    FIELD(Item, session,  .label = "会话",   .en = "session"),
    FIELD(Item, org_path, .label = "机构",   .en = "organisation"),
    FIELD(Item, action,   .label = "操作",   .en = "action"),
    FIELD(Item, subject,  .label = "对象",   .en = "subject"),
    FIELD(Item, reason,   .label = "理由",   .en = "reason"),
    FIELD(Item, detail,   .label = "内容",   .en = "what was changed or looked at"),
    FIELD(Item, hash,     .label = "摘要",   .en = "hash"),
};
static const Form item_form = FORM(Item, fields);

typedef struct ItemPage {
    Str     after;         /* "at_ms.lane.seq" */
    int64_t limit;
    Id      actor, subject;
    Str     action;
    Date    from, to;
    int64_t from_ms, to_ms;
    int64_t at_ms, seq;    /* the entry that `after` names */
    Id      lane;
} ItemPage;

static const Field page_fields[] = {
    FIELD(ItemPage, after,   .label = "起点", .en = "after", .max = 64),
    FIELD(ItemPage, limit,   .label = "条数", .en = "limit", .min = 1, .max = 200),
    FIELD(ItemPage, actor,   .label = "经办", .en = "actor"),
    FIELD(ItemPage, subject, .label = "对象", .en = "subject"),
    FIELD(ItemPage, action,  .label = "操作", .en = "action"),
    FIELD(ItemPage, from,    .label = "起日", .en = "from"),
    FIELD(ItemPage, to,      .label = "止日", .en = "to"),
    FIELD(ItemPage, from_ms, .label = "起",   .en = "from, milliseconds", .rule = HIDDEN),
    FIELD(ItemPage, to_ms,   .label = "止",   .en = "to, milliseconds", .rule = HIDDEN),
    FIELD(ItemPage, at_ms,   .label = "起点时间", .en = "after, its time", .rule = HIDDEN),
    FIELD(ItemPage, lane,    .label = "起点链",   .en = "after, its lane", .rule = HIDDEN),
    FIELD(ItemPage, seq,     .label = "起点序号", .en = "after, its number", .rule = HIDDEN),
};
static const Form page_form = FORM(ItemPage, page_fields);

static const Query q_says = {
    .name = "audit.says", .in = &page_form, .out = &item_form,
    .sql = "SELECT lane, seq FROM audit WHERE at_ms >= :from_ms AND at_ms <= :to_ms AND detail LIKE :action LIMIT 1",
};

bool audit_says(Ctx *c, Time at, Str text)
{
    enum { HOUR_MS = 3600 * 1000 };
    Out like = { .buf = NEW(c->mem, char, text.n + 2), .cap = text.n + 2 };
    out_str(&like, S("%"));
    out_str(&like, text);
    out_str(&like, S("%"));
    ItemPage ask = { .action = out_view(&like), .from_ms = at.s * 1000 - HOUR_MS,
                     .to_ms = at.s * 1000 + HOUR_MS };
    Item found = { 0 };
    return db_find(c, &q_says, &ask, &found);
}

static const Filter filters[] = {
    { "actor",   " AND actor = :actor" },
    { "subject", " AND subject = :subject" },
    { "action",  " AND action = :action" },
    { "from_ms", " AND at_ms >= :from_ms" },
    { "to_ms",   " AND at_ms < :to_ms" },
};
static const Query q_list = {
    .name = "audit.list", .in = &page_form, .out = &item_form,
    .sql = "SELECT lane, seq, at_ms, at_ms / 1000 AS at, actor, session, org_path, action, subject, reason, detail,"
           " hash FROM audit WHERE (at_ms, lane, seq) < (:at_ms, :lane, :seq)",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY at_ms DESC, lane DESC, seq DESC LIMIT :limit",
};
static const Query *const queries[] = { &q_says, &q_list, NULL };

static void read_page(Ctx *c, ItemPage *page)
{
    *page = (ItemPage){ .limit = 50, .at_ms = INT64_MAX };
    form_read_query(c, &page_form, page);
    Str rest = page->after;
    if (rest.n) {
        bool good = str_int(str_cut(&rest, '.'), &page->at_ms);
        page->lane = id_parse(str_cut(&rest, '.'));
        if (!good || page->lane.n == 0 || !str_int(rest, &page->seq)) fault(c, S("after"), FAULT_NOT_ID);
    }
    if (page->from.day) page->from_ms = time_at(page->from, 0, 0).s * 1000;
    if (page->to.day) page->to_ms = time_at(date_plus(page->to, 1), 0, 0).s * 1000;
}

static Str name_of(Ctx *c, const Item *i)
{
    Out o = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    out_int(&o, i->at_ms);
    out_str(&o, S("."));
    out_int(&o, i->lane.n);
    out_str(&o, S("."));
    out_int(&o, i->seq);
    return out_view(&o);
}

static void list(Ctx *c)
{
    ItemPage page;
    Str next = { 0 };
    read_page(c, &page);
    int64_t wanted = page.limit++;
    Rows rows = db_list(c, &q_list, &page);
    if (rows.n > (size_t)wanted) {
        rows.n = (size_t)wanted;
        next = name_of(c, &((const Item *)rows.at)[rows.n - 1]);
    }
    tx_begin(c);
    audit_about(c, page.subject);
    audit_look(c, S("audit"), (Str){ 0 });
    reply_rows(c, &item_form, rows, next);
    tx_end(c);
}

enum { TOLD = 64 * 1024 }; /* of what is wrong; more is counted, not named */

/* Whether the record is whole: each entry that is missing or changed, a line each. */
static void verify(Ctx *c)
{
    int64_t entries = 0;
    Out told = { .buf = NEW(c->mem, char, TOLD), .cap = TOLD };
    tx_begin(c);
    int64_t faults = audit_verify(c, &told, &entries);
    audit_look(c, S("audit_verify"), (Str){ 0 });
    c->status = 200;
    out_str(&c->out, S("{\"whole\":"));
    out_str(&c->out, faults ? S("false") : S("true"));
    out_str(&c->out, S(",\"entries\":"));
    out_int(&c->out, entries);
    out_str(&c->out, S(",\"faults\":"));
    out_int(&c->out, faults);
    out_str(&c->out, S(",\"messages\":["));
    Str text = out_view(&told);
    for (bool first = true; text.n; first = false) {
        if (!first) out_str(&c->out, S(","));
        out_json(&c->out, str_cut(&text, '\n'));
    }
    out_str(&c->out, S("]}"));
    tx_end(c);
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/audit/verify", .who = AUDITOR, .run = verify, .zh = "核验审计记录",
      .en = "is the audit record whole?" },
    { .method = "GET", .pattern = "/api/v1/audit", .who = AUDITOR, .run = list, .zh = "审计记录",
      .en = "the audit record", .query = &page_form, .out = &item_form, .list = true },
};

const Slice audit_list_slice = {
    .name = "audit_list", .route = routes, .routes = COUNT(routes), .query = queries,
};
