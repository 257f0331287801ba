#include "case/paper.h"

#include "case/canon.h"
#include "case/party.h"
#include "case/service.h"

static const Code state_rows[] = {
    { "due", "应制作", "due" }, { "issued", "已制作", "issued" }, { "served", "已送达", "served" },
};
static const Codes paper_state = { .name = "paper_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code way_rows[] = {
    { "PERSON", "直接送达", "in person" }, { "LINK", "电子送达", "electronic service" }, { "POST", "邮寄送达", "by post" },
    { "NOTICE", "公告", "by notice" }, { "LEFT", "留置送达", "left at the place" },
};
const Codes service_ways = { .name = "service_way", .row = way_rows, .n = COUNT(way_rows) };

static bool known_paper(const Ctx *c, Str word)
{
    return paper_find(&c->law->dossier, word) != NULL;
}
static const Codes paper_codes = { .name = "paper", .known = known_paper };

static const Field fields[] = {
    FIELD(Paper, id,        .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Paper, case_id,   .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Paper, code,      .label = "文书",     .en = "paper", .rule = REQUIRED, .codes = &paper_codes),
    FIELD(Paper, label,     .label = "文书名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Paper, event,     .label = "所因事项", .en = "due by", .rule = SERVER_SET),
    FIELD(Paper, state,     .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &paper_state),
    FIELD(Paper, due_on,    .label = "应制作日", .en = "due on", .rule = SERVER_SET),
    FIELD(Paper, issued_on, .label = "制作日期", .en = "issued on", .rule = NOT_FUTURE),
    FIELD(Paper, served_on, .label = "送达日期", .en = "served on", .rule = NOT_FUTURE),
    FIELD(Paper, party_id,  .label = "受送达人", .en = "to which party"),
    FIELD(Paper, addressee, .label = "受送达单位", .en = "to whom", .max = 100),
    FIELD(Paper, way,       .label = "送达方式", .en = "way of service", .codes = &service_ways),
    FIELD(Paper, number,    .label = "文号",     .en = "number", .max = 100),
    FIELD(Paper, file,      .label = "文书文件摘要", .en = "digest of the paper", .check = check_sha256),
    FIELD(Paper, proof,     .label = "送达凭证摘要", .en = "digest of the proof", .check = check_sha256),
    FIELD(Paper, note,      .label = "说明",     .en = "note", .rule = PROSE, .max = 1000),
    FIELD(Paper, by_id,     .label = "经办",     .en = "by", .rule = SERVER_SET),
};
const Form paper_form = FORM(Paper, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE paper("
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  code      TEXT NOT NULL, event TEXT NOT NULL,"
      "  state     TEXT NOT NULL CHECK(state IN ('due', 'issued', 'served')),"
      "  due_on    TEXT, issued_on TEXT, served_on TEXT,"
      "  party_id  INTEGER NOT NULL, addressee TEXT NOT NULL, way TEXT NOT NULL, number TEXT NOT NULL,"
      "  file      TEXT NOT NULL, proof TEXT NOT NULL, note TEXT NOT NULL, by_id INTEGER NOT NULL) STRICT;"
      "CREATE INDEX paper_by_case ON paper(case_id, id);"
      "CREATE UNIQUE INDEX paper_due ON paper(case_id, code) WHERE state = 'due';" },
};

#define COLUMNS \
    "id, case_id, code, event, state, due_on, issued_on, served_on, party_id, addressee, way, number, file, proof," \
    " note, by_id"

static const Query q_add = {
    .name = "paper.add", .in = &paper_form,
    .sql = "INSERT INTO paper(" COLUMNS ") VALUES(:id, :case_id, :code, :event, :state, :due_on, :issued_on,"
           " :served_on, :party_id, :addressee, :way, :number, :file, :proof, :note, :by_id)",
};
static const Query q_want = {
    .name = "paper.want", .in = &paper_form,
    .sql = "INSERT INTO paper(" COLUMNS ") VALUES(:id, :case_id, :code, :event, :state, :due_on, :issued_on,"
           " :served_on, :party_id, :addressee, :way, :number, :file, :proof, :note, :by_id)"
           " ON CONFLICT(case_id, code) WHERE state = 'due' DO NOTHING",
};
static const Query q_set = {
    .name = "paper.set", .in = &paper_form,
    .sql = "UPDATE paper SET state = :state, issued_on = :issued_on, served_on = :served_on, party_id = :party_id,"
           " addressee = :addressee, way = :way, number = :number, file = :file, proof = :proof, note = :note,"
           " by_id = :by_id WHERE id = :id",
};
static const Query q_get = {
    .name = "paper.get", .in = &paper_form, .out = &paper_form,
    .sql = "SELECT " COLUMNS " FROM paper WHERE id = :id",
};
static const Query q_due = {
    .name = "paper.due", .in = &paper_form, .out = &paper_form,
    .sql = "SELECT " COLUMNS " FROM paper WHERE case_id = :case_id AND code = :code AND state = 'due'",
};
static const Query q_list = {
    .name = "paper.list", .in = &paper_form, .out = &paper_form,
    .sql = "SELECT " COLUMNS " FROM paper WHERE case_id = :case_id ORDER BY case_id, id LIMIT 2000",
};
static const Query *const queries[] = { &q_add, &q_want, &q_set, &q_get, &q_due, &q_list, NULL };

Rows papers_of(Ctx *c, Id case_id)
{
    Rows rows = db_list(c, &q_list, &(Paper){ .case_id = case_id });
    for (size_t i = 0; i < rows.n; i++) {
        Paper *p = (Paper *)rows.at + i;
        const PaperRule *rule = paper_find(&c->law->dossier, p->code);
        if (rule) p->label = rule->label.zh;
    }
    return rows;
}

/* ---- what the procedure makes due ------------------------------------------------------- */

static Str papers_by(Event e)
{
    for (size_t i = 0; i < flow_n; i++) {
        if (flow[i].event == e && flow[i].papers[0]) return str_of(flow[i].papers);
    }
    return (Str){ 0 };
}

void paper_want(Ctx *c, Id case_id, Str code, Str event)
{
    db_change_any(c, &q_want, &(Paper){ .id = id_next(c), .case_id = case_id, .code = code, .event = event,
        .state = S("due"), .due_on = c->today });
}

static void due_by(Ctx *c, const Case *k, Event e)
{
    Str codes = papers_by(e);
    while (codes.n && ok(c)) paper_want(c, k->id, str_cut(&codes, ' '), str_of(event_word(e)));
}

/* One hook an event: a hook is not told which. */
#define DUE_BY(n, word, zh, en) \
    static void by_##n(Ctx *c, Case *k) { due_by(c, k, EV_##n); }
EVENTS(DUE_BY)
#undef DUE_BY

#define HOOK_ROW(n, word, zh, en) { AFTER, EV_##n, by_##n },
static const Hook hooks[] = { EVENTS(HOOK_ROW) };
#undef HOOK_ROW

/* ---- handlers ------------------------------------------------------------------------------ */

static void check_addressee(Ctx *c, const Case *k, const Paper *p)
{
    Party party;
    if (p->party_id.n == 0 || !party_get(c, p->party_id, &party)) return;
    if (party.case_id.n != k->id.n) fault(c, S("party_id"), FAULT_NOT_KNOWN);
}

static void check_service(Ctx *c, const Paper *p)
{
    if (p->served_on.day == 0) return;
    if (p->way.n == 0) fault(c, S("way"), FAULT_REQUIRED);
    if (p->party_id.n == 0 && p->addressee.n == 0) fault(c, S("party_id"), FAULT_REQUIRED);
    if (p->served_on.day < p->issued_on.day) fault(c, S("served_on"), FAULT_ORDER);
}

void paper_issued(Ctx *c, const Case *k, Paper *p)
{
    Paper due = { .case_id = k->id, .code = p->code };
    if (!ok(c)) return;
    if (p->issued_on.day == 0) p->issued_on = c->today;
    p->case_id = k->id;
    p->by_id = c->who.id;
    p->state = p->served_on.day ? S("served") : S("issued");
    bool waited = db_find(c, &q_due, &due, &due);
    p->id = waited ? due.id : id_next(c);
    p->event = waited ? due.event : (Str){ 0 };
    p->due_on = waited ? due.due_on : (Date){ 0 };
    if (waited) db_change(c, &q_set, p);
    else db_insert(c, &q_add, p);
}

/* A paper was made; the one that was due is that one. */
static void issue(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    form_read(c, &paper_form, &p);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (p.issued_on.day == 0) p.issued_on = c->today;
    check_addressee(c, &k, &p);
    check_service(c, &p);
    if (case_unsealed(c, &k)) paper_issued(c, &k, &p);
    case_note(c, &k, S("paper_issued"), p.code);
    case_save(c, &k);
    reply_row(c, 201, &paper_form, &p);
    tx_end(c);
}

typedef struct Service {
    Date served_on;
    Str  way, proof, note;
} Service;
static const Field service_fields[] = {
    FIELD(Service, served_on, .label = "送达日期", .en = "served on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Service, way,       .label = "送达方式", .en = "way of service", .rule = REQUIRED, .codes = &service_ways),
    FIELD(Service, proof,     .label = "送达凭证摘要", .en = "digest of the proof", .check = check_sha256),
    FIELD(Service, note,      .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
};
static const Form service_form = FORM(Service, service_fields);

bool paper_get(Ctx *c, const Case *k, Id id, Paper *p)
{
    const PaperRule *rule;
    if (!db_get(c, &q_get, &(Paper){ .id = id }, p)) return false;
    rule = paper_find(&c->law->dossier, p->code);
    if (rule) p->label = rule->label.zh;
    return p->case_id.n == k->id.n || fail(c, ERR_NOT_FOUND, S("paper"));
}

void paper_served(Ctx *c, const Case *k, Paper *p, Date day)
{
    if (!ok(c)) return;
    Case moved = *k;
    p->state = S("served");
    p->served_on = day;
    check_service(c, p);
    db_change(c, &q_set, p);
    service_done(c, p);
    case_note(c, k, S("paper_served"), p->code);
    case_save(c, &moved);
}

static void serve(Ctx *c)
{
    Case k;
    Paper p = { 0 };
    Service s = { 0 };
    form_read(c, &service_form, &s);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (case_unsealed(c, &k)) (void)paper_get(c, &k, arg_id(c, 1), &p);
    if (ok(c) && !str_eq(p.state, S("issued"))) fail(c, ERR_CLASH, p.state);
    p.way = s.way;
    p.proof = s.proof;
    if (s.note.n) p.note = s.note;
    paper_served(c, &k, &p, s.served_on);
    reply_row(c, 200, &paper_form, &p);
    tx_end(c);
}

static void show(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &paper_form, papers_of(c, k.id), (Str){ 0 });
}

enum { MAKERS = CLERK | DISPATCHER | MEDIATORS | HEAD | ORG_MANAGER | VISITOR };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/papers", STAFF, show, "文书", "papers due, issued, served", .out = &paper_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/papers", MAKERS, issue, "登记文书", "a paper was made", .in = &paper_form,
      .out = &paper_form },
    { "POST", "/api/v1/cases/:id/papers/:paper/served", MAKERS, serve, "登记送达", "it was served",
      .in = &service_form, .out = &paper_form },
};

const Slice paper_slice = {
    .name = "paper", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
};
