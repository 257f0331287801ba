#include "prevention/letters/letters.h"

#include "core/attachment.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/employers/employers.h"
#include "register/organisations/office.h"
#include "register/standing.h"

static const Code kind_rows[] = {
    { "SUG_A", "仲裁建议书", "arbitration suggestion" }, { "SUG_J", "司法建议书", "judicial suggestion" },
    { "SUG_U", "工会提示函", "union's reminder" },        { "COMMIT", "信用承诺书", "credit commitment" },
};
static const Codes kinds = { .name = "letter_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const struct Mark { const char *kind, *mark; } marks[] = { /* in its number: 仲建〔2026〕3号 */
    { "SUG_A", "仲建" }, { "SUG_J", "法建" }, { "SUG_U", "工提" }, { "COMMIT", "信诺" },
};
static const Code state_rows[] = {
    { "DRAFT", "起草", "draft" },          { "APPROVED", "已批准", "approved" },  { "SENT", "已发出", "sent" },
    { "RECEIVED", "已签收", "received" },  { "OVERDUE", "逾期未复", "not answered in time" },
    { "REPLIED", "已回复", "answered" },   { "SIGNED", "已签署，履行中", "signed, binding" },
    { "KEPT", "已履行", "kept" },          { "BROKEN", "违反承诺", "broken" },   { "CLOSED", "已办结", "closed" },
};
static const Codes states = { .name = "letter_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code adopted_rows[] = {
    { "YES", "采纳", "adopted" }, { "PARTLY", "部分采纳", "partly" }, { "NO", "未采纳", "not adopted" },
};
static const Codes adopteds = { .name = "letter_adopted", .row = adopted_rows, .n = COUNT(adopted_rows) };

static const Field fields[] = {
    FIELD(Letter, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Letter, org,      .label = "发出单位", .en = "sender", .rule = SERVER_SET),
    FIELD(Letter, org_path, .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Letter, kind,     .label = "文书种类", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Letter, no,       .label = "文号", .en = "number", .rule = SERVER_SET),
    FIELD(Letter, addressee, .label = "致送单位", .en = "to whom", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Letter, employer_id, .label = "用人单位", .en = "employer"),
    FIELD(Letter, case_id,  .label = "相关案件", .en = "case"),
    FIELD(Letter, problem,  .label = "存在问题", .en = "the problem", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(Letter, facts,    .label = "事实", .en = "facts", .rule = PROSE, .max = 8000),
    FIELD(Letter, law,      .label = "依据", .en = "law", .rule = PROSE, .max = 2000),
    FIELD(Letter, advice,   .label = "建议（承诺）事项", .en = "what is advised, or promised", .rule = REQUIRED | PROSE,
          .min = 2, .max = 4000),
    FIELD(Letter, days,     .label = "回复期限（日）", .en = "days to answer", .min = 0, .max = 180,
          .help = "不填时为默认期限", .help_en = "empty: the usual time"),
    FIELD(Letter, until,    .label = "承诺有效期至", .en = "binds until",
          .help = "信用承诺书填写", .help_en = "for a letter of commitment"),
    FIELD(Letter, sent_on,  .label = "发出日期", .en = "sent on", .rule = SERVER_SET),
    FIELD(Letter, due,      .label = "应复日期", .en = "to be answered by", .rule = SERVER_SET),
    FIELD(Letter, received_on, .label = "签收日期", .en = "received on", .rule = SERVER_SET),
    FIELD(Letter, replied_on, .label = "回复日期", .en = "answered on", .rule = SERVER_SET),
    FIELD(Letter, reply,    .label = "回复内容", .en = "the answer", .rule = SERVER_SET | PROSE),
    FIELD(Letter, adopted,  .label = "采纳情况", .en = "adopted", .rule = SERVER_SET, .codes = &adopteds),
    FIELD(Letter, state,    .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Letter, late,     .label = "逾期", .en = "late", .rule = SERVER_SET),
    FIELD(Letter, made_by,  .label = "起草人", .en = "by", .rule = SERVER_SET),
    FIELD(Letter, made_at,  .label = "起草时间", .en = "at", .rule = SERVER_SET),
    FIELD(Letter, version,  .label = "版本", .en = "version", .rule = SERVER_SET),
};
const Form letter_form = FORM(Letter, fields);

typedef struct LetterAsk {
    Id      id, after, org, employer_id;
    Str     kind, state, path, path_end;
    Date    today, from, to;
    int64_t year, sent, replied, on_time, overdue;
} LetterAsk;
static const Field ask_fields[] = {
    FIELD(LetterAsk, kind,     .label = "文书种类", .en = "kind", .codes = &kinds),
    FIELD(LetterAsk, state,    .label = "状态", .en = "state", .codes = &states),
    FIELD(LetterAsk, employer_id, .label = "用人单位", .en = "employer"),
    FIELD(LetterAsk, after,    .label = "接续", .en = "next of the page before"),
    FIELD(LetterAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(LetterAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(LetterAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(LetterAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(LetterAsk, today,    .label = "今天", .en = "today", .rule = HIDDEN),
    FIELD(LetterAsk, year,     .label = "年度", .en = "year", .rule = HIDDEN),
};
static const Form ask_form = FORM(LetterAsk, ask_fields);
static const Field rate_fields[] = {
    FIELD(LetterAsk, kind,    .label = "文书种类", .en = "kind", .codes = &kinds),
    FIELD(LetterAsk, sent,    .label = "发出", .en = "sent"),
    FIELD(LetterAsk, replied, .label = "已回复", .en = "answered"),
    FIELD(LetterAsk, on_time, .label = "按期回复", .en = "answered in time"),
    FIELD(LetterAsk, overdue, .label = "逾期未复", .en = "overdue"),
    FIELD(LetterAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(LetterAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(LetterAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(LetterAsk, today,    .label = "今天", .en = "today", .rule = HIDDEN),
    FIELD(LetterAsk, from,     .label = "起", .en = "from", .rule = HIDDEN),
    FIELD(LetterAsk, to,       .label = "止", .en = "to", .rule = HIDDEN),
};
static const Form rate_form = { "LetterRate", sizeof(LetterAsk), rate_fields, COUNT(rate_fields) };
static const Field year_fields[] = {
    FIELD(LetterAsk, year, .label = "年度", .en = "year", .rule = REQUIRED, .min = 2008, .max = 2100),
};
static const Form year_form = { "LetterYear", sizeof(LetterAsk), year_fields, COUNT(year_fields) };

typedef struct LetterNo { Id org; Str kind; int64_t year, n; } LetterNo;
static const Field no_fields[] = {
    FIELD(LetterNo, org), FIELD(LetterNo, kind), FIELD(LetterNo, year), FIELD(LetterNo, n),
};
static const Form no_form = FORM(LetterNo, no_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE letter("               /* to an employer or department, or its commitment */
      "  id       INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  kind     TEXT NOT NULL, no TEXT NOT NULL, addressee TEXT NOT NULL,"
      "  employer_id INTEGER NOT NULL, case_id INTEGER NOT NULL,"
      "  problem  TEXT NOT NULL, facts TEXT NOT NULL, law TEXT NOT NULL, advice TEXT NOT NULL, days INTEGER NOT NULL,"
      "  sent_on  TEXT, due TEXT, received_on TEXT, replied_on TEXT, until TEXT,"
      "  reply    TEXT NOT NULL, adopted TEXT NOT NULL, state TEXT NOT NULL,"
      "  made_by  INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX letter_by_path ON letter(org_path, id);"
      "CREATE INDEX letter_by_state ON letter(state, due);"
      "CREATE TABLE letter_no("            /* the last number of a sender, kind and year */
      "  org INTEGER NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL,"
      "  PRIMARY KEY(org, kind, year)) STRICT;" },
    { 2, "CREATE INDEX letter_by_case ON letter(case_id, id) WHERE case_id > 0;" },
};
#define COLUMNS \
    "id, org, org_path, kind, no, addressee, employer_id, case_id, problem, facts, law, advice, days, sent_on, due," \
    " received_on, replied_on, until, reply, adopted, state, made_by, made_at, version"
#define SEEN " ((org_path >= :path AND org_path < :path_end) OR org = :org)"
static const Query q_add = {
    .name = "letter.add", .in = &letter_form,
    .sql = "INSERT INTO letter(" COLUMNS ") VALUES(:id, :org, :org_path, :kind, :no, :addressee, :employer_id, :case_id,"
           " :problem, :facts, :law, :advice, :days, :sent_on, :due, :received_on, :replied_on, :until, :reply, :adopted,"
           " :state, :made_by, :made_at, :version)",
};
static const Query q_save = {
    .name = "letter.save", .in = &letter_form,
    .sql = "UPDATE letter SET no = :no, problem = :problem, facts = :facts, law = :law, advice = :advice,"
           " sent_on = :sent_on, due = :due, received_on = :received_on, replied_on = :replied_on, reply = :reply,"
           " adopted = :adopted, state = :state, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "letter.get", .in = &ask_form, .out = &letter_form,
    .sql = "SELECT " COLUMNS " FROM letter WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "kind", " AND kind = :kind" }, { "state", " AND state = :state" },
    { "employer_id", " AND employer_id = :employer_id" }, { "after", " AND id < :after" },
};
static const Query q_list = {
    .name = "letter.list", .in = &ask_form, .out = &letter_form,
    .sql = "SELECT " COLUMNS " FROM letter WHERE" SEEN " /*scan*/", /* some dozens a year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
static const Query q_no = {
    .name = "letter.no", .in = &no_form,
    .sql = "INSERT INTO letter_no(org, kind, year, n) VALUES(:org, :kind, :year, 1)"
           " ON CONFLICT(org, kind, year) DO UPDATE SET n = letter_no.n + 1",
};
static const Query q_last = {
    .name = "letter.last", .in = &no_form, .out = &no_form,
    .sql = "SELECT n FROM letter_no WHERE org = :org AND kind = :kind AND year = :year",
};
static const Query q_due = {
    .name = "letter.due", .in = &ask_form, .out = &letter_form,
    .sql = "SELECT " COLUMNS " FROM letter WHERE state IN ('SENT', 'RECEIVED') AND due < :today ORDER BY due, id LIMIT 200",
};
static const Query q_rate = {
    .name = "letter.rate", .in = &rate_form, .out = &rate_form,
    .sql = "SELECT kind, COUNT(*) AS sent, COUNT(CASE WHEN replied_on IS NOT NULL THEN 1 END) AS replied,"
           " COUNT(CASE WHEN replied_on <= due THEN 1 END) AS on_time,"
           " COUNT(CASE WHEN replied_on IS NULL AND due < :today THEN 1 END) AS overdue FROM letter"
           " WHERE sent_on >= :from AND sent_on <= :to AND" SEEN " /*scan*/ GROUP BY kind ORDER BY kind",
};
static const Query q_of_case = { /* commitments that were approved, oldest first */
    .name = "letter.of_case", .in = &letter_form, .out = &letter_form,
    .sql = "SELECT " COLUMNS " FROM letter WHERE case_id = :case_id AND case_id > 0 AND kind = 'COMMIT'"
           " AND state <> 'DRAFT' ORDER BY case_id, id LIMIT 20",
};
static const Query *const queries[] = { &q_add, &q_save, &q_get, &q_list, &q_no, &q_last, &q_due,
                                       &q_rate, &q_of_case, NULL };

#define SENDERS (HR | HEAD | LINK_ARB | LINK_COURT | LINK_UNION)
static const Code event_rows[] = {
    { "approve", "批准", "approve" }, { "return", "退回修改", "send back" }, { "send", "发出", "send" },
    { "receive", "登记签收", "it was received" }, { "reply", "登记回复", "it was answered" },
    { "sign", "签署", "signed" }, { "keep", "已履行", "kept" }, { "break", "违反承诺", "broken" },
    { "close", "办结", "close" },
};
static const Codes events = { .name = "letter_event", .row = event_rows, .n = COUNT(event_rows) };
static const Move letter_moves[] = {
    { "approve", "DRAFT",                 "APPROVED", SENDERS, false }, { "return", "APPROVED", "DRAFT", SENDERS, true },
    { "send",    "APPROVED",              "SENT",     SENDERS, false }, { "receive", "SENT", "RECEIVED", SENDERS, false },
    { "overdue", "SENT RECEIVED",         "OVERDUE",  SYSTEM,  false },
    { "reply",   "SENT RECEIVED OVERDUE", "REPLIED",  SENDERS, false },
    { "close",   "REPLIED",               "CLOSED",   SENDERS, false }, { "close", "OVERDUE", "CLOSED", SENDERS, true },
    { NULL, NULL, NULL, 0, false },
};
static const Move commitment_moves[] = {
    { "approve", "DRAFT",       "APPROVED", SENDERS, false }, { "return", "APPROVED", "DRAFT", SENDERS, true },
    { "sign",    "APPROVED",    "SIGNED",   SENDERS, false }, { "keep", "SIGNED", "KEPT", SENDERS, false },
    { "break",   "SIGNED",      "BROKEN",   SENDERS, true },  { "close", "KEPT BROKEN", "CLOSED", SENDERS, false },
    { NULL, NULL, NULL, 0, false },
};

static bool is_commitment(const Letter *l)
{
    return str_eq(l->kind, S("COMMIT"));
}

static LetterAsk asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_LETTER);
    return (LetterAsk){ .path = s.path, .path_end = s.path_end, .org = s.org, .today = c->today };
}

static void judge(const Ctx *c, Letter *l)
{
    Date day = l->replied_on.day ? l->replied_on : c->today;
    l->late = l->due.day && day.day > l->due.day;
}

bool letter_find(Ctx *c, Id id, Letter *l)
{
    LetterAsk ask = asking(c);
    ask.id = id;
    bool good = db_get(c, &q_get, &ask, l);
    if (good) judge(c, l);
    return good;
}

Rows letter_commitments(Ctx *c, Id case_id)
{
    return db_list(c, &q_of_case, &(Letter){ .case_id = case_id });
}

static bool letter_get(Ctx *c, Letter *l)
{
    return letter_find(c, arg_id(c, 0), l);
}

static void save(Ctx *c, Letter *l)
{
    l->version++;
    judge(c, l);
    db_change(c, &q_save, l);
}

static void reply_letter(Ctx *c, int status, const Letter *l)
{
    tag_version(c, l->version);
    reply_row(c, status, &letter_form, l);
}

static void write_letter(Ctx *c)
{
    Org o = { 0 };
    Letter l = { .state = S("DRAFT"), .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &letter_form, &l);
    if (ok(c) && is_commitment(&l) && l.until.day == 0) fault(c, S("until"), FAULT_REQUIRED);
    if (ok(c) && !is_commitment(&l) && l.until.day) fault(c, S("until"), FAULT_NOT_ALLOWED);
    tx_begin(c);
    (void)office_enter(c, OBJ_LETTER, &o);
    if (l.employer_id.n) employer_need(c, l.employer_id, S("employer_id"));
    Look look = { .params = &c->law->params, .region = o.region, .day = c->today };
    if (l.days == 0 && !is_commitment(&l)) l.days = param(&look, "SUGGESTION_REPLY_DAYS");
    l.id = id_next(c);
    l.org = o.id;
    l.org_path = o.path;
    db_insert(c, &q_add, &l);
    reply_letter(c, 201, &l);
    tx_end(c);
}

static void edit(Ctx *c)
{
    Letter l = { 0 };
    tx_begin(c);
    (void)letter_get(c, &l);
    match_version(c, l.version);
    Letter was = l;
    (void)form_read(c, &letter_form, &l);
    if (ok(c) && !str_eq(was.state, S("DRAFT"))) fail(c, ERR_BLOCKED, was.state);
    if (!str_eq(l.kind, was.kind)) fault(c, S("kind"), FAULT_NOT_ALLOWED);
    if (!str_eq(l.addressee, was.addressee)) fault(c, S("addressee"), FAULT_NOT_ALLOWED);
    save(c, &l);
    reply_letter(c, 200, &l);
    tx_end(c);
}

/* 仲建〔2026〕3号 */
static Str number(Ctx *c, const Letter *l)
{
    LetterNo no = { .org = l->org, .kind = l->kind, .year = date_civil(c->today).year };
    Out o = { .buf = NEW(c->mem, char, 60), .cap = 60 };
    db_insert(c, &q_no, &no);
    (void)db_get(c, &q_last, &no, &no);
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (str_eq(str_of(marks[i].kind), l->kind)) out_str(&o, str_of(marks[i].mark));
    }
    out_str(&o, S("〔"));
    out_int(&o, no.year);
    out_str(&o, S("〕"));
    out_int(&o, no.n);
    out_str(&o, S("号"));
    return out_view(&o);
}

typedef struct LetterMove { Str event, reason, reply, adopted; Date day; } LetterMove;
static const Field move_fields[] = {
    FIELD(LetterMove, event,   .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(LetterMove, day,     .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(LetterMove, reason,  .label = "说明", .en = "remark", .rule = PROSE, .max = 1000),
    FIELD(LetterMove, reply,   .label = "回复内容", .en = "the answer", .rule = PROSE, .max = 8000),
    FIELD(LetterMove, adopted, .label = "采纳情况", .en = "adopted", .codes = &adopteds),
};
static const Form move_form = FORM(LetterMove, move_fields);

static void note_reply(Ctx *c, Letter *l, const LetterMove *in, Date day)
{
    if (in->reply.n == 0) fault(c, S("reply"), FAULT_REQUIRED);
    if (in->adopted.n == 0) fault(c, S("adopted"), FAULT_REQUIRED);
    if (day.day < l->sent_on.day) fault(c, S("day"), FAULT_ORDER);
    l->reply = in->reply;
    l->adopted = in->adopted;
    l->replied_on = day;
}

static void take(Ctx *c, Letter *l, const LetterMove *in, Date day)
{
    bool approves = str_eq(in->event, S("approve"));
    if (approves && l->made_by.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("same_person"));
    if (ok(c) && approves && l->no.n == 0) l->no = number(c, l);
    if (str_eq(in->event, S("send"))) {
        l->sent_on = day;
        l->due = date_plus(day, (int)l->days);
    }
    if (str_eq(in->event, S("receive"))) {
        if (day.day < l->sent_on.day) fault(c, S("day"), FAULT_ORDER);
        l->received_on = day;
    }
    if (str_eq(in->event, S("sign"))) l->sent_on = l->received_on = day;
    if (str_eq(in->event, S("reply"))) note_reply(c, l, in, day);
}

static void move(Ctx *c)
{
    Letter l = { 0 };
    LetterMove in = { 0 };
    form_read(c, &move_form, &in);
    tx_begin(c);
    (void)letter_get(c, &l);
    Date day = in.day.day ? in.day : c->today;
    Standing e = { .subject = l.id, .event = in.event, .was = l.state, .reason = in.reason, .day = day };
    standing_move(c, is_commitment(&l) ? commitment_moves : letter_moves, &e, (Date){ 0 });
    if (ok(c)) take(c, &l, &in, day);
    l.state = e.status;
    save(c, &l);
    reply_letter(c, 200, &l);
    tx_end(c);
}

static void list(Ctx *c)
{
    LetterAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    Letter *l = rows.at;
    for (size_t i = 0; i < rows.n; i++) judge(c, &l[i]);
    reply_page(c, &letter_form, rows, 100, offsetof(Letter, id));
}

static void show(Ctx *c)
{
    Letter l = { 0 };
    (void)letter_get(c, &l);
    reply_letter(c, 200, &l);
}

static void history(Ctx *c)
{
    Letter l = { 0 };
    if (!letter_get(c, &l)) return;
    reply_rows(c, &standing_form, standing_list(c, l.id), (Str){ 0 });
}

static void rates(Ctx *c)
{
    LetterAsk ask = asking(c), in = { 0 };
    form_read_query(c, &year_form, &in);
    if (!ok(c)) return;
    ask.from = date_of((int)in.year, 1, 1);
    ask.to = date_of((int)in.year, 12, 31);
    reply_rows(c, &rate_form, db_list(c, &q_rate, &ask), (Str){ 0 });
}

static void add_file(Ctx *c)
{
    Letter l = { 0 };
    Attachment a;
    attachment_read(c, &a);
    tx_begin(c);
    (void)letter_get(c, &l);
    if (ok(c) && str_eq(l.state, S("CLOSED"))) fail(c, ERR_BLOCKED, l.state);
    attachment_add(c, &a, l.id);
    save(c, &l);
    reply_row(c, 201, &attachment_form, &a);
    tx_end(c);
}

static void files(Ctx *c)
{
    Letter l = { 0 };
    if (!letter_get(c, &l)) return;
    reply_rows(c, &attachment_form, attachment_list(c, l.id), (Str){ 0 });
}

static void file(Ctx *c)
{
    Letter l = { 0 };
    if (letter_get(c, &l)) attachment_reply(c, l.id, arg_id(c, 1));
}

/* What is not answered on the day is overdue from the next morning on. */
static void overdue(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_due, &(LetterAsk){ .today = c->today });
    for (size_t i = 0; i < rows.n; i++) {
        Letter *l = (Letter *)rows.at + i;
        Standing e = { .subject = l->id, .event = S("overdue"), .was = l->state };
        standing_move(c, letter_moves, &e, (Date){ 0 });
        l->state = e.status;
        save(c, l);
    }
}

static const JobKind jobs[] = { { .word = "letter_overdue", .run = overdue, .daily = "00:30" } };

static const Route routes[] = {
    { "GET", "/api/v1/letters", SENDERS, list, "建议书、承诺书", "letters and commitments", .query = &ask_form,
      .out = &letter_form, .list = true },
    { "POST", "/api/v1/letters", SENDERS, write_letter, "起草建议书、承诺书", "write one", .in = &letter_form,
      .out = &letter_form },
    { "GET", "/api/v1/letters/:id", SENDERS, show, "查看建议书、承诺书", "one of them", .out = &letter_form },
    { "PATCH", "/api/v1/letters/:id", SENDERS, edit, "修改草稿", "change a draft", .in = &letter_form, .out = &letter_form },
    { "POST", "/api/v1/letters/:id/moves", SENDERS, move, "批准、发出、签收、回复、办结", "approve, send, receive, answer, close",
      .in = &move_form, .out = &letter_form },
    { "GET", "/api/v1/letters/:id/history", SENDERS, history, "办理记录", "what was done", .out = &standing_form, .list = true },
    { "GET", "/api/v1/letters/:id/files", SENDERS, files, "附件", "its files", .out = &attachment_form, .list = true },
    { "POST", "/api/v1/letters/:id/files", SENDERS, add_file, "上传附件", "add a file", .query = &attachment_form,
      .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/letters/:id/files/:file/content", SENDERS, file, "查看附件", "a file's bytes" },
    { "GET", "/api/v1/letter-rates", SENDERS, rates, "建议书回复率", "sent and answered, by kind", .query = &year_form,
      .out = &rate_form, .list = true },
};

const Slice letters_slice = {
    .name = "letter", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs), .fact = letter_sources,
    .facts = LETTER_SOURCES,
};
