#include "oversight/month/month.h"

#include "case/task.h"
#include "core/crypto.h"
#include "core/limits.h"
#include "law/period.h"
#include "oversight/month/part.h"
#include "oversight/month/recorded.h"
#include "register/organisations/org_dated.h"

#include <jansson.h>

enum { BODY_ROOM = 64 * 1024 };

static const Code state_rows[] = {
    { "draft",      "未报送",   "not submitted" },
    { "submitted",  "已报送",   "submitted" },
    { "returned",   "已退回",   "returned" },
    { "locked",     "已锁定",   "locked" },
    { "correcting", "更正待审", "correction submitted" },
};
const Codes month_states = { .name = "month_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code scope_rows[] = {
    { "own", "本组织", "this organisation alone" }, { "tree", "本级及以下", "with all below it" },
};
const Codes month_scopes = { .name = "month_scope", .row = scope_rows, .n = COUNT(scope_rows) };
static const Code format_rows[] = { { "json", "JSON", "JSON" }, { "csv", "CSV", "CSV" }, { "xlsx", "XLSX", "XLSX" },
    { "pdf", "PDF", "PDF" } };
static const Codes formats = { .name = "month_format", .row = format_rows, .n = COUNT(format_rows) };
static const Code lang_rows[] = { { "zh", "中文", "Chinese" }, { "en", "英文", "English" } };
static const Codes langs = { .name = "month_lang", .row = lang_rows, .n = COUNT(lang_rows) };

static const Field fields[] = {
    FIELD(MonthReport, id,        .label = "编号",     .en = "id"),
    FIELD(MonthReport, org_id,    .label = "调解组织", .en = "organisation"),
    FIELD(MonthReport, path,      .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(MonthReport, month,     .label = "月份",     .en = "month"),
    FIELD(MonthReport, state,     .label = "状态",     .en = "state", .codes = &month_states),
    FIELD(MonthReport, version,   .label = "版次",     .en = "version"),
    FIELD(MonthReport, digest,    .label = "摘要值",   .en = "SHA-256", .max = 64),
    FIELD(MonthReport, locked,    .label = "锁定版次", .en = "version that is locked"),
    FIELD(MonthReport, lines,     .label = "计数",     .en = "lines", .rule = HIDDEN),
    FIELD(MonthReport, handed,    .label = "报送计数", .en = "lines handed in", .rule = HIDDEN),
    FIELD(MonthReport, analysis,  .label = "简要分析", .en = "analysis", .rule = PROSE, .max = 4000),
    FIELD(MonthReport, reason,    .label = "理由",     .en = "reason", .rule = PROSE, .max = 2000),
    FIELD(MonthReport, by_id,     .label = "经办人",   .en = "by"),
    FIELD(MonthReport, at,        .label = "时间",     .en = "at"),
    FIELD(MonthReport, locked_at, .label = "锁定时间", .en = "locked at"),
    FIELD(MonthReport, body,      .label = "报表内容", .en = "body", .rule = HIDDEN),
    FIELD(MonthReport, path_end,  .label = "路径末",   .en = "end", .rule = HIDDEN),
    FIELD(MonthReport, event,     .label = "事项",     .en = "event"),
    FIELD(MonthReport, entry_id,  .label = "记录",     .en = "entry", .rule = HIDDEN),
};
const Form month_form = FORM(MonthReport, fields);

static const Field ask_fields[] = {
    FIELD(MonthAsk, org,    .label = "调解组织", .en = "organisation"),
    FIELD(MonthAsk, scope,  .label = "范围",     .en = "scope", .codes = &month_scopes),
    FIELD(MonthAsk, to,     .label = "至月份",   .en = "to the month", .max = 7),
    FIELD(MonthAsk, line,   .label = "栏目",     .en = "line", .max = 40),
    FIELD(MonthAsk, check,  .label = "校验",     .en = "check", .max = 40),
    FIELD(MonthAsk, after,  .label = "接续",     .en = "the page before's next", .max = 80),
    FIELD(MonthAsk, format, .label = "格式",     .en = "format", .codes = &formats),
    FIELD(MonthAsk, lang,   .label = "语言",     .en = "language", .codes = &langs),
    FIELD(MonthAsk, fresh,  .label = "按现在计算", .en = "as it would be now"),
};
const Form month_ask_form = FORM(MonthAsk, ask_fields);

/* What a person enters, the analysis; and beside it what the records of risks, letters,
** publicity and training say. */
typedef struct MonthEntry {
    int64_t risks_new, risks_resolved, risks_escalated, letters_sent, letters_answered, publicity_events,
            publicity_people, publicity_copies, trained;
    Str     analysis, reason;
} MonthEntry;
#define COUNTED(m, zh, english) FIELD(MonthEntry, m, .label = (zh), .en = (english), .rule = SERVER_SET)
static const Field entry_fields[] = {
    COUNTED(risks_new, "风险新增", "risks found"), COUNTED(risks_resolved, "风险化解", "risks resolved"),
    COUNTED(risks_escalated, "风险升级", "risks escalated"), COUNTED(letters_sent, "建议书（发）", "letters sent"),
    COUNTED(letters_answered, "建议书（复）", "letters answered"),
    COUNTED(publicity_events, "宣传（场）", "publicity events"),
    COUNTED(publicity_people, "宣传（人）", "people reached"),
    COUNTED(publicity_copies, "宣传（份）", "copies handed out"), COUNTED(trained, "培训人次", "trained"),
    FIELD(MonthEntry, analysis, .label = "简要分析", .en = "analysis", .rule = PROSE, .max = 4000),
    FIELD(MonthEntry, reason, .label = "更正理由", .en = "why it is corrected", .rule = REQUIRED | PROSE, .min = 2,
          .max = 2000), /* the last: of a correction alone */
};
static const Form entry_form = { "MonthEntry", sizeof(MonthEntry), entry_fields, COUNT(entry_fields) - 1 };
static const Form correction_form = { "MonthCorrection", sizeof(MonthEntry), entry_fields, COUNT(entry_fields) };

typedef struct MonthNote {
    Id  org;
    Str reason;
} MonthNote;
static const Field note_fields[] = {
    FIELD(MonthNote, org,    .label = "调解组织", .en = "organisation"),
    FIELD(MonthNote, reason, .label = "理由",     .en = "reason", .rule = PROSE, .max = 2000),
};
static const Form note_form = { "MonthReason", sizeof(MonthNote), note_fields, COUNT(note_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE month_report("            /* how it stands */
      "  id       INTEGER PRIMARY KEY, org_id INTEGER NOT NULL REFERENCES org(id), path TEXT NOT NULL,"
      "  month    INTEGER NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('draft', 'submitted', 'returned', 'locked', 'correcting')),"
      "  version  INTEGER NOT NULL, digest TEXT NOT NULL, locked INTEGER NOT NULL,"
      "  lines    TEXT NOT NULL, handed TEXT NOT NULL,"
      "  extra    TEXT NOT NULL, analysis TEXT NOT NULL, reason TEXT NOT NULL,"
      "  by_id    INTEGER NOT NULL, at INTEGER NOT NULL, locked_at INTEGER NOT NULL,"
      "  UNIQUE(org_id, month)) STRICT;"
      "CREATE INDEX month_report_by_path ON month_report(month, path);"
      "CREATE TABLE month_version("           /* what was reported; append-only */
      "  id       INTEGER NOT NULL REFERENCES month_report, version INTEGER NOT NULL,"
      "  body     TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL,"
      "  by_id    INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  PRIMARY KEY(id, version)) STRICT;"
      "CREATE TABLE month_entry("             /* what was done with it; append-only */
      "  entry_id INTEGER PRIMARY KEY, id INTEGER NOT NULL REFERENCES month_report, event TEXT NOT NULL,"
      "  version  INTEGER NOT NULL, reason TEXT NOT NULL, by_id INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX month_entry_by_report ON month_entry(id, entry_id);" },
    { 2, "ALTER TABLE month_report DROP COLUMN extra;" }, /* risks have a record of their own */
};
static const char *const keeps[] = { "month_version", "month_entry", NULL };

#define COLUMNS \
    "id, org_id, path, month, state, version, digest, locked, lines, handed, analysis, reason, by_id, at," \
    " locked_at"
static const Query q_find = {
    .name = "month.find", .in = &month_form, .out = &month_form,
    .sql = "SELECT " COLUMNS " FROM month_report WHERE org_id = :org_id AND month = :month",
};
static const Query q_add = {
    .name = "month.add", .in = &month_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO month_report(" COLUMNS ") VALUES(:id, :org_id, :path, :month, :state, :version, :digest,"
           " :locked, :lines, :handed, :analysis, :reason, :by_id, :at, :locked_at)",
};
static const Query q_set = {
    .name = "month.set", .in = &month_form,
    .sql = "UPDATE month_report SET state = :state, version = :version, digest = :digest, locked = :locked,"
           " lines = :lines, handed = :handed, analysis = :analysis, reason = :reason, by_id = :by_id, at = :at,"
           " locked_at = :locked_at WHERE id = :id",
};
static const Query q_keep = {
    .name = "month.keep", .in = &month_form, .quiet = true, .clash = ERR_AGAIN, /* its digest is in month.set */
    .sql = "INSERT INTO month_version(id, version, body, digest, reason, by_id, at)"
           " VALUES(:id, :version, :body, :digest, :reason, :by_id, :at)",
};
static const Query q_version = {
    .name = "month.version", .in = &month_form, .out = &month_form,
    .sql = "SELECT id, version, body, digest FROM month_version WHERE id = :id AND version = :version",
};
static const Query q_note = {
    .name = "month.note", .in = &month_form,
    .sql = "INSERT INTO month_entry(entry_id, id, event, version, reason, by_id, at)"
           " VALUES(:entry_id, :id, :event, :version, :reason, :by_id, :at)",
};
static const Query q_entries = {
    .name = "month.entries", .in = &month_form, .out = &month_form,
    .sql = "SELECT event, version, reason, by_id, at FROM month_entry WHERE id = :id ORDER BY entry_id LIMIT 200",
};
static const Query *const queries[] = {
    &q_find, &q_add, &q_set, &q_keep, &q_version, &q_note, &q_entries, &q_report_flows,
    &q_report_stock, &q_report_mediators, &q_report_recorded, &q_part_reports, NULL,
};

/* ---- what is asked ------------------------------------------------------------------------------- */

bool month_word(Str state, const char *words)
{
    Str rest = str_of(words);
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), state)) return true;
    }
    return false;
}

Str month_text(Ctx *c, int64_t month)
{
    Out o = { .buf = NEW(c->mem, char, 8), .cap = 8 };
    period_write(&o, month);
    return out_view(&o);
}

/* De-identified: sums of at least one's own subtree, no single case. */
static bool may_read(Ctx *c, const Org *org)
{
    if (!right_need(c, OBJ_STATISTICS, MAY_READ)) return false;
    org_need(c, org->path);
    return ok(c);
}

static bool read_months(Ctx *c, const MonthAsk *ask, Report *r)
{
    if (!period_parse(c->arg[0], &r->month)) fail(c, ERR_NOT_FOUND, S("month"));
    r->to = r->month;
    if (ask->to.n && !period_parse(ask->to, &r->to)) fault(c, S("to"), FAULT_NOT_DATE);
    if (r->to < r->month || r->to > period_plus(r->month, 23)) fault(c, S("to"), FAULT_ORDER);
    return ok(c);
}

bool month_asked(Ctx *c, MonthAsk *ask, Org *org, Report *r)
{
    *ask = (MonthAsk){ 0 };
    *r = (Report){ 0 };
    form_read_query(c, &month_ask_form, ask);
    if (!read_months(c, ask, r)) return false;
    if (ask->org.n == 0) ask->org = c->who.org;
    if (!org_get(c, ask->org, org)) return false;
    r->tree = str_eq(ask->scope, S("tree"));
    return may_read(c, org);
}

void month_find(Ctx *c, Id org, int64_t month, MonthReport *m)
{
    *m = (MonthReport){ .org_id = org, .month = month, .state = S("draft") };
    MonthReport found = { 0 };
    if (db_find(c, &q_find, m, &found)) *m = found;
}

void month_before(Ctx *c, const Report *r, Lines *before)
{
    MonthReport m = { 0 };
    *before = (Lines){ 0 };
    before->n[LINE_CARRIED_OUT] = r->lines.n[LINE_CARRIED_IN];
    if (r->tree) return;
    month_find(c, r->org, period_plus(r->month, -1), &m);
    if (!month_word(m.state, "locked correcting")) return;
    *before = (Lines){ 0 };
    lines_read(before, m.lines);
}

/* ---- the report as it is shown ------------------------------------------------------------------- */

Str month_body(Ctx *c, Report *r, const MonthReport *m, bool *good)
{
    Lines before;
    Balance b[BALANCES_MAX];
    Out o = { .buf = NEW(c->mem, char, BODY_ROOM), .cap = BODY_ROOM };
    if (m->id.n) r->analysis = m->analysis;
    month_before(c, r, &before);
    if (!ok(c)) return (Str){ 0 }; /* a report that could not be read has no days to write */
    size_t n = report_balances(&c->law->report, &r->lines, &before, b);
    report_json(c, &o, r, b, n);
    BUG_IF(o.full);
    *good = balances_good(b, n);
    return out_view(&o);
}

static bool is_above(const Ctx *c, const Str path)
{
    Str mine = c->who.org_path;
    bool root = path.n == PATH_STEP && str_eq(mine, path); /* nobody is above it */
    return mine.n && str_starts(path, mine) && (mine.n < path.n || root);
}

/* Which of its verbs are open to c's person now. */
static void write_may(Ctx *c, const MonthReport *m, const Org *org)
{
    static const struct May { const char *verb, *from; bool above; uint32_t who; } rows[] = {
        { "fill",    "draft returned",       false, MONTH_REPORT },
        { "submit",  "draft returned",       false, MONTH_REPORT },
        { "return",  "submitted correcting", true,  MONTH_TAKE },
        { "lock",    "submitted correcting", true,  MONTH_TAKE },
        { "correct", "locked",               false, MONTH_REPORT },
    };
    const char *gap = "";
    out_str(&c->out, S(",\"may\":["));
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool place = rows[i].above ? is_above(c, org->path) : c->who.org.n == org->id.n;
        if (!place || !(c->who.roles & rows[i].who) || !month_word(m->state, rows[i].from)) continue;
        out_str(&c->out, str_of(gap));
        out_json(&c->out, str_of(rows[i].verb));
        gap = ",";
    }
    out_str(&c->out, S("]"));
}

static void write_standing(Ctx *c, const MonthReport *m, const Org *org, bool single)
{
    out_str(&c->out, S("{\"state\":"));
    out_json(&c->out, m->state);
    out_str(&c->out, S(",\"version\":"));
    out_int(&c->out, m->version);
    out_str(&c->out, S(",\"digest\":"));
    out_json(&c->out, m->digest);
    out_str(&c->out, S(",\"reason\":"));
    out_json(&c->out, m->reason);
    out_str(&c->out, S(",\"counting\":"));
    out_int(&c->out, tally_waiting(c, org->path));
    if (single) write_may(c, m, org);
    else out_str(&c->out, S(",\"may\":[]"));
    out_str(&c->out, S(",\"body\":"));
}

/* A text of a page that was kept; "" if it has none of that name. */
static Str text_in(Ctx *c, Str body, const char *name)
{
    json_t *o = json_loadb(body.s, body.n, 0, NULL);
    Str text = str_of(json_string_value(json_object_get(o, name)));
    text = str_copy(c->mem, text);
    json_decref(o);
    return text;
}

static Str stored_body(Ctx *c, const MonthReport *m)
{
    bool locked = str_eq(m->state, S("locked"));
    MonthReport v = { .id = m->id, .version = locked ? m->locked : m->version };
    db_get(c, &q_version, &v, &v);
    return v.body;
}

/* What was reported stands until a correction is; the rest is computed. */
static void show(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m = { .state = S("draft") };
    if (!month_asked(c, &ask, &org, &r)) return;
    bool single = !r.tree && r.to == r.month;
    if (single) month_find(c, org.id, r.month, &m);
    bool good;
    Str body;
    if (single && !ask.fresh && month_word(m.state, "submitted locked correcting")) {
        body = stored_body(c, &m);
    } else {
        if (ask.fresh) report_read(c, &org, &r);
        else report_stand(c, &org, &r);
        body = month_body(c, &r, &m, &good);
    }
    if (!ok(c)) return;
    write_standing(c, &m, &org, single);
    out_str(&c->out, body);
    out_str(&c->out, S("}"));
    c->status = 200;
}

static void show_version(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m;
    if (!month_asked(c, &ask, &org, &r)) return;
    month_find(c, org.id, r.month, &m);
    MonthReport v = { .id = m.id };
    if (!str_int(c->arg[1], &v.version)) fail(c, ERR_NOT_FOUND, S("version"));
    db_get(c, &q_version, &v, &v);
    if (!ok(c)) return;
    header(c, S("X-Digest"), v.digest);
    out_str(&c->out, v.body);
    c->status = 200;
}

static void show_entries(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m;
    if (!month_asked(c, &ask, &org, &r)) return;
    month_find(c, org.id, r.month, &m);
    reply_rows(c, &month_form, db_list(c, &q_entries, &m), (Str){ 0 });
}

/* ---- what is done --------------------------------------------------------------------------------- */

static void note(Ctx *c, const MonthReport *m, Str event, Str reason)
{
    MonthReport e = *m;
    e.entry_id = id_next(c);
    e.event = event;
    e.reason = reason;
    e.by_id = c->who.id;
    e.at = now(c);
    db_insert(c, &q_note, &e);
}

static void save(Ctx *c, MonthReport *m, const Org *org)
{
    m->by_id = c->who.id;
    m->at = now(c);
    if (m->id.n) {
        db_change(c, &q_set, m);
        return;
    }
    m->id = id_next(c);
    m->path = org->path;
    db_insert(c, &q_add, m);
}

/* The month, and the organisation if it is c's person's own. */
static bool own_month(Ctx *c, Org *org, Report *r, MonthReport *m)
{
    *r = (Report){ 0 };
    if (!read_months(c, &(MonthAsk){ 0 }, r) || !org_get(c, c->who.org, org)) return false;
    month_find(c, org->id, r->month, m);
    return ok(c);
}

static void fill(Ctx *c)
{
    Org org;
    Report r;
    MonthReport m;
    MonthEntry in = { 0 };
    form_read(c, &entry_form, &in);
    tx_begin(c);
    if (own_month(c, &org, &r, &m)) {
        if (!month_word(m.state, "draft returned")) fail(c, ERR_WRONG_STATE, m.state);
        m.analysis = in.analysis;
        save(c, &m, &org);
    }
    reply_row(c, 200, &month_form, &m);
    tx_end(c);
}

static void show_filled(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    MonthReport m;
    MonthEntry e = { 0 };
    Lines recorded = { 0 };
    if (!month_asked(c, &ask, &org, &r)) return;
    month_find(c, org.id, r.month, &m);
    Sum of = { .path = org.path, .path_end = alone_end(c, org.path), .from = r.month, .to = r.month };
    Seats seats = org_seats(c, &org);
    report_records(c, &of, &seats, &recorded);
    for (size_t i = 0; i < entry_form.n; i++) {
        const Field *fd = &entry_form.field[i];
        if (fd->kind == KIND_INT) *(int64_t *)((char *)&e + fd->at) = recorded.n[line_of(str_of(fd->name))];
    }
    e.analysis = m.analysis;
    reply_row(c, 200, &entry_form, &e);
}

/* The report as it is now becomes version n + 1; sums that do not come out must be explained. */
static void hand_in(Ctx *c, const Org *org, Report *r, MonthReport *m, Str reason)
{
    bool good = false;
    tally_settle(c, org->path);
    report_read(c, org, r);
    if (!ok(c)) return;
    Str body = month_body(c, r, m, &good);
    if (!good && reason.n == 0) fail(c, ERR_BLOCKED, S("checks"));
    if (c->today.day < r->until.day) fail(c, ERR_BLOCKED, S("not_over"));
    Out lines = { .buf = NEW(c->mem, char, LINES_TEXT), .cap = LINES_TEXT };
    lines_write(&lines, &r->lines);
    m->handed = out_view(&lines);
    m->version++;
    m->digest = sha256_hex(c->mem, body);
    m->reason = reason;
    save(c, m, org);
    m->body = body;
    db_insert(c, &q_keep, m);
}

static void handed_in(Ctx *c, const Org *org, Report *r, MonthReport *m, Str reason)
{
    hand_in(c, org, r, m, reason);
    note(c, m, m->state, reason);
    task_done(c, &(Case){ .id = m->id }, S("month_report"), (Str){ 0 });
    task_done(c, &(Case){ .id = m->id }, S("month_returned"), (Str){ 0 });
}

static void submit(Ctx *c)
{
    Org org;
    Report r;
    MonthReport m;
    MonthNote in = { 0 };
    form_read(c, &note_form, &in);
    tx_begin(c);
    if (own_month(c, &org, &r, &m)) {
        if (!month_word(m.state, "draft returned")) fail(c, ERR_WRONG_STATE, m.state);
        m.state = S("submitted");
        handed_in(c, &org, &r, &m, in.reason);
    }
    reply_row(c, 200, &month_form, &m);
    tx_end(c);
}

/* What is locked stays; a further version says what is different, and why. */
static void correct(Ctx *c)
{
    Org org;
    Report r;
    MonthReport m;
    MonthEntry in = { 0 };
    form_read(c, &correction_form, &in);
    tx_begin(c);
    if (own_month(c, &org, &r, &m)) {
        if (!month_word(m.state, "locked")) fail(c, ERR_WRONG_STATE, m.state);
        m.analysis = in.analysis;
        m.state = S("correcting");
        handed_in(c, &org, &r, &m, in.reason);
    }
    reply_row(c, 200, &month_form, &m);
    tx_end(c);
}

/* The level above takes it or gives it back; nobody his own. */
static void may_decide(Ctx *c, const Org *org, const MonthReport *m)
{
    if (!is_above(c, org->path)) fail(c, ERR_FORBIDDEN, S("org"));
    if (ok(c) && !month_word(m->state, "submitted correcting")) fail(c, ERR_WRONG_STATE, m->state);
    if (ok(c) && m->by_id.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("own"));
}

/* A correction that is given back leaves what was locked. */
static void give_back_it(Ctx *c, MonthReport *m, const Org *org)
{
    Case about = { .id = m->id, .no = month_text(c, m->month), .org_path = org->path };
    Role whose = str_eq(org->kind, S("CENTER")) ? ROLE_HEAD : ROLE_ORG_MANAGER;
    MonthReport v = { .id = m->id, .version = m->locked };
    m->state = m->locked ? S("locked") : S("returned");
    if (m->locked && db_get(c, &q_version, &v, &v)) {
        m->digest = v.digest;
        m->analysis = text_in(c, v.body, "analysis");
    }
    task_add(c, &about, S("month_returned"), whose, task_due(c, 2));
}

static void lock_it(Ctx *c, MonthReport *m)
{
    m->state = S("locked");
    m->locked = m->version;
    m->lines = m->handed;
    m->locked_at = now(c);
}

static void decide(Ctx *c, bool back)
{
    Org org;
    Report r = { 0 };
    MonthReport m = { .state = S("draft") };
    MonthNote in = { 0 };
    form_read(c, &note_form, &in);
    if (back && in.reason.n < 2) fault(c, S("reason"), FAULT_REQUIRED);
    if (in.org.n == 0) fault(c, S("org"), FAULT_REQUIRED);
    tx_begin(c);
    if (read_months(c, &(MonthAsk){ 0 }, &r) && org_get(c, in.org, &org)) {
        month_find(c, org.id, r.month, &m);
        may_decide(c, &org, &m);
        if (ok(c) && back) give_back_it(c, &m, &org);
        if (ok(c) && !back) lock_it(c, &m);
        m.reason = in.reason;
        save(c, &m, &org);
        note(c, &m, back ? S("returned") : S("locked"), in.reason);
    }
    reply_row(c, 200, &month_form, &m);
    tx_end(c);
}

static void give_back(Ctx *c) { decide(c, true); }
static void lock(Ctx *c) { decide(c, false); }

static const Route routes[] = {
    { "GET", "/api/v1/months/:month/report", MONTH_READ, show, "月报", "a month's report",
      .query = &month_ask_form },
    { "GET", "/api/v1/months/:month/versions/:n", MONTH_READ, show_version, "月报的一个版次",
      "a version of the report, as it was handed in", .query = &month_ask_form },
    { "GET", "/api/v1/months/:month/entries", MONTH_READ, show_entries, "月报办理记录", "what was done with it",
      .query = &month_ask_form, .out = &month_form, .list = true },
    { "GET", "/api/v1/months/:month/entered", MONTH_READ, show_filled, "月报填报内容", "what was entered, and what other records say",
      .query = &month_ask_form, .out = &entry_form },
    { "POST", "/api/v1/months/:month/fill", MONTH_REPORT, fill, "填报月报", "enter the analysis",
      .in = &entry_form, .out = &month_form },
    { "POST", "/api/v1/months/:month/submit", MONTH_REPORT, submit, "报送月报", "hand it in", .in = &note_form,
      .out = &month_form },
    { "POST", "/api/v1/months/:month/correct", MONTH_REPORT, correct, "更正月报", "hand in a correction",
      .in = &correction_form, .out = &month_form },
    { "POST", "/api/v1/months/:month/return", MONTH_TAKE, give_back, "退回月报", "give it back, with reasons",
      .in = &note_form, .out = &month_form },
    { "POST", "/api/v1/months/:month/lock", MONTH_TAKE, lock, "锁定月报", "take it: nothing in it changes any more",
      .in = &note_form, .out = &month_form },
};

const Slice month_slice = {
    .name = "month", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
