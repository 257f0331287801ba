/*
** Letters to those that are missing: what is asked of them, on which basis, by
** when they answer; what they answered; done when the organisation works.
*/
#include "core/audit.h"
#include "core/limits.h"
#include "core/outbox.h"
#include "core/tx.h"
#include "oversight/coverage/coverage.h"
#include "register/employers/employers.h"
#include "register/organisations/organisations.h"

static const Code state_rows[] = {
    { "SENT",        "已发出",   "sent" },
    { "PROMISED",    "已承诺",   "promised" },
    { "REFUSED",     "不同意",   "refused" },
    { "ESTABLISHED", "已建成",   "established" },
    { "CLOSED",      "已办结",   "closed" },
};
static const Codes letter_states = { "cover_letter_states", state_rows, COUNT(state_rows), NULL };

typedef struct CoverLetter {
    Id   id;
    Str  code, subject;   /* the target; EMPLOYER or CHAMBER */
    Id   subject_id;
    Str  name, region;
    Id   org_id;          /* who wrote */
    Str  org_path, path_end;
    Date sent_on, reply_by, answered_on;
    Str  state, note;
    bool late;
    Id   actor, after;
    Date on;
} CoverLetter;

static const Field letter_fields[] = {
    FIELD(CoverLetter, id,         .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(CoverLetter, code,       .label = "目标",     .en = "target", .rule = SERVER_SET),
    FIELD(CoverLetter, subject,    .label = "对象类别", .en = "to what", .rule = SERVER_SET, .codes = &cover_subjects),
    FIELD(CoverLetter, subject_id, .label = "对象编号", .en = "to whom, number", .rule = SERVER_SET),
    FIELD(CoverLetter, name,       .label = "发往",     .en = "to whom", .rule = SERVER_SET),
    FIELD(CoverLetter, region,     .label = "地区",     .en = "region", .rule = SERVER_SET),
    FIELD(CoverLetter, org_id,     .label = "发函机构", .en = "from", .rule = SERVER_SET),
    FIELD(CoverLetter, sent_on,    .label = "发函日期", .en = "sent on", .rule = SERVER_SET),
    FIELD(CoverLetter, reply_by,   .label = "回复期限", .en = "answer by", .rule = SERVER_SET),
    FIELD(CoverLetter, answered_on, .label = "回复日期", .en = "answered on", .rule = SERVER_SET),
    FIELD(CoverLetter, state,      .label = "状态",     .en = "state", .rule = REQUIRED, .codes = &letter_states),
    FIELD(CoverLetter, note,       .label = "说明",     .en = "note", .rule = PROSE, .max = 500),
    FIELD(CoverLetter, late,       .label = "逾期未复", .en = "no answer in time", .rule = SERVER_SET),
    FIELD(CoverLetter, actor,      .label = "经办",     .en = "actor", .rule = SERVER_SET),
    FIELD(CoverLetter, after,    .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(CoverLetter, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(CoverLetter, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(CoverLetter, on,       .label = "今日", .en = "today", .rule = HIDDEN),
};
static const Form letter_form = FORM(CoverLetter, letter_fields);

static const Field find_fields[] = {
    FIELD(CoverLetter, code,  .label = "目标", .en = "target", .max = 40),
    FIELD(CoverLetter, state, .label = "状态", .en = "state", .codes = &letter_states),
    FIELD(CoverLetter, after, .label = "接续", .en = "after"),
};
static const Form find_form = { "CoverLetterFind", sizeof(CoverLetter), find_fields, COUNT(find_fields) };

/* One of those that are written to. */
typedef struct CoverTo {
    Id id;
} CoverTo;
static const Field to_fields[] = {
    FIELD(CoverTo, id, .label = "对象编号", .en = "to whom", .rule = REQUIRED),
};
static const Form to_form = FORM(CoverTo, to_fields);

typedef struct CoverWrite {
    Date reply_by;
    Rows only;
} CoverWrite;

static const Field write_fields[] = {
    FIELD(CoverWrite, reply_by, .label = "回复期限", .en = "answer by"),
    FIELD(CoverWrite, only,     .label = "仅发给",   .en = "only to", .max = 200, .child = &to_form,
          .help = "不填为全部未建单位，每次至多200件",
          .help_en = "empty: all that have none, at most 200 at a time"),
};
static const Form write_form = FORM(CoverWrite, write_fields);

/* The letter, with its blanks. */
static const char *const letter_text[] = {
    "关于设立劳动争议调解组织的提示函\n", "：\n根据", "，", "须于", "前完成。经核对，贵单位尚未设立劳动争议调解组织。请于",
    "前将设立情况或者计划函复我单位。需要指导的，请与我单位联系。\n",
};

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE cover_letter("
      "  id          INTEGER PRIMARY KEY,"
      "  code        TEXT NOT NULL,"
      "  subject     TEXT NOT NULL,"
      "  subject_id  INTEGER NOT NULL,"
      "  name        TEXT NOT NULL,"
      "  region      TEXT NOT NULL,"
      "  org_id      INTEGER NOT NULL,"
      "  org_path    TEXT NOT NULL,"
      "  sent_on     TEXT NOT NULL,"
      "  reply_by    TEXT NOT NULL,"
      "  answered_on TEXT,"
      "  state       TEXT NOT NULL,"
      "  note        TEXT NOT NULL,"
      "  actor       INTEGER NOT NULL) STRICT;"
      "CREATE INDEX cover_letter_by_path ON cover_letter(org_path, id);"
      /* nobody is written to twice while the first letter is open */
      "CREATE UNIQUE INDEX cover_letter_open ON cover_letter(code, subject_id) WHERE state IN ('SENT', 'PROMISED');" },
};

#define COLUMNS "id, code, subject, subject_id, name, region, org_id, org_path, sent_on, reply_by, answered_on, state," \
    " note, actor"
static const Query q_add = {
    .name = "cover_letters.add", .in = &letter_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO cover_letter(" COLUMNS ") VALUES(:id, :code, :subject, :subject_id, :name, :region, :org_id,"
           " :org_path, :sent_on, :reply_by, NULL, :state, '', :actor)",
};
static const Query q_open = {
    .name = "cover_letters.open", .in = &letter_form, .out = &letter_form,
    .sql = "SELECT id FROM cover_letter WHERE code = :code AND subject_id = :subject_id"
           " AND state IN ('SENT', 'PROMISED')",
};
static const Query q_get = {
    .name = "cover_letters.get", .in = &letter_form, .out = &letter_form,
    .sql = "SELECT " COLUMNS " FROM cover_letter WHERE id = :id",
};
static const Query q_answer = {
    .name = "cover_letters.answer", .in = &letter_form,
    .sql = "UPDATE cover_letter SET state = :state, note = :note, answered_on = :answered_on WHERE id = :id",
};
static const Filter filters[] = { { "code", " AND code = :code" }, { "state", " AND state = :state" } };
static const Query q_list = {
    .name = "cover_letters.list", .in = &letter_form, .out = &letter_form,
    .sql = "SELECT " COLUMNS ", CAST(CASE WHEN state = 'SENT' AND reply_by < :on THEN 1 ELSE 0 END AS BIGINT) AS late"
           " FROM cover_letter WHERE org_path >= :org_path AND org_path < :path_end AND id > :after",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id LIMIT 200",
};
static const Query q_done = {
    .name = "cover_letters.done", .in = &letter_form,
    .sql = "UPDATE cover_letter SET state = 'ESTABLISHED', answered_on = :on WHERE state IN ('SENT', 'PROMISED')"
           " AND subject = 'EMPLOYER' AND EXISTS(SELECT 1 FROM org o WHERE o.employer_id = cover_letter.subject_id"
           " AND o.takes_cases = 1) /*scan*/",
};
static const Query *const queries[] = { &q_add, &q_open, &q_get, &q_answer, &q_list, &q_done, NULL };

/* ---- writing ---------------------------------------------------------------------------- */

static bool wanted(const CoverWrite *in, Id id)
{
    const CoverTo *to = in->only.at;
    for (size_t i = 0; i < in->only.n; i++) {
        if (to[i].id.n == id.n) return true;
    }
    return in->only.n == 0;
}

static Str text_of(Ctx *c, const Target *t, const CoverLetter *l)
{
    enum { ROOM = 1800 };
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    out_str(&o, str_of(letter_text[0]));
    out_str(&o, l->name);
    out_str(&o, str_of(letter_text[1]));
    out_str(&o, t->basis);
    out_str(&o, str_of(letter_text[2]));
    out_str(&o, t->zh);
    out_str(&o, str_of(letter_text[3]));
    out_date(&o, t->due);
    out_str(&o, str_of(letter_text[4]));
    out_date(&o, l->reply_by);
    out_str(&o, str_of(letter_text[5]));
    return out_view(&o);
}

/* By post to the address on record, or to the name alone. */
static void post(Ctx *c, const Target *t, const CoverLetter *l)
{
    Employer e = { 0 };
    Str to = l->name;
    if (str_eq(l->subject, S("EMPLOYER")) && employer_get(c, l->subject_id, &e) && e.address.n) {
        to = e.address;
    }
    outbox_add(c,
               &(Message){ .channel = S("LETTER"), .to = to, .template = S("coverage"),
                   .text = text_of(c, t, l) });
}

/* Not to who has an open letter; true if it was written. */
static bool write_one(Ctx *c, const Target *t, CoverLetter *l)
{
    CoverLetter open = { 0 };
    if (db_find(c, &q_open, l, &open) || !ok(c)) return false;
    l->id = id_next(c);
    audit_about(c, l->subject_id);
    db_insert(c, &q_add, l);
    post(c, t, l);
    return ok(c);
}

/* The day by which an answer is asked for, as given or as usual. */
static Date reply_by(Ctx *c, Date asked, Str area)
{
    if (!ok(c)) return asked;
    Look look = { .params = &c->law->params, .region = area, .day = c->today };
    if (asked.day == 0) asked = date_plus(c->today, (int)param(&look, "COVER_LETTER_DAYS"));
    if (asked.day < c->today.day) fault(c, S("reply_by"), FAULT_PAST);
    return asked;
}

/* To all that are missing and wanted. */
static Rows write_all(Ctx *c, const Target *t, const CoverWrite *in, Str area)
{
    Org own = { 0 };
    Rows sent = { 0 };
    size_t cap = 0;
    if (!ok(c) || !org_get(c, c->who.org, &own)) return sent;
    BUG_IF(!t); /* or something is not ok */
    CoverAsk ask = { .target = t, .within = target_within(c->mem, t, area), .day = c->today,
        .missing = true };
    Rows missing = cover_list(c, &ask);
    for (size_t i = 0; i < missing.n; i++) {
        const Covered *m = (const Covered *)missing.at + i;
        if (!wanted(in, m->id)) continue;
        CoverLetter l = { .code = t->code, .subject = cover_subject_word(t->subject), .subject_id = m->id,
                          .name = m->name, .region = m->region, .org_id = own.id, .org_path = own.path,
                          .sent_on = c->today, .reply_by = in->reply_by, .state = S("SENT"),
                          .actor = c->who.id };
        if (write_one(c, t, &l)) *(CoverLetter *)rows_push(c->mem, &sent, &cap, sizeof l) = l;
    }
    return sent;
}

static void letters_write(Ctx *c)
{
    CoverWrite in = { 0 };
    (void)form_read(c, &write_form, &in);
    tx_begin(c);
    Str area = cover_area(c);
    const Target *t = cover_target(c, c->today, area);
    bool post_to = t && (t->subject == COVER_EMPLOYER || t->subject == COVER_CHAMBER);
    if (ok(c) && !post_to) fail(c, ERR_BLOCKED, c->arg[0]);
    in.reply_by = reply_by(c, in.reply_by, area);
    reply_rows(c, &letter_form, write_all(c, t, &in, area), (Str){ 0 });
    if (ok(c)) c->status = 201;
    tx_end(c);
}

/* ---- answers -------------------------------------------------------------------------------- */

static void letter_answer(Ctx *c)
{
    CoverLetter l = { 0 }, in = { 0 };
    (void)form_read(c, &letter_form, &in);
    tx_begin(c);
    if (db_get(c, &q_get, &(CoverLetter){ .id = arg_id(c, 0) }, &l)) org_need(c, l.org_path);
    bool open = str_eq(l.state, S("SENT")) || str_eq(l.state, S("PROMISED"));
    if (ok(c) && !open) fail(c, ERR_BLOCKED, l.state);
    if (ok(c) && str_eq(in.state, S("SENT"))) fault(c, S("state"), FAULT_NOT_ALLOWED);
    if (ok(c) && str_eq(in.state, S("REFUSED")) && in.note.n == 0) fault(c, S("note"), FAULT_REQUIRED);
    l.state = in.state;
    l.note = in.note;
    l.answered_on = c->today;
    audit_about(c, l.subject_id);
    db_change(c, &q_answer, &l);
    reply_row(c, 200, &letter_form, &l);
    tx_end(c);
}

static void letter_list(Ctx *c)
{
    CoverLetter ask = { 0 };
    (void)form_read_query(c, &find_form, &ask);
    ask.org_path = c->who.org_path;
    ask.path_end = ask.org_path.n ? path_end(c->mem, ask.org_path) : ask.org_path; /* nobody's: nothing */
    ask.on = c->today;
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &letter_form, rows, PAGE_MAX, offsetof(CoverLetter, id));
}

/* Whose organisation works by now has answered by doing. */
static void close_done(Ctx *c, Id arg)
{
    (void)arg;
    db_change_any(c, &q_done, &(CoverLetter){ .on = c->today });
}

static const Route routes[] = {
    { "POST", "/api/v1/coverage/:code/letters", COVER_KEEPERS, letters_write, .zh = "向未建单位发函",
      .en = "write to those that are missing", .in = &write_form, .out = &letter_form, .list = true },
    { "GET", "/api/v1/coverage-letters", COVER_KEEPERS, letter_list, .zh = "发出的提示函",
      .en = "letters about coverage", .query = &find_form, .out = &letter_form, .list = true },
    { "POST", "/api/v1/coverage-letters/:id/answer", COVER_KEEPERS, letter_answer, .zh = "登记回复",
      .en = "record the answer to a letter", .in = &letter_form, .out = &letter_form },
};

static const JobKind jobs[] = {
    { .word = "coverage_letters", .run = close_done, .daily = "01:30" },
};

const Slice cover_letters_slice = {
    .name = "cover_letters", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations), .job = jobs, .jobs = COUNT(jobs),
};
