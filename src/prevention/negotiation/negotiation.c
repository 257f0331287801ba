#include "prevention/negotiation/negotiation.h"

#include "case/1-intake/limitation.h"
#include "case/clock.h"
#include "core/check.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/organisations/office.h"

enum { EVENTS_MAX = 16 };

typedef struct Negotiation {
    Id    id, org, case_id;
    Str   org_path, worker, employer, region, matter, facts, help, state, reply, settlement, note, next;
    Date  knew_date, delivered, answer_by, answered, until, ended, due, performed;
    Money amount;
    Id    made_by;
    Time  made_at;
    int64_t version;
} Negotiation;

static const Code state_rows[] = {
    { "REQUESTED", "已提出，待回应", "asked" },   { "REFUSED", "不同意或者未回应", "refused, or not answered" },
    { "NEGOTIATING", "协商中", "under way" },     { "AGREED", "已达成和解", "settled" },
    { "FAILED", "未达成和解", "no settlement" },  { "KEPT", "和解已履行", "settlement kept" },
    { "BROKEN", "和解未履行", "settlement not kept" },
};
static const Codes states = { .name = "negotiation_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code help_rows[] = {
    { "UNION", "工会", "union" }, { "CENTRE", "调解组织", "mediation centre" }, { "LAWYER", "律师、专家", "lawyer or expert" },
    { "NONE", "当事人自行", "nobody" },
};
static const Codes helps = { .name = "negotiation_help", .row = help_rows, .n = COUNT(help_rows) };
static const Code next_rows[] = {
    { "apply_mediation", "可以向调解组织申请调解", "mediation may be applied for" },
};
static const Codes nexts = { .name = "negotiation_next", .row = next_rows, .n = COUNT(next_rows) };

static const Field fields[] = {
    FIELD(Negotiation, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Negotiation, org,       .label = "登记单位", .en = "office", .rule = SERVER_SET),
    FIELD(Negotiation, org_path,  .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Negotiation, worker,    .label = "劳动者", .en = "worker", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Negotiation, employer,  .label = "用人单位", .en = "employer", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Negotiation, region,    .label = "合同履行地", .en = "place of performance", .min = 6, .max = 12,
          .check = check_place,
          .help = "不填时为本单位所在地", .help_en = "empty: where your office is"),
    FIELD(Negotiation, matter,    .label = "协商事项", .en = "matter", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Negotiation, facts,     .label = "事实", .en = "facts", .rule = PROSE, .max = 4000),
    FIELD(Negotiation, amount,    .label = "涉及金额", .en = "amount", .min = 0),
    FIELD(Negotiation, help,      .label = "协助", .en = "who helps", .codes = &helps),
    FIELD(Negotiation, knew_date, .label = "知道权利受侵害之日", .en = "known on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Negotiation, delivered, .label = "要求送达日期", .en = "delivered on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Negotiation, answer_by, .label = "应回应日期", .en = "to be answered by", .rule = SERVER_SET),
    FIELD(Negotiation, answered,  .label = "回应日期", .en = "answered on", .rule = SERVER_SET),
    FIELD(Negotiation, reply,     .label = "回应", .en = "the answer", .rule = SERVER_SET | PROSE),
    FIELD(Negotiation, until,     .label = "约定协商期限", .en = "to negotiate until", .rule = SERVER_SET),
    FIELD(Negotiation, settlement, .label = "和解内容", .en = "settlement", .rule = SERVER_SET | PROSE),
    FIELD(Negotiation, due,       .label = "履行期限", .en = "to be performed by", .rule = SERVER_SET),
    FIELD(Negotiation, performed, .label = "履行日期", .en = "performed on", .rule = SERVER_SET),
    FIELD(Negotiation, ended,     .label = "结束日期", .en = "ended on", .rule = SERVER_SET),
    FIELD(Negotiation, state,     .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Negotiation, note,      .label = "备注", .en = "note", .rule = SERVER_SET | PROSE),
    FIELD(Negotiation, case_id,   .label = "调解案件", .en = "the case it became", .rule = SERVER_SET),
    FIELD(Negotiation, next,      .label = "下一步", .en = "the next road", .rule = SERVER_SET, .codes = &nexts),
    FIELD(Negotiation, made_by,   .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(Negotiation, made_at,   .label = "登记时间", .en = "at", .rule = SERVER_SET),
    FIELD(Negotiation, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
};
static const Form negotiation_form = FORM(Negotiation, fields);

typedef struct NegotiationAsk {
    Id   id, org, after;
    Str  state, path, path_end;
    Date today;
} NegotiationAsk;
static const Field ask_fields[] = {
    FIELD(NegotiationAsk, state,    .label = "状态", .en = "state", .codes = &states),
    FIELD(NegotiationAsk, after,    .label = "接续", .en = "next of the page before"),
    FIELD(NegotiationAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(NegotiationAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(NegotiationAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(NegotiationAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(NegotiationAsk, today,    .label = "今天", .en = "today", .rule = HIDDEN),
};
static const Form ask_form = FORM(NegotiationAsk, ask_fields);

/* What happens to it. */
typedef struct Turn {
    Str  event, note;
    Date day, until;
    Id   case_id;
} Turn;
static const Code event_rows[] = {
    { "AGREE", "同意协商", "agrees to negotiate" },  { "REFUSE", "不同意协商", "refuses" },
    { "STOP", "不同意继续协商", "does not go on" },   { "SETTLE", "达成和解", "settles" },
    { "PERFORM", "履行和解", "performs" },            { "BREAK", "不履行和解", "does not perform" },
    { "MEDIATE", "转入调解", "goes to mediation" },
};
static const Codes events = { .name = "negotiation_event", .row = event_rows, .n = COUNT(event_rows) };
static const Field turn_fields[] = {
    FIELD(Turn, event,   .label = "事项", .en = "what happens", .rule = REQUIRED, .codes = &events),
    FIELD(Turn, day,     .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Turn, until,   .label = "期限", .en = "until: of the talks, of performance"),
    FIELD(Turn, note,    .label = "内容", .en = "content", .rule = PROSE, .max = 4000),
    FIELD(Turn, case_id, .label = "调解案件", .en = "the case"),
};
static const Form turn_form = { "NegotiationTurn", sizeof(Turn), turn_fields, COUNT(turn_fields) };

/* From which state, to which, and what it says of limitation (L17 31). */
static const struct Way {
    const char *event, *from, *to, *limit;
    bool        until, note;
} ways[] = {
    { "AGREE",   "REQUESTED",   "NEGOTIATING", NULL,     true,  false },
    { "REFUSE",  "REQUESTED",   "REFUSED",     "LIM-10", false, false },
    { "STOP",    "NEGOTIATING", "FAILED",      "LIM-11", false, false },
    { "SETTLE",  "NEGOTIATING", "AGREED",      NULL,     true,  true },
    { "PERFORM", "AGREED",      "KEPT",        NULL,     false, false },
    { "BREAK",   "AGREED",      "BROKEN",      "LIM-7",  false, false },
};

typedef struct Restart { Id negotiation; Str kind; Date day; } Restart;
static const Field event_fields[] = {
    FIELD(Restart, negotiation, .label = "协商", .en = "negotiation"), FIELD(Restart, kind, .label = "事由", .en = "kind"),
    FIELD(Restart, day, .label = "日期", .en = "day"),
};
static const Form event_form = { "NegotiationEvent", sizeof(Restart), event_fields, COUNT(event_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE negotiation("
      "  id INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL, case_id INTEGER NOT NULL,"
      "  worker TEXT NOT NULL, employer TEXT NOT NULL, region TEXT NOT NULL, matter TEXT NOT NULL,"
      "  facts TEXT NOT NULL, amount INTEGER NOT NULL, help TEXT NOT NULL, knew_date TEXT, delivered TEXT, answer_by TEXT,"
      "  answered TEXT, reply TEXT NOT NULL, until TEXT, settlement TEXT NOT NULL, due TEXT, performed TEXT, ended TEXT,"
      "  state TEXT NOT NULL, note TEXT NOT NULL, next TEXT NOT NULL,"
      "  made_by INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX negotiation_by_path ON negotiation(org_path, id);"
      "CREATE INDEX negotiation_by_state ON negotiation(state, answer_by);"
      "CREATE TABLE negotiation_event("      /* what restarted limitation meanwhile */
      "  negotiation INTEGER NOT NULL REFERENCES negotiation(id), kind TEXT NOT NULL, day TEXT NOT NULL,"
      "  PRIMARY KEY(negotiation, kind, day)) STRICT;" },
};
static const char *const keeps[] = { "negotiation_event", NULL };
#define COLUMNS \
    "id, org, org_path, case_id, worker, employer, region, matter, facts, amount, help, knew_date, delivered," \
    " answer_by, answered, reply, until, settlement, due, performed, ended, state, note, next, made_by, made_at, version"
#define SEEN " ((org_path >= :path AND org_path < :path_end) OR org = :org)"
static const Query q_add = {
    .name = "negotiation.add", .in = &negotiation_form,
    .sql = "INSERT INTO negotiation(" COLUMNS ") VALUES(:id, :org, :org_path, :case_id, :worker, :employer, :region,"
           " :matter, :facts, :amount, :help, :knew_date, :delivered, :answer_by, :answered, :reply, :until, :settlement,"
           " :due, :performed, :ended, :state, :note, :next, :made_by, :made_at, :version)",
};
static const Query q_save = {
    .name = "negotiation.save", .in = &negotiation_form,
    .sql = "UPDATE negotiation SET case_id = :case_id, answered = :answered, reply = :reply, until = :until,"
           " settlement = :settlement, due = :due, performed = :performed, ended = :ended, state = :state, note = :note,"
           " next = :next, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "negotiation.get", .in = &ask_form, .out = &negotiation_form,
    .sql = "SELECT " COLUMNS " FROM negotiation WHERE id = :id AND" SEEN,
};
static const Filter filters[] = { { "state", " AND state = :state" }, { "after", " AND id < :after" } };
static const Query q_list = {
    .name = "negotiation.list", .in = &ask_form, .out = &negotiation_form,
    .sql = "SELECT " COLUMNS " FROM negotiation WHERE" SEEN " /*scan*/", /* some hundred a year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
static const Query q_silent = {
    .name = "negotiation.silent", .in = &ask_form, .out = &negotiation_form,
    .sql = "SELECT " COLUMNS " FROM negotiation WHERE state = 'REQUESTED' AND answer_by < :today ORDER BY id LIMIT 100",
};
static const Query q_event = {
    .name = "negotiation.event", .in = &event_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO negotiation_event(negotiation, kind, day) VALUES(:negotiation, :kind, :day)",
};
static const Query q_events = {
    .name = "negotiation.events", .in = &event_form, .out = &event_form,
    .sql = "SELECT negotiation, kind, day FROM negotiation_event WHERE negotiation = :negotiation ORDER BY day, kind",
};
static const Query *const queries[] = {
    &q_add, &q_save, &q_get, &q_list, &q_silent, &q_event, &q_events, NULL,
};

/* ---- reading ------------------------------------------------------------------------------- */

static NegotiationAsk asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_NEGOTIATION);
    return (NegotiationAsk){ .path = s.path, .path_end = s.path_end, .org = s.org };
}

static bool get(Ctx *c, Negotiation *n)
{
    NegotiationAsk ask = asking(c);
    ask.id = arg_id(c, 0);
    return db_get(c, &q_get, &ask, n);
}

static void reply(Ctx *c, int status, const Negotiation *n)
{
    tag_version(c, n->version);
    reply_row(c, status, &negotiation_form, n);
}

static void show(Ctx *c)
{
    Negotiation n = { 0 };
    if (get(c, &n)) reply(c, 200, &n);
}

static void list(Ctx *c)
{
    NegotiationAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &negotiation_form, rows, 100, offsetof(Negotiation, id));
}

static void safe_day(Ctx *c)
{
    Negotiation n = { 0 };
    if (!get(c, &n)) return;
    Rows rows = db_list(c, &q_events, &(Restart){ .negotiation = n.id });
    LimitEvent *event = NEW(c->mem, LimitEvent, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const Restart *e = (const Restart *)rows.at + i;
        event[i] = (LimitEvent){ e->kind, e->day };
    }
    limitation_reply(c, &(LimitAsk){ .knew = n.knew_date, .events = event, .events_n = rows.n });
}

/* ---- what happens ---------------------------------------------------------------------------- */

/* The last day to answer: C-NEG. */
static Date answer_by(Ctx *c, const Negotiation *n)
{
    ClockDue due;
    ClockAsk ask = { .code = S("C-NEG"), .region = n->region, .start = n->delivered };
    if (ok(c) && clock_due(&c->law->clocks, &c->law->calendar, &ask, c->mem, &due)) return due.due;
    fail(c, ERR_BLOCKED, ask.code);
    return (Date){ 0 };
}

static void add(Ctx *c)
{
    Org o = { 0 };
    Negotiation n = { .made_by = c->who.id, .made_at = now(c), .version = 1, .state = S("REQUESTED") };
    (void)form_read(c, &negotiation_form, &n);
    if (ok(c) && n.delivered.day < n.knew_date.day) fault(c, S("delivered"), FAULT_TOO_SMALL);
    tx_begin(c);
    (void)office_enter(c, OBJ_NEGOTIATION, &o);
    n.id = id_next(c);
    n.org = o.id;
    n.org_path = o.path;
    if (n.region.n == 0) n.region = o.region;
    n.answer_by = answer_by(c, &n);
    db_insert(c, &q_add, &n);
    db_insert(c, &q_event, &(Restart){ n.id, S("LIM-1"), n.delivered });
    reply(c, 201, &n);
    tx_end(c);
}

static const struct Way *way_of(Str event)
{
    for (size_t i = 0; i < COUNT(ways); i++) {
        if (str_eq(str_of(ways[i].event), event)) return &ways[i];
    }
    return NULL;
}

static bool is_open(Str state)
{
    return str_eq(state, S("REQUESTED")) || str_eq(state, S("NEGOTIATING")) || str_eq(state, S("AGREED"));
}

static void move(Ctx *c, Negotiation *n, const struct Way *s, Date day)
{
    n->state = str_of(s->to);
    if (!is_open(n->state)) n->ended = day;
    n->next = is_open(n->state) || str_eq(n->state, S("KEPT")) ? (Str){ 0 } : S("apply_mediation");
    n->version++;
    if (s->limit) db_insert(c, &q_event, &(Restart){ n->id, str_of(s->limit), day });
    db_change(c, &q_save, n);
}

static void take(Negotiation *n, const struct Way *s, const Turn *t)
{
    bool settles = str_eq(str_of(s->to), S("AGREED"));
    bool answers = str_eq(str_of(s->from), S("REQUESTED"));
    if (answers) n->answered = t->day;
    if (answers) n->reply = t->note;
    else if (settles) n->settlement = t->note;
    else if (t->note.n) n->note = t->note;
    if (settles) n->due = t->until;
    else if (s->until) n->until = t->until;
    if (str_eq(str_of(s->to), S("KEPT"))) n->performed = t->day;
}

/* Its limitation goes over to the case, which counts on from there. */
static void mediate(Ctx *c, Negotiation *n, const Turn *t)
{
    Case k;
    if (t->case_id.n == 0) fault(c, S("case_id"), FAULT_REQUIRED);
    if (ok(c) && n->next.n == 0) fail(c, ERR_WRONG_STATE, n->state);
    if (ok(c) && n->case_id.n) fail(c, ERR_CLASH, S("case_id"));
    if (!ok(c) || !case_get(c, t->case_id, &k)) return;
    Rows rows = db_list(c, &q_events, &(Restart){ .negotiation = n->id });
    for (size_t i = 0; i < rows.n; i++) {
        const Restart *r = (const Restart *)rows.at + i;
        limit_note(c, &k, r->kind, r->day);
    }
    case_note(c, &k, S("negotiation"), n->matter);
    n->case_id = k.id;
    n->next = (Str){ 0 };
    n->version++;
    db_change(c, &q_save, n);
    case_save(c, &k);
}

static void check_turn(Ctx *c, const Negotiation *n, const struct Way *s, const Turn *t)
{
    if (!str_eq(n->state, str_of(s->from))) fail(c, ERR_WRONG_STATE, n->state);
    if (ok(c) && t->day.day < n->delivered.day) fault(c, S("day"), FAULT_TOO_SMALL);
    if (ok(c) && s->until && t->until.day < t->day.day) {
        fault(c, S("until"), t->until.day ? FAULT_TOO_SMALL : FAULT_REQUIRED);
    }
    if (ok(c) && s->note && t->note.n == 0) fault(c, S("note"), FAULT_REQUIRED);
}

static void turn(Ctx *c)
{
    Negotiation n = { 0 };
    Turn t = { .day = c->today };
    (void)form_read(c, &turn_form, &t);
    const struct Way *s = way_of(t.event);
    tx_begin(c);
    (void)right_need(c, OBJ_NEGOTIATION, MAY_WRITE);
    (void)get(c, &n);
    match_version(c, n.version);
    if (ok(c) && s) check_turn(c, &n, s, &t);
    if (ok(c) && s) {
        take(&n, s, &t);
        move(c, &n, s, t.day);
    } else if (ok(c)) {
        mediate(c, &n, &t);
    }
    reply(c, 200, &n);
    tx_end(c);
}

/* Silence is a refusal, from the day after the last day to answer. */
static void silence(Ctx *c, Id arg)
{
    (void)arg;
    const struct Way *refused = way_of(S("REFUSE"));
    BUG_IF(!refused);
    Rows rows = db_list(c, &q_silent, &(NegotiationAsk){ .today = c->today });
    for (size_t i = 0; i < rows.n; i++) {
        Negotiation *n = (Negotiation *)rows.at + i;
        move(c, n, refused, date_plus(n->answer_by, 1));
    }
    if (rows.n == 100) job_add(c, S("negotiation_silence"), (Id){ 0 }, now(c), (Str){ 0 });
}

static const JobKind jobs[] = { { .word = "negotiation_silence", .run = silence, .daily = "00:10" } };

enum { KEEPERS = CLERK | MEDIATORS | HEAD | HR | LINK_UNION };
static const Route routes[] = {
    { "GET", "/api/v1/negotiations", KEEPERS, list, "协商和解", "negotiations", .query = &ask_form,
      .out = &negotiation_form, .list = true },
    { "POST", "/api/v1/negotiations", KEEPERS, add, "登记协商要求", "enter a request to negotiate",
      .in = &negotiation_form, .out = &negotiation_form },
    { "GET", "/api/v1/negotiations/:id", KEEPERS, show, "查看协商", "one of them", .out = &negotiation_form },
    { "POST", "/api/v1/negotiations/:id/turns", KEEPERS, turn, "登记协商进展", "what happens to it", .in = &turn_form,
      .out = &negotiation_form },
    { "GET", "/api/v1/negotiations/:id/safe-day", KEEPERS, safe_day, "最迟稳妥日期",
      "the latest safe day to apply for arbitration", .out = &safe_day_form },
};

const Slice negotiation_slice = {
    .name = "negotiation", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
