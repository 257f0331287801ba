/*
** ServiceTry of papers (送达): each attempt with its way, its day and how it went.
** By link it is sent only to whom agreed to it (民事诉讼法 90 (2023), 参照), and
** counts when the party opens and confirms it; not confirmed in time it has
** failed, and somebody is asked to serve it another way.
*/
#include "case/service.h"

#include "case/canon.h"
#include "case/made.h"
#include "case/notice.h"
#include "case/party.h"
#include "case/task.h"
#include "register/organisations/organisations.h"

static const Code state_rows[] = {
    { "sent", "已发出", "sent" }, { "opened", "对方已打开", "opened" }, { "served", "已送达", "served" },
    { "failed", "未送达", "failed" },
};
static const Codes states = { .name = "service_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code why_rows[] = {
    { "RETURNED", "退回", "returned" }, { "REFUSED", "拒收", "refused" }, { "MOVED", "地址不准确或者已迁移", "moved" },
    { "UNREAD", "逾期未打开", "not opened in time" }, { "OTHER", "其他", "other" },
};
static const Codes whys = { .name = "service_failure", .row = why_rows, .n = COUNT(why_rows) };

static const Field fields[] = {
    FIELD(ServiceTry, id,        .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(ServiceTry, case_id,   .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(ServiceTry, paper_id,  .label = "文书记录", .en = "record of the paper", .rule = SERVER_SET),
    FIELD(ServiceTry, way,       .label = "送达方式", .en = "way", .rule = REQUIRED, .codes = &service_ways),
    FIELD(ServiceTry, sent_on,   .label = "发出日期", .en = "sent on", .rule = NOT_FUTURE),
    FIELD(ServiceTry, tracking,  .label = "邮件号",   .en = "tracking number", .max = 60),
    FIELD(ServiceTry, state,     .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(ServiceTry, opened_at, .label = "打开时间", .en = "opened at", .rule = SERVER_SET),
    FIELD(ServiceTry, done_on,   .label = "结果日期", .en = "settled on", .rule = SERVER_SET),
    FIELD(ServiceTry, why,       .label = "未送达原因", .en = "why it failed", .rule = SERVER_SET, .codes = &whys),
    FIELD(ServiceTry, note,      .label = "说明",     .en = "note", .rule = PROSE, .max = 1000),
    FIELD(ServiceTry, by_id,     .label = "经办",     .en = "by", .rule = SERVER_SET),
    FIELD(ServiceTry, org_path,  .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(ServiceTry, path_end,  .label = "路径末",   .en = "end of path", .rule = HIDDEN),
};
static const Form service_attempt_form = FORM(ServiceTry, fields);

typedef struct ServiceFailed {
    Str why, note;
} ServiceFailed;
static const Field failed_fields[] = {
    FIELD(ServiceFailed, why,  .label = "未送达原因", .en = "why it failed", .rule = REQUIRED, .codes = &whys),
    FIELD(ServiceFailed, note, .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
};
static const Form failed_form = FORM(ServiceFailed, failed_fields);

/* A party's own papers: what was sent by link waits for its word. */
typedef struct PartyPaper {
    Id   id, case_id, party_id;
    Str  code, label, file, state, way_sent;
    Date served_on;
} PartyPaper;
static const Field mine_fields[] = {
    FIELD(PartyPaper, id,        .label = "文书记录", .en = "record of the paper"),
    FIELD(PartyPaper, case_id,   .label = "案件",     .en = "case"),
    FIELD(PartyPaper, party_id,  .label = "受送达人", .en = "to whom"),
    FIELD(PartyPaper, code,      .label = "文书",     .en = "paper"),
    FIELD(PartyPaper, label,     .label = "文书名称", .en = "its name"),
    FIELD(PartyPaper, file,      .label = "文书文件摘要", .en = "digest of the paper"),
    FIELD(PartyPaper, state,     .label = "状态",     .en = "state"),
    FIELD(PartyPaper, way_sent,  .label = "正在送达方式", .en = "way under way"),
    FIELD(PartyPaper, served_on, .label = "送达日期", .en = "served on"),
};
static const Form mine_form = FORM(PartyPaper, mine_fields);

/* What waits to be served: for the list of the office. */
typedef struct Unserved {
    Id   id, case_id;
    Str  code, label, number, applicant, respondent, recipient, way, tracking, state;
    Date issued_on, sent_on;
    Str  org_path, path_end;
} Unserved;
static const Field unserved_fields[] = {
    FIELD(Unserved, id,         .label = "文书记录", .en = "record of the paper"),
    FIELD(Unserved, case_id,    .label = "案件",     .en = "case"),
    FIELD(Unserved, code,       .label = "文书",     .en = "paper"),
    FIELD(Unserved, label,      .label = "文书名称", .en = "its name"),
    FIELD(Unserved, number,     .label = "文号",     .en = "number"),
    FIELD(Unserved, applicant,  .label = "申请人",   .en = "applicant"),
    FIELD(Unserved, respondent, .label = "被申请人", .en = "respondent"),
    FIELD(Unserved, recipient,  .label = "受送达人", .en = "to whom"),
    FIELD(Unserved, way,        .label = "最近送达方式", .en = "last way", .codes = &service_ways),
    FIELD(Unserved, tracking,   .label = "邮件号",   .en = "tracking number"),
    FIELD(Unserved, sent_on,    .label = "发出日期", .en = "sent on"),
    FIELD(Unserved, state,      .label = "最近送达状态", .en = "how it stands", .codes = &states),
    FIELD(Unserved, issued_on,  .label = "制作日期", .en = "issued on"),
    FIELD(Unserved, org_path,   .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Unserved, path_end,   .label = "路径末",   .en = "end of path", .rule = HIDDEN),
};
static const Form unserved_form = FORM(Unserved, unserved_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE service("               /* an attempt to serve a paper */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  paper_id  INTEGER NOT NULL REFERENCES paper, way TEXT NOT NULL, sent_on TEXT NOT NULL,"
      "  tracking  TEXT NOT NULL, state TEXT NOT NULL CHECK(state IN ('sent', 'opened', 'served', 'failed')),"
      "  opened_at INTEGER NOT NULL, done_on TEXT, why TEXT NOT NULL, note TEXT NOT NULL, by_id INTEGER NOT NULL)"
      "  STRICT;"
      "CREATE INDEX service_by_paper ON service(paper_id, id);"
      "CREATE INDEX service_by_day ON service(state, way, sent_on);"
      "CREATE INDEX paper_unserved ON paper(state, issued_on);" },
    { 2, "CREATE INDEX service_by_case ON service(case_id);" },
};

#define COLUMNS "id, case_id, paper_id, way, sent_on, tracking, state, opened_at, done_on, why, note, by_id"
static const Query q_add = {
    .name = "service.add", .in = &service_attempt_form,
    .sql = "INSERT INTO service(" COLUMNS ") VALUES(:id, :case_id, :paper_id, :way, :sent_on, :tracking, :state,"
           " :opened_at, :done_on, :why, :note, :by_id)",
};
static const Query q_set = {
    .name = "service.set", .in = &service_attempt_form,
    .sql = "UPDATE service SET state = :state, opened_at = :opened_at, done_on = :done_on, why = :why, note = :note"
           " WHERE id = :id",
};
static const Query q_list = {
    .name = "service.list", .in = &service_attempt_form, .out = &service_attempt_form,
    .sql = "SELECT " COLUMNS " FROM service WHERE paper_id = :paper_id ORDER BY paper_id, id LIMIT 100",
};
static const Query q_of_case = {
    .name = "service.of_case", .in = &service_attempt_form, .out = &service_attempt_form,
    .sql = "SELECT " COLUMNS " FROM service WHERE case_id = :case_id ORDER BY case_id, id LIMIT 2000",
};
static const Query q_open = {
    .name = "service.open", .in = &service_attempt_form, .out = &service_attempt_form,
    .sql = "SELECT " COLUMNS " FROM service WHERE paper_id = :paper_id AND state IN ('sent', 'opened')"
           " ORDER BY paper_id DESC, id DESC LIMIT 1",
};
static const Query q_late = {
    .name = "service.late", .in = &service_attempt_form, .out = &service_attempt_form,
    .sql = "SELECT " COLUMNS " FROM service WHERE state IN ('sent', 'opened') AND way = 'LINK'"
           " AND sent_on <= :sent_on ORDER BY id LIMIT 200",
};
static const Query q_unserved = {
    .name = "service.unserved", .in = &unserved_form, .out = &unserved_form,
    .sql = "SELECT p.id, p.case_id, p.code, p.number, k.applicant, k.respondent, p.issued_on, y.name AS recipient,"
           " coalesce(s.way, '') AS way, coalesce(s.tracking, '') AS tracking, s.sent_on,"
           " coalesce(s.state, '') AS state"
           " FROM paper p JOIN cases k ON k.id = p.case_id JOIN case_party y ON y.id = p.party_id"
           " LEFT JOIN service s ON s.id ="
           " (SELECT max(t.id) FROM service t WHERE t.paper_id = p.id)"
           " WHERE p.state = 'issued' AND p.party_id > 0 AND k.org_path >= :org_path AND k.org_path < :path_end"
           " AND NOT EXISTS (SELECT 1 FROM made m JOIN made_end e ON e.made_id = m.id"
           "   WHERE m.case_id = p.case_id AND p.file <> '' AND (m.file = p.file OR m.docx = p.file))"
           " ORDER BY p.issued_on, p.id LIMIT 200",
};
static const Query q_mine = {
    .name = "service.mine", .in = &mine_form, .out = &mine_form,
    .sql = "SELECT p.id, p.case_id, p.party_id, p.code, p.file, p.state, p.served_on,"
           " coalesce(s.way, '') AS way_sent"
           " FROM paper p LEFT JOIN service s ON s.paper_id = p.id AND s.state IN ('sent', 'opened')"
           " WHERE p.case_id = :case_id AND p.party_id > 0 AND p.state <> 'due' ORDER BY p.case_id, p.id LIMIT 500",
};
static const Query *const queries[] = {
    &q_add, &q_set, &q_list, &q_of_case, &q_open, &q_late, &q_unserved, &q_mine, NULL,
};

Rows services_of(Ctx *c, Id paper_id)
{
    return db_list(c, &q_list, &(ServiceTry){ .paper_id = paper_id });
}

void service_done(Ctx *c, const Paper *p)
{
    ServiceTry s = { .paper_id = p->id };
    if (!ok(c) || !db_find(c, &q_open, &s, &s)) return;
    s.state = S("served");
    s.done_on = p->served_on;
    db_change(c, &q_set, &s);
}

/* ---- the office ------------------------------------------------------------------------------ */

/* The issued record :paper of case :id. */
static void find(Ctx *c, Case *k, Paper *p)
{
    case_get(c, arg_id(c, 0), k);
    (void)case_unsealed(c, k);
    if (ok(c)) (void)paper_get(c, k, arg_id(c, 1), p);
    if (ok(c) && !str_eq(p->state, S("issued"))) fail(c, ERR_CLASH, p->state);
}

static const char link_sent[] =
    "您有一份调解文书已电子送达，请登录本人案件页面查看并确认收到。"
    "文书可凭验真码在官网核验，我们不会要求您转账。";

static void tell(Ctx *c, const Case *k, const Party *to)
{
    notice_party(c, k, to, S("paper_sent"), str_of(link_sent));
}

/* By link only to whom agreed to it. */
static void by_link(Ctx *c, const Case *k, const Paper *p)
{
    Party to;
    if (!ok(c)) return;
    if (p->party_id.n == 0) fail(c, ERR_BLOCKED, S("party_id"));
    else if (party_get(c, p->party_id, &to) && !to.e_service) fail(c, ERR_BLOCKED, S("e_service"));
    else tell(c, k, &to);
}

static void send(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    ServiceTry s = { 0 }, before = { 0 };
    form_read(c, &service_attempt_form, &s);
    tx_begin(c);
    find(c, &k, &p);
    if (s.sent_on.day == 0) s.sent_on = c->today;
    if (ok(c) && s.sent_on.day < p.issued_on.day) fault(c, S("sent_on"), FAULT_ORDER);
    bool again = ok(c) && db_find(c, &q_open, &(ServiceTry){ .paper_id = p.id }, &before);
    if (again) fail(c, ERR_CLASH, before.state);
    if (str_eq(s.way, S("LINK"))) by_link(c, &k, &p);
    s.id = id_next(c);
    s.case_id = k.id;
    s.paper_id = p.id;
    s.state = S("sent");
    s.by_id = c->who.id;
    db_insert(c, &q_add, &s);
    case_note(c, &k, S("paper_sent"), p.label);
    case_save(c, &k);
    reply_row(c, 201, &service_attempt_form, &s);
    tx_end(c);
}

static void fail_attempt(Ctx *c, const Case *k, ServiceTry *s, Str why)
{
    s->state = S("failed");
    s->why = why;
    s->done_on = c->today;
    db_change(c, &q_set, s);
    task_add(c, k, S("serve_again"), ROLE_CLERK, task_due(c, 1));
}

static void failed(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    ServiceTry s = { 0 };
    ServiceFailed in = { 0 };
    form_read(c, &failed_form, &in);
    tx_begin(c);
    find(c, &k, &p);
    bool found = ok(c) && db_find(c, &q_open, &(ServiceTry){ .paper_id = p.id }, &s);
    if (!found) fail(c, ERR_NOT_FOUND, S("service"));
    s.note = in.note;
    if (ok(c)) fail_attempt(c, &k, &s, in.why);
    case_note(c, &k, S("paper_not_served"), p.label);
    case_save(c, &k);
    reply_row(c, 200, &service_attempt_form, &s);
    tx_end(c);
}

static void show(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    if (!case_get(c, arg_id(c, 0), &k) || !paper_get(c, &k, arg_id(c, 1), &p)) return;
    reply_rows(c, &service_attempt_form, services_of(c, p.id), (Str){ 0 });
}

static void show_all(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = db_list(c, &q_of_case, &(ServiceTry){ .case_id = k.id });
    reply_rows(c, &service_attempt_form, rows, (Str){ 0 });
}

static void show_unserved(Ctx *c)
{
    Str path = c->who.org_path;
    Unserved ask = { .org_path = path, .path_end = path_end(c->mem, path) };
    Rows rows = db_list(c, &q_unserved, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        Unserved *u = (Unserved *)rows.at + i;
        const PaperRule *rule = paper_find(&c->law->dossier, u->code);
        if (rule) u->label = rule->label.zh;
    }
    reply_rows(c, &unserved_form, rows, (Str){ 0 });
}

/* ---- the party ---------------------------------------------------------------------------------- */

static bool on_my_side(const Ctx *c, const Party *p)
{
    if (str_eq(p->side, S("APPL"))) return c->who.sides & APPLICANT;
    if (str_eq(p->side, S("RESP"))) return c->who.sides & RESPONDENT;
    return c->who.sides & THIRD_PARTY;
}

static bool is_mine(const Ctx *c, Rows parties, Id party)
{
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (p->id.n == party.n) return on_my_side(c, p);
    }
    return false;
}

static void show_mine(Ctx *c)
{
    Case k;
    size_t n = 0;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows parties = parties_of(c, k.id), rows = db_list(c, &q_mine, &(PartyPaper){ .case_id = k.id });
    PartyPaper *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        const PaperRule *rule = paper_find(&c->law->dossier, row[i].code);
        if (!is_mine(c, parties, row[i].party_id)) continue;
        if (rule) row[i].label = rule->label.zh;
        row[n++] = row[i];
    }
    reply_rows(c, &mine_form, (Rows){ row, n }, (Str){ 0 });
}

/* Of its own side, and sent by link. */
static void find_mine(Ctx *c, Case *k, Paper *p, ServiceTry *s)
{
    Party to = { 0 };
    case_get(c, arg_id(c, 0), k);
    if (!ok(c) || !paper_get(c, k, arg_id(c, 1), p) || !party_get(c, p->party_id, &to)) return;
    if (!on_my_side(c, &to)) fail(c, ERR_NOT_FOUND, S("paper"));
    bool sent = ok(c) && db_find(c, &q_open, &(ServiceTry){ .paper_id = p->id }, s);
    if (ok(c) && (!sent || !str_eq(s->way, S("LINK")))) fail(c, ERR_CLASH, p->state);
}

static void opened(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    ServiceTry s = { 0 };
    tx_begin(c);
    find_mine(c, &k, &p, &s);
    bool first = ok(c) && s.opened_at.s == 0;
    s.state = S("opened");
    if (first) s.opened_at = now(c);
    if (first) db_change(c, &q_set, &s);
    if (first) case_note(c, &k, S("paper_opened"), p.label);
    reply_row(c, 200, &service_attempt_form, &s);
    tx_end(c);
}

static void received(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    ServiceTry s = { 0 };
    tx_begin(c);
    find_mine(c, &k, &p, &s);
    if (s.opened_at.s == 0) s.opened_at = now(c);
    s.state = S("served");
    s.done_on = c->today;
    db_change(c, &q_set, &s);
    p.way = s.way;
    paper_served(c, &k, &p, c->today);
    reply_row(c, 200, &service_attempt_form, &s);
    tx_end(c);
}

/* ---- links that nobody opened ---------------------------------------------------------------------- */

static void lapse(Ctx *c, Id arg)
{
    (void)arg;
    const Param *days = param_find(&c->law->params, S("SERVICE_LINK_DAYS"), (Str){ 0 }, c->today);
    ServiceTry ask = { .sent_on = date_plus(c->today, days ? -(int)days->value : -3) };
    Rows rows = db_list(c, &q_late, &ask);
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        ServiceTry *s = (ServiceTry *)rows.at + i;
        Case k;
        if (!case_get(c, s->case_id, &k)) continue;
        fail_attempt(c, &k, s, S("UNREAD"));
        case_note(c, &k, S("paper_not_served"), S("UNREAD"));
        case_save(c, &k);
    }
}

enum { SERVERS = CLERK | DISPATCHER | MEDIATORS | HEAD | ORG_MANAGER | VISITOR };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/papers/:paper/service", STAFF, show, "送达经过", "how it was served",
      .out = &service_attempt_form, .list = true },
    { "GET", "/api/v1/cases/:id/services", STAFF, show_all, "各文书送达经过", "how the case's papers were served",
      .out = &service_attempt_form, .list = true },
    { "POST", "/api/v1/cases/:id/papers/:paper/sent", SERVERS, send, "发出送达", "it was sent",
      .in = &service_attempt_form, .out = &service_attempt_form },
    { "POST", "/api/v1/cases/:id/papers/:paper/failed", SERVERS, failed, "登记未送达", "it did not arrive",
      .in = &failed_form, .out = &service_attempt_form },
    { "POST", "/api/v1/cases/:id/papers/:paper/opened", PARTIES, opened, "打开送达文书", "the party opened it",
      .out = &service_attempt_form },
    { "POST", "/api/v1/cases/:id/papers/:paper/received", PARTIES, received, "确认收到文书", "the party has received it",
      .out = &service_attempt_form },
    { "GET", "/api/v1/cases/:id/my-papers", PARTIES, show_mine, "送达我的文书", "papers served on one's side",
      .out = &mine_form, .list = true },
    { "GET", "/api/v1/papers/unserved", SERVERS, show_unserved, "待送达文书", "papers not yet served",
      .out = &unserved_form, .list = true },
};
static const JobKind jobs[] = {
    { .word = "service_lapse", .run = lapse, .daily = "07:20" },
};

const Slice service_slice = {
    .name = "service", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
