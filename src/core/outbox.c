#include "core/outbox.h"

#include "core/crypto.h"
#include "core/house.h"
#include "core/jobs.h"
#include "core/policy.h"
#include "core/tx.h"

#include <stdio.h>

enum { CODE_LEN = 16, TOLD_S = 3600 };

static const Code channel_rows[] = {
    { "SMS", "短信", "text message" }, { "MAIL", "电子邮件", "mail" },
    { "LETTER", "邮寄", "letter" }, { "IN_APP", "站内消息", "in the program" },
};
const Codes outbox_channels = { .name = "outbox_channels", .row = channel_rows, .n = COUNT(channel_rows) };

static const Code state_rows[] = {
    { "QUEUED", "待发送", "queued" }, { "SENT", "已发送", "sent" },
    { "FAILED", "发送失败", "failed" }, { "CANCELLED", "已取消", "cancelled" },
};
const Codes outbox_states = { .name = "outbox_states", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Message, id,        .label = "编号",     .en = "id",       .rule = SERVER_SET),
    FIELD(Message, channel,   .label = "渠道",     .en = "channel",  .rule = SERVER_SET, .codes = &outbox_channels),
    FIELD(Message, to,        .label = "收件人",   .en = "to",       .rule = HIDDEN | SEALED),
    FIELD(Message, to_digest, .label = "收件人摘要", .en = "to, digest", .rule = HIDDEN),
    FIELD(Message, template,  .label = "模板",     .en = "template", .rule = SERVER_SET),
    FIELD(Message, subject,   .label = "主题",     .en = "subject",  .rule = SERVER_SET, .max = 200),
    FIELD(Message, text,      .label = "内容",     .en = "text",     .rule = HIDDEN | SEALED | PROSE, .max = 8000),
    FIELD(Message, case_id,   .label = "案件",     .en = "case",     .rule = SERVER_SET),
    FIELD(Message, party_id,  .label = "当事人",   .en = "party",    .rule = HIDDEN),
    FIELD(Message, state,     .label = "状态",     .en = "state",    .rule = SERVER_SET, .codes = &outbox_states),
    FIELD(Message, attempts,  .label = "发送次数", .en = "attempts", .rule = SERVER_SET),
    FIELD(Message, next_at,   .label = "下次发送", .en = "next try", .rule = SERVER_SET),
    FIELD(Message, created,   .label = "建立时间", .en = "created",  .rule = SERVER_SET),
    FIELD(Message, why,       .label = "失败原因", .en = "what went wrong", .rule = SERVER_SET),
    FIELD(Message, verify,    .label = "验真码",   .en = "verification code", .rule = HIDDEN),
};
const Form outbox_form = FORM(Message, fields);

typedef struct MessagePage {
    Id      after;
    int64_t limit;
    Str     state, template;
} MessagePage;

static const Field page_fields[] = {
    FIELD(MessagePage, after, .label = "起点", .en = "after"),
    FIELD(MessagePage, limit, .label = "条数", .en = "limit", .min = 1, .max = 200),
    FIELD(MessagePage, state, .label = "状态", .en = "state", .codes = &outbox_states),
    FIELD(MessagePage, template, .label = "模板", .en = "template", .max = 40),
};
static const Form page_form = FORM(MessagePage, page_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE outbox("
      "  id        INTEGER PRIMARY KEY,"
      "  channel   TEXT NOT NULL,"
      "  \"to\"    TEXT NOT NULL,"      /* sealed */
      "  to_digest TEXT NOT NULL,"      /* keyed */
      "  template  TEXT NOT NULL,"
      "  text      TEXT NOT NULL,"      /* sealed */
      "  case_id   INTEGER NOT NULL,"
      "  state     TEXT NOT NULL,"
      "  attempts  INTEGER NOT NULL,"
      "  next_at   INTEGER NOT NULL,"
      "  created   INTEGER NOT NULL) STRICT;"
      "CREATE INDEX outbox_by_state ON outbox(state, next_at, id);"
      "CREATE INDEX outbox_by_case ON outbox(case_id, id);" },
    { 2,
      "ALTER TABLE outbox ADD COLUMN verify TEXT NOT NULL DEFAULT '';"
      "CREATE INDEX outbox_by_code ON outbox(verify);" },
    { 3, "ALTER TABLE outbox ADD COLUMN why TEXT NOT NULL DEFAULT '';" },
    { 4, "ALTER TABLE outbox ADD COLUMN subject TEXT NOT NULL DEFAULT '';" },
    { 5,
      "ALTER TABLE outbox ADD COLUMN party_id INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE outbox ADD COLUMN desk INTEGER NOT NULL DEFAULT 0;" /* 1: somebody was asked to call */
      "CREATE INDEX outbox_not_there ON outbox(id) WHERE party_id > 0 AND desk = 0 AND state IN ('QUEUED', 'FAILED');" },
};

static const Query q_add = {
    .name = "outbox.add", .in = &outbox_form,
    .sql = "INSERT INTO outbox(id, channel, \"to\", to_digest, template, text, case_id, state, attempts, next_at,"
           " created, verify, why, subject, party_id) VALUES(:id, :channel, :to, :to_digest, :template, :text, :case_id, :state,"
           " :attempts, :next_at, :created, :verify, :why, :subject, :party_id)",
};
static const Query q_due = {
    .name = "outbox.due", .in = &outbox_form, .out = &outbox_form,
    .sql = "SELECT id, channel, \"to\", template, subject, text, case_id, state, attempts, next_at, created FROM outbox"
           " WHERE state = 'QUEUED' AND next_at <= :next_at AND (:channel = '' OR channel = :channel)"
           " ORDER BY next_at, id LIMIT 100",
};
static const Query q_mark = {
    .name = "outbox.mark", .in = &outbox_form,
    .sql = "UPDATE outbox SET state = :state, attempts = :attempts, next_at = :next_at, why = :why WHERE id = :id",
};
static const Query q_claim = {
    .name = "outbox.claim", .in = &outbox_form, .quiet = true,
    .sql = "UPDATE outbox SET next_at = :next_at WHERE id = :id AND state = 'QUEUED' AND next_at <= :created",
};
static const Query q_again = {
    .name = "outbox.again", .in = &outbox_form,
    .sql = "UPDATE outbox SET state = 'QUEUED', attempts = 0, next_at = :next_at, why = '' WHERE id = :id"
           " AND state = 'FAILED'",
};
static const Query q_cancel = {
    .name = "outbox.cancel", .in = &outbox_form,
    .sql = "UPDATE outbox SET state = 'CANCELLED' WHERE case_id = :case_id AND state = 'QUEUED'",
};
static const Filter filters[] = {
    { "state", " AND state = :state" }, { "template", " AND template = :template" },
};
static const Query q_list = {
    .name = "outbox.list", .in = &page_form, .out = &outbox_form,
    .sql = "SELECT id, channel, template, subject, case_id, state, attempts, next_at, created, why FROM outbox"
           " WHERE id > :after",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id LIMIT :limit",
};
static const Query q_code = {
    .name = "outbox.code", .in = &outbox_form, .out = &outbox_form,
    .sql = "SELECT id, channel, template, case_id, state, created FROM outbox WHERE verify = :verify LIMIT 1",
};
static const Query q_unreached = {
    .name = "outbox.unreached", .in = &outbox_form, .out = &outbox_form,
    .sql = "SELECT id, template, case_id, party_id, state FROM outbox WHERE party_id > 0 AND desk = 0"
           " AND state IN ('QUEUED', 'FAILED') AND (state = 'FAILED' OR attempts >= :attempts"
           " OR (attempts = 0 AND next_at <= :next_at AND created <= :next_at)) ORDER BY id LIMIT 200",
};
static const Query q_desk = {
    .name = "outbox.desk", .in = &outbox_form, .sql = "UPDATE outbox SET desk = 1 WHERE id = :id",
};
static const Query *const queries[] = {
    &q_unreached, &q_desk, &q_add, &q_due, &q_mark, &q_cancel, &q_list, &q_code, &q_claim, &q_again, NULL,
};

bool outbox_by_code(Ctx *c, Str verify, Message *m)
{
    *m = (Message){ .verify = verify };
    return verify.n > 0 && db_find(c, &q_code, m, m);
}

/* Nobody can guess it, and nobody needs to keep it. */
static Str code_of(Ctx *c, Id id)
{
    char text[24];
    Out o = { .buf = text, .cap = sizeof text };
    out_int(&o, id.n);
    Str digest = text_digest(c->mem, c->house->keys, S("outbox.verify"), out_view(&o));
    return (Str){ digest.s, CODE_LEN };
}

static bool goes_out(const Message *m)
{
    return str_eq(m->channel, S("SMS")) || str_eq(m->channel, S("MAIL"));
}

/* What leaves the house says where it can be verified, if we know our own address. */
static Str with_address(Ctx *c, const Message *m)
{
    Str origin = str_of(c->house->origin);
    size_t cap = m->text.n + origin.n + 64;
    if (origin.n == 0 || !goes_out(m)) return m->text;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    out_str(&o, m->text);
    out_str(&o, S("（查验真伪："));
    out_str(&o, origin);
    out_str(&o, S("/v/"));
    out_str(&o, m->verify);
    out_str(&o, S("）"));
    return out_view(&o);
}

/* Somebody waits for it, whatever the hour. */
static bool is_code(const Message *m)
{
    return str_eq(m->template, S("party_code"));
}

/* Nobody's phone rings at night: none at once by day, else when people are up. */
static Time waking_time(const Ctx *c)
{
    enum { HOUR = 3600, DAY = 24 * HOUR, CHINA = 8 * HOUR };
    int64_t from = policy(c, POLICY_QUIET_FROM_S), until = policy(c, POLICY_QUIET_TO_S);
    int64_t day = (now(c).s + CHINA) / DAY * DAY, at = now(c).s + CHINA - day;
    if (at >= until && at < from) return (Time){ 0 };
    return (Time){ day - CHINA + until + (at >= from ? DAY : 0) };
}

void outbox_add(Ctx *c, Message *m)
{
    if (!ok(c)) return;
    m->id = id_next(c);
    m->to_digest = text_digest(c->mem, c->house->keys, S("outbox.to"), m->to);
    m->state = S("QUEUED");
    m->attempts = 0;
    m->created = now(c);
    bool rings = goes_out(m) && !is_code(m) && !c->house->demo;
    if (rings && m->next_at.s == 0) m->next_at = waking_time(c);
    m->verify = code_of(c, m->id);
    m->text = with_address(c, m);
    db_insert(c, &q_add, m);
    if (c->house->demo) job_add(c, S("outbox_demo"), m->id, m->next_at.s ? m->next_at : now(c), (Str){ 0 });
}

Rows outbox_due(Ctx *c, Str channel)
{
    return db_list(c, &q_due, &(Message){ .next_at = now(c), .channel = channel });
}

Rows outbox_unreached(Ctx *c, Time due, int64_t tries)
{
    return db_list(c, &q_unreached, &(Message){ .next_at = due, .attempts = tries });
}

void outbox_on_desk(Ctx *c, Id id)
{
    db_change(c, &q_desk, &(Message){ .id = id });
}

void outbox_mark(Ctx *c, const Message *m)
{
    db_change(c, &q_mark, m);
}

void outbox_claim(Ctx *c, const Message *m, Time until)
{
    db_change(c, &q_claim, &(Message){ .id = m->id, .next_at = until, .created = now(c) });
}

/* One that failed is tried anew. */
static void again(Ctx *c)
{
    Message m = { .id = arg_id(c, 0), .next_at = now(c) };
    tx_begin(c);
    db_change(c, &q_again, &m);
    reply_done(c);
    tx_end(c);
}

void outbox_cancel(Ctx *c, Id case_id)
{
    BUG_IF(case_id.n == 0);
    db_change_any(c, &q_cancel, &(Message){ .case_id = case_id });
}

static void list(Ctx *c)
{
    MessagePage page = { .limit = 50 };
    char next[24];
    Out o = { .buf = next, .cap = sizeof next };
    form_read_query(c, &page_form, &page);
    int64_t wanted = page.limit++;
    Rows rows = db_list(c, &q_list, &page);
    if (rows.n > (size_t)wanted) {
        rows.n = (size_t)wanted;
        out_int(&o, ((const Message *)rows.at)[rows.n - 1].id.n);
    }
    reply_rows(c, &outbox_form, rows, out_view(&o));
}

static void tell(const Message *m)
{
    (void)fprintf(stderr, "outbox %.*s %.*s: %.*s\n", (int)m->channel.n, m->channel.s, (int)m->to.n, m->to.s,
                  (int)m->text.n, m->text.s);
}

/* In the demo nobody's phone rings: the log says what would have been sent, if
** somebody may wait for it, and not what made-up cases sent in their time. */
static void send_demo(Ctx *c, Id arg)
{
    (void)arg;
    if (!c->house->demo) return;
    Rows rows = outbox_due(c, (Str){ 0 });
    for (size_t i = 0; i < rows.n; i++) {
        Message m = ((const Message *)rows.at)[i];
        if (m.created.s + TOLD_S > now(c).s) tell(&m);
        m.state = S("SENT");
        m.attempts++;
        outbox_mark(c, &m);
    }
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/outbox", .who = SYS_ADMIN, .run = list, .zh = "待发消息",
      .en = "messages on their way", .query = &page_form, .out = &outbox_form, .list = true },
    { .method = "POST", .pattern = "/api/v1/outbox/:id/again", .who = SYS_ADMIN, .run = again, .zh = "重新发送",
      .en = "send a failed one again" },
};

static const JobKind jobs[] = {
    { .word = "outbox_demo", .run = send_demo },
};

const Slice outbox_slice = {
    .name = "outbox", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations), .job = jobs, .jobs = COUNT(jobs),
};
