#include "case/notice.h"

#include "core/outbox.h"
#include "register/organisations/organisations.h"

enum { A_LOOK = 200, LATE_S = 3600, TRIES = 6, LOOK_S = 600 };

static const Code step_rows[] = {
    { "call", "待电话联系", "to be called" }, { "write", "待邮寄", "to be written to" }, { "posted", "已邮寄", "posted" },
    { "reached", "已告知", "reached" }, { "lost", "仍未告知", "not reached" },
};
static const Codes steps = { .name = "unreached_step", .row = step_rows, .n = COUNT(step_rows) };
static const Code why_rows[] = {
    { "NO_PHONE", "没有手机号", "left no mobile number" }, { "NOT_SENT", "短信没有发成", "the message was not delivered" },
};
static const Codes whys = { .name = "unreached_why", .row = why_rows, .n = COUNT(why_rows) };
static const Code way_rows[] = {
    { "SMS", "短信", "text message" }, { "PHONE", "电话", "phone" }, { "LETTER", "邮寄", "letter" },
};
static const Codes ways = { .name = "unreached_way", .row = way_rows, .n = COUNT(way_rows) };
static const Code told_rows[] = { /* by the word of the message: what it was about */
    { "invite", "调解邀请", "invitation to mediate" }, { "paper_sent", "文书送达", "a paper was served" },
    { "performance_due", "履行提醒", "performance is due" }, { "performance_overdue", "逾期履行提醒", "performance is late" },
    { "performance_remedies", "救济途径告知", "remedies" }, { "extension_ask", "延期征求意见", "asked for more time" },
    { "claims", "请求变更告知", "claims were changed" }, { "mediation_over", "调解终止告知", "mediation has ended" },
};
static const Codes told = { .name = "unreached_about", .row = told_rows, .n = COUNT(told_rows) };

static const Field fields[] = {
    FIELD(Unreached, id,         .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Unreached, case_id,    .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Unreached, party_id,   .label = "当事人编号", .en = "party, id", .rule = SERVER_SET),
    FIELD(Unreached, message_id, .label = "消息",     .en = "message", .rule = HIDDEN),
    FIELD(Unreached, template,   .label = "告知事项", .en = "about", .rule = SERVER_SET, .codes = &told),
    FIELD(Unreached, name,       .label = "当事人",   .en = "party", .rule = SERVER_SET),
    FIELD(Unreached, mobile,     .label = "手机号",   .en = "mobile", .rule = SERVER_SET | SEALED, .mask = MASK_PHONE),
    FIELD(Unreached, applicant,  .label = "申请人",   .en = "applicant", .rule = SERVER_SET),
    FIELD(Unreached, respondent, .label = "被申请人", .en = "respondent", .rule = SERVER_SET),
    FIELD(Unreached, no,         .label = "登记号",   .en = "ledger number", .rule = SERVER_SET),
    FIELD(Unreached, step,       .label = "进度",     .en = "step", .rule = SERVER_SET, .codes = &steps),
    FIELD(Unreached, why,        .label = "未告知原因", .en = "why not reached", .rule = SERVER_SET, .codes = &whys),
    FIELD(Unreached, messages,   .label = "未达消息数", .en = "messages that did not arrive", .rule = SERVER_SET),
    FIELD(Unreached, calls,      .label = "未接通次数", .en = "calls in vain", .rule = SERVER_SET),
    FIELD(Unreached, tracking,   .label = "邮件号",   .en = "tracking number", .rule = SERVER_SET),
    FIELD(Unreached, sent_on,    .label = "寄出日期", .en = "posted on", .rule = SERVER_SET),
    FIELD(Unreached, way,        .label = "告知方式", .en = "reached by", .rule = SERVER_SET, .codes = &ways),
    FIELD(Unreached, note,       .label = "说明",     .en = "note", .rule = SERVER_SET),
    FIELD(Unreached, opened,     .label = "列入时间", .en = "listed at", .rule = SERVER_SET),
    FIELD(Unreached, closed,     .label = "办结时间", .en = "settled at", .rule = SERVER_SET),
    FIELD(Unreached, by_id,      .label = "经办",     .en = "by", .rule = SERVER_SET),
    FIELD(Unreached, org_path,   .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Unreached, path_end,   .label = "路径末",   .en = "end of path", .rule = HIDDEN),
};
const Form unreached_form = FORM(Unreached, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE unreached("
      "  id         INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, party_id INTEGER NOT NULL,"
      "  message_id INTEGER NOT NULL," /* 0: none was made */
      "  template   TEXT NOT NULL,"
      "  step       TEXT NOT NULL CHECK(step IN ('call', 'write', 'posted', 'reached', 'lost')),"
      "  why        TEXT NOT NULL, messages INTEGER NOT NULL, calls INTEGER NOT NULL, tracking TEXT NOT NULL,"
      "  sent_on    TEXT, way TEXT NOT NULL, note TEXT NOT NULL, opened INTEGER NOT NULL,"
      "  closed     INTEGER NOT NULL, by_id INTEGER NOT NULL) STRICT;"
      "CREATE INDEX unreached_by_case ON unreached(case_id, id);"
      "CREATE INDEX unreached_by_party ON unreached(party_id, step);"
      "CREATE INDEX unreached_by_step ON unreached(step, id);" },
};

#define OPEN "('call', 'write', 'posted')"
#define OWN "u.id, u.case_id, u.party_id, u.message_id, u.template, u.step, u.why, u.messages, u.calls, u.tracking," \
            " u.sent_on, u.way, u.note, u.opened, u.closed, u.by_id"
#define FULL "SELECT " OWN ", p.name, p.mobile, k.applicant, k.respondent, k.no FROM unreached u" \
             " JOIN case_party p ON p.id = u.party_id JOIN cases k ON k.id = u.case_id"
static const Query q_add = {
    .name = "unreached.add", .in = &unreached_form,
    .sql = "INSERT INTO unreached(id, case_id, party_id, message_id, template, step, why, messages, calls, tracking, sent_on,"
           " way, note, opened, closed, by_id) VALUES(:id, :case_id, :party_id, :message_id, :template, :step, :why,"
           " :messages, :calls, :tracking, :sent_on, :way, :note, :opened, :closed, :by_id)",
};
static const Query q_save = {
    .name = "unreached.save", .in = &unreached_form,
    .sql = "UPDATE unreached SET message_id = :message_id, template = :template, step = :step, why = :why,"
           " messages = :messages, calls = :calls, tracking = :tracking, sent_on = :sent_on, way = :way, note = :note,"
           " closed = :closed, by_id = :by_id WHERE id = :id",
};
static const Query q_get = {
    .name = "unreached.get", .in = &unreached_form, .out = &unreached_form, .sql = FULL " WHERE u.id = :id",
};
static const Query q_open = {
    .name = "unreached.open", .in = &unreached_form, .out = &unreached_form,
    .sql = "SELECT " OWN " FROM unreached u WHERE u.party_id = :party_id AND u.step IN " OPEN " ORDER BY u.id LIMIT 1",
};
static const Query q_list = {
    .name = "unreached.list", .in = &unreached_form, .out = &unreached_form,
    .sql = FULL " WHERE u.step = :step AND u.id > :id AND k.org_path >= :org_path AND k.org_path < :path_end"
           " ORDER BY u.step, u.id LIMIT 201",
};
static const Query q_all = {
    .name = "unreached.all", .in = &unreached_form, .out = &unreached_form,
    .sql = FULL " WHERE u.step IN " OPEN " AND u.id > :id AND k.org_path >= :org_path AND k.org_path < :path_end"
           " ORDER BY u.id LIMIT 201",
};
static const Query q_arrived = { /* the message went out after all */
    .name = "unreached.arrived", .in = &unreached_form, .out = &unreached_form,
    .sql = "SELECT " OWN " FROM unreached u JOIN outbox m ON m.id = u.message_id WHERE u.step = 'call' AND m.state = 'SENT'"
           " ORDER BY u.id LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_save, &q_get, &q_open, &q_list, &q_all, &q_arrived, NULL };

/* ---- onto the desk ---------------------------------------------------------------------------- */

/* One row a person: what comes on top of it counts up. */
static void put(Ctx *c, Unreached *u)
{
    Unreached before = { .party_id = u->party_id };
    if (!ok(c)) return;
    if (db_find(c, &q_open, &before, &before)) {
        before.messages++;
        before.message_id = u->message_id;
        before.template = u->template;
        db_change(c, &q_save, &before);
        return;
    }
    u->id = id_next(c);
    u->step = str_eq(u->why, S("NO_PHONE")) ? S("write") : S("call");
    u->messages = 1;
    u->opened = now(c);
    db_insert(c, &q_add, u);
}

void notice_party(Ctx *c, const Case *k, const Party *p, Str template, Str text)
{
    if (!ok(c)) return;
    if (p->mobile.n) {
        outbox_add(c, &(Message){ .channel = S("SMS"), .to = p->mobile, .template = template, .text = text,
                                  .case_id = k->id, .party_id = p->id });
    } else {
        put(c, &(Unreached){ .case_id = k->id, .party_id = p->id, .template = template,
                             .why = S("NO_PHONE") });
    }
}

/* What failed, or has waited an hour for a gateway that is not there or does not answer. */
static void look(Ctx *c, Id arg)
{
    (void)arg;
    Rows late = outbox_unreached(c, (Time){ now(c).s - LATE_S }, TRIES);
    for (size_t i = 0; i < late.n && ok(c); i++) {
        const Message *m = (const Message *)late.at + i;
        put(c, &(Unreached){ .case_id = m->case_id, .party_id = m->party_id, .message_id = m->id,
                             .template = m->template, .why = S("NOT_SENT") });
        outbox_on_desk(c, m->id);
    }
    Rows sent = db_list(c, &q_arrived, &(Unreached){ 0 });
    for (size_t i = 0; i < sent.n && ok(c); i++) {
        Unreached *u = (Unreached *)sent.at + i;
        u->step = S("reached");
        u->way = S("SMS");
        u->closed = now(c);
        db_change(c, &q_save, u);
    }
}

/* ---- for the desk ------------------------------------------------------------------------------- */

bool unreached_get(Ctx *c, Id id, Unreached *u)
{
    Case k;
    *u = (Unreached){ .id = id };
    if (!ok(c)) return false;
    if (!db_find(c, &q_get, u, u)) return fail(c, ERR_NOT_FOUND, S("unreached"));
    if (!case_get(c, u->case_id, &k)) return false;
    bool open = str_eq(u->step, S("call")) || str_eq(u->step, S("write")) || str_eq(u->step, S("posted"));
    return open || fail(c, ERR_WRONG_STATE, u->step);
}

void unreached_save(Ctx *c, const Unreached *u)
{
    db_change(c, &q_save, u);
}

Rows unreached_list(Ctx *c, Str step, Id after)
{
    Str path = c->who.org_path;
    Unreached ask = { .step = step, .id = after, .org_path = path, .path_end = path_end(c->mem, path) };
    return db_list(c, step.n ? &q_list : &q_all, &ask);
}

static const JobKind jobs[] = { { .word = "notice_look", .run = look, .every_s = LOOK_S } };

const Slice notice_slice = {
    .name = "notice", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .job = jobs,
    .jobs = COUNT(jobs),
};
